//! What comes in and what goes out: [`Event`]s to the loop, [`Effect`]s from the state.
//!
//! Plain data both ways. State never does input or output itself; it answers an event with effects, and the
//! loop in `tui` performs them. Results of long work carry the number of the run they belong to.

use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::{KeyEvent, MouseEvent};

use crate::formats::{Progress, Shelf, Source};
use crate::memory::{Jotting, Key, Mend, OwnNames, Recalled};
use crate::model::{
    Anchor, Briefing, Change, Document, EntityId, Listed, RoleId, SectionId, anchor,
};
use crate::sections::{LensRow, Place};
use crate::text::TextRange;
use crate::text::search::Query;
use crate::tui::action::Action;
use crate::tui::marks::Marks;
use crate::tui::notes::NoteId;
use crate::tui::searches::{Asked, Fate};
use crate::tui::shelves::{Facts, Serial};

/// Counts loadings of a document; results of an older run are dropped.
pub type Run = u32;

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// What the terminal sent at once; the loop takes it apart into the four that follow.
    Input(Vec<crossterm::event::Event>),
    Key(KeyEvent),
    /// With what lay under the pointer on the screen as drawn last.
    Mouse(MouseEvent, Option<Target>),
    Paste(String),
    Resize(u16, u16),
    /// A document, or more of it, was read.
    Loaded(Run, Loaded),
    /// How far a slow reading is.
    Progress(Run, Progress),
    /// The source holds several documents.
    Shelf(Run, Shelf),
    /// The rest or a new reading of the document failed: the sentence for the reader.
    LoadFailed(Run, String),
    /// Roles and names were found, for all of the document or a stretch around the place being read.
    Analyzed(Run, Briefing, Coverage),
    /// Something was found out about a document of the list with this number.
    Described(Serial, usize, Box<Facts>),
    /// The file that is read has changed on disk, or is gone (`false`).
    Changed(PathBuf, bool),
    /// The file cannot be watched: the sentence for the reader.
    Unwatched(String),
    /// The browser could not be opened: the sentence for the reader.
    NotOpened(String),
    /// What was kept of a document.
    Recalled(Run, Box<Memories>),
    /// Where the notes stand.
    Located(Run, Box<Located>),
    /// The lenses there are.
    Lenses(Vec<LensRow>),
    /// What the desktop's clipboard says of the copy with this number.
    Copied(u32, Result<(), String>),
    /// Hits of the query with this number: the next of them, in order.
    Hits(u32, Hits),
    /// A worker broke down: what it said.
    WorkerLost(String),
    /// The terminal can be read no longer.
    InputLost(String),
    /// SIGTERM, SIGHUP or SIGTSTP.
    Signal(i32),
}

/// A document fresh from its source.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub document: Arc<Document>,
    /// White-space separated words, if all of the document is there.
    pub words: Option<usize>,
}

impl Loaded {
    /// The head of a document, or all of it.
    pub fn new(document: Document, whole: bool) -> Self {
        let words = whole.then(|| document.text.split_whitespace().count());
        Self {
            document: Arc::new(document),
            words,
        }
    }

    pub fn is_whole(&self) -> bool {
        self.words.is_some()
    }
}

/// How much of a document an analysis covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    Around,
    Whole,
}

/// What a search found in one stretch of the text, or so far.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    pub ranges: Vec<TextRange>,
    /// Whether there are more than could be kept.
    pub more: bool,
    /// Whether all of the text was searched.
    pub done: bool,
}

/// Something on the screen that can be clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Act(Action),
    Role(RoleId),
    Section(SectionId),
    Entity(EntityId),
    /// Row of the list that lies on top.
    Row(usize),
    /// Mention of the list that lies on top.
    Mention(usize),
}

/// What was found of a document in the memory.
#[derive(Clone, Debug)]
pub struct Memories {
    pub document: Arc<Document>,
    /// What the memory knows it by.
    pub key: Key,
    /// Or why that cannot be told.
    pub found: Result<Recalled, String>,
    /// Where its places are in the text.
    pub marks: Marks,
    /// The reader's own list of names.
    pub own: OwnNames,
}

/// A mended name to be kept, or forgotten.
#[derive(Clone, Debug)]
pub enum Mending {
    Keep(Arc<Document>, Box<Mend>),
    /// Its number, and what it did to the reader’s own list.
    Forget(Option<i64>, Option<Listed>),
}

/// A correction to be kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    pub document: Arc<Document>,
    /// The name of the lens that it corrects.
    pub lens: String,
    pub change: Change,
}

/// Where notes stand in a document; `None` for those whose words are not there.
#[derive(Clone, Debug)]
pub struct Located {
    pub document: Arc<Document>,
    pub found: Vec<(NoteId, Option<TextRange>)>,
}

impl Located {
    /// Looks for the notes in the document.
    pub fn find(document: Arc<Document>, sought: &[(NoteId, Anchor)]) -> Self {
        let places = anchor::find(&document.text, sought.iter().map(|(_, anchor)| anchor));
        let serials = sought.iter().map(|(serial, _)| *serial);
        let found = serials.zip(places).collect();
        Self { document, found }
    }
}

/// Something done to a note, to be kept.
#[derive(Clone, Debug)]
pub struct Jot {
    pub document: Arc<Document>,
    pub serial: NoteId,
    pub deed: Deed,
}

/// What was done to a note, by its number in the memory.
#[derive(Clone, Debug)]
pub enum Deed {
    Add(Jotting),
    Change(i64, Jotting),
    Remove(i64),
}

/// Something the loop shall do.
#[derive(Debug)]
pub enum Effect {
    /// Read another source.
    Open(Run, Source),
    /// Read the source again.
    Reload(Run, Source),
    /// Tell when this file changes, and no other.
    Watch(Option<PathBuf>),
    /// Find out about these documents of a list, with who is named in them if asked.
    Describe(Serial, Vec<(usize, Source)>, bool),
    /// Begin with the documents from this one on.
    Near(usize),
    /// Give up the reading that goes on.
    StopReading,
    /// Find roles and names, nearest to the offset first, through this lens or the document's own.
    Analyze(Run, Arc<Document>, usize, Option<Place>),
    /// Look up what was kept of the document.
    Recall(Run, Arc<Document>),
    Keep(Box<Keeping>),
    Jot(Box<Jot>),
    /// Find out where these notes stand in the document.
    Locate(Run, Arc<Document>, Vec<(NoteId, Anchor)>),
    /// Keep that the document is left here.
    Leave(Arc<Document>, Box<Anchor>),
    /// Keep a mark.
    Mark(Arc<Document>, char, Box<Anchor>),
    Mend(Mending),
    ListLenses,
    Search(u32, Query, Arc<Document>),
    /// Look up what was searched before.
    RecallSearches,
    /// Remember a search.
    KeepSearch(Asked, Fate),
    /// Hand words to the clipboards; the answer bears this number.
    Copy(u32, String),
    /// Open the browser on an address.
    Browse(String),
    /// Open an editor on the file at this line.
    Edit(PathBuf, u32),
    CaptureMouse(bool),
    Redraw,
    Suspend,
    /// Leave with this exit code, and this last sentence.
    Quit(u8, Option<String>),
}
