//! [`Store`]: the file of corrections itself. It is read whole, and replaced whole under a lock.
//!
//! Nothing is ever written over a file that was not understood: whatever stands in it is worth more than nothing.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::MemoryError;
use crate::model::Edit;
use crate::text::harmless;

const SCHEMA: &str = "briefing-corrections/1";
/// Far more than a reader can correct in a life; a larger file is none of ours.
const LIMIT: u64 = 1 << 28;
/// How often, and how long apart, a lock is asked for.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// What stands in the file; the entry written last is the last.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Store {
    schema: String,
    pub(super) documents: Vec<Entry>,
}

/// The corrections of one text under one lens.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Digest of the reading text, and its length in bytes.
    pub(super) text: u64,
    pub(super) length: u64,
    /// Where it was read from last.
    pub(super) path: Option<String>,
    pub(super) lens: String,
    pub(super) edits: Vec<Edit>,
}

/// Of a file of any version.
#[derive(serde::Deserialize)]
struct Named {
    schema: String,
}

impl Store {
    /// What stands in `file`; nothing when there is none.
    pub(super) fn read(file: &Path) -> Result<Self, MemoryError> {
        let bytes = match bytes(file) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                return Ok(Self {
                    schema: SCHEMA.to_owned(),
                    documents: Vec::new(),
                });
            }
            Err(error) => {
                return Err(MemoryError::Read {
                    file: shown(file),
                    why: reason(&error),
                });
            }
        };
        let damaged = |why: serde_json::Error| MemoryError::Damaged {
            file: shown(file),
            why: harmless::line(&why.to_string()).into_owned(),
        };
        let named: Named = serde_json::from_slice(&bytes).map_err(damaged)?;
        if named.schema != SCHEMA {
            return Err(MemoryError::Newer {
                file: shown(file),
                schema: harmless::line(&named.schema).into_owned(),
            });
        }
        serde_json::from_slice(&bytes).map_err(damaged)
    }

    /// Reads the file, changes it and puts it back, while no other reader does.
    pub(super) fn change(file: &Path, change: impl FnOnce(&mut Self)) -> Result<(), MemoryError> {
        let failed = |error: io::Error| MemoryError::Write {
            file: shown(file),
            why: reason(&error),
        };
        if let Some(folder) = file.parent() {
            let mut builder = DirBuilder::new();
            builder.recursive(true).mode(0o700);
            builder.create(folder).map_err(failed)?;
        }
        let _lock = lock(file)?;
        let mut store = Self::read(file)?;
        change(&mut store);
        let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
        replace(&place, &store).map_err(failed)
    }
}

/// `None` when there is no file.
fn bytes(file: &Path) -> io::Result<Option<Vec<u8>>> {
    let metadata = match std::fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        metadata => metadata?,
    };
    if !metadata.is_file() {
        return Err(io::Error::other("it is no ordinary file"));
    }
    if metadata.len() > LIMIT {
        return Err(io::Error::other("it is far too large"));
    }
    let mut bytes = Vec::new();
    File::open(file)?.take(LIMIT).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// The file that is locked stays: if it were removed, two readers could hold locks on two files of that name.
fn lock(file: &Path) -> Result<File, MemoryError> {
    let path = file.with_extension("lock");
    let failed = |error: &io::Error| MemoryError::Write {
        file: shown(&path),
        why: reason(error),
    };
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let lock = options.open(&path).map_err(|error| failed(&error))?;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
    }
    Err(MemoryError::Busy { file: shown(file) })
}

/// Writes beside the file and moves it there when all stands on the disk. Only called under the lock.
fn replace(place: &Path, store: &Store) -> io::Result<()> {
    let unfinished = place.with_extension("unfinished");
    // Left behind by a reader that was killed; its rights may be other than ours.
    match std::fs::remove_file(&unfinished) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = write(&unfinished, store).and_then(|()| std::fs::rename(&unfinished, place));
    if written.is_err() {
        // The failure is what is told.
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

fn write(path: &PathBuf, store: &Store) -> io::Result<()> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    let mut bytes = serde_json::to_vec(store)?;
    bytes.push(b'\n');
    file.write_all(&bytes)?;
    file.sync_all()
}

fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy()).into_owned()
}

/// Why, without the number of the error.
fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    match words.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => words,
    }
}
