//! [`Memory`]: where a reader's corrections are kept between runs.
//!
//! One file in the user's data folder, read when a document is opened and written after every correction. A
//! document is known by its reading text, so that a moved file keeps its corrections, and by its path, so that a
//! changed one does. The door is narrow on purpose (recall, keep): what lies behind it can become a data base.

mod store;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use crate::model::{Change, Corrections, Document};
use crate::text::digest::digest;
use store::{Entry, Store};

/// A file of corrections; it need not exist yet.
#[derive(Clone, Debug)]
pub struct Memory {
    file: PathBuf,
}

/// A document, as the memory knows it.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    pub document: &'a Document,
    /// `None` for what is no file.
    pub path: Option<&'a Path>,
}

/// What was kept of a document, for one lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// The name of the lens that these are corrections of.
    pub lens: String,
    pub corrections: Corrections,
    /// Whether they were made in this very text, not in another that stood at the same path.
    pub same_text: bool,
}

/// Why corrections cannot be read or kept: one sentence for the reader. What is in the file stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    #[error("corrections in {file} could not be read: {why}")]
    Read { file: String, why: String },
    #[error("corrections in {file} cannot be understood ({why}): mend the file or move it away")]
    Damaged { file: String, why: String },
    #[error(
        "corrections in {file} were written by a newer version ({schema}): this one leaves them alone"
    )]
    Newer { file: String, schema: String },
    #[error("{file} could not be written: {why}")]
    Write { file: String, why: String },
    #[error("{file} is being written by another reader for too long: try again")]
    Busy { file: String },
}

impl Memory {
    /// `briefing/corrections.json` in the user's data folder (`$XDG_DATA_HOME`, else `~/.local/share`); `None` for
    /// a user without one.
    pub fn of_user() -> Option<Self> {
        let folder = |name: &str| {
            let path = PathBuf::from(std::env::var_os(name)?);
            path.is_absolute().then_some(path)
        };
        let home = || Some(folder("HOME")?.join(".local/share"));
        let data = folder("XDG_DATA_HOME").or_else(home)?;
        Some(Self::at(data.join("briefing/corrections.json")))
    }

    pub fn at(file: PathBuf) -> Self {
        Self { file }
    }

    /// What is known of a document: at most one row per lens. Writes nothing.
    pub fn recall(&self, key: Key<'_>) -> Result<Vec<Recalled>, MemoryError> {
        let store = Store::read(&self.file)?;
        // A text that no entry has the length of need not be digested.
        let length = key.document.text.len() as u64;
        let known = store.documents.iter().any(|entry| entry.length == length);
        let text = known.then(|| digest(key.document.text.as_bytes()));
        let path = key.path.map(settled);
        let mut recalled: Vec<Recalled> = Vec::new();
        // The latest last.
        for entry in store.documents.into_iter().rev() {
            let same_text = Some(entry.text) == text && entry.length == length;
            let same_path = path.is_some() && entry.path == path;
            if !same_text && !same_path {
                continue;
            }
            let row = Recalled {
                lens: entry.lens,
                corrections: Corrections { edits: entry.edits },
                same_text,
            };
            match recalled.iter_mut().find(|it| it.lens == row.lens) {
                Some(before) if same_text && !before.same_text => *before = row,
                Some(_) => {}
                None => recalled.push(row),
            }
        }
        Ok(recalled)
    }

    /// Keeps one change to the corrections of a document under a lens; `before` is what they were, for a text that
    /// has none yet. What another reader has kept meanwhile stays.
    pub fn keep(
        &self,
        key: Key<'_>,
        lens: &str,
        before: &Corrections,
        change: &Change,
    ) -> Result<(), MemoryError> {
        let text = digest(key.document.text.as_bytes());
        let length = key.document.text.len() as u64;
        let path = key.path.map(settled);
        Store::change(&self.file, |store| {
            let is = |it: &Entry| it.text == text && it.length == length && it.lens == lens;
            let at = store.documents.iter().position(is);
            let known = at.map(|at| store.documents.remove(at));
            let known = known.unwrap_or_else(|| Entry {
                text,
                length,
                path: None,
                lens: lens.to_owned(),
                edits: before.edits.clone(),
            });
            let mut corrections = Corrections { edits: known.edits };
            corrections.change(change);
            let entry = Entry {
                path: path.clone().or(known.path),
                edits: corrections.edits,
                ..known
            };
            // An empty row tells that nothing is to be taken over from an earlier text at its path.
            let earlier = |it: &Entry| it.path.is_some() && it.path == entry.path;
            if !entry.edits.is_empty() || store.documents.iter().any(earlier) {
                store.documents.push(entry);
            }
        })
    }
}

/// A path that says the same from every folder.
fn settled(path: &Path) -> String {
    let settled = path.canonicalize().or_else(|_| std::path::absolute(path));
    let path = settled.unwrap_or_else(|_| path.to_owned());
    path.to_string_lossy().into_owned()
}
