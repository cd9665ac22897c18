//! The places of a document: going on where it was left, keeping where the reader is, and marks.

use std::sync::Arc;

use crossterm::event::KeyCode;

use crate::formats::Source;
use crate::model::{Anchor as Words, Document};
use crate::text::show::cut;
use crate::text::{TextRange, harmless};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::event::{Effect, Memories};
use crate::tui::keymap::Key;
use crate::tui::marks::{self, Marked};
use crate::tui::page::Anchor;

/// Columns of a lost mark's words.
const COLUMNS: u16 = 40;

impl App {
    /// Takes what was kept of the document, or why that cannot be told.
    pub(super) fn recalled(&mut self, memories: Memories) {
        let trouble = match memories.found {
            Ok(recalled) => {
                let (mends, unread) = recalled.mends();
                self.reading.ledger.names.recall(mends);
                self.tell_more(unread);
                self.reading.ledger.recall(recalled.sheets);
                self.reading.marks.recall(memories.marks);
                self.reading.notes.recall(recalled.notes);
                self.seek_notes();
                self.go_on_where_left();
                recalled.notice
            }
            Err(why) => Some(why),
        };
        if let Some(fault) = memories.own.faults.first() {
            self.tell_more(Some(fault.clone()));
        }
        self.take_own(memories.own);
        if trouble.is_some() {
            self.reading.ledger.trouble.clone_from(&trouble);
            self.notice = trouble;
        }
    }

    /// Goes to where the document was left, once, unless the reader is somewhere already or asked for another place.
    fn go_on_where_left(&mut self) {
        let first = !std::mem::replace(&mut self.reading.marks.gone_on, true);
        let fresh = first && self.wanted.is_none() && !self.moved();
        let Some(at) = self.reading.marks.left().filter(|_| fresh) else {
            return;
        };
        self.reading.jump(Anchor::to(at));
        if !self.moved() {
            return;
        }
        let document = &self.reading.document;
        let before = document
            .blocks
            .iter()
            .take_while(|it| it.range.start() <= at);
        let number = before.filter(|block| block.is_body()).count();
        self.notice = Some(format!("resumed at paragraph {number}; g for the top"));
    }

    /// Whether the reader is elsewhere than the memory has it.
    pub fn strayed(&self) -> bool {
        self.stray().is_some()
    }

    /// Where the reader is, if that is not what the memory has.
    pub fn here(&self) -> Option<(Arc<Document>, Words)> {
        let document = &self.reading.document;
        let words = Words::of(&document.text, self.stray()?);
        Some((Arc::clone(document), words))
    }

    fn stray(&self) -> Option<TextRange> {
        let reading = &self.reading;
        // A sample is for looking at.
        if self.loading || !reading.marks.told || matches!(self.source, Source::Sample(_)) {
            return None;
        }
        let sentence = marks::sentence(&reading.document, reading.anchor.at)?;
        let left = reading.marks.left();
        let kept = left.map_or(!self.moved(), |left| left == sentence.start());
        (!kept).then_some(sentence)
    }

    /// Keeps where the reader is before another document takes the screen.
    pub(super) fn keep_place(&mut self) {
        if let Some((document, place)) = self.here() {
            self.effects.push(Effect::Leave(document, Box::new(place)));
        }
    }

    /// The place in `document` is in the memory, or why it is not.
    pub fn left(&mut self, document: &Arc<Document>, at: usize, done: Result<(), String>) {
        if !Arc::ptr_eq(document, &self.reading.document) {
            return;
        }
        // Not tried again before the reader moves.
        self.reading.marks.leave(at);
        if let Err(why) = done {
            self.reading.ledger.trouble = Some(why);
        }
    }

    /// The first key of two: what the next one may be.
    pub(super) fn begin_mark(&mut self, action: Action, key: Option<Key>) {
        self.pending = key;
        let letters = self.reading.marks.letters();
        self.notice = Some(match action {
            Action::Mark if letters.is_empty() => "a letter marks this place".to_owned(),
            Action::Mark => format!("a letter marks this place; in use: {letters}"),
            _ if letters.is_empty() => {
                "' back to where you were; no marks yet: m sets one".to_owned()
            }
            _ => format!("' back to where you were; marks: {letters}"),
        });
    }

    /// The key after `m` or `'`; whether it was used up.
    pub(super) fn end_mark(&mut self, before: Key, key: Key) -> bool {
        let KeyCode::Char(name) = key.code else {
            return false;
        };
        let usable = name.is_alphanumeric() && !key.control && !key.alt;
        match self.keymap.action(before) {
            Some(Action::Mark) if usable => self.mark(name),
            Some(Action::ToMark) if usable => self.go_to_mark(name),
            Some(Action::Mark | Action::ToMark) if !key.control && !key.alt => {
                self.notice = Some("marks have letters and digits".into());
            }
            _ => return false,
        }
        true
    }

    fn mark(&mut self, name: char) {
        let document = Arc::clone(&self.reading.document);
        let Some(sentence) = marks::sentence(&document, self.reading.anchor.at) else {
            self.notice = Some("there are no words to mark here".into());
            return;
        };
        let words = Words::of(&document.text, sentence);
        self.reading.marks.mark(name, words.clone());
        self.notice = Some(format!("marked {name}: '{name} comes back here"));
        self.effects
            .push(Effect::Mark(document, name, Box::new(words)));
    }

    fn go_to_mark(&mut self, name: char) {
        match self.reading.marks.marked(name) {
            Marked::At(at) => self.reading.jump(Anchor::to(at)),
            Marked::Lost(quote) => {
                let quote = cut(&harmless::line(quote), COLUMNS);
                self.notice = Some(format!("mark {name} is lost, and kept: “{quote}”"));
            }
            Marked::Nothing => {
                let letters = self.reading.marks.letters();
                self.notice = Some(if letters.is_empty() {
                    format!("there is no mark {name}: m{name} sets it")
                } else {
                    format!("there is no mark {name}; marks: {letters}")
                });
            }
        }
    }
}
