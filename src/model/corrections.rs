//! [`Corrections`]: what a reader changed in the sections of a document, as a list of edits.
//!
//! An edit names the paragraphs it takes hold of by their words and those around them, so that it can be kept, and
//! found again in a text that has changed a little. What edits make of an outline is said in `sections`.

use std::collections::HashMap;

use super::{BlockId, Document};
use crate::text::digest;

/// Characters of a paragraph's beginning that are kept with its place.
const QUOTED: usize = 48;

/// Edits in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    pub edits: Vec<Edit>,
}

/// One thing a reader did.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Edit {
    /// What the section that begins at `at` does.
    Role { at: Landmark, role: Said },
    /// The section that begins at `at` begins at `to`.
    Move { at: Landmark, to: Landmark },
    /// No section begins at `at`.
    Merge { at: Landmark },
    /// A section begins at `at`.
    Split { at: Landmark },
}

/// What a reader said of a role.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A role's name in the lens.
    Role(String),
    /// That it has none.
    None,
    /// That what was found shall stand.
    AsFound,
}

/// One step in a list of edits, which two readers may take at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<E = Edit> {
    Add(E),
    /// Takes the latest equal edit away.
    Undo(E),
}

impl<E: Clone + PartialEq> Change<E> {
    /// Takes the step.
    pub fn make(&self, edits: &mut Vec<E>) {
        match self {
            Self::Add(edit) => edits.push(edit.clone()),
            Self::Undo(edit) => {
                let at = edits.iter().rposition(|it| it == edit);
                at.map(|at| edits.remove(at));
            }
        }
    }
}

/// A block, by what it says. All numbers are digests of words, but for `block`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Landmark {
    /// Where it stood among the blocks.
    pub block: BlockId,
    pub words: u64,
    /// The blocks around it; 0 where there is none.
    pub before: u64,
    pub after: u64,
    /// How it begins, to tell a reader which was meant.
    pub quote: String,
}

impl Corrections {
    pub fn change(&mut self, change: &Change) {
        change.make(&mut self.edits);
    }
}

impl Edit {
    /// The place whose section it is about.
    pub fn at(&self) -> &Landmark {
        match self {
            Self::Role { at, .. }
            | Self::Move { at, .. }
            | Self::Merge { at }
            | Self::Split { at } => at,
        }
    }
}

impl Landmark {
    pub fn of(document: &Document, block: BlockId) -> Self {
        let words = document.words(block);
        Self {
            block,
            words: digest::of_words(words),
            before: block
                .checked_sub(1)
                .map_or(0, |before| digest_of(document, before)),
            after: digest_of(document, block.saturating_add(1)),
            quote: quote(words),
        }
    }
}

fn quote(words: &str) -> String {
    let spaced = words.split_whitespace().flat_map(|word| [word, " "]);
    let quote: String = spaced.flat_map(str::chars).take(QUOTED).collect();
    quote.trim_end().to_owned()
}

/// 0 outside the document.
fn digest_of(document: &Document, block: BlockId) -> u64 {
    let block = document.blocks.get(block as usize);
    block.map_or(0, |block| digest::of_words(block.range.of(&document.text)))
}

/// Finds places again in a document.
#[derive(Debug)]
pub struct Finder<'a> {
    document: &'a Document,
    /// Blocks by the digest of their words, made when a place does not stand where it stood.
    by_words: Option<HashMap<u64, Vec<BlockId>>>,
}

impl<'a> Finder<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            by_words: None,
        }
    }

    /// The block that `place` is; `None` when it is gone, or when several could be meant.
    pub fn find(&mut self, place: &Landmark) -> Option<BlockId> {
        let at = place.block;
        if self.is(place, at) && self.beside(place, at) == 2 {
            return Some(at);
        }
        let document = self.document;
        let by_words = self.by_words.get_or_insert_with(|| {
            let mut by_words: HashMap<u64, Vec<BlockId>> = HashMap::new();
            for (block, id) in document.blocks.iter().zip(0..) {
                let digest = digest::of_words(block.range.of(&document.text));
                by_words.entry(digest).or_default().push(id);
            }
            by_words
        });
        let same = by_words.get(&place.words).cloned().unwrap_or_default();
        if same.is_empty() {
            return self.reworded(place);
        }
        let best = same.iter().map(|&id| self.beside(place, id)).max()?;
        let mut best = same.iter().filter(|&&id| self.beside(place, id) == best);
        match (best.next(), best.next()) {
            (Some(&only), None) => Some(only),
            // Of several with the same words and neighbours, only the one that stands where it stood.
            _ => same.contains(&at).then_some(at),
        }
    }

    /// The block that stands between the same two blocks, or begins with the same words beside one of them.
    fn reworded(&self, place: &Landmark) -> Option<BlockId> {
        let known = |digest: u64| digest != 0 && digest != digest::of_words("");
        let (before, after) = (known(place.before), known(place.after));
        let table = self.by_words.as_ref()?;
        let beside = |digest: u64, step: i64| {
            let ids = table.get(&digest).map_or(&[][..], Vec::as_slice);
            ids.iter()
                .filter_map(move |&id| BlockId::try_from(i64::from(id) + step).ok())
        };
        let mut near: Vec<BlockId> = Vec::new();
        near.extend(beside(place.before, 1).filter(|_| before));
        near.extend(beside(place.after, -1).filter(|_| after));
        near.sort_unstable();
        near.dedup();
        near.retain(|&id| {
            let Some(block) = self.document.blocks.get(id as usize) else {
                return false;
            };
            let begins = quote(block.range.of(&self.document.text)) == place.quote;
            begins || (before && after && self.beside(place, id) == 2)
        });
        match near[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    fn is(&self, place: &Landmark, block: BlockId) -> bool {
        (block as usize) < self.document.blocks.len()
            && digest_of(self.document, block) == place.words
    }

    /// How many of the two blocks around `block` are those around `place`.
    fn beside(&self, place: &Landmark, block: BlockId) -> usize {
        let before = block
            .checked_sub(1)
            .map_or(0, |before| digest_of(self.document, before));
        let after = digest_of(self.document, block.saturating_add(1));
        usize::from(before == place.before) + usize::from(after == place.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind};
    use crate::text::TextRange;

    fn document(paragraphs: &[&str]) -> Document {
        let mut document = Document::default();
        for words in paragraphs {
            let start = document.text.len();
            document.text.push_str(words);
            document.blocks.push(Block {
                range: TextRange::new(start, document.text.len()),
                kind: BlockKind::Paragraph,
                level: 0,
                tight: false,
                line: 1,
                page: None,
            });
            document.text.push('\n');
        }
        document
    }

    /// Where the block that `at` was in `before` stands in `after`.
    fn found(before: &[&str], at: BlockId, after: &[&str]) -> Option<BlockId> {
        let place = Landmark::of(&document(before), at);
        Finder::new(&document(after)).find(&place)
    }

    const TEXT: &[&str] = &["one", "two", "three", "two", "five"];

    #[test]
    fn a_place_is_found_where_it_stood_and_where_it_moved_to() {
        for at in 0..5 {
            assert_eq!(found(TEXT, at, TEXT), Some(at));
        }
        assert_eq!(found(TEXT, 2, &["new", "one", "three"]), Some(2));
        assert_eq!(found(TEXT, 2, &["three"]), Some(0));
    }

    #[test]
    fn of_twins_the_neighbours_decide() {
        let longer = ["new", "one", "two", "three", "two", "five"];
        assert_eq!(found(TEXT, 1, &longer), Some(2));
        assert_eq!(found(TEXT, 3, &longer), Some(4));
        assert_eq!(found(TEXT, 3, &["x", "two", "y", "two", "z"]), Some(3));
        assert_eq!(found(TEXT, 3, &["two", "y", "two", "z"]), None);
    }

    #[test]
    fn a_reworded_paragraph_is_found_between_its_neighbours_or_by_how_it_begins() {
        assert_eq!(
            found(TEXT, 2, &["new", "one", "two", "3", "two", "five"]),
            Some(3)
        );
        let long = "The port council of Selhaven met on Monday evening and voted to wait";
        let other = "The port council of Selhaven met on Monday evening and did not vote";
        assert_eq!(found(&["a", long, "b"], 1, &["x", "a", other]), Some(2));
        assert_eq!(found(&["a", long, "b"], 1, &["x", "a", "other"]), None);
        assert_eq!(found(TEXT, 2, &["gone", "away"]), None);
        assert_eq!(found(TEXT, 4, &[]), None);
    }

    #[test]
    fn nonsense_is_not_found() {
        let mut place = Landmark::of(&document(TEXT), 4);
        place.block = BlockId::MAX;
        assert_eq!(Finder::new(&document(TEXT)).find(&place), Some(4));
        place.words = 7;
        place.before = 8;
        place.after = 0;
        place.quote = String::new();
        assert_eq!(Finder::new(&document(TEXT)).find(&place), None);
    }

    #[test]
    fn an_undone_edit_is_the_latest_equal_one() {
        let split = |at| Edit::Split {
            at: Landmark::of(&document(TEXT), at),
        };
        let mut corrections = Corrections::default();
        for at in [1, 2, 1] {
            corrections.change(&Change::Add(split(at)));
        }
        corrections.change(&Change::Undo(split(1)));
        assert_eq!(corrections.edits, [split(1), split(2)]);
        corrections.change(&Change::Undo(split(4)));
        assert_eq!(corrections.edits.len(), 2);
    }
}
