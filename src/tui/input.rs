//! The keyboard and the mouse: a thread that waits for them and sends what they say.
//!
//! It waits by itself and asks crossterm only when there is something to read: crossterm's own waiting spins for
//! ever on a terminal that is gone without a signal (a lost connection, a killed multiplexer).

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsRawFd, RawFd};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use crossterm::event;
use filedescriptor::{POLLIN, poll, pollfd};
use signal_hook::consts::SIGHUP;

use crate::tui::event::Event;
use crate::tui::worker::{Sent, spawn};

/// Events sent at once, at most.
const BATCH: usize = 64;
/// Not to wait, as far as crossterm goes: with no time at all it does not even look at what it has taken apart.
const AT_ONCE: Duration = Duration::from_micros(50);
/// Readings in a row that bring nothing before a terminal counts as gone. One may: half a sequence.
const EMPTY: u32 = 100;

/// Listens to keyboard and mouse. It reads on only after a word on the returned channel, so that an editor or
/// the shell can have the keyboard in between.
pub fn listen(events: &Sender<Event>) -> io::Result<Sender<()>> {
    let (go_on, allowed) = mpsc::channel();
    // The same choice as crossterm's: standard input where it is a terminal.
    let terminal = if io::stdin().is_terminal() {
        None
    } else {
        Some(File::open("/dev/tty")?)
    };
    spawn("input", events, move |events| {
        let descriptor = terminal
            .as_ref()
            .map_or(io::stdin().as_raw_fd(), File::as_raw_fd);
        // Without a loop there is nobody to send to.
        let _ = read_on(descriptor, &allowed, events);
    })?;
    Ok(go_on)
}

fn read_on(terminal: RawFd, allowed: &Receiver<()>, events: &Sender<Event>) -> Sent {
    while allowed.recv().is_ok() {
        let event = match next(terminal) {
            Ok(Some(batch)) => Event::Input(batch),
            Ok(None) => Event::Signal(SIGHUP),
            Err(why) => Event::InputLost(format!("the terminal cannot be read any more: {why}")),
        };
        events.send(event)?;
    }
    Ok(())
}

/// Waits for events and takes all that are there, so that a burst of keys is drawn once; `None` when the
/// terminal is gone.
fn next(terminal: RawFd) -> io::Result<Option<Vec<event::Event>>> {
    let mut empty = 0;
    while empty < EMPTY {
        let mut wait = [pollfd {
            fd: terminal,
            events: POLLIN,
            revents: 0,
        }];
        match poll(&mut wait, None) {
            Ok(_) => {}
            // A signal, such as a new size, ends the wait early.
            Err(filedescriptor::Error::Poll(why)) if why.kind() == io::ErrorKind::Interrupted => {
                continue;
            }
            Err(why) => return Err(io::Error::other(why)),
        }
        let (mut batch, mut came) = (Vec::new(), false);
        while batch.len() < BATCH && event::poll(AT_ONCE)? {
            let read = event::read()?;
            came = true;
            // Mere movement of the pointer means nothing here, and would be drawn at every step.
            if !matches!(read, event::Event::Mouse(mouse) if mouse.kind == event::MouseEventKind::Moved)
            {
                batch.push(read);
            }
        }
        if !batch.is_empty() {
            return Ok(Some(batch));
        }
        empty = if came { 0 } else { empty + 1 };
    }
    Ok(None)
}
