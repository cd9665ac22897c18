//! Places in a document: where it was left, and the reader's marks.

use rusqlite::{Connection, Row, params};

use super::base::number;
use super::documents::{self, DocumentId};
use super::{Key, Memory, MemoryError};
use crate::model::Anchor;

/// Places of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Where it was left.
    pub left: Option<Anchor>,
    /// By their letters.
    pub marks: Vec<(char, Anchor)>,
}

impl Memory {
    /// Keeps where a document was left.
    pub fn leave(&mut self, key: &Key, place: &Anchor) -> Result<(), MemoryError> {
        self.put(key, "", place)
    }

    /// Keeps a mark; an earlier one of that name is gone.
    pub fn mark(&mut self, key: &Key, name: char, place: &Anchor) -> Result<(), MemoryError> {
        self.put(key, name.encode_utf8(&mut [0; 4]), place)
    }

    fn put(&mut self, key: &Key, name: &str, place: &Anchor) -> Result<(), MemoryError> {
        self.write(|base| {
            let document = documents::enter(base, key)?;
            base.execute(
                "INSERT OR REPLACE INTO places
                     (document, name, at, quote, before, after, length, rival, likest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                params![
                    document,
                    name,
                    number(place.offset),
                    place.quote,
                    place.before,
                    place.after,
                    number(place.length),
                    place.rival.map(number),
                    place.likest,
                ],
            )
            .map(drop)
        })
    }
}

pub(super) fn of(base: &Connection, document: DocumentId) -> rusqlite::Result<Places> {
    let mut asked = base.prepare(
        "SELECT at, quote, before, after, length, rival, likest, name FROM places
         WHERE document = ?1 ORDER BY name",
    )?;
    let mut rows = asked.query([document])?;
    let mut places = Places::default();
    while let Some(row) = rows.next()? {
        let name: String = row.get(7)?;
        let place = read(row)?;
        match name.chars().next() {
            Some(letter) => places.marks.push((letter, place)),
            None => places.left = Some(place),
        }
    }
    Ok(places)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Anchor> {
    // What another program wrote into the file may be no number of ours.
    let size = |column: i64| usize::try_from(column).unwrap_or(0);
    Ok(Anchor {
        offset: size(row.get(0)?),
        quote: row.get(1)?,
        before: row.get(2)?,
        after: row.get(3)?,
        length: size(row.get(4)?),
        rival: row.get::<_, Option<i64>>(5)?.map(size),
        likest: row.get(6)?,
    })
}
