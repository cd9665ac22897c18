//! Agencies and organizations: by the head word of their name, by an acronym, or a full name elsewhere.

use super::book::abbreviates;
use super::candidate::{Candidate, Passage};
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

/// No name has more words before or after its head word.
const MOST: usize = 12;

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
        if token.word.shape == Shape::Capitals {
            candidates.extend(dateline(passage, at));
            let acronym = acronym(passage, at);
            if let Some(Candidate {
                weight: 61, first, ..
            }) = acronym
            {
                candidates.extend(spelt_out(passage, first));
            }
            candidates.extend(acronym);
        }
    }
}

/// A name around the head word at `at`: `Central Electoral Commission`, `Ministry of Foreign Affairs of Peru`.
fn headed(passage: &Passage, at: usize) -> Option<Candidate> {
    let head = passage.tokens[at];
    if passage.shouted {
        return None;
    }
    let ends = head.classes.any(Classes::HEAD);
    let first = if ends { leftmost(passage, at) } else { at };
    let mut last = at;
    if head.classes.any(Classes::LEADING) {
        last = complement(passage, at).unwrap_or(at);
    }
    // `Commission of Inquiry Council`: the later head sees it all.
    let goes_on = passage.follows(last + 1)
        && passage.capital(last + 1)
        && passage.is(last + 1, Classes::HEAD.or(Classes::LEADING))
        && !passage.is(last + 1, Classes::TITLE);
    // `Strategic Petroleum Reserve`: what is no head goes on.
    let passed = last == at
        && head.classes.any(Classes::ORGANIZATION)
        && !head.classes.any(Classes::AGENCY)
        && passage.follows(last + 1)
        && passage.capital(last + 1)
        && !passage.is(
            last + 1,
            Classes::TITLE
                .or(Classes::GIVEN)
                .or(Classes::STOP)
                .or(Classes::HONORIFIC),
        );
    let listed_place = || {
        let listed = passage.lexicon.listed(passage.words(first, last));
        listed.is_some_and(|listed| listed.kind == EntityKind::Place)
    };
    if first == last || goes_on || passed || listed_place() || reign(passage, first, at) {
        return None;
    }
    // `Prize Committee Report`, `Security Council Resolution`: fine; `Party Congress Hall` is left to places.
    let qualified = (first..at).any(|at| qualifies(passage, at)) || last > at;
    if !qualified
        || passage.headline
            && !(first..=last)
                .any(|at| passage.is(at, Classes::LEADING) || !passage.tokens[at].common)
            && last == at
    {
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

/// The first word of the name that ends in the head word at `at`.
fn leftmost(passage: &Passage, at: usize) -> usize {
    let mut first = at;
    while let Some(before) = first.checked_sub(1).filter(|&before| at - before <= MOST) {
        let token = passage.tokens[before];
        let plural = passage.gap(first) == Some(Gap::Plural);
        let owner = token.word.possessive && passage.gap(first) != Some(Gap::Sentence);
        let joined = matches!(passage.gap(first), Some(Gap::Space | Gap::And)) || plural;
        if !joined && !owner
            || token.classes.any(Classes::HONORIFIC.or(Classes::CALENDAR)) && !plural
        {
            break;
        }
        let number = token.word.shape == Shape::Number
            && !passage.word(before).ends_with(|c: char| c.is_ascii_digit());
        if number && joined {
            first = before;
            break;
        }
        if owner && !(token.capital() && token.classes.any(Classes::OWNER)) {
            break;
        }
        if token.capital() {
            // A usual word that opens a sentence may be part of the name; small talk and acts are not.
            let opens = Classes::STOP.or(Classes::SPEECH);
            if token.plain() && token.classes.any(opens) {
                break;
            }
            first = before;
            continue;
        }
        // `Intelligence and Security Service`, but not `Congress and the Senate`.
        let link = matches!(passage.word(before), "and");
        let Some(other) = before.checked_sub(1) else {
            break;
        };
        let listed = link
            && passage
                .lexicon
                .listed(passage.words(other, first))
                .is_some();
        let pair = link
            && passage.follows(before)
            && passage.capital(other)
            && (passage.tokens[other].common || passage.tokens[first].common)
            && !passage.tokens[other].plain()
            && !passage.tokens[other].word.possessive
            && !passage.is(
                other,
                Classes::HEAD
                    .or(Classes::TITLE)
                    .or(Classes::COUNTRY)
                    .or(Classes::SURNAME),
            );
        if !pair && !listed {
            break;
        }
        first = other;
    }
    // Titles in front belong to a person: `President Smith Foundation` is rare, `Minister Commission` is none.
    while first < at
        && passage.is(first, Classes::TITLE)
        && !passage.tokens[first].word.possessive
        && !passage.is(first, Classes::PUBLIC.or(Classes::HEAD))
        && passage.word(first + 1) != "General"
        && passage.word(first) != "General"
    {
        first += 1;
    }
    first
}

/// The last word of what follows a leading head word: ` of Foreign Affairs and Trade`.
fn complement(passage: &Passage, head: usize) -> Option<usize> {
    let mut last = None;
    // `Directorate General of Civil Aviation`
    let general = passage.follows(head + 1) && passage.word(head + 1) == "General";
    let head = if general { head + 1 } else { head };
    let mut at = head;
    while at < head + MOST {
        let link = at + 1;
        if passage.tokens[at].word.possessive || !passage.follows(link) {
            break;
        }
        let word = passage.word(link);
        let joins = match word {
            "of" | "for" => true,
            "on" | "against" | "to" => at == head,
            _ => false,
        };
        if !joins {
            break;
        }
        let mut start = link + 1;
        while matches!(passage.word(start), "the" | "The") {
            start += 1;
        }
        let Some(end) = object(passage, start) else {
            break;
        };
        // `Embassy to Peru`: where it is, not what it is.
        let place = passage.is(start, Classes::LISTED_PLACE);
        if word == "to" && place {
            break;
        }
        last = Some(end);
        at = end;
    }
    last
}

/// The last word of a run of capital words, with `and` between usual ones: `Rail, Maritime and Transport Workers`.
fn object(passage: &Passage, start: usize) -> Option<usize> {
    if !passage.capital(start) || passage.is(start, Classes::CALENDAR.or(Classes::STOP)) {
        return None;
    }
    let mut last = start;
    while last < start + MOST {
        let next = last + 1;
        if passage.tokens[last].word.possessive && !passage.is(next, Classes::HEAD) {
            break;
        }
        let capital =
            passage.capital(next) && !passage.is(next, Classes::STOP.or(Classes::CALENDAR));
        let usual = |at: usize| {
            passage
                .get(at)
                .is_some_and(|token| token.capital() && token.common)
        };
        match passage.gap(next) {
            Some(Gap::Space | Gap::And | Gap::Plural) if capital => {
                let titled = passage.follows(next + 1)
                    && passage.capital(next + 1)
                    && passage.is(next, Classes::TITLE)
                    && !passage.is(next, Classes::HEAD)
                    && passage.word(next) != "General";
                let person = passage.is(next, Classes::GIVEN) && !passage.tokens[next].common;
                if titled || person {
                    break;
                }
                last = next;
            }
            Some(Gap::Space) if passage.word(next) == "and" => {
                let other = next + 1;
                let whole = passage.is(last, Classes::HEAD)
                    || passage.is(other, Classes::TITLE.or(Classes::LEADING))
                        && !passage.is(other, Classes::PUBLIC);
                let listed = passage.capital(other)
                    && passage.lexicon.listed(passage.words(last, other)).is_some();
                if listed {
                    last = other;
                    continue;
                }
                let named = passage.is(
                    other,
                    Classes::GIVEN
                        .or(Classes::LISTED_PLACE)
                        .or(Classes::NATIONALITY),
                );
                let pair = (usual(last) || usual(other)) && passage.capital(other) && !named;
                if !(pair && passage.follows(other)) || whole || own_body(passage, other) {
                    break;
                }
                last = other;
            }
            Some(Gap::Comma) if usual(last) && usual(next) && ends_in_and(passage, next) => {
                last = next
            }
            _ => break,
        }
    }
    Some(last)
}

/// Whether another body's name begins here.
fn own_body(passage: &Passage, at: usize) -> bool {
    let mut next = at;
    while passage.capital(next) && next < at + 4 {
        if passage.is(next, Classes::AGENCY) && next > at && !passage.is(next, Classes::CAPACITY) {
            return !matches!(passage.word(next), "Services" | "Service" | "Forces");
        }
        if !passage.follows(next + 1) {
            break;
        }
        next += 1;
    }
    false
}

fn ends_in_and(passage: &Passage, at: usize) -> bool {
    (at + 1..at + 5)
        .take_while(|&at| matches!(passage.gap(at), Some(Gap::Space | Gap::Comma)))
        .find(|&at| !passage.capital(at))
        .is_some_and(|at| passage.word(at) == "and" && passage.capital(at + 1))
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
    let before = at.checked_sub(1)?;
    let people =
        passage.is(before, Classes::NATIONALITY) && passage.capital(before) && passage.follows(at);
    people.then_some(Candidate {
        first: before,
        last: at,
        kind: Some(EntityKind::Agency),
        weight: 59,
        rule: "body of a state",
    })
}

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
    let thing = passage.book.is_thing(name) || article || at == 0 && letters > 3;
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
        .find(|&first| abbreviates(short, passage.words(first, at - 1)))?;
    let thing = (first..at).any(|at| passage.is(at, Classes::THING.or(Classes::COUNTRY)));
    (!thing && passage.capital(at - 1)).then(|| Candidate {
        first,
        last: at - 1,
        kind: Some(EntityKind::Organization),
        weight: (56 + at - first) as u8,
        rule: "spelt out before an acronym",
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
            weight: 61,
            rule: "acronym in brackets after the name",
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
