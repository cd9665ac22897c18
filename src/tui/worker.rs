//! The threads beside the screen: one reads and analyses, one searches, one waits for signals (and `input` has
//! one for the keyboard). They get data and send [`Event`]s; nothing is shared but a flag that stops an analysis.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};

use crate::analysis;
use crate::formats::{self, Format, Opened, Rest, Source};
use crate::memory::{Key, Memory};
use crate::model::{BlockId, Document};
use crate::text::search::Query;
use crate::tui::event::{Coverage, Event, Hits, Loaded, Run};
use crate::tui::terminal;

/// Bytes of text analysed around the place before all of a longer document.
const NEAR: usize = 128 * 1024;
/// Hits that are kept; beyond it `more` is said.
const HITS: usize = 1_000_000;

/// Something for the analyst to do.
#[derive(Debug)]
pub enum Job {
    /// Read on what was begun.
    Rest(Run, Rest),
    /// Read a source that may be slow: its head, then the rest.
    Open(Run, Source, Option<&'static Format>),
    /// Read the source anew.
    Reload(Run, Source, Option<&'static Format>),
    /// Look up what was kept of the document; nothing is told where nothing is kept.
    Recall(Run, Arc<Document>),
    /// Find roles and names, those near the offset first.
    Analyze(Run, Arc<Document>, usize),
}

/// Handles on the threads.
#[derive(Debug)]
pub struct Workers {
    jobs: Sender<(Job, Arc<AtomicBool>)>,
    queries: Sender<(u32, Query, Arc<Document>)>,
    /// Stops the analysis that runs.
    cancel: Arc<AtomicBool>,
}

/// Tells the loop when its thread panics.
struct Alarm(Sender<Event>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if thread::panicking() {
            let words =
                terminal::last_words().unwrap_or_else(|| "a worker thread broke down".into());
            // Without a loop there is nobody to tell.
            let _ = self.0.send(Event::WorkerLost(words));
        }
    }
}

/// Starts `work` on a thread of its own.
pub(super) fn spawn(
    name: &str,
    events: &Sender<Event>,
    work: impl FnOnce(&Sender<Event>) + Send + 'static,
) -> std::io::Result<()> {
    let alarm = Alarm(events.clone());
    thread::Builder::new()
        .name(name.into())
        .spawn(move || work(&alarm.0))?;
    Ok(())
}

impl Workers {
    /// `shelf`: where corrections are kept, and the path of the document.
    pub fn start(
        events: &Sender<Event>,
        shelf: Option<(Memory, Option<PathBuf>)>,
    ) -> std::io::Result<Self> {
        let (jobs, assigned) = mpsc::channel();
        let (queries, asked) = mpsc::channel();
        spawn("analyst", events, move |events| {
            analyst(&assigned, shelf.as_ref(), events);
        })?;
        spawn("searcher", events, move |events| searcher(&asked, events))?;
        Ok(Self {
            jobs,
            queries,
            cancel: Arc::default(),
        })
    }

    /// Gives the analyst a job; a newer analysis or reading stops the analysis that runs.
    pub fn assign(&mut self, job: Job) {
        if matches!(job, Job::Analyze(..) | Job::Reload(..)) {
            self.cancel.store(true, Ordering::Relaxed);
            self.cancel = Arc::default();
        }
        // A lost worker has told of itself already.
        let _ = self.jobs.send((job, Arc::clone(&self.cancel)));
    }

    pub fn search(&self, serial: u32, query: Query, document: Arc<Document>) {
        let _ = self.queries.send((serial, query, document));
    }
}

fn analyst(
    jobs: &Receiver<(Job, Arc<AtomicBool>)>,
    shelf: Option<&(Memory, Option<PathBuf>)>,
    events: &Sender<Event>,
) {
    while let Ok((job, cancelled)) = jobs.recv() {
        debug_panic("worker");
        let done = match job {
            Job::Rest(run, rest) => loaded(run, rest.read(), events),
            Job::Open(run, source, from) => match formats::open(&source, from) {
                Ok(Opened {
                    document,
                    rest: Some(rest),
                }) => events
                    .send(Event::Loaded(run, Loaded::new(document, false)))
                    .and_then(|()| loaded(run, rest.read(), events)),
                opened => loaded(run, opened.map(|opened| opened.document), events),
            },
            Job::Reload(run, source, from) => {
                let read = formats::open(&source, from)
                    .and_then(|opened| opened.rest.map_or(Ok(opened.document), Rest::read));
                loaded(run, read, events)
            }
            Job::Recall(run, document) => shelf.map_or(Ok(()), |(memory, path)| {
                let key = Key {
                    document: &document,
                    path: path.as_deref(),
                };
                let recalled = memory.recall(key).map_err(|error| error.to_string());
                events.send(Event::Recalled(run, recalled))
            }),
            Job::Analyze(run, document, near) => analyze(run, &document, near, &cancelled, events),
        };
        if done.is_err() {
            return;
        }
    }
}

pub(super) type Sent = Result<(), mpsc::SendError<Event>>;

fn loaded(run: Run, read: Result<Document, formats::LoadError>, events: &Sender<Event>) -> Sent {
    events.send(match read {
        Ok(document) => Event::Loaded(run, Loaded::new(document, true)),
        Err(why) => Event::LoadFailed(run, why.to_string()),
    })
}

fn analyze(
    run: Run,
    document: &Arc<Document>,
    near: usize,
    cancelled: &AtomicBool,
    events: &Sender<Event>,
) -> Sent {
    let all = 0..document.blocks.len() as BlockId;
    let around = around(document, near);
    if around != all
        && let Some(briefing) = analysis::analyze(document, around, cancelled)
    {
        events.send(Event::Analyzed(run, briefing, Coverage::Around))?;
    }
    match analysis::analyze(document, all, cancelled) {
        Some(briefing) => events.send(Event::Analyzed(run, briefing, Coverage::Whole)),
        None => Ok(()),
    }
}

/// The blocks within [`NEAR`] bytes of an offset; all of a document that is not much longer.
fn around(document: &Document, near: usize) -> Range<BlockId> {
    let count = document.blocks.len() as BlockId;
    if document.text.len() <= 4 * NEAR {
        return 0..count;
    }
    let first = document
        .block_at(near.saturating_sub(NEAR / 2))
        .unwrap_or(0);
    let last = document.block_at(near + NEAR / 2).unwrap_or(0);
    first..(last + 1).min(count)
}

/// Only the newest query counts: those typed meanwhile are skipped.
fn searcher(queries: &Receiver<(u32, Query, Arc<Document>)>, events: &Sender<Event>) {
    while let Ok(mut asked) = queries.recv() {
        while let Ok(newer) = queries.try_recv() {
            asked = newer;
        }
        let (serial, query, document) = asked;
        let mut ranges: Vec<_> = query.hits(&document.text).take(HITS + 1).collect();
        let more = ranges.len() > HITS;
        ranges.truncate(HITS);
        if events
            .send(Event::Hits(
                serial,
                Hits {
                    ranges: Arc::new(ranges),
                    more,
                },
            ))
            .is_err()
        {
            return;
        }
    }
}

/// Turns signals into events.
pub fn watch_signals(events: &Sender<Event>) -> std::io::Result<()> {
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH])?;
    spawn("signals", events, move |events| {
        for signal in signals.forever() {
            if events.send(Event::Signal(signal)).is_err() {
                return;
            }
        }
    })
}

/// In debug builds panics when `BRIEFING_PANIC` names this place, so that tests can see what a panic leaves behind.
pub fn debug_panic(place: &str) {
    let asked =
        cfg!(debug_assertions) && std::env::var("BRIEFING_PANIC").is_ok_and(|asked| asked == place);
    assert!(!asked, "asked to panic in {place}");
}
