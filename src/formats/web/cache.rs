//! Copies of pages in the user's cache folder, so that a page is asked for once and can be read offline.
//!
//! It stands apart because it is the only place of the program that keeps anything: one file a page, in a folder
//! that only the user may enter, written beside and moved into place. What cannot be kept is read all the same.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::Page;

/// Bytes that all copies together may take; the oldest go first.
const ALL: u64 = 250_000_000;

/// A page, and what to ask its server whether it is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Copy {
    pub(super) page: Page,
    /// What the server calls this state of it: `ETag`.
    pub(super) tag: String,
    /// `Last-Modified`.
    pub(super) modified: String,
    pub(super) fetched: SystemTime,
    /// Whether the server allows a copy.
    pub(super) kept: bool,
}

/// The folder of copies.
#[derive(Clone, Debug)]
pub(super) struct Cache {
    /// `None` where there is no place for one.
    folder: Option<PathBuf>,
}

/// The first line of a file; the bytes of the page follow.
#[derive(Debug, Serialize, Deserialize)]
struct Label {
    /// As it was asked for.
    named: String,
    /// Where it was found.
    address: String,
    kind: String,
    tag: String,
    modified: String,
    /// Seconds since 1970.
    fetched: u64,
}

impl Cache {
    /// `$XDG_CACHE_HOME/briefing`, else `~/.cache/briefing`.
    pub(super) fn of_user() -> Self {
        let folder = |name: &str| {
            std::env::var_os(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let caches = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache")));
        Self {
            folder: caches.map(|caches| caches.join("briefing")),
        }
    }

    #[cfg(test)]
    pub(super) fn at(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
        }
    }

    /// The copy of what was asked for as `named`.
    pub(super) fn find(&self, named: &str) -> Option<Copy> {
        let bytes = fs::read(self.path(named)?).ok()?;
        let end = memchr::memchr(b'\n', &bytes)?;
        let label: Label = serde_json::from_slice(bytes.get(..end)?).ok()?;
        // Two addresses may share a file name; the one that was kept last is in it.
        if label.named != named {
            return None;
        }
        let page = Page {
            address: label.address,
            kind: label.kind,
            bytes: bytes.get(end + 1..)?.to_vec(),
            notice: None,
        };
        let fetched = UNIX_EPOCH.checked_add(Duration::from_secs(label.fetched))?;
        Some(Copy {
            page,
            tag: label.tag,
            modified: label.modified,
            fetched,
            kept: true,
        })
    }

    /// Keeps `copy`, if it may be kept; a folder that cannot be written to costs the copy only.
    pub(super) fn keep(&self, named: &str, copy: &Copy) {
        let Some(path) = self.path(named) else {
            return;
        };
        if !copy.kept {
            // Nor is an older copy of it shown again.
            let _ = fs::remove_file(path);
            return;
        }
        if write(&path, named, copy).is_ok() {
            self.make_room();
        }
    }

    fn path(&self, named: &str) -> Option<PathBuf> {
        let mut hasher = DefaultHasher::new();
        named.hash(&mut hasher);
        Some(
            self.folder
                .as_ref()?
                .join(format!("{:016x}.page", hasher.finish())),
        )
    }

    /// Removes the oldest copies while all together are too many.
    fn make_room(&self) {
        let Some(entries) = self
            .folder
            .as_ref()
            .and_then(|folder| fs::read_dir(folder).ok())
        else {
            return;
        };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let about = entry.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), entry.path()))
            })
            .collect();
        files.sort();
        let mut all: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (_, size, path) in files {
            if all <= ALL {
                return;
            }
            // What another process removed is gone as well.
            let _ = fs::remove_file(path);
            all -= size;
        }
    }
}

fn write(path: &Path, named: &str, copy: &Copy) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let label = Label {
        named: named.to_owned(),
        address: copy.page.address.clone(),
        kind: copy.page.kind.clone(),
        tag: copy.tag.clone(),
        modified: copy.modified.clone(),
        fetched: copy
            .fetched
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    };
    let beside = path.with_extension(format!("{}.unfinished", std::process::id()));
    let written = fill(&beside, &label, &copy.page.bytes).and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn fill(path: &Path, label: &Label, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file: File = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    serde_json::to_writer(&mut file, label)?;
    file.write_all(b"\n")?;
    file.write_all(bytes)?;
    file.sync_all()
}
