//! Briefing to screen: the loop, and the only place of the screen's that does input and output.
//!
//! One channel brings everything that happens; [`app::App::update`] turns an event into a new state and
//! effects; the loop performs the effects and draws if anything came. There is no tick: an idle reader costs
//! nothing. State (`app`, `reading`, `page`, `overlay`, `search`) never knows the drawing (`screen`, `panels`,
//! `paint`, `canvas`), and drawing changes nothing.

pub mod action;
pub mod app;
pub mod browser;
pub mod canvas;
pub mod cast;
pub mod census;
pub mod clipboard;
pub mod copying;
pub mod event;
pub mod hits;
pub mod hyperlinks;
pub mod input;
pub mod keeper;
pub mod keymap;
pub mod lasting;
pub mod layout;
pub mod ledger;
pub mod lenses;
pub mod librarian;
pub mod line;
pub mod links;
pub mod marks;
pub mod mends;
pub mod notes;
pub mod only;
pub mod overlay;
pub mod page;
pub mod paint;
pub mod panels;
pub mod question;
pub mod reading;
pub mod screen;
pub mod search;
pub mod searches;
pub mod shelves;
pub mod table;
pub mod terminal;
pub mod theme;
pub mod watcher;
pub mod worker;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvError, RecvTimeoutError, Sender};

use anyhow::Context;
use crossterm::event::Event as Input;
use signal_hook::consts::{SIGTSTP, SIGWINCH};

use crate::export::citation::Form;
use crate::formats::{self, Opened, Shelf, Source};
use crate::memory::{Key, Memory, MemoryError};
use crate::model::{Anchor, Document, Fragment};
use crate::sections::{Place, Rack};
use app::{App, Start};
use canvas::Targets;
use clipboard::Clipboard;
use event::{Effect, Event, Jot, Keeping, Loaded, Mending};
use hyperlinks::Wish;
use keeper::Keeper;
use librarian::Librarian;
use terminal::Guard;
use theme::Theme;
use watcher::Watcher;
use worker::{Job, Workers};

/// What to show, and how.
#[derive(Debug)]
pub struct Options {
    pub thing: Thing,
    /// How sources are read.
    pub reading: formats::Options,
    /// Place to open at.
    pub place: Option<Fragment>,
    /// How citations are copied.
    pub form: &'static Form,
    /// Widest text, in columns.
    pub width: Option<u16>,
    pub mouse: bool,
    /// What is remembered between runs; `None` reads without writing a byte.
    pub memory: Option<Memory>,
    /// The lens that was asked for.
    pub lens: Option<Place>,
    /// Where lenses are found by name.
    pub rack: Rack,
    /// Whether links are written so that the terminal knows them.
    pub links: Wish,
    /// Whether the file is read anew when it changes on disk.
    pub watch: bool,
}

/// What is read, or chosen from.
#[derive(Debug)]
pub enum Thing {
    /// `None` for a source that may be slow: it is then opened beside the screen.
    Document(Source, Option<Box<Opened>>),
    Shelf(Shelf),
}

/// Shows the document until the reader leaves; gives the exit code.
pub fn run(options: Options) -> anyhow::Result<u8> {
    terminal::install_panic_hook();
    let (sender, events) = mpsc::channel();
    // Before the terminal is taken over: a signal in between would leave it taken.
    worker::watch_signals(&sender)?;
    let guard =
        Guard::enter(options.mouse).context("no screen could be opened (is this a terminal?)")?;
    let (source, shelf, document, begun) = begin(options.thing);
    let start = Start {
        loaded: Loaded::new(document, begun.is_none()),
        source,
        shelf,
        size: guard
            .size()
            .context("the terminal does not tell its size")?,
        place: options.place,
        form: options.form,
        folder: std::env::current_dir().unwrap_or_default(),
        widest: options.width.unwrap_or(app::WIDTH),
        mouse: options.mouse,
        lens: options.lens,
    };
    let (app, effects) = App::new(start);
    let mut face = Face {
        app,
        guard,
        theme: Theme {
            links: hyperlinks::are_shown(options.links),
            ..Theme::from_environment()
        },
        targets: Targets::new(),
        librarian: Librarian::start(&sender, options.reading.clone(), &options.rack)?,
        watcher: options.watch.then(|| Watcher::start(&sender)).transpose()?,
        workers: Workers::start(
            &sender,
            options.reading,
            (&options.rack, options.memory.clone()),
        )?,
        keeper: Keeper::new(options.memory),
        clipboard: Clipboard::of_desktop(&sender),
        events: sender.clone(),
    };
    face.app.desktop = browser::desktop();
    face.draw()?;
    worker::debug_panic("main");
    let left = face.perform(effects)?;
    if let Some(job) = begun {
        face.workers.read(job);
    }
    let left = match left {
        Some(left) => left,
        None => face.live(&sender, &events)?,
    };
    face.keep_place();
    // The last sentence is printed where it can be read: after the terminal is given back.
    drop(face);
    match left.why {
        Some(why) => Err(anyhow::anyhow!(why)),
        None => Ok(left.code),
    }
}

/// What is read or chosen from, what is there of it, and what is still to be read.
fn begin(thing: Thing) -> (Source, Option<Shelf>, Document, Option<Job>) {
    // A source that may be slow is opened by the worker, so that the keyboard is alive meanwhile.
    match thing {
        Thing::Document(source, Some(opened)) => {
            let Opened { document, rest } = *opened;
            let begun = rest.map(|rest| Job::Rest(0, Box::new(rest)));
            (source, None, document, begun)
        }
        Thing::Document(source, None) => {
            let begun = Job::Open(0, source.clone());
            (source, None, Document::default(), Some(begun))
        }
        // Nothing is read until something is chosen.
        Thing::Shelf(shelf) => (Source::sample(), Some(shelf), Document::default(), None),
    }
}

/// The end of reading.
struct Left {
    code: u8,
    why: Option<String>,
}

/// The state with everything it is shown and fed by.
struct Face {
    app: App,
    guard: Guard,
    theme: Theme,
    targets: Targets,
    workers: Workers,
    librarian: Librarian,
    /// The desktop's, where there is one.
    clipboard: Option<Clipboard>,
    /// `None` when files are not to be watched.
    watcher: Option<Watcher>,
    keeper: Keeper,
    events: Sender<Event>,
}

impl Face {
    fn draw(&mut self) -> anyhow::Result<()> {
        let (app, theme) = (&self.app, self.theme);
        self.targets = self
            .guard
            .draw(|buffer| screen::draw(app, theme, buffer))
            .context("the terminal cannot be written to")?;
        Ok(())
    }

    fn live(&mut self, sender: &Sender<Event>, events: &Receiver<Event>) -> anyhow::Result<Left> {
        let go_on = input::listen(sender)?;
        // The input thread reads while there is a word for it on the channel: one per batch.
        let _ = go_on.send(());
        loop {
            let first = self.next(events).context("all threads have ended")?;
            for event in std::iter::once(first).chain(std::iter::from_fn(|| events.try_recv().ok()))
            {
                let input = matches!(event, Event::Input(_));
                if let Some(left) = self.take(event)? {
                    return Ok(left);
                }
                if input {
                    let _ = go_on.send(());
                }
            }
            self.draw()?;
        }
    }

    /// Waits for an event. Where the reader came to is kept meanwhile, once she has been there for a moment.
    fn next(&mut self, events: &Receiver<Event>) -> Result<Event, RecvError> {
        while self.keeper.memory.is_some() && self.app.strayed() {
            match events.recv_timeout(self.keeper.rest()) {
                Ok(event) => return Ok(event),
                Err(RecvTimeoutError::Timeout) => self.keep_place(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        events.recv()
    }

    /// Feeds the state one event and does what it answers.
    fn take(&mut self, event: Event) -> anyhow::Result<Option<Left>> {
        let batch = match event {
            Event::Input(batch) => batch,
            Event::Signal(SIGWINCH) => {
                let size = self.guard.size()?;
                vec![Input::Resize(size.width, size.height)]
            }
            event => {
                if let Event::Recalled(_, memories) = &event {
                    self.keeper.learn(memories);
                }
                let effects = self.app.update(event);
                return self.perform(effects);
            }
        };
        for input in batch {
            let event = match input {
                Input::Key(key) => Event::Key(key),
                Input::Paste(words) => Event::Paste(words),
                Input::Resize(width, height) => Event::Resize(width, height),
                Input::Mouse(mouse) => Event::Mouse(
                    mouse,
                    canvas::target_at(&self.targets, mouse.column, mouse.row),
                ),
                Input::FocusGained | Input::FocusLost => continue,
            };
            let effects = self.app.update(event);
            if let Some(left) = self.perform(effects)? {
                return Ok(Some(left));
            }
        }
        Ok(None)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> anyhow::Result<Option<Left>> {
        for effect in effects {
            match effect {
                Effect::Quit(code, why) => return Ok(Some(Left { code, why })),
                Effect::Analyze(run, document, near, lens) => {
                    self.workers.analyze((run, document, near, lens));
                }
                Effect::ListLenses => self.workers.list_lenses()?,
                Effect::Open(run, source) => self.workers.read(Job::Open(run, source)),
                Effect::Reload(run, source) => self.workers.read(Job::Reload(run, source)),
                Effect::Describe(serial, rows, names) => {
                    self.librarian.describe(serial, rows, names);
                }
                Effect::Near(entry) => self.librarian.near(entry),
                Effect::Watch(file) => {
                    if let Some(watcher) = &self.watcher {
                        watcher.watch(file);
                    }
                }
                Effect::Recall(run, document) => {
                    self.workers.recall(run, document, self.app.source.clone());
                }
                Effect::Keep(keeping) => self.keep(&keeping),
                Effect::Jot(jot) => self.jot(&jot),
                Effect::Locate(run, document, sought) => {
                    self.workers.locate(run, document, sought);
                }
                Effect::Mend(mending) => self.mend(mending),
                Effect::Leave(document, place) => self.leave(&document, &place),
                Effect::Mark(document, name, place) => self.mark(&document, name, &place),
                Effect::StopReading => self.workers.stop_reading(),
                Effect::Search(serial, query, document) => {
                    self.workers.search(serial, query, document);
                }
                Effect::RecallSearches => match self.keeper.memory.as_mut().map(lasting::recall) {
                    Some(Ok(past)) => self.app.search.past = past,
                    Some(Err(why)) => self.app.notice = Some(why.to_string()),
                    None => {}
                },
                Effect::KeepSearch(asked, fate) => {
                    let memory = self.keeper.memory.as_mut();
                    let kept = memory.map(|memory| lasting::remember(memory, &asked, fate));
                    if let Some(Err(why)) = kept {
                        self.app.notice = Some(why.to_string());
                    }
                }
                Effect::Copy(serial, words) => {
                    self.guard.copy(&words)?;
                    if let Some(clipboard) = &self.clipboard {
                        clipboard.copy(serial, words);
                    }
                }
                Effect::Browse(address) => browser::open(address, &self.events)?,
                Effect::CaptureMouse(on) => self.guard.capture_mouse(on)?,
                Effect::Redraw => self.guard.forget(),
                Effect::Suspend => self.suspend()?,
                Effect::Edit(path, line) => self.edit(&path, line)?,
            }
        }
        Ok(None)
    }

    fn keep(&mut self, keeping: &Keeping) {
        let Keeping {
            document,
            lens,
            change,
        } = keeping;
        let kept = self.remember(document, |memory, key| memory.correct(key, lens, change));
        if let Err(why) = kept {
            self.app.not_kept(&why);
        }
    }

    fn jot(&mut self, jot: &Jot) {
        let done = self.remember(&jot.document, |memory, key| {
            lasting::jot(memory, key, &jot.deed)
        });
        self.app.jotted(jot.serial, done);
    }

    /// Keeps where the reader is, if that is not kept.
    fn keep_place(&mut self) {
        if let Some((document, place)) = self.app.here() {
            self.leave(&document, &place);
        }
        self.keeper.placed();
    }

    fn mark(&mut self, document: &Arc<Document>, name: char, place: &Anchor) {
        let kept = self.remember(document, |memory, key| memory.mark(key, name, place));
        if let Err(why) = kept {
            self.app.for_this_run(&why);
        }
    }

    fn leave(&mut self, document: &Arc<Document>, place: &Anchor) {
        if self.keeper.memory.is_some() {
            let left = self.remember(document, |memory, key| memory.leave(key, place));
            self.app.left(document, place.offset, left);
        }
    }

    fn mend(&mut self, mending: Mending) {
        let done = match mending {
            Mending::Keep(document, mend) => {
                let kept = self.remember(&document, |memory, key| memory.mend(key, *mend));
                kept.map(|kept| self.app.mend_kept(&kept))
            }
            Mending::Forget(id, listed) => match &mut self.keeper.memory {
                Some(memory) => memory
                    .unmend(id, listed.as_ref())
                    .map(|told| self.app.tell_more(told))
                    .map_err(|error| error.to_string()),
                None => Ok(()),
            },
        };
        if let Err(why) = done {
            self.app.not_kept(&why);
        }
        if let Some(memory) = &self.keeper.memory {
            self.app.take_own(memory.own_names());
        }
    }

    /// Does something with what is remembered of a document; fails with a sentence for the reader.
    fn remember<T>(
        &mut self,
        document: &Arc<Document>,
        deed: impl FnOnce(&mut Memory, &Key) -> Result<T, MemoryError>,
    ) -> Result<T, String> {
        let of = (document, &self.app.source);
        self.keeper.remember(of, deed)
    }

    /// Stops like any program on `^Z`, and takes the terminal again on `fg`.
    fn suspend(&mut self) -> anyhow::Result<()> {
        self.guard.suspend()?;
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        self.resume()
    }

    /// Takes the terminal again, at the size it has now.
    fn resume(&mut self) -> anyhow::Result<()> {
        self.guard.resume()?;
        let size = self.guard.size()?;
        let effects = self.app.update(Event::Resize(size.width, size.height));
        self.perform(effects).map(drop)
    }

    fn edit(&mut self, path: &Path, line: u32) -> anyhow::Result<()> {
        let chosen = ["VISUAL", "EDITOR"].iter().find_map(|name| {
            std::env::var(name)
                .ok()
                .filter(|set| !set.trim().is_empty())
        });
        let editor = chosen.unwrap_or_else(|| "vi".into());
        let mut words = editor.split_whitespace();
        let Some(program) = words.next() else {
            return Ok(());
        };
        self.guard.suspend()?;
        let status = Command::new(program)
            .args(words)
            .arg(format!("+{line}"))
            .arg(Path::new(".").join(path))
            .status();
        self.resume()?;
        let failed = match status {
            Ok(status) if status.success() => None,
            Ok(status) => Some(format!(
                "{program} failed ({status}); r reads the file again"
            )),
            Err(why) => Some(format!(
                "{program} did not start: {why}; set EDITOR to another editor"
            )),
        };
        let effects = self.app.edited(failed);
        self.perform(effects).map(drop)
    }
}
