//! Mended names: kept for their document, and what of them is general in the reader's own list too.

use super::{Key, Memory, MemoryError, NamesFile, OwnNames, Recalled};
use crate::model::{Listed, NameEdit};
use crate::text::show::plural;

/// An edit of names, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mend {
    pub edit: NameEdit,
    /// How many corrections of sections were made before it: undoing goes back through both in one order.
    #[serde(default)]
    pub after: usize,
    /// What it did to the reader's own list.
    #[serde(default)]
    pub listed: Option<Listed>,
}

/// What became of a mend that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub id: i64,
    pub listed: Option<Listed>,
    /// Why the list was not written, if it should have been.
    pub trouble: Option<String>,
}

impl Memory {
    /// Has the reader's own list of names beside it.
    #[must_use]
    pub fn with_names(mut self, names: Option<NamesFile>) -> Self {
        self.names = names;
        self
    }

    /// What stands in the reader's own list of names; nothing where she has none.
    pub fn own_names(&self) -> OwnNames {
        self.names.as_ref().map(NamesFile::read).unwrap_or_default()
    }

    /// Keeps an edit of names, after those that are there; what of it holds for other documents goes into the list.
    pub fn mend(&mut self, key: &Key, mut mend: Mend) -> Result<Kept, MemoryError> {
        let mut trouble = None;
        let general = mend.edit.general();
        if let (Some(names), Some(general)) = (&self.names, general) {
            match names.add(&general) {
                Ok(listed) => mend.listed = listed,
                Err(error) => trouble = Some(error.to_string()),
            }
        }
        let json = serde_json::to_string(&mend).expect("an edit is plain data");
        let kept = self.add_name_edit(key, &json);
        if kept.is_err() {
            // The list shall not know what the document does not; its failure would be told second.
            let _ = self.take_back(mend.listed.as_ref());
        }
        Ok(Kept {
            id: kept?,
            listed: mend.listed,
            trouble,
        })
    }

    /// Forgets an edit of names, in the list too; gives what to say of the list.
    pub fn unmend(
        &mut self,
        id: Option<i64>,
        listed: Option<&Listed>,
    ) -> Result<Option<String>, MemoryError> {
        if let Some(id) = id {
            self.remove_name_edit(id)?;
        }
        Ok(self.take_back(listed))
    }

    fn take_back(&self, listed: Option<&Listed>) -> Option<String> {
        let (names, listed) = self.names.as_ref().zip(listed)?;
        match names.take_back(listed) {
            Ok(true) => None,
            Ok(false) => {
                let name = &listed.after.name;
                Some(format!(
                    "“{name}” was changed in your own list since, and stays there"
                ))
            }
            Err(error) => Some(error.to_string()),
        }
    }
}

impl Recalled {
    /// The mended names with their numbers, and what to say of those that are not understood.
    pub fn mends(&self) -> (Vec<(i64, Mend)>, Option<String>) {
        let mends = self.name_edits.iter();
        let understood =
            mends.filter_map(|row| Some((row.id, serde_json::from_str(&row.edit).ok()?)));
        let understood: Vec<(i64, Mend)> = understood.collect();
        let unread = self.name_edits.len() - understood.len();
        let told = || {
            let names = plural(unread, "mended name");
            format!("not understood by this version, and kept: {names} of this document")
        };
        (understood, (unread > 0).then(told))
    }
}
