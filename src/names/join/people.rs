//! Which mentions mean the same person.
//!
//! Full names are joined first; then each bare name goes to the nearest full name before it that has the word,
//! else to the first one after it, else it stands for itself. Last, what the text itself says is one is joined.

use std::collections::{HashMap, HashSet};

use super::person::{Name, same_person};
use super::{Joined, Open, alias};
use crate::model::EntityKind;
use crate::model::reasons::{Bond, Unsure};
use crate::names::Found;

/// How many people of one name are looked at before a new one is made.
const LOOK_BACK: usize = 8;

/// Gives every mention of a person its group.
pub(in crate::names) fn join<'a>(text: &'a str, found: &[Found], joined: &mut Joined<'a>) {
    let (names, people) = read(text, found);
    let mut register = Register::default();
    for &(at, name) in people.iter().filter(|(_, name)| names[*name].is_full()) {
        joined.groups[at] = register.full(&names, name, at, joined);
    }
    // The mention that a bare name would be read as, by its word.
    let mut recent: HashMap<&str, usize> = HashMap::new();
    let mut alone: HashMap<&str, u32> = HashMap::new();
    let mut taken: HashMap<(&str, u32), u32> = HashMap::new();
    for &(at, name) in &people {
        let name = &names[name];
        if name.is_full() {
            for word in &name.words {
                recent.insert(word, at);
            }
            continue;
        }
        let word = name.last();
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
    register.tell_doubts(&taken, &names, joined);
    let mentions: Vec<usize> = people.iter().map(|(at, _)| *at).collect();
    alias::join(text, found, &mentions, joined);
}

/// The spellings of names, and for each mention of a person its place in `found` and its spelling.
fn read<'a>(text: &'a str, found: &[Found]) -> (Vec<Name<'a>>, Vec<(usize, usize)>) {
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
    (names, people)
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
    /// First mention of each full name.
    exact: HashMap<usize, usize>,
    /// Every word of a full name, and the people whose names have it, with that name and its first mention.
    by_word: HashMap<&'a str, Vec<(u32, usize, usize)>>,
    /// Last words, and the people who bear them, each once, with the first mention of the name.
    by_last: HashMap<&'a str, Vec<(u32, usize)>>,
    /// Halves of last words with a hyphen, and the first mention with it.
    by_half: HashMap<&'a str, usize>,
    lasts: HashSet<(u32, &'a str)>,
    /// Full names that fit several people: places in [`Joined::open`].
    vague: HashMap<usize, usize>,
}

impl<'a> Register<'a> {
    fn full<'t>(
        &mut self,
        names: &'a [Name<'t>],
        name: usize,
        at: usize,
        joined: &mut Joined<'t>,
    ) -> u32 {
        if let Some(first) = self.exact.get(&name) {
            joined.joins[at] = joined.joins[*first];
            if let Some(open) = self.vague.get(&name) {
                joined.open[*open].groups[0].1 += 1;
            }
            return joined.groups[*first];
        }
        let words = &names[name].words;
        let mut fitting = words.iter().rev().flat_map(|word| {
            let bearers = self
                .by_word
                .get(word.as_str())
                .map_or(&[][..], Vec::as_slice);
            bearers
                .iter()
                .rev()
                .take(LOOK_BACK)
                .filter_map(|(group, other, first)| {
                    Some((*group, same_person(&names[name], &names[*other])?, *first))
                })
        });
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
                    form: names[name].spelling,
                    groups,
                });
            }
        }
        self.enter(names, name, (group, at));
        group
    }

    fn enter(&mut self, names: &'a [Name<'_>], name: usize, (group, at): (u32, usize)) {
        self.exact.insert(name, at);
        let last = names[name].last();
        if self.lasts.insert((group, last)) {
            self.by_last.entry(last).or_default().push((group, at));
        }
        if last.contains('-') {
            for half in last.split('-') {
                self.by_half.entry(half).or_insert(at);
            }
        }
        for word in &names[name].words {
            self.by_word
                .entry(word)
                .or_default()
                .push((group, name, at));
        }
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
        let within = self.by_word.get(word).and_then(|bearers| bearers.first());
        let half = || self.by_half.get(word).copied();
        within.map(|(_, _, at)| *at).or_else(half)
    }

    /// Notes every surname that several people bear. `taken`: how many bare names each of them was given.
    fn tell_doubts<'t>(
        &self,
        taken: &HashMap<(&str, u32), u32>,
        names: &[Name<'t>],
        joined: &mut Joined<'t>,
    ) {
        let several = self.by_last.iter().filter(|(_, bearers)| bearers.len() > 1);
        let several: HashMap<_, _> = several.collect();
        let mut told: HashSet<&str> = HashSet::new();
        for name in names.iter().filter(|name| name.is_full()) {
            let word = name.last();
            let Some(bearers) = several.get(&word).filter(|_| told.insert(word)) else {
                continue;
            };
            let groups = bearers.iter().map(|(group, _)| {
                let taken = taken.get(&(word, *group)).copied().unwrap_or(0);
                (*group, taken)
            });
            joined.open.push(Open {
                why: Unsure::Surname,
                form: name.last_spelling(),
                groups: groups.collect(),
            });
        }
    }
}
