//! What no name may be, whoever found it; and how far the names of people go where small words stand within.
//!
//! The last step of finding. Apart from the finders, as a trained model has its word after them.

use std::collections::HashSet;

use super::Found;
use super::join::person::{Name, is_particle};
use super::lexicon::{Classes, Lexicon};
use super::sieve;
use crate::model::EntityKind;
use crate::model::reasons::Seen;
use crate::text::TextRange;

/// Particles that are no words of another sense between two capital words.
const SURE: &[&str] = &[
    "'t", "a/l", "a/p", "ag", "al", "bin", "bint", "d/o", "den", "der", "el", "ibn", "kyzy",
    "ould", "s/o", "ten", "ter", "uulu", "van", "von", "wa", "wal", "zur", "’t",
];
/// Particles that in some language mean `and`.
const AND: &[&str] = &["e", "i", "u", "y"];

/// A name, or none, that a rule is sure of against any other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Firm {
    pub(super) range: TextRange,
    pub(super) kind: Option<EntityKind>,
    pub(super) rule: &'static str,
}

/// The names in `found`, sorted and disjoint as they were, set right. `firm` is sorted.
pub(super) fn mend(text: &str, found: Vec<Found>, firm: &[Firm]) -> Vec<Found> {
    let found = hold_firm(found, firm);
    let known = sieve::Known::read(text, &found);
    let mut cut = Vec::with_capacity(found.len());
    for found in found {
        if found.kind == EntityKind::Person {
            cut_person(text, found, &mut cut);
            continue;
        }
        let range = with_number(text, without_act(text, found.range));
        let found = Found { range, ..found };
        if found.kind == EntityKind::Place {
            cut.push(found);
        } else {
            sieve::sift(text, found, &known, &mut cut);
        }
    }
    let mut joined = join_particles(text, cut);
    let tails = tails(text, &joined);
    if !tails.is_empty() {
        take_in_particles(text, &mut joined, &tails);
    }
    joined
}

/// Lets `firm` stand, and what does not touch it.
fn hold_firm(found: Vec<Found>, firm: &[Firm]) -> Vec<Found> {
    if firm.is_empty() {
        return found;
    }
    let mut all = Vec::with_capacity(found.len() + firm.len());
    let mut rest = firm.iter().peekable();
    for found in found {
        while let Some(firm) = rest.next_if(|firm| firm.range.end() <= found.range.start()) {
            all.extend(stands(firm));
        }
        let touches = |firm: &&Firm| firm.range.start() < found.range.end();
        if !rest.peek().is_some_and(touches) {
            all.push(found);
        }
    }
    all.extend(rest.filter_map(stands));
    all
}

fn stands(firm: &Firm) -> Option<Found> {
    let kind = firm.kind?;
    Some(Found {
        range: firm.range,
        kind,
        seen: Some(Seen {
            rule: firm.rule,
            kind,
            exact: true,
        }),
        verdict: None,
    })
}

/// Cuts a person's name at marks that no name has, and takes titles off its front.
fn cut_person(text: &str, found: Found, into: &mut Vec<Found>) {
    let words = found.range.of(text);
    let marks = |letter: char| {
        matches!(
            letter,
            ';' | '|' | '\n' | '\t' | ':' | ',' | '–' | '—' | '(' | ')'
        )
    };
    let bracketed = words.contains('(') && words.contains(')');
    if bracketed || !words.contains(marks) && !words.contains(" - ") {
        into.push(Found {
            range: without_title(text, without_act(text, found.range)),
            ..found
        });
        return;
    }
    let mut start = 0;
    let mut first = true;
    while start < words.len() {
        let rest = words.get(start..).unwrap_or_default();
        let end = part_end(rest, marks).unwrap_or(rest.len());
        let part = rest.get(..end).unwrap_or_default();
        let trimmed = part.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '.');
        let full = trimmed.split(' ').count() > 1 && trimmed.starts_with(char::is_uppercase);
        if !trimmed.is_empty() && (first || full) {
            let lead = part.find(trimmed).unwrap_or(0);
            let from = found.range.start() + start + lead;
            let range = TextRange::new(from, from + trimmed.len());
            into.push(Found {
                range: without_title(text, range),
                ..found
            });
        }
        first = false;
        start += end
            + rest
                .get(end..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8);
    }
}

/// Where the part of a name ends at a mark; a comma before `Jr.` is none.
fn part_end(rest: &str, marks: impl Fn(char) -> bool) -> Option<usize> {
    let dash = rest.find(" - ");
    let mark = rest.char_indices().find(|&(at, letter)| {
        let suffix = || {
            let after = rest.get(at + 1..).unwrap_or_default().trim_start();
            ["Jr", "Sr", "II", "IV"]
                .iter()
                .any(|suffix| after.starts_with(suffix))
        };
        marks(letter) && !(letter == ',' && suffix())
    });
    let mark = mark.map(|(at, _)| at);
    dash.into_iter().chain(mark).min()
}

/// `Referee Ada Ode`: the name without the office before it.
fn without_title(text: &str, range: TextRange) -> TextRange {
    let lexicon = Lexicon::standard();
    let mut start = range.start();
    loop {
        let rest = TextRange::new(start, range.end()).of(text);
        let Some((word, after)) = rest.split_once(' ') else {
            break;
        };
        let bare = word.split_once('-').map_or(word, |(front, tail)| {
            let once = matches!(front, "Then" | "then" | "Ex" | "ex" | "Former");
            if once { tail } else { word }
        });
        let classes = lexicon.classes(bare);
        let name = Classes::GIVEN.or(Classes::SURNAME).or(Classes::LEADER);
        let kinds = Classes::TITLE.or(Classes::HONORIFIC);
        let office = classes.any(kinds) && !classes.any(name);
        if !office || !after.contains(' ') || !after.starts_with(char::is_uppercase) {
            break;
        }
        start += word.len() + 1;
    }
    TextRange::new(start, range.end())
}

/// `Sanctioning Peruvian Police`: the name without the act before it.
fn without_act(text: &str, range: TextRange) -> TextRange {
    let words = range.of(text);
    let Some((act, rest)) = words.split_once(' ') else {
        return range;
    };
    let next = rest.split(' ').next().unwrap_or(rest);
    let lexicon = Lexicon::standard();
    let named = Classes::NATIONALITY.or(Classes::COUNTRY).or(Classes::GIVEN);
    let doing = act.len() > 6
        && act.ends_with("ing")
        && !lexicon
            .classes(act)
            .any(Classes::GIVEN.or(Classes::LISTED_PLACE))
        && lexicon.classes(next).any(named)
        && rest.contains(' ');
    if doing {
        TextRange::new(range.start() + act.len() + 1, range.end())
    } else {
        range
    }
}

/// Bodies that are told apart by a number.
const NUMBERED: &[&str] = &[
    "Barrio",
    "Battalion",
    "Battery",
    "Brigade",
    "Center",
    "Centre",
    "Channel",
    "Company",
    "Corps",
    "Division",
    "Fleet",
    "Local",
    "Lodge",
    "No",
    "Precinct",
    "Radio",
    "Regiment",
    "School",
    "Squadron",
    "Unit",
    "radio",
];

/// `Local 33`, `the 1718 Committee`: the body with the number that tells which it is.
fn with_number(text: &str, range: TextRange) -> TextRange {
    let words = range.of(text);
    let digits = |rest: &str| {
        let end = rest.find(|letter: char| !letter.is_ascii_digit());
        end.unwrap_or(rest.len())
    };
    let last = words.rsplit(' ').next().unwrap_or(words);
    if NUMBERED.contains(&last) {
        let rest = TextRange::new(range.end(), text.len()).of(text);
        let sign = [" No. ", ". ", " "].iter().find(|sign| {
            (**sign != ". " || last == "No")
                && rest
                    .strip_prefix(**sign)
                    .is_some_and(|rest| digits(rest) > 0)
        });
        if let Some(sign) = sign {
            let number = digits(rest.get(sign.len()..).unwrap_or_default());
            let end = range.end() + sign.len() + number;
            let whole = TextRange::new(end, text.len()).of(text);
            if number < 6 && !whole.starts_with([',', '.', '%'])
                || whole.starts_with([',', '.'])
                    && !whole
                        .get(1..2)
                        .is_some_and(|next| next.starts_with(|digit: char| digit.is_ascii_digit()))
            {
                return TextRange::new(range.start(), end);
            }
        }
    }
    range
}

/// Makes one of two parts of a name with particles between: `Salem ould Ode`.
fn join_particles(text: &str, found: Vec<Found>) -> Vec<Found> {
    let mut joined: Vec<Found> = Vec::with_capacity(found.len());
    for found in found {
        let Some(before) = joined
            .last_mut()
            .filter(|before| before.kind == EntityKind::Person)
        else {
            joined.push(found);
            continue;
        };
        let gap = found.range.start().saturating_sub(before.range.end());
        let between = TextRange::new(before.range.end(), found.range.start()).of(text);
        let only = gap > 2 && gap < 16 && particles(between);
        let sure = || between.split_whitespace().all(|word| SURE.contains(&word));
        let place = found.kind == EntityKind::Place;
        if only && (found.kind == EntityKind::Person || sure() && !place) {
            before.range = TextRange::new(before.range.start(), found.range.end());
        } else {
            joined.push(found);
        }
    }
    let mut end = text.len();
    for found in joined.iter_mut().rev() {
        if found.kind == EntityKind::Person {
            found.range = with_next(text, found.range, end);
        }
        end = found.range.start();
    }
    joined
}

fn particles(between: &str) -> bool {
    let particle = |word: &str| (is_particle(word) || SURE.contains(&word)) && !AND.contains(&word);
    between.starts_with(' ') && between.ends_with(' ') && between.split_whitespace().all(particle)
}

/// The name with the capital word after a particle: ` wa Ode`. Nothing after `limit` is taken.
fn with_next(text: &str, range: TextRange, limit: usize) -> TextRange {
    let rest = TextRange::new(range.end(), limit.max(range.end())).of(text);
    let mut words = rest.split(' ');
    if words.next() != Some("") {
        return range;
    }
    let mut length = 0;
    for word in words.take(4) {
        if SURE.contains(&word) {
            length += word.len() + 1;
            continue;
        }
        let end = word.find(|letter: char| !letter.is_alphanumeric() && letter != '-');
        let name = word.get(..end.unwrap_or(word.len())).unwrap_or(word);
        if length == 0 || !name.starts_with(char::is_uppercase) {
            break;
        }
        return TextRange::new(range.start(), range.end() + length + 1 + name.len());
    }
    range
}

/// What may stand for the full names in `found`: from a particle to the end.
fn tails(text: &str, found: &[Found]) -> HashSet<String> {
    let people = found
        .iter()
        .filter(|found| found.kind == EntityKind::Person);
    let spaced = people
        .map(|found| found.range.of(text))
        .filter(|name| name.contains(' '));
    let distinct: HashSet<&str> = spaced.collect();
    distinct
        .into_iter()
        .flat_map(|name| Name::read(name).tails())
        .collect()
}

/// `De la Ode`, where someone is called `Ada de la Ode`.
fn take_in_particles(text: &str, found: &mut Vec<Found>, tails: &HashSet<String>) {
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for mut found in found.drain(..) {
        let words = found.range.of(text);
        if found.kind != EntityKind::Person {
            // `Al-Ode`, where someone is called `Ada al-Ode`.
            if !words.contains(' ') && tails.contains(&words.to_lowercase()) {
                found.kind = EntityKind::Person;
            }
            let particle = words
                .split_once(' ')
                .is_some_and(|(word, _)| is_particle(&word.to_lowercase()));
            if particle && tails.contains(&words.to_lowercase()) {
                found.kind = EntityKind::Person;
            }
            kept.push(found);
            continue;
        }
        if let Some(start) = tail_start(text, found.range, tails) {
            while kept
                .last()
                .is_some_and(|before| before.range.start() >= start)
            {
                kept.pop();
            }
            if kept.last().is_none_or(|before| before.range.end() <= start) {
                found.range = TextRange::new(start, found.range.end());
            }
        }
        kept.push(found);
    }
    *found = kept;
}

fn tail_start(text: &str, range: TextRange, tails: &HashSet<String>) -> Option<usize> {
    let before = TextRange::new(0, range.start())
        .of(text)
        .strip_suffix(' ')?;
    let mut longest = None;
    let mut start = before.len();
    for word in before.rsplit([' ', '\n', '\t', '"', '“', '(']).take(3) {
        if !is_particle(&word.to_lowercase()) {
            break;
        }
        start -= word.len();
        let whole = TextRange::new(start, range.end()).of(text).to_lowercase();
        if tails.contains(&whole) {
            longest = Some(start);
        }
        start = start.saturating_sub(1);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::tests::marked;

    #[test]
    fn names_of_people_are_cut_and_made_whole() {
        for (given, expected) in [
            ("[Ada Quell; Tom Moor]", &["Ada Quell", "Tom Moor"][..]),
            ("[ADA QUELL - Claimant]", &["ADA QUELL"]),
            ("[Tom Moor, Jr.] left", &["Tom Moor, Jr."]),
            ("[Referee Ada Quell]", &["Ada Quell"]),
            ("[Then-Senator Ada Quell]", &["Ada Quell"]),
            ("[Salem] ould [Moor]", &["Salem ould Moor"]),
            ("[Bingu] wa Quell, who", &["Bingu wa Quell"]),
            ("[Ada] van 't [Hoff]", &["Ada van 't Hoff"]),
            (
                "[Ana de la Ode] left. De la [Ode] won.",
                &["Ana de la Ode", "De la Ode"],
            ),
            ("[Ada Ode] y [Tom Moor]", &["Ada Ode", "Tom Moor"]),
            ("[Sanctioning Peruvian Quell] x", &["Peruvian Quell"]),
        ] {
            let (text, found) = marked(given, EntityKind::Person);
            let mended = mend(&text, found, &[]);
            let names: Vec<&str> = mended.iter().map(|found| found.range.of(&text)).collect();
            assert_eq!(names, expected, "{given}");
        }
    }

    #[test]
    fn a_number_that_tells_which_is_of_the_name() {
        for (text, end, expected) in [
            ("Teamsters Local 617 met", 15, "Teamsters Local 617"),
            ("Road Battalion No. 18.", 17, "Road Battalion No. 18"),
            ("Regiment 842, which", 8, "Regiment 842"),
            ("The Senate 51 times", 10, "The Senate"),
            ("Channel 5,000 people", 7, "Channel"),
        ] {
            let range = with_number(text, TextRange::new(0, end));
            assert_eq!(range.of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_firm_rule_stands_against_what_touches_it() {
        let (text, found) = marked("[Ada Quell] Airport and [Tom Moor]", EntityKind::Person);
        let firm = Firm {
            range: TextRange::new(0, 17),
            kind: Some(EntityKind::Place),
            rule: "site",
        };
        let mended = mend(&text, found, &[firm]);
        let names: Vec<&str> = mended.iter().map(|found| found.range.of(&text)).collect();
        assert_eq!(names, ["Ada Quell Airport", "Tom Moor"]);
        assert_eq!(mended[0].kind, EntityKind::Place);
    }
}
