//! [`Key`]: what a document is known again by.
//!
//! By its text, so that a moved file is known; by its path or address, so that a changed one is. A path may be used
//! for another text altogether (`today.md`), so a changed text must have something in common with the one before:
//! a sketch of a text tells how much two have.

use std::collections::BTreeSet;

use crate::model::Document;
use crate::text::TextRange;
use crate::text::digest::digest;

/// Words that are looked at together.
const TOGETHER: usize = 4;
/// Numbers in a sketch: those of the smallest digests of all words taken together.
const NUMBERS: usize = 64;
/// Of a longer text, so many bytes are sketched.
const BEGINNING: usize = 1 << 20;
/// Texts with fewer numbers are too short to be told apart by them.
const TELLING: usize = 16;
/// Texts that share one number in so many are versions of one.
const SHARED: usize = 16;

/// A document, as the memory knows it. Making it walks the text once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub(super) digest: u64,
    /// In bytes.
    pub(super) length: usize,
    pub(super) location: Option<String>,
    pub(super) title: String,
    pub(super) sketch: Sketch,
}

/// The smallest digests of the words of a text, four at a time, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sketch(Vec<u64>);

impl Key {
    /// `location`: an absolute path or an address; `None` for what has none.
    pub fn of(document: &Document, location: Option<String>) -> Self {
        let text = &document.text;
        let title = document.title().map(str::to_owned);
        let first = || text.lines().find(|line| !line.trim().is_empty());
        let begins = || first().unwrap_or_default().chars().take(80).collect();
        Self {
            digest: digest(text.as_bytes()),
            length: text.len(),
            location,
            title: title.unwrap_or_else(begins),
            sketch: Sketch::of(text),
        }
    }
}

impl Sketch {
    fn of(text: &str) -> Self {
        let end = (0..=BEGINNING.min(text.len()))
            .rev()
            .find(|at| text.is_char_boundary(*at));
        let beginning = TextRange::new(0, end.unwrap_or(0)).of(text);
        let mut smallest = BTreeSet::new();
        let mut words = [0; TOGETHER];
        for (count, word) in beginning.split_whitespace().enumerate() {
            words.rotate_left(1);
            words[TOGETHER - 1] = digest(word.as_bytes());
            if count + 1 < TOGETHER {
                continue;
            }
            let number = digest(words.map(u64::to_le_bytes).as_flattened());
            smallest.insert(number);
            if smallest.len() > NUMBERS {
                smallest.pop_last();
            }
        }
        Self(smallest.into_iter().collect())
    }

    /// Whether two texts can be versions of one.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let fewest = self.0.len().min(other.0.len());
        if fewest < TELLING {
            return true;
        }
        let shared = self.0.iter().filter(|it| other.0.binary_search(it).is_ok());
        shared.count() * SHARED >= fewest
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|it| it.to_le_bytes()).collect()
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let (numbers, _) = bytes.as_chunks();
        Self(numbers.iter().map(|it| u64::from_le_bytes(*it)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `count` words that stand in no other text with another `seed`.
    fn words(seed: &str, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|at| format!("{seed}{at}")).collect();
        words.join(" ")
    }

    #[test]
    fn versions_of_a_text_are_alike_and_others_are_not() {
        let text = words("a", 500);
        let sketch = Sketch::of(&text);
        let like = |other: &str| sketch.is_like(&Sketch::of(other));
        assert!(like(&text));
        assert!(like(&text.replace("a7", "seven")));
        assert!(like(&format!("{} {text}", words("b", 2_000))), "grown");
        assert!(like(&words("a", 100)), "cut");
        assert!(!like(&words("b", 500)));
        assert!(like("a word or two"), "too short to tell");
        assert!(like(""));
        assert_eq!(Sketch::from_bytes(&sketch.bytes()), sketch);
    }
}
