//! Which mentions mean the same body, and which the same place.
//!
//! Forms are compared, not mentions: each form has keys, and forms that share a key are one.

use std::collections::HashMap;

use super::alias;
use super::body::{fold, has_head, initials_of, owner, shorter, split_state, without_kind};
use crate::model::EntityKind;
use crate::names::Found;
use crate::names::book::{abbreviates, abbreviates_fully};
use crate::names::lexicon::{Classes, Lexicon};
use crate::text::TextRange;

/// Gives every mention of a body or place its group; counts groups on from `count`.
pub(in crate::names) fn join(text: &str, found: &[Found], groups: &mut [u32], count: &mut u32) {
    let mut forms = Forms::default();
    let mut of: Vec<(usize, usize)> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        if found.kind != EntityKind::Person {
            let owner = (found.kind == EntityKind::Agency)
                .then(|| owner(text, found.range))
                .flatten();
            let place = found.kind == EntityKind::Place;
            of.push((at, forms.add(found.range.of(text), place, owner)));
        }
    }
    for pair in of.windows(2) {
        let (long, short) = (found[pair[0].0].range, found[pair[1].0].range);
        if in_brackets(text, long, short) {
            forms.join_acronym(pair[0].1, pair[1].1);
        } else if alias::stated(text, long, short) {
            forms.join_stated(pair[0].1, pair[1].1);
        }
    }
    forms.join_by_keys();
    forms.join_by_initials();
    forms.join_short();
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
    /// Forms by their words, and the state that the text beside them says they are of.
    ids: HashMap<(&'a str, Option<u32>, u32), usize>,
    list: Vec<Form<'a>>,
    /// Union-find: the form each one is joined to.
    joined: Vec<usize>,
    /// The state last named with a body, by the body's words without it.
    owners: HashMap<String, u32>,
    /// How often an owner changed: what has none may mean another state's body from there on.
    turn: u32,
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
    fn add(&mut self, words: &'a str, place: bool, owner: Option<u32>) -> usize {
        if let Some(id) = self.ids.get(&(words, owner, self.turn)) {
            return *id;
        }
        let lexicon = Lexicon::standard();
        let (state, rest) = if place {
            (None, words)
        } else {
            split_state(words, lexicon)
        };
        let rest = fold(rest);
        let line = lexicon.listed(words).map(|listed| listed.line);
        let public = state.is_none() && !place && has_head(words, lexicon);
        let of = owner.filter(|_| public);
        if let Some(of) = of
            && self.owners.insert(rest.clone(), of) != Some(of)
        {
            self.turn += 1;
        }
        let said = of.or_else(|| self.owners.get(&rest).copied().filter(|_| public));
        let state = state.or_else(|| said.map(|line| line.to_string()));
        let id = self.list.len();
        self.list.push(Form {
            words,
            place,
            state,
            rest,
            line: line.filter(|_| said.is_none()),
        });
        self.joined.push(id);
        self.ids.insert((words, owner, self.turn), id);
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

    /// Joins what the text says is one: `known as`.
    fn join_stated(&mut self, one: usize, other: usize) {
        if !self.list[one].place && !self.list[other].place {
            self.union(one, other);
        }
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
        let mut of_kind: HashMap<&'a str, usize> = HashMap::new();
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
                // `House Ethics Committee` is not the House.
                if !Lexicon::standard().classes(first).any(Classes::HEAD) {
                    short_forms.entry(first).or_insert(id);
                }
            }
            if let Some(name) = without_kind(words).filter(|_| !place) {
                of_kind.entry(name).or_insert(id);
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
                .or_else(|| of_kind.get(form.words))
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
        let mut longs: Vec<usize> = Vec::new();
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if !form.place && form.words.contains(' ') {
                longs.push(id);
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
            let unlisted = self.list[id].line.is_none();
            let loosely = || self.loosely(&short, &longs).filter(|_| unlisted);
            if let Some(long) = initials.get(&short).copied().or_else(loosely) {
                self.union(id, long);
            }
        }
    }

    /// The one name whose words begin with most letters of `short`: `NADRA` has a letter of its `and`.
    fn loosely(&self, short: &str, longs: &[usize]) -> Option<usize> {
        if short.len() < 3 || longs.len() > MANY {
            return None;
        }
        let fits = |id: &&usize| {
            let words = self.list[**id].words;
            let fully = short.len() > 3 || abbreviates_fully(short, words);
            let enough = words.split(' ').count() + 1 >= short.len();
            let first = words.chars().next() == short.chars().next();
            first && fully && enough && abbreviates(short, words)
        };
        let mut fitting = longs.iter().filter(fits);
        let one = fitting.next().copied();
        one.filter(|_| fitting.next().is_none())
    }

    /// Joins a short form with the one longer name that ends in it, or that it is the matter of.
    fn join_short(&mut self) {
        let mut longer: HashMap<String, Option<usize>> = HashMap::new();
        for id in 0..self.list.len() {
            if self.list[id].place {
                continue;
            }
            let root = self.root(id);
            for short in shorter(&self.list[id].rest) {
                let one = longer.entry(short).or_insert(Some(root));
                *one = one.filter(|other| *other == root);
            }
        }
        let lexicon = Lexicon::standard();
        for id in 0..self.list.len() {
            let form = &self.list[id];
            let last = form.words.rsplit(' ').next().unwrap_or(form.words);
            let first = form.words.split(' ').next().unwrap_or(form.words);
            let named = lexicon.classes(last).any(Classes::HEAD)
                || form.words.contains(" of ") && lexicon.classes(first).any(Classes::HEAD)
                || lexicon.classes(first).any(Classes::OPENING)
                || !form.words.contains(' ');
            let single = self.joined[id] == id;
            if form.place || form.state.is_some() || !named || !single {
                continue;
            }
            let of = format!("of {}", form.rest);
            let matter = longer.get(&of).copied().flatten();
            let tail = longer.get(&form.rest).copied().flatten();
            let tail =
                tail.filter(|_| form.line.is_none() && lexicon.classes(last).any(Classes::HEAD));
            let front = longer.get(&format!("{} …", form.rest)).copied().flatten();
            if let Some(long) = matter.or(tail).or(front) {
                self.union(id, long);
            }
        }
    }
}

/// No more names are gone through for each acronym.
const MANY: usize = 500;
