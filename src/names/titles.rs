//! The offices and titles that the text gives a person: before the name, or after it and a comma.

use super::lexicon::{Classes, Lexicon};
use crate::text::TextRange;
use crate::text::tokens::{Gap, Word};

/// Forms of address that say nothing of a person's office.
const ADDRESS: &[&str] = &[
    "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Miss", "MR", "MR.", "MS", "MS.", "MRS", "MRS.",
];
/// A title is no longer than this many words.
const MOST: usize = 14;

/// The words of a block, for asking what stands around a name.
#[derive(Debug)]
pub(super) struct Around<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Around<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.words
            .get(at)
            .map_or("", |word| word.range.of(self.text))
    }

    fn is(&self, at: usize, classes: Classes) -> bool {
        self.lexicon.classes(self.word(at)).any(classes)
    }

    fn capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    fn gap(&self, at: usize) -> Option<Gap> {
        self.words.get(at).map(|word| word.gap)
    }

    /// The title before the name `name`, which lies after the person named before it, at `limit`.
    pub(super) fn before(&self, name: TextRange, limit: usize) -> Option<TextRange> {
        let first = self
            .words
            .partition_point(|word| word.range.start() < name.start());
        let mut start = first;
        while start > 0 && first - start < MOST {
            let at = start - 1;
            let comma = start == first && self.gap(start) == Some(Gap::Comma);
            let joined = self.gap(start) == Some(Gap::Space) || comma && self.is(at, Classes::ROLE);
            if self.words[at].range.start() < limit || !joined || !self.may_stand(at, start) {
                break;
            }
            start = at;
        }
        while start < first && !self.may_begin(start) {
            start += 1;
        }
        let office = Classes::TITLE.or(Classes::HONORIFIC).or(Classes::ROLE);
        let says = (start..first).any(|at| {
            self.is(at, office)
                && ADDRESS.binary_search(&self.word(at)).is_err()
                && !ADDRESS.contains(&self.word(at))
        });
        // `the minister Ada Ode` ends in its office, or in what it is over: `Secretary of Defense`.
        let last = first.checked_sub(1)?;
        let ends = self.is(last, office) || (start..first).any(|at| self.word(at) == "of");
        (says && ends).then(|| {
            TextRange::new(
                self.words[start].range.start(),
                self.words[last].range.end(),
            )
        })
    }

    /// Whether the word at `at`, before a title's word at `next`, can belong to the title.
    fn may_stand(&self, at: usize, next: usize) -> bool {
        let office = Classes::TITLE
            .or(Classes::HONORIFIC)
            .or(Classes::ROLE)
            .or(Classes::MODIFIER)
            .or(Classes::NATIONALITY);
        match self.word(at) {
            "of" | "for" => true,
            "the" => at > 0 && matches!(self.word(at - 1), "of" | "for"),
            "and" => {
                at > 0
                    && self.capital(at - 1)
                    && self.capital(next)
                    && !self.is(next, Classes::TITLE)
            }
            _ => self.is(at, office) || self.capital(at) && !self.is(at, Classes::STOP),
        }
    }

    fn may_begin(&self, at: usize) -> bool {
        !matches!(self.word(at), "of" | "for" | "and" | "the") && !self.is(at, Classes::STOP)
    }

    /// The office after the name and a comma, which ends before the next person, at `limit`.
    pub(super) fn after(&self, name: TextRange, limit: usize) -> Option<TextRange> {
        let next = self
            .words
            .partition_point(|word| word.range.start() < name.end());
        if self.gap(next) != Some(Gap::Comma) {
            return None;
        }
        let mut start = next;
        if matches!(self.word(start), "a" | "an" | "the") {
            start += 1;
        }
        let office = Classes::ROLE.or(Classes::TITLE);
        let mut end = start;
        let mut says = false;
        loop {
            let word = self.word(end);
            let stops = matches!(
                word,
                "who" | "whose" | "which" | "that" | "as" | "is" | "was" | "has" | "had" | "will"
            ) || self.is(end, Classes::SPEECH);
            if stops || word.is_empty() {
                break;
            }
            says |= end < start + 6 && self.is(end, office);
            end += 1;
            if end - start > MOST || self.gap(end) != Some(Gap::Space) {
                break;
            }
        }
        let last = end.checked_sub(1).filter(|_| end > start)?;
        let first = self.word(start);
        let clause = matches!(
            first,
            "and"
                | "but"
                | "in"
                | "on"
                | "at"
                | "with"
                | "by"
                | "after"
                | "when"
                | "where"
                | "to"
                | "from"
                | "or"
                | "of"
        );
        let range = TextRange::new(
            self.words[start].range.start(),
            self.words[last].range.end(),
        );
        (says && !clause && end - start <= MOST && range.end() <= limit).then_some(range)
    }
}
