//! Which mentions mean the same body, and which the same place.
//!
//! Forms are compared, not mentions: each form has keys, and forms that share a key are one.

use std::collections::HashMap;

use crate::model::EntityKind;
use crate::names::Found;
use crate::names::book::abbreviates;
use crate::names::lexicon::{Classes, Lexicon};
use crate::text::TextRange;

/// Gives every mention of a body or place its group; counts groups on from `count`.
pub(in crate::names) fn join(text: &str, found: &[Found], groups: &mut [u32], count: &mut u32) {
    let mut forms = Forms::default();
    let mut of: Vec<(usize, usize)> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        if found.kind != EntityKind::Person {
            of.push((
                at,
                forms.add(found.range.of(text), found.kind == EntityKind::Place),
            ));
        }
    }
    for pair in of.windows(2) {
        let (long, short) = (found[pair[0].0].range, found[pair[1].0].range);
        if in_brackets(text, long, short) {
            forms.join_acronym(pair[0].1, pair[1].1);
        }
    }
    forms.join_by_keys();
    forms.join_by_initials();
    let mut ids: HashMap<usize, u32> = HashMap::new();
    for (at, form) in of {
        let root = forms.root(form);
        groups[at] = *ids.entry(root).or_insert_with(|| {
            *count += 1;
            *count - 1
        });
    }
}

/// Whether `short` stands in brackets right after `long`.
fn in_brackets(text: &str, long: TextRange, short: TextRange) -> bool {
    let between = TextRange::new(long.end(), short.start().max(long.end())).of(text);
    let after = TextRange::new(short.end(), text.len()).of(text);
    between.trim_start_matches(['\'', '’', 's']).trim_start() == "("
        && after.starts_with([')', ',', ';'])
}

#[derive(Default)]
struct Forms<'a> {
    ids: HashMap<&'a str, usize>,
    list: Vec<Form<'a>>,
    /// Union-find: the form each one is joined to.
    joined: Vec<usize>,
}

struct Form<'a> {
    words: &'a str,
    place: bool,
    /// The state it belongs to, and what is left of it without.
    state: Option<String>,
    rest: String,
    line: Option<u32>,
}

impl<'a> Forms<'a> {
    fn add(&mut self, words: &'a str, place: bool) -> usize {
        if let Some(id) = self.ids.get(words) {
            return *id;
        }
        let id = self.list.len();
        let lexicon = Lexicon::standard();
        let (state, rest) = if place {
            (None, words)
        } else {
            split_state(words, lexicon)
        };
        self.list.push(Form {
            words,
            place,
            state,
            rest: fold(rest),
            line: lexicon.listed(words).map(|listed| listed.line),
        });
        self.joined.push(id);
        self.ids.insert(words, id);
        id
    }

    fn root(&mut self, form: usize) -> usize {
        let mut at = form;
        while self.joined[at] != at {
            self.joined[at] = self.joined[self.joined[at]];
            at = self.joined[at];
        }
        at
    }

    fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.joined[a.max(b)] = a.min(b);
    }

    fn join_acronym(&mut self, long: usize, short: usize) {
        let fits = !self.list[short].place
            && !self.list[long].place
            && (self.list[short].words.chars().all(char::is_uppercase)
                || abbreviates(self.list[short].words, self.list[long].words)
                || abbreviates(self.list[long].words, self.list[short].words));
        if fits {
            self.union(long, short);
        }
    }

    fn join_by_keys(&mut self) {
        let mut lines: HashMap<(bool, u32), usize> = HashMap::new();
        let mut whole: HashMap<(bool, Option<String>, String), usize> = HashMap::new();
        let mut of_states: HashMap<String, usize> = HashMap::new();
        let mut short_forms: HashMap<&'a str, usize> = HashMap::new();
        for id in 0..self.list.len() {
            let Form {
                words,
                place,
                line,
                ref state,
                ref rest,
            } = self.list[id];
            let key = (place, state.clone(), rest.clone());
            if let (Some(_), false) = (state, place) {
                of_states.entry(rest.clone()).or_insert(id);
            }
            if line.is_none() && !place && words.contains(' ') {
                let (head, _) = words.rsplit_once(' ').unwrap_or((words, ""));
                short_forms.entry(head).or_insert(id);
                let (first, _) = words.split_once(' ').unwrap_or((words, ""));
                short_forms.entry(first).or_insert(id);
            }
            if let Some(line) = line {
                let first = *lines.entry((place, line)).or_insert(id);
                self.union(id, first);
            }
            let first = *whole.entry(key).or_insert(id);
            self.union(id, first);
        }
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if form.place || form.state.is_some() {
                continue;
            }
            let other = of_states
                .get(&form.rest)
                .or_else(|| short_forms.get(form.words).filter(|_| form.line.is_none()))
                .copied();
            if let Some(other) = other {
                self.union(id, other);
            }
        }
    }

    /// Joins an acronym that the text never spells out in brackets with the one name that has its initials.
    fn join_by_initials(&mut self) {
        let mut initials: HashMap<String, usize> = HashMap::new();
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if !form.place && form.words.contains(' ') {
                for short in [
                    initials_of(form.words),
                    initials_of(&form.rest).to_uppercase(),
                ] {
                    initials.entry(short).or_insert(id);
                }
            }
        }
        for id in 0..self.list.len() {
            let form = &self.list[id];
            let short = form.words.replace('.', "");
            let capitals = short.len() > 1 && short.chars().all(char::is_uppercase);
            if form.place || !capitals || self.root(id) != id {
                continue;
            }
            if let Some(long) = initials.get(&short).copied() {
                self.union(id, long);
            }
        }
    }
}

fn initials_of(words: &str) -> String {
    words
        .split([' ', '-'])
        .filter(|word| !matches!(*word, "of" | "the" | "and" | "for" | "on" | "in" | "&"))
        .filter_map(|word| word.chars().next())
        .collect()
}

/// The state at the front of a body's name, and the rest: `U.S.` and `Cyber Command`.
fn split_state<'a>(words: &'a str, lexicon: &Lexicon) -> (Option<String>, &'a str) {
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
        let listed = lexicon.listed(state).filter(|listed| {
            listed.kind == EntityKind::Place && lexicon.classes(state).any(Classes::COUNTRY)
                || matches!(
                    state,
                    "UN" | "U.N." | "United Nations" | "EU" | "United States"
                )
        });
        if let Some(listed) = listed {
            return (Some(listed.line.to_string()), rest);
        }
        if lexicon.classes(state).any(Classes::NATIONALITY) {
            return (Some(state.to_owned()), rest);
        }
    }
    (None, words)
}

/// A form with what varies between writers taken out.
fn fold(words: &str) -> String {
    let mut folded = words
        .to_lowercase()
        .replace('’', "'")
        .replace(" & ", " and ")
        .replace("organisation", "organization")
        .replace("centre", "center")
        .replace("defence", "defense")
        .replace("labour", "labor")
        .replace("programme", "program");
    if let Some(rest) = folded.strip_prefix("the ") {
        folded = rest.to_owned();
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
    folded
}
