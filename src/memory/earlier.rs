//! What versions before the data base kept: `corrections.json`, beside it. It is taken over once, when the file is
//! made, and left as it is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};

use super::MemoryError;
use super::base::shown;
use crate::model::Edit;
use crate::text::show::plural;

const SCHEMA: &str = "briefing-corrections/1";

#[derive(serde::Deserialize)]
struct Store {
    schema: String,
    /// The entry written last is the last.
    documents: Vec<Entry>,
}

/// The corrections of one text under one lens.
#[derive(serde::Deserialize)]
struct Entry {
    /// Digest of the reading text, and its length in bytes.
    text: u64,
    length: u64,
    path: Option<String>,
    lens: String,
    edits: Vec<Edit>,
}

fn file_of(base: &Path) -> PathBuf {
    base.with_file_name("corrections.json")
}

pub(super) fn is_beside(base: &Path) -> bool {
    file_of(base).is_file()
}

/// Enters what the earlier file holds into a new data base; gives what to tell the reader of it. A file that cannot
/// be understood stops nothing.
pub(super) fn take_over(base: &Path, writing: &Connection) -> rusqlite::Result<Option<String>> {
    let file = file_of(base);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            return Ok(Some(format!(
                "corrections in {} could not be taken over: {error}",
                shown(&file)
            )));
        }
    };
    let store: Store = match serde_json::from_slice::<Store>(&bytes) {
        Ok(store) if store.schema == SCHEMA => store,
        _ => {
            return Ok(Some(format!(
                "corrections in {} cannot be understood and were not taken over",
                shown(&file)
            )));
        }
    };
    let mut count = 0;
    for entry in &store.documents {
        count += entry.edits.len();
        enter(writing, entry)?;
    }
    let corrections = plural(count, "correction");
    let told = || format!("taken over from {}: {corrections}", shown(&file));
    Ok((count > 0).then(told))
}

fn enter(base: &Connection, entry: &Entry) -> rusqlite::Result<()> {
    let (digest, length) = (entry.text.cast_signed(), entry.length.cast_signed());
    let known = base
        .query_row(
            "SELECT document FROM texts WHERE digest = ?1 AND length = ?2",
            [digest, length],
            |row| row.get(0),
        )
        .optional()?;
    let document: i64 = if let Some(document) = known {
        document
    } else {
        let name = entry.path.as_deref().map(Path::new);
        let name = name.and_then(Path::file_name).unwrap_or_default();
        base.execute(
            "INSERT INTO documents (title, length, sketch, seen) VALUES (?1, ?2, x'', 0)",
            params![name.to_string_lossy(), length],
        )?;
        let document = base.last_insert_rowid();
        base.execute(
            "INSERT INTO texts (digest, length, document) VALUES (?1, ?2, ?3)",
            params![digest, length, document],
        )?;
        document
    };
    if let Some(path) = &entry.path {
        base.execute(
            "INSERT OR REPLACE INTO locations (location, document, seen) VALUES (?1, ?2, 0)",
            params![path, document],
        )?;
    }
    for edit in &entry.edits {
        let json = serde_json::to_string(edit).expect("an edit is plain data");
        base.execute(
            "INSERT INTO edits (document, lens, edit) VALUES (?1, ?2, ?3)",
            params![document, entry.lens, json],
        )?;
    }
    Ok(())
}

/// The earlier file and what was moved aside, where they are there.
pub(super) fn left_behind(base: &Path) -> Vec<PathBuf> {
    let name = base.file_name().unwrap_or_default().to_string_lossy();
    let aside = format!("{name}.damaged");
    let earlier = file_of(base);
    let ours = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        *path == earlier || *path == earlier.with_extension("lock") || name.starts_with(&aside)
    };
    let entries = base.parent().and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten();
    let mut paths: Vec<PathBuf> = paths
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(ours)
        .collect();
    paths.sort();
    paths
}

/// Removes what is left behind; gives the names.
pub(super) fn remove(base: &Path) -> Result<Vec<String>, MemoryError> {
    let remove = |path: PathBuf| match fs::remove_file(&path) {
        Ok(()) => Ok(shown(&path)),
        Err(error) => Err(MemoryError::Write {
            file: shown(&path),
            why: format!("it could not be removed: {error}"),
        }),
    };
    left_behind(base).into_iter().map(remove).collect()
}
