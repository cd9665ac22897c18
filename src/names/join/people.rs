//! Which mentions mean the same person.
//!
//! Full names are joined first; then each bare name goes to the nearest full name before it that has the word,
//! else to the first one after it, else it stands for itself.

use std::collections::{HashMap, HashSet};

use crate::model::EntityKind;
use crate::names::Found;

/// How many people of one name are looked at before a new one is made.
const LOOK_BACK: usize = 8;

/// Gives every mention of a person its group; counts groups on from `count`.
pub(in crate::names) fn join(text: &str, found: &[Found], groups: &mut [u32], count: &mut u32) {
    let mut register = Register::default();
    let people = || {
        found
            .iter()
            .enumerate()
            .filter(|(_, found)| found.kind == EntityKind::Person)
            .map(|(at, found)| (at, found.range.of(text)))
    };
    for (at, name) in people().filter(|(_, name)| is_full(name)) {
        groups[at] = register.full(name, count);
    }
    let mut recent: HashMap<&str, u32> = HashMap::new();
    let mut alone: HashMap<&str, u32> = HashMap::new();
    for (at, name) in people() {
        if is_full(name) {
            for word in words(name) {
                recent.insert(word, groups[at]);
            }
            recent.insert(last_word(name), groups[at]);
            continue;
        }
        let word = last_word(name);
        let known = recent
            .get(word)
            .filter(|group| !register.is_last(word) || register.ends_in(**group, word))
            .or_else(|| register.first_with(word));
        groups[at] = known.copied().unwrap_or_else(|| {
            *alone.entry(word).or_insert_with(|| {
                *count += 1;
                *count - 1
            })
        });
    }
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
    exact: HashMap<&'a str, u32>,
    /// Every word of a full name, and the people whose names have it, with that name.
    by_word: HashMap<&'a str, Vec<(u32, &'a str)>>,
    /// Last words, and the first person with it.
    by_last: HashMap<&'a str, u32>,
    lasts: HashSet<(u32, &'a str)>,
}

impl<'a> Register<'a> {
    fn full(&mut self, name: &'a str, count: &mut u32) -> u32 {
        if let Some(group) = self.exact.get(name) {
            return *group;
        }
        let last = last_word(name);
        let same = self.by_word.get(last).and_then(|bearers| {
            bearers
                .iter()
                .rev()
                .take(LOOK_BACK)
                .find(|(_, other)| same_person(name, other))
        });
        let group = same.map_or(*count, |(group, _)| *group);
        if group == *count {
            *count += 1;
        }
        self.exact.insert(name, group);
        self.by_last.entry(last).or_insert(group);
        self.lasts.insert((group, last));
        for word in words(name) {
            self.by_word.entry(word).or_default().push((group, name));
        }
        group
    }

    fn is_last(&self, word: &str) -> bool {
        self.by_last.contains_key(word)
    }

    fn ends_in(&self, group: u32, word: &str) -> bool {
        self.lasts.contains(&(group, word))
    }

    fn first_with(&self, word: &str) -> Option<&u32> {
        self.by_last.get(word).or_else(|| {
            let bearers = self.by_word.get(word)?;
            bearers.first().map(|(group, _)| group)
        })
    }
}

/// Whether two full names that share a word can be one person's.
fn same_person(a: &str, b: &str) -> bool {
    let (a, b): (Vec<_>, Vec<_>) = (words(a).collect(), words(b).collect());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    let mut rest = long.iter();
    if short.iter().all(|word| rest.any(|other| other == word)) {
        return true;
    }
    let one_last = a.last() == b.last();
    let (Some(a), Some(b)) = (a.first(), b.first()) else {
        return false;
    };
    one_last && same_first(a, b)
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
            assert_eq!(same_person(a, b), same, "{a} / {b}");
        }
    }
}
