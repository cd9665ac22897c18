//! Folders: the documents in one and below it, as a shelf.
//!
//! It stands apart because a folder has no bytes: it is walked, and what lies in it is only named. Hidden files
//! are left out, and what `.gitignore` names; so is what ends like no known format.

use std::path::Path;

use ignore::WalkBuilder;

use super::{FORMATS, Item, LoadError, Progress, Shelf, Source, Step, Unit, Watch};
use crate::text::harmless;
use crate::text::show::plural;

/// More documents than anybody looks through.
const MOST: usize = 100_000;
/// Files between two words on progress.
const STRIDE: usize = 256;

/// The documents below `folder`, by their paths.
pub(super) fn read(folder: &Path, watch: Watch<'_>) -> Result<Shelf, LoadError> {
    let name = harmless::line(&folder.to_string_lossy()).into_owned();
    let mut found = Vec::new();
    let (mut unknown, mut barred, mut stopped) = (0, 0, false);
    let walk = WalkBuilder::new(folder)
        .require_git(false)
        .parents(false)
        .build();
    for (seen, entry) in walk.enumerate() {
        if seen % STRIDE == STRIDE - 1 && !watch(Step::Progress(progress(found.len()))) {
            stopped = true;
            break;
        }
        match entry {
            Err(_) => barred += 1,
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => {}
            Ok(entry) if !is_known(entry.path()) => unknown += 1,
            Ok(entry) if found.len() < MOST => found.push(entry.into_path()),
            Ok(_) => {
                let most = crate::text::show::thousands(MOST);
                return Err(LoadError::Crowded { name, most });
            }
        }
    }
    if found.is_empty() {
        return Err(LoadError::Bare { name });
    }
    found.sort();
    let left_out = [
        (unknown > 0).then(|| format!("{} of no known format left out", plural(unknown, "file"))),
        (barred > 0).then(|| format!("{barred} could not be looked into")),
        stopped.then(|| "looking was stopped: the rest is missing".to_owned()),
    ];
    let left_out: Vec<String> = left_out.into_iter().flatten().collect();
    Ok(Shelf {
        title: name,
        items: found.into_iter().map(|path| item(folder, &path)).collect(),
        notice: (!left_out.is_empty()).then(|| left_out.join("; ")),
    })
}

fn progress(found: usize) -> Progress {
    Progress {
        done: found as u64,
        of: None,
        unit: Unit::Parts,
    }
}

/// Whether a file ends like one of a known format.
fn is_known(path: &Path) -> bool {
    let Some(extension) = path.extension() else {
        return false;
    };
    let extension = extension.to_string_lossy().to_lowercase();
    let mut known = FORMATS.iter().flat_map(|format| format.extensions);
    known.any(|known| *known == extension)
}

fn item(folder: &Path, path: &Path) -> Item {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    Item {
        title: harmless::line(&inside.to_string_lossy()).into_owned(),
        date: None,
        words: None,
        source: Source::Path(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::unwatched;
    use std::fs;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, words) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, words).unwrap();
        }
        folder
    }

    #[test]
    fn hidden_and_ignored_files_and_those_of_no_format_are_left_out() {
        let folder = folder(&[
            ("b.md", "b"),
            ("a.TXT", "a"),
            ("deep/er/c.html", "c"),
            (".hidden.md", "h"),
            (".git/d.md", "d"),
            ("drafts/e.md", "e"),
            (".gitignore", "drafts/\n"),
            ("picture.png", "p"),
            ("Makefile", "m"),
        ]);
        let shelf = read(folder.path(), &unwatched).unwrap();
        let titles: Vec<&str> = shelf.items.iter().map(|item| &*item.title).collect();
        assert_eq!(titles, ["a.TXT", "b.md", "deep/er/c.html"]);
        assert_eq!(
            shelf.notice.as_deref(),
            Some("2 files of no known format left out")
        );
    }

    #[test]
    fn a_folder_without_documents_says_so() {
        let folder = folder(&[("picture.png", "p")]);
        let error = read(folder.path(), &unwatched).unwrap_err().to_string();
        assert!(error.contains("no document of a known format"), "{error}");
    }

    #[test]
    fn looking_can_be_stopped() {
        let many: Vec<String> = (0..2 * STRIDE).map(|at| format!("{at}.md")).collect();
        let files: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "a")).collect();
        let folder = folder(&files);
        let shelf = read(folder.path(), &|_| false).unwrap();
        assert!(shelf.items.len() < 2 * STRIDE && !shelf.items.is_empty());
        assert!(shelf.notice.unwrap().contains("stopped"));
    }
}
