//! How far a person's name goes: its first word, particles, nicknames, suffixes.
//!
//! Apart from `people`, which asks whether it is a person; here it is only asked where the name ends.

use super::candidate::Passage;
use super::lexicon::Classes;
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape};

/// Words that never belong to a name of a person, wherever they stand.
pub(super) const NEVER: Classes = Classes::STOP
    .or(Classes::NATIONALITY)
    .or(Classes::HONORIFIC)
    .or(Classes::ACRONYM);

/// Words that belong to one only as a family name after a first name.
pub(super) const SELDOM: Classes = Classes::HEAD
    .or(Classes::NAMELESS)
    .or(Classes::TITLE)
    .or(Classes::PLACE_HEAD)
    .or(Classes::COUNTRY)
    .or(Classes::DIRECTION)
    .or(Classes::CALENDAR)
    .or(Classes::PUBLIC);

/// A name has no more words.
const MOST: usize = 6;

/// The last word of the name that begins at `at`; `None` where none can begin there.
pub(super) fn extent(passage: &Passage, at: usize) -> Option<usize> {
    if !begins(passage, at) {
        return None;
    }
    let mut last = at;
    while last + 1 < passage.tokens.len() && last - at + 1 < MOST {
        let next = last + 1;
        if passage.tokens[last].word.possessive {
            break;
        }
        if passage.gap(next) == Some(Gap::Comma) && passage.is(next, Classes::SUFFIX) {
            last = next;
            continue;
        }
        if let Some(after) = nickname(passage, next).filter(|&after| continues(passage, at, after))
        {
            last = after;
            continue;
        }
        if !passage.follows(next) {
            break;
        }
        if continues(passage, at, next) {
            last = next;
            continue;
        }
        // Particles count only with a name after them: `Ursula von der Leyen`, `Hilal bin Nasser`.
        let mut after = next;
        while passage.is(after, Classes::PARTICLE) && passage.follows(after) && after - next < 3 {
            after += 1;
        }
        if after > next && passage.follows(after) && continues(passage, at, after) {
            last = after;
            continue;
        }
        break;
    }
    // A name does not end in an initial, unless it is nothing else.
    (passage.tokens[last].word.shape != Shape::Initial || last > at + 1).then_some(last)
}

/// The word after a nickname in quotes at `at`: `Rey "Boy" Ode`.
fn nickname(passage: &Passage, at: usize) -> Option<usize> {
    let after = at + 1;
    let marks = passage.gap(at) == Some(Gap::Mark) && passage.gap(after) == Some(Gap::Mark);
    if !marks || !passage.capital(at) {
        return None;
    }
    let between = |at: usize| {
        let start = passage.tokens[at - 1].word.range.end();
        TextRange::new(start, passage.tokens[at].word.range.start()).of(passage.text)
    };
    let open = matches!(between(at), " \"" | " “" | " '" | " ‘");
    let close = matches!(between(after), "\" " | "” " | "' " | "’ ");
    (open && close).then_some(after)
}

fn begins(passage: &Passage, at: usize) -> bool {
    let Some(token) = passage.get(at) else {
        return false;
    };
    let barred = token
        .classes
        .any(NEVER.or(Classes::CALENDAR).or(Classes::SUFFIX));
    // `Ato Girma Bekele`: a form of address first, though it may be a name.
    let address = token.classes.any(Classes::HONORIFIC)
        && passage.follows(at + 1)
        && passage.capital(at + 1)
        && passage.follows(at + 2)
        && passage.capital(at + 2);
    let given = token.classes.any(Classes::GIVEN) && !address;
    let seldom = token.classes.any(SELDOM) && !surname_here(passage, at);
    token.capital() && (given || !barred && !seldom)
}

fn continues(passage: &Passage, first: usize, at: usize) -> bool {
    let Some(token) = passage.get(at) else {
        return false;
    };
    // `Iqbal Sheikh`: a form of address last is a family name.
    let ends = !(passage.follows(at + 1) && passage.capital(at + 1));
    let family = Classes::SURNAME.or(if ends {
        Classes::HONORIFIC
    } else {
        Classes::SURNAME
    });
    let barred = token.classes.any(NEVER) && !token.classes.any(family);
    if !token.capital() || barred || camel(passage.word(at)) {
        return false;
    }
    // A usual word does not stretch a name that is whole: `Ada Ode Hostage Recovery`.
    if at > first + 1
        && token.common
        && !token.classes.any(Classes::SURNAME.or(Classes::GIVEN))
        && token.word.shape == Shape::Title
        && !ends
    {
        return false;
    }
    if token.classes.any(Classes::SUFFIX) {
        return true;
    }
    let acronym =
        token.word.shape == Shape::Capitals && !passage.shouted && token.word.range.len() > 3;
    let lone_capitals = token.word.shape == Shape::Capitals
        && !passage.shouted
        && !token.classes.any(Classes::GIVEN)
        && passage.tokens[first].word.shape == Shape::Title;
    if acronym || lone_capitals {
        return false;
    }
    if token.classes.any(SELDOM) {
        return token.classes.any(Classes::SURNAME.or(Classes::GIVEN)) && surname_here(passage, at);
    }
    !(passage.headline && token.common && !token.classes.any(Classes::SURNAME.or(Classes::GIVEN)))
}

/// Whether a word of many meanings can be a family name here: no name goes on after it.
pub(super) fn surname_here(passage: &Passage, at: usize) -> bool {
    let ends = !(passage.follows(at + 1) && passage.capital(at + 1))
        || passage.is(at + 1, Classes::STOP)
        || passage.tokens[at].word.possessive;
    passage.is(at, Classes::SURNAME.or(Classes::GIVEN)) && ends
}

/// Beginnings of family names with a capital after them.
const PREFIXES: &[&str] = &["Mc", "Mac", "De", "Di", "Fitz", "La", "Le", "Van"];

/// Whether a capital stands inside the word, as in the names of firms: `NetPulse`, but not `SaaS`.
pub(super) fn camel(word: &str) -> bool {
    let mut before = ' ';
    let mut inside = false;
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let goes_on = letters.peek().is_some_and(|next| next.is_lowercase());
        inside |= before.is_lowercase() && letter.is_uppercase() && goes_on;
        before = letter;
    }
    let family = PREFIXES.iter().any(|prefix| word.starts_with(prefix));
    inside && !family && !word.contains(['-', '\'', '’'])
}
