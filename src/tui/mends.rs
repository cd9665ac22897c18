//! [`Mends`]: what the reader changed in the names of the document being read, in the order in which she did.
//!
//! Beside the corrected sections, as names are the same through every lens. One order of undoing leads through both:
//! an edit of names knows how many corrections of sections there were when it was made.

use crate::memory::{Kept, Mend};
use crate::model::{Change, Listed, NameEdit, NameEdits};
use crate::names::amend::Fit;
use crate::text::harmless;
use crate::text::show::plural;

/// Edits of the names of one document.
#[derive(Clone, Debug, Default)]
pub struct Mends {
    rows: Vec<Row>,
    /// What is wrong with the reader's own list, a sentence for each row.
    pub faults: Vec<String>,
}

/// An edit, and where it stands in the order of all.
#[derive(Clone, Debug)]
struct Row {
    edit: NameEdit,
    /// Its number in the memory; `None` where it is in none.
    id: Option<i64>,
    /// What it did to the reader's own list.
    listed: Option<Listed>,
    /// How many corrections of sections were made before it.
    after: usize,
    fit: Fit,
}

impl Mends {
    /// All edits, as they are laid over what was found.
    pub fn edits(&self) -> NameEdits {
        NameEdits {
            edits: self.rows.iter().map(|row| row.edit.clone()).collect(),
        }
    }

    /// Takes what the memory knows; not where some are in no memory.
    pub fn recall(&mut self, mends: Vec<(i64, Mend)>) {
        if self.rows.iter().any(|row| row.id.is_none()) {
            return;
        }
        let row = |(id, mend): (i64, Mend)| Row {
            edit: mend.edit,
            id: Some(id),
            listed: mend.listed,
            after: mend.after,
            fit: Fit::Whole,
        };
        self.rows = mends.into_iter().map(row).collect();
    }

    /// The latest edit was kept.
    pub fn kept(&mut self, kept: &Kept) {
        if let Some(row) = self.rows.last_mut() {
            row.id = Some(kept.id);
            row.listed.clone_from(&kept.listed);
        }
    }

    /// Where the latest such edit is kept.
    pub fn place_of(&self, edit: &NameEdit) -> (Option<i64>, Option<Listed>) {
        let row = self.rows.iter().rfind(|row| row.edit == *edit);
        row.map_or((None, None), |row| (row.id, row.listed.clone()))
    }

    /// Takes a step; `after` is how many corrections of sections there are.
    pub fn change(&mut self, change: &Change<NameEdit>, after: usize) {
        match change {
            Change::Add(edit) => self.rows.push(Row {
                edit: edit.clone(),
                id: None,
                listed: None,
                after,
                fit: Fit::Whole,
            }),
            Change::Undo(edit) => {
                let at = self.rows.iter().rposition(|row| row.edit == *edit);
                at.map(|at| self.rows.remove(at));
            }
        }
    }

    /// Takes what became of the edits in the text.
    pub fn fit(&mut self, fits: &[Fit]) {
        for (row, fit) in self.rows.iter_mut().zip(fits) {
            row.fit = *fit;
        }
    }

    /// The latest edit that is in force, and how many corrections of sections were made before it.
    pub fn latest(&self) -> Option<(&NameEdit, usize)> {
        let mut rows = self.rows.iter().rev();
        let row = rows.find(|row| row.fit != Fit::Lost)?;
        Some((&row.edit, row.after))
    }

    /// How many edits there are, for the page about the document; nothing where there are none.
    pub fn describe(&self) -> Option<String> {
        let all = self.rows.len();
        let lost = self.rows.iter().filter(|row| row.fit == Fit::Lost).count();
        match (all, lost) {
            (0, _) => None,
            (_, 0) => Some(format!("{all} (U undoes the latest)")),
            _ => Some(format!(
                "{all}, of which {lost} not found again in this text"
            )),
        }
    }

    /// What a reader must be told of edits that fit the text no longer.
    pub fn complaint(&self) -> Option<String> {
        let of = |fit: Fit| self.rows.iter().filter(move |row| row.fit == fit);
        let told = |first: &Row, count: usize, what: &str| {
            // What was kept may have been changed by anybody.
            let subject = harmless::line(first.edit.subject());
            format!(
                "{what} again in this text, and kept: {} (“{subject}”)",
                plural(count, "mended name")
            )
        };
        let first = of(Fit::Lost).next();
        let lost = first.map(|row| told(row, of(Fit::Lost).count(), "not found"));
        let first = of(Fit::Part).next();
        let part = first.map(|row| told(row, of(Fit::Part).count(), "only partly found"));
        let both: Vec<String> = lost.into_iter().chain(part).collect();
        (!both.is_empty()).then(|| both.join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityKind, Spot};

    fn add(words: &str) -> NameEdit {
        NameEdit::Add {
            at: Spot {
                words: words.into(),
                before: String::new(),
                after: String::new(),
                at: 0,
            },
            kind: EntityKind::Place,
        }
    }

    #[test]
    fn what_is_lost_is_told_and_not_undone() {
        let mut mends = Mends::default();
        assert_eq!((mends.complaint(), mends.describe()), (None, None));
        for (words, after) in [("one", 0), ("two", 2), ("three", 2)] {
            mends.change(&Change::Add(add(words)), after);
        }
        assert_eq!(mends.latest(), Some((&add("three"), 2)));
        mends.fit(&[Fit::Part, Fit::Whole, Fit::Lost]);
        assert_eq!(mends.latest(), Some((&add("two"), 2)));
        assert_eq!(
            mends.complaint().unwrap(),
            "not found again in this text, and kept: 1 mended name (“three”); \
             only partly found again in this text, and kept: 1 mended name (“one”)"
        );
        assert_eq!(
            mends.describe().unwrap(),
            "3, of which 1 not found again in this text"
        );
        mends.change(&Change::Undo(add("two")), 0);
        assert_eq!(mends.latest(), Some((&add("one"), 0)));
    }
}
