//! The file has changed on disk: reading it anew under the reader's eyes, and saying what is different.
//!
//! Nothing is taken away from under somebody who types: the reading waits until the line is done.

use std::path::Path;

use crate::formats::Source;
use crate::model::{EntityKind, Lens};
use crate::text::show::cut;
use crate::tui::app::App;
use crate::tui::event::{Coverage, Effect, Loaded};
use crate::tui::reading::{Reading, Stage};

/// So many sections and names are told by name.
const TOLD: usize = 3;
/// Columns of each.
const COLUMNS: u16 = 32;

/// What is known of changes to the file.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// It changed while somebody typed.
    waiting: bool,
    /// The reading that runs was not asked for by a key.
    unasked: bool,
    /// What stood in it, told from what stands there now once that is known.
    before: Option<Known>,
}

/// What a document had.
#[derive(Debug)]
struct Known {
    sections: Vec<String>,
    names: Vec<(EntityKind, String)>,
}

impl Changes {
    /// The reading failed: there is nothing to tell.
    pub(super) fn failed(&mut self) {
        self.unasked = false;
    }
}

impl App {
    /// Has the file on the screen watched, if it is one.
    pub(super) fn watch(&mut self) {
        let watched = match &self.source {
            Source::Path(path) => Some(path.clone()),
            _ => None,
        };
        self.changes = Changes::default();
        self.effects.push(Effect::Watch(watched));
    }

    /// The file on the screen has changed, or is gone.
    pub(super) fn file_changed(&mut self, path: &Path, there: bool) {
        if !matches!(&self.source, Source::Path(own) if own == path) || self.opening.is_some() {
            return;
        }
        if !there {
            self.notice = Some("the file is gone: what was read of it stays".into());
            return;
        }
        if self.search.typing || self.is_filtering() {
            self.changes.waiting = true;
            return;
        }
        self.changes.waiting = false;
        self.changes.unasked = true;
        self.reload();
    }

    /// Reads what changed while somebody typed, now that the line is done.
    pub(super) fn catch_up(&mut self) {
        if self.changes.waiting
            && let Source::Path(path) = self.source.clone()
        {
            self.file_changed(&path, true);
        }
    }

    /// The text was read again: says so, or notes what was known, to tell the difference when all is known.
    pub(super) fn note_changes(&mut self, loaded: &Loaded) {
        let unasked = std::mem::take(&mut self.changes.unasked);
        if loaded.document.text == self.reading.document.text {
            if !unasked {
                self.notice = Some("read again: nothing has changed".into());
            }
            return;
        }
        if loaded.document.meta.notice.is_none() {
            self.notice = Some("read again".into());
        }
        if self.reading.stage == Stage::Ready {
            self.changes.before = Some(known(&self.reading));
        }
    }

    /// Says which sections and names were added or are gone.
    pub(super) fn tell_changes(&mut self, coverage: Coverage) {
        if coverage != Coverage::Whole || self.loading {
            return;
        }
        let Some(before) = self.changes.before.take() else {
            return;
        };
        let now = known(&self.reading);
        let mut told = Vec::new();
        told.extend(difference("section", &before.sections, &now.sections));
        let name = |names: &[(EntityKind, String)]| -> Vec<String> {
            names.iter().map(|(_, name)| name.clone()).collect()
        };
        told.extend(difference("name", &name(&before.names), &name(&now.names)));
        let words = if told.is_empty() {
            "the words changed; sections and names are the same".to_owned()
        } else {
            told.join("; ")
        };
        let more = self.reading.document.meta.notice.as_ref();
        let more = more.map_or(String::new(), |notice| format!("; {notice}"));
        self.notice = Some(format!("read again: {words}{more}"));
    }

    /// Whether the reader has left the top of a document that is still being read.
    pub(super) fn moved(&self) -> bool {
        self.reading.anchor != self.reading.page(self.viewport()).top()
    }
}

fn known(reading: &Reading) -> Known {
    let lens: &Lens = &reading.briefing.lens;
    let sections = reading.outline().sections.iter();
    let entities = reading.briefing.entities.entities.iter();
    Known {
        sections: sections
            .map(|section| section.title(&reading.document, lens).to_owned())
            .collect(),
        names: entities
            .filter(|entity| entity.kind != EntityKind::Place)
            .map(|entity| (entity.kind, entity.name.clone()))
            .collect(),
    }
}

/// `section “Talks” added`, `names gone: Ida Brandt, Ola Vik and 2 more`.
fn difference(what: &str, before: &[String], now: &[String]) -> Vec<String> {
    let missing = |from: &[String], other: &[String]| -> Vec<String> {
        let mut left: Vec<&String> = other.iter().collect();
        let mut missing = Vec::new();
        for one in from {
            match left.iter().position(|it| *it == one) {
                Some(at) => drop(left.swap_remove(at)),
                None => missing.push(cut(one, COLUMNS)),
            }
        }
        missing
    };
    let say = |found: Vec<String>, how: &str| {
        let more = found.len().saturating_sub(TOLD);
        let list = found
            .get(..TOLD.min(found.len()))
            .unwrap_or_default()
            .join(", ");
        let plural = if found.len() == 1 { "" } else { "s" };
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        (!found.is_empty()).then(|| format!("{what}{plural} {how}: {list}{more}"))
    };
    let added = say(missing(now, before), "added");
    let gone = say(missing(before, now), "gone");
    added.into_iter().chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_and_what_is_gone_is_told() {
        let list =
            |words: &[&str]| -> Vec<String> { words.iter().map(|it| (*it).to_owned()).collect() };
        for (before, now, told) in [
            (&["A", "B"][..], &["B", "A"][..], &[][..]),
            (&["A"], &["A", "B"], &["name added: B"]),
            (&["A", "A"], &["A"], &["name gone: A"]),
            (
                &["A"],
                &["B", "C", "D", "E"],
                &["names added: B, C, D and 1 more", "name gone: A"],
            ),
        ] {
            assert_eq!(difference("name", &list(before), &list(now)), list(told));
        }
    }
}
