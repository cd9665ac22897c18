//! What no body may be, though the model takes it for one: an office, a state, a product, a party's mark.
//!
//! Apart from the rest of mending, as it asks by classes of words alone, and for bodies alone.

use std::collections::HashSet;

use super::Found;
use super::lexicon::{Classes, Lexicon};
use crate::model::EntityKind;
use crate::text::TextRange;

/// The names of bodies in `found`, by spelling: a longer one may be cut down to one of them.
pub(super) fn bodies<'a>(text: &'a str, found: &[Found]) -> HashSet<&'a str> {
    let bodies = found.iter().filter(|found| is_body(found.kind));
    bodies.map(|found| found.range.of(text)).collect()
}

const fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Agency | EntityKind::Organization)
}

/// The body in `found` as it may stay; nothing, where it is none.
pub(super) fn sift(text: &str, found: Found, known: &HashSet<&str>, into: &mut Vec<Found>) {
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
        let kind = EntityKind::Place;
        into.push(Found { kind, ..found });
        return;
    }
    if is_party_mark(name) || is_flight(text, found.range) {
        return;
    }
    if let Some(leaders) = leaders(name) {
        let mut at = found.range.start();
        for leader in leaders {
            let range = TextRange::new(at, at + leader.len());
            let kind = EntityKind::Person;
            into.push(Found {
                range,
                kind,
                ..found
            });
            at = range.end() + 1;
        }
        return;
    }
    if let Some(shorter) = without_tail(name, known, lexicon) {
        let range = TextRange::new(found.range.start(), found.range.start() + shorter);
        into.push(Found { range, ..found });
        return;
    }
    if !is_office(name, lexicon) {
        into.push(found);
    }
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

/// The heads of state before `Administration`, where nothing else is.
fn leaders(name: &str) -> Option<Vec<&str>> {
    let (names, last) = name.rsplit_once(' ')?;
    let reign = last.eq_ignore_ascii_case("administration");
    let lexicon = Lexicon::standard();
    let names: Vec<&str> = names.split('-').collect();
    let known = |name: &&str| lexicon.classes(name).any(Classes::LEADER);
    (reign && names.iter().all(known)).then_some(names)
}

/// Where the name of a known body ends within `name`, before a word that is of none: `NATO Summit`.
fn without_tail(name: &str, known: &HashSet<&str>, lexicon: &Lexicon) -> Option<usize> {
    let breaks = name.match_indices(' ').map(|(at, _)| at);
    for at in breaks {
        let (front, rest) = name.split_at_checked(at)?;
        let rest = rest.trim_start();
        let bare = front
            .strip_suffix("'s")
            .or(front.strip_suffix("’s"))
            .unwrap_or(front);
        let body = known.contains(bare)
            || lexicon
                .listed(bare)
                .is_some_and(|listed| is_body(listed.kind));
        let mut words = rest.split(' ');
        let first = words.next().unwrap_or(rest);
        let ends = lexicon
            .classes(first)
            .any(Classes::TAIL.or(Classes::OFFICER));
        let head = |word: &str| lexicon.classes(word).any(Classes::HEAD);
        if body && ends && !words.any(head) {
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
        ] {
            let text = format!("{before}{name}{after}");
            let found = Found {
                range: TextRange::new(before.len(), before.len() + name.len()),
                kind: EntityKind::Organization,
                seen: None,
                verdict: None,
            };
            let mut kept = Vec::new();
            sift(&text, found, &HashSet::from(["Quell Mint"]), &mut kept);
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
        ] {
            let found = Found {
                range: TextRange::new(0, name.len()),
                kind: EntityKind::Organization,
                seen: None,
                verdict: None,
            };
            let mut kept = Vec::new();
            sift(name, found, &HashSet::new(), &mut kept);
            assert!(kept.iter().all(|found| found.kind == kind), "{name}");
            let names: Vec<&str> = kept.iter().map(|found| found.range.of(name)).collect();
            assert_eq!(names, expected);
        }
    }
}
