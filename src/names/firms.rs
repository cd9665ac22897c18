//! Bodies whose names say nothing of what they are: by what stands around, by a foreign head word, by `&`.
//!
//! Apart from `bodies`, which reads the name itself; here the words beside it are read.

use super::candidate::{Candidate, FIRM, Passage};
use super::extent::camel;
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

/// No such name has more words.
const MOST: usize = 6;

pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    if passage.shouted {
        return;
    }
    let mut at = 0;
    while at < passage.tokens.len() {
        let starts = passage.capital(at) && !continues_run(passage, at);
        if !starts {
            at += 1;
            continue;
        }
        let last = run(passage, at);
        candidates.extend(
            opened(passage, at, last)
                .or_else(|| called(passage, at, last))
                .or_else(|| partners(passage, at, last))
                .or_else(|| strange(passage, at, last)),
        );
        at = last + 1;
    }
}

fn body(first: usize, last: usize, weight: usize, rule: &'static str) -> Candidate {
    Candidate {
        first,
        last,
        kind: Some(EntityKind::Organization),
        weight: (weight + last - first) as u8,
        rule,
    }
}

/// Whether the word goes on a run of capital words that began before it.
fn continues_run(passage: &Passage, at: usize) -> bool {
    let joined = matches!(passage.gap(at), Some(Gap::Space | Gap::And));
    joined
        && passage
            .before(at)
            .is_some_and(|before| before.capital() && !before.plain() && !before.word.possessive)
        && !passage.is(at.wrapping_sub(1), Classes::NATIONALITY)
}

/// The last word of the run of capital words that begins at `at`; small articles may stand within.
fn run(passage: &Passage, at: usize) -> usize {
    let mut last = at;
    while last < at + MOST && !passage.tokens[last].word.possessive {
        let next = last + 1;
        let joined = matches!(passage.gap(next), Some(Gap::Space | Gap::And));
        let capital =
            passage.capital(next) && !passage.is(next, Classes::STOP.or(Classes::CALENDAR));
        if joined && capital {
            last = next;
            continue;
        }
        let mut after = next;
        while passage.is(after, Classes::PARTICLE) && passage.follows(after) && after < next + 2 {
            after += 1;
        }
        if after == next || !passage.follows(after) || !passage.capital(after) {
            break;
        }
        last = after;
    }
    last
}

/// `Banco Ode do Sul`: a foreign head word first.
fn opened(passage: &Passage, first: usize, last: usize) -> Option<Candidate> {
    let opens = passage.is(first, Classes::OPENING) && first < last && !passage.headline;
    let person = passage.is(
        first + 1,
        Classes::GIVEN.or(Classes::TITLE).or(Classes::HEAD),
    );
    (opens && !person).then(|| body(first, last, 76, "head word of a body"))
}

/// `the broadcaster Ode Vision`, `Odecom, a security firm`.
fn called(passage: &Passage, first: usize, last: usize) -> Option<Candidate> {
    if !nameless_so_far(passage, first) {
        return None;
    }
    let noun = |at: usize| passage.is(at, Classes::BODY_NOUN) && !passage.capital(at);
    let before = first.wrapping_sub(1);
    if passage.follows(first) && noun(before) && !passage.headline {
        let name = body(first, last, 66, "called a body");
        return Some(Candidate {
            kind: Some(kind_by(passage.word(before))),
            ..name
        });
    }
    let next = last + 1;
    if passage.gap(next) != Some(Gap::Comma)
        || !matches!(
            passage.word(next),
            "a" | "an" | "the" | "its" | "one" | "another"
        )
    {
        return None;
    }
    let said = (next + 1..next + 7)
        .take_while(|&at| passage.follows(at))
        .take_while(|&at| {
            !matches!(
                passage.word(at),
                "of" | "for" | "at" | "in" | "who" | "with"
            )
        })
        .find(|&at| {
            passage.is(at, Classes::BODY_NOUN.or(Classes::ROLE)) && !passage.follows(at + 1)
                || noun(at) && !passage.is(at + 1, Classes::ROLE.or(Classes::BODY_NOUN))
        })?;
    let name = body(first, last, 65, "called a body");
    noun(said).then_some(Candidate {
        kind: Some(kind_by(passage.word(said))),
        ..name
    })
}

/// What a body is when it is called so.
fn kind_by(noun: &str) -> EntityKind {
    match noun {
        "agency" | "watchdog" | "regulator" | "ministry" | "council" | "commission"
        | "authority" | "parliament" | "court" | "tribunal" | "directorate" | "inspectorate"
        | "ombudsman" => EntityKind::Agency,
        _ => EntityKind::Organization,
    }
}

/// `Ode & Daughters`, `Ode & Ode LLP`
fn partners(passage: &Passage, first: usize, last: usize) -> Option<Candidate> {
    let link = (first + 1..=last).find(|&at| passage.gap(at) == Some(Gap::And))?;
    if passage.headline || !nameless_so_far(passage, first) {
        return None;
    }
    let house = Classes::ORGANIZATION.or(Classes::SUFFIX);
    let same = passage.word(link - 1) == passage.word(link);
    let sure =
        same || first + 1 == link && passage.is(last, house) && !passage.tokens[first].common;
    let firm = Candidate {
        weight: FIRM,
        ..body(first, last, 0, "partners in the name")
    };
    let named = body(first, last, 78, "partners in the name");
    Some(if sure { firm } else { named })
}

/// `the Algemeen Vakverbond`, `NetPulse`, `Odecom said`: unknown words where a person's name would stand otherwise.
fn strange(passage: &Passage, first: usize, last: usize) -> Option<Candidate> {
    let unknown = (first..=last).all(|at| {
        let token = passage.tokens[at];
        let known = Classes::NAMELESS
            .or(Classes::THING)
            .or(Classes::PLACE_HEAD)
            .or(Classes::PLACE_LEAD)
            .or(Classes::DIRECTION)
            .or(Classes::LISTED_PLACE)
            .or(Classes::GIVEN);
        !token.common && !token.classes.any(known) && token.word.shape != Shape::Initial
    });
    if !unknown || passage.headline || !nameless_so_far(passage, first) {
        return None;
    }
    let article = passage.follows(first) && matches!(passage.word(first - 1), "the" | "The");
    let speaks = passage.follows(last + 1) && passage.is(last + 1, Classes::SPEECH);
    let alone = first == last;
    if alone && passage.tokens[first].word.shape != Shape::Title {
        return None;
    }
    if camel(passage.word(first)) {
        return Some(body(first, last, 50, "capital within the word"));
    }
    match (alone, article, speaks) {
        (false, true, _) => Some(body(first, last, 45, "unknown name with an article")),
        (true, _, true) => Some(body(first, last, 36, "verb of speech after the name")),
        _ => None,
    }
}

/// Whether the first word is none of the words that make the name something else.
fn nameless_so_far(passage: &Passage, first: usize) -> bool {
    let token = passage.tokens[first];
    let other = Classes::TITLE
        .or(Classes::HONORIFIC)
        .or(Classes::CALENDAR)
        .or(Classes::NATIONALITY)
        .or(Classes::COUNTRY)
        .or(Classes::LISTED_PLACE)
        .or(Classes::ACRONYM)
        .or(Classes::STOP);
    !token.plain() && !token.classes.any(other)
}
