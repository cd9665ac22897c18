//! Documents: which of those in the memory one is, what is known of each, and forgetting them.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension, params};

use super::base::number;
use super::key::Sketch;
use super::{Key, Memory, MemoryError, base, earlier};

/// A document in the memory.
pub(super) type DocumentId = i64;

/// What the memory holds of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    pub title: String,
    /// Where it was read from last.
    pub location: Option<String>,
    /// Bytes of its text when it was kept last.
    pub length: i64,
    /// When something was kept of it last, in seconds since 1970.
    pub seen: i64,
    /// Whether it is known where it was left.
    pub place: bool,
    pub count: Count,
}

/// How much is kept of one document, or of all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub edits: i64,
    pub name_edits: i64,
    pub marks: i64,
    pub notes: i64,
}

impl Memory {
    /// All documents, the latest first.
    pub fn documents(&mut self) -> Result<Vec<Entry>, MemoryError> {
        self.read(|base| entries(base, None))
    }

    /// What is known of one.
    pub fn document(&mut self, key: &Key) -> Result<Option<Entry>, MemoryError> {
        self.read(|base| {
            let Some(document) = find(base, key)? else {
                return Ok(None);
            };
            Ok(entries(base, Some(document))?.pop())
        })
    }

    /// The document that was read from `location` last, for a file that is gone.
    pub fn document_at(&mut self, location: &str) -> Result<Option<Entry>, MemoryError> {
        self.read(|base| {
            let Some(document) = at(base, location)? else {
                return Ok(None);
            };
            Ok(entries(base, Some(document))?.pop())
        })
    }

    /// Forgets a document with all that was kept of it.
    pub fn forget(&mut self, id: i64) -> Result<(), MemoryError> {
        self.write(|base| {
            base.execute("DELETE FROM documents WHERE id = ?1", [id])
                .map(drop)
        })?;
        self.shrink()
    }

    /// Forgets everything, also what was moved aside and what an earlier version kept. Gives the names of files that
    /// were removed.
    pub fn forget_all(&mut self) -> Result<Vec<String>, MemoryError> {
        self.write(|base| base.execute_batch("DELETE FROM documents; DELETE FROM searches;"))?;
        self.shrink()?;
        earlier::remove(&self.file)
    }

    /// Files beside this one that may hold what was kept: what was moved aside, and what an earlier version wrote.
    pub fn left_behind(&self) -> Vec<PathBuf> {
        earlier::left_behind(&self.file)
    }

    fn shrink(&mut self) -> Result<(), MemoryError> {
        self.attempt(true, base::Base::shrink).map(drop)
    }
}

/// The document that this is; it had this text, or one like it at the same place.
pub(super) fn find(base: &Connection, key: &Key) -> rusqlite::Result<Option<DocumentId>> {
    let mut by_text = base
        .prepare("SELECT document FROM texts WHERE digest = ?1 AND length = ?2 AND length > 0")?;
    let by_text = by_text
        .query_row(
            params![key.digest.cast_signed(), number(key.length)],
            |row| row.get(0),
        )
        .optional()?;
    if by_text.is_some() {
        return Ok(by_text);
    }
    let Some(location) = &key.location else {
        return Ok(None);
    };
    let Some(document) = at(base, location)? else {
        return Ok(None);
    };
    let sketch: Vec<u8> = base.query_row(
        "SELECT sketch FROM documents WHERE id = ?1",
        [document],
        |row| row.get(0),
    )?;
    let alike = Sketch::from_bytes(&sketch).is_like(&key.sketch);
    Ok(alike.then_some(document))
}

fn at(base: &Connection, location: &str) -> rusqlite::Result<Option<DocumentId>> {
    base.query_row(
        "SELECT document FROM locations WHERE location = ?1",
        [location],
        |row| row.get(0),
    )
    .optional()
}

/// The document that this is, which is entered if it is new, with its text and location as they are now.
pub(super) fn enter(base: &Connection, key: &Key) -> rusqlite::Result<DocumentId> {
    let (length, now) = (number(key.length), now());
    let row = params![key.title, length, key.sketch.bytes(), now];
    let document = if let Some(document) = find(base, key)? {
        base.execute(
            "UPDATE documents SET title = ?1, length = ?2, sketch = ?3, seen = ?4 WHERE id = ?5",
            params![key.title, length, key.sketch.bytes(), now, document],
        )?;
        document
    } else {
        base.execute(
            "INSERT INTO documents (title, length, sketch, seen) VALUES (?1, ?2, ?3, ?4)",
            row,
        )?;
        base.last_insert_rowid()
    };
    if length > 0 {
        base.execute(
            "INSERT OR IGNORE INTO texts (digest, length, document) VALUES (?1, ?2, ?3)",
            params![key.digest.cast_signed(), length, document],
        )?;
    }
    if let Some(location) = &key.location {
        base.execute(
            "INSERT OR REPLACE INTO locations (location, document, seen) VALUES (?1, ?2, ?3)",
            params![location, document, now],
        )?;
    }
    Ok(document)
}

/// One document or all, the latest first.
fn entries(base: &Connection, only: Option<DocumentId>) -> rusqlite::Result<Vec<Entry>> {
    let mut asked = base.prepare(
        "SELECT id, title,
             (SELECT location FROM locations WHERE document = id ORDER BY seen DESC, location LIMIT 1),
             length, seen,
             EXISTS (SELECT 1 FROM places WHERE document = documents.id AND name = ''),
             (SELECT count(*) FROM edits WHERE document = documents.id),
             (SELECT count(*) FROM name_edits WHERE document = documents.id),
             (SELECT count(*) FROM places WHERE document = documents.id AND name <> ''),
             (SELECT count(*) FROM notes WHERE document = documents.id)
         FROM documents WHERE ?1 IS NULL OR id = ?1 ORDER BY seen DESC, id DESC",
    )?;
    let rows = asked.query_map([only], |row| {
        Ok(Entry {
            id: row.get(0)?,
            title: row.get(1)?,
            location: row.get(2)?,
            length: row.get(3)?,
            seen: row.get(4)?,
            place: row.get(5)?,
            count: Count {
                edits: row.get(6)?,
                name_edits: row.get(7)?,
                marks: row.get(8)?,
                notes: row.get(9)?,
            },
        })
    })?;
    rows.collect()
}

/// Seconds since 1970; 0 where the clock says that it is earlier.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs().cast_signed())
}
