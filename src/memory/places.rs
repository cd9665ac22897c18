//! Places in a document: where it was left, and the reader's marks.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::base::number;
use super::documents::{self, DocumentId};
use super::{Key, Memory, MemoryError};

/// A place in a reading text, by its words, so that it can be found again when the text has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Where the words began, in bytes.
    pub at: usize,
    pub quote: String,
    /// What stood before and after them, as much as was kept.
    pub before: String,
    pub after: String,
}

impl Spot {
    /// Of four columns, from the one with this number on.
    pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Self> {
        let at: i64 = row.get(first)?;
        Ok(Self {
            at: usize::try_from(at).unwrap_or(0),
            quote: row.get(first + 1)?,
            before: row.get(first + 2)?,
            after: row.get(first + 3)?,
        })
    }
}

impl Memory {
    /// Keeps where a document was left.
    pub fn leave(&mut self, key: &Key, spot: &Spot) -> Result<(), MemoryError> {
        self.write(|base| {
            let document = documents::enter(base, key)?;
            let Spot {
                at,
                quote,
                before,
                after,
            } = spot;
            base.execute(
                "INSERT OR REPLACE INTO places (document, at, quote, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![document, number(*at), quote, before, after],
            )
            .map(drop)
        })
    }

    /// Keeps a mark; an earlier one of that name is gone.
    pub fn mark(&mut self, key: &Key, name: char, spot: &Spot) -> Result<(), MemoryError> {
        self.write(|base| {
            let document = documents::enter(base, key)?;
            let Spot {
                at,
                quote,
                before,
                after,
            } = spot;
            base.execute(
                "INSERT OR REPLACE INTO marks (document, name, at, quote, before, after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    document,
                    name.to_string(),
                    number(*at),
                    quote,
                    before,
                    after
                ],
            )
            .map(drop)
        })
    }

    pub fn unmark(&mut self, key: &Key, name: char) -> Result<(), MemoryError> {
        self.write(|base| {
            let document = documents::enter(base, key)?;
            base.execute(
                "DELETE FROM marks WHERE document = ?1 AND name = ?2",
                params![document, name.to_string()],
            )
            .map(drop)
        })
    }
}

pub(super) fn place(base: &Connection, document: DocumentId) -> rusqlite::Result<Option<Spot>> {
    base.query_row(
        "SELECT at, quote, before, after FROM places WHERE document = ?1",
        [document],
        |row| Spot::read(row, 0),
    )
    .optional()
}

pub(super) fn marks(
    base: &Connection,
    document: DocumentId,
) -> rusqlite::Result<Vec<(char, Spot)>> {
    let mut asked = base.prepare(
        "SELECT name, at, quote, before, after FROM marks WHERE document = ?1 ORDER BY name",
    )?;
    let rows = asked.query_map([document], |row| {
        let name: String = row.get(0)?;
        Ok((name.chars().next().unwrap_or(' '), Spot::read(row, 1)?))
    })?;
    rows.collect()
}
