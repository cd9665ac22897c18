//! The words of a body's name as they are compared: without what varies, and with the state it is of.

use crate::names::lexicon::{Classes, Lexicon};
use crate::text::TextRange;

/// What may stand for a body's name: what it ends in, its head word before `of`, and what a department is over.
pub(super) fn shorter(rest: &str) -> Vec<String> {
    let mut short = Vec::new();
    for (at, _) in rest.match_indices(' ') {
        let (before, after) = (
            rest.get(..at).unwrap_or(""),
            rest.get(at + 1..).unwrap_or(""),
        );
        let last = before.rsplit(' ').next().unwrap_or(before);
        if !matches!(last, "of" | "the" | "and" | "to" | "in" | "at") && !after.starts_with("of ") {
            short.push(after.to_owned());
        }
    }
    // `Banco Ode` for `Banco Ode del Sur`
    let front = [" del ", " do ", " du ", " de "]
        .iter()
        .find_map(|link| rest.split_once(link));
    if let Some((front, _)) = front.filter(|(front, _)| front.contains(' ')) {
        short.push(format!("{front} …"));
    }
    if let Some((head, matter)) = rest.split_once(" of ") {
        if !head.contains(' ') {
            short.push(head.to_owned());
        }
        let last = head.rsplit(' ').next().unwrap_or(head);
        if matches!(last, "department" | "brotherhood" | "ministry") {
            short.push(format!("of {matter}"));
        }
    }
    short
}

/// Words at the end of a name that only say what it is of: `Ode Airlines`.
const KINDS: &[&str] = &[
    "AG",
    "Airlines",
    "Airways",
    "Co.",
    "Company",
    "Corp",
    "Corp.",
    "Corporation",
    "GmbH",
    "Group",
    "Holdings",
    "Inc",
    "Inc.",
    "LLC",
    "Limited",
    "Ltd",
    "Ltd.",
    "NV",
    "PLC",
    "Party",
    "Ratings",
    "SA",
    "TV",
    "Television",
    "newspaper",
    "party",
    "plc",
];

/// The name without the last word, where that only says what it is of.
pub(super) fn without_kind(words: &str) -> Option<&str> {
    let (name, kind) = words.rsplit_once(' ')?;
    KINDS.contains(&kind).then(|| name.trim_end_matches(','))
}

pub(super) fn initials_of(words: &str) -> String {
    words
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "the" | "and" | "for" | "on" | "in" | "&"))
        .filter_map(|word| word.chars().next())
        .collect()
}

/// Whether a word says that it is a public body: `Foreign Ministry`, but not `CIA`.
pub(super) fn has_head(words: &str, lexicon: &Lexicon) -> bool {
    words.split(' ').any(|word| {
        let classes = lexicon.classes(word);
        classes.any(
            Classes::AGENCY
                .or(Classes::LOWER_BODY)
                .or(Classes::CAPACITY),
        )
    })
}

/// The line of the country `words` name, or whose people they do: `South Korean`.
fn country(words: &str, lexicon: &Lexicon) -> Option<u32> {
    let of_people = || lexicon.country(words.strip_suffix('n')?);
    lexicon.country(words).or_else(of_people)
}

/// The state that the text beside a body says it is of: `Peru’s` before it, or `of Peru` after it.
pub(super) fn owner(text: &str, range: TextRange) -> Option<u32> {
    let lexicon = Lexicon::standard();
    let before = text.get(..range.start())?;
    let possessive = before
        .strip_suffix("'s ")
        .or_else(|| before.strip_suffix("’s "));
    let (words, from_end) = if let Some(before) = possessive {
        (before, true)
    } else {
        let after = text.get(range.end()..)?.strip_prefix(" of ")?;
        (after.strip_prefix("the ").unwrap_or(after), false)
    };
    let parts: Vec<&str> = if from_end {
        words.rsplitn(5, [' ', '\n']).take(4).collect()
    } else {
        let ends = |letter: char| matches!(letter, ' ' | '\n' | ',' | '.' | ';' | ')');
        words.splitn(5, ends).take(4).collect()
    };
    (1..=parts.len()).rev().find_map(|count| {
        let mut some: Vec<&str> = parts.get(..count)?.to_vec();
        if from_end {
            some.reverse();
        }
        lexicon.country(&some.join(" "))
    })
}

/// The state at the front or the end of a body's name, and the rest: `U.S.` and `Cyber Command`.
pub(super) fn split_state<'a>(words: &'a str, lexicon: &Lexicon) -> (Option<String>, &'a str) {
    let words = words
        .strip_prefix("The ")
        .or(words.strip_prefix("the "))
        .unwrap_or(words);
    let spaces = words.match_indices(' ').map(|(at, _)| at).take(3);
    for space in spaces.collect::<Vec<_>>().into_iter().rev() {
        let Some((state, rest)) = words.split_at_checked(space) else {
            continue;
        };
        let rest = rest.trim_start();
        if rest.starts_with(char::is_lowercase) && rest.starts_with("of ") {
            continue;
        }
        let union = matches!(state, "UN" | "U.N." | "United Nations" | "EU");
        let listed = lexicon.listed(state).filter(|_| union);
        if let Some(listed) = listed {
            return (Some(listed.line.to_string()), rest);
        }
        if let Some(line) = country(state, lexicon) {
            return (Some(line.to_string()), rest);
        }
        if lexicon.classes(state).any(Classes::NATIONALITY) {
            return (Some(state.to_owned()), rest);
        }
    }
    let last = words.rsplit_once(" of the ").or(words.rsplit_once(" of "));
    if let Some((rest, line)) =
        last.and_then(|(rest, state)| Some((rest, country(state, lexicon)?)))
        && has_head(rest, lexicon)
    {
        return (Some(line.to_string()), rest);
    }
    (None, words)
}

/// A form with what varies between writers taken out.
pub(super) fn fold(words: &str) -> String {
    let mut folded = words
        .to_lowercase()
        .replace('’', "'")
        .replace(" & ", " and ")
        .replace("organisation", "organization")
        .replace("centre", "center")
        .replace("defence", "defense")
        .replace("labour", "labor")
        .replace("programme", "program")
        .replace(" for ", " of ")
        .replace(" on ", " of ")
        .replace('-', " ");
    if let Some(rest) = folded.strip_prefix("the ") {
        folded = rest.to_owned();
    }
    if matches!(
        folded.as_str(),
        "foreign office" | "foreign affairs ministry"
    ) {
        "foreign ministry".clone_into(&mut folded);
    }
    for head in ["department", "ministry"] {
        let turned = folded
            .strip_suffix(head)
            .and_then(|rest| rest.strip_suffix(' '))
            .map(|rest| format!("{head} of {rest}"));
        if let Some(turned) = turned {
            return turned;
        }
        if let Some(rest) = folded.strip_prefix(&format!("{head} of the ")) {
            return format!("{head} of {rest}");
        }
    }
    if folded == "ministry of foreign affairs" {
        "ministry of foreign".clone_into(&mut folded);
    }
    folded
}
