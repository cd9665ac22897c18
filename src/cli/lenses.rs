//! Lenses on the command line: where the reader's own are kept, the list of all, and which one was asked for.

use std::ffi::OsString;
use std::fmt::Write;
use std::path::PathBuf;

use crate::sections::{LensRow, Place, Rack};

/// Lenses in the reader's folder: `$XDG_CONFIG_HOME/briefing/lenses`, else `~/.config/briefing/lenses`.
pub(super) fn rack() -> Rack {
    Rack {
        folder: folder(std::env::var_os("XDG_CONFIG_HOME"), std::env::home_dir()),
    }
}

/// A relative `XDG_CONFIG_HOME` is to be ignored, as its specification says.
fn folder(config: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    let config = config.map(PathBuf::from).filter(|path| path.is_absolute());
    let home = home.filter(|path| path.is_absolute());
    let base = config.or_else(|| home.map(|home| home.join(".config")))?;
    Some(base.join("briefing").join("lenses"))
}

/// What was asked for; the error is a sentence.
pub(super) fn asked(asked: Option<&str>, rack: &Rack) -> Result<Option<Place>, String> {
    asked.map(|asked| Place::asked(asked, rack)).transpose()
}

/// Every lens with its roles, for people.
pub(super) fn list(rack: &Rack) -> String {
    let rows = rack.rows();
    let name = rows.iter().map(|row| crate::text::width(&row.name)).max();
    let mut out = String::new();
    for row in &rows {
        describe(row, name.unwrap_or(0) + 2, &mut out);
    }
    match &rack.folder {
        Some(folder) => line(
            &mut out,
            &format!("Lenses of your own: {}", folder.join("NAME.toml").display()),
        ),
        None => line(
            &mut out,
            "No folder for lenses of your own: neither XDG_CONFIG_HOME nor HOME is set",
        ),
    }
    out
}

fn describe(row: &LensRow, indent: usize, out: &mut String) {
    let gap = indent - crate::text::width(&row.name);
    let start = format!("{}{:gap$}", row.name, "");
    match &row.lens {
        Err(fault) => line(out, &format!("{start}{fault}")),
        Ok(lens) => {
            let role = |role: &crate::model::Role| format!("{} {}", role.letter, role.label);
            let roles: Vec<String> = lens.roles.iter().map(role).collect();
            let usual = if lens.is_standard() {
                "; used when no other is asked for"
            } else {
                ""
            };
            line(out, &format!("{start}{}", lens.title));
            line(out, &format!("{:indent$}{}", "", roles.join(", ")));
            line(out, &format!("{:indent$}{}{usual}", "", row.place.words()));
        }
    }
    line(out, "");
}

fn line(out: &mut String, words: &str) {
    writeln!(out, "{words}").expect("a string takes all");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_where_settings_are_kept() {
        let of = |config: Option<&str>, home: Option<&str>| {
            folder(config.map(OsString::from), home.map(PathBuf::from))
        };
        let at = |path: &str| Some(PathBuf::from(path));
        assert_eq!(of(Some("/c"), Some("/h")), at("/c/briefing/lenses"));
        assert_eq!(of(Some("c"), Some("/h")), at("/h/.config/briefing/lenses"));
        assert_eq!(of(Some(""), Some("/h")), at("/h/.config/briefing/lenses"));
        assert_eq!(of(None, None), None);
    }
}
