//! Names that stand in the lists of known bodies and places.
//!
//! Apart from the finders of each kind, as one look-up serves all kinds.

use super::candidate::{Candidate, Passage};
use super::lexicon::{Classes, LONGEST_NAME, Listed};
use super::survey;
use crate::model::EntityKind;
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape};

/// Names in the lists, the longest at each place.
pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < passage.tokens.len() {
        let step = if passage.is(at, Classes::STARTS_NAME) {
            longest(passage, at, candidates).unwrap_or(1)
        } else {
            1
        };
        at += step;
    }
}

/// Adds the longest listed name at `first`; gives its number of words.
fn longest(passage: &Passage, first: usize, candidates: &mut Vec<Candidate>) -> Option<usize> {
    let mut most = first;
    while most + 1 < passage.tokens.len()
        && most + 1 - first < LONGEST_NAME
        && !matches!(passage.gap(most + 1), Some(Gap::Sentence | Gap::Bracket))
    {
        most += 1;
    }
    for last in (first..=most).rev() {
        let tail = passage.tokens[last];
        if !tail.capital()
            && tail.word.shape != Shape::Number
            && last > first
            && !tail.word.possessive
        {
            continue;
        }
        let range = passage.range(first, last);
        let mut listed = passage.lexicon.listed(range.of(passage.text));
        if listed.is_none() && tail.word.possessive {
            // `Moody's`: the list has the `'s` with it. It ends at the next word's gap.
            let rest = TextRange::new(range.end(), passage.text.len()).of(passage.text);
            let tail = ["'s", "’s"].iter().find(|tail| rest.starts_with(**tail));
            let end = range.end() + tail.map_or(0, |tail| tail.len());
            listed = passage
                .lexicon
                .listed(TextRange::new(range.start(), end).of(passage.text));
        }
        if passage.shouted {
            listed = listed.or_else(|| calmed(passage, first, last));
        }
        let Some(listed) = listed else { continue };
        let candidate = Candidate {
            first,
            last,
            kind: Some(listed.kind),
            weight: 0,
            rule: match listed.kind {
                EntityKind::Place => "list of places",
                EntityKind::Agency => "list of agencies",
                _ => "list of organizations",
            },
        };
        let Some(weight) = weigh(passage, &candidate) else {
            continue;
        };
        let first = match listed.kind {
            EntityKind::Agency => with_state(passage, first),
            _ => first,
        };
        let weight = weight.saturating_add((last - first) as u8).min(95);
        candidates.push(Candidate {
            first,
            weight,
            ..candidate
        });
        return Some(last + 1 - candidate.first);
    }
    None
}

/// The known name that `first..=last` is, once its words are no longer in capitals: `RED CROSS`.
fn calmed(passage: &Passage, first: usize, last: usize) -> Option<Listed> {
    let words: Vec<String> = (first..=last)
        .map(|at| survey::calm(passage.word(at)).unwrap_or_else(|| passage.word(at).to_owned()))
        .collect();
    passage.lexicon.listed(&words.join(" "))
}

/// How sure a listed name is here; `None` where it is most likely a word like others.
fn weigh(passage: &Passage, candidate: &Candidate) -> Option<u8> {
    let (first, last) = (candidate.first, candidate.last);
    let token = passage.tokens[first];
    // `Secretary of the Treasury` names an office.
    let of = if first > 0 && passage.word(first - 1) == "the" {
        first - 1
    } else {
        first
    };
    let office = of > 1
        && passage.word(of - 1) == "of"
        && matches!(
            passage.word(of - 2),
            "Secretary" | "Minister" | "Under-Secretary"
        );
    if office && candidate.kind == Some(EntityKind::Agency) {
        return None;
    }
    let place = candidate.kind == Some(EntityKind::Place);
    if first < last {
        return Some(if place { 78 } else { 81 });
    }
    if !token.capital() {
        return None;
    }
    // One word that the language also has in lower case: only where the capital must be meant.
    let name = passage.word(first);
    let shouting = passage.shouted && token.common;
    if shouting || (token.common && (token.word.opens || passage.headline) && !place) {
        return None;
    }
    let joined = passage.follows(first)
        && passage
            .before(first)
            .is_some_and(|before| before.capital() && !before.plain())
        || passage.follows(first + 1)
            && passage.capital(first + 1)
            && !passage.is(first + 1, Classes::TITLE);
    let known = token.word.shape == Shape::Capitals || name.len() > 6;
    // A usual word with a capital and no article is more often part of something else.
    if token.common && !place {
        let article = first > 0
            && (passage.word(first - 1).eq_ignore_ascii_case("the") || !passage.capital(first - 1));
        let of_state = passage.before(first).is_some_and(|before| {
            before
                .classes
                .any(Classes::NATIONALITY.or(Classes::COUNTRY))
                && passage.follows(first)
        });
        let agency = candidate.kind == Some(EntityKind::Agency);
        return (of_state || !joined && (article || !agency)).then_some(60);
    }
    Some(match (joined, known) {
        (false, _) => 62,
        (true, true) => 56,
        (true, false) => 50,
    })
}

/// Where the name begins with the state it belongs to: `U.S. Cyber Command`.
fn with_state(passage: &Passage, first: usize) -> usize {
    let state = Classes::COUNTRY.or(Classes::NATIONALITY);
    let mut at = first;
    while at > 0 && passage.follows(at) && passage.is(at - 1, state) && passage.capital(at - 1) {
        at -= 1;
    }
    // Two words for the state: `United States Senate`, `South Korean Army`.
    if at > 0 && passage.follows(at) {
        let two = passage.words(at - 1, at.min(first));
        if passage
            .lexicon
            .listed(two)
            .is_some_and(|listed| listed.kind == EntityKind::Place)
            || (at < first && passage.is(at - 1, Classes::DIRECTION) && passage.capital(at - 1))
        {
            at -= 1;
        }
    }
    if at >= 2 && at == first && passage.follows(at) && passage.follows(at - 1) {
        let two = passage.words(at - 2, at - 1);
        if passage
            .lexicon
            .listed(two)
            .is_some_and(|listed| listed.kind == EntityKind::Place)
        {
            return at - 2;
        }
    }
    at
}
