//! Agencies and organizations: by the head word of their name, by an acronym, or a full name elsewhere.

use super::candidate::{Candidate, Passage};
use super::lexicon::Classes;
use super::reach::{complement, leftmost};
use crate::model::EntityKind;

/// Bodies by head word and by acronym.
pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        let token = passage.tokens[at];
        if token.capital() && token.classes.any(Classes::HEAD.or(Classes::LEADING)) {
            candidates.extend(headed(passage, at));
        }
        if token.classes.any(Classes::LOWER_BODY) && !token.capital() {
            candidates.extend(body_of_state(passage, at));
        }
    }
}

/// A name around the head word at `at`: `Central Electoral Commission`, `Ministry of Foreign Affairs of Peru`.
fn headed(passage: &Passage, at: usize) -> Option<Candidate> {
    let head = passage.tokens[at];
    // `Board of Directors of Ode Ltd`: a part of the firm.
    let part =
        passage.word(at + 1) == "of" && matches!(passage.word(at + 2), "Directors" | "Trustees");
    if passage.shouted || part {
        return None;
    }
    let ends = head.classes.any(Classes::HEAD);
    let first = if ends { leftmost(passage, at) } else { at };
    let mut last = at;
    if head.classes.any(Classes::LEADING) {
        last = complement(passage, at, first < at).unwrap_or(at);
    }
    if first == last || goes_on(passage, at, last) || is_other(passage, first, at, last) {
        return None;
    }
    let qualified = (first..at).any(|at| qualifies(passage, at)) || last > at;
    let bare_headline = passage.headline && last == at && {
        (first..=last).all(|at| !passage.is(at, Classes::LEADING) && passage.tokens[at].common)
    };
    if !qualified || bare_headline {
        return None;
    }
    let weak =
        passage.headline || (last == at && (first..=at).all(|at| passage.tokens[at].plain()));
    let kind = kind_of(passage, first, at, last)?;
    let weight = if weak { 46 } else { 81 };
    Some(Candidate {
        first,
        last,
        kind: Some(kind),
        weight: (weight + (last - first).min(12)) as u8,
        rule: "head word of a body",
    })
}

/// Whether the run of capital words goes on past what would be the name.
fn goes_on(passage: &Passage, at: usize, last: usize) -> bool {
    let next = last + 1;
    if !passage.follows(next) || !passage.capital(next) {
        return false;
    }
    // `Commission of Inquiry Council`: the later head word sees it all.
    let heads = Classes::HEAD.or(Classes::LEADING);
    let later = passage.is(next, heads) && !passage.is(next, Classes::TITLE);
    // `Strategic Petroleum Reserve`: what looks like a company's name may be anything's.
    let ends = Classes::TITLE
        .or(Classes::GIVEN)
        .or(Classes::STOP)
        .or(Classes::HONORIFIC);
    let company = passage.is(at, Classes::ORGANIZATION) && !passage.is(at, Classes::AGENCY);
    later || last == at && company && !passage.is(next, ends)
}

/// Whether the words mean something other than a body of their own.
fn is_other(passage: &Passage, first: usize, at: usize, last: usize) -> bool {
    let listed = passage.lexicon.listed(passage.words(first, last));
    let place = listed.is_some_and(|listed| listed.kind == EntityKind::Place);
    // `Senate Democrats`
    let wing = matches!(passage.word(at), "Democrats" | "Republicans")
        && passage.is(at.wrapping_sub(1), Classes::AGENCY);
    let head = passage.tokens[at].classes;
    place || wing || office(passage, first, head) || reign(passage, first, at)
}

/// `Secretary of Homeland Security`: what an office is over, no body by itself.
fn office(passage: &Passage, first: usize, head: Classes) -> bool {
    let Some(mut of) = first.checked_sub(1) else {
        return false;
    };
    if passage.word(of) == "the" && of > 0 {
        of -= 1;
    }
    let over = matches!(passage.word(of), "of" | "for") && of > 0;
    let weak = !head.any(Classes::AGENCY.or(Classes::CAPACITY));
    over && weak
        && matches!(
            passage.word(of - 1),
            "Secretary"
                | "Minister"
                | "Advisor"
                | "Adviser"
                | "Coordinator"
                | "Representative"
                | "Head"
                | "Assistant"
        )
}

/// `the Ode administration`: the time of a person, no body.
fn reign(passage: &Passage, first: usize, at: usize) -> bool {
    let person = |at: usize| {
        let token = &passage.tokens[at];
        token.classes.any(Classes::LEADER.or(Classes::GIVEN))
            || !token.common
                && !token.classes.any(
                    Classes::PUBLIC
                        .or(Classes::NATIONALITY)
                        .or(Classes::COUNTRY)
                        .or(Classes::LISTED_PLACE),
                )
    };
    passage.word(at) == "Administration" && (first..at).all(person)
}

/// Whether the word makes a head word a name: it says which.
fn qualifies(passage: &Passage, at: usize) -> bool {
    let token = passage.tokens[at];
    token.capital() && !token.plain() && !token.classes.any(Classes::CALENDAR)
}

/// Which kind of body the words name.
fn kind_of(passage: &Passage, first: usize, head: usize, last: usize) -> Option<EntityKind> {
    let word = passage.tokens[head];
    let public = |at: usize| {
        passage.is(
            at,
            Classes::PUBLIC
                .or(Classes::NATIONALITY)
                .or(Classes::COUNTRY),
        )
    };
    if word.classes.any(Classes::CAPACITY) {
        let state = (first..head).any(public);
        return Some(if state {
            EntityKind::Agency
        } else {
            EntityKind::Organization
        });
    }
    if word.classes.any(Classes::ORGANIZATION) {
        // `Red Cross Service`; a company's division is the company's.
        return Some(EntityKind::Organization);
    }
    if word.classes.any(Classes::AGENCY) || last > head {
        return Some(EntityKind::Agency);
    }
    None
}

/// `Israeli parliament`, `Italian air force`: a small head word after the word for a people.
fn body_of_state(passage: &Passage, at: usize) -> Option<Candidate> {
    let mut before = at.checked_sub(1)?;
    let branch = matches!(
        (passage.word(before), passage.word(at)),
        ("air", "force")
            | (
                "foreign" | "defence" | "defense" | "interior" | "finance" | "health" | "justice",
                "ministry"
            )
    );
    let whole = !matches!(passage.word(at), "force" | "ministry");
    if branch && passage.follows(at) {
        before = before.checked_sub(1)?;
    } else if !whole {
        return None;
    }
    let people = passage.is(before, Classes::NATIONALITY)
        && passage.capital(before)
        && passage.follows(before + 1);
    let direction = before > 0
        && passage.follows(before)
        && passage.capital(before - 1)
        && passage.is(before - 1, Classes::DIRECTION);
    people.then_some(Candidate {
        first: before - usize::from(direction),
        last: at,
        kind: Some(EntityKind::Agency),
        weight: 59,
        rule: "body of a state",
    })
}

/// Bodies named in full elsewhere in the document, and their short forms.
pub(super) fn find_echoes(passage: &Passage, candidates: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < passage.tokens.len() {
        at += echo(passage, at, candidates).unwrap_or(1);
    }
}

fn echo(passage: &Passage, first: usize, candidates: &mut Vec<Candidate>) -> Option<usize> {
    if !passage.capital(first) {
        return None;
    }
    let name = passage.word(first);
    let opens = passage.book.opens_body(name);
    let most = if opens { 9 } else { 0 };
    for last in (first..=first + most).rev() {
        if !passage.capital(last) {
            continue;
        }
        let Some(kind) = passage.book.body(passage.words(first, last)) else {
            continue;
        };
        let token = passage.tokens[first];
        let alone = first == last;
        if alone && token.common && token.word.opens {
            continue;
        }
        candidates.push(Candidate {
            first,
            last,
            kind: Some(kind),
            weight: if alone { 60 } else { (74 + last - first) as u8 },
            rule: if alone {
                "short form of a name elsewhere"
            } else {
                "named in full elsewhere"
            },
        });
        return Some(last + 1 - first);
    }
    None
}
