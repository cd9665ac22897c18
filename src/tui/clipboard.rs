//! The desktop's clipboard, through the small programs that every desktop has for it.
//!
//! A thread of its own feeds them, so that one that hangs stops nobody; each is waited for, so that none is left
//! behind. Over SSH the desktop is another machine's: there the terminal alone is told.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::tui::event::Event;

/// A program, what it is told, and the variable that says that its desktop is there; `""` is there always.
type Helper = (&'static str, &'static [&'static str], &'static str);

/// In the order in which they are tried.
const HELPERS: &[Helper] = &[
    #[cfg(target_os = "macos")]
    ("pbcopy", &[], ""),
    ("wl-copy", &[], "WAYLAND_DISPLAY"),
    ("xclip", &["-selection", "clipboard", "-in"], "DISPLAY"),
    ("xsel", &["--clipboard", "--input"], "DISPLAY"),
];

/// What is set where the screen is on another machine.
const REMOTE: [&str; 3] = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"];

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is looked at.
const POLL: Duration = Duration::from_millis(10);

/// A handle on the thread. It is waited for at the end, so that what was copied last is not cut off.
#[derive(Debug)]
pub struct Clipboard {
    copies: Option<Sender<(u32, String)>>,
    thread: Option<JoinHandle<()>>,
}

impl Clipboard {
    /// The clipboard of the desktop; `None` where there is no desktop. It tells `events` how each copy went.
    pub fn of_desktop(events: &Sender<Event>) -> Option<Self> {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let there = |helper: &&Helper| helper.2.is_empty() || is_set(helper.2);
        let helpers: Vec<Helper> = HELPERS.iter().filter(there).copied().collect();
        if helpers.is_empty() || REMOTE.iter().any(|name| is_set(name)) {
            return None;
        }
        let (copies, asked) = mpsc::channel();
        let events = events.clone();
        let work = move || serve(&asked, &helpers, &events);
        let thread = thread::Builder::new().name("clipboard".into()).spawn(work);
        Some(Self {
            copies: Some(copies),
            // Where no thread can be had the terminal alone is told.
            thread: Some(thread.ok()?),
        })
    }

    /// Copies `words`; the answer bears `serial`.
    pub fn copy(&self, serial: u32, words: String) {
        if let Some(copies) = &self.copies {
            // The thread ends after this handle only.
            let _ = copies.send((serial, words));
        }
    }
}

impl Drop for Clipboard {
    fn drop(&mut self) {
        self.copies = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(asked: &Receiver<(u32, String)>, helpers: &[Helper], events: &Sender<Event>) {
    while let Ok(first) = asked.recv() {
        // Only the last of several can stay in the clipboard.
        let (serial, words) = asked.try_iter().last().unwrap_or(first);
        if let Some(answer) = copy(&words, helpers) {
            let _ = events.send(Event::Copied(serial, answer));
        }
    }
}

/// Gives `words` to the first program that takes them; `None` where none is installed.
fn copy(words: &str, helpers: &[Helper]) -> Option<Result<(), String>> {
    let mut answer = None;
    for (program, arguments, _) in helpers {
        let why = match feed(program, arguments, words) {
            Ok(()) => return Some(Ok(())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => error,
        };
        answer = Some(Err(format!("{program} could not copy it as well: {why}")));
    }
    answer
}

fn feed(program: &str, arguments: &[&str], words: &str) -> io::Result<()> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // It may stay to hand the words out, also when this terminal is closed.
        .process_group(0)
        .spawn()?;
    let stdin = child.stdin.take();
    thread::scope(|scope| {
        // Ends when the program has read all, or has ended.
        let fed =
            scope.spawn(|| stdin.map_or(Ok(()), |mut stdin| stdin.write_all(words.as_bytes())));
        let ended = wait(&mut child);
        let fed = fed
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("it could not be fed")));
        ended.and(fed)
    })
}

/// Waits for the program; one that hangs is ended.
fn wait(child: &mut Child) -> io::Result<()> {
    let end = Instant::now() + PATIENCE;
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(io::Error::other(format!("it failed ({status})"))),
            None if Instant::now() < end => thread::sleep(POLL),
            None => {
                child.kill()?;
                child.wait()?;
                return Err(io::Error::other("it did not answer"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A shell that stands for the programs.
    fn shell(script: &'static str) -> [Helper; 1] {
        let arguments: &'static [&'static str] = Box::leak(Box::new(["-c", script]));
        [("sh", arguments, "")]
    }

    #[test]
    fn programs_are_fed_and_waited_for() {
        let long = "é".repeat(200_000);
        for (script, words, expected) in [
            ("test \"$(cat)\" = 'two words'", "two words", Some(true)),
            ("cat > /dev/null", &long, Some(true)),
            ("cat > /dev/null; exit 3", "a", Some(false)),
            // One that reads nothing and ends.
            ("exit 0", &long, Some(false)),
        ] {
            let answer = copy(words, &shell(script));
            assert_eq!(answer.map(|it| it.is_ok()), expected, "{script}");
        }
        assert_eq!(copy("a", &[("no-such-program-here", &[], "")]), None);
        let second = [
            ("no-such-program-here", &[][..], ""),
            shell("cat > /dev/null")[0],
        ];
        assert_eq!(copy("a", &second), Some(Ok(())));
    }

    #[test]
    fn one_that_hangs_is_ended() {
        let begun = Instant::now();
        let answer = copy(&"a".repeat(1_000_000), &shell("exec sleep 60"));
        assert!(answer.is_some_and(|it| it.is_err_and(|why| why.contains("did not answer"))));
        assert!(begun.elapsed() < 3 * PATIENCE);
    }
}
