//! Which mentions mean the same person.
//!
//! Full names are joined first; then each bare name goes to the nearest full name before it that has the word,
//! else to the first one after it, else it stands for itself. Last, what the text itself says is one is joined.

use std::collections::{HashMap, HashSet};

use super::alias;
use super::person::{Name, same_person};
use crate::model::EntityKind;
use crate::names::Found;

/// How many people of one name are looked at before a new one is made.
const LOOK_BACK: usize = 8;

/// Gives every mention of a person its group; counts groups on from `count`.
pub(in crate::names) fn join(text: &str, found: &[Found], groups: &mut [u32], count: &mut u32) {
    let mut spellings: HashMap<&str, usize> = HashMap::new();
    let mut names: Vec<Name> = Vec::new();
    let mut people: Vec<(usize, usize)> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        if found.kind == EntityKind::Person {
            let spelling = found.range.of(text);
            let name = *spellings.entry(spelling).or_insert_with(|| {
                names.push(Name::read(spelling));
                names.len() - 1
            });
            names[name].kin |= names[name].is_full() && alias::kin(text, found.range);
            people.push((at, name));
        }
    }
    settle_bare(&mut names);
    let mut register = Register::default();
    for &(at, name) in people.iter().filter(|(_, name)| names[*name].is_full()) {
        groups[at] = register.full(&names, name, count);
    }
    let mut recent: HashMap<&str, u32> = HashMap::new();
    let mut alone: HashMap<&str, u32> = HashMap::new();
    for &(at, name) in &people {
        let name = &names[name];
        if name.is_full() {
            for word in &name.words {
                recent.insert(word, groups[at]);
            }
            continue;
        }
        let word = name.last();
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
    let mentions: Vec<usize> = people.iter().map(|(at, _)| *at).collect();
    alias::join(text, found, &mentions, groups);
}

/// Whether two forms of a name have a word in common.
pub(in crate::names) fn share_a_word(one: &str, other: &str) -> bool {
    let other = Name::read(other);
    Name::read(one)
        .words
        .iter()
        .any(|word| other.words.contains(word))
}

/// `Van Ode` has two capital words, but is a bare name where someone is called `Ada van Ode`.
fn settle_bare(names: &mut [Name]) {
    let tails: HashSet<String> = names.iter().flat_map(Name::tails).collect();
    for name in names.iter_mut() {
        name.bare = tails.contains(&name.whole);
    }
}

/// Full names and who bears them.
#[derive(Default)]
struct Register<'a> {
    exact: HashMap<usize, u32>,
    /// Every word of a full name, and the people whose names have it, with that name.
    by_word: HashMap<&'a str, Vec<(u32, usize)>>,
    /// Last words, and the first person with it.
    by_last: HashMap<&'a str, u32>,
    /// Halves of last words with a hyphen, and the first person with it.
    by_half: HashMap<&'a str, u32>,
    lasts: HashSet<(u32, &'a str)>,
}

impl<'a> Register<'a> {
    fn full(&mut self, names: &'a [Name<'a>], name: usize, count: &mut u32) -> u32 {
        if let Some(group) = self.exact.get(&name) {
            return *group;
        }
        let words = &names[name].words;
        let bearer = |word: &String| {
            let bearers = self.by_word.get(word.as_str())?;
            let mut latest = bearers.iter().rev().take(LOOK_BACK);
            latest.find(|(_, other)| same_person(&names[name], &names[*other]))
        };
        let same = words.iter().rev().find_map(bearer);
        let group = same.map_or(*count, |(group, _)| *group);
        if group == *count {
            *count += 1;
        }
        self.exact.insert(name, group);
        let last = names[name].last();
        self.by_last.entry(last).or_insert(group);
        self.lasts.insert((group, last));
        if last.contains('-') {
            for half in last.split('-') {
                self.by_half.entry(half).or_insert(group);
            }
        }
        for word in words {
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
        let within = || {
            let bearers = self.by_word.get(word)?;
            bearers.first().map(|(group, _)| group)
        };
        let last = self.by_last.get(word);
        last.or_else(within).or_else(|| self.by_half.get(word))
    }
}
