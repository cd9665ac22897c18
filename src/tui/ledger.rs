//! [`Ledger`]: what the reader has corrected in the document being read, for each lens.
//!
//! It stands apart from the place and the page: corrections come from the memory, from keys, and outlive every
//! new reading and analysis of the document.

use crate::memory::Sheet as Kept;
use crate::model::{Change, Corrections, Edit, NameEdit};
use crate::text::harmless;
use crate::text::show::plural;
use crate::tui::mends::Mends;

/// Corrections of one document.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    sheets: Vec<Sheet>,
    /// What was changed in the names, whatever the lens.
    pub names: Mends,
    /// Whether some are in no memory, so that what is recalled must not replace them.
    unkept: bool,
    /// Why the memory could not be read or written, in full.
    pub trouble: Option<String>,
}

/// The corrections under one lens.
#[derive(Clone, Debug, Default)]
struct Sheet {
    lens: String,
    corrections: Corrections,
    /// Indices of those whose places are not in the text.
    lost: Vec<usize>,
}

impl Ledger {
    /// Takes what the memory knows.
    pub fn recall(&mut self, kept: Vec<Kept>) {
        if self.unkept {
            return;
        }
        let sheet = |kept: Kept| Sheet {
            lens: kept.lens,
            corrections: kept.corrections,
            lost: Vec::new(),
        };
        self.sheets = kept.into_iter().map(sheet).collect();
    }

    /// A correction could not be kept.
    pub fn not_kept(&mut self) {
        self.unkept = true;
    }

    /// How many corrections there are, for the page about the document; nothing where there are none.
    pub fn describe(&self, lens: &str) -> Option<String> {
        let sheet = self.sheets.iter().find(|sheet| sheet.lens == lens)?;
        let (all, lost) = (sheet.corrections.edits.len(), sheet.lost.len());
        match (all, lost) {
            (0, _) => None,
            (_, 0) => Some(format!("{all} (U undoes the latest)")),
            _ => Some(format!(
                "{all}, of which {lost} not found again in this text"
            )),
        }
    }

    pub fn corrections(&self, lens: &str) -> Corrections {
        let sheet = self.sheets.iter().find(|sheet| sheet.lens == lens);
        sheet.map_or_else(Corrections::default, |sheet| sheet.corrections.clone())
    }

    pub fn change(&mut self, lens: &str, change: &Change) {
        self.sheet(lens).corrections.change(change);
    }

    /// Takes which corrections have no place in the text.
    pub fn lose(&mut self, lens: &str, lost: Vec<usize>) {
        self.sheet(lens).lost = lost;
    }

    /// What a reader must be told of corrections that fit the text no longer.
    pub fn complaint(&mut self, lens: &str) -> Option<String> {
        let sheet = self.sheet(lens);
        let count = sheet.lost.len();
        let first = sheet.lost.first()?;
        let corrections = plural(count, "correction");
        // What was kept may have been changed by anybody.
        let edit = sheet.corrections.edits.get(*first)?;
        let quote = harmless::line(&edit.at().quote);
        Some(format!(
            "not found again in this text, and kept: {corrections} (“{quote} …”)"
        ))
    }

    /// The edit of the names that was made after all corrections of sections, if the latest was one.
    pub fn latest_mend(&self, lens: &str) -> Option<&NameEdit> {
        let (edit, after) = self.names.latest()?;
        let later = self.latest(lens).is_none() || after >= self.count(lens);
        later.then_some(edit)
    }

    /// How many corrections of sections there are.
    pub fn count(&self, lens: &str) -> usize {
        let sheet = self.sheets.iter().find(|sheet| sheet.lens == lens);
        sheet.map_or(0, |sheet| sheet.corrections.edits.len())
    }

    /// The latest correction that is in force.
    pub fn latest(&self, lens: &str) -> Option<&Edit> {
        let sheet = self.sheets.iter().find(|sheet| sheet.lens == lens)?;
        let edits = sheet.corrections.edits.iter().enumerate();
        let mut edits = edits.filter(|(at, _)| !sheet.lost.contains(at));
        edits.next_back().map(|(_, edit)| edit)
    }

    fn sheet(&mut self, lens: &str) -> &mut Sheet {
        let at = self.sheets.iter().position(|sheet| sheet.lens == lens);
        let at = at.unwrap_or_else(|| {
            self.sheets.push(Sheet {
                lens: lens.to_owned(),
                ..Sheet::default()
            });
            self.sheets.len() - 1
        });
        &mut self.sheets[at]
    }
}
