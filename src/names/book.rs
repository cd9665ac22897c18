//! [`Book`]: what the first reading of a document taught about its names, for the second reading.
//!
//! A surname, a short form or an acronym is known by the full name that stands elsewhere.

use super::candidate::{Candidate, Passage};
use super::lexicon::Classes;
use super::quick::{QuickMap, QuickSet};
use super::things;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

#[derive(Debug, Default)]
pub(super) struct Book<'a> {
    /// Words of the names of people.
    people: QuickMap<&'a str, Known>,
    /// Whole names of bodies, their acronyms and short forms.
    bodies: QuickMap<&'a str, EntityKind>,
    /// First words of `bodies` with more words than one.
    openings: QuickSet<&'a str>,
    /// Acronyms of laws, accords and the like.
    things: QuickSet<&'a str>,
}

/// What is known of a word of a person's name.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Whether it is the last word of a name.
    pub(super) last: bool,
    /// How sure the full name is.
    pub(super) weight: u8,
}

impl<'a> Book<'a> {
    /// Whether a person's name has `word`.
    pub(super) fn person_word(&self, word: &str) -> Option<Known> {
        self.people.get(word).copied()
    }

    pub(super) fn body(&self, name: &str) -> Option<EntityKind> {
        self.bodies.get(name).copied()
    }

    /// Whether an acronym is of a law, an accord or the like.
    pub(super) fn is_thing(&self, acronym: &str) -> bool {
        self.things.contains(acronym)
    }

    pub(super) fn opens_body(&self, word: &str) -> bool {
        self.openings.contains(word)
    }

    /// Learns from what one block names.
    pub(super) fn learn(&mut self, text: &'a str, passage: &Passage<'_>, settled: &[Candidate]) {
        for candidate in settled {
            match candidate.kind {
                Some(EntityKind::Person) => self.learn_person(text, passage, candidate),
                Some(kind @ (EntityKind::Agency | EntityKind::Organization)) => {
                    self.learn_body(text, passage, (candidate, kind));
                }
                Some(EntityKind::Place) => {}
                None => {
                    let acronym = things::abbreviated(passage, candidate);
                    self.things
                        .extend(acronym.map(|at| passage.range(at, at).of(text)));
                }
            }
        }
    }

    fn learn_person(&mut self, text: &'a str, passage: &Passage<'_>, candidate: &Candidate) {
        let alone = candidate.first == candidate.last;
        if passage.headline && candidate.weight < 70 {
            return;
        }
        let last = (candidate.first..=candidate.last)
            .rev()
            .find(|&at| !passage.is(at, Classes::SUFFIX))
            .unwrap_or(candidate.last);
        for at in candidate.first..=last {
            let Some(token) = passage.get(at) else {
                continue;
            };
            let short = token.word.shape == Shape::Initial || !token.capital();
            // A first name that is a usual word, a place or a particle says nothing when it stands alone.
            let vague = at != last
                && (token.common
                    || token
                        .classes
                        .any(Classes::PARTICLE.or(Classes::LISTED_PLACE)));
            let other = Classes::NATIONALITY
                .or(Classes::STOP)
                .or(Classes::HONORIFIC);
            if short || vague || (alone && token.common) || token.classes.any(other) {
                continue;
            }
            let entry = self
                .people
                .entry(passage.range(at, at).of(text))
                .or_default();
            entry.last |= at == last;
            entry.weight = entry.weight.max(candidate.weight);
        }
    }

    fn learn_body(
        &mut self,
        text: &'a str,
        passage: &Passage<'_>,
        (candidate, kind): (&Candidate, EntityKind),
    ) {
        if candidate.weight < 50 {
            return;
        }
        let name = passage.range(candidate.first, candidate.last).of(text);
        self.bodies.entry(name).or_insert(kind);
        if candidate.first < candidate.last {
            let opening = passage.range(candidate.first, candidate.first);
            self.openings.insert(opening.of(text));
            self.learn_short_forms(text, passage, (candidate, kind));
        }
        let next = candidate.last + 1;
        let acronym = passage.get(next).is_some_and(|token| {
            token.word.gap == Gap::Bracket
                && matches!(token.word.shape, Shape::Capitals | Shape::Title)
        }) && passage.gap(next + 1) != Some(Gap::Space);
        if acronym && abbreviates(passage.word(next), name) {
            let acronym = passage.range(next, next).of(text);
            self.bodies.entry(acronym).or_insert(kind);
        }
    }

    /// `Castle Homes` for `Castle Homes Holdings`, `Salhus` for `Salhus Shipping`.
    fn learn_short_forms(
        &mut self,
        text: &'a str,
        passage: &Passage<'_>,
        (candidate, kind): (&Candidate, EntityKind),
    ) {
        let first = candidate.first;
        if kind != EntityKind::Organization || passage.gap(first + 1) != Some(Gap::Space) {
            return;
        }
        let Some(token) = passage.get(first) else {
            return;
        };
        let known = Classes::NATIONALITY
            .or(Classes::LISTED_PLACE)
            .or(Classes::DIRECTION)
            .or(Classes::GIVEN)
            .or(Classes::HEAD)
            .or(Classes::NAMELESS)
            .or(Classes::PUBLIC)
            .or(Classes::CALENDAR)
            .or(Classes::PLACE_LEAD)
            .or(Classes::TITLE);
        let name = passage.range(first, first).of(text);
        if !token.common && !token.classes.any(known) && name.len() > 2 {
            self.bodies.entry(name).or_insert(kind);
        }
        if candidate.last - first >= 2
            && (first..candidate.last)
                .all(|at| passage.capital(at) && !passage.is(at, Classes::HEAD))
            && !passage.tokens[first].common
            && !passage.is(
                first,
                Classes::PUBLIC
                    .or(Classes::NATIONALITY)
                    .or(Classes::NAMELESS),
            )
        {
            let short = passage.range(first, candidate.last - 1).of(text);
            self.bodies.entry(short).or_insert(kind);
        }
    }
}

/// Whether each capital of `short` begins a word of `long`, in order, and the first begins the first.
pub(super) fn abbreviates_fully(short: &str, long: &str) -> bool {
    let first = long.chars().next();
    let (hits, count) = first_letters(short, long);
    hits == count && count > 1 && first == short.chars().next()
}

/// Whether the letters of `short` are the first letters of the words of `long`, small words left out at will.
pub(super) fn abbreviates(short: &str, long: &str) -> bool {
    let (hits, count) = first_letters(short, long);
    // Letters from within a word (`CISTM`) are borne as long as most are first ones.
    count > 1 && !short.contains(' ') && hits * 4 >= count * 3
}

/// How many capitals of `short` begin words of `long`, in order; and how many there are.
fn first_letters(short: &str, long: &str) -> (usize, usize) {
    let letters = || short.chars().filter(|letter| letter.is_uppercase());
    let initials: Vec<char> = long
        .split([' ', '-', '/'])
        .filter_map(|word| word.chars().next())
        .collect();
    let mut at = 0;
    let mut hits = 0;
    for letter in letters() {
        let found = initials
            .iter()
            .skip(at)
            .position(|initial| initial.to_uppercase().next() == Some(letter));
        if let Some(skipped) = found {
            at += skipped + 1;
            hits += 1;
        }
    }
    (hits, letters().count())
}
