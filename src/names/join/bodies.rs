//! Which mentions mean the same body, and which the same place.
//!
//! Forms are compared, not mentions: each form has keys, and forms that share a key are one.

use std::collections::{HashMap, HashSet};

use super::body::{fold, has_head, initials_of, owner, shorter, split_state, without_kind};
use super::{Joined, Open, alias, fullness};
use crate::model::EntityKind;
use crate::model::reasons::{Bond, Unsure};
use crate::names::Found;
use crate::names::book::{abbreviates, abbreviates_fully};
use crate::names::lexicon::{Classes, Lexicon};
use crate::text::TextRange;

/// Gives every mention of a body or place its group.
pub(in crate::names) fn join<'a>(text: &'a str, found: &[Found], joined: &mut Joined<'a>) {
    let mut forms = Forms::default();
    let mut of: Vec<(usize, usize)> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        if found.kind != EntityKind::Person {
            let owner = (found.kind == EntityKind::Agency)
                .then(|| owner(text, found.range))
                .flatten();
            let place = found.kind == EntityKind::Place;
            of.push((at, forms.add(found.range.of(text), place, owner, at)));
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
    /// Forms by their words, and the state that the text beside them says they are of.
    ids: HashMap<(&'a str, Option<u32>, u32), usize>,
    list: Vec<Form<'a>>,
    /// Union-find: the form each one is joined to.
    joined: Vec<usize>,
    /// The state last named with a body, by the body's words without it.
    owners: HashMap<String, u32>,
    /// How often an owner changed: what has none may mean another state's body from there on.
    turn: u32,
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
    fn add(&mut self, words: &'a str, place: bool, owner: Option<u32>, first: usize) -> usize {
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
            first,
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

    /// Joins what the text says is one: `known as`.
    fn join_stated(&mut self, one: usize, other: usize) {
        if !self.list[one].place && !self.list[other].place {
            self.union(other, Bond::Alias, one);
        }
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
        let mut of_kind: HashMap<&'a str, usize> = HashMap::new();
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
            } else if let Some(&other) = of_kind.get(words) {
                self.union(id, Bond::ShortForm, other);
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
        let mut longs: Vec<usize> = Vec::new();
        for id in 0..self.list.len() {
            let form = &self.list[id];
            if !form.place && form.words.contains(' ') {
                longs.push(id);
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
            let unlisted = self.list[id].line.is_none();
            let Some(long) = initials.get(&short) else {
                if let Some(long) = self.loosely(&short, &longs).filter(|_| unlisted) {
                    self.union(id, Bond::Initials, long);
                }
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
            let unlisted = self.list[id].line.is_none();
            // `House` is not the White House: of a known name one word says too little.
            let rest = &self.list[id].rest;
            let enough = |short: &String| {
                let head = rest.starts_with(&format!("{short} of "));
                unlisted || head || short.contains(' ')
            };
            for short in shorter(rest).into_iter().filter(enough) {
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
                self.union(id, Bond::ShortForm, long);
            }
        }
    }
}

/// No more names are gone through for each acronym.
const MANY: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::tests::marked;

    /// The group of each of the names in brackets; all are of agencies.
    fn groups(words: &str) -> Vec<u32> {
        let (text, found) = marked(words, EntityKind::Agency);
        let mut joined = Joined::new(found.len());
        join(&text, &found, &mut joined);
        joined.groups
    }

    #[test]
    fn a_short_form_is_joined_where_only_one_name_can_be_meant() {
        for (marked, expected) in [
            ("The [White House] and the [House]", &[0, 1][..]),
            ("The [House of Representatives]; the [House]", &[0, 0]),
            ("The [Nordic Harbour Commission]; the [Commission]", &[0, 0]),
            (
                "The [Ice Commission], the [Harbour Commission], the [Commission]",
                &[0, 1, 2],
            ),
            ("The [Department of Quays] and [Quays]", &[0, 0]),
            ("The [Senate] and the [Senate Quay Committee]", &[0, 1]),
            (
                "The [National Database and Registration Authority]; [NADRA]",
                &[0, 0],
            ),
            (
                "The [Security Service], known by its Czech initials [BIS]",
                &[0, 0],
            ),
            (
                "Peru’s [Quay Ministry], Chad’s [Quay Ministry], the [Quay Ministry]",
                &[0, 1, 1],
            ),
        ] {
            assert_eq!(groups(marked), expected, "{marked}");
        }
    }
}
