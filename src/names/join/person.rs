//! [`Name`]: the words of a person's name, in a spelling that does not vary; and when two names can be one person's.

use std::sync::OnceLock;

use crate::model::reasons::Bond;
use crate::names::lexicon::{Classes, Lexicon};
use crate::names::quick::QuickMap;

/// Beginnings that are left out where names are compared: `al-Ode` and `Ode` are one.
const ARTICLES: &[&str] = &["al-", "el-"];

/// A spelling of a person's name.
#[derive(Debug)]
pub(in crate::names) struct Name<'a> {
    /// The words that tell it from others: no small particles, no `Jr.`
    pub(super) words: Vec<String>,
    pub(super) spelling: &'a str,
    /// All of it in small letters.
    pub(super) whole: String,
    /// Whether the text calls someone else the kin of its bearer: `the son of`.
    pub(super) kin: bool,
    suffix: Option<&'a str>,
    /// Known to be a part of somebody's full name.
    pub(super) bare: bool,
}

impl<'a> Name<'a> {
    pub(in crate::names) fn read(spelling: &'a str) -> Self {
        let parts = || {
            spelling
                .split([' ', '\u{a0}', ',', '"', '“', '”'])
                .filter(|part| !part.is_empty())
        };
        let tells = |part: &&str| {
            !is_suffix(part)
                && (part.starts_with(char::is_uppercase)
                    || part.contains('-')
                    || part.contains(char::is_uppercase))
        };
        let mut words: Vec<String> = parts().filter(tells).map(key).collect();
        if words.is_empty() {
            words.push(key(spelling));
        }
        Self {
            words,
            spelling,
            whole: spelling.to_lowercase(),
            kin: false,
            suffix: parts().find(|part| is_suffix(part)),
            bare: false,
        }
    }

    /// Whether it has a first and a last part.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1 && !self.bare
    }

    pub(super) fn last(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }

    /// The last word as it is spelt.
    pub(in crate::names) fn last_spelling(&self) -> &'a str {
        let parts = self.spelling.split([' ', '\u{a0}', ',']);
        let word = parts.rev().find(|part| key(part) == self.last());
        word.unwrap_or(self.spelling)
    }

    /// What may stand for it alone: from each of its particles to the end.
    pub(in crate::names) fn tails(&self) -> Vec<String> {
        let breaks = self.whole.match_indices(' ');
        breaks
            .filter_map(|(at, _)| self.whole.get(at + 1..))
            .filter(|tail| {
                tail.split_once(' ')
                    .is_some_and(|(word, _)| is_particle(word))
            })
            .map(str::to_owned)
            .collect()
    }
}

/// `van`, `de la`, `al`: in small letters.
pub(in crate::names) fn is_particle(word: &str) -> bool {
    Lexicon::standard().classes(word).any(Classes::PARTICLE)
}

fn key(word: &str) -> String {
    let small = word.to_lowercase().replace('’', "'");
    ARTICLES
        .iter()
        .find_map(|article| small.strip_prefix(article))
        .filter(|rest| !rest.is_empty())
        .map(str::to_owned)
        .unwrap_or(small)
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

/// Why two full names that share a word can be one person's, if they can.
pub(super) fn same_person(a: &Name, b: &Name) -> Option<Bond> {
    let (short, long) = if a.words.len() <= b.words.len() {
        (a, b)
    } else {
        (b, a)
    };
    let rival = a.suffix.is_some() && b.suffix.is_some() && a.suffix != b.suffix;
    // `Tom Ode, Jr.` is the son of `Tom Vincent Ode`.
    let son = short.suffix.is_some() && long.suffix.is_none();
    if rival || son && short.words.len() < long.words.len() {
        return None;
    }
    let (first, other) = (short.words.first()?, long.words.first()?);
    let mut rest = long.words.iter();
    if short
        .words
        .iter()
        .all(|word| rest.any(|other| other == word))
    {
        // `Saif Peter Ode, the son of Peter Ode`
        return (first == other || !short.kin).then_some(Bond::NameParts);
    }
    let turned = short.words.len() == 2
        && long.words.len() == 2
        && short.words[0] == long.words[1]
        && short.words[1] == long.words[0];
    if turned {
        return Some(Bond::Spelling);
    }
    let alike = short.last() == long.last() && same_first(first, other) && middles_fit(short, long);
    alike.then_some(Bond::FirstNames)
}

/// Whether neither has a name in the middle that the other would have to have.
fn middles_fit(a: &Name, b: &Name) -> bool {
    let (Some(a), Some(b)) = (
        a.words.get(1..a.words.len() - 1),
        b.words.get(1..b.words.len() - 1),
    ) else {
        return true;
    };
    let fits = |one: &String| {
        b.iter()
            .any(|other| one.chars().next() == other.chars().next())
    };
    a.is_empty() || b.is_empty() || a.iter().any(fits)
}

/// Endings that make a man's name a woman's.
const WOMEN: &[&str] = &["a", "e", "elle", "ette", "ia", "ina", "ine"];

/// `Tim` and `Timothy`, `J.` and `Jane`, `Bob` and `Robert`, but not `Paul` and `Paula`, `Abdul` and `Abdulaziz`.
fn same_first(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let listed = |short: &str, long: &str| {
        let names = nicknames().get(short);
        names.is_some_and(|names| names.contains(&long))
    };
    let count = short.chars().count();
    if short == long || listed(short, long) || listed(long, short) {
        return true;
    }
    let rest = long.strip_prefix(short);
    if count == 1 {
        return rest.is_some();
    }
    if is_given(short) && is_given(long) {
        // Two names that many bear are two people's, unless they are spellings of one.
        return bones(short) == bones(long);
    }
    let shared = short.chars().zip(long.chars()).take_while(|(a, b)| a == b);
    let spelt = shared.count() >= 4
        && long.chars().count() <= count + 1
        && short.ends_with('a') == long.ends_with('a');
    spelt || rest.is_some_and(|rest| !WOMEN.contains(&rest))
}

/// Whether the lists have the first name `word`, which is in small letters.
fn is_given(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let name: String = first.chain(letters).collect();
    Lexicon::standard().classes(&name).any(Classes::GIVEN)
}

/// A name without what its spellings differ in: `Sergei` and `Sergey`, `Mohamed` and `Mohammed`.
fn bones(name: &str) -> String {
    let mut bones = String::with_capacity(name.len());
    for letter in name.chars() {
        let letter = if matches!(letter, 'y' | 'j') {
            'i'
        } else {
            letter
        };
        if !bones.ends_with(letter) {
            bones.push(letter);
        }
    }
    bones
}

/// Short forms of first names, and whose they are; all in small letters.
fn nicknames() -> &'static QuickMap<&'static str, Vec<&'static str>> {
    static NAMES: OnceLock<QuickMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: QuickMap<_, Vec<_>> = QuickMap::default();
        let list = include_str!("../../../assets/lexicon/nicknames.txt");
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let (name, short) = line.split_once(" = ").unwrap_or((line, ""));
            for short in short.split_whitespace() {
                names.entry(short).or_default().push(name);
            }
        }
        names
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_under_two_full_names() {
        for (a, b, same) in [
            ("Tim Ode", "Timothy Ode", true),
            ("W. Ode", "Wanda R. Ode", true),
            ("Wanda R. Ode", "Wanda Ode", true),
            ("Nico Moor", "Nico Moor Ruiz", true),
            ("Anna Ode", "Peter Ode", false),
            ("Bob Ode", "Robert Ode", true),
            ("Paul Ode", "Paula Ode", false),
            ("Abdul Ode", "Abdulaziz Ode", false),
            ("Maria Ode", "Marian Ode", false),
            ("Sergei Ode", "Sergey Ode", true),
            ("Dan Ode", "Daniel Ode", true),
            ("Quel Ode", "Quelana Ode", true),
            ("Christine Ode", "Christopher Ode", false),
            ("Quell Ada", "Ada Quell", true),
            ("ADA QUELL", "Ada Quell", true),
            ("Tom Ode, Jr.", "Tom Vincent Ode", false),
            ("Tom Ode Jr.", "Tom Ode", true),
            ("Peter Ode", "Saif Peter Ode", true),
            ("Moor Ruiz", "Nico Moor Ruiz", true),
            ("Tariq Zahid Ode", "Tariq Sikandar Ode", false),
        ] {
            let (one, other) = (Name::read(a), Name::read(b));
            assert_eq!(same_person(&one, &other).is_some(), same, "{a} / {b}");
            assert_eq!(same_person(&other, &one).is_some(), same, "{b} / {a}");
        }
    }

    #[test]
    fn a_father_is_not_the_son_who_bears_his_name() {
        let (mut father, son) = (Name::read("Peter Ode"), Name::read("Saif Peter Ode"));
        father.kin = true;
        assert_eq!(same_person(&father, &son), None);
    }

    #[test]
    fn a_particle_begins_what_stands_for_the_whole() {
        let name = Name::read("Ada van der Ode");
        assert_eq!(name.tails(), ["van der ode", "der ode"]);
        assert_eq!(Name::read("al-Ode").words, Name::read("Ode").words);
    }
}
