//! Document to names: candidates by finders, settled into disjoint mentions, linked into entities.
//!
//! The front door has two functions, as the outline stands between them: [`find`] before it, [`link`] after.
//! A trained model can take the finders' place behind [`Found`]: text in, mentions out.

use std::ops::Range;

use crate::model::{BlockId, Document, Entities, EntityKind, Outline};
use crate::text::TextRange;

/// A name found in the text, not yet joined with other mentions of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    pub range: TextRange,
    pub kind: EntityKind,
    /// Which rule found it, in words.
    pub rule: &'static str,
}

/// The names in `blocks`, sorted and disjoint.
pub fn find(document: &Document, blocks: Range<BlockId>) -> Vec<Found> {
    let _ = (document, blocks);
    Vec::new()
}

/// Joins mentions of the same person or body; reads the offices the text gives them.
pub fn link(document: &Document, found: &[Found], outline: &Outline) -> Entities {
    let _ = (document, found, outline);
    Entities::default()
}
