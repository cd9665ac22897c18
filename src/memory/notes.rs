//! Notes and highlights, each on words of a document.

use rusqlite::{Connection, Row};

use super::base::number;
use super::documents::{self, DocumentId};
use super::{Key, Memory, MemoryError};
use crate::model::Anchor;

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
    pub anchor: Anchor,
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
                "INSERT INTO notes (created, changed, kind, at, quote, before, after, length, rival, likest, body, document)
                 VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                columns(now, what, document),
            )?;
            Ok(base.last_insert_rowid())
        })
    }

    /// Whether the note was there: another reader may have removed it.
    pub fn change_note(&mut self, id: i64, what: &Jotting) -> Result<bool, MemoryError> {
        let now = documents::now();
        self.write(|base| {
            let changed = base.execute(
                "UPDATE notes SET changed = ?1, kind = ?2, at = ?3, quote = ?4, before = ?5, after = ?6, length = ?7,
                 rival = ?8, likest = ?9, body = ?10 WHERE id = ?11",
                columns(now, what, id),
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

/// The columns of a note, with the time before them and a number after them.
fn columns(now: i64, what: &Jotting, last: i64) -> impl rusqlite::Params {
    let anchor = &what.anchor;
    (
        now,
        what.kind.name(),
        number(anchor.offset),
        anchor.quote.clone(),
        anchor.before.clone(),
        anchor.after.clone(),
        number(anchor.length),
        anchor.rival.map(number),
        anchor.likest,
        what.body.clone(),
        last,
    )
}

pub(super) fn of(base: &Connection, document: DocumentId) -> rusqlite::Result<Vec<Note>> {
    let mut asked = base.prepare(
        "SELECT id, created, changed, kind, at, quote, before, after, length, rival, likest, body
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
    // What another program wrote into the file may be no number of ours.
    let size = |column: i64| usize::try_from(column).unwrap_or(0);
    let anchor = Anchor {
        quote: row.get(5)?,
        before: row.get(6)?,
        after: row.get(7)?,
        offset: size(row.get(4)?),
        length: size(row.get(8)?),
        rival: row.get::<_, Option<i64>>(9)?.map(size),
        likest: row.get(10)?,
    };
    Ok(Note {
        id: row.get(0)?,
        created: row.get(1)?,
        changed: row.get(2)?,
        what: Jotting {
            kind,
            anchor,
            body: row.get(11)?,
        },
    })
}
