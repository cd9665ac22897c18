//! [`App`]: everything the screen shows, and [`App::update`], the one way it changes.
//!
//! An event goes in, effects come out; nothing here draws, reads a file or looks at a clock. Which pane is how
//! large comes from `layout`, which the drawing uses too. Motion, searching, pointing and opening are files of
//! their own below this one.

mod command;
mod copy;
mod correct;
mod find;
mod keys;
mod lens;
mod links;
mod loading;
mod marks;
mod mend;
mod motion;
mod notes;
mod open;
mod pick;
mod pointer;
mod shelf;
mod typing;
mod watched;
mod why;
mod why_name;

pub use copy::Copied;
pub use pick::Pick;
pub use shelf::named;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use crossterm::event::KeyEventKind;
use ratatui::layout::Size;

use crate::export::citation::Form;
use crate::formats::{Progress, Shelf, Source};
use crate::model::{EntityId, Fragment, SectionId};
use crate::sections::Place;
use crate::text::{TextRange, harmless, width};
use crate::tui::event::{Effect, Event, Loaded, Run};
use crate::tui::keymap::{Key, Keymap};
use crate::tui::layout::{self, Areas};
use crate::tui::links::Desktop;
use crate::tui::overlay::{Cursor, Overlay};
use crate::tui::reading::{Reading, Viewport};
use crate::tui::search::Search;
use crate::tui::shelves::Shelves;

/// Narrowest and widest text that `-` and `+` reach, and their step, in columns.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 40..=120;
const WIDTH_STEP: u16 = 4;
/// Width of the text unless asked otherwise: the upper end of what is read with ease.
pub const WIDTH: u16 = 72;

/// Bytes that one column of a title may take, with marks on every letter.
const BYTES_PER_COLUMN: usize = 64;

/// Who has the keys on the main screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    Contents,
    #[default]
    Text,
    People,
}

/// A place that can be gone to only when more is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A section or paragraph asked for on the command line.
    Place(Fragment),
    /// The end of a document that is still being read.
    End,
}

/// Text picked with the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub from: usize,
    pub to: usize,
    /// Whether the button is still down.
    pub dragging: bool,
}

/// What one key answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// The role of a section.
    Role(SectionId),
    /// The kind of a name.
    Kind(EntityId),
    /// The kind of these words, which are to be a name.
    Added(TextRange),
}

/// The lens that the reader asked for.
#[derive(Clone, Debug, Default)]
struct Wish {
    /// `None` while the document's own wish counts.
    place: Option<Place>,
    /// Its name when it was just chosen: told when it is in force.
    fresh: Option<String>,
}

/// How to begin.
#[derive(Debug)]
pub struct Start {
    pub loaded: Loaded,
    pub source: Source,
    pub size: Size,
    /// Open at this place.
    pub place: Option<Fragment>,
    pub widest: u16,
    pub mouse: bool,
    /// The lens that was asked for.
    pub lens: Option<Place>,
    /// How citations are copied.
    pub form: &'static Form,
    /// Where paths lead from.
    pub folder: PathBuf,
    /// Documents to choose from, in place of one.
    pub shelf: Option<Shelf>,
}

/// The state of the screen.
#[derive(Debug)]
pub struct App {
    pub reading: Reading,
    pub source: Source,
    pub overlay: Option<Overlay>,
    pub focus: Pane,
    /// Selected section, while contents has the keys.
    pub contents: Cursor,
    /// Selected row of the cast, while people have the keys.
    pub people: Cursor,
    pub search: Search,
    /// One sentence that the next key wipes.
    pub notice: Option<String>,
    pub size: Size,
    pub widest: u16,
    pub text_only: bool,
    pub mouse: bool,
    /// Whether there is a desktop that a browser can be opened on.
    pub desktop: Desktop,
    pub selection: Option<Selection>,
    /// The sentences picked with the keys.
    pub pick: Option<Pick>,
    /// How citations are copied.
    pub form: &'static Form,
    copied: Copied,
    /// Where paths lead from.
    folder: PathBuf,
    /// A pane scrolled by the wheel, and its first row; the next key brings it back to what is selected.
    pub peek: Option<(Pane, usize)>,
    /// The mention that was gone to last.
    pub spot: Option<usize>,
    run: Run,
    lens: Wish,
    pub shelves: Shelves,
    /// The document that takes the place of this one when it is read.
    pub opening: Option<shelf::Opening>,
    /// What is known of changes to the file.
    changes: watched::Changes,
    /// Whether more of the document is on its way.
    pub loading: bool,
    /// How far the reading is, once it has taken long.
    pub progress: Option<Progress>,
    /// A place asked for before it was known.
    wanted: Option<Wanted>,
    keymap: Keymap,
    /// First key of a pair.
    pub pending: Option<Key>,
    /// Number typed so far.
    digits: Option<usize>,
    /// What the next key answers.
    asking: Option<Asked>,
    effects: Vec<Effect>,
    /// What was told to be missing of the program.
    faults: Arc<[String]>,
}

impl App {
    /// The first screen; the effects begin the analysis.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let loading = !start.loaded.is_whole();
        let notice = start.loaded.document.meta.notice.clone();
        let mut app = Self {
            reading: Reading::new(start.loaded),
            source: start.source,
            overlay: None,
            focus: Pane::Text,
            contents: Cursor::default(),
            people: Cursor::default(),
            search: Search::default(),
            notice,
            size: start.size,
            widest: start.widest,
            text_only: false,
            mouse: start.mouse,
            desktop: Desktop::default(),
            selection: None,
            pick: None,
            form: start.form,
            copied: Copied::default(),
            folder: start.folder,
            peek: None,
            spot: None,
            run: 0,
            lens: Wish {
                place: start.lens,
                fresh: None,
            },
            shelves: Shelves::default(),
            opening: None,
            changes: watched::Changes::default(),
            loading,
            progress: None,
            wanted: start.place.map(Wanted::Place),
            keymap: Keymap::standard(),
            pending: None,
            digits: None,
            asking: None,
            effects: Vec::new(),
            faults: Arc::default(),
        };
        // Whoever names a place does not go on where she was.
        app.reading.marks.gone_on = app.wanted.is_some();
        let viewport = app.viewport();
        app.reading.anchor = app.reading.page(viewport).top();
        if let Some(several) = start.shelf {
            app.lay_shelf(several, 0);
        } else {
            app.watch();
            app.analyze();
        }
        let effects = std::mem::take(&mut app.effects);
        (app, effects)
    }

    /// Takes one event; what shall be done about it comes back.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => self.key(key),
            Event::Mouse(mouse, target) => self.point(mouse, target),
            Event::Paste(words) => self.paste(&words),
            Event::Resize(width, height) => self.resize(Size { width, height }),
            Event::Loaded(run, loaded) if run == self.run => self.take(loaded),
            Event::Progress(run, progress) if run == self.run => self.progress = Some(progress),
            Event::Shelf(run, several) if run == self.run => self.take_shelf(several),
            Event::Described(serial, at, facts) => self.learn_facts(serial, at, *facts),
            Event::Unwatched(why) | Event::NotOpened(why) => self.notice = Some(why),
            Event::Changed(path, there) => self.file_changed(&path, there),
            Event::LoadFailed(run, why) if run == self.run => self.load_failed(why),
            // What was found in the head comes too late once the whole is there.
            Event::Analyzed(run, briefing, coverage)
                if run == self.run && Arc::ptr_eq(&briefing.document, &self.reading.document) =>
            {
                self.tell_faults(&briefing.faults);
                self.reading.learn(briefing, coverage);
                self.drop_questions();
                self.complain(coverage);
                self.open_wanted(coverage);
                self.tell_notes(coverage);
                self.tell_changes(coverage);
                self.describe_present(coverage);
                self.seek_pinned(coverage);
                self.refresh_overlay();
            }
            Event::Recalled(run, memories) if run == self.run => self.recalled(*memories),
            Event::Located(run, located) if run == self.run => self.located(&located),
            Event::Lenses(rows) => self.show_lenses(rows),
            Event::Copied(serial, answer) if serial == self.copied.serial => {
                self.take_copied(answer);
            }
            Event::Hits(serial, hits) if serial == self.search.serial => self.take_hits(hits),
            // A key let go, a batch that the loop takes apart, and results of an older run or query.
            Event::Key(_)
            | Event::Input(_)
            | Event::Loaded(..)
            | Event::LoadFailed(..)
            | Event::Progress(..)
            | Event::Shelf(..)
            | Event::Analyzed(..)
            | Event::Recalled(..)
            | Event::Copied(..)
            | Event::Located(..)
            | Event::Hits(..) => {}
            Event::WorkerLost(why) | Event::InputLost(why) => {
                self.rescue_note();
                self.effects.push(Effect::Quit(1, Some(why)));
            }
            Event::Signal(signal) => self.signal(signal),
        }
        self.settle();
        if !self.search.typing && !self.is_filtering() && !self.is_answering() {
            self.catch_up();
        }
        std::mem::take(&mut self.effects)
    }

    /// Brings up to date what follows from the place.
    fn settle(&mut self) {
        self.settle_only();
        let viewport = self.viewport();
        let page = self.reading.page(viewport);
        let bottom = page.bottom(viewport.height);
        self.reading.at_end =
            self.reading.anchor == bottom && bottom != page.top() && !self.loading;
        self.reading.gather_cast();
    }

    pub fn areas(&self) -> Areas {
        layout::split(self.size, self.text_only)
    }

    /// The size of the text on the screen.
    pub fn viewport(&self) -> Viewport {
        let areas = self.areas();
        let (_, columns) = areas.measure(self.widest);
        Viewport {
            columns,
            height: usize::from(areas.text.height).max(1),
            with_title: !self.title_fits(),
        }
    }

    /// What the header calls the document.
    pub fn title(&self) -> Cow<'_, str> {
        let document = &self.reading.document;
        document
            .title()
            .map_or_else(|| source_name(&self.source).into(), Cow::Borrowed)
    }

    /// Whether the header shows all of the title block, so that the text need not.
    fn title_fits(&self) -> bool {
        let document = &self.reading.document;
        let shown = document.title().unwrap_or_default();
        let block = document
            .blocks
            .first()
            .map_or("", |block| block.range.of(&document.text));
        let room = usize::from(self.areas().title.width.saturating_sub(2));
        // Asked several times per frame: a title of megabytes is not measured.
        shown.len() <= BYTES_PER_COLUMN * room && shown == block && width(shown) <= room
    }

    /// What is picked, with the keys or with the mouse.
    pub fn selected(&self) -> Option<TextRange> {
        let picked = self.pick.map(Pick::range);
        picked.or_else(|| self.dragged())
    }

    /// What the mouse was dragged over, in reading order.
    fn dragged(&self) -> Option<TextRange> {
        let selection = self.selection?;
        let (start, last) = (
            selection.from.min(selection.to),
            selection.from.max(selection.to),
        );
        let rest =
            TextRange::new(last, self.reading.document.text.len()).of(&self.reading.document.text);
        let cluster = unicode_segmentation::UnicodeSegmentation::graphemes(rest, true)
            .next()
            .map_or(0, str::len);
        (selection.from != selection.to).then(|| TextRange::new(start, last + cluster))
    }

    fn resize(&mut self, size: Size) {
        self.size = size;
        self.focus_visible();
        self.refresh_overlay();
    }
}

/// What a source is called where a document has no title.
fn source_name(source: &Source) -> String {
    match source {
        Source::Path(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            harmless::line(&name.to_string_lossy()).into_owned()
        }
        Source::Address(address) => harmless::line(address).into_owned(),
        Source::Stdin => "standard input".into(),
        Source::Sample(sample) => sample.spoken(),
        Source::Held(held) => held.name.clone(),
    }
}
