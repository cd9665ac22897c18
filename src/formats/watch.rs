//! [`Watch`]: whoever waits for a slow reading is told how far it is, and may stop it.
//!
//! It stands apart because readers of every kind call it and none may know who listens: a screen, a thread, nobody.

use crate::model::Document;

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// So many are done, of `unit`.
    pub done: u64,
    /// Of so many, where that is known.
    pub of: Option<u64>,
    pub unit: Unit,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Bytes,
    Pages,
    /// Chapters, messages, entries.
    Parts,
}

/// Something to tell while a reading goes on.
#[derive(Debug)]
pub enum Step {
    Progress(Progress),
    /// The beginning of the document, to be read until the whole is there.
    Head(Box<Document>),
}

/// Is told of every step, and answers whether to go on. A reader that may not go on ends with what it has and
/// says so in the notice; with nothing it fails with [`super::Fault::Stopped`].
pub type Watch<'a> = &'a dyn Fn(Step) -> bool;

/// Nobody waits.
pub fn unwatched(_: Step) -> bool {
    true
}

impl Progress {
    /// As words: `3 of 12 pages`, `1.5 MB`.
    pub fn words(&self) -> String {
        let count = |number: u64| match self.unit {
            Unit::Bytes => megabytes(number),
            Unit::Pages | Unit::Parts => crate::text::show::thousands(number as usize),
        };
        let unit = match self.unit {
            Unit::Bytes => " MB",
            Unit::Pages => " pages",
            Unit::Parts => " parts",
        };
        match self.of {
            Some(of) => format!("{} of {}{unit}", count(self.done), count(of)),
            None => format!("{}{unit}", count(self.done)),
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_its_unit() {
        for (done, of, unit, expected) in [
            (3, Some(12), Unit::Pages, "3 of 12 pages"),
            (1_500_000, None, Unit::Bytes, "1.5 MB"),
            (1_500_000, Some(20_000_000), Unit::Bytes, "1.5 of 20.0 MB"),
            (1200, Some(10_000), Unit::Parts, "1,200 of 10,000 parts"),
        ] {
            assert_eq!(Progress { done, of, unit }.words(), expected);
        }
    }
}
