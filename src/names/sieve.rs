//! What no body may be, though the model takes it for one: an office, a state, a product, a party's mark.
//!
//! Apart from the rest of mending, as it asks by classes of words alone, and for bodies alone.

use std::collections::HashSet;

use super::Found;
use super::agree::turn;
use super::lexicon::{Classes, Lexicon};
use crate::model::EntityKind;
use crate::text::TextRange;

/// What the document itself names.
#[derive(Debug, Default)]
pub(super) struct Known<'a> {
    /// The spellings of bodies: a longer one may be cut down to one of them.
    bodies: HashSet<&'a str>,
    /// Last words of the names of people.
    people: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn read(text: &'a str, found: &[Found]) -> Self {
        let mut known = Self::default();
        for found in found {
            let name = found.range.of(text);
            if is_body(found.kind) {
                known.bodies.insert(name);
            } else if found.kind == EntityKind::Person {
                known.people.extend(name.rsplit(' ').next());
            }
        }
        known
    }
}

const fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Agency | EntityKind::Organization)
}

/// Small words that end the name of a state's body: `Peruvian Interior ministry`.
const STATE_HEADS: &[&str] = &[
    "commission",
    "committee",
    "consulate",
    "court",
    "department",
    "embassy",
    "ministry",
    "parliament",
    "police",
    "senate",
];

/// The name of a state's body with the small word that says what it is.
fn with_head(text: &str, range: TextRange, lexicon: &Lexicon) -> TextRange {
    let name = range.of(text);
    let Some((state, rest)) = name.split_once(' ') else {
        return range;
    };
    let headless = !rest
        .split(' ')
        .any(|word| lexicon.classes(word).any(Classes::HEAD));
    let after = TextRange::new(range.end(), text.len()).of(text);
    let word = after.strip_prefix(' ').unwrap_or_default();
    let word = word
        .split(|letter: char| !letter.is_alphabetic())
        .next()
        .unwrap_or(word);
    if headless && lexicon.country(state).is_some() && STATE_HEADS.contains(&word) {
        TextRange::new(range.start(), range.end() + 1 + word.len())
    } else {
        range
    }
}

/// `Peruvian Military`, `US Forces`: no body has this for its name.
fn is_generic(name: &str, lexicon: &Lexicon) -> bool {
    name.split_once(' ').is_some_and(|(state, what)| {
        lexicon.country(state).is_some() && lexicon.classes(what).any(Classes::GENERIC)
    })
}

/// The body in `found` as it may stay; nothing, where it is none.
pub(super) fn sift(text: &str, found: Found, known: &Known<'_>, into: &mut Vec<Found>) {
    let lexicon = Lexicon::standard();
    let name = found.range.of(text);
    let listed = lexicon.listed(name).map(|listed| listed.kind);
    let ruled = found
        .seen
        .is_some_and(|seen| seen.exact && is_body(seen.kind));
    if listed.is_some_and(is_body) || !name.contains([' ', '-']) && ruled {
        if !is_product(text, found.range) {
            into.push(found);
        }
        return;
    }
    if listed == Some(EntityKind::Place) && !ruled {
        into.push(turned(found, found.range, EntityKind::Place));
        return;
    }
    if is_party_mark(name) || is_flight(text, found.range) || is_generic(name, lexicon) {
        return;
    }
    if let Some(leaders) = leaders(name, known) {
        let mut at = found.range.start();
        for leader in leaders {
            let range = TextRange::new(at, at + leader.len());
            into.push(turned(found, range, EntityKind::Person));
            at = range.end() + 1;
        }
        return;
    }
    if is_site(name, ruled, lexicon) {
        into.push(turned(found, found.range, EntityKind::Place));
        return;
    }
    let end = |length: usize| TextRange::new(found.range.start(), found.range.start() + length);
    if let Some(shorter) = without_tail(name, known, lexicon) {
        let range = end(shorter);
        into.push(Found { range, ..found });
        return;
    }
    if let Some(body) = before_person(name, lexicon) {
        let range = end(body);
        into.push(Found { range, ..found });
        let range = TextRange::new(range.end() + 1, found.range.end());
        into.push(turned(found, range, EntityKind::Person));
        return;
    }
    if !is_office(name, lexicon) {
        let range = with_head(text, found.range, lexicon);
        into.push(Found { range, ..found });
    }
}

/// The rule of a name that is of another kind than the model says: a row of `RULES`.
const RULE: &str = "told by its words alone";

fn turned(found: Found, range: TextRange, kind: EntityKind) -> Found {
    let mut found = Found { range, ..found };
    turn(&mut found, kind, RULE);
    found
}

/// `a Quell 737`, `an Ode A320`: what a firm made, not the firm.
fn is_product(text: &str, range: TextRange) -> bool {
    let before = TextRange::new(0, range.start()).of(text);
    let article = before.strip_suffix(' ').unwrap_or_default();
    let word = article.rsplit([' ', '\n']).next().unwrap_or(article);
    let rest = TextRange::new(range.end(), text.len()).of(text);
    let model = rest.strip_prefix(' ').unwrap_or_default();
    let model = model
        .split([' ', '\n', ',', '.'])
        .next()
        .unwrap_or_default();
    let digits = model.bytes().filter(u8::is_ascii_digit).count();
    let numbered =
        digits > 1 && model.starts_with(|sign: char| sign.is_ascii_digit() || sign.is_uppercase());
    numbered && matches!(word, "a" | "an" | "A" | "An")
}

/// `R-Ohio`: the party and the state of a member of a parliament.
fn is_party_mark(name: &str) -> bool {
    let Some((party, state)) = name.split_once('-') else {
        return false;
    };
    let place = |state: &str| {
        let lexicon = Lexicon::standard();
        lexicon.classes(state).any(Classes::LISTED_PLACE) || state.len() == 2
    };
    party.len() == 1 && party.starts_with(['D', 'I', 'R']) && place(state)
}

/// `Air Peru Flight 447`.
fn is_flight(text: &str, range: TextRange) -> bool {
    let rest = TextRange::new(range.end(), text.len()).of(text);
    let number = rest.trim_start_matches([' ', '\u{a0}']);
    range.of(text).ends_with(" Flight") && number.starts_with(|sign: char| sign.is_ascii_digit())
}

/// The heads of state before `Administration`, whatever comes after.
fn leaders<'n>(name: &'n str, known: &Known<'_>) -> Option<Vec<&'n str>> {
    let (names, rest) = name.split_once(' ')?;
    let reign = rest
        .split(' ')
        .next()
        .unwrap_or(rest)
        .eq_ignore_ascii_case("administration");
    let lexicon = Lexicon::standard();
    let names: Vec<&str> = names.split('-').collect();
    let leads =
        |name: &&str| lexicon.classes(name).any(Classes::LEADER) || known.people.contains(name);
    (reign && names.iter().any(leads)).then_some(names)
}

/// `Moor Air Base`: a place, unless a rule is sure of a body.
fn is_site(name: &str, ruled: bool, lexicon: &Lexicon) -> bool {
    let last = name.rsplit_once(' ').map(|(_, last)| last);
    !ruled && last.is_some_and(|last| lexicon.classes(last).any(Classes::SITE))
}

/// Where a body ends that somebody's name follows: `Quell Parliament Ada Ode`.
fn before_person(name: &str, lexicon: &Lexicon) -> Option<usize> {
    let head = |word: &str| lexicon.classes(word).any(Classes::HEAD);
    let given = |word: &str| {
        let small = lexicon.classes(&word.to_lowercase());
        lexicon.classes(word).any(Classes::GIVEN) && !small.any(Classes::COMMON)
    };
    let breaks = name.match_indices(' ').map(|(at, _)| at);
    breaks.skip(1).find(|&at| {
        let Some((front, rest)) = name.split_at_checked(at) else {
            return false;
        };
        let rest = rest.trim_start();
        let last = front.rsplit(' ').next().unwrap_or(front);
        let first = rest.split(' ').next().unwrap_or(rest);
        head(last) && given(first) && rest.contains(' ') && !rest.split(' ').any(head)
    })
}

/// Where the name of a known body ends within `name`, before a word that is of none: `NATO Summit`.
fn without_tail(name: &str, known: &Known<'_>, lexicon: &Lexicon) -> Option<usize> {
    let breaks = name.match_indices(' ').map(|(at, _)| at);
    for at in breaks {
        let (front, rest) = name.split_at_checked(at)?;
        let rest = rest.trim_start();
        let bare = front
            .strip_suffix("'s")
            .or(front.strip_suffix("’s"))
            .unwrap_or(front);
        let body = known.bodies.contains(bare)
            || lexicon
                .listed(bare)
                .is_some_and(|listed| is_body(listed.kind));
        let mut words = rest.split(' ');
        let first = words.next().unwrap_or(rest);
        let owned = bare.len() < front.len();
        let ends = owned
            || lexicon
                .classes(first)
                .any(Classes::TAIL.or(Classes::OFFICER));
        let head = |word: &str| lexicon.classes(word).any(Classes::HEAD);
        if body && ends && !words.any(head) && !(owned && head(first)) {
            return Some(bare.len());
        }
    }
    None
}

/// `British Foreign Secretary`, `Secretary of Health`: somebody's office.
fn is_office(name: &str, lexicon: &Lexicon) -> bool {
    let officer = |word: &str| lexicon.classes(word).any(Classes::OFFICER);
    let head = |word: &str| lexicon.classes(word).any(Classes::HEAD);
    let mut words = name.split(' ');
    let first = words.next().unwrap_or(name);
    let second = words.next();
    if officer(first) {
        return matches!(second, Some("of" | "for" | "to"));
    }
    let mut before = name.split(' ').take_while(|word| !officer(word));
    let held = name.split(' ').any(officer);
    held && !before.any(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_body_goes_and_what_is_more_than_one_is_cut() {
        for (before, name, after, expected) in [
            ("the ", "Peruvian Foreign Secretary", ".", None),
            ("the ", "Secretary of Health", ".", None),
            (
                "the ",
                "Office of the Prime Minister",
                ".",
                Some("Office of the Prime Minister"),
            ),
            ("Sen. Ada Ode, ", "R-Ohio", ",", None),
            ("the ", "NATO Summit", ".", Some("NATO")),
            ("the ", "Quell Mint Leaders", ".", Some("Quell Mint")),
            (
                "the ",
                "Quell Mint Leaders Council",
                ".",
                Some("Quell Mint Leaders Council"),
            ),
            ("a ", "Boeing", " 777 fell", None),
            ("an ", "Airbus", " A320 fell", None),
            ("at ", "Boeing", " 30 years ago", Some("Boeing")),
            ("an ", "Air Peru Flight", " 447", None),
            ("the ", "Quell Mint’s Travel Notes", ".", Some("Quell Mint")),
            (
                "the ",
                "Peruvian Parliament Ada Moor",
                ".",
                Some("Peruvian Parliament"),
            ),
        ] {
            let text = format!("{before}{name}{after}");
            let found = Found {
                range: TextRange::new(before.len(), before.len() + name.len()),
                kind: EntityKind::Organization,
                seen: None,
                verdict: None,
            };
            let mut kept = Vec::new();
            let known = Known {
                bodies: HashSet::from(["Quell Mint"]),
                ..Known::default()
            };
            sift(&text, found, &known, &mut kept);
            let names: Vec<&str> = kept.iter().map(|found| found.range.of(&text)).collect();
            assert_eq!(names.first().copied(), expected, "{text}");
        }
    }

    #[test]
    fn a_state_that_acts_is_a_place_and_an_administration_its_leader() {
        for (name, kind, expected) in [
            (
                "United Arab Emirates",
                EntityKind::Place,
                &["United Arab Emirates"][..],
            ),
            (
                "Biden-Harris Administration",
                EntityKind::Person,
                &["Biden", "Harris"],
            ),
            ("Trump administration", EntityKind::Person, &["Trump"]),
            ("Moor Air Base", EntityKind::Place, &["Moor Air Base"]),
        ] {
            let found = Found {
                range: TextRange::new(0, name.len()),
                kind: EntityKind::Organization,
                seen: None,
                verdict: None,
            };
            let mut kept = Vec::new();
            sift(name, found, &Known::default(), &mut kept);
            assert!(kept.iter().all(|found| found.kind == kind), "{name}");
            let names: Vec<&str> = kept.iter().map(|found| found.range.of(name)).collect();
            assert_eq!(names, expected);
        }
    }
}
