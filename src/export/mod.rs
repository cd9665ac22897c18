//! Briefing to bytes: one file per form of output, one row per form in [`EXPORTS`].
//!
//! What is written is a [`Part`] of a briefing: all of it, or one section. The forms share what counts as
//! belonging to that part, so that `--section` means the same in each of them.

pub mod citation;
mod fill;
mod json;
mod part;
mod table;
mod text;

#[cfg(test)]
mod fixture;

use std::io;

use crate::model::{Briefing, SectionId};

use part::Part;

/// Columns of a text that is laid out, unless a reader wants others.
pub const WIDTH: u16 = 72;

/// Reading speed, for how long a document takes.
const WORDS_PER_MINUTE: usize = 250;

/// A form of output.
#[derive(Debug)]
pub struct Export {
    /// Name for `--to`.
    pub name: &'static str,
    /// One line on it, for `--help`.
    pub about: &'static str,
    /// How names of such files end, without the dot.
    pub ending: &'static str,
    /// Stands between two documents that are written one after another.
    pub between: &'static str,
    write: fn(&Part, u16, &mut dyn io::Write) -> io::Result<()>,
}

/// Every form of output; the first is for standard output that is no terminal.
pub const EXPORTS: &[Export] = &[
    Export {
        name: "text",
        about: "contents with roles, the text, and the names at the end",
        ending: "txt",
        between: "\n\n\n",
        write: text::write,
    },
    Export {
        name: "json",
        about: "everything that was found, one line for each document (docs/JSON.md)",
        ending: "json",
        between: "",
        write: json::write,
    },
];

/// What to write, and how wide.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// `None` is the whole document.
    pub section: Option<SectionId>,
    /// Columns, for forms that are laid out.
    pub width: u16,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            section: None,
            width: WIDTH,
        }
    }
}

impl Export {
    /// The form that is called `name`.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        EXPORTS.iter().find(|export| export.name == name)
    }

    /// Writes the whole, or one section.
    ///
    /// # Panics
    /// When the briefing has no such section.
    pub fn write(
        &self,
        briefing: &Briefing,
        wish: Wish,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        (self.write)(&Part::of(briefing, wish.section), wish.width, out)
    }
}
