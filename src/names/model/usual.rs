//! How words are usually written within sentences, as the trainer counted it: the table and its keys.
//!
//! Apart from the features, as whole texts are rewritten by it ([`crate::names::case`]) before a finder sees them.

use super::asset::Asset;
use super::features::{hash, key};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usual {
    Small = 1,
    /// A capital first.
    Title = 2,
    Capitals = 3,
}

impl Usual {
    const fn of(bits: u8) -> Option<Self> {
        match bits & 3 {
            1 => Some(Self::Small),
            2 => Some(Self::Title),
            3 => Some(Self::Capitals),
            _ => None,
        }
    }

    /// The cell of a pair: how the first is written beside the second, and the second beside the first.
    pub const fn pair(first: Self, second: Self) -> u8 {
        first as u8 | (second as u8) << 2
    }
}

/// A hash of a word, however it is written.
pub fn word(word: &str) -> u64 {
    hash(word.chars().flat_map(char::to_lowercase))
}

/// The key of a word in the table, by its hash.
pub const fn of_word(word: u64) -> u64 {
    key(200, word, 0)
}

/// The key of a pair of words in the table.
pub const fn of_pair(first: u64, second: u64) -> u64 {
    key(201, first, second)
}

impl Asset<'_> {
    /// How the word with the hash `word` is usually written.
    pub(in crate::names) fn usual_word(&self, word: u64) -> Option<Usual> {
        Usual::of(*self.usual.get(of_word(word))?.first()?)
    }

    /// How two words are usually written where the second follows the first.
    pub(in crate::names) fn usual_pair(&self, first: u64, second: u64) -> Option<(Usual, Usual)> {
        let cell = *self.usual.get(of_pair(first, second))?.first()?;
        Usual::of(cell).zip(Usual::of(cell >> 2))
    }
}
