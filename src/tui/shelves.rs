//! [`Shelves`]: the documents to choose from, one list inside another, and where the reader was in each.
//!
//! It stands apart because a list outlives the document that is read: a folder holds a mailbox, a mailbox messages.
//! What is known of a document comes late and from elsewhere ([`Facts`]); the place in one is kept by its source.

use std::collections::HashMap;
use std::sync::Arc;

use crate::formats::{Item, Shelf, Source};
use crate::model::EntityKind;
use crate::tui::action::Action;
use crate::tui::line::Input;
use crate::tui::overlay::{Cursor, Reply};
use crate::tui::reading::Kept;

/// Counts lists; what is told of the documents of an older one is dropped.
pub type Serial = u32;

/// All lists, the outermost first.
#[derive(Debug, Default)]
pub struct Shelves {
    pub levels: Vec<Level>,
    serial: Serial,
    /// Places in documents that were left, by [`key`].
    places: HashMap<String, Kept>,
    /// Whether to go to the pinned name as soon as it is found.
    pub seek: bool,
}

/// One list.
#[derive(Debug)]
pub struct Level {
    pub serial: Serial,
    pub title: String,
    pub notice: Option<String>,
    pub entries: Vec<Entry>,
    /// The one that is read, or whose list is the next level.
    pub present: Option<usize>,
}

/// A document of a list.
#[derive(Debug)]
pub struct Entry {
    pub item: Item,
    /// What it was called before it was looked into: a file by its name.
    pub name: String,
    /// Whether it was looked into.
    pub known: bool,
    /// Why it cannot be read.
    pub trouble: Option<String>,
    /// Who is named in it; `None` before it was looked for.
    pub names: Option<Arc<[Named]>>,
    /// Why nobody looks for its names before it was opened.
    pub unnamed: Option<String>,
}

/// What was found out about a document of a list.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub title: Option<String>,
    pub date: Option<String>,
    pub words: Option<usize>,
    pub names: Option<Arc<[Named]>>,
    pub trouble: Option<String>,
    pub unnamed: Option<String>,
}

/// Somebody named in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub kind: EntityKind,
    pub mentions: usize,
}

/// The list that lies on top.
#[derive(Debug)]
pub struct List {
    /// Which of the levels.
    pub level: usize,
    pub filter: Input,
    /// Whether keys go into the filter.
    pub typing: bool,
    /// The entries that pass the filter.
    pub listed: Vec<usize>,
    pub cursor: Cursor,
}

/// What tells a source from others, for as long as the program runs.
pub fn key(source: &Source) -> String {
    match source {
        Source::Path(path) => format!("file {}", path.display()),
        Source::Address(address) => format!("address {address}"),
        Source::Stdin => "stdin".to_owned(),
        Source::Sample(sample) => format!("sample {}", sample.name),
        Source::Held(held) => format!("held {}", held.name),
    }
}

impl Shelves {
    /// Lays `shelf` on `level`; the lists that lay there are put away.
    pub fn lay(&mut self, several: Shelf, level: usize) -> &Level {
        self.serial += 1;
        self.levels.truncate(level);
        let entry = |item: Item| Entry {
            name: item.title.clone(),
            item,
            known: false,
            trouble: None,
            names: None,
            unnamed: None,
        };
        self.levels.push(Level {
            serial: self.serial,
            title: several.title,
            notice: several.notice,
            entries: several.items.into_iter().map(entry).collect(),
            present: None,
        });
        &self.levels[self.levels.len() - 1]
    }

    /// The innermost list: the one that next and previous go through.
    pub fn innermost(&self) -> Option<&Level> {
        self.levels.last()
    }

    /// The entry that is `steps` after the one being read, if there is one; with nothing read the first.
    pub fn beside(&self, steps: isize) -> Option<usize> {
        let level = self.innermost()?;
        let at = match level.present {
            Some(at) => at.checked_add_signed(steps)?,
            None => 0,
        };
        (at < level.entries.len()).then_some(at)
    }

    /// Takes what was found out; whether it is of a list that is still there.
    pub fn learn(&mut self, serial: Serial, at: usize, facts: Facts) -> bool {
        let level = self.levels.iter_mut().find(|it| it.serial == serial);
        let Some(entry) = level.and_then(|level| level.entries.get_mut(at)) else {
            return false;
        };
        entry.learn(facts);
        true
    }

    pub fn keep(&mut self, source: &Source, place: Kept) {
        self.places.insert(key(source), place);
    }

    /// The place in a document, and what was kept of it.
    pub fn kept(&self, source: &Source) -> Option<&Kept> {
        self.places.get(&key(source))
    }
}

impl Entry {
    pub fn learn(&mut self, facts: Facts) {
        self.known = true;
        self.trouble = facts.trouble;
        let item = &mut self.item;
        item.title = facts
            .title
            .unwrap_or_else(|| std::mem::take(&mut item.title));
        item.date = facts.date.or_else(|| item.date.take());
        item.words = facts.words.or(item.words);
        self.names = facts.names.or_else(|| self.names.take());
        self.unnamed = facts.unnamed;
    }
}

impl Level {
    /// The documents that nothing is known of yet, or, with `names`, those whose names are not known.
    pub fn unknown(&self, names: bool) -> Vec<(usize, Source)> {
        let wanted = |entry: &Entry| {
            let open = entry.trouble.is_none();
            open && (!entry.known || (names && entry.names.is_none() && entry.unnamed.is_none()))
        };
        let entries = self.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| wanted(entry))
            .map(|(at, entry)| (at, entry.item.source.clone()))
            .collect()
    }
}

impl List {
    /// The list of `level`, with the present document under the cursor.
    pub fn new(shelves: &Shelves, level: usize) -> Self {
        let mut list = Self {
            level,
            filter: Input::default(),
            typing: false,
            listed: Vec::new(),
            cursor: Cursor::default(),
        };
        list.list(shelves);
        list.cursor.at = shelves.levels[level].present.unwrap_or(0);
        list
    }

    /// Applies the filter, without regard to case; the cursor stays on its document while that passes.
    pub fn list(&mut self, shelves: &Shelves) {
        let selected = self.selected();
        let wanted = self.filter.text.trim().to_lowercase();
        let Some(level) = shelves.levels.get(self.level) else {
            return self.listed.clear();
        };
        let passes = |entry: &Entry| {
            wanted.is_empty()
                || entry.item.title.to_lowercase().contains(&wanted)
                || entry.name.to_lowercase().contains(&wanted)
        };
        let entries = level.entries.iter().enumerate();
        self.listed = entries
            .filter(|(_, entry)| passes(entry))
            .map(|(at, _)| at)
            .collect();
        let again = self.listed.iter().position(|at| Some(*at) == selected);
        let last = self.listed.len().saturating_sub(1);
        self.cursor.at = again.unwrap_or(self.cursor.at).min(last);
    }

    /// The entry under the cursor.
    pub fn selected(&self) -> Option<usize> {
        self.listed.get(self.cursor.at).copied()
    }

    pub fn update(&mut self, action: Action, shelves: &Shelves, page: usize) -> Reply {
        if self.typing && matches!(action, Action::Open | Action::Escape) {
            self.finish_filter(action == Action::Open, shelves);
            return Reply::Done;
        }
        match action {
            Action::Choose | Action::Quit | Action::Escape => Reply::Close,
            Action::Find => {
                self.typing = true;
                Reply::Done
            }
            Action::Back => Reply::Outward,
            Action::Open => self
                .selected()
                .map_or(Reply::Done, |at| Reply::Document(self.level, at)),
            _ if self.cursor.step(action, self.listed.len(), page) => Reply::Done,
            _ => Reply::Unused,
        }
    }

    /// Ends typing; the filter is kept or dropped.
    pub fn finish_filter(&mut self, keep: bool, shelves: &Shelves) {
        self.typing = false;
        if !keep {
            self.filter = Input::default();
            self.list(shelves);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelves(titles: &[&str]) -> Shelves {
        let item = |title: &&str| Item {
            title: (*title).to_owned(),
            date: None,
            words: None,
            source: Source::Path((*title).into()),
        };
        let mut shelves = Shelves::default();
        let shelf = Shelf {
            items: titles.iter().map(item).collect(),
            ..Shelf::default()
        };
        shelves.lay(shelf, 0);
        shelves
    }

    #[test]
    fn next_and_previous_end_at_the_ends() {
        let mut shelves = shelves(&["a", "b"]);
        assert_eq!(shelves.beside(1), Some(0));
        shelves.levels[0].present = Some(0);
        assert_eq!((shelves.beside(1), shelves.beside(-1)), (Some(1), None));
        shelves.levels[0].present = Some(1);
        assert_eq!((shelves.beside(1), shelves.beside(-1)), (None, Some(0)));
    }

    #[test]
    fn facts_that_come_late_keep_the_cursor_on_its_document() {
        let mut shelves = shelves(&["b.md", "a.md", "ba.md"]);
        let mut list = List::new(&shelves, 0);
        list.cursor.at = 2;
        list.filter.insert("b");
        list.list(&shelves);
        assert_eq!(
            (list.listed.as_slice(), list.selected()),
            (&[0, 2][..], Some(2))
        );
        let facts = Facts {
            title: Some("A title with b in it".into()),
            ..Facts::default()
        };
        assert!(shelves.learn(1, 1, facts));
        list.list(&shelves);
        assert_eq!((list.listed.len(), list.selected()), (3, Some(2)));
        assert!(!shelves.learn(0, 1, Facts::default()));
    }

    #[test]
    fn a_list_put_away_is_not_learnt_of() {
        let mut shelves = shelves(&["a"]);
        shelves.lay(Shelf::default(), 1);
        shelves.lay(Shelf::default(), 0);
        assert_eq!(shelves.levels.len(), 1);
        assert!(!shelves.learn(1, 0, Facts::default()));
    }
}
