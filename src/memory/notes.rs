//! Notes and highlights, each on words of a document.

use rusqlite::{Connection, Row, params};

use super::base::number;
use super::documents::{self, DocumentId};
use super::{Key, Memory, MemoryError, Spot};

/// A note or highlight that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: i64,
    /// When it was made and changed last, in seconds since 1970.
    pub created: i64,
    pub changed: i64,
    pub what: Jotting,
}

/// What a reader put down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jotting {
    pub kind: NoteKind,
    /// The words it is about, all of them in the quote.
    pub spot: Spot,
    /// Empty for a highlight.
    pub body: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    Highlight,
    Note,
}

impl NoteKind {
    /// As it stands in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Highlight => "highlight",
            Self::Note => "note",
        }
    }
}

impl Memory {
    /// Keeps a note; gives its number.
    pub fn add_note(&mut self, key: &Key, what: &Jotting) -> Result<i64, MemoryError> {
        let now = documents::now();
        self.write(|base| {
            let document = documents::enter(base, key)?;
            base.execute(
                "INSERT INTO notes (document, created, changed, kind, at, quote, before, after, body)
                 VALUES (?1, ?2, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    document,
                    now,
                    what.kind.name(),
                    number(what.spot.at),
                    what.spot.quote,
                    what.spot.before,
                    what.spot.after,
                    what.body
                ],
            )?;
            Ok(base.last_insert_rowid())
        })
    }

    /// Whether the note was there: another reader may have removed it.
    pub fn change_note(&mut self, id: i64, what: &Jotting) -> Result<bool, MemoryError> {
        let now = documents::now();
        self.write(|base| {
            let changed = base.execute(
                "UPDATE notes SET changed = ?2, kind = ?3, at = ?4, quote = ?5, before = ?6, after = ?7, body = ?8
                 WHERE id = ?1",
                params![
                    id,
                    now,
                    what.kind.name(),
                    number(what.spot.at),
                    what.spot.quote,
                    what.spot.before,
                    what.spot.after,
                    what.body
                ],
            )?;
            Ok(changed > 0)
        })
    }

    pub fn remove_note(&mut self, id: i64) -> Result<(), MemoryError> {
        self.write(|base| {
            base.execute("DELETE FROM notes WHERE id = ?1", [id])
                .map(drop)
        })
    }

    /// The notes of a document by its number in [`Memory::documents`], by their place in the text.
    pub fn notes(&mut self, document: i64) -> Result<Vec<Note>, MemoryError> {
        self.read(|base| of(base, document))
    }
}

pub(super) fn of(base: &Connection, document: DocumentId) -> rusqlite::Result<Vec<Note>> {
    let mut asked = base.prepare(
        "SELECT id, created, changed, kind, at, quote, before, after, body
         FROM notes WHERE document = ?1 ORDER BY at, id",
    )?;
    let rows = asked.query_map([document], note)?;
    rows.collect()
}

fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let kind: String = row.get(3)?;
    let kind = if kind == NoteKind::Note.name() {
        NoteKind::Note
    } else {
        NoteKind::Highlight
    };
    Ok(Note {
        id: row.get(0)?,
        created: row.get(1)?,
        changed: row.get(2)?,
        what: Jotting {
            kind,
            spot: Spot::read(row, 4)?,
            body: row.get(8)?,
        },
    })
}
