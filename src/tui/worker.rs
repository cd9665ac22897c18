//! The threads beside the screen: one reads, one analyses, one searches, one waits for signals (and `input` has
//! one for the keyboard). They get data and send [`Event`]s; nothing is shared but flags that stop their work.

use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};

use crate::analysis;
use crate::formats::{self, LoadError, Options, Read, Rest, Source, Step};
use crate::memory::Memory;
use crate::model::{Anchor, BlockId, Document};
use crate::sections::{Choice, Place, Rack};
use crate::text::TextRange;
use crate::text::search::Query;
use crate::tui::event::{Coverage, Event, Hits, Loaded, Located, Run};
use crate::tui::marks;
use crate::tui::notes::NoteId;
use crate::tui::terminal;

/// Bytes of text analysed around the place before all of a longer document.
const NEAR: usize = 128 * 1024;
/// How long a reading may go on without a word on its progress.
const PATIENCE: Duration = Duration::from_millis(150);
/// Bytes that are searched before hits are told, and before a newer query is heard.
const STRETCH: usize = 2 << 20;
/// Hits that are kept; beyond it `more` is said.
const HITS: usize = 1_000_000;

/// Something for the reader of documents to do.
#[derive(Debug)]
pub enum Job {
    /// Read on what was begun.
    Rest(Run, Box<Rest>),
    /// Read a source that may be slow: its head, then the rest.
    Open(Run, Source),
    /// Read the source anew: all of it, then show it.
    Reload(Run, Source),
}

/// A document to find roles and names in, those near the offset first, through this lens or the document's own.
pub type Analysis = (Run, Arc<Document>, usize, Option<Place>);
/// Something for the analyst to do.
#[derive(Debug)]
enum Study {
    /// Look up what was kept of the document from this source; nothing is told where nothing is kept.
    Recall(Run, Arc<Document>, Source),
    /// Find notes again.
    Locate(Run, Arc<Document>, Vec<(NoteId, Anchor)>),
    Analyze(Analysis),
}

/// The number of a query, and what to look for where.
type Asked = (u32, Query, Arc<Document>);
/// What is remembered, and where.
pub(super) type Kept = Option<Memory>;
/// Told to stop.
type Stop = Arc<AtomicBool>;

/// Handles on the threads.
#[derive(Debug)]
pub struct Workers {
    jobs: Sender<(Job, Stop)>,
    studies: Sender<(Study, Stop)>,
    queries: Sender<Asked>,
    /// Stop the reading and the analysis that run.
    stop_reading: Stop,
    stop_analysis: Stop,
    events: Sender<Event>,
    rack: Rack,
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
    /// `rack`: where lenses are found; `kept`: what is remembered.
    pub(super) fn start(
        events: &Sender<Event>,
        options: Options,
        (rack, mut kept): (&Rack, Kept),
    ) -> std::io::Result<Self> {
        let (jobs, assigned) = mpsc::channel();
        let (studies, documents) = mpsc::channel();
        let (queries, asked) = mpsc::channel();
        spawn("reader", events, move |events| {
            reader(&assigned, &options, events);
        })?;
        let lenses = rack.clone();
        spawn("analyst", events, move |events| {
            analyst(&documents, (&lenses, &mut kept), events);
        })?;
        spawn("searcher", events, move |events| searcher(&asked, events))?;
        Ok(Self {
            jobs,
            studies,
            queries,
            stop_reading: Stop::default(),
            stop_analysis: Stop::default(),
            events: events.clone(),
            rack: rack.clone(),
        })
    }

    /// Looks which lenses there are, on a thread of its own: the analyst may have much to do.
    pub fn list_lenses(&self) -> std::io::Result<()> {
        let lenses = self.rack.clone();
        spawn("lenses", &self.events, move |events| {
            // Without a loop there is nobody to tell.
            let _ = events.send(Event::Lenses(lenses.rows()));
        })
    }

    /// Has a document read; it stops the reading that runs.
    pub fn read(&mut self, job: Job) {
        self.stop_reading();
        // A lost worker has told of itself already.
        let _ = self.jobs.send((job, Arc::clone(&self.stop_reading)));
    }

    /// Has a document analysed; it stops the analysis that runs.
    pub fn analyze(&mut self, analysis: Analysis) {
        self.stop_analysis.store(true, Ordering::Relaxed);
        self.stop_analysis = Stop::default();
        let study = Study::Analyze(analysis);
        let _ = self.studies.send((study, Arc::clone(&self.stop_analysis)));
    }

    /// Looks up what was kept of a document, before it is analysed.
    pub fn recall(&self, run: Run, document: Arc<Document>, source: Source) {
        let study = Study::Recall(run, document, source);
        let _ = self.studies.send((study, Arc::clone(&self.stop_analysis)));
    }

    /// Finds out where notes stand in a document, before it is analysed.
    pub fn locate(&self, run: Run, document: Arc<Document>, sought: Vec<(NoteId, Anchor)>) {
        let study = Study::Locate(run, document, sought);
        let _ = self.studies.send((study, Arc::clone(&self.stop_analysis)));
    }

    pub fn stop_reading(&mut self) {
        self.stop_reading.store(true, Ordering::Relaxed);
        self.stop_reading = Stop::default();
    }

    pub fn search(&self, serial: u32, query: Query, document: Arc<Document>) {
        let _ = self.queries.send((serial, query, document));
    }
}

fn reader(jobs: &Receiver<(Job, Stop)>, options: &Options, events: &Sender<Event>) {
    while let Ok((job, stop)) = jobs.recv() {
        debug_panic("worker");
        let (Job::Rest(run, _) | Job::Open(run, _) | Job::Reload(run, _)) = &job;
        let teller = Teller {
            run: *run,
            events,
            stop: &stop,
            told: Cell::new(Instant::now()),
        };
        if teller.read(job, options).is_err() {
            return;
        }
    }
}

/// Tells the loop of one reading.
struct Teller<'a> {
    run: Run,
    events: &'a Sender<Event>,
    stop: &'a AtomicBool,
    /// When progress was told last, at first when the reading began.
    told: Cell<Instant>,
}

impl Teller<'_> {
    fn read(&self, job: Job, options: &Options) -> Sent {
        let (source, at_once) = match job {
            Job::Rest(_, rest) => return self.end(rest.read(&|step| self.step(step))),
            Job::Open(_, source) => (source, true),
            Job::Reload(_, source) => (source, false),
        };
        let opened = match formats::open(&source, options, &|step| self.step(step)) {
            Ok(opened) => opened,
            Err(why) => return self.end(Err(why)),
        };
        let Some(rest) = opened.rest else {
            return self.end(Ok(Read::Document(opened.document)));
        };
        if at_once && !opened.document.blocks.is_empty() {
            self.step(Step::Head(Box::new(opened.document)));
        }
        // What is on the screen is replaced by the whole, not by its beginning.
        self.end(rest.read(&|step| match step {
            Step::Head(_) if !at_once => self.goes_on(),
            step => self.step(step),
        }))
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    fn step(&self, step: Step) -> bool {
        let event = match step {
            Step::Progress(_) if self.told.get().elapsed() < PATIENCE => return self.goes_on(),
            Step::Progress(progress) => Event::Progress(self.run, progress),
            Step::Head(head) => Event::Loaded(self.run, Loaded::new(*head, false)),
        };
        self.told.set(Instant::now());
        self.events.send(event).is_ok() && self.goes_on()
    }

    fn end(&self, read: Result<Read, LoadError>) -> Sent {
        self.events.send(match read {
            Ok(Read::Document(document)) => Event::Loaded(self.run, Loaded::new(document, true)),
            Ok(Read::Shelf(several)) => Event::Shelf(self.run, several),
            Err(why) => Event::LoadFailed(self.run, why.to_string()),
        })
    }
}

fn analyst(
    studies: &Receiver<(Study, Stop)>,
    (rack, kept): (&Rack, &mut Kept),
    events: &Sender<Event>,
) {
    while let Ok((study, stop)) = studies.recv() {
        debug_panic("worker");
        let done = match study {
            Study::Recall(run, document, source) => recall(run, (document, &source), kept, events),
            Study::Locate(run, document, sought) => {
                let located = Located::find(document, &sought);
                events.send(Event::Located(run, Box::new(located)))
            }
            Study::Analyze((run, document, near, lens)) => {
                // Chosen anew each time: the file of a lens may have been mended.
                let choice = rack.choose(lens.as_ref(), &document);
                analyze(run, (&document, &choice), near, &stop, events)
            }
        };
        if done.is_err() {
            return;
        }
    }
}

fn recall(
    run: Run,
    (document, source): (Arc<Document>, &Source),
    kept: &mut Kept,
    events: &Sender<Event>,
) -> Sent {
    let Some(memory) = kept else {
        return Ok(());
    };
    let memories = marks::look_up(memory, document, source.location());
    events.send(Event::Recalled(run, Box::new(memories)))
}

pub(super) type Sent = Result<(), mpsc::SendError<Event>>;

fn analyze(
    run: Run,
    (document, choice): (&Arc<Document>, &Choice),
    near: usize,
    cancelled: &AtomicBool,
    events: &Sender<Event>,
) -> Sent {
    let all = 0..document.blocks.len() as BlockId;
    let around = around(document, near);
    if around != all
        && let Some(briefing) = analysis::analyze(document, choice, around, cancelled)
    {
        events.send(Event::Analyzed(run, briefing, Coverage::Around))?;
    }
    match analysis::analyze(document, choice, all, cancelled) {
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

/// Only the newest query counts: those typed meanwhile are skipped, and the one that is looked for is given up.
fn searcher(queries: &Receiver<Asked>, events: &Sender<Event>) {
    let mut waiting = None;
    while let Some(asked) = waiting.take().or_else(|| queries.recv().ok()) {
        debug_panic("worker");
        match search(asked, queries, events) {
            Ok(newer) => waiting = newer,
            Err(_) => return,
        }
    }
}

/// Tells the hits stretch by stretch; gives the query that came meanwhile.
fn search(
    asked: Asked,
    queries: &Receiver<Asked>,
    events: &Sender<Event>,
) -> Result<Option<Asked>, mpsc::SendError<Event>> {
    let (serial, query, document) = queries.try_iter().last().unwrap_or(asked);
    let text = &document.text;
    let (mut from, mut count, mut done) = (0, 0, false);
    while !done {
        if let Some(newer) = queries.try_iter().last() {
            return Ok(Some(newer));
        }
        let to = (from + STRETCH).min(text.len());
        let stretch = TextRange::new(from, to);
        let mut ranges: Vec<_> = query
            .hits_in(text, stretch)
            .take(HITS + 1 - count)
            .collect();
        count += ranges.len();
        let more = count > HITS;
        ranges.truncate(ranges.len() - usize::from(more));
        from = ranges.last().map_or(to, |hit| hit.end().max(to));
        done = more || from >= text.len();
        if done || !ranges.is_empty() {
            let hits = Hits { ranges, more, done };
            events.send(Event::Hits(serial, hits))?;
        }
    }
    Ok(None)
}

/// Turns signals into events.
pub fn watch_signals(events: &Sender<Event>) -> std::io::Result<()> {
    // A file that may not grow is an error of writing and not the end: that one is caught and left at that.
    let mut signals = signal_hook::iterator::Signals::new([
        SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGWINCH, SIGXFSZ,
    ])?;
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
