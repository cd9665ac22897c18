//! Texts without capitals, or in capitals throughout, as they would usually be written.
//!
//! Finders and model live on capitals. Where a text has none, or nothing else, its words are written anew before
//! anybody looks for names: by the known names, by how words and pairs of words are usually written (a table that the
//! trainer counts), and by what stands beside. Every letter keeps its place, so that all ranges hold.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::lexicon::{Classes, LONGEST_NAME, Lexicon};
use super::model::asset::Asset;
use super::model::usual::{Usual, word as hash};
use crate::model::Block;
use crate::text::TextRange;
use crate::text::tokens::{self, Gap, Shape, Word};

/// How capitals are used in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Usual,
    /// Without capitals, but for `I`.
    Quiet,
    /// In capitals throughout.
    Loud,
}

/// A block of so few words tells nothing of how its text is written.
const FEW_WORDS: usize = 3;
/// From this share of blocks on that begin small, in percent, a text is taken for one that is careless of capitals:
/// less may be the items of a list.
const CARELESS: usize = 20;

/// `text` with the `blocks` that need it written anew; as it is, where none does.
pub(super) fn usual<'a>(text: &'a str, blocks: &[&Block], asset: &Asset<'_>) -> Cow<'a, str> {
    let looks: Vec<Look> = blocks
        .iter()
        .map(|block| look(block.range.of(text)))
        .collect();
    let small = |block: &&&Block| {
        let words = block.range.of(text);
        let first = words.chars().find(|letter| letter.is_alphanumeric());
        first.is_some_and(char::is_lowercase) || words.contains(" i ")
    };
    let careless = blocks.iter().filter(small).count() * 100 >= blocks.len() * CARELESS;
    let mut bytes: Vec<u8> = Vec::new();
    let mut words = Vec::new();
    let mut surnames = HashSet::new();
    for (block, look) in blocks.iter().zip(looks) {
        if look != Look::Loud && !careless {
            continue;
        }
        if bytes.is_empty() {
            bytes = text.as_bytes().to_vec();
        }
        tokens::words(text, block.range, &mut words);
        let line = Line {
            text,
            words: &words,
            lexicon: Lexicon::standard(),
            asset,
            look,
        };
        line.write(&mut surnames, &mut bytes);
    }
    if bytes.is_empty() {
        return Cow::Borrowed(text);
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn look(words: &str) -> Look {
    let (mut small, mut large) = (0, 0);
    let bytes = words.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_uppercase() {
            let beside = |at: Option<usize>| at.and_then(|at| bytes.get(at));
            let letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
            let alone = *byte == b'I'
                && !letter(beside(at.checked_sub(1)))
                && !letter(beside(Some(at + 1)));
            large += usize::from(!alone);
        } else {
            small += usize::from(byte.is_ascii_lowercase());
        }
        // Most texts show soon that they know both.
        if small > 40 && large > 0 && large < small {
            return Look::Usual;
        }
    }
    let few = || words.split_ascii_whitespace().count() < FEW_WORDS;
    match (small, large) {
        (1.., 0) if !few() => Look::Quiet,
        (_, 1..) if small * 20 <= large && !few() => Look::Loud,
        _ => Look::Usual,
    }
}

/// The words of a block that is written anew.
struct Line<'a> {
    text: &'a str,
    words: &'a [Word],
    lexicon: &'a Lexicon,
    asset: &'a Asset<'a>,
    look: Look,
}

impl Line<'_> {
    fn loud(&self) -> bool {
        self.look == Look::Loud
    }

    /// `surnames`: words that follow a first name here or in earlier blocks, in small letters.
    fn write(&self, surnames: &mut HashSet<String>, bytes: &mut [u8]) {
        let hashes: Vec<u64> = self
            .words
            .iter()
            .map(|word| hash(word.range.of(self.text).trim_end_matches('.')))
            .collect();
        let mut cases: Vec<Option<Usual>> = vec![None; self.words.len()];
        let mut listed: Vec<bool> = vec![false; self.words.len()];
        let mut at = 0;
        while at < self.words.len() {
            if let Some((last, spelling)) = self
                .listed(at, &hashes)
                .filter(|(last, name)| self.writes(at..=*last, name))
            {
                listed[at..=last].fill(true);
                cases[at..=last].fill(Some(Usual::Title));
                copy(bytes, self.words[at].range.start(), spelling);
                at = last + 1;
            } else {
                cases[at] = self.counted(at, &hashes);
                at += 1;
            }
        }
        if self.look == Look::Usual {
            return;
        }
        self.name_people(&mut cases, surnames);
        for (at, word) in self.words.iter().enumerate().filter(|(at, _)| !listed[*at]) {
            let case = cases[at].unwrap_or_else(|| self.unknown(word, surnames));
            let case = if word.opens && case == Usual::Small {
                Usual::Title
            } else {
                case
            };
            set(bytes, self.text, word.range, case);
        }
    }

    /// Whether a known name is written anew: where other words have their capitals, only a place without any.
    fn writes(&self, mut words: RangeInclusive<usize>, name: &str) -> bool {
        self.look != Look::Usual
            || words.all(|at| self.words[at].shape == Shape::Lower)
                && self.lexicon.classes(name).any(Classes::LISTED_PLACE)
    }

    /// The longest known name that begins at `at`: its last word, and how it is written.
    fn listed(&self, at: usize, hashes: &[u64]) -> Option<(usize, &'static str)> {
        let start = self.words[at].range.start();
        let mut last = at;
        let mut longest = None;
        while last < self.words.len() && last - at < LONGEST_NAME {
            let gap = self.words[last].gap;
            if last > at && !matches!(gap, Gap::Space | Gap::And | Gap::Plural) {
                break;
            }
            let range = TextRange::new(start, self.words[last].range.end());
            let small = range.of(self.text).to_lowercase();
            match self.lexicon.spelling(&small) {
                Some(spelling) if last > at || self.sure(at, hashes, &small) => {
                    longest = Some((last, spelling))
                        .filter(|_| spelling.len() == range.len())
                        .or(longest);
                }
                _ => {}
            }
            if last == at && !self.lexicon.opens_name(&small) {
                break;
            }
            last += 1;
        }
        longest
    }

    /// Whether a single word that is a known name is no usual word as well.
    fn sure(&self, at: usize, hashes: &[u64], small: &str) -> bool {
        let counted = self.counted(at, hashes);
        counted.is_none_or(|case| case != Usual::Small)
            && !(counted.is_none() && self.lexicon.classes(small).any(Classes::COMMON))
    }

    /// How the word at `at` is usually written, beside its neighbours if they are known to matter.
    fn counted(&self, at: usize, hashes: &[u64]) -> Option<Usual> {
        let follows = |at: usize| {
            self.words
                .get(at)
                .is_some_and(|word| word.gap == Gap::Space)
        };
        let before = (at > 0 && follows(at))
            .then(|| self.asset.usual_pair(hashes[at - 1], hashes[at]))
            .flatten();
        let after = follows(at + 1)
            .then(|| self.asset.usual_pair(hashes[at], hashes[at + 1]))
            .flatten();
        let pairs = [before.map(|pair| pair.1), after.map(|pair| pair.0)];
        let large = pairs
            .into_iter()
            .flatten()
            .find(|case| *case != Usual::Small);
        large
            .or(pairs[0].or(pairs[1]))
            .or_else(|| self.asset.usual_word(hashes[at]))
    }

    /// A word that nobody counted.
    fn unknown(&self, word: &Word, surnames: &HashSet<String>) -> Usual {
        let spelling = word.range.of(self.text);
        let small = spelling.to_lowercase();
        let letters = spelling
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .count();
        if letters < 2 {
            let dotted = self.text.as_bytes().get(word.range.end()) == Some(&b'.');
            let initial = small != "a" && (self.loud() || dotted);
            return if initial {
                Usual::Capitals
            } else {
                Usual::Small
            };
        }
        if surnames.contains(&small) {
            return Usual::Title;
        }
        if !self.loud() || self.lexicon.classes(&small).any(Classes::COMMON) {
            return Usual::Small;
        }
        let vowels = small.chars().any(|letter| "aeiouy".contains(letter));
        if letters == spelling.chars().count() && (!vowels || letters == 2) {
            Usual::Capitals
        } else {
            Usual::Title
        }
    }

    /// Gives the words of people's names their capitals: after a first name, after a title.
    fn name_people(&self, cases: &mut [Option<Usual>], surnames: &mut HashSet<String>) {
        for at in 0..self.words.len() {
            let small = self.words[at].range.of(self.text).to_lowercase();
            let common = self
                .lexicon
                .classes(&small)
                .any(Classes::COMMON.or(Classes::STOP));
            let usual = cases[at] == Some(Usual::Small) || cases[at].is_none() && common;
            if self.may_be(at, Classes::GIVEN.or(Classes::LEADER)) && !usual {
                cases[at] = Some(Usual::Title);
            }
            let Some(before) = at.checked_sub(1).filter(|_| self.follows(at)) else {
                continue;
            };
            let title = |at: usize| self.may_be(at, Classes::TITLE.or(Classes::HONORIFIC));
            if title(before) && !usual && (self.loud() || cases[at] == Some(Usual::Title)) {
                cases[before] = Some(Usual::Title);
            }
            let first = self.may_be(before, Classes::GIVEN) && cases[before] == Some(Usual::Title);
            // `president ada quell`: whatever else the word may be.
            let led = before > 0
                && self.follows(before)
                && title(before - 1)
                && !self.may_be(at, Classes::SPEECH);
            let stop = self.lexicon.classes(&small).any(Classes::STOP);
            if first
                && !stop
                && (cases[at].is_none() && !common || led)
                && cases[at] != Some(Usual::Title)
            {
                cases[at] = Some(Usual::Title);
                surnames.insert(small);
            }
        }
    }

    /// Whether only a space stands before the word at `at`.
    fn follows(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|at| &self.words[at]);
        self.words[at].gap == Gap::Space && before.is_some_and(|before| !before.possessive)
    }

    /// Whether the word at `at`, small or with a capital, is of one of `classes`.
    fn may_be(&self, at: usize, classes: Classes) -> bool {
        let word = self.words[at].range.of(self.text);
        let either = self
            .lexicon
            .classes(&titled(word))
            .or(self.lexicon.classes(&word.to_lowercase()));
        either.any(classes)
    }
}

fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next();
    let first = first.into_iter().flat_map(char::to_uppercase);
    first.chain(letters.flat_map(char::to_lowercase)).collect()
}

/// Writes `word` over what stands at `start`.
fn copy(bytes: &mut [u8], start: usize, word: &str) {
    if let Some(place) = bytes.get_mut(start..start + word.len()) {
        place.copy_from_slice(word.as_bytes());
    }
}

/// Writes the word in `range` as `case` has it; left as it is where that would take more or less room.
fn set(bytes: &mut [u8], text: &str, range: TextRange, case: Usual) {
    let word = range.of(text);
    let written = match case {
        Usual::Small => word.to_lowercase(),
        Usual::Capitals => word.to_uppercase(),
        // `al-noor`, `o'neill`: every part has its capital.
        Usual::Title => {
            let mut first = true;
            let parts = word.split_inclusive(['-', '\'', '’']);
            parts
                .map(|part| {
                    let lead = std::mem::take(&mut first) || part.len() > 1;
                    if lead {
                        titled(part)
                    } else {
                        part.to_lowercase()
                    }
                })
                .collect()
        }
    };
    if written.len() == word.len() {
        copy(bytes, range.start(), &written);
    }
}
