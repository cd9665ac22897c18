//! Documents to choose from: the list, the table of all names, and going from one document to another.
//!
//! What is on the screen stays until the next document is there; its place is kept, and gone to when it comes again.

use std::sync::Arc;

use crate::formats::{Shelf, Source};
use crate::model::EntityKind;
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::census::Census;
use crate::tui::event::{Coverage, Effect, Loaded};
use crate::tui::overlay::{Cursor, Overlay};
use crate::tui::reading::Reading;
use crate::tui::search::Search;
use crate::tui::shelves::{Facts, List, Named, Serial};

/// A document on its way.
#[derive(Debug)]
pub struct Opening {
    pub source: Source,
    /// What the list calls it.
    pub title: String,
    /// Level of its list, and entry there.
    at: (usize, usize),
    /// Who shall be pinned in it.
    pinned: Option<String>,
}

impl App {
    /// What is done with documents; whether `action` is one of these.
    pub(super) fn shelf_took(&mut self, action: Action) -> bool {
        match action {
            Action::Choose => self.show_list(self.shelves.levels.len().saturating_sub(1)),
            Action::NextDocument => self.step_document(1),
            Action::PreviousDocument => self.step_document(-1),
            Action::AllNames => self.show_census(),
            Action::Escape if self.opening.is_some() => self.stop_opening(),
            _ => return false,
        }
        true
    }

    /// Lays a list that was read in front of the reader.
    pub(super) fn take_shelf(&mut self, several: Shelf) {
        self.loading = false;
        self.progress = None;
        let opening = self.opening.take();
        let level = opening.as_ref().map_or(0, |it| it.at.0 + 1);
        if let Some(Opening {
            at: (level, entry), ..
        }) = opening
        {
            self.shelves.levels[level].present = Some(entry);
        }
        self.lay_shelf(several, level);
    }

    pub(super) fn lay_shelf(&mut self, several: Shelf, level: usize) {
        self.notice.clone_from(&several.notice);
        self.shelves.lay(several, level);
        self.show_list(level);
        self.describe(level, false);
    }

    /// Has the documents of a list looked into that nothing is known of.
    fn describe(&mut self, level: usize, names: bool) {
        let level = &self.shelves.levels[level];
        let unknown = level.unknown(names);
        if !unknown.is_empty() {
            self.effects
                .push(Effect::Describe(level.serial, unknown, names));
        }
    }

    fn show_list(&mut self, level: usize) {
        if level >= self.shelves.levels.len() {
            self.notice = Some("there is only this document: name several, or a folder".into());
            return;
        }
        self.overlay = Some(Overlay::Shelf(List::new(&self.shelves, level)));
    }

    /// From the list of a mailbox to that of its folder.
    pub(super) fn outward(&mut self) {
        let Some(Overlay::Shelf(list)) = &self.overlay else {
            return;
        };
        match list.level.checked_sub(1) {
            Some(level) => self.show_list(level),
            None => self.notice = Some("no list holds this one".into()),
        }
    }

    /// Esc and q in a list with nothing under it: there is no text to go back to.
    pub(super) fn is_bare(&self) -> bool {
        self.reading.document.blocks.is_empty() && matches!(self.overlay, Some(Overlay::Shelf(_)))
    }

    /// Closing a list with nothing under it goes to the list that holds it; from the outermost, `q` leaves.
    pub(super) fn close_bare(&mut self, action: Action) {
        let outer = matches!(&self.overlay, Some(Overlay::Shelf(list)) if list.level == 0);
        match action {
            Action::Quit => self.effects.push(Effect::Quit(0, None)),
            _ if !outer => self.outward(),
            _ => self.notice = Some("Enter opens a document, q quits".into()),
        }
    }

    fn step_document(&mut self, steps: isize) {
        let Some(level) = self.shelves.levels.len().checked_sub(1) else {
            self.notice = Some("there is only this document: name several, or a folder".into());
            return;
        };
        match self.shelves.beside(steps) {
            Some(entry) => self.open_document(level, entry),
            None if steps > 0 => self.notice = Some("this is the last document".into()),
            None => self.notice = Some("this is the first document".into()),
        }
    }

    /// Opens an entry of a list; the text stays until the other is there.
    pub(super) fn open_document(&mut self, level: usize, entry: usize) {
        let Some(chosen) = self
            .shelves
            .levels
            .get(level)
            .and_then(|it| it.entries.get(entry))
        else {
            return;
        };
        let pinned = match &self.overlay {
            Some(Overlay::Census(census)) => census.selected().map(|row| row.name.clone()),
            _ => None,
        };
        let opening = Opening {
            source: chosen.item.source.clone(),
            title: chosen.item.title.clone(),
            at: (level, entry),
            pinned,
        };
        let read = self
            .shelves
            .kept(&opening.source)
            .and_then(|kept| kept.loaded.clone());
        let known = self.opening.is_some() || self.loading;
        if known {
            self.effects.push(Effect::StopReading);
        }
        self.run += 1;
        if let Some(loaded) = read {
            self.arrive(opening, loaded);
        } else {
            let source = opening.source.clone();
            self.opening = Some(opening);
            self.effects.push(Effect::Open(self.run, source));
        }
    }

    /// The document that was opened is there, or its beginning.
    pub(super) fn arrive(&mut self, opening: Opening, loaded: Loaded) {
        self.leave();
        let (level, entry) = opening.at;
        self.shelves.levels.truncate(level + 1);
        self.shelves.levels[level].present = Some(entry);
        let count = self.shelves.levels[level].entries.len();
        self.loading = !loaded.is_whole();
        self.progress = None;
        self.reading = Reading::new(loaded);
        self.source = opening.source;
        (self.overlay, self.focus) = (None, Pane::Text);
        (self.contents, self.people) = (Cursor::default(), Cursor::default());
        (self.selection, self.spot, self.peek) = (None, None, None);
        self.pick = None;
        let before = std::mem::take(&mut self.search);
        self.search = Search {
            input: before.input,
            query: before.query,
            serial: before.serial,
            ..Search::default()
        };
        let viewport = self.viewport();
        self.reading.anchor = self.reading.page(viewport).top();
        self.resume();
        if let Some(name) = opening.pinned {
            self.reading.pin_when_found(name);
            self.shelves.seek = true;
        }
        let notice = self.reading.document.meta.notice.clone();
        let number = format!("document {} of {count}", entry + 1);
        self.notice = Some(notice.map_or(number.clone(), |notice| format!("{number}; {notice}")));
        self.watch();
        self.analyze();
        self.search_again();
    }

    /// Goes to the place that was kept, once the text reaches so far.
    pub(super) fn resume(&mut self) {
        if self.loading {
            return;
        }
        if let Some(kept) = self.shelves.kept(&self.source).cloned() {
            self.reading.resume(&kept);
        }
    }

    /// Keeps the place in the document that is left.
    fn leave(&mut self) {
        if self.reading.document.blocks.is_empty() {
            return;
        }
        self.keep_place();
        if self.loading {
            // The place that was kept before is not reached yet, unless the reader went on from the top.
            let moved = self.reading.anchor != self.reading.page(self.viewport()).top();
            if !moved && self.shelves.kept(&self.source).is_some() {
                return;
            }
        }
        let once = matches!(self.source, Source::Stdin);
        let mut kept = self.reading.leave();
        kept.loaded = once.then(|| self.reading.as_read(self.loading));
        self.shelves.keep(&self.source, kept);
    }

    fn stop_opening(&mut self) {
        let Some(opening) = self.opening.take() else {
            return;
        };
        self.effects.push(Effect::StopReading);
        self.run += 1;
        self.progress = None;
        self.notice = Some(format!("opening {} was stopped", opening.title));
        self.go_on();
    }

    /// The document could not be opened: the one before stays.
    pub(super) fn opening_failed(&mut self, opening: &Opening, why: String) {
        let (level, entry) = opening.at;
        if let Some(entry) = self
            .shelves
            .levels
            .get_mut(level)
            .and_then(|level| level.entries.get_mut(entry))
        {
            entry.trouble = Some(why.clone());
        }
        self.progress = None;
        self.notice = Some(why);
        self.go_on();
    }

    /// Takes up the document on the screen again, whose results were dropped with its run.
    fn go_on(&mut self) {
        if self.loading {
            self.loading = false;
            self.reading.stop_at_what_is_read();
        }
        if !self.reading.document.blocks.is_empty() {
            self.analyze();
        }
    }

    /// Something was found out about a document of a list.
    pub(super) fn learn_facts(&mut self, serial: Serial, at: usize, facts: Facts) {
        if !self.shelves.learn(serial, at, facts) {
            return;
        }
        match &mut self.overlay {
            Some(Overlay::Shelf(list)) if !list.filter.text.is_empty() => list.list(&self.shelves),
            Some(Overlay::Census(census)) => {
                if let Some(level) = self.shelves.levels.get(census.level) {
                    census.gather(level);
                }
            }
            _ => {}
        }
    }

    /// What the analysis of the document on the screen tells of its entry in the list.
    pub(super) fn describe_present(&mut self, coverage: Coverage) {
        if coverage != Coverage::Whole || self.loading {
            return;
        }
        let Some(level) = self.shelves.innermost() else {
            return;
        };
        let Some(at) = level.present else { return };
        if level.entries[at].item.source != self.source {
            return;
        }
        let meta = &self.reading.document.meta;
        let entities = &self.reading.briefing.entities.entities;
        let serial = level.serial;
        let facts = Facts {
            title: self.reading.document.title().map(str::to_owned),
            date: meta.published.clone(),
            words: self.reading.words,
            names: Some(named(entities)),
            ..Facts::default()
        };
        self.learn_facts(serial, at, facts);
    }

    /// Opens or closes the table of who is named in all documents of the list.
    fn show_census(&mut self) {
        let Some(level) = self.shelves.levels.len().checked_sub(1) else {
            self.notice = Some("there is only this document: p lists its names".into());
            return;
        };
        let census = Census::new(level, &self.shelves.levels[level]);
        self.overlay = Some(Overlay::Census(census));
        self.describe(level, true);
    }

    /// Goes to the first mention of a name that was chosen in the table of all documents.
    pub(super) fn seek_pinned(&mut self, coverage: Coverage) {
        if !self.shelves.seek {
            return;
        }
        if let Some(pinned) = self.reading.pinned {
            self.shelves.seek = false;
            let entities = &self.reading.briefing.entities;
            let first = entities
                .mentions_of(pinned)
                .next()
                .map(|it| it.range.start());
            if let Some(first) = first {
                self.show_mention(first);
            }
        } else if coverage == Coverage::Whole {
            self.shelves.seek = false;
        }
    }
}

/// The people, agencies and places of one document.
pub fn named(entities: &[crate::model::Entity]) -> Arc<[Named]> {
    let named = |entity: &crate::model::Entity| Named {
        name: entity.name.clone(),
        kind: entity.kind,
        mentions: entity.mentions.len(),
    };
    let shown = |entity: &&crate::model::Entity| entity.kind != EntityKind::Place && !entity.hidden;
    entities.iter().filter(shown).map(named).collect()
}
