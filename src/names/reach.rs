//! How far the name of a body goes on both sides of its head word.
//!
//! Apart from `bodies`, which asks whether it is a body; here it is only asked where the name begins and ends.

use super::candidate::Passage;
use super::lexicon::Classes;
use crate::text::tokens::{Gap, Shape};

/// No name has more words before or after its head word.
const MOST: usize = 12;

/// The first word of the name that ends in the head word at `at`.
pub(super) fn leftmost(passage: &Passage, at: usize) -> usize {
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
        let ordinal = ["st", "nd", "rd", "th"]
            .iter()
            .any(|end| passage.word(before).ends_with(end));
        let date = passage.is(before.wrapping_sub(1), Classes::CALENDAR);
        let number = token.word.shape == Shape::Number && ordinal && !date;
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
        let Some(other) = paired(passage, before) else {
            break;
        };
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

/// The capital word before the `and` at `link`, where both are of one name: `Intelligence and Security Service`.
fn paired(passage: &Passage, link: usize) -> Option<usize> {
    let (other, first) = (link.checked_sub(1)?, link + 1);
    if passage.word(link) != "and" || !passage.follows(link) || !passage.capital(other) {
        return None;
    }
    let listed = passage
        .lexicon
        .listed(passage.words(other, first))
        .is_some();
    // `Congress and the Senate` are two.
    let own = Classes::HEAD.or(Classes::TITLE).or(Classes::COUNTRY);
    let token = passage.tokens[other];
    let person = token.classes.any(Classes::SURNAME) && !token.common;
    let usual = token.common || passage.tokens[first].common;
    let pair =
        usual && !person && !token.plain() && !token.word.possessive && !token.classes.any(own);
    (pair || listed).then_some(other)
}

/// The last word of what follows a leading head word: ` of Foreign Affairs and Trade`.
///
/// `qualified`: words before the head word say already which it is.
pub(super) fn complement(passage: &Passage, head: usize, qualified: bool) -> Option<usize> {
    let panel = matches!(
        passage.word(head),
        "Committee" | "Commission" | "Council" | "Panel"
    );
    let site = matches!(
        passage.word(head),
        "University" | "Museum" | "College" | "School" | "Hospital" | "Academy" | "Institute"
    );

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
            "of" => true,
            "for" => !passage.is(head, Classes::LOWER_BODY) && passage.word(head) != "Parliament",
            "on" | "against" | "to" => at == head && (!qualified || panel),
            _ => false,
        };
        if !joins {
            break;
        }
        let mut start = link + 1;
        while matches!(passage.word(start), "the" | "The") {
            start += 1;
        }
        let place = passage.is(start, Classes::LISTED_PLACE);
        let other = passage.book.person_word(passage.word(start)).is_some()
            && !passage.is(start, Classes::LISTED_PLACE)
            && !passage.tokens[start].common;
        // `Ode State University of the US`: where it is.
        let other = other || qualified && site && place;
        let Some(end) = object(passage, start).filter(|_| !other) else {
            break;
        };
        // `Embassy to Peru`: where it is, not what it is.
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
        if passage.tokens[last].word.possessive && !passage.is(last, Classes::OWNER) {
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
                let given = passage.is(next, Classes::GIVEN) && !passage.tokens[next].common;
                if titled || given {
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
                last = next;
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
