//! A reader without a terminal: a document, a size, keys, and the screen they lead to.
//!
//! Work that the program does on threads is done here at once and in order, so a screen is always the same.

use std::path::PathBuf;
use std::sync::Arc;

use briefing::analysis::analyze_through;
use briefing::export::citation::FORMS;
use briefing::formats::{self, Options, SAMPLES, Shelf, Source};
use briefing::memory::{Key, Memory};
use briefing::model::{Anchor, Document};
use briefing::sections::Rack;
use briefing::tui::app::{App, Start, WIDTH};
use briefing::tui::canvas::{Targets, target_at};
use briefing::tui::event::{Coverage, Effect, Event, Hits, Loaded, Located, Mending};
use briefing::tui::lasting;
use briefing::tui::marks;
use briefing::tui::screen;
use briefing::tui::theme::Theme;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};

/// A document being read.
pub(crate) struct Driver {
    pub(crate) app: App,
    theme: Theme,
    /// Where corrections are kept, if they are.
    memory: Option<Memory>,
    /// Where lenses are found by name.
    pub(crate) rack: Rack,
    /// Effects that leave the state, for the tests to look at.
    pub(crate) effects: Vec<Effect>,
}

/// A file of `tests/data`, or a sample by what it is called.
pub(crate) fn source(name: &str) -> Source {
    let sample = SAMPLES.iter().find(|sample| sample.spoken() == name);
    if let Some(sample) = sample {
        return Source::Sample(sample);
    }
    // Tests run in the folder of Cargo.toml; an absolute path would stand in snapshots.
    Source::Path(PathBuf::from("tests/data").join(name))
}

/// All of a test document.
pub(crate) fn document(source: &Source) -> Document {
    let read = formats::read(source, &Options::default()).expect("test documents can be read");
    read.document().expect("it is one document")
}

/// A document with this Markdown.
pub(crate) fn document_of(text: &str) -> Document {
    let dir = tempfile::tempdir().expect("a folder for the test");
    let path = dir.path().join("a.md");
    std::fs::write(&path, text).expect("the test can write");
    document(&Source::Path(path))
}

impl Driver {
    /// Opens a document by its name, on a screen of `columns` × `rows`.
    pub(crate) fn open(name: &str, (columns, rows): (u16, u16)) -> Self {
        let document = document(&source(name));
        Self::with(Loaded::new(document, true), (columns, rows))
    }

    /// Opens a document whose corrections are kept.
    pub(crate) fn remembering(loaded: Loaded, memory: Memory) -> Self {
        Self::begin(loaded, (Rack::default(), Some(memory)), (80, 24))
    }

    pub(crate) fn with(loaded: Loaded, size: (u16, u16)) -> Self {
        Self::through(loaded, Rack::default(), size)
    }

    /// With documents to choose from and none opened.
    pub(crate) fn choosing(shelf: Shelf, size: (u16, u16)) -> Self {
        let start = Start {
            shelf: Some(shelf),
            ..start(Loaded::new(Document::default(), true), size)
        };
        Self::started(start, (Rack::default(), None))
    }

    /// With the reader's own lenses on `rack`.
    pub(crate) fn through(loaded: Loaded, rack: Rack, size: (u16, u16)) -> Self {
        Self::begin(loaded, (rack, None), size)
    }

    fn begin(loaded: Loaded, with: (Rack, Option<Memory>), size: (u16, u16)) -> Self {
        Self::started(start(loaded, size), with)
    }

    pub(crate) fn started(start: Start, (rack, memory): (Rack, Option<Memory>)) -> Self {
        let (app, effects) = App::new(start);
        let mut driver = Self {
            app,
            theme: Theme::default(),
            memory,
            rack,
            effects: Vec::new(),
        };
        driver.perform(effects);
        driver
    }

    pub(crate) fn monochrome(mut self) -> Self {
        self.theme.monochrome = true;
        self
    }

    /// On a terminal that follows links.
    pub(crate) fn hyperlinked(mut self) -> Self {
        self.theme.links = true;
        self
    }

    /// Types keys, named as in the help and separated by spaces.
    pub(crate) fn keys(mut self, keys: &str) -> Self {
        for name in keys.split_whitespace() {
            self.event(Event::Key(key(name)));
        }
        self
    }

    pub(crate) fn event(&mut self, event: Event) {
        let effects = self.app.update(event);
        self.perform(effects);
    }

    pub(crate) fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.event(Event::Resize(columns, rows));
        self
    }

    /// Presses and releases the left button on the first place where `words` stand.
    pub(crate) fn click(mut self, words: &str) -> Self {
        let (column, row) = self
            .find(words)
            .unwrap_or_else(|| panic!("{words:?} is not on\n{}", self.text()));
        self.mouse(MouseEventKind::Down(MouseButton::Left), (column, row));
        self.mouse(MouseEventKind::Up(MouseButton::Left), (column, row));
        self
    }

    pub(crate) fn mouse(&mut self, kind: MouseEventKind, (column, row): (u16, u16)) {
        let (_, targets) = self.draw();
        let target = target_at(&targets, column, row);
        let event = MouseEvent {
            kind,
            column,
            row,
            modifiers: KeyModifiers::NONE,
        };
        self.event(Event::Mouse(event, target));
    }

    /// Column and row where `words` begin, if they stand on the screen.
    pub(crate) fn find(&self, words: &str) -> Option<(u16, u16)> {
        let text = self.text();
        text.lines().zip(0..).find_map(|(line, row)| {
            let at = line.find(words)?;
            let before = line.get(..at)?;
            Some((briefing::text::width(before) as u16, row))
        })
    }

    pub(crate) fn draw(&self) -> (Buffer, Targets) {
        let mut buffer = Buffer::empty(Rect::from((
            ratatui::layout::Position::ORIGIN,
            self.app.size,
        )));
        let targets = screen::draw(&self.app, self.theme, &mut buffer);
        (buffer, targets)
    }

    /// The screen's characters.
    pub(crate) fn text(&self) -> String {
        rows(&self.draw().0, |buffer, column, row| {
            buffer[(column, row)].symbol().to_owned()
        })
    }

    /// The screen's characters, and under them a map of its styles.
    pub(crate) fn screen(&self) -> String {
        let (buffer, _) = self.draw();
        let styles = rows(&buffer, |buffer, column, row| {
            let cell = &buffer[(column, row)];
            style_letter(cell.modifier, cell.fg).to_string()
        });
        format!(
            "{}\n{:─<width$}\n{styles}",
            self.text(),
            "",
            width = usize::from(buffer.area.width)
        )
    }

    fn mend(&mut self, mending: Mending) {
        let memory = self.memory.as_mut().expect("as was asked");
        let done = match mending {
            Mending::Keep(document, mend) => {
                let kept = memory.mend(&key_of(&document), *mend);
                kept.map(|kept| self.app.mend_kept(&kept))
            }
            Mending::Forget(id, listed) => {
                let told = memory.unmend(id, listed.as_ref());
                told.map(|told| self.app.tell_more(told))
            }
        };
        if let Err(error) = done {
            self.app.not_kept(&error.to_string());
        }
        self.app.take_own(memory.own_names());
    }

    /// Keeps where the reader is, as the program does when it ends.
    pub(crate) fn end(mut self) {
        if let Some((document, place)) = self.app.here() {
            self.leave(&document, &place);
        }
    }

    fn leave(&mut self, document: &Arc<Document>, place: &Anchor) {
        if let Some(memory) = &mut self.memory {
            let kept = memory.leave(&key_of(document), place);
            self.app.left(
                document,
                place.offset,
                kept.map_err(|error| error.to_string()),
            );
        }
    }

    /// What only the memory is told.
    fn remember(&mut self, effect: Effect) {
        let memory = self.memory.as_mut().expect("as was asked");
        match effect {
            Effect::Keep(keeping) => {
                let key = key_of(&keeping.document);
                let kept = memory.correct(&key, &keeping.lens, &keeping.change);
                if let Err(error) = kept {
                    self.app.not_kept(&error.to_string());
                }
            }
            Effect::Mark(document, name, place) => {
                let kept = memory.mark(&key_of(&document), name, &place);
                if let Err(error) = kept {
                    self.app.for_this_run(&error.to_string());
                }
            }
            Effect::RecallSearches => {
                self.app.search.past = lasting::recall(memory).expect("it can be read");
            }
            Effect::KeepSearch(asked, fate) => {
                lasting::remember(memory, &asked, fate).expect("it can be written");
            }
            _ => {}
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Analyze(run, document, _, lens) => {
                    let choice = self.rack.choose(lens.as_ref(), &document);
                    let briefing = analyze_through(&document, &choice);
                    self.event(Event::Analyzed(run, briefing, Coverage::Whole));
                }
                Effect::Recall(run, document) => {
                    if let Some(memory) = &mut self.memory {
                        let memories = marks::look_up(memory, document, Some(LOCATION.to_owned()));
                        self.event(Event::Recalled(run, Box::new(memories)));
                    }
                }
                Effect::Keep(_)
                | Effect::Mark(..)
                | Effect::RecallSearches
                | Effect::KeepSearch(..)
                    if self.memory.is_some() =>
                {
                    self.remember(effect);
                }
                Effect::Leave(document, place) => self.leave(&document, &place),
                Effect::Mend(mending) if self.memory.is_some() => self.mend(mending),
                Effect::Jot(jot) => {
                    let done = self.memory.as_mut().map_or(Ok(None), |memory| {
                        let key = key_of(&jot.document);
                        lasting::jot(memory, &key, &jot.deed).map_err(|error| error.to_string())
                    });
                    self.app.jotted(jot.serial, done);
                }
                Effect::Locate(run, document, sought) => {
                    let located = Located::find(document, &sought);
                    self.event(Event::Located(run, Box::new(located)));
                }
                Effect::ListLenses => self.event(Event::Lenses(self.rack.rows())),
                Effect::Search(serial, query, document) => {
                    let ranges = query.hits(&document.text).collect();
                    self.event(Event::Hits(
                        serial,
                        Hits {
                            ranges,
                            more: false,
                            done: true,
                        },
                    ));
                }
                // What has no end in sight without threads, and what nobody remembers.
                Effect::Watch(_)
                | Effect::Near(_)
                | Effect::RecallSearches
                | Effect::KeepSearch(..) => {}
                other => self.effects.push(other),
            }
        }
    }
}

pub(crate) fn start(loaded: Loaded, (columns, rows): (u16, u16)) -> Start {
    Start {
        loaded,
        source: Source::Path("tests/data/document".into()),
        size: Size::new(columns, rows),
        place: None,
        form: &FORMS[0],
        folder: "/desk".into(),
        widest: WIDTH,
        mouse: true,
        shelf: None,
        lens: None,
    }
}

/// A document as the memory of a driver knows it: all are read from one path.
fn key_of(document: &Document) -> Key {
    Key::of(document, Some(LOCATION.to_owned()))
}

/// Where every document of a driver lies.
const LOCATION: &str = "/tests/data/document";

fn rows(buffer: &Buffer, cell: impl Fn(&Buffer, u16, u16) -> String) -> String {
    let area = buffer.area;
    let row = |row| {
        let mut line = String::new();
        let mut column = 0;
        while column < area.width {
            let words = cell(buffer, column, row);
            // A wide character covers the cell after it.
            column += buffer[(column, row)].cell_width().max(1);
            line.push_str(&words);
        }
        line.trim_end().to_owned()
    };
    (0..area.height).map(row).collect::<Vec<_>>().join("\n")
}

/// One letter per style: reversed, underlined, bold, italic, dim, in this order of weight; capital with colour.
fn style_letter(modifier: Modifier, color: Color) -> char {
    let letters = [
        (Modifier::REVERSED, 'r'),
        (Modifier::UNDERLINED, 'u'),
        (Modifier::BOLD, 'b'),
        (Modifier::ITALIC, 'i'),
        (Modifier::CROSSED_OUT, 's'),
        (Modifier::DIM, 'd'),
    ];
    let letter = letters
        .iter()
        .find(|(of, _)| modifier.contains(*of))
        .map_or(' ', |(_, letter)| *letter);
    match (letter, color) {
        (letter, Color::Reset) => letter,
        (' ', _) => 'C',
        (letter, _) => letter.to_ascii_uppercase(),
    }
}

/// A key as the help names it.
fn key(name: &str) -> KeyEvent {
    let plain = |code| KeyEvent::new(code, KeyModifiers::NONE);
    let named = [
        ("Space", KeyCode::Char(' ')),
        ("Down", KeyCode::Down),
        ("Up", KeyCode::Up),
        ("Left", KeyCode::Left),
        ("Right", KeyCode::Right),
        ("PgDn", KeyCode::PageDown),
        ("PgUp", KeyCode::PageUp),
        ("Home", KeyCode::Home),
        ("End", KeyCode::End),
        ("Tab", KeyCode::Tab),
        ("Shift-Tab", KeyCode::BackTab),
        ("Enter", KeyCode::Enter),
        ("Esc", KeyCode::Esc),
        ("Backspace", KeyCode::Backspace),
        ("Delete", KeyCode::Delete),
        ("F1", KeyCode::F(1)),
    ];
    if let Some((_, code)) = named.iter().find(|(of, _)| *of == name) {
        return plain(*code);
    }
    if let Some(letter) = name.strip_prefix("Alt-") {
        let code = key(letter).code;
        return KeyEvent::new(code, KeyModifiers::ALT);
    }
    let mut letters = name.chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some(letter), None, _) => plain(KeyCode::Char(letter)),
        (Some('^'), Some(letter), None) => KeyEvent::new(
            KeyCode::Char(letter.to_ascii_lowercase()),
            KeyModifiers::CONTROL,
        ),
        _ => panic!("no such key: {name}"),
    }
}
