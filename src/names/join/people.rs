//! Which mentions mean the same person.
//!
//! Full names are joined first; then each bare name goes to the nearest full name before it that has the word,
//! else to the first one after it, else it stands for itself.

use std::collections::{HashMap, HashSet};

use super::{Joined, Open};
use crate::model::EntityKind;
use crate::model::reasons::{Bond, Unsure};
use crate::names::Found;

/// How many people of one name are looked at before a new one is made.
const LOOK_BACK: usize = 8;

/// Gives every mention of a person its group.
pub(in crate::names) fn join<'a>(text: &'a str, found: &[Found], joined: &mut Joined<'a>) {
    let mut register = Register::default();
    let people = || {
        found
            .iter()
            .enumerate()
            .filter(|(_, found)| found.kind == EntityKind::Person)
            .map(|(at, found)| (at, found.range.of(text)))
    };
    for (at, name) in people().filter(|(_, name)| is_full(name)) {
        joined.groups[at] = register.full(name, at, joined);
    }
    // The mention that a bare name would be read as, by its word.
    let mut recent: HashMap<&str, usize> = HashMap::new();
    let mut alone: HashMap<&str, u32> = HashMap::new();
    let mut taken: HashMap<(&str, u32), u32> = HashMap::new();
    for (at, name) in people() {
        if is_full(name) {
            for word in words(name) {
                recent.insert(word, at);
            }
            recent.insert(last_word(name), at);
            continue;
        }
        let word = last_word(name);
        let known = recent
            .get(word)
            .filter(|&&full| !register.is_last(word) || register.ends_in(joined.groups[full], word))
            .copied()
            .or_else(|| register.first_with(word));
        joined.groups[at] = match known {
            Some(full) => {
                let group = joined.groups[full];
                let bond = if register.ends_in(group, word) {
                    Bond::Surname
                } else {
                    Bond::GivenName
                };
                joined.tie(at, bond, full);
                *taken.entry((word, group)).or_default() += 1;
                group
            }
            None => *alone.entry(word).or_insert_with(|| joined.group()),
        };
    }
    register.tell_doubts(&taken, joined);
}

/// Whether a name has a first and a last part.
fn is_full(name: &str) -> bool {
    words(name).nth(1).is_some()
}

/// The words of a name that tell it from others: no particles, no `Jr.`
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '\u{a0}', ','])
        .filter(|word| !word.is_empty() && !is_suffix(word))
        .filter(|word| word.starts_with(|letter: char| letter.is_uppercase()) || word.contains('-'))
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV")
}

fn last_word(name: &str) -> &str {
    words(name).last().unwrap_or(name)
}

/// Full names and who bears them.
#[derive(Default)]
struct Register<'a> {
    /// First mention of each full name.
    exact: HashMap<&'a str, usize>,
    /// Every word of a full name, and the people whose names have it, with the first mention of that name.
    by_word: HashMap<&'a str, Vec<(u32, &'a str, usize)>>,
    /// Last words, and the people who bear them, each once, with the first mention of the name.
    by_last: HashMap<&'a str, Vec<(u32, usize)>>,
    lasts: HashSet<(u32, &'a str)>,
    /// Full names that fit several people: places in [`Joined::open`].
    vague: HashMap<&'a str, usize>,
}

impl<'a> Register<'a> {
    fn full(&mut self, name: &'a str, at: usize, joined: &mut Joined<'a>) -> u32 {
        if let Some(first) = self.exact.get(name) {
            joined.joins[at] = joined.joins[*first];
            if let Some(open) = self.vague.get(name) {
                joined.open[*open].groups[0].1 += 1;
            }
            return joined.groups[*first];
        }
        let last = last_word(name);
        let bearers = self.by_word.get(last).map_or(&[][..], Vec::as_slice);
        let mut fitting = bearers
            .iter()
            .rev()
            .take(LOOK_BACK)
            .filter_map(|(group, other, first)| Some((*group, same_person(name, other)?, *first)));
        let same = fitting.next();
        let group = same.map_or_else(|| joined.group(), |(group, _, _)| group);
        if let Some((_, bond, first)) = same {
            joined.tie(at, bond, first);
            let mut groups = vec![(group, 1)];
            for (other, _, _) in fitting {
                if groups.iter().all(|(group, _)| *group != other) {
                    groups.push((other, 0));
                }
            }
            if groups.len() > 1 {
                self.vague.insert(name, joined.open.len());
                joined.open.push(Open {
                    why: Unsure::FullName,
                    form: name,
                    groups,
                });
            }
        }
        self.exact.insert(name, at);
        if self.lasts.insert((group, last)) {
            self.by_last.entry(last).or_default().push((group, at));
        }
        for word in words(name) {
            let bearers = self.by_word.entry(word).or_default();
            bearers.push((group, name, at));
        }
        group
    }

    fn is_last(&self, word: &str) -> bool {
        self.by_last.contains_key(word)
    }

    fn ends_in(&self, group: u32, word: &str) -> bool {
        self.lasts.contains(&(group, word))
    }

    /// The first mention of the first full name with `word`.
    fn first_with(&self, word: &str) -> Option<usize> {
        if let Some(bearers) = self.by_last.get(word) {
            return bearers.first().map(|(_, at)| *at);
        }
        let bearers = self.by_word.get(word)?;
        bearers.first().map(|(_, _, at)| *at)
    }

    /// Notes every surname that several people bear. `taken`: how many bare names each of them was given.
    fn tell_doubts(&self, taken: &HashMap<(&'a str, u32), u32>, joined: &mut Joined<'a>) {
        for (word, bearers) in &self.by_last {
            if bearers.len() < 2 {
                continue;
            }
            let groups = bearers.iter().map(|(group, _)| {
                let taken = taken.get(&(*word, *group)).copied().unwrap_or(0);
                (*group, taken)
            });
            joined.open.push(Open {
                why: Unsure::Surname,
                form: word,
                groups: groups.collect(),
            });
        }
    }
}

/// Why two full names that share a word can be one person's, if they can.
fn same_person(a: &str, b: &str) -> Option<Bond> {
    let (a, b): (Vec<_>, Vec<_>) = (words(a).collect(), words(b).collect());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let mut rest = long.iter();
    if short.iter().all(|word| rest.any(|other| other == word)) {
        return Some(Bond::NameParts);
    }
    let one_last = a.last() == b.last();
    let (a, b) = (a.first()?, b.first()?);
    (one_last && same_first(a, b)).then_some(Bond::FirstNames)
}

/// `Tim` and `Timothy`, `J.` and `Jane`.
fn same_first(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = short
        .chars()
        .zip(long.chars())
        .take_while(|(a, b)| a == b)
        .count();
    shared == short.chars().count() || shared >= 3 && short.len() > 4
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
        ] {
            assert_eq!(same_person(a, b).is_some(), same, "{a} / {b}");
        }
    }
}
