//! Which mentions mean the same body, and which the same place.
//!
//! Forms are compared, not mentions: each form has keys, and forms that share a key are one.

use std::collections::{HashMap, HashSet};

use super::{Joined, Open, fullness};
use crate::model::EntityKind;
use crate::model::reasons::{Bond, Unsure};
use crate::names::Found;
use crate::names::book::abbreviates;
use crate::names::lexicon::{Classes, Lexicon};
use crate::text::TextRange;

/// Gives every mention of a body or place its group.
pub(in crate::names) fn join<'a>(text: &'a str, found: &[Found], joined: &mut Joined<'a>) {
    let mut forms = Forms::default();
    let mut of: Vec<(usize, usize)> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        if found.kind != EntityKind::Person {
            let place = found.kind == EntityKind::Place;
            of.push((at, forms.add(found.range.of(text), place, at)));
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
    let ties = forms.ties();
    let mut ids: HashMap<usize, u32> = HashMap::new();
    let mut counts = vec![0; forms.list.len()];
    for (at, form) in of {
        let root = forms.root(form);
        joined.groups[at] = *ids.entry(root).or_insert_with(|| joined.group());
        counts[form] += 1;
        if let Some((bond, other)) = ties[form] {
            joined.tie(at, bond, forms.list[other].first);
        }
    }
    for (why, form, others) in std::mem::take(&mut forms.open) {
        // Initials that several names have stand for themselves.
        let taken = if why == Unsure::Initials {
            0
        } else {
            counts[form]
        };
        let own = (forms.root(form), taken);
        let mut roots = vec![own];
        for other in others {
            let root = forms.root(other);
            if roots.iter().all(|(one, _)| *one != root) {
                roots.push((root, 0));
            }
        }
        let groups = roots.iter().map(|(root, taken)| (ids[root], *taken));
        joined.open.push(Open {
            why,
            form: forms.list[form].words,
            groups: groups.collect(),
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
    /// What each union was made for.
    edges: Vec<(usize, Bond, usize)>,
    /// Forms that may mean any of several others.
    open: Vec<(Unsure, usize, Vec<usize>)>,
}

struct Form<'a> {
    words: &'a str,
    /// The first mention of it.
    first: usize,
    place: bool,
    /// The state it belongs to, and what is left of it without.
    state: Option<String>,
    rest: String,
    line: Option<u32>,
}

impl<'a> Forms<'a> {
    fn add(&mut self, words: &'a str, place: bool, first: usize) -> usize {
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
            first,
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

    fn union(&mut self, a: usize, bond: Bond, b: usize) {
        let roots = (self.root(a), self.root(b));
        if roots.0 != roots.1 {
            self.edges.push((a, bond, b));
            self.joined[roots.0.max(roots.1)] = roots.0.min(roots.1);
        }
    }

    /// For each form what ties it to another one of its group, which is nearer to the fullest.
    fn ties(&mut self) -> Vec<Option<(Bond, usize)>> {
        let mut near: Vec<Vec<(Bond, usize)>> = vec![Vec::new(); self.list.len()];
        for &(a, bond, b) in &self.edges {
            near[a].push((bond, b));
            near[b].push((bond, a));
        }
        let mut fullest: HashMap<usize, usize> = HashMap::new();
        for id in 0..self.list.len() {
            let root = self.root(id);
            let best = fullest.entry(root).or_insert(id);
            if fullness(self.list[id].words) > fullness(self.list[*best].words) {
                *best = id;
            }
        }
        let mut ties = vec![None; self.list.len()];
        let mut open: Vec<usize> = fullest.values().copied().collect();
        let mut reached: HashSet<usize> = open.iter().copied().collect();
        while let Some(form) = open.pop() {
            for &(bond, other) in &near[form] {
                if reached.insert(other) {
                    ties[other] = Some((bond, form));
                    open.push(other);
                }
            }
        }
        ties
    }

    fn join_acronym(&mut self, long: usize, short: usize) {
        let fits = !self.list[short].place
            && !self.list[long].place
            && (self.list[short].words.chars().all(char::is_uppercase)
                || abbreviates(self.list[short].words, self.list[long].words)
                || abbreviates(self.list[long].words, self.list[short].words));
        if fits {
            self.union(short, Bond::Bracketed, long);
        }
    }

    fn join_by_keys(&mut self) {
        let mut lines: HashMap<(bool, u32), usize> = HashMap::new();
        let mut whole: HashMap<(bool, Option<String>, String), usize> = HashMap::new();
        let mut of_states: HashMap<String, Vec<usize>> = HashMap::new();
        let mut short_forms: HashMap<&'a str, usize> = HashMap::new();
        for id in 0..self.list.len() {
            let Form {
                words,
                place,
                line,
                ref state,
                ref rest,
                ..
            } = self.list[id];
            let key = (place, state.clone(), rest.clone());
            if let (Some(_), false) = (state, place) {
                of_states.entry(rest.clone()).or_default().push(id);
            }
            if line.is_none() && !place && words.contains(' ') {
                let (head, _) = words.rsplit_once(' ').unwrap_or((words, ""));
                short_forms.entry(head).or_insert(id);
                let (first, _) = words.split_once(' ').unwrap_or((words, ""));
                short_forms.entry(first).or_insert(id);
            }
            if let Some(line) = line {
                let first = *lines.entry((place, line)).or_insert(id);
                self.union(id, Bond::Listed, first);
            }
            let first = *whole.entry(key).or_insert(id);
            self.union(id, Bond::Spelling, first);
        }
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if form.place || form.state.is_some() {
                continue;
            }
            let (line, words) = (form.line, form.words);
            if let Some(states) = of_states.get(&form.rest) {
                let states = states.clone();
                self.union(id, Bond::State, states[0]);
                self.doubt(Unsure::State, id, &states);
            } else if let (None, Some(&other)) = (line, short_forms.get(words)) {
                self.union(id, Bond::ShortForm, other);
            }
        }
    }

    /// Notes that `form` may mean any of `others`, if they are not all one.
    fn doubt(&mut self, why: Unsure, form: usize, others: &[usize]) {
        let mut roots: Vec<usize> = others.iter().map(|&other| self.root(other)).collect();
        roots.sort_unstable();
        roots.dedup();
        if roots.len() > 1 {
            self.open.push((why, form, roots));
        }
    }

    /// Joins an acronym that the text never spells out in brackets with the one name that has its initials.
    fn join_by_initials(&mut self) {
        let mut initials: HashMap<String, Vec<usize>> = HashMap::new();
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if !form.place && form.words.contains(' ') {
                for short in [
                    initials_of(form.words),
                    initials_of(&form.rest).to_uppercase(),
                ] {
                    initials.entry(short).or_default().push(id);
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
            let Some(long) = initials.get(&short) else {
                continue;
            };
            let first = self.root(long[0]);
            if long.iter().all(|&one| self.root(one) == first) {
                self.union(id, Bond::Initials, long[0]);
            } else {
                self.doubt(Unsure::Initials, id, long);
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
