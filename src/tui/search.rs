//! [`Search`]: the line a query is typed in, and the hits it had.

use crate::text::TextRange;
use crate::text::search::Query;
use crate::text::show::plural;
use crate::tui::event::Hits;
use crate::tui::page::Anchor;

/// The current search; an empty one before the first.
#[derive(Debug, Default)]
pub struct Search {
    pub input: Input,
    /// Whether keys go into the input.
    pub typing: bool,
    /// Number of the query asked last: hits of an older one are dropped.
    pub serial: u32,
    pub query: Option<Query>,
    /// `None` while the worker looks.
    pub hits: Option<Hits>,
    /// Which hit the reader is at.
    pub current: Option<usize>,
    /// Where typing began: Esc and a query without hits come back here.
    pub origin: Anchor,
    /// A step asked for before the hits were there.
    pub waiting: Option<Step>,
}

/// Which hit to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The first at or after the origin.
    Nearest,
    Next,
    Previous,
}

/// One line of typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    pub text: String,
}

impl Input {
    /// Appends what a terminal may safely show again.
    pub fn insert(&mut self, words: &str) {
        self.text.extend(
            words
                .chars()
                .map(|letter| if letter.is_control() { ' ' } else { letter }),
        );
    }

    pub fn delete(&mut self) {
        self.text.pop();
    }

    /// Deletes the last word.
    pub fn delete_word(&mut self) {
        let kept = self.text.trim_end().rfind(' ').map_or(0, |space| space + 1);
        self.text.truncate(kept);
    }
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
        let Some(hits) = &self.hits else { return &[] };
        let first = hits
            .ranges
            .partition_point(|hit| hit.end() <= range.start());
        let end = hits.ranges.partition_point(|hit| hit.start() < range.end());
        hits.ranges.get(first..end).unwrap_or_default()
    }

    /// The hit the reader is at.
    pub fn current_hit(&self) -> Option<TextRange> {
        self.hits.as_ref()?.ranges.get(self.current?).copied()
    }

    /// "hit 3 of 9", for the status line.
    pub fn describe(&self) -> String {
        match (&self.query, &self.hits, self.current) {
            (None, ..) => String::new(),
            (Some(_), None, _) => "searching…".into(),
            (Some(_), Some(hits), _) if hits.ranges.is_empty() => "not found".into(),
            (Some(_), Some(hits), current) => {
                let count = plural(hits.ranges.len(), "hit");
                let more = if hits.more { " and more" } else { "" };
                let at = current.map_or(String::new(), |current| format!("{} of ", current + 1));
                format!("{at}{count}{more}")
            }
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
                ranges: ranges.into(),
                more: false,
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

    #[test]
    fn pasted_control_characters_do_not_stay() {
        let mut input = Input::default();
        input.insert("a\u{1b}[2J\nb");
        assert_eq!(input.text, "a [2J b");
        input.delete_word();
        assert_eq!(input.text, "a [2J ");
    }
}
