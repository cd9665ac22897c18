//! Names that are neither of people nor bodies nor places: laws, accords, wars, prizes, storms, flights.
//!
//! They are found so that their words are not taken for other names: no Geneva in `Geneva Convention`.

use super::candidate::{Candidate, FIRM, Passage};
use super::lexicon::Classes;
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape};

pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        let token = passage.tokens[at];
        if is_address(passage.text, token.word.range) {
            candidates.push(firm(at, at, "part of an address"));
            continue;
        }
        if token.classes.any(Classes::SHIP.or(Classes::TOOL)) {
            candidates.extend(ship(passage, at).or_else(|| tool(passage, at)));
        }
        if !token.capital() && matches!(passage.word(at), "v" | "vs") {
            candidates.extend(case(passage, at));
        }
        if passage.headline || !token.capital() || !token.classes.any(Classes::THING) {
            continue;
        }
        candidates.extend(headed(passage, at));
        candidates.extend(led(passage, at));
    }
}

/// So far an address is looked at, to either side of a word.
const MOST_BYTES: usize = 100;

/// Whether the word in `range` is part of an address or of the name of a file: `Ada.Ode@mint.example`, `Ode_plan.doc`.
fn is_address(text: &str, range: TextRange) -> bool {
    let bytes = text.as_bytes();
    let glued = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .filter(|byte| !byte.is_ascii_whitespace())
    };
    let (before, after) = (
        glued(range.start().checked_sub(1)),
        glued(Some(range.end())),
    );
    let marks = |byte: Option<&u8>| byte.is_some_and(|byte| b"@_./:".contains(byte));
    if !marks(before) && !marks(after) {
        return false;
    }
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"<>()[]\"".contains(byte);
    // No address is longer: text without any space is not gone through for each of its words.
    let (far, near) = (
        range.start().saturating_sub(MOST_BYTES),
        bytes.len().min(range.end() + MOST_BYTES),
    );
    let start = bytes[far..range.start()]
        .iter()
        .rposition(ends)
        .map_or(far, |at| far + at + 1);
    let end = bytes[range.end()..near]
        .iter()
        .position(ends)
        .map_or(near, |at| range.end() + at);
    let stretch = &bytes[start..end];
    let within = |mark: u8| {
        let parts = stretch.windows(3);
        parts.into_iter().any(|three| {
            three[1] == mark && three[0].is_ascii_alphanumeric() && three[2].is_ascii_alphanumeric()
        })
    };
    within(b'@')
        || within(b'_')
        || stretch.windows(3).any(|three| three == b"://")
        || stretch.starts_with(b"www.")
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

fn firm(first: usize, last: usize, rule: &'static str) -> Candidate {
    Candidate {
        weight: FIRM,
        rule,
        ..thing(first, last)
    }
}

/// The last word of the run of capital words that begins at `at`.
fn run_end(passage: &Passage, at: usize) -> usize {
    let mut last = at;
    while last < at + 4
        && passage.follows(last + 1)
        && passage.capital(last + 1)
        && !passage.is(last + 1, Classes::STOP)
    {
        last += 1;
    }
    last
}

/// `HMS Queen Ada`, `the frigate Ada Ode`: no person, no place.
fn ship(passage: &Passage, at: usize) -> Option<Candidate> {
    let token = passage.tokens[at];
    let next = at + 1;
    let named = token.classes.any(Classes::SHIP)
        && passage.follows(next)
        && passage.capital(next)
        && !passage.headline
        && !passage.is(next, Classes::STOP.or(Classes::NATIONALITY));
    let officer = passage.is(next, Classes::TITLE) && !passage.is(next + 1, Classes::GIVEN);
    let letters = token.capital();
    let title = officer && !matches!(passage.word(next), "Queen" | "King" | "Prince" | "Princess");
    (named && !title && !(letters && passage.shouted)).then(|| {
        let first = if letters { at } else { next };
        firm(first, run_end(passage, next), "name of a ship")
    })
}

/// Known names of malicious software; `the Ode gang` behind it is a body.
fn tool(passage: &Passage, at: usize) -> Option<Candidate> {
    let group = passage.follows(at + 1) && passage.is(at + 1, Classes::BODY_NOUN);
    let joined = passage.follows(at) && passage.capital(at.wrapping_sub(1))
        || passage.follows(at + 1) && passage.capital(at + 1);
    let known = passage.is(at, Classes::TOOL) && !joined && !group && !passage.tokens[at].common;
    known.then(|| firm(at, at, "known malicious software"))
}

/// `Ode v Moor`, `R v. Ode`: what a court calls a case. `at` is the small word between.
fn case(passage: &Passage, at: usize) -> Option<Candidate> {
    let next = at + 1;
    let dotted = passage.gap(next) == Some(Gap::Sentence) && {
        let (end, start) = (
            passage.tokens[at].word.range.end(),
            passage.get(next)?.word.range.start(),
        );
        TextRange::new(end, start).of(passage.text) == ". "
    };
    let sides = at > 0 && passage.follows(at) && passage.capital(at - 1) && passage.capital(next);
    if !sides || !dotted && !passage.follows(next) {
        return None;
    }
    let mut first = at - 1;
    while first > 0 && passage.follows(first) && at - first < 8 {
        let before = first - 1;
        let linked = matches!(passage.word(before), "of" | "the" | "for" | "and") && before > 0;
        let other = passage.capital(before) && !passage.tokens[before].plain();
        if !linked && !other {
            break;
        }
        first = before;
    }
    while !passage.capital(first) {
        first += 1;
    }
    let mut last = run_end(passage, next);
    while matches!(passage.word(last + 1), "of" | "for") && passage.follows(last + 1) {
        let mut object = last + 2;
        while matches!(passage.word(object), "the") {
            object += 1;
        }
        if !passage.capital(object) {
            break;
        }
        last = run_end(passage, object);
    }
    // `Peru v Chad` is a match.
    let place = |at: usize| passage.is(at, Classes::LISTED_PLACE);
    let states = place(next) && next == last && place(at - 1) && first == at - 1;
    (!states).then(|| firm(first, last, "name of a case"))
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
