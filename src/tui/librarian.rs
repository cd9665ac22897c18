//! Looking into the documents of a list, one after the other: title, date, words, and who is named in them if asked.
//!
//! A thread of its own, so that no document waits to be opened behind hundreds that are only listed. It begins with
//! what the reader sees. What would have to be fetched or can be read only once is left to the reader to open.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use crate::analysis;
use crate::formats::{self, Options, Read, Source};
use crate::model::Document;
use crate::sections::Rack;
use crate::tui::app::named;
use crate::tui::event::Event;
use crate::tui::shelves::{Facts, Serial};
use crate::tui::worker::{Sent, debug_panic, spawn};

/// Files larger than this are listed by their names, in bytes.
const MOST: u64 = 16 << 20;

/// Something to find out.
#[derive(Debug)]
enum Ask {
    /// About the documents of a list, in place of what was asked before.
    Describe(Todo, Arc<AtomicBool>),
    /// Begin at this entry.
    Near(usize),
}

/// What is not known yet of a list.
#[derive(Debug)]
struct Todo {
    serial: Serial,
    rows: Vec<(usize, Source)>,
    names: bool,
}

/// The end of the thread that asks.
#[derive(Debug)]
pub struct Librarian {
    asks: Sender<Ask>,
    stop: Arc<AtomicBool>,
}

impl Librarian {
    pub fn start(events: &Sender<Event>, options: Options, rack: &Rack) -> std::io::Result<Self> {
        let (asks, asked) = mpsc::channel();
        let rack = rack.clone();
        spawn("librarian", events, move |events| {
            // Without a loop there is nobody to tell.
            let _ = work(&asked, (&options, &rack), events);
        })?;
        Ok(Self {
            asks,
            stop: Arc::default(),
        })
    }

    pub fn describe(&mut self, serial: Serial, rows: Vec<(usize, Source)>, names: bool) {
        self.stop.store(true, Ordering::Relaxed);
        self.stop = Arc::default();
        let todo = Todo {
            serial,
            rows,
            names,
        };
        // A lost worker has told of itself already.
        let _ = self.asks.send(Ask::Describe(todo, Arc::clone(&self.stop)));
    }

    pub fn near(&self, entry: usize) {
        let _ = self.asks.send(Ask::Near(entry));
    }
}

fn work(asked: &Receiver<Ask>, with: (&Options, &Rack), events: &Sender<Event>) -> Sent {
    let (mut todo, mut stop, mut near): (Option<Todo>, _, _) = (None, Arc::default(), 0);
    loop {
        let idle = todo.as_ref().is_none_or(|todo| todo.rows.is_empty());
        let ask = if idle {
            let Ok(ask) = asked.recv() else { return Ok(()) };
            Some(ask)
        } else {
            asked.try_recv().ok()
        };
        match ask {
            Some(Ask::Describe(new, flag)) => (todo, stop, near) = (Some(new), flag, 0),
            Some(Ask::Near(entry)) => near = entry,
            None => {
                debug_panic("librarian");
                let Some(todo) = &mut todo else { continue };
                let at = todo.rows.partition_point(|(entry, _)| *entry < near);
                let (entry, source) = todo.rows.remove(at % todo.rows.len());
                if let Some(facts) = look(&source, with, todo.names, &stop) {
                    events.send(Event::Described(todo.serial, entry, Box::new(facts)))?;
                }
            }
        }
    }
}

/// What can be told of a document; `None` when it was stopped.
fn look(
    source: &Source,
    (options, rack): (&Options, &Rack),
    names: bool,
    stop: &AtomicBool,
) -> Option<Facts> {
    let trouble = |why: &str| {
        Some(Facts {
            trouble: Some(why.to_owned()),
            ..Facts::default()
        })
    };
    let unnamed = |why: &str| {
        Some(Facts {
            unnamed: Some(why.to_owned()),
            ..Facts::default()
        })
    };
    match source {
        Source::Stdin | Source::Address(_) if names => {
            return unnamed("its names are known once it was opened");
        }
        Source::Stdin | Source::Address(_) => return Some(Facts::default()),
        Source::Path(path) if is_large(path) && names => {
            return unnamed("it is larger than 16 MB: its names are known once it was opened");
        }
        Source::Path(path) if is_large(path) => return Some(Facts::default()),
        Source::Path(_) | Source::Sample(_) | Source::Held(_) => {}
    }
    let going = |_| !stop.load(Ordering::Relaxed);
    let read = formats::open(source, options, &going).and_then(|opened| match opened.rest {
        Some(rest) => rest.read(&going),
        None => Ok(Read::Document(opened.document)),
    });
    if stop.load(Ordering::Relaxed) {
        return None;
    }
    match read {
        Ok(Read::Document(document)) => describe(document, rack, names, stop),
        Ok(Read::Shelf(shelf)) => Some(Facts {
            title: Some(several(source, &shelf)),
            unnamed: names.then(|| "it holds several documents: open it first".to_owned()),
            ..Facts::default()
        }),
        Err(why) => trouble(&why.to_string()),
    }
}

/// What a list says of a source that is a list itself.
fn several(source: &Source, shelf: &formats::Shelf) -> String {
    let name = match source {
        Source::Path(path) => path.file_name().map(|name| name.to_string_lossy()),
        _ => None,
    };
    let name = name.map_or(shelf.title.clone(), |name| {
        crate::text::harmless::line(&name).into_owned()
    });
    let count = crate::text::show::plural(shelf.items.len(), "document");
    format!("{name} ({count})")
}

fn describe(document: Document, rack: &Rack, names: bool, stop: &AtomicBool) -> Option<Facts> {
    let mut facts = Facts {
        title: document.title().map(str::to_owned),
        date: document.meta.published.clone(),
        words: Some(document.text.split_whitespace().count()),
        ..Facts::default()
    };
    if names {
        let document = Arc::new(document);
        let choice = rack.choose(None, &document);
        let all = 0..document.blocks.len() as crate::model::BlockId;
        let briefing = analysis::analyze(&document, &choice, all, stop)?;
        facts.names = Some(named(&briefing.entities.entities));
    }
    Some(facts)
}

fn is_large(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() > MOST)
}
