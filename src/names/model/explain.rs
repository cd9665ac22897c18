//! What the model goes by when it takes words for a name, told in parts: [`Tagger::verdict`].
//!
//! Apart from the tagger, as nothing here decides anything. Sums that the tagger kept are taken apart again, so that
//! the reading itself is as quick as without.

use std::ops::Range;

use super::asset::LABELS;
use super::features::{self, Family, Sink};
use super::tagger::{Bounds, Row, Tagger, add, eight};
use crate::model::EntityKind;
use crate::model::reasons::{Part, Verdict};
use crate::names::quick::QuickMap;

/// What a spelling adds by itself, by where it comes from: letters, lists, what rules say of it elsewhere.
pub(super) type Own = QuickMap<u32, [Row; 3]>;

/// Labels with which names begin, and the kind of each.
const OPENINGS: [(usize, EntityKind); 3] = [
    (1, EntityKind::Person),
    (3, EntityKind::Organization),
    (5, EntityKind::Place),
];

/// Adds up the rows of the weights apart for each family.
struct Split<'a, 'b> {
    tagger: &'b Tagger<'a>,
    rows: [Row; 3],
}

impl Sink for Split<'_, '_> {
    fn take(&mut self, family: Family, key: u64) {
        let at = match family {
            Family::Text => 0,
            Family::Lists => 1,
            Family::Rules | Family::Votes => 2,
        };
        if let Some(cells) = self.tagger.asset.weights.get(key) {
            add(&mut self.rows[at], eight(cells));
        }
    }
}

/// What each part adds to a name, over no name.
#[derive(Debug, Default)]
struct Shares([i32; 7]);

const PARTS: [Part; 7] = [
    Part::Spelling,
    Part::Lists,
    Part::Before,
    Part::After,
    Part::Place,
    Part::Rules,
    Part::Document,
];

impl Shares {
    fn add(&mut self, part: Part, row: &Row, label: usize) {
        self.0[part as usize] += i32::from(row[label]) - i32::from(row[0]);
    }

    /// The part that adds most, and the next if it adds at least half as much.
    fn strongest(&self) -> [Option<Part>; 2] {
        let mut order: Vec<usize> = (0..PARTS.len()).filter(|&at| self.0[at] > 0).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(self.0[at]));
        let share = |nth: usize| order.get(nth).map_or(0, |&at| self.0[at]);
        let part = |nth: usize| order.get(nth).map(|&at| PARTS[at]);
        [part(0), part(1).filter(|_| share(1) * 2 >= share(0))]
    }
}

fn short(sum: i32) -> i16 {
    sum.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

impl Tagger<'_> {
    /// Why the places of `span` are a name. `around`: the spellings beside it. `lean`: of a body, towards an agency.
    pub(super) fn verdict(
        &self,
        span: Range<usize>,
        around: Bounds,
        own: &mut Own,
        lean: Option<i32>,
    ) -> Verdict {
        let label = usize::from(self.places[span.start].label);
        let sum = self.sum_as(span.clone(), label);
        let rivals = OPENINGS.iter().filter(|(opening, _)| *opening != label);
        let rival = rivals
            .map(|(opening, kind)| (self.sum_as(span.clone(), *opening), *kind))
            .max_by_key(|(sum, _)| *sum);
        let (second, rival) = rival.expect("there are three kinds");
        Verdict {
            margin: short(sum),
            rival,
            over_rival: short(sum - second),
            strongest: self.shares(span, around, own).strongest(),
            lean: lean.map(short),
        }
    }

    /// How much better `span` is as a name that begins with label `opening` than as none.
    pub(super) fn sum_as(&self, span: Range<usize>, opening: usize) -> i32 {
        let (mut sum, mut before, mut label) = (0, 0, opening);
        for place in &self.places[span] {
            let table = &self.transitions[usize::from(place.gap)];
            sum += i32::from(place.scores[label]) - i32::from(place.scores[0])
                + table[before][label]
                - table[0][0];
            (before, label) = (label, opening + 1);
        }
        sum
    }

    fn shares(&self, span: Range<usize>, around: Bounds, own: &mut Own) -> Shares {
        let mut shares = Shares::default();
        for at in span.clone() {
            let place = &self.places[at];
            let label = usize::from(place.label);
            let mut rest = self.first[at];
            let mut told = |part: Part, row: &Row, rest: &mut Row| {
                shares.add(part, row, label);
                for (rest, cell) in rest.iter_mut().zip(row) {
                    *rest = rest.saturating_sub(*cell);
                }
            };
            let rows = own
                .entry(place.spelling)
                .or_insert_with(|| self.own(place.spelling));
            for (part, row) in [Part::Spelling, Part::Lists, Part::Rules]
                .into_iter()
                .zip(rows)
            {
                told(part, row, &mut rest);
            }
            told(Part::Rules, &self.ruled(&span, at), &mut rest);
            for step in [-1, 1] {
                let Some(beside) = self.beside(&span, at, step, around) else {
                    continue;
                };
                let part = match at.checked_add_signed(step) {
                    Some(other) if span.contains(&other) => Part::Spelling,
                    _ if step < 0 => Part::Before,
                    _ => Part::After,
                };
                told(part, &beside, &mut rest);
            }
            shares.add(Part::Place, &rest, label);
            let mut heard = place.scores;
            for (heard, first) in heard.iter_mut().zip(&self.first[at]) {
                *heard = heard.saturating_sub(*first);
            }
            shares.add(Part::Document, &heard, label);
        }
        shares
    }

    fn own(&self, spelling: u32) -> [Row; 3] {
        let mut split = Split {
            tagger: self,
            rows: [[0; LABELS]; 3],
        };
        features::own(&self.evidence.traits[spelling as usize], &mut split);
        split.rows
    }

    /// What the word beside the place `at` adds to it.
    fn beside(&self, span: &Range<usize>, at: usize, step: isize, around: Bounds) -> Option<Row> {
        let other = at.checked_add_signed(step).filter(|at| span.contains(at));
        let spelling = match other {
            Some(other) => self.places[other].spelling,
            None if step < 0 => around.before?,
            None => around.after?,
        };
        Some(self.kept(spelling, step as i8))
    }

    /// What the rules add at `at`, as far as they speak of words of the name.
    fn ruled(&self, span: &Range<usize>, at: usize) -> Row {
        let place = &self.places[at];
        let tag = |at: Option<usize>| {
            at.filter(|at| span.contains(at))
                .map_or(0, |at| u64::from(self.places[at].said.tag))
        };
        let tags = [tag(at.checked_sub(1)), tag(Some(at)), tag(Some(at + 1))];
        let said = (place.said.tag > 0).then_some((place.said.print, place.said.weight));
        let mut split = Split {
            tagger: self,
            rows: [[0; LABELS]; 3],
        };
        let shape = self.evidence.traits[place.spelling as usize].short;
        features::ruled(tags, shape, said, &mut split);
        split.rows[2]
    }
}
