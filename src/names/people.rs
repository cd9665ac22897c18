//! People: by a title before the name, a known first name, what stands around, or a full name elsewhere.

use super::book::Known;
use super::candidate::{Candidate, Passage};
use super::extent::{self, NEVER, SELDOM, surname_here};
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::tokens::{Gap, Shape};

/// People by title, first name and what stands around.
pub(super) fn find(passage: &Passage, candidates: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < passage.tokens.len() {
        let found = passage.tokens[at]
            .capital()
            .then(|| {
                titled(passage, at)
                    .or_else(|| named(passage, at))
                    .or_else(|| stranger(passage, at))
            })
            .flatten();
        match found {
            Some(candidate) => {
                at = candidate.last + 1;
                candidates.push(candidate);
            }
            None => at += 1,
        }
    }
    alone(passage, candidates);
}

fn person(first: usize, last: usize, weight: u8, rule: &'static str) -> Candidate {
    Candidate {
        first,
        last,
        kind: Some(EntityKind::Person),
        weight: weight + (last - first) as u8,
        rule,
    }
}

/// A name right after a title or an honorific.
fn titled(passage: &Passage, at: usize) -> Option<Candidate> {
    let before = passage.before(at)?;
    if !passage.follows(at) || passage.is(at, Classes::TITLE) && !surname_here(passage, at) {
        return None;
    }
    let honorific = before.classes.any(Classes::HONORIFIC) && before.capital();
    let title = before.classes.any(Classes::TITLE) && before.capital() || over(passage, at);
    let role = before.classes.any(Classes::ROLE) && !before.capital();
    if !honorific && !title && !role {
        return None;
    }
    let last = extent::extent(passage, at)?;
    let token = passage.tokens[at];
    let alone = at == last;
    if office_ends(passage, at, last) {
        return None;
    }
    let over = over(passage, at) && !before.classes.any(Classes::TITLE.or(Classes::HONORIFIC));
    if over
        && !token.classes.any(Classes::GIVEN)
        && (at..=last).any(|at| alone || passage.tokens[at].common)
    {
        return None;
    }
    if alone {
        let usual = token.common && !token.classes.any(Classes::SURNAME.or(Classes::LEADER));
        let place = token.classes.any(Classes::LISTED_PLACE);
        let acronym = token.word.shape == Shape::Capitals && !passage.shouted;
        let known = passage.lexicon.listed(passage.word(at)).is_some();
        if acronym
            || usual && !honorific
            || place && !honorific
            || role && (token.common || known)
            || known && !honorific
        {
            return None;
        }
        if passage.headline && !honorific && token.common {
            return None;
        }
    }
    if passage.headline && !honorific && (at..=last).all(|at| passage.tokens[at].common) {
        return None;
    }
    let weight = if honorific || title { 78 } else { 68 };
    let why = if honorific || title {
        "title before the name"
    } else {
        "role before the name"
    };
    Some(person(at, last, weight, why))
}

/// Whether the first word is still of the office, and the name comes after: `Mayor of London Ada Ode`.
fn office_ends(passage: &Passage, at: usize, last: usize) -> bool {
    let token = passage.tokens[at];
    let linked = passage.follows(at) && matches!(passage.word(at - 1), "of" | "for" | "and");
    let object = linked || token.common || token.classes.any(Classes::LISTED_PLACE);
    object
        && last > at + 1
        && !token.classes.any(Classes::GIVEN)
        && passage.is(at + 1, Classes::GIVEN)
}

/// Whether the name follows what its bearer is over: `Secretary of State`, `Minister of Trade and Industry`.
fn over(passage: &Passage, at: usize) -> bool {
    let mut of = false;
    for back in (at.saturating_sub(8)..at).rev() {
        let token = passage.tokens[back];
        let joined = passage.gap(back + 1) == Some(Gap::Space) && !token.word.possessive;
        if !joined {
            return false;
        }
        match passage.word(back) {
            "of" | "for" => of = true,
            "and" | "the" => {}
            _ if of && token.classes.any(Classes::TITLE) => return token.capital(),
            _ if token.capital()
                && (token.common || of || token.classes.any(Classes::LISTED_PLACE)) => {}
            _ => return false,
        }
    }
    false
}

/// A name that begins with a known first name.
fn named(passage: &Passage, at: usize) -> Option<Candidate> {
    let token = passage.tokens[at];
    if !token.classes.any(Classes::GIVEN) {
        return None;
    }
    let last = extent::extent(passage, at)?;
    if last == at {
        return None;
    }
    let next = passage.tokens[at + 1];
    let place = token.classes.any(Classes::LISTED_PLACE);
    let doubtful = token.common || place;
    let next_usual = next.common && !next.classes.any(Classes::SURNAME.or(Classes::GIVEN));
    if next_usual && (passage.headline || doubtful || next.classes.any(SELDOM)) {
        return None;
    }
    if doubtful && next.classes.any(SELDOM) {
        return None;
    }
    let article = passage.follows(at) && matches!(passage.word(at - 1), "the" | "a" | "an");
    let site = !passage.capital(last + 1)
        && passage.follows(last + 1)
        && matches!(
            passage.word(last + 1),
            "airport" | "stadium" | "bridge" | "prize" | "award" | "foundation" | "hospital"
        );
    if site {
        return None;
    }
    let weight = if doubtful || next_usual || article || part_of_more(passage, at) {
        55
    } else {
        72
    };
    Some(person(at, last, weight, "known first name"))
}

/// Two or more capital words of which nothing else is known.
fn stranger(passage: &Passage, at: usize) -> Option<Candidate> {
    let token = passage.tokens[at];
    let strange = |at: usize| {
        let token = &passage.tokens[at];
        !token.capital()
            || token.word.shape != Shape::Capitals
                && !token.common
                && !token
                    .classes
                    .any(SELDOM.or(Classes::LISTED_PLACE).or(Classes::PARTICLE))
                && passage.lexicon.listed(passage.word(at)).is_none()
    };
    let initials =
        passage.word(at).contains('.') && passage.lexicon.listed(passage.word(at)).is_none();
    if token.plain()
        || token.word.shape == Shape::Capitals && token.classes == Classes::default() && !initials
        || !strange(at) && !initials && !token.classes.any(Classes::GIVEN)
    {
        return None;
    }
    // `the Algemeen Vakverbond`: people have no article.
    if extent::extent(passage, at).is_some_and(|last| office_ends(passage, at, last)) {
        return None;
    }
    let article = passage.follows(at)
        && matches!(
            passage.word(at - 1),
            "the" | "The" | "a" | "an" | "A" | "An"
        );
    let noun =
        passage.follows(at) && passage.is(at - 1, Classes::BODY_NOUN) && !passage.capital(at - 1);
    if article || noun || extent::camel(passage.word(at)) {
        return None;
    }
    // In the middle of a longer run: the run's first word decides.
    if passage.follows(at)
        && passage.before(at).is_some_and(|before| {
            before.capital()
                && !before.plain()
                && !before
                    .classes
                    .any(Classes::TITLE.or(Classes::NATIONALITY).or(Classes::COUNTRY))
        })
    {
        return None;
    }
    let last = extent::extent(passage, at)?;
    let evidence = context(passage, at, last);
    // A nickname in quotes may be any word.
    let usual = (at..=last)
        .filter(|&at| !strange(at) && passage.gap(at) != Some(Gap::Mark))
        .count();
    if last == at || usual > usize::from(evidence) || passage.headline && !evidence {
        return None;
    }
    if passage.capital(last + 1) && passage.follows(last + 1) && !evidence {
        return None;
    }
    if evidence {
        Some(person(at, last, 64, "what stands around the name"))
    } else {
        Some(person(at, last, 44, "two unknown names together"))
    }
}

/// Single words that only a person can be: known statesmen, `the X administration`, an age or a verb of speech.
fn alone(passage: &Passage, candidates: &mut Vec<Candidate>) {
    for at in 0..passage.tokens.len() {
        let token = passage.tokens[at];
        if !token.capital() || token.word.shape == Shape::Initial {
            continue;
        }
        let linked = passage.follows(at)
            && passage
                .before(at)
                .is_some_and(|before| before.capital() && !before.plain())
            || passage.follows(at + 1) && passage.capital(at + 1);
        if token.classes.any(Classes::LEADER) && !linked && !(token.common && token.word.opens) {
            candidates.push(person(at, at, 58, "well-known statesman"));
        } else if unknown(passage, at) && passage.follows(at + 1) {
            let next = passage.word(at + 1);
            if matches!(
                next,
                "regime" | "administration" | "Administration" | "presidency"
            ) {
                candidates.push(person(at, at, 57, "administration of a person"));
            }
        }
    }
}

/// Whether a single word is nothing known: no usual word, no place, no body.
fn unknown(passage: &Passage, at: usize) -> bool {
    let token = passage.tokens[at];
    let known = NEVER
        .or(SELDOM)
        .or(Classes::LISTED_PLACE)
        .or(Classes::PLACE_LEAD);
    !token.common && !token.classes.any(known) && passage.lexicon.listed(passage.word(at)).is_none()
}

/// People named in full elsewhere in the document.
pub(super) fn find_echoes(passage: &Passage, candidates: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < passage.tokens.len() {
        let Some(ends) = echo(passage, at) else {
            at += 1;
            continue;
        };
        let (mut last, mut known) = (at, ends);
        while passage.follows(last + 1) {
            let Some(more) = echo(passage, last + 1) else {
                break;
            };
            last += 1;
            known.last |= more.last;
            known.weight = known.weight.max(more.weight);
        }
        let mut first = at;
        while first > 0
            && passage.follows(first)
            && passage.is(first - 1, Classes::PARTICLE)
            && passage.capital(first - 1)
        {
            first -= 1;
        }
        let joined = passage.follows(first)
            && passage.before(first).is_some_and(|before| {
                before.capital()
                    && !before.plain()
                    && !before.classes.any(
                        Classes::TITLE
                            .or(Classes::HONORIFIC)
                            .or(Classes::NATIONALITY)
                            .or(Classes::COUNTRY),
                    )
            })
            || passage.follows(last + 1)
                && passage.capital(last + 1)
                && !passage.is(last + 1, Classes::TITLE.or(Classes::STOP));
        let weight = match (joined, known.last) {
            (false, true) => 65,
            (false, false) => 57,
            (true, _) => 48,
        };
        // No surer than the name it echoes.
        let weight = known.weight.saturating_sub(1).min(weight);
        let rule = if known.last {
            "surname of a full name elsewhere"
        } else {
            "first name of a full name elsewhere"
        };
        candidates.push(person(first, last, weight, rule));
        at = last + 1;
    }
}

fn echo(passage: &Passage, at: usize) -> Option<Known> {
    let token = passage.get(at).filter(|token| token.capital())?;
    let word = passage.word(at);
    // `Al-Ode` where a sentence begins: `al-Ode` elsewhere.
    let small = || {
        let rest = word.strip_prefix("Al-").map(|rest| ("al-", rest));
        let rest = rest.or_else(|| word.strip_prefix("El-").map(|rest| ("el-", rest)));
        rest.and_then(|(article, rest)| passage.book.person_word(&format!("{article}{rest}")))
    };
    let known = passage.book.person_word(word).or_else(small)?;
    let other = NEVER.or(Classes::TITLE).or(Classes::CALENDAR);
    let surname = Classes::SURNAME.or(Classes::LEADER).or(Classes::GIVEN);
    let usual = token.common && token.word.opens
        || token.classes.any(other) && !token.classes.any(surname)
        || token.common && passage.headline;
    (!usual).then_some(known)
}

/// Whether the word before makes the name part of something larger.
fn part_of_more(passage: &Passage, at: usize) -> bool {
    passage.follows(at)
        && passage.before(at).is_some_and(|before| {
            before.capital()
                && !before.plain()
                && !before.classes.any(
                    Classes::TITLE
                        .or(Classes::HONORIFIC)
                        .or(Classes::NATIONALITY)
                        .or(Classes::HEAD)
                        .or(Classes::COUNTRY),
                )
        })
}

/// Whether what stands around words `first..=last` speaks of a person.
fn context(passage: &Passage, first: usize, last: usize) -> bool {
    let next = last + 1;
    let possessive = passage.tokens[last].word.possessive;
    let age = passage.gap(next) == Some(Gap::Comma)
        && passage
            .get(next)
            .is_some_and(|token| token.word.shape == Shape::Number)
        && matches!(passage.word(next).len(), 1 | 2)
        && matches!(passage.gap(next + 1), Some(Gap::Comma | Gap::Sentence));
    let speaks = passage.follows(next) && !possessive && passage.is(next, Classes::SPEECH);
    let who = matches!(passage.gap(next), Some(Gap::Comma))
        && matches!(passage.word(next), "who" | "whose");
    let said = passage.follows(first)
        && (passage.is(first.wrapping_sub(1), Classes::SPEECH)
            || passage.word(first.wrapping_sub(1)) == "to"
                && passage.word(first.wrapping_sub(2)) == "according");
    age || speaks || who || said || apposed(passage, next) || introduced(passage, first)
}

/// `, a former minister`, `, head of`, `, the chief`.
fn apposed(passage: &Passage, next: usize) -> bool {
    if passage.gap(next) != Some(Gap::Comma) {
        return false;
    }
    let mut at = next;
    if matches!(
        passage.word(at),
        "a" | "an" | "the" | "its" | "his" | "her" | "their"
    ) {
        at += 1;
    }
    (at..at + 5)
        .take_while(|&at| at == next || passage.follows(at))
        .any(|at| passage.is(at, Classes::ROLE) && !passage.capital(at))
}

/// `a lawyer for the group, `: a role and a comma before the name.
fn introduced(passage: &Passage, first: usize) -> bool {
    if passage.gap(first) != Some(Gap::Comma) {
        return false;
    }
    (1..=6)
        .map_while(|back| first.checked_sub(back))
        .take_while(|&at| {
            at + 1 == first
                || passage.gap(at + 1) == Some(Gap::Space)
                || passage.gap(at + 1) == Some(Gap::Mark)
        })
        .any(|at| passage.is(at, Classes::ROLE) && !passage.capital(at))
}
