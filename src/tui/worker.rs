//! The threads beside the screen: one reads and analyses, one searches, one listens to the keyboard, one to
//! signals. They get data and send [`Event`]s; nothing is shared but a flag that stops an analysis.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use crossterm::event;
use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};

use crate::analysis;
use crate::formats::{self, Format, Rest, Source};
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
    /// Read the source anew.
    Reload(Run, Source, Option<&'static Format>),
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
fn spawn(
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
    pub fn start(events: &Sender<Event>) -> std::io::Result<Self> {
        let (jobs, assigned) = mpsc::channel();
        let (queries, asked) = mpsc::channel();
        spawn("analyst", events, move |events| analyst(&assigned, events))?;
        spawn("searcher", events, move |events| searcher(&asked, events))?;
        Ok(Self {
            jobs,
            queries,
            cancel: Arc::default(),
        })
    }

    /// Gives the analyst a job; a newer analysis stops the one that runs.
    pub fn assign(&mut self, job: Job) {
        if matches!(job, Job::Analyze(..)) {
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

fn analyst(jobs: &Receiver<(Job, Arc<AtomicBool>)>, events: &Sender<Event>) {
    while let Ok((job, cancelled)) = jobs.recv() {
        debug_panic("worker");
        let done = match job {
            Job::Rest(run, rest) => loaded(run, rest.read(), events),
            Job::Reload(run, source, from) => {
                let read = formats::open(&source, from)
                    .and_then(|opened| opened.rest.map_or(Ok(opened.document), Rest::read));
                loaded(run, read, events)
            }
            Job::Analyze(run, document, near) => analyze(run, &document, near, &cancelled, events),
        };
        if done.is_err() {
            return;
        }
    }
}

type Sent = Result<(), mpsc::SendError<Event>>;

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

/// Listens to keyboard and mouse. It reads on only after a word on the returned channel, so that an editor or
/// the shell can have the keyboard in between.
pub fn listen(events: &Sender<Event>) -> std::io::Result<Sender<()>> {
    let (go_on, allowed) = mpsc::channel();
    spawn("input", events, move |events| {
        while allowed.recv().is_ok() {
            let read = event::read();
            let sent = match read {
                Ok(first) => send_all(first, events),
                Err(why) => events.send(Event::InputLost(format!(
                    "the terminal cannot be read any more: {why}"
                ))),
            };
            if sent.is_err() {
                return;
            }
        }
    })?;
    Ok(go_on)
}

/// Sends an event and those that wait behind it, so that a burst of keys is drawn once.
fn send_all(first: event::Event, events: &Sender<Event>) -> Sent {
    let mut batch = vec![first];
    while batch.len() < 64 && event::poll(Duration::ZERO).unwrap_or(false) {
        match event::read() {
            Ok(next) => batch.push(next),
            Err(_) => break,
        }
    }
    events.send(Event::Input(batch))
}

/// Turns SIGTERM, SIGHUP and SIGTSTP into events.
pub fn watch_signals(events: &Sender<Event>) -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGTSTP])?;
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
