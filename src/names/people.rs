//! People: by a title before the name, a known first name, what stands around, or a full name elsewhere.

use super::book::Known;
use super::candidate::{Candidate, Passage};
use super::lexicon::Classes;
use crate::model::EntityKind;
use crate::text::TextRange;
use crate::text::tokens::{Gap, Shape};

/// Words that never belong to a name of a person, wherever they stand.
const NEVER: Classes = Classes::STOP
    .or(Classes::NATIONALITY)
    .or(Classes::HONORIFIC)
    .or(Classes::ACRONYM);
/// Words that belong to one only as a family name after a first name.
const SELDOM: Classes = Classes::HEAD
    .or(Classes::NAMELESS)
    .or(Classes::TITLE)
    .or(Classes::PLACE_HEAD)
    .or(Classes::COUNTRY)
    .or(Classes::DIRECTION)
    .or(Classes::CALENDAR)
    .or(Classes::PUBLIC);

/// A name has no more words.
const MOST: usize = 6;

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
    let last = extent(passage, at)?;
    let token = passage.tokens[at];
    let alone = at == last;
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
    let rule = if honorific || title {
        "title before the name"
    } else {
        "role before the name"
    };
    Some(person(at, last, weight, rule))
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
    let last = extent(passage, at)?;
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
    let article = passage.follows(at)
        && matches!(
            passage.word(at - 1),
            "the" | "The" | "a" | "an" | "A" | "An"
        );
    let noun =
        passage.follows(at) && passage.is(at - 1, Classes::BODY_NOUN) && !passage.capital(at - 1);
    if article || noun || camel(passage.word(at)) {
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
    let last = extent(passage, at)?;
    let evidence = context(passage, at, last);
    let usual = (at..=last).filter(|&at| !strange(at)).count();
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

/// Whether a capital stands inside the word, as in the names of firms: `NetPulse`.
pub(super) fn camel(word: &str) -> bool {
    let mut letters = word.chars().skip(1);
    let small = letters.next().is_some_and(char::is_lowercase);
    let inside = letters
        .position(char::is_uppercase)
        .and_then(|at| word.chars().nth(at + 1));
    let joined = word.contains(['-', '\'', '’'])
        || word.starts_with("Mc")
        || word.starts_with("Mac")
        || word.starts_with("De")
        || word.starts_with("La")
        || word.starts_with("Le")
        || word.starts_with("Fitz")
        || word.starts_with("Di");
    small && inside.is_some_and(char::is_lowercase) && !joined
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
            if matches!(next, "administration" | "Administration" | "presidency") {
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
    let token = passage.get(at)?;
    let known = passage.book.person_word(passage.word(at))?;
    let other = NEVER.or(Classes::TITLE).or(Classes::CALENDAR);
    let surname = Classes::SURNAME.or(Classes::LEADER).or(Classes::GIVEN);
    let usual = token.common && token.word.opens
        || token.classes.any(other) && !token.classes.any(surname)
        || token.common && passage.headline;
    (token.capital() && !usual).then_some(known)
}

/// The last word of the name that begins at `at`; `None` where none can begin there.
fn extent(passage: &Passage, at: usize) -> Option<usize> {
    if !begins(passage, at) {
        return None;
    }
    let mut last = at;
    while last + 1 < passage.tokens.len() && last - at + 1 < MOST {
        let next = last + 1;
        if passage.tokens[last].word.possessive {
            break;
        }
        if passage.gap(next) == Some(Gap::Comma) && passage.is(next, Classes::SUFFIX) {
            last = next;
            continue;
        }
        if let Some(after) = nickname(passage, next).filter(|&after| continues(passage, at, after))
        {
            last = after;
            continue;
        }
        if !passage.follows(next) {
            break;
        }
        if continues(passage, at, next) {
            last = next;
            continue;
        }
        // Particles count only with a name after them: `Ursula von der Leyen`, `Hilal bin Nasser`.
        let mut after = next;
        while passage.is(after, Classes::PARTICLE) && passage.follows(after) && after - next < 3 {
            after += 1;
        }
        if after > next && passage.follows(after) && continues(passage, at, after) {
            last = after;
            continue;
        }
        break;
    }
    // A name does not end in an initial, unless it is nothing else.
    (passage.tokens[last].word.shape != Shape::Initial || last > at + 1).then_some(last)
}

/// The word after a nickname in quotes at `at`: `Rey "Boy" Ode`.
fn nickname(passage: &Passage, at: usize) -> Option<usize> {
    let after = at + 1;
    let marks = passage.gap(at) == Some(Gap::Mark) && passage.gap(after) == Some(Gap::Mark);
    if !marks || !passage.capital(at) {
        return None;
    }
    let between = |at: usize| {
        let start = passage.tokens[at - 1].word.range.end();
        TextRange::new(start, passage.tokens[at].word.range.start()).of(passage.text)
    };
    let open = matches!(between(at), " \"" | " “" | " '" | " ‘");
    let close = matches!(between(after), "\" " | "” " | "' " | "’ ");
    (open && close).then_some(after)
}

fn begins(passage: &Passage, at: usize) -> bool {
    let Some(token) = passage.get(at) else {
        return false;
    };
    let barred = token
        .classes
        .any(NEVER.or(Classes::CALENDAR).or(Classes::SUFFIX));
    // `Ato Girma Bekele`: a form of address first, though it may be a name.
    let address = token.classes.any(Classes::HONORIFIC)
        && passage.follows(at + 1)
        && passage.capital(at + 1)
        && passage.follows(at + 2)
        && passage.capital(at + 2);
    let given = token.classes.any(Classes::GIVEN) && !address;
    let seldom = token.classes.any(SELDOM) && !surname_here(passage, at);
    token.capital() && (given || !barred && !seldom)
}

fn continues(passage: &Passage, first: usize, at: usize) -> bool {
    let Some(token) = passage.get(at) else {
        return false;
    };
    // `Iqbal Sheikh`: a form of address last is a family name.
    let ends = !(passage.follows(at + 1) && passage.capital(at + 1));
    let family = Classes::SURNAME.or(if ends {
        Classes::HONORIFIC
    } else {
        Classes::SURNAME
    });
    let barred = token.classes.any(NEVER) && !token.classes.any(family);
    if !token.capital() || barred || camel(passage.word(at)) {
        return false;
    }
    // A usual word does not stretch a name that is whole: `Ada Ode Hostage Recovery`.
    if at > first + 1
        && token.common
        && !token.classes.any(Classes::SURNAME.or(Classes::GIVEN))
        && token.word.shape == Shape::Title
        && !ends
    {
        return false;
    }
    if token.classes.any(Classes::SUFFIX) {
        return true;
    }
    let acronym =
        token.word.shape == Shape::Capitals && !passage.shouted && token.word.range.len() > 3;
    let lone_capitals = token.word.shape == Shape::Capitals
        && !passage.shouted
        && !token.classes.any(Classes::GIVEN)
        && passage.tokens[first].word.shape == Shape::Title;
    if acronym || lone_capitals {
        return false;
    }
    if token.classes.any(SELDOM) {
        return token.classes.any(Classes::SURNAME.or(Classes::GIVEN)) && surname_here(passage, at);
    }
    !(passage.headline && token.common && !token.classes.any(Classes::SURNAME.or(Classes::GIVEN)))
}

/// Whether a word of many meanings can be a family name here: no name goes on after it.
fn surname_here(passage: &Passage, at: usize) -> bool {
    let ends = !(passage.follows(at + 1) && passage.capital(at + 1))
        || passage.is(at + 1, Classes::STOP)
        || passage.tokens[at].word.possessive;
    passage.is(at, Classes::SURNAME.or(Classes::GIVEN)) && ends
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
