//! [`Search`]: the line a query is typed in, and the hits it had so far.

use crate::text::TextRange;
use crate::text::search::{Manner, Query};
use crate::text::show::plural;
use crate::tui::event::Hits;
use crate::tui::line::Input;
use crate::tui::page::Anchor;
use crate::tui::searches::{Asked, Past};

/// The current search; an empty one before the first.
#[derive(Debug, Default)]
pub struct Search {
    pub input: Input,
    /// Whether keys go into the input.
    pub typing: bool,
    /// How the next query is to be understood.
    pub manner: Manner,
    /// Why what is typed is no pattern.
    pub fault: Option<String>,
    /// What was searched before.
    pub past: Past,
    /// Number of the query asked last: hits of an older one are dropped.
    pub serial: u32,
    pub query: Option<Query>,
    /// What the worker has found so far; `None` while it has told nothing.
    pub hits: Option<Hits>,
    /// Which hit the reader is at.
    pub current: Option<usize>,
    /// Where typing began: Esc and a query without hits come back here.
    pub origin: Anchor,
    /// A step asked for before the hits were there.
    pub waiting: Option<Step>,
    /// Whether only the paragraphs that match shall be shown, once they are known.
    pub only_wanted: bool,
    /// Whether some were left out before the latest event.
    pub had_only: bool,
}

/// Which hit to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The first at or after the origin.
    Nearest,
    Next,
    Previous,
}

/// Where a step led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landing {
    pub hit: usize,
    pub offset: usize,
    /// It went round the end or the beginning.
    pub wrapped: bool,
}

impl Search {
    /// What is being looked for, as it can be asked again.
    pub fn asked(&self) -> Option<Asked> {
        self.query.as_ref().map(|query| Asked {
            words: query.words().to_owned(),
            manner: query.manner(),
        })
    }

    /// Takes more of what the worker found.
    pub fn take(&mut self, more: Hits) {
        match &mut self.hits {
            None => self.hits = Some(more),
            Some(hits) => {
                hits.ranges.extend(more.ranges);
                hits.more = more.more;
                hits.done = more.done;
            }
        }
    }

    /// All hits that are known.
    pub fn ranges(&self) -> &[TextRange] {
        self.hits.as_ref().map_or(&[], |hits| &hits.ranges)
    }

    /// Whether nothing more will be found.
    pub fn is_done(&self) -> bool {
        self.hits.as_ref().is_some_and(|hits| hits.done)
    }

    /// The hit that `step` leads to from `place`; `None` when there are no hits.
    pub fn step(&self, step: Step, place: usize) -> Option<Landing> {
        let ranges = &self.hits.as_ref()?.ranges;
        let count = ranges.len();
        let after = |at: usize| ranges.partition_point(|hit| hit.start() < at);
        let next = match (step, self.current) {
            (Step::Nearest, _) | (Step::Next, None) => after(place),
            (Step::Next, Some(current)) => current + 1,
            (Step::Previous, Some(current)) => current.checked_sub(1).unwrap_or(count),
            (Step::Previous, None) => after(place).checked_sub(1).unwrap_or(count),
        };
        let wrapped = next >= count;
        let hit = match step {
            Step::Previous => next.min(count.checked_sub(1)?),
            _ if wrapped => 0,
            _ => next,
        };
        ranges.get(hit).map(|range| Landing {
            hit,
            offset: range.start(),
            wrapped,
        })
    }

    /// The hits that touch `range`.
    pub fn hits_in(&self, range: TextRange) -> &[TextRange] {
        let hits = self.ranges();
        let first = hits.partition_point(|hit| hit.end() <= range.start());
        let end = hits.partition_point(|hit| hit.start() < range.end());
        hits.get(first..end).unwrap_or_default()
    }

    /// The hit the reader is at.
    pub fn current_hit(&self) -> Option<TextRange> {
        self.ranges().get(self.current?).copied()
    }

    /// "3 of 9 hits", or why there are none, for the status line.
    pub fn describe(&self) -> String {
        if let Some(fault) = &self.fault {
            return fault.clone();
        }
        match (&self.query, &self.hits) {
            (None, _) => String::new(),
            (Some(_), Some(hits)) if hits.done && hits.ranges.is_empty() => "not found".into(),
            (Some(_), Some(hits)) if !hits.ranges.is_empty() => {
                let count = plural(hits.ranges.len(), "hit");
                let more = match (hits.more, hits.done) {
                    (true, _) => " and more",
                    (false, false) => " so far",
                    (false, true) => "",
                };
                let at = self
                    .current
                    .map_or(String::new(), |current| format!("{} of ", current + 1));
                format!("{at}{count}{more}")
            }
            (Some(_), _) => "searching…".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(starts: &[usize], current: Option<usize>) -> Search {
        let ranges: Vec<TextRange> = starts
            .iter()
            .map(|&at| TextRange::new(at, at + 1))
            .collect();
        Search {
            hits: Some(Hits {
                ranges,
                more: false,
                done: true,
            }),
            current,
            ..Search::default()
        }
    }

    #[test]
    fn steps_go_round_both_ends() {
        for (starts, current, step, place, expected) in [
            (&[5, 9][..], None, Step::Nearest, 6, Some((1, false))),
            (&[5, 9], None, Step::Nearest, 10, Some((0, true))),
            (&[5, 9], Some(1), Step::Next, 0, Some((0, true))),
            (&[5, 9], Some(0), Step::Next, 0, Some((1, false))),
            (&[5, 9], Some(0), Step::Previous, 0, Some((1, true))),
            (&[5, 9], Some(1), Step::Previous, 0, Some((0, false))),
            (&[5, 9], None, Step::Previous, 7, Some((0, false))),
            (&[], None, Step::Next, 0, None),
        ] {
            let landing = search(starts, current).step(step, place);
            assert_eq!(
                landing.map(|landing| (landing.hit, landing.wrapped)),
                expected,
                "{starts:?} {current:?} {step:?}"
            );
        }
    }
}
