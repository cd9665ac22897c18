//! What the reader corrected: sections, for each lens, and names. One row for each edit, in the order they were made.

use rusqlite::{Connection, params};

use super::documents::{self, DocumentId};
use super::{Key, Memory, MemoryError};
use crate::model::{Change, Corrections, Edit};
use crate::text::show::plural;

/// The corrected sections of a document under one lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the lens that these are corrections of.
    pub lens: String,
    pub corrections: Corrections,
}

/// A correction of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameEdit {
    pub id: i64,
    /// What was done, as JSON.
    pub edit: String,
}

impl Memory {
    /// Keeps one change to the corrected sections of a document under a lens. What another reader has kept meanwhile
    /// stays.
    pub fn correct(&mut self, key: &Key, lens: &str, change: &Change) -> Result<(), MemoryError> {
        let (Change::Add(edit) | Change::Undo(edit)) = change;
        let json = serde_json::to_string(edit).expect("an edit is plain data");
        self.write(|base| {
            let document = documents::enter(base, key)?;
            let row = params![document, lens, json];
            let done = match change {
                Change::Add(_) => "INSERT INTO edits (document, lens, edit) VALUES (?1, ?2, ?3)",
                Change::Undo(_) => {
                    "DELETE FROM edits WHERE id =
                         (SELECT max(id) FROM edits WHERE document = ?1 AND lens = ?2 AND edit = ?3)"
                }
            };
            base.execute(done, row).map(drop)
        })
    }

    /// Keeps an edit of the names of a document, after those that are there; gives its number.
    pub fn add_name_edit(&mut self, key: &Key, edit: &str) -> Result<i64, MemoryError> {
        self.write(|base| {
            let document = documents::enter(base, key)?;
            base.execute(
                "INSERT INTO name_edits (document, edit) VALUES (?1, ?2)",
                params![document, edit],
            )?;
            Ok(base.last_insert_rowid())
        })
    }

    pub fn remove_name_edit(&mut self, id: i64) -> Result<(), MemoryError> {
        self.write(|base| {
            base.execute("DELETE FROM name_edits WHERE id = ?1", [id])
                .map(drop)
        })
    }
}

/// The corrected sections, the lens used last at the end; and what to say of edits that are not understood.
pub(super) fn sheets(
    base: &Connection,
    document: DocumentId,
) -> rusqlite::Result<(Vec<Sheet>, Option<String>)> {
    let mut asked = base.prepare("SELECT lens, edit FROM edits WHERE document = ?1 ORDER BY id")?;
    let mut rows = asked.query([document])?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut unread = 0;
    while let Some(row) = rows.next()? {
        let (lens, json): (String, String) = (row.get(0)?, row.get(1)?);
        let Ok(edit) = serde_json::from_str::<Edit>(&json) else {
            unread += 1;
            continue;
        };
        match sheets.iter_mut().find(|it| it.lens == lens) {
            Some(sheet) => sheet.corrections.edits.push(edit),
            None => sheets.push(Sheet {
                lens,
                corrections: Corrections { edits: vec![edit] },
            }),
        }
    }
    let told = || {
        let corrections = plural(unread, "correction");
        format!("not understood by this version, and kept: {corrections} of this document")
    };
    Ok((sheets, (unread > 0).then(told)))
}

pub(super) fn of_names(base: &Connection, document: DocumentId) -> rusqlite::Result<Vec<NameEdit>> {
    let mut asked =
        base.prepare("SELECT id, edit FROM name_edits WHERE document = ?1 ORDER BY id")?;
    let rows = asked.query_map([document], |row| {
        Ok(NameEdit {
            id: row.get(0)?,
            edit: row.get(1)?,
        })
    })?;
    rows.collect()
}
