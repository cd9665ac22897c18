//! What the model sees of a word: keys of its features, the same for learning and for reading.
//!
//! Apart from the tagger, as the trainer collects the keys that the tagger looks up. Features that depend on the
//! spelling alone ([`own`], [`beside`]) are asked for once per spelling, those of the place ([`here`]) each time.

use super::evidence::Traits;
use super::island::Sentence;
use crate::names::candidate::Token;

/// Where a feature comes from: the trainer leaves some out at times, so that it leans on none alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The letters of words, and what stands beside them.
    Text,
    /// Lists of words.
    Lists,
    /// What the finders by rule say.
    Rules,
    /// What the model itself took the same word for elsewhere in the document.
    Votes,
}

/// Takes the keys of features.
pub trait Sink {
    fn take(&mut self, family: Family, key: u64);
}

/// The key of a feature: which it is, and its values.
pub(super) const fn key(template: u8, a: u64, b: u64) -> u64 {
    let mixed = (a.rotate_left(21) ^ b)
        .wrapping_add((template as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ (mixed >> 32)
}

/// A hash of text.
pub(super) fn hash(text: impl Iterator<Item = char>) -> u64 {
    text.fold(0x517C_C1B7_2722_0A95, |hash: u64, letter| {
        (hash.rotate_left(5) ^ u64::from(u32::from(letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    })
}

/// All features of the word at `at`.
pub(super) fn all(sentence: &Sentence<'_>, at: usize, sink: &mut impl Sink) {
    here(sentence, at, sink);
    own(sentence.traits(at), sink);
    for step in [-2, -1, 1, 2] {
        if let Some(traits) = sentence.neighbour(at, step) {
            beside(traits, step, sink);
        }
    }
}

/// Features of the spelling and of what the document tells of it.
pub(super) fn own(traits: &Traits, sink: &mut impl Sink) {
    let word = traits.word;
    sink.take(Family::Text, key(0, word, 0));
    sink.take(Family::Text, key(1, traits.shape, 0));
    sink.take(Family::Text, key(2, traits.short, 0));
    sink.take(Family::Text, key(3, word, traits.short));
    let letters = &traits.letters;
    let most = letters.len().min(4);
    for length in 1..=most {
        let first = hash(letters[..length].iter().copied());
        sink.take(Family::Text, key(4, first, length as u64));
        let last = hash(letters[letters.len() - length..].iter().copied());
        sink.take(Family::Text, key(5, last, length as u64));
    }
    for bit in bits(traits.classes) {
        sink.take(Family::Lists, key(8, bit, 0));
        sink.take(Family::Lists, key(9, bit, traits.short));
    }
    sink.take(
        Family::Lists,
        key(10, u64::from(traits.common), traits.short),
    );
    let usual = u64::from(traits.usual);
    sink.take(Family::Lists, key(14, usual, 0));
    sink.take(Family::Lists, key(15, usual, traits.short));
    for bit in bits(u64::from(traits.seen)) {
        let family = if bit < 16 {
            Family::Text
        } else {
            Family::Rules
        };
        sink.take(family, key(11, bit, 0));
        sink.take(
            family,
            key(12, bit, traits.short ^ u64::from(traits.common)),
        );
    }
    let often = u64::from(traits.count.min(8).ilog2());
    sink.take(Family::Text, key(13, often, u64::from(traits.small > 0)));
}

/// Features of a word for the word at the distance `step` (−2 … 2, not 0).
pub(super) fn beside(traits: &Traits, step: i8, sink: &mut impl Sink) {
    let place = (step + 2) as u64;
    sink.take(Family::Text, key(20, traits.word, place));
    sink.take(Family::Text, key(21, traits.short, place));
    if step.abs() == 1 {
        let last = hash(traits.letters.iter().rev().take(3).copied());
        sink.take(Family::Text, key(24, last, place));
        for bit in bits(u64::from(traits.seen) & 0xFFFF_0000) {
            sink.take(Family::Rules, key(26, bit, place));
        }
    }
    sink.take(
        Family::Lists,
        key(
            27,
            u64::from(traits.usual) * 2 + u64::from(traits.mixed),
            place ^ (traits.short << 3),
        ),
    );
    for bit in bits(traits.classes) {
        sink.take(Family::Lists, key(25, bit, place));
    }
}

fn bits(mut set: u64) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let bit = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        (bit < 64).then_some(u64::from(bit))
    })
}

/// Features of the place `at` in its sentence.
pub(super) fn here(sentence: &Sentence<'_>, at: usize, sink: &mut impl Sink) {
    let traits = sentence.traits(at);
    let token = sentence.token(at);
    let before = sentence.neighbour(at, -1);
    let after = sentence.neighbour(at, 1);
    let (left, right) = (sentence.gap(at), sentence.gap_after(at));
    let short = traits.short;
    let edge = Traits::edge();
    let (prev, next) = (before.unwrap_or(edge), after.unwrap_or(edge));
    let text = Family::Text;
    for (step, missing) in [(-2, 0), (-1, 1), (1, 2), (2, 3)] {
        if sentence.neighbour(at, step).is_none() {
            sink.take(text, key(30, missing, short));
        }
    }
    sink.take(text, key(31, left, short));
    sink.take(text, key(32, right, short));
    sink.take(text, key(33, left * 16 + right, 0));
    sink.take(text, key(34, left ^ (prev.short << 8), short));
    sink.take(text, key(35, right ^ (next.short << 8), short));
    sink.take(text, key(36, prev.word, traits.word));
    sink.take(text, key(37, traits.word, next.word));
    sink.take(text, key(38, prev.word, short ^ left));
    sink.take(text, key(39, next.word, short ^ right));
    sink.take(text, key(40, prev.short.rotate_left(9) ^ next.short, short));
    if let Some(second) = sentence.neighbour(at, 2) {
        sink.take(text, key(43, next.word, second.word));
    }
    if let Some(second) = sentence.neighbour(at, -2) {
        sink.take(text, key(44, second.word, prev.word));
    }
    if token.word.opens {
        sink.take(text, key(45, short, 0));
        sink.take(text, key(46, traits.word, 0));
        sink.take(Family::Lists, key(47, u64::from(traits.common), short));
        sink.take(Family::Lists, key(48, u64::from(traits.usual), short));
    }
    if token.word.possessive {
        sink.take(text, key(49, short, 0));
    }
    let look = sentence.look();
    if look > 0 {
        sink.take(
            Family::Lists,
            key(54, look * 4 + u64::from(traits.usual), short),
        );
        sink.take(text, key(50, look, short));
        sink.take(text, key(51, look, traits.word));
    }
    let lists = |traits: &Traits| traits.classes;
    sink.take(Family::Lists, key(52, lists(prev), lists(traits)));
    sink.take(Family::Lists, key(53, lists(traits), lists(next)));
    run(sentence, at, sink);
    rules(sentence, at, sink);
}

/// Features of the run of capital words around `at`.
fn run(sentence: &Sentence<'_>, at: usize, sink: &mut impl Sink) {
    let traits = sentence.traits(at);
    let (first, last) = sentence.run(at);
    let edge = Traits::edge();
    let text = Family::Text;
    let (left, right) = (
        sentence.word_before(first).unwrap_or(edge),
        sentence
            .word_before(last + 2)
            .filter(|_| sentence.has(last + 1))
            .unwrap_or(edge),
    );
    let place = (at - first).min(3) as u64 * 8 + (last - at).min(3) as u64;
    let (opening, closing) = (sentence.traits(first), sentence.traits(last));
    sink.take(text, key(60, place, traits.short));
    sink.take(text, key(61, closing.word, u64::from(at == last)));
    sink.take(text, key(62, opening.word, u64::from(at == first)));
    sink.take(text, key(63, left.word, u64::from(at == first)));
    sink.take(text, key(64, right.word, u64::from(at == last)));
    sink.take(text, key(65, closing.short, place));
    sink.take(text, key(66, opening.short, place));
    sink.take(text, key(67, left.short, place));
    sink.take(text, key(68, right.short, place));
    for bit in bits(closing.classes) {
        sink.take(Family::Lists, key(69, bit, place));
    }
    for bit in bits(opening.classes) {
        sink.take(Family::Lists, key(70, bit, place));
    }
    // What stands between the run and its neighbours: a comma, a bracket, a mark of its own.
    let (gap_before, gap_after) = (sentence.gap(first), sentence.gap_after(last));
    sink.take(text, key(129, gap_before, place));
    sink.take(text, key(130, gap_after, place));
    let gaps = gap_before * 16 + gap_after;
    sink.take(text, key(131, gaps, traits.short));
    sink.take(text, key(132, right.word ^ gap_after, place));
    sink.take(text, key(133, left.word ^ gap_before, place));
    if last > first {
        sink.take(Family::Lists, key(71, closing.classes, opening.classes));
    }
}

/// Features of what the finders by rule say around `at`.
fn rules(sentence: &Sentence<'_>, at: usize, sink: &mut impl Sink) {
    let said = |at: Option<usize>| {
        at.and_then(|at| sentence.said(at))
            .map_or(0, |said| said.tag())
    };
    let tags = [
        said(at.checked_sub(1).filter(|&at| sentence.has(at))),
        said(Some(at)),
        said(Some(at + 1).filter(|&at| sentence.has(at))),
    ];
    let own = sentence.said(at).map(|said| (said.print, said.weight()));
    ruled(tags, sentence.traits(at).short, own, sink);
}

/// Features of what the rules say of a word. `tags`: of the word before, itself, the word after; `said`: hash and
/// weight of its own rule.
pub(super) fn ruled(
    [before, own, after]: [u64; 3],
    short: u64,
    said: Option<(u64, u8)>,
    sink: &mut impl Sink,
) {
    let family = Family::Rules;
    sink.take(family, key(80, own, 0));
    sink.take(family, key(81, own, before));
    sink.take(family, key(82, own, after));
    sink.take(family, key(83, own, short));
    if let Some((rule, weight)) = said {
        sink.take(family, key(84, own, rule));
        sink.take(family, key(85, own, u64::from(weight / 8)));
    }
}

/// A body and what stands around it, as the kinds see it.
#[derive(Debug)]
pub(super) struct Body<'a> {
    pub(super) words: Vec<&'a Traits>,
    pub(super) before: &'a Traits,
    pub(super) after: &'a Traits,
    /// What the rules say of the first and of the last word: tag and rule, 0 for nothing.
    pub(super) said: [(u64, u64); 2],
}

/// Features of a body: what tells an agency from an organization.
pub(super) fn body(body: &Body<'_>, sink: &mut impl Sink) {
    let text = Family::Text;
    let (Some(opening), Some(closing)) = (body.words.first(), body.words.last()) else {
        return;
    };
    sink.take(text, key(90, 0, 0));
    for (at, traits) in body.words.iter().enumerate() {
        sink.take(text, key(91, traits.word, 0));
        for bit in bits(traits.classes) {
            sink.take(Family::Lists, key(93, bit, 0));
        }
        let tail = hash(traits.letters.iter().rev().take(3).copied());
        sink.take(text, key(94, tail, 0));
        if let Some(next) = body.words.get(at + 1) {
            sink.take(text, key(95, traits.word, next.word));
        }
    }
    sink.take(text, key(96, opening.word, 0));
    sink.take(text, key(97, closing.word, 0));
    sink.take(text, key(98, closing.short, body.words.len().min(5) as u64));
    sink.take(Family::Lists, key(99, closing.classes, 0));
    for (place, beside) in [(0, body.before), (1, body.after)] {
        sink.take(text, key(100, beside.word, place));
        for bit in bits(beside.classes) {
            sink.take(Family::Lists, key(102, bit, place));
        }
    }
    for (tag, rule) in body.said {
        sink.take(Family::Rules, key(103, tag, 0));
        sink.take(Family::Rules, key(104, tag, rule));
    }
}

/// How often a word got each label in a document.
pub type Votes = [u16; 8];

/// Features of what the same word, and those beside it, were taken for elsewhere in the document.
///
/// `own` is without the place itself; `short` is the hash of the shape.
pub fn votes(
    own: &Votes,
    before: Option<&Votes>,
    after: Option<&Votes>,
    short: u64,
    sink: &mut impl Sink,
) {
    let total: u32 = own.iter().map(|&votes| u32::from(votes)).sum();
    let often = u64::from(total.min(8).checked_ilog2().map_or(0, |often| often + 1));
    let leader = leader(own);
    sink.take(Family::Votes, key(110, leader, often));
    sink.take(Family::Votes, key(111, leader, short));
    for (label, &votes) in own.iter().enumerate().take(7) {
        if let Some(share) = (u32::from(votes) * 4).checked_div(total) {
            let share = u64::from(share);
            sink.take(
                Family::Votes,
                key(112, label as u64, share * 2 + u64::from(votes > 0)),
            );
        }
    }
    let beside = |votes: Option<&Votes>| votes.map_or(8, self::leader);
    sink.take(Family::Votes, key(113, leader, beside(before)));
    sink.take(Family::Votes, key(114, leader, beside(after)));
}

/// The label with most votes; 7 without any.
fn leader(votes: &Votes) -> u64 {
    let best = (0..7)
        .max_by_key(|&label| (votes[label], std::cmp::Reverse(label)))
        .unwrap_or(0);
    if votes[best] == 0 { 7 } else { best as u64 }
}

/// Whether `token` is a capital word, or one with a capital inside.
pub(super) fn capital(token: &Token, traits: &Traits) -> bool {
    token.capital() || traits.mixed
}
