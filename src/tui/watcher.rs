//! Watching the file that is read: a thread that tells when it has changed on disk, or is gone.
//!
//! It watches the folder, because editors write a new file and put it in the place of the old one. What happens
//! there only makes it look: the file has changed when its stamp has. It looks when there was quiet for a moment, so
//! that a file is not read half written; one that never comes to rest is looked at every second.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::tui::event::Event;
use crate::tui::worker::{Sent, spawn};

/// So long nothing must happen before the file is looked at.
const QUIET: Duration = Duration::from_millis(150);
/// A file to which something happens all the time is looked at this often.
const RESTLESS: Duration = Duration::from_secs(1);
/// A file may be away this long while it is replaced.
const AWAY: Duration = Duration::from_secs(2);

/// Something for the thread.
#[derive(Debug)]
enum Ask {
    /// Watch this file and no other.
    File(Option<PathBuf>),
    /// Something happened in its folder.
    Stir,
}

/// The end of the thread that asks.
#[derive(Debug)]
pub struct Watcher {
    asks: Sender<Ask>,
}

/// What tells two states of a file apart: device, number, length, time of change in nanoseconds.
type Stamp = (u64, u64, u64, i64, i64);

/// A file that is watched.
struct Watched {
    path: PathBuf,
    stamp: Option<Stamp>,
    /// When something began to happen that was not looked at yet.
    stirred: Option<Instant>,
    /// Whether it was told to be gone.
    told_gone: bool,
    /// Ends the watching when dropped.
    _watch: RecommendedWatcher,
}

impl Watcher {
    pub fn start(events: &Sender<Event>) -> io::Result<Self> {
        let (asks, asked) = mpsc::channel();
        let stirs = asks.clone();
        spawn("watcher", events, move |events| {
            // Without a loop there is nobody to tell.
            let _ = work(&asked, &stirs, events);
        })?;
        Ok(Self { asks })
    }

    pub fn watch(&self, file: Option<PathBuf>) {
        // A lost worker has told of itself already.
        let _ = self.asks.send(Ask::File(file));
    }
}

fn work(asked: &Receiver<Ask>, stirs: &Sender<Ask>, events: &Sender<Event>) -> Sent {
    let mut watched: Option<Watched> = None;
    loop {
        let stirred = watched.as_ref().is_some_and(|it| it.stirred.is_some());
        let ask = if stirred {
            asked.recv_timeout(QUIET)
        } else {
            asked.recv().map_err(RecvTimeoutError::from)
        };
        match ask {
            Ok(Ask::File(None)) => watched = None,
            Ok(Ask::File(Some(path))) => match Watched::new(path, stirs) {
                Ok(new) => watched = Some(new),
                Err(why) => {
                    watched = None;
                    events.send(Event::Unwatched(format!(
                        "changes of the file are not noticed ({why}); r reads it again"
                    )))?;
                }
            },
            Ok(Ask::Stir) => {
                let Some(it) = &mut watched else { continue };
                let since = *it.stirred.get_or_insert_with(Instant::now);
                if since.elapsed() > RESTLESS {
                    it.look(events)?;
                }
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(it) = &mut watched {
                    it.look(events)?;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
}

impl Watched {
    fn new(path: PathBuf, stirs: &Sender<Ask>) -> notify::Result<Self> {
        let stirs = stirs.clone();
        let mut watch =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                // To be opened and read is no change; our own reading would call for another.
                let idle = |event: &notify::Event| {
                    use notify::event::{AccessKind, AccessMode};
                    let written = notify::EventKind::Access(AccessKind::Close(AccessMode::Write));
                    event.kind.is_access() && event.kind != written
                };
                if !event.is_ok_and(|event| idle(&event)) {
                    // The thread has ended: so does the watch.
                    let _ = stirs.send(Ask::Stir);
                }
            })?;
        for folder in folders(&path) {
            watch.watch(&folder, RecursiveMode::NonRecursive)?;
        }
        Ok(Self {
            stamp: stamp(&path),
            path,
            stirred: None,
            told_gone: false,
            _watch: watch,
        })
    }

    fn look(&mut self, events: &Sender<Event>) -> Sent {
        let stamp = stamp(&self.path);
        match stamp {
            Some(_) if stamp == self.stamp => {}
            Some(_) => {
                self.told_gone = false;
                events.send(Event::Changed(self.path.clone(), true))?;
            }
            None => {
                let away = self.stirred.is_none_or(|since| since.elapsed() > AWAY);
                if !away {
                    return Ok(());
                }
                if !std::mem::replace(&mut self.told_gone, true) {
                    events.send(Event::Changed(self.path.clone(), false))?;
                }
            }
        }
        self.stamp = stamp;
        self.stirred = None;
        Ok(())
    }
}

/// Where changes of a file happen: beside it, and beside what it is a link to.
fn folders(path: &Path) -> Vec<PathBuf> {
    let of = |path: &Path| match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => PathBuf::from("/"),
    };
    let mut folders = vec![of(path)];
    if let Ok(real) = path.canonicalize() {
        let real = of(&real);
        if folders[0].canonicalize().ok().as_ref() != Some(&real) {
            folders.push(real);
        }
    }
    folders
}

fn stamp(path: &Path) -> Option<Stamp> {
    let of = |about: Metadata| {
        let time = (about.mtime(), about.mtime_nsec());
        (about.dev(), about.ino(), about.len(), time.0, time.1)
    };
    std::fs::metadata(path).ok().map(of)
}
