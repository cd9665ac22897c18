//! [`Shelf`]: a source that holds several documents to choose from (a mailbox, a feed, a folder).
//!
//! It stands apart because a shelf has no text of its own: it names its items and how each is opened.

use std::sync::Arc;

use super::{Format, Source};
use crate::model::Meta;

/// Documents to choose from, in the order of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shelf {
    /// What the source calls itself; harmless.
    pub title: String,
    pub items: Vec<Item>,
    /// One sentence on what was left out or guessed.
    pub notice: Option<String>,
}

/// One document on a shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Harmless; a file name where the source states no title.
    pub title: String,
    /// ISO 8601, as in [`Meta::published`].
    pub date: Option<String>,
    /// White-space separated words, where it costs nothing to know them.
    pub words: Option<usize>,
    pub source: Source,
}

/// A document that lies in memory, inside a source that was read: a message of a mailbox, an entry of a feed.
#[derive(Clone)]
pub struct Held {
    /// What holds it, and where in it: `box.mbox, message 3`; harmless.
    pub name: String,
    /// What it is, if what holds it says so.
    pub format: Option<&'static Format>,
    pub bytes: Arc<[u8]>,
    /// Stated by what holds it; it counts where the document itself says nothing. `source`, `format` and
    /// `notice` are not used.
    pub meta: Meta,
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && Arc::ptr_eq(&self.bytes, &other.bytes)
    }
}

impl Eq for Held {}

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Held")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
