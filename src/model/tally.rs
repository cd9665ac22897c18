//! [`Tally`]: counts what is said of the mentions of a name, for one sentence on all of them.

/// Words, and how often each was said; in the order in which they came.
#[derive(Default)]
pub(super) struct Tally(Vec<(&'static str, usize)>);

impl Tally {
    pub(super) fn count(&mut self, words: &'static str) {
        match self.0.iter_mut().find(|(one, _)| *one == words) {
            Some((_, times)) => *times += 1,
            None => self.0.push((words, 1)),
        }
    }

    pub(super) fn words(&self) -> String {
        let rows = self
            .0
            .iter()
            .map(|(words, times)| format!("{words} ({times})"));
        rows.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
