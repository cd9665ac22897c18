//! What a finder is given ([`Passage`]) and what it says ([`Candidate`]).

use super::book::Book;
use super::lexicon::{Classes, Lexicon};
use crate::model::EntityKind;
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape, Word};

/// A word with all that is known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) word: Word,
    pub(super) classes: Classes,
    /// Whether the document elsewhere, or the language at large, has the word in lower case.
    pub(super) common: bool,
    /// Row of the spelling in the survey.
    pub(super) spelling: u32,
}

/// One block, cut into words.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    /// Most words have a capital, so a capital says little here.
    pub(super) headline: bool,
    /// All letters are capitals.
    pub(super) shouted: bool,
    pub(super) lexicon: &'a Lexicon,
    /// What the document itself has taught; empty on the first reading.
    pub(super) book: &'a Book<'a>,
}

/// What a finder takes for a name: words `first..=last` of the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) first: usize,
    pub(super) last: usize,
    /// `None`: a thing that is no entity, but keeps its words from being taken for one.
    pub(super) kind: Option<EntityKind>,
    /// How sure it is, 0–100; where candidates overlap the surest stays.
    pub(super) weight: u8,
    /// Which rule found it, in words for a reader.
    pub(super) rule: &'static str,
}

/// From this weight on a candidate stands, whatever a trained model says.
pub(super) const FIRM: u8 = 98;

impl<'a> Passage<'a> {
    pub(super) fn get(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The token before `at`.
    pub(super) fn before(&self, at: usize) -> Option<&'a Token> {
        at.checked_sub(1).and_then(|at| self.get(at))
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens
            .get(at)
            .map_or("", |token| token.word.range.of(self.text))
    }

    pub(super) fn range(&self, first: usize, last: usize) -> TextRange {
        let start = self.tokens[first].word.range.start();
        TextRange::new(start, self.tokens[last].word.range.end())
    }

    pub(super) fn words(&self, first: usize, last: usize) -> &'a str {
        self.range(first, last).of(self.text)
    }

    /// Whether the word at `at` is of one of `classes`.
    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.get(at).is_some_and(|token| token.classes.any(classes))
    }

    /// Whether the word at `at` has a capital.
    pub(super) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(Token::capital)
    }

    /// Whether only a space stands before the word at `at`.
    pub(super) fn follows(&self, at: usize) -> bool {
        self.gap(at) == Some(Gap::Space)
            && !self.before(at).is_some_and(|token| token.word.possessive)
    }

    pub(super) fn gap(&self, at: usize) -> Option<Gap> {
        self.get(at).map(|token| token.word.gap)
    }
}

impl Token {
    pub(super) fn capital(&self) -> bool {
        !matches!(self.word.shape, Shape::Lower | Shape::Number)
    }

    /// Whether it may be a word of its own that is capital only by its place, or none of a name at all.
    pub(super) fn plain(&self) -> bool {
        self.classes.any(Classes::STOP) || (self.word.opens && self.common)
    }
}
