//! [`Memory`]: what a reader's documents are remembered by between runs.
//!
//! One `SQLite` file in the user's data folder. It is opened when something is first looked up or kept, never on the
//! way to the first frame. Every method that changes something is one transaction, which is on the disk when the
//! method returns: what a screen tells as kept is kept. Several readers may use the file at once; a handle is for
//! one thread, and a clone of it is another handle.
//!
//! Each table has a file with its methods; rows are plain data, and what is opaque here (edits) is a type of `model`.

mod base;
mod documents;
mod earlier;
mod edits;
mod key;
mod mends;
mod names_file;
mod notes;
mod places;
mod searches;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use base::Base;
pub use documents::{Count, Entry};
pub use edits::{NameEdit, Sheet};
pub use key::Key;
pub use mends::{Kept, Mend};
pub use names_file::{NamesError, NamesFile, OwnNames};
pub use notes::{Jotting, Note, NoteKind};
pub use places::Places;
pub use searches::Search;

/// A file of what is remembered; it need not exist yet.
#[derive(Debug)]
pub struct Memory {
    file: PathBuf,
    base: Option<Base>,
    /// The reader's own list of names.
    names: Option<NamesFile>,
    /// What the reader must be told and was not yet.
    notices: Vec<String>,
}

/// All that is remembered of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recalled {
    /// Corrected sections: at most one sheet per lens.
    pub sheets: Vec<Sheet>,
    pub name_edits: Vec<NameEdit>,
    pub places: Places,
    /// By their place in the text.
    pub notes: Vec<Note>,
    /// What the reader must be told of the memory itself, in one sentence.
    pub notice: Option<String>,
}

/// Why something cannot be looked up or kept: one sentence for the reader.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    #[error("the memory {file} could not be read: {why}")]
    Read { file: String, why: String },
    #[error("the memory {file} cannot be used ({why}) and could not be moved aside: {failed}")]
    Damaged {
        file: String,
        why: String,
        failed: String,
    },
    #[error(
        "the memory {file} was written by a newer version (schema {schema}): it is read, and nothing is kept"
    )]
    Newer { file: String, schema: i64 },
    #[error("the memory {file} could not be written: {why}")]
    Write { file: String, why: String },
    #[error("the memory {file} is being written by another reader for too long: try again")]
    Busy { file: String },
}

impl Memory {
    /// `briefing/memory.db` in the user's data folder (`$XDG_DATA_HOME`, else `~/.local/share`); `None` for
    /// a user without one.
    pub fn of_user() -> Option<Self> {
        let folder = |name: &str| {
            let path = PathBuf::from(std::env::var_os(name)?);
            path.is_absolute().then_some(path)
        };
        let home = || Some(folder("HOME")?.join(".local/share"));
        let data = folder("XDG_DATA_HOME").or_else(home)?;
        let memory = Self::at(data.join("briefing/memory.db"));
        Some(memory.with_names(NamesFile::of_user()))
    }

    pub fn at(file: PathBuf) -> Self {
        Self {
            file,
            base: None,
            names: None,
            notices: Vec::new(),
        }
    }

    pub fn file(&self) -> &Path {
        &self.file
    }

    /// All that is known of a document. Makes no file where there is none.
    pub fn recall(&mut self, key: &Key) -> Result<Recalled, MemoryError> {
        let mut recalled = self.read(|base| {
            let document = documents::find(base, key)?;
            document.map_or_else(|| Ok(Recalled::default()), |id| recalled(base, id))
        })?;
        self.notices.extend(recalled.notice.take());
        recalled.notice = self.notice();
        Ok(recalled)
    }

    /// The same of a document by its number in [`Memory::documents`].
    pub fn recall_entry(&mut self, id: i64) -> Result<Recalled, MemoryError> {
        self.read(|base| recalled(base, id))
    }

    /// What the reader must be told of the memory itself, once, in one sentence: that an unusable file was moved
    /// aside, that corrections of an earlier version were taken over, that nothing can be kept.
    pub fn notice(&mut self) -> Option<String> {
        let said = std::mem::take(&mut self.notices);
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Looks something up; nothing is found where there is no file.
    fn read<T: Default>(
        &mut self,
        look: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, MemoryError> {
        self.attempt(false, |base| base.read(&look))
            .map(Option::unwrap_or_default)
    }

    /// Changes something, wholly or not at all.
    fn write<T>(
        &mut self,
        deed: impl Fn(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, MemoryError> {
        let done = self.attempt(true, |base| base.write(&deed))?;
        Ok(done.expect("a file that is to be written is made"))
    }

    /// Works on the file, and once more on a fresh one when it turns out to be damaged. `None` when there is no file
    /// and none is to be `made`.
    fn attempt<T>(
        &mut self,
        made: bool,
        work: impl Fn(&mut Base) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, MemoryError> {
        let mut first = true;
        loop {
            if !self
                .base
                .as_ref()
                .is_some_and(|base| base.is_at(&self.file))
            {
                self.base = Base::open(&self.file, made, &mut self.notices)?;
            }
            let Some(base) = &mut self.base else {
                return Ok(None);
            };
            if made {
                base.may_write(&self.file)?;
            }
            match work(base) {
                Ok(done) => return Ok(Some(done)),
                Err(error) if first && base::is_damage(&error) => {
                    first = false;
                    self.base = None;
                    base::set_aside(&self.file, &mut self.notices)?;
                }
                Err(error) => return Err(base::failure(&self.file, &error, made)),
            }
        }
    }
}

fn recalled(base: &Connection, document: i64) -> rusqlite::Result<Recalled> {
    let (sheets, notice) = edits::sheets(base, document)?;
    Ok(Recalled {
        sheets,
        name_edits: edits::of_names(base, document)?,
        places: places::of(base, document)?,
        notes: notes::of(base, document)?,
        notice,
    })
}

impl Clone for Memory {
    /// Another handle on the same file.
    fn clone(&self) -> Self {
        Self::at(self.file.clone()).with_names(self.names.clone())
    }
}
