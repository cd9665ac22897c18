//! What was searched for: the history, and searches that the reader saved under a name.

use rusqlite::params;

use super::{Memory, MemoryError, documents};

/// Entries of the history that are kept.
const HISTORY: i64 = 500;

/// A search that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub id: i64,
    /// `None` for the history.
    pub name: Option<String>,
    pub pattern: String,
    /// How it is meant (whole words, a regular expression …), in the words of who keeps it.
    pub flags: String,
}

impl Memory {
    /// Saved searches and the history together, the latest first.
    pub fn searches(&mut self) -> Result<Vec<Search>, MemoryError> {
        self.read(|base| {
            let mut asked = base.prepare(
                "SELECT id, name, pattern, flags FROM searches ORDER BY used DESC, id DESC",
            )?;
            let rows = asked.query_map([], |row| {
                Ok(Search {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    pattern: row.get(2)?,
                    flags: row.get(3)?,
                })
            })?;
            rows.collect()
        })
    }

    /// Keeps a search as the latest: under a name, where it replaces what had that name, or in the history, where it
    /// stands once.
    pub fn add_search(
        &mut self,
        name: Option<&str>,
        pattern: &str,
        flags: &str,
    ) -> Result<i64, MemoryError> {
        let now = documents::now();
        self.write(|base| {
            base.execute(
                "DELETE FROM searches WHERE name = ?1 OR
                     (?1 IS NULL AND name IS NULL AND pattern = ?2 AND flags = ?3)",
                params![name, pattern, flags],
            )?;
            base.execute(
                "INSERT INTO searches (name, pattern, flags, used) VALUES (?1, ?2, ?3, ?4)",
                params![name, pattern, flags, now],
            )?;
            let id = base.last_insert_rowid();
            base.execute(
                "DELETE FROM searches WHERE name IS NULL AND id NOT IN
                     (SELECT id FROM searches WHERE name IS NULL ORDER BY used DESC, id DESC LIMIT ?1)",
                [HISTORY],
            )?;
            Ok(id)
        })
    }

    pub fn remove_search(&mut self, id: i64) -> Result<(), MemoryError> {
        self.write(|base| {
            base.execute("DELETE FROM searches WHERE id = ?1", [id])
                .map(drop)
        })
    }
}
