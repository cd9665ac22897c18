//! [`Notes`]: the highlights and notes of the document being read, and the two overlays that show and change them.
//!
//! They stand apart from the place and the page, like corrections: they come from the memory and from keys, and outlive
//! every new reading of the document. A highlight is a note without words.

use ratatui::style::{Modifier, Style};
use ratatui_textarea::{TextArea, WrapMode};

use crate::memory::{Jotting, Note as Kept, NoteKind};
use crate::model::Anchor;
use crate::text::{TextRange, harmless};
use crate::tui::action::Action;
use crate::tui::overlay::{Cursor, Reply};

/// Counts the notes of a run.
pub type NoteId = u32;

/// Where a note stands in the text that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Being looked for.
    Sought,
    At(TextRange),
    /// Its words are not there.
    Lost,
}

/// A note, or a highlight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub serial: NoteId,
    /// Its number in the memory; `None` when it is in none.
    pub id: Option<i64>,
    pub anchor: Anchor,
    /// Empty for a highlight.
    pub body: String,
    pub place: Place,
    /// Whether it was made or changed in this run, so that what is recalled must not replace it.
    fresh: bool,
}

impl Note {
    pub fn range(&self) -> Option<TextRange> {
        match self.place {
            Place::At(range) => Some(range),
            Place::Sought | Place::Lost => None,
        }
    }

    /// What is kept of it.
    pub fn jotting(&self) -> Jotting {
        let kind = if self.body.is_empty() {
            NoteKind::Highlight
        } else {
            NoteKind::Note
        };
        Jotting {
            kind,
            anchor: self.anchor.clone(),
            body: self.body.clone(),
        }
    }

    /// `note` or `highlight`.
    pub fn kind(&self) -> &'static str {
        self.jotting().kind.name()
    }
}

/// How to take back what was done to a note.
#[derive(Clone, Debug)]
pub enum Undo {
    Remove(NoteId),
    Add(Box<Note>),
    Change(NoteId, String),
}

/// The notes of a document: those found in the text by their place, then the others.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    rows: Vec<Note>,
    latest: NoteId,
    /// What was done in this run, with how many corrections stood then.
    pub done: Vec<(Undo, usize)>,
    /// Numbers of those that were removed in this run.
    removed: Vec<i64>,
}

impl Notes {
    pub fn rows(&self) -> &[Note] {
        &self.rows
    }

    pub fn get(&self, serial: NoteId) -> Option<&Note> {
        self.rows.iter().find(|note| note.serial == serial)
    }

    /// Those whose words overlap `range`.
    pub fn within(&self, range: TextRange) -> impl Iterator<Item = (TextRange, &Note)> {
        let there = move |note: &Note| note.range().is_some_and(|place| place.overlaps(range));
        let found = self.rows.iter().filter(move |note| there(note));
        found.filter_map(|note| Some((note.range()?, note)))
    }

    /// Takes what the memory knows, but for what was changed since. The places are not known then.
    pub fn recall(&mut self, kept: Vec<Kept>) {
        let known = |id: i64| kept.iter().any(|note| note.id == id);
        self.rows
            .retain(|note| note.fresh || note.id.is_none_or(known));
        for note in kept {
            let same = self.rows.iter_mut().find(|row| row.id == Some(note.id));
            match same {
                Some(row) if row.fresh => {}
                Some(row) => {
                    row.body = note.what.body;
                    row.anchor = note.what.anchor;
                }
                None if self.removed.contains(&note.id) => {}
                None => {
                    let serial = self.add(note.what.anchor, note.what.body, Place::Sought);
                    self.kept(serial, note.id);
                    if let Some(row) = self.row(serial) {
                        row.fresh = false;
                    }
                }
            }
        }
    }

    /// Makes a note; nothing of it is kept yet.
    pub fn add(&mut self, anchor: Anchor, body: String, place: Place) -> NoteId {
        self.latest += 1;
        self.rows.push(Note {
            serial: self.latest,
            id: None,
            anchor,
            body,
            place,
            fresh: true,
        });
        self.sort();
        self.latest
    }

    /// Puts back one that was removed.
    pub fn put_back(&mut self, note: Note) {
        let fresh = true;
        let id = None;
        self.rows.push(Note { id, fresh, ..note });
        self.sort();
    }

    pub fn remove(&mut self, serial: NoteId) -> Option<Note> {
        let at = self.rows.iter().position(|note| note.serial == serial)?;
        let note = self.rows.remove(at);
        self.removed.extend(note.id);
        Some(note)
    }

    /// Changes the words of a note; gives those before.
    pub fn change(&mut self, serial: NoteId, body: String) -> Option<String> {
        let row = self.row(serial)?;
        row.fresh = true;
        Some(std::mem::replace(&mut row.body, body))
    }

    /// A note has this number in the memory.
    pub fn kept(&mut self, serial: NoteId, id: i64) {
        if let Some(row) = self.row(serial) {
            row.id = Some(id);
        }
    }

    /// The text is another: nobody knows where the notes stand.
    pub fn forget_places(&mut self) {
        for row in &mut self.rows {
            row.place = Place::Sought;
        }
    }

    /// Takes where they were found.
    pub fn locate(&mut self, found: &[(NoteId, Option<TextRange>)]) {
        for &(serial, range) in found {
            if let Some(row) = self.row(serial) {
                row.place = range.map_or(Place::Lost, Place::At);
            }
        }
        self.sort();
    }

    /// How many have lost their words.
    pub fn lost(&self) -> usize {
        let lost = self.rows.iter().filter(|note| note.place == Place::Lost);
        lost.count()
    }

    fn row(&mut self, serial: NoteId) -> Option<&mut Note> {
        self.rows.iter_mut().find(|note| note.serial == serial)
    }

    fn sort(&mut self) {
        let order = |note: &Note| match note.place {
            Place::At(range) => (false, range.start(), range.end()),
            Place::Sought => (false, note.anchor.offset, 0),
            Place::Lost => (true, note.anchor.offset, 0),
        };
        self.rows.sort_by_key(|note| (order(note), note.serial));
    }
}

/// The list of all notes, which lies on top.
#[derive(Clone, Copy, Debug, Default)]
pub struct List {
    pub cursor: Cursor,
}

impl List {
    pub fn update(&mut self, action: Action, count: usize, page: usize) -> Reply {
        match action {
            Action::Notes | Action::Escape | Action::Quit => Reply::Close,
            Action::Open if count > 0 => Reply::Note,
            // A note takes several rows of the screen.
            _ if self.cursor.step(action, count, page / 4) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}

/// What is being written on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Words that have no note yet.
    New(Box<Anchor>),
    Old(NoteId),
}

/// A note that is being written.
#[derive(Debug)]
pub struct Writing {
    pub subject: Subject,
    /// The words that it is on, made harmless.
    pub quote: String,
    pub area: TextArea<'static>,
    before: String,
    /// Whether the next key says what becomes of what was written.
    pub leaving: bool,
    /// The list that it lies on, and that comes back.
    pub beneath: Option<List>,
}

impl Writing {
    pub fn new(subject: Subject, quote: &str, body: &str) -> Self {
        let mut area = TextArea::from(body.split('\n'));
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::default());
        area.set_selection_style(Style::default().add_modifier(Modifier::REVERSED));
        area.set_placeholder_text("write here");
        area.set_placeholder_style(Style::default().add_modifier(Modifier::DIM));
        area.move_cursor(ratatui_textarea::CursorMove::Bottom);
        area.move_cursor(ratatui_textarea::CursorMove::End);
        Self {
            subject,
            quote: harmless::line(quote).into_owned(),
            area,
            before: body.to_owned(),
            leaving: false,
            beneath: None,
        }
    }

    /// What is written, without blank lines at its end.
    pub fn body(&self) -> String {
        self.area.lines().join("\n").trim_end().to_owned()
    }

    pub fn is_changed(&self) -> bool {
        self.body() != self.before.trim_end()
    }

    /// Takes words from outside.
    pub fn paste(&mut self, words: &str) {
        let lines = words.replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<_> = lines.split('\n').map(harmless::line).collect();
        self.area.insert_str(lines.join("\n"));
    }
}
