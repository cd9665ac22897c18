//! Acronyms and datelines: words all in capitals, and the long names that acronyms stand for.

use super::book::{abbreviates, abbreviates_fully};
use super::candidate::{Candidate, FIRM, Passage};
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

/// Acronyms, the names spelt out before them, and places in capitals where a report begins.
pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        if passage.tokens[at].word.shape != Shape::Capitals {
            continue;
        }
        candidates.extend(dateline(passage, at));
        let acronym = acronym(passage, at);
        if acronym.is_some_and(|acronym| acronym.weight == DEFINED) {
            candidates.extend(spelt_out(passage, at));
        }
        candidates.extend(acronym);
    }
}

/// The weight of an acronym in brackets after its name.
const DEFINED: u8 = 61;

/// An unknown acronym; sure when it stands in brackets after the name it abbreviates.
fn acronym(passage: &Passage, at: usize) -> Option<Candidate> {
    let token = passage.tokens[at];
    let name = passage.word(at);
    let barred = Classes::ACRONYM
        .or(Classes::SUFFIX)
        .or(Classes::GIVEN)
        .or(Classes::LISTED_PLACE)
        .or(Classes::HONORIFIC)
        .or(Classes::TITLE);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    if passage.shouted || !(2..=7).contains(&letters) || token.classes.any(barred) {
        return None;
    }
    let digits = name.chars().any(|letter| letter.is_ascii_digit());
    if passage.book.is_thing(name) {
        let free = passage.book.body(name).is_none() && passage.lexicon.listed(name).is_none();
        return free.then_some(Candidate {
            first: at,
            last: at,
            kind: None,
            weight: FIRM,
            rule: "acronym of a thing",
        });
    }
    if token.word.gap == Gap::Bracket && at > 0 {
        return defined(passage, at);
    }
    let linked = passage.follows(at)
        && passage.before(at).is_some_and(|before| {
            before.capital()
                && !before.plain()
                && !before
                    .classes
                    .any(Classes::NATIONALITY.or(Classes::COUNTRY))
        });
    let initials = name.contains('.');
    let article =
        at > 0 && passage.follows(at) && matches!(passage.word(at - 1), "a" | "an" | "A" | "An");
    let thing = article || at == 0 && letters > 3;
    let weight = if linked || digits || initials || token.common || thing {
        return None;
    } else {
        40
    };
    Some(Candidate {
        first: at,
        last: at,
        kind: Some(passage.book.body(name).unwrap_or(EntityKind::Organization)),
        weight,
        rule: "acronym",
    })
}

/// `Nordic Ice Patrol (NIP)`: the acronym, when the words before it begin with its letters.
fn defined(passage: &Passage, at: usize) -> Option<Candidate> {
    let short = passage.word(at);
    (2..12)
        .map_while(|back| at.checked_sub(back))
        .take_while(|&first| {
            matches!(
                passage.gap(first + 1),
                Some(Gap::Space | Gap::Comma | Gap::And)
            )
        })
        .filter(|&first| passage.capital(first))
        .find(|&first| abbreviates(short, passage.words(first, at - 1)))
        .map(|_| Candidate {
            first: at,
            last: at,
            kind: Some(passage.book.body(short).unwrap_or(EntityKind::Organization)),
            weight: DEFINED,
            rule: "acronym in brackets after the name",
        })
}

/// `OSLO, June 3`: the place a report comes from.
fn dateline(passage: &Passage, at: usize) -> Option<Candidate> {
    let mut last = at;
    while passage.follows(last + 1)
        && last < at + 3
        && passage.tokens[last + 1].word.shape == Shape::Capitals
    {
        last += 1;
    }
    let line = at == 0 && passage.words(at, last).len() > 3;
    let ends = matches!(
        passage.gap(last + 1),
        Some(Gap::Comma | Gap::Mark | Gap::Bracket)
    );
    (line && ends).then_some(Candidate {
        first: at,
        last,
        kind: Some(EntityKind::Place),
        weight: 64,
        rule: "where the report comes from",
    })
}

/// The name that the acronym in brackets at `at` is short for.
fn spelt_out(passage: &Passage, at: usize) -> Option<Candidate> {
    let short = passage.word(at);
    let first = (3..12)
        .map_while(|back| at.checked_sub(back))
        .take_while(|&first| {
            matches!(passage.gap(first + 1), Some(Gap::Space | Gap::And))
                && !passage.tokens[first].word.possessive
        })
        .filter(|&first| passage.capital(first) && !passage.is(first, Classes::STOP))
        .find(|&first| abbreviates_fully(short, passage.words(first, at - 1)))?;
    let head = (first..at).any(|at| passage.is(at, Classes::HEAD.or(Classes::LEADING)));
    let thing = (first..at).any(|at| passage.is(at, Classes::THING))
        || !head && (first..at).any(|at| passage.is(at, Classes::COUNTRY));
    let weight = if head { 81 } else { 56 };
    let state = head && (first..at).any(|at| passage.is(at, Classes::PUBLIC));
    (!thing && passage.capital(at - 1)).then(|| Candidate {
        first,
        last: at - 1,
        kind: Some(if state {
            EntityKind::Agency
        } else {
            EntityKind::Organization
        }),
        weight: (weight + at - 1 - first) as u8,
        rule: "spelt out before an acronym",
    })
}
