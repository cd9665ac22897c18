//! Places: by a head word (`River`, `Lake`), by what they are said to be (`the town of`), or by a word of place before.

use super::candidate::{Candidate, FIRM, Passage};
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        if !passage.capital(at) {
            continue;
        }
        candidates.extend(headed(passage, at));
        candidates.extend(site(passage, at));
        candidates.extend(led(passage, at));
        candidates.extend(located(passage, at));
    }
}

fn place(first: usize, last: usize, weight: usize, rule: &'static str) -> Candidate {
    Candidate {
        first,
        last,
        kind: Some(EntityKind::Place),
        weight: (weight + (last - first).min(8)) as u8,
        rule,
    }
}

/// `Hudson River`, `Rakhine State`.
fn headed(passage: &Passage, at: usize) -> Option<Candidate> {
    if !passage.is(at, Classes::PLACE_HEAD) || passage.headline {
        return None;
    }
    let mut first = at;
    while first > 0 && passage.follows(first) && at - first < 3 {
        let before = passage.tokens[first - 1];
        let barred = Classes::TITLE
            .or(Classes::HONORIFIC)
            .or(Classes::NATIONALITY)
            .or(Classes::CALENDAR)
            .or(Classes::NAMELESS);
        let direction = before.classes.any(Classes::DIRECTION);
        if !before.capital() || before.plain() || before.classes.any(barred) && !direction {
            break;
        }
        first -= 1;
    }
    let usual =
        (first..at).all(|at| passage.tokens[at].common && !passage.is(at, Classes::DIRECTION));
    (first < at && !usual).then(|| place(first, at, 67, "head word of a place"))
}

/// `Ada Ode Airport`, `Ode prison`: a site that bears a name is a place, whose name it may be.
fn site(passage: &Passage, at: usize) -> Option<Candidate> {
    let goes_on =
        passage.follows(at + 1) && passage.capital(at + 1) && !passage.is(at + 1, Classes::STOP)
            || passage.gap(at + 1) == Some(Gap::And);
    if goes_on || passage.headline || passage.shouted || !passage.is(at, Classes::SITE) {
        return None;
    }
    let mut first = at;
    while first > 0 && passage.follows(first) && at - first < 5 {
        let before = passage.tokens[first - 1];
        let barred = before.classes.any(Classes::STOP.or(Classes::CALENDAR));
        if !before.capital() || before.plain() || barred {
            break;
        }
        first -= 1;
    }
    let person = |at: usize| {
        let token = &passage.tokens[at];
        token.classes.any(Classes::GIVEN.or(Classes::SUFFIX)) && !token.common
    };
    // Only where the name may be taken for a person's; other sites are told by their head word.
    let named =
        at - first > 1 && (first..at).any(person) && !passage.is(first, Classes::NATIONALITY);
    named.then_some(Candidate {
        weight: FIRM,
        ..place(first, at, 0, "head word of a place")
    })
}

/// `Lake Chad`, `Gulf of Aden`, `North Darfur`.
fn led(passage: &Passage, at: usize) -> Option<Candidate> {
    if !passage.is(at, Classes::PLACE_LEAD) || passage.headline {
        return None;
    }
    if passage.word(at + 1) == "of" && passage.follows(at + 1) {
        let mut last = at + 2;
        if passage.word(last) == "the" {
            last += 1;
        }
        let water = matches!(
            passage.word(at),
            "Gulf"
                | "Strait"
                | "Straits"
                | "Bay"
                | "Sea"
                | "Isle"
                | "Cape"
                | "Port"
                | "Province"
                | "City"
                | "Republic"
                | "Kingdom"
        );
        let name = passage.capital(last)
            && passage.follows(last)
            && !passage.is(last, Classes::NAMELESS.or(Classes::CALENDAR));
        return (water && name).then(|| place(at, last, 68, "head word of a place"));
    }
    let next = at + 1;
    if !passage.follows(next) || !passage.capital(next) || passage.tokens[at].word.possessive {
        return None;
    }
    let token = passage.tokens[next];
    if passage.is(at, Classes::DIRECTION) {
        let known = token.classes.any(Classes::LISTED_PLACE);
        return known.then(|| place(at, next, 66, "part of a known place"));
    }
    let strange = !token.common
        && !token
            .classes
            .any(Classes::HEAD.or(Classes::NAMELESS).or(Classes::STOP));
    let water = matches!(
        passage.word(at),
        "Lake"
            | "Mount"
            | "Cape"
            | "Port"
            | "Fort"
            | "Camp"
            | "San"
            | "Santa"
            | "Los"
            | "Las"
            | "El"
    );
    (strange && water).then(|| place(at, next, 63, "head word of a place"))
}

/// One or two unknown words after `in`, `near`, `the town of`; or before a comma and a known place.
fn located(passage: &Passage, at: usize) -> Option<Candidate> {
    let mut last = at;
    while last < at + 2
        && passage.follows(last + 1)
        && strange(passage, last + 1)
        && strange(passage, last)
    {
        last += 1;
    }
    if !strange(passage, at)
        || passage.follows(last + 1)
            && passage.capital(last + 1)
            && !passage.is(last + 1, Classes::STOP)
    {
        return None;
    }
    let before = at.checked_sub(1)?;
    if passage.follows(at) && passage.is(before, Classes::LOCATIVE) && !passage.headline {
        return Some(place(at, last, 47, "word of place before the name"));
    }
    let settlement = |at: usize| passage.is(at, Classes::SETTLEMENT);
    let of = passage.word(before) == "of" && before > 0 && settlement(before - 1);
    if passage.follows(at) && (of || settlement(before)) {
        return Some(place(at, last, 62, "called a place"));
    }
    let inside = passage.gap(last + 1) == Some(Gap::Comma)
        && !passage.tokens[last].word.possessive
        && passage.is(last + 1, Classes::LISTED_PLACE.or(Classes::COUNTRY))
        && matches!(
            passage.gap(last + 2),
            None | Some(Gap::Comma | Gap::Sentence | Gap::Mark | Gap::Space)
        )
        && passage.follows(at)
        && !passage.capital(before);
    inside.then(|| place(at, last, 46, "lies in a known place"))
}

fn strange(passage: &Passage, at: usize) -> bool {
    let Some(token) = passage.get(at) else {
        return false;
    };
    let known = Classes::STOP
        .or(Classes::CALENDAR)
        .or(Classes::NATIONALITY)
        .or(Classes::TITLE)
        .or(Classes::HONORIFIC)
        .or(Classes::HEAD)
        .or(Classes::NAMELESS)
        .or(Classes::ACRONYM)
        .or(Classes::DIRECTION);
    token.word.shape == Shape::Title
        && !token.common
        && !token.classes.any(known)
        && passage.lexicon.listed(passage.word(at)).is_none()
}
