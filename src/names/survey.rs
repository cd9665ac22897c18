//! [`Survey`]: how the whole document writes its words, so that a capital can be judged by its kin.

use std::collections::HashMap;

use super::candidate::Token;
use super::lexicon::{Classes, Lexicon};
use crate::text::tokens::{Shape, Word};

/// One row for each spelling in the document.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    rows: HashMap<&'a str, Row>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row {
    classes: Classes,
    count: u32,
    /// Whether the small form is common, here or at large; settled after counting.
    common: bool,
}

impl<'a> Survey<'a> {
    /// Counts the words of one block.
    pub(super) fn count(&mut self, text: &'a str, words: &[Word], lexicon: &Lexicon) {
        for word in words {
            if word.shape == Shape::Number {
                continue;
            }
            let spelling = word.range.of(text);
            let row = self.rows.entry(spelling).or_insert_with(|| Row {
                classes: lexicon.classes(spelling),
                ..Row::default()
            });
            row.count = row.count.saturating_add(1);
        }
    }

    /// To be called after the last block: looks up the small form of every capital one.
    pub(super) fn settle(&mut self, lexicon: &Lexicon) {
        let capitals: Vec<&'a str> = self
            .rows
            .keys()
            .copied()
            .filter(|word| word.starts_with(char::is_uppercase))
            .collect();
        for word in capitals {
            let small = word.to_lowercase();
            let here = self.rows.get(small.as_str()).map_or(0, |row| row.count);
            let usual = Classes::COMMON
                .or(Classes::ROLE)
                .or(Classes::MODIFIER)
                .or(Classes::SETTLEMENT)
                .or(Classes::BODY_NOUN);
            let large = lexicon.classes(&small).any(usual);
            if let Some(row) = self.rows.get_mut(word) {
                row.common = large || here > row.count / 2 && here > 0;
            }
        }
    }

    /// The word with all that is known of it.
    pub(super) fn token(&self, text: &str, word: Word) -> Token {
        let row = self
            .rows
            .get(word.range.of(text))
            .copied()
            .unwrap_or_default();
        Token {
            word,
            classes: row.classes,
            common: row.common,
        }
    }
}
