//! [`Sheets`]: the pages of a file as words, one after the other, from a thread of their own.
//!
//! It stands apart because what takes PDF files apart is not ours: if it panics, runs deep or never ends, that stays
//! in the thread, which has a large stack and a clock on it, and the pages before are kept.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::drawn;
use super::face::Faces;
use super::info::{self, Info};
use super::limits::Budget;
use super::words::{self, Sheet};

/// Bytes of stack; objects may be nested.
const STACK: usize = 64 << 20;
/// Pages that may wait to be laid out.
const AHEAD: usize = 16;
/// One page takes no longer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often whoever waits is asked whether to go on.
const BEAT: Duration = Duration::from_millis(100);
/// More pages are not read.
pub(super) const PAGES: usize = 50_000;

/// What the thread tells.
pub(super) enum Told {
    /// How many pages there are, and what the file says of itself.
    Begun {
        pages: usize,
        info: Box<Info>,
    },
    Sheet(Sheet),
    /// The file cannot be opened.
    Refused(LoadPdfError),
    End,
}

/// Why no sheet comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// Whoever waits wants no more.
    Stopped,
    /// A page takes too long.
    Endless,
    /// The thread is gone.
    Broken,
}

/// The receiving end.
pub(super) struct Sheets(Receiver<Told>);

impl Sheets {
    /// Begins to read.
    pub(super) fn of(bytes: Vec<u8>, password: Option<&str>) -> std::io::Result<Self> {
        let (sender, receiver) = sync_channel(AHEAD);
        let password = password.unwrap_or_default().to_owned();
        thread::Builder::new()
            .name("pdf".into())
            .stack_size(STACK)
            .spawn(move || {
                // Who no longer listens needs no words.
                let _ = tell_all(bytes, &password, &sender);
            })?;
        Ok(Self(receiver))
    }

    /// What is told next; `go_on` is asked while it takes its time.
    pub(super) fn next(&self, go_on: &dyn Fn() -> bool) -> Result<Told, Lost> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.0.recv_timeout(BEAT) {
                Ok(told) => return Ok(told),
                Err(RecvTimeoutError::Disconnected) => return Err(Lost::Broken),
                Err(RecvTimeoutError::Timeout) if !go_on() => return Err(Lost::Stopped),
                Err(RecvTimeoutError::Timeout) if Instant::now() > until => {
                    return Err(Lost::Endless);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Whether the file asks for a password, or for another one.
pub(super) fn is_locked(error: LoadPdfError) -> bool {
    error == LoadPdfError::Decryption(DecryptionError::PasswordProtected)
}

fn tell_all(
    bytes: Vec<u8>,
    password: &str,
    sender: &SyncSender<Told>,
) -> Result<(), std::sync::mpsc::SendError<Told>> {
    let pdf = match Pdf::new_with_password(bytes, password) {
        Ok(pdf) => pdf,
        Err(error) => return sender.send(Told::Refused(error)),
    };
    let pages = pdf.pages();
    sender.send(Told::Begun {
        pages: pages.len(),
        info: Box::new(info::of(&pdf)),
    })?;
    let mut faces = Faces::new();
    let mut budget = Budget::new();
    for (page, number) in pages.iter().take(PAGES).zip(1..) {
        budget.turn();
        let drawn = drawn::draw(page, &mut faces, &mut budget);
        let (width, height) = page.render_dimensions();
        let size = (f64::from(width), f64::from(height));
        sender.send(Told::Sheet(words::words(drawn, number, size)))?;
    }
    sender.send(Told::End)
}
