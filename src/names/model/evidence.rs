//! [`Traits`]: what the model knows of a spelling; [`Evidence`]: what a whole document tells of each.

use super::asset::Asset;
use super::features::hash;
use super::usual;
use crate::model::EntityKind;
use crate::names::candidate::{Candidate, Passage};
use crate::names::lexicon::Classes;
use crate::names::survey::{Row, Survey};
use crate::text::tokens::Gap;

/// A spelling, as features see it.
#[derive(Clone, Debug, Default)]
pub(super) struct Traits {
    /// Hash of the small letters, digits as 0.
    pub(super) word: u64,
    /// The small letters themselves.
    pub(super) letters: Vec<char>,
    /// Hash of the shape (`Xxxx`), cut at eight letters.
    pub(super) shape: u64,
    /// Hash of the shape with repeats left out.
    pub(super) short: u64,
    pub(super) classes: u64,
    pub(super) common: bool,
    /// Small first, but with a capital inside.
    pub(super) mixed: bool,
    /// How it is usually written, 0 where nobody counted it.
    pub(super) usual: u8,
    /// How often the document has it, and its small form.
    pub(super) count: u32,
    pub(super) small: u32,
    /// Set of what [`Evidence`] saw.
    pub(super) seen: u32,
}

/// What stands in for a word where a sentence ends.
static EDGE: Traits = Traits {
    word: 1,
    letters: Vec::new(),
    shape: 1,
    short: 1,
    classes: 0,
    common: false,
    mixed: false,
    usual: 0,
    count: 1,
    small: 0,
    seen: 0,
};

impl Traits {
    pub(super) fn edge() -> &'static Self {
        &EDGE
    }

    fn of(row: &Row<'_>, asset: &Asset<'_>) -> Self {
        let zero = |letter: char| if letter.is_numeric() { '0' } else { letter };
        let mut letters: Vec<char> = Vec::with_capacity(row.spelling.len());
        if row.spelling.is_ascii() {
            let small = row.spelling.bytes().map(|byte| byte.to_ascii_lowercase());
            letters.extend(small.map(char::from).map(zero));
        } else {
            letters.extend(row.spelling.chars().flat_map(char::to_lowercase).map(zero));
        }
        let word = hash(letters.iter().copied());
        let shape = row.spelling.chars().map(|letter| match letter {
            letter if letter.is_uppercase() => 'X',
            letter if letter.is_alphabetic() => 'x',
            letter if letter.is_numeric() => 'd',
            letter => letter,
        });
        let mut last = None;
        let short = shape
            .clone()
            .filter(|&sign| last.replace(sign) != Some(sign));
        let short = hash(short);
        let mut capitals = row.spelling.chars();
        Self {
            word,
            shape: hash(shape.take(8)),
            short,
            classes: row.classes.set(),
            common: row.common,
            mixed: capitals.next().is_some_and(char::is_lowercase)
                && capitals.any(char::is_uppercase),
            usual: asset
                .usual_word(usual::word(row.spelling.trim_end_matches('.')))
                .map_or(0, |usual| usual as u8),
            count: row.count,
            small: row.small,
            seen: 0,
            letters,
        }
    }
}

/// What is known of every spelling of a document.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    pub(super) traits: Vec<Traits>,
    /// For each spelling: the one whose evidence it shares, itself or the same word without its capitals.
    pub(super) kin: Vec<u32>,
}

impl Evidence {
    pub(super) fn new(survey: &Survey<'_>, asset: &Asset<'_>) -> Self {
        Self {
            traits: survey
                .rows()
                .iter()
                .map(|row| Traits::of(row, asset))
                .collect(),
            kin: (0..)
                .zip(survey.rows())
                .map(|(own, row)| row.kin.unwrap_or(own))
                .collect(),
        }
    }

    /// To be called after the last block: words in capitals hear what was seen of them without.
    pub(super) fn share(&mut self) {
        for at in 0..self.traits.len() {
            self.traits[at].seen |= self.traits[self.kin[at] as usize].seen;
        }
    }

    /// Learns from one block: what stands beside each capital word, and what the rules took it for.
    pub(super) fn learn(&mut self, passage: &Passage<'_>, settled: &[Candidate]) {
        if passage.headline || passage.shouted {
            return;
        }
        for (at, token) in passage.tokens.iter().enumerate() {
            if token.capital() {
                self.traits[token.spelling as usize].seen |= beside(passage, at);
            }
        }
        for candidate in settled {
            let alone = candidate.first == candidate.last;
            let kind = match candidate.kind {
                Some(EntityKind::Person) => 16,
                Some(EntityKind::Agency | EntityKind::Organization) => 18,
                Some(EntityKind::Place) => 20,
                None => 22,
            };
            let bit = 1 << (kind + u32::from(alone));
            for at in candidate.first..=candidate.last {
                let token = &passage.tokens[at];
                if token.capital() {
                    let last = at == candidate.last && !alone && kind == 16;
                    self.traits[token.spelling as usize].seen |= bit | u32::from(last) << 24;
                }
            }
        }
    }
}

/// What stands beside the capital word at `at`, as a set.
fn beside(passage: &Passage<'_>, at: usize) -> u32 {
    let token = &passage.tokens[at];
    let follows = passage.follows(at);
    let goes_on = passage.follows(at + 1);
    let before = |classes| follows && at > 0 && passage.is(at - 1, classes);
    let after = |classes| goes_on && passage.is(at + 1, classes);
    let capital_before = follows && at > 0 && passage.capital(at - 1);
    let capital_after = goes_on && passage.capital(at + 1);
    let small = |words: &[&str]| follows && at > 0 && words.contains(&passage.word(at - 1));
    [
        before(Classes::HONORIFIC.or(Classes::TITLE)),
        before(Classes::GIVEN) && capital_before,
        capital_after && after(Classes::HEAD),
        small(&["in", "from", "across", "near"]) && !capital_after,
        after(Classes::SPEECH),
        small(&["the"]),
        !token.word.opens,
        capital_before && !capital_after,
        capital_after && !capital_before,
        token.word.gap == Gap::Bracket && !goes_on && passage.capital(at.wrapping_sub(1)),
        before(Classes::NATIONALITY.or(Classes::COUNTRY)),
        token.word.possessive,
        token.word.gap == Gap::Comma && at > 0 && passage.is(at - 1, Classes::LISTED_PLACE),
        small(&["at", "by", "with"]) && !capital_after,
        passage.gap(at + 1) == Some(Gap::Comma) && passage.is(at + 2, Classes::ROLE),
    ]
    .into_iter()
    .enumerate()
    .fold(0, |set, (bit, holds)| set | u32::from(holds) << bit)
}
