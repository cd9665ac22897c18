//! Names that are neither of people nor bodies nor places: laws, accords, wars, prizes, storms, flights.
//!
//! They are found so that their words are not taken for other names: no Geneva in `Geneva Convention`.

use super::candidate::{Candidate, Passage};
use super::lexicon::Classes;
use crate::text::tokens::{Gap, Shape};

pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        let token = passage.tokens[at];
        if passage.headline || !token.capital() || !token.classes.any(Classes::THING) {
            continue;
        }
        candidates.extend(headed(passage, at));
        candidates.extend(led(passage, at));
    }
}

/// No name of a thing has more words.
const MOST: usize = 14;

fn thing(first: usize, last: usize) -> Candidate {
    Candidate {
        first,
        last,
        kind: None,
        weight: (83 + (last - first).min(10)) as u8,
        rule: "name of a thing",
    }
}

/// `Robert Ode Recovery Act`, `Air Peru Flight 447`.
fn headed(passage: &Passage, at: usize) -> Option<Candidate> {
    // A family name may look like one: `Larry Law`. A further capital word means that the name goes on.
    let goes_on = passage.follows(at + 1)
        && passage.capital(at + 1)
        && !passage.is(at + 1, Classes::STOP)
        && !passage.tokens[at].word.possessive;
    let surname = passage.is(at, Classes::SURNAME)
        && passage.is(at.wrapping_sub(1), Classes::GIVEN.or(Classes::HONORIFIC));
    if goes_on || surname {
        return None;
    }
    let mut first = at;
    while first > 0 && at - first < MOST {
        let before = passage.tokens[first - 1];
        let joined = matches!(passage.gap(first), Some(Gap::Space | Gap::And));
        let number = before.word.shape == Shape::Number;
        let stop = before.classes.any(Classes::STOP.or(Classes::TITLE))
            || before.word.possessive
            || !before.capital() && !number;
        if joined && !stop {
            first -= 1;
            continue;
        }
        // `Immigration and Nationality Act`
        let pair = joined
            && passage.word(first - 1) == "and"
            && first > 1
            && passage.follows(first - 1)
            && passage.capital(first - 2)
            && passage.tokens[first - 2].common
            && passage.tokens[first].common;
        if !pair {
            break;
        }
        first -= 2;
    }
    while first < at && passage.tokens[first].word.shape == Shape::Number {
        first += 1;
    }
    (first < at).then(|| thing(first, at))
}

/// `Operation Blue Lamp`, `Hurricane Ada`, `Treaty of Rome`.
fn led(passage: &Passage, at: usize) -> Option<Candidate> {
    let leads = matches!(
        passage.word(at),
        "Hurricane" | "Storm" | "Typhoon" | "Cyclone" | "Exercise" | "Project"
    );
    let next = at + 1;
    if leads && passage.follows(next) && passage.capital(next) {
        return Some(thing(at, next));
    }
    let of = passage.follows(next) && matches!(passage.word(next), "of" | "on" | "for");
    let mut last = next + 1;
    if !of || !passage.follows(last) {
        return None;
    }
    if passage.word(last) == "the" {
        last += 1;
    }
    if !passage.capital(last)
        || !matches!(
            passage.word(at),
            "Treaty"
                | "Convention"
                | "Protocol"
                | "Declaration"
                | "Agreement"
                | "Charter"
                | "Accord"
                | "War"
                | "Law"
        )
    {
        return None;
    }
    while passage.follows(last + 1)
        && passage.capital(last + 1)
        && !passage.tokens[last].word.possessive
    {
        last += 1;
    }
    Some(thing(at, last))
}

/// Whether the acronym in brackets at `at` is of a thing.
pub(super) fn abbreviated(passage: &Passage, candidate: &Candidate) -> Option<usize> {
    let next = candidate.last + 1;
    let acronym = candidate.kind.is_none()
        && passage.gap(next) == Some(Gap::Bracket)
        && passage.get(next)?.word.shape == Shape::Capitals;
    acronym.then_some(next)
}
