//! [`Tagger`]: the best labels for every island, by the weights of the asset.

use std::ops::Range;

use super::asset::{Asset, GAPS, LABELS};
use super::evidence::{Evidence, Traits};
use super::features::{self, Family, Sink};
use super::island::{Marked, Sentence};
use crate::model::EntityKind;
use crate::names::candidate::{Candidate, Passage};

/// Outside, then first and further words of people, bodies and places.
pub(super) const COUNT: usize = 7;

/// Scores of the labels.
type Scores = [i32; LABELS];

/// Scores that a spelling adds where it stands, and to the words beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Cached {
    scores: [Scores; 5],
    known: u8,
}

/// Reads block after block; keeps what it computed for each spelling.
#[derive(Debug)]
pub(in crate::names) struct Tagger<'a> {
    asset: &'a Asset<'a>,
    evidence: Evidence,
    cached: Vec<Cached>,
    transitions: Box<[[Scores; LABELS]; GAPS]>,
    path: Vec<[u8; LABELS]>,
}

/// Adds up the rows of the weights.
struct Sum<'a> {
    asset: &'a Asset<'a>,
    scores: Scores,
}

impl Sink for Sum<'_> {
    fn take(&mut self, _: Family, key: u64) {
        if let Some(cells) = self.asset.weights.get(key) {
            for (score, &cell) in self.scores.iter_mut().zip(cells) {
                *score += i32::from(cell as i8);
            }
        }
    }
}

/// Adds up what tells an agency from an organization.
struct Lean<'a> {
    asset: &'a Asset<'a>,
    sum: i32,
}

impl Sink for Lean<'_> {
    fn take(&mut self, _: Family, key: u64) {
        let cell = self.asset.kinds.get(key).and_then(|cells| cells.first());
        self.sum += cell.map_or(0, |&cell| i32::from(cell as i8));
    }
}

impl<'a> Tagger<'a> {
    pub(super) fn new(asset: &'a Asset<'a>, evidence: Evidence) -> Self {
        let mut transitions = Box::new([[[0; LABELS]; LABELS]; GAPS]);
        for (gap, table) in transitions.iter_mut().enumerate() {
            for (from, row) in table.iter_mut().enumerate() {
                for (to, cell) in row.iter_mut().enumerate() {
                    *cell = asset.transition(gap, from, to);
                }
            }
        }
        Self {
            asset,
            cached: vec![Cached::default(); evidence.traits.len()],
            evidence,
            transitions,
            path: Vec::new(),
        }
    }

    pub(super) fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// The names of one block; `settled` is what the rules found in it.
    pub(in crate::names) fn read(&mut self, passage: &Passage<'_>, settled: &[Candidate]) -> Vec<Candidate> {
        let evidence = std::mem::replace(&mut self.evidence, Evidence { traits: Vec::new() });
        let marked = Marked::new(passage, &evidence, settled);
        let mut found = Vec::new();
        marked.islands(|sentence, island| self.island(sentence, island, &mut found));
        for candidate in &mut found {
            let same = settled.iter().find(|one| one.first <= candidate.first && candidate.first <= one.last);
            self.explain(&marked, candidate, same);
        }
        self.evidence = evidence;
        found
    }

    /// Says which kind of body a name is, and which rule says the same.
    fn explain(&self, marked: &Marked<'_>, candidate: &mut Candidate, same: Option<&Candidate>) {
        if candidate.kind == Some(EntityKind::Organization) {
            let mut lean = Lean { asset: self.asset, sum: 0 };
            let sentence = marked.sentence_at(candidate.first);
            features::body(&sentence, candidate.first, candidate.last, &mut lean);
            if lean.sum > 0 {
                candidate.kind = Some(EntityKind::Agency);
            }
        }
        if let Some(same) = same
            && (same.first, same.last) == (candidate.first, candidate.last)
        {
            candidate.rule = same.rule;
            candidate.weight = same.weight;
        }
    }

    fn island(&mut self, sentence: &Sentence<'_>, island: Range<usize>, found: &mut Vec<Candidate>) {
        self.path.clear();
        let mut best: Scores = [i32::MIN / 2; LABELS];
        best[0] = 0;
        for at in island.clone() {
            let gap = if at == island.start { 0 } else { sentence.gap(at) as usize };
            let scores = self.scores(sentence, at);
            let mut next = [i32::MIN / 2; LABELS];
            let mut from = [0; LABELS];
            for to in 0..COUNT {
                for (before, &score) in best.iter().enumerate().take(COUNT) {
                    if !allowed(before, to) {
                        continue;
                    }
                    let sum = score + self.transitions[gap][before][to];
                    if sum > next[to] {
                        next[to] = sum;
                        from[to] = before as u8;
                    }
                }
                next[to] += scores[to];
            }
            best = next;
            self.path.push(from);
        }
        let mut label = (0..COUNT).max_by_key(|&label| (best[label], std::cmp::Reverse(label))).unwrap_or(0);
        let mut last = island.end - 1;
        let from = found.len();
        for at in island.clone().rev() {
            if label == 0 {
                last = at.saturating_sub(1);
            } else if label % 2 == 1 {
                found.push(candidate(at, last, label));
                last = at.saturating_sub(1);
            }
            label = usize::from(self.path[at - island.start][label]);
        }
        found[from..].reverse();
    }

    fn scores(&mut self, sentence: &Sentence<'_>, at: usize) -> Scores {
        let mut sum = Sum { asset: self.asset, scores: [0; LABELS] };
        features::here(sentence, at, &mut sum);
        for step in -2..=2_i8 {
            let Some(place) = at.checked_add_signed(isize::from(step)).filter(|&place| sentence.has(place)) else {
                continue;
            };
            let spelling = sentence.token(place).spelling as usize;
            let part = self.cached(spelling, sentence.traits(place), step);
            for (score, part) in sum.scores.iter_mut().zip(part) {
                *score += part;
            }
        }
        sum.scores
    }

    /// What a spelling adds to a word that has it at the distance `step`.
    fn cached(&mut self, spelling: usize, traits: &Traits, step: i8) -> Scores {
        let slot = (step + 2) as usize;
        let known = self.cached[spelling].known & (1 << slot) != 0;
        if !known {
            let mut sum = Sum { asset: self.asset, scores: [0; LABELS] };
            if step == 0 {
                features::own(traits, &mut sum);
            } else {
                features::beside(traits, step, &mut sum);
            }
            self.cached[spelling].scores[slot] = sum.scores;
            self.cached[spelling].known |= 1 << slot;
        }
        self.cached[spelling].scores[slot]
    }
}

/// Whether label `to` may stand after `from`: a further word only after one of its name.
pub(super) const fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

fn candidate(first: usize, last: usize, label: usize) -> Candidate {
    let kind = match label {
        1 | 2 => EntityKind::Person,
        3 | 4 => EntityKind::Organization,
        _ => EntityKind::Place,
    };
    Candidate { first, last, kind: Some(kind), weight: 60, rule: "trained model" }
}
