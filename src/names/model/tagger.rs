//! [`Tagger`]: the best labels for every island, by the weights of the asset, agreed over the document.
//!
//! Each island is labelled as it is read. At the end every word hears what it was taken for elsewhere, and the
//! islands are labelled once more; the scores of the first time are kept for that, so no block is read again.

use std::ops::Range;

use super::asset::{Asset, GAPS, LABELS};
use super::evidence::{Evidence, Traits};
use super::explain::Own;
use super::features::{self, Body, Family, Sink, Votes};
use super::island::{Marked, Sentence};
use crate::model::EntityKind;
use crate::model::reasons::{Seen, Verdict};
use crate::names::Found;
use crate::names::candidate::{Candidate, Passage};
use crate::names::quick::QuickMap;
use crate::text::TextRange;

/// Outside, then first and further words of people, bodies and places.
pub(super) const COUNT: usize = 7;

/// Scores of the labels.
type Scores = [i32; LABELS];
/// The same, for one word; the last lane is of no label.
pub(super) type Row = [i16; LABELS];

/// Scores that a spelling adds where it stands, and to the words beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Cached {
    scores: [Row; 5],
    known: u8,
}

/// A word of an island, with what is needed to label it once more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) range: TextRange,
    pub(super) spelling: u32,
    pub(super) gap: u8,
    /// The label that it has now.
    pub(super) label: u8,
    pub(super) scores: Row,
    pub(super) said: Said,
}

/// What a rule said of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub(super) tag: u8,
    pub(super) weight: u8,
    /// Whether the name that the rule saw begins, and ends, here.
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) rule: &'static str,
    /// Hash of the rule.
    pub(super) print: u64,
}

/// An island: its last place, and the spellings around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) end: usize,
    pub(super) before: Option<u32>,
    pub(super) after: Option<u32>,
}

/// Reads block after block; keeps what it computed for each spelling.
#[derive(Debug)]
pub(in crate::names) struct Tagger<'a> {
    pub(super) asset: &'a Asset<'a>,
    pub(super) evidence: Evidence,
    cached: Vec<Cached>,
    pub(super) transitions: Box<[[Scores; LABELS]; GAPS]>,
    pub(super) places: Vec<Place>,
    /// The scores of each place before it heard of the document.
    pub(super) first: Vec<Row>,
    islands: Vec<Bounds>,
    path: Vec<[u8; COUNT]>,
    memo: Memo,
}

/// The cells that were last looked up, by key: most features of a text come again and again.
#[derive(Debug)]
struct Memo(Vec<(u64, [u8; LABELS])>);

impl Memo {
    /// Cells kept: few enough to stay in a near cache, a power of two.
    const KEPT: usize = 1 << 12;

    fn new() -> Self {
        // No feature has the key 0, so these are true of it.
        Self(vec![(0, [0; LABELS]); Self::KEPT])
    }

    /// The cells for `key`, of 0 where the model has none.
    fn cells(&mut self, asset: &Asset<'_>, key: u64) -> [u8; LABELS] {
        let kept = &mut self.0[(key >> 24) as usize % Self::KEPT];
        if kept.0 != key {
            *kept = (key, eight(asset.weights.get(key).unwrap_or_default()));
        }
        kept.1
    }
}

/// Adds up the rows of the weights.
struct Sum<'a, 'b> {
    asset: &'a Asset<'a>,
    memo: &'b mut Memo,
    scores: Row,
}

impl Sink for Sum<'_, '_> {
    fn take(&mut self, _: Family, key: u64) {
        let cells = self.memo.cells(self.asset, key);
        add(&mut self.scores, cells);
    }
}

/// Cells of a table as one lane for each label; the last has none.
pub(super) fn eight(cells: &[u8]) -> [u8; LABELS] {
    let mut lanes = [0; LABELS];
    if let Some(cells) = cells.first_chunk::<COUNT>() {
        lanes[..COUNT].copy_from_slice(cells);
    }
    lanes
}

/// Adds cells of the weights to a row.
pub(super) fn add(row: &mut Row, cells: [u8; LABELS]) {
    for (score, cell) in row.iter_mut().zip(cells) {
        *score = score.saturating_add(i16::from(cell.cast_signed()));
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
        self.sum += cell.map_or(0, |&cell| i32::from(cell.cast_signed()));
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
            places: Vec::new(),
            first: Vec::new(),
            islands: Vec::new(),
            path: Vec::new(),
            memo: Memo::new(),
        }
    }

    pub(super) fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// Labels the islands of one block; `settled` is what the rules found in it.
    pub(in crate::names) fn read(&mut self, passage: &Passage<'_>, settled: &[Candidate]) {
        let evidence = std::mem::take(&mut self.evidence);
        let marked = Marked::new(passage, &evidence, settled);
        marked.islands(|sentence, island| {
            let start = self.places.len();
            for at in island.clone() {
                let place = self.place(passage, sentence, at, island.start);
                self.places.push(place);
            }
            let around = |at: Option<usize>| {
                at.filter(|&at| sentence.has(at))
                    .map(|at| sentence.token(at).spelling)
            };
            self.islands.push(Bounds {
                end: self.places.len(),
                before: around(island.start.checked_sub(1)),
                after: around(Some(island.end)),
            });
            self.label(start..self.places.len());
        });
        self.evidence = evidence;
    }

    fn place(
        &mut self,
        passage: &Passage<'_>,
        sentence: &Sentence<'_>,
        at: usize,
        first: usize,
    ) -> Place {
        let said = sentence.said(at).map_or(Said::default(), |said| Said {
            tag: said.tag() as u8,
            weight: said.weight(),
            first: said.first,
            last: said.candidate.last == at,
            rule: said.candidate.rule,
            print: said.print,
        });
        Place {
            range: passage.range(at, at),
            spelling: sentence.token(at).spelling,
            gap: if at == first {
                0
            } else {
                sentence.gap(at) as u8
            },
            label: 0,
            scores: self.scores(sentence, at),
            said,
        }
    }

    fn scores(&mut self, sentence: &Sentence<'_>, at: usize) -> Row {
        let mut sum = Sum {
            asset: self.asset,
            memo: &mut self.memo,
            scores: [0; LABELS],
        };
        features::here(sentence, at, &mut sum);
        let mut scores = sum.scores;
        for step in -2..=2_i8 {
            let Some(place) = at
                .checked_add_signed(isize::from(step))
                .filter(|&place| sentence.has(place))
            else {
                continue;
            };
            let spelling = sentence.token(place).spelling as usize;
            let part = self.cached(spelling, sentence.traits(place), step);
            for (score, part) in scores.iter_mut().zip(part) {
                *score = score.saturating_add(part);
            }
        }
        scores
    }

    /// What a spelling adds to a word that has it at the distance `step`.
    fn cached(&mut self, spelling: usize, traits: &Traits, step: i8) -> Row {
        let slot = (step + 2) as usize;
        let cached = &mut self.cached[spelling];
        if cached.known & (1 << slot) == 0 {
            let mut sum = Sum {
                asset: self.asset,
                memo: &mut self.memo,
                scores: [0; LABELS],
            };
            if step == 0 {
                features::own(traits, &mut sum);
            } else {
                features::beside(traits, step, &mut sum);
            }
            cached.scores[slot] = sum.scores;
            cached.known |= 1 << slot;
        }
        cached.scores[slot]
    }

    /// What a spelling was found to add at the distance `step`.
    pub(super) fn kept(&self, spelling: u32, step: i8) -> Row {
        self.cached[spelling as usize].scores[(step + 2) as usize]
    }

    /// Gives the places of one island their best labels.
    fn label(&mut self, island: Range<usize>) {
        self.path.clear();
        let mut best = [i32::MIN / 2; COUNT];
        best[0] = 0;
        for place in &self.places[island.clone()] {
            let table = &self.transitions[usize::from(place.gap)];
            let mut next = [i32::MIN / 2; COUNT];
            let mut from = [0; COUNT];
            for to in 0..COUNT {
                for (before, &score) in best.iter().enumerate() {
                    let sum = score + table[before][to];
                    if sum > next[to] && allowed(before, to) {
                        next[to] = sum;
                        from[to] = before as u8;
                    }
                }
                next[to] += i32::from(place.scores[to]);
            }
            best = next;
            self.path.push(from);
        }
        let last = (0..COUNT).max_by_key(|&label| (best[label], std::cmp::Reverse(label)));
        let mut label = last.unwrap_or(0);
        for (place, from) in self.places[island].iter_mut().zip(&self.path).rev() {
            place.label = label as u8;
            label = usize::from(from[label]);
        }
    }

    /// All names of the blocks that were read, in order.
    pub(in crate::names) fn finish(mut self) -> Vec<Found> {
        self.vote();
        let mut bodies: QuickMap<Vec<u32>, i32> = QuickMap::default();
        let mut spans: Vec<(Range<usize>, Bounds)> = Vec::new();
        let mut start = 0;
        for &bounds in &self.islands {
            let mut at = start;
            while at < bounds.end {
                let label = self.places[at].label;
                let first = at;
                at += 1;
                while label > 0 && at < bounds.end && self.places[at].label == label + 1 {
                    at += 1;
                }
                if label > 0 {
                    let around = |place: Option<&Place>, edge| {
                        place.map_or(edge, |place| Some(place.spelling))
                    };
                    let before = first.checked_sub(1).filter(|&before| before >= start);
                    let bounds = Bounds {
                        end: at,
                        before: around(before.map(|before| &self.places[before]), bounds.before),
                        after: around(self.places[..bounds.end].get(at), bounds.after),
                    };
                    if label == 3 {
                        *bodies.entry(self.spelt(&(first..at))).or_default() +=
                            self.lean(first..at, bounds);
                    }
                    spans.push((first..at, bounds));
                }
            }
            start = bounds.end;
        }
        let mut own = Own::default();
        spans
            .into_iter()
            .map(|(span, around)| {
                let first = &self.places[span.start];
                let lean = (first.label == 3)
                    .then(|| bodies.get(&self.spelt(&span)).copied().unwrap_or(0));
                let verdict = self.verdict(span.clone(), around, &mut own, lean);
                self.found(span, verdict)
            })
            .collect()
    }

    fn spelt(&self, span: &Range<usize>) -> Vec<u32> {
        self.places[span.clone()]
            .iter()
            .map(|place| place.spelling)
            .collect()
    }

    fn found(&self, span: Range<usize>, verdict: Verdict) -> Found {
        let (first, last) = (&self.places[span.start], &self.places[span.end - 1]);
        let kind = match (first.label, verdict.lean) {
            (1, _) => EntityKind::Person,
            (3, Some(1..)) => EntityKind::Agency,
            (3, _) => EntityKind::Organization,
            _ => EntityKind::Place,
        };
        let told = |place: &&Place| said_kind(place.said.tag).is_some();
        let seen = self.places[span].iter().find(told).and_then(|place| {
            let (said, end) = (place.said, last.said);
            let same = first.said.first && end.last && first.said.rule == end.rule;
            Some(Seen {
                rule: said.rule,
                kind: said_kind(said.tag)?,
                exact: same && first.said.tag / 2 == said.tag / 2,
            })
        });
        Found {
            range: TextRange::new(first.range.start(), last.range.end()),
            kind,
            seen,
            verdict: Some(verdict),
        }
    }

    /// Over 0 for an agency.
    fn lean(&self, span: Range<usize>, bounds: Bounds) -> i32 {
        let traits = |spelling: u32| &self.evidence.traits[spelling as usize];
        let said = |place: &Place| match place.said.tag {
            0 => (0, 0),
            tag => (u64::from(tag), place.said.print),
        };
        let places = &self.places[span];
        let body = Body {
            words: places.iter().map(|place| traits(place.spelling)).collect(),
            before: bounds.before.map_or(Traits::edge(), traits),
            after: bounds.after.map_or(Traits::edge(), traits),
            said: [said(&places[0]), said(&places[places.len() - 1])],
        };
        let mut lean = Lean {
            asset: self.asset,
            sum: 0,
        };
        features::body(&body, &mut lean);
        lean.sum
    }

    /// Lets every word hear what it was taken for elsewhere, and labels all islands once more.
    fn vote(&mut self) {
        self.first = self.places.iter().map(|place| place.scores).collect();
        let mut votes: Vec<Votes> = vec![[0; 8]; self.evidence.traits.len()];
        let slot = |place: &Place| self.evidence.kin[place.spelling as usize] as usize;
        for place in &self.places {
            let cell = &mut votes[slot(place)][usize::from(place.label)];
            *cell = cell.saturating_add(1);
        }
        let mut start = 0;
        let mut added: Vec<Row> = Vec::new();
        for nth in 0..self.islands.len() {
            let island = start..self.islands[nth].end;
            added.clear();
            for at in island.clone() {
                let without_own = |at: usize| {
                    let place = &self.places[at];
                    let mut votes = votes[self.evidence.kin[place.spelling as usize] as usize];
                    let cell = &mut votes[usize::from(place.label)];
                    *cell = cell.saturating_sub(1);
                    votes
                };
                let beside =
                    |at: Option<usize>| at.filter(|at| island.contains(at)).map(without_own);
                let mut sum = Sum {
                    asset: self.asset,
                    memo: &mut self.memo,
                    scores: self.places[at].scores,
                };
                let (before, after) = (beside(at.checked_sub(1)), beside(Some(at + 1)));
                let short = self.evidence.traits[self.places[at].spelling as usize].short;
                features::votes(
                    &without_own(at),
                    before.as_ref(),
                    after.as_ref(),
                    short,
                    &mut sum,
                );
                added.push(sum.scores);
            }
            for (place, scores) in self.places[island.clone()].iter_mut().zip(&added) {
                place.scores = *scores;
            }
            start = island.end;
        }
        let mut start = 0;
        for nth in 0..self.islands.len() {
            let island = start..self.islands[nth].end;
            start = island.end;
            self.label(island);
        }
    }
}

/// The kind that a rule said with `tag`, if it said one.
fn said_kind(tag: u8) -> Option<EntityKind> {
    match tag / 2 {
        1 => Some(EntityKind::Person),
        2 => Some(EntityKind::Agency),
        3 => Some(EntityKind::Organization),
        4 => Some(EntityKind::Place),
        _ => None,
    }
}

/// Whether label `to` may stand after `from`: a further word only after one of its name.
const fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}
