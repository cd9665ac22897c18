//! Highlights and notes: making, writing, listing, removing them, and taking that back.
//!
//! What is done to a note is shown at once and handed to the memory in the same breath; when that fails it is said,
//! and the note stands for this run.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::model::{Anchor, anchor};
use crate::text::TextRange;
use crate::text::show::{cut, plural};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::event::{Deed, Effect, Jot, Located};
use crate::tui::notes::{List, Note, NoteId, Place, Subject, Undo, Writing};
use crate::tui::overlay::{Cursor, Overlay};

/// Columns of a quote in a sentence about it.
const QUOTED: u16 = 24;

impl App {
    /// What is done to notes wherever the reader is; whether `action` was that.
    pub(super) fn note_took(&mut self, action: Action) -> bool {
        match action {
            Action::EditNote | Action::RemoveNote => self.deal_with_note(action),
            Action::SaveNote => self.save_note(),
            Action::DropNote => self.close_writing(),
            Action::Undo => return self.undo_note(),
            _ => return false,
        }
        true
    }

    /// `Enter` on what is picked: marks it, or takes the mark off.
    pub(super) fn highlight(&mut self) {
        let Some(range) = self.selected() else {
            self.notice = Some("nothing is picked: v picks sentences".into());
            return;
        };
        if self.is_too_early() {
            return;
        }
        self.pick = None;
        self.selection = None;
        let same = {
            let mut there = self.reading.notes.within(range);
            let same = there.find(|(place, _)| *place == range);
            same.map(|(_, note)| (note.serial, note.body.is_empty()))
        };
        match same {
            Some((serial, true)) => {
                self.remove_note(serial);
                self.notice = Some("the highlight is taken off; U undoes".into());
            }
            Some((_, false)) => {
                self.notice = Some("there is a note on these words already".into());
            }
            None => {
                self.notice = Some("highlighted; U undoes".into());
                self.add_note(range, String::new());
            }
        }
    }

    /// `a`: writes on what is picked, or on the sentence that would be; on the note that stands there already.
    pub(super) fn write_note(&mut self) {
        if self.is_too_early() {
            return;
        }
        if self.selected().is_none() {
            self.pick_here();
        }
        let Some(range) = self.selected() else { return };
        let there = self.reading.notes.within(range).next();
        if let Some(serial) = there.map(|(_, note)| note.serial) {
            return self.rewrite(serial, None);
        }
        let anchor = Anchor::of(&self.reading.document.text, range);
        let quote = anchor.quote.clone();
        let subject = Subject::New(Box::new(anchor));
        self.overlay = Some(Overlay::Writing(Box::new(Writing::new(
            subject, &quote, "",
        ))));
    }

    fn rewrite(&mut self, serial: NoteId, beneath: Option<List>) {
        let Some(note) = self.reading.notes.get(serial) else {
            return;
        };
        let words = note
            .range()
            .map_or(note.anchor.quote.as_str(), |range| self.words_at(range));
        let mut writing = Writing::new(Subject::Old(serial), words, &note.body);
        writing.beneath = beneath;
        self.overlay = Some(Overlay::Writing(Box::new(writing)));
    }

    fn words_at(&self, range: TextRange) -> &str {
        range.of(&self.reading.document.text)
    }

    /// Whether a note would be on words whose document is not known yet.
    fn is_too_early(&mut self) -> bool {
        if self.loading {
            self.notice = Some("the document is still being read: note in a moment".into());
        }
        self.loading
    }

    /// A key while a note is written: all but a few are words. Whether it was taken.
    pub(super) fn write(&mut self, event: KeyEvent) -> bool {
        let Some(Overlay::Writing(writing)) = &mut self.overlay else {
            return false;
        };
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        self.notice = None;
        if std::mem::take(&mut writing.leaving) {
            match event.code {
                KeyCode::Char('s') => self.save_note(),
                KeyCode::Char('d') => self.close_writing(),
                _ => {}
            }
            return true;
        }
        match event.code {
            KeyCode::Char('s') if control => self.save_note(),
            KeyCode::Enter if alt => self.save_note(),
            KeyCode::Char('z') if control => self.effects.push(Effect::Suspend),
            KeyCode::Char('l') if control => self.effects.push(Effect::Redraw),
            KeyCode::Char('c') if control => self.leave_writing(),
            KeyCode::Esc => self.leave_writing(),
            _ => drop(writing.area.input(event)),
        }
        true
    }

    /// Closes the field; asks first when something would be lost.
    fn leave_writing(&mut self) {
        match &mut self.overlay {
            Some(Overlay::Writing(writing)) if writing.is_changed() => writing.leaving = true,
            Some(Overlay::Writing(_)) => self.close_writing(),
            _ => {}
        }
    }

    /// A click on what Esc is said to do.
    pub(super) fn escape_writing(&mut self) {
        match &mut self.overlay {
            Some(Overlay::Writing(writing)) if writing.leaving => writing.leaving = false,
            _ => self.leave_writing(),
        }
    }

    fn close_writing(&mut self) {
        let Some(Overlay::Writing(writing)) = self.overlay.take() else {
            return;
        };
        self.overlay = writing.beneath.map(Overlay::Notes);
        self.pick = None;
        self.selection = None;
    }

    /// Makes or changes the note that was written.
    fn save_note(&mut self) {
        let Some(Overlay::Writing(writing)) = &self.overlay else {
            return;
        };
        let (body, changed, subject) = (
            writing.body(),
            writing.is_changed(),
            writing.subject.clone(),
        );
        self.close_writing();
        if !changed {
            self.notice = Some("nothing was written".into());
            return;
        }
        match subject {
            Subject::New(anchor) => {
                self.notice = Some("note saved; A lists all, U undoes".into());
                let place = anchor::find(&self.reading.document.text, [&*anchor])[0];
                self.enter(*anchor, body, place.map_or(Place::Lost, Place::At));
            }
            Subject::Old(serial) => {
                self.notice = Some("note saved; U undoes".into());
                if let Some(old) = self.change_note(serial, body) {
                    self.done(Undo::Change(serial, old));
                }
            }
        }
    }

    /// Keeps what was being written when the program must end.
    pub(super) fn rescue_note(&mut self) {
        if let Some(Overlay::Writing(writing)) = &self.overlay
            && writing.is_changed()
        {
            self.save_note();
        }
    }

    fn add_note(&mut self, range: TextRange, body: String) {
        let anchor = Anchor::of(&self.reading.document.text, range);
        self.enter(anchor, body, Place::At(range));
    }

    fn enter(&mut self, anchor: Anchor, body: String, place: Place) {
        let serial = self.reading.notes.add(anchor, body, place);
        self.done(Undo::Remove(serial));
        self.keep_note(serial);
    }

    fn remove_note(&mut self, serial: NoteId) {
        if let Some(note) = self.take_note(serial) {
            self.done(Undo::Add(Box::new(note)));
        }
    }

    fn take_note(&mut self, serial: NoteId) -> Option<Note> {
        let note = self.reading.notes.remove(serial)?;
        if let Some(id) = note.id {
            self.jot(serial, Deed::Remove(id));
        }
        Some(note)
    }

    /// Changes the words of a note; gives those before.
    fn change_note(&mut self, serial: NoteId, body: String) -> Option<String> {
        let old = self.reading.notes.change(serial, body);
        self.keep_note(serial);
        old
    }

    fn keep_note(&mut self, serial: NoteId) {
        if let Some(note) = self.reading.notes.get(serial) {
            let what = note.jotting();
            let deed = match note.id {
                Some(id) => Deed::Change(id, what),
                None => Deed::Add(what),
            };
            self.jot(serial, deed);
        }
    }

    fn jot(&mut self, serial: NoteId, deed: Deed) {
        self.effects.push(Effect::Jot(Box::new(Jot {
            document: Arc::clone(&self.reading.document),
            serial,
            deed,
        })));
    }

    /// The memory has taken a note, under this number if it is a new one; or why it has not.
    pub fn jotted(&mut self, serial: NoteId, done: Result<Option<i64>, String>) {
        match done {
            Ok(Some(id)) => self.reading.notes.kept(serial, id),
            Ok(None) => {}
            Err(why) => {
                let done = self.notice.take().unwrap_or_default();
                self.notice = Some(format!("for this run only: {why}. {done}"));
            }
        }
    }

    fn done(&mut self, undo: Undo) {
        let corrections = self.corrections_made();
        self.reading.notes.done.push((undo, corrections));
    }

    fn corrections_made(&self) -> usize {
        let (ledger, lens) = (&self.reading.ledger, &self.reading.briefing.lens.name);
        ledger.count(lens) + ledger.names.edits().edits.len()
    }

    /// Takes back what was done last to a note, unless a correction was made since; whether there was such a thing.
    fn undo_note(&mut self) -> bool {
        let in_list = matches!(self.overlay, Some(Overlay::Notes(_)));
        let made = self.corrections_made();
        let latest = self.reading.notes.done.last();
        if latest.is_none_or(|(_, then)| made > *then && !in_list) {
            if in_list {
                self.notice = Some("there is nothing to undo in these notes".into());
            }
            return in_list;
        }
        let Some((undo, _)) = self.reading.notes.done.pop() else {
            return in_list;
        };
        let (what, note) = match undo {
            Undo::Remove(serial) => ("the new", self.take_note(serial)),
            Undo::Add(note) => {
                let serial = note.serial;
                self.reading.notes.put_back(*note);
                self.keep_note(serial);
                (
                    "the removal of the",
                    self.reading.notes.get(serial).cloned(),
                )
            }
            Undo::Change(serial, body) => {
                self.change_note(serial, body);
                ("the change of the", self.reading.notes.get(serial).cloned())
            }
        };
        if let Some(note) = note {
            let quote = cut(&note.anchor.quote.replace('\n', " "), QUOTED);
            self.notice = Some(format!("undone: {what} {} on “{quote}”", note.kind()));
        }
        self.refresh_overlay();
        true
    }

    /// `A`.
    pub(super) fn list_notes(&mut self) {
        let here = self.reading.anchor.at;
        let before = |note: &&Note| note.range().is_some_and(|range| range.end() <= here);
        let rows = self.reading.notes.rows();
        let at = rows.iter().filter(before).count();
        let cursor = Cursor {
            at: at.min(rows.len().saturating_sub(1)),
        };
        self.overlay = Some(Overlay::Notes(List { cursor }));
    }

    fn listed(&self) -> Option<(List, &Note)> {
        let Some(Overlay::Notes(list)) = &self.overlay else {
            return None;
        };
        let note = self.reading.notes.rows().get(list.cursor.at)?;
        Some((*list, note))
    }

    /// `Enter` in the list: goes to the words.
    pub(super) fn open_note(&mut self) {
        let Some((_, note)) = self.listed() else {
            return;
        };
        match note.place {
            Place::At(range) => {
                self.overlay = None;
                self.reading.show(range.start(), self.viewport());
            }
            Place::Sought => self.notice = Some("its words are still being looked for".into()),
            Place::Lost => {
                self.notice = Some("its words are not in this text any more".into());
            }
        }
    }

    /// `e` and `x` in the list.
    fn deal_with_note(&mut self, action: Action) {
        let Some((list, note)) = self.listed() else {
            return;
        };
        let (serial, kind) = (note.serial, note.kind());
        if action == Action::EditNote {
            return self.rewrite(serial, Some(list));
        }
        self.remove_note(serial);
        self.notice = Some(format!("the {kind} is removed; U undoes"));
        self.refresh_overlay();
    }

    /// Has the notes looked for in the text as it is now.
    pub(super) fn seek_notes(&mut self) {
        let rows = self.reading.notes.rows();
        if rows.is_empty() {
            return;
        }
        let sought = rows.iter().map(|row| (row.serial, row.anchor.clone()));
        let document = Arc::clone(&self.reading.document);
        let sought = sought.collect();
        self.effects
            .push(Effect::Locate(self.run, document, sought));
    }

    /// Takes where they were found, and says how many were not.
    pub(super) fn located(&mut self, located: &Located) {
        if !Arc::ptr_eq(&located.document, &self.reading.document) {
            return;
        }
        let before = self.reading.notes.lost();
        self.reading.notes.locate(&located.found);
        let lost = self.reading.notes.lost();
        if lost > before {
            let notes = plural(lost, "note");
            let said = self.notice.take().map(|said| format!("{said}; "));
            let words = format!("the words of {notes} are not in this text any more: A lists them");
            self.notice = Some(said.unwrap_or_default() + &words);
        }
        self.refresh_overlay();
    }
}
