//! A terminal of our own: starts a program in a pseudo-terminal, types, looks at the screen, keeps every byte.
//!
//! It stands apart from the tests that use it because the picture in the README is taken through it too. The
//! terminal never answers a question (where the cursor is, what it can do): a program must live without.

use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use regex::Regex;

/// How long anything may take before a test gives up: generous, as tests share a machine.
const LIMIT: Duration = Duration::from_secs(20);
/// How long a screen must stay as it is to be called settled.
const QUIET: Duration = Duration::from_millis(200);
const POLL: Duration = Duration::from_millis(5);

/// A program to start, with a clean environment.
#[derive(Debug, Default)]
pub(crate) struct Start {
    program: OsString,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
}

/// A program that runs in a terminal of its own. It is ended when this is dropped.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    /// All that the program has written so far.
    written: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
    terminal: vt100::Parser,
    /// How much of `written` the terminal has shown.
    shown: usize,
    /// An empty home, so that no setting of the one who tests has a say.
    _home: tempfile::TempDir,
}

impl Start {
    pub(crate) fn program(program: impl AsRef<OsStr>) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            ..Self::default()
        }
    }

    /// `script` in a shell, with the path of `program` in `$BIN`.
    pub(crate) fn shell(program: &Path, script: &str) -> Self {
        Self::program("/bin/sh")
            .argument("-c")
            .argument(script)
            .environment("BIN", program)
    }

    pub(crate) fn argument(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    pub(crate) fn environment(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.environment
            .push((name.into(), value.as_ref().to_owned()));
        self
    }

    /// Starts it in the root of the project, in a terminal of `columns` × `rows`.
    pub(crate) fn open(self, columns: u16, rows: u16) -> Session {
        let home = tempfile::tempdir().expect("a folder for a home");
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.arguments);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in &self.environment {
            command.env(name, value);
        }
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        // With our end of the slave closed, reading ends when the program does.
        drop(pair.slave);
        let written = Arc::new(Mutex::new(Vec::new()));
        let output = pair.master.try_clone_reader().expect("an end to read from");
        let reader = thread::spawn({
            let written = Arc::clone(&written);
            move || keep(output, &written)
        });
        Session {
            child,
            keyboard: pair.master.take_writer().expect("an end to write to"),
            master: pair.master,
            written,
            reader,
            terminal: vt100::Parser::new(cells(rows), cells(columns), 0),
            shown: 0,
            _home: home,
        }
    }
}

impl Session {
    /// Types `keys`, as the bytes that a terminal sends.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("the keyboard is open");
        self.keyboard.flush().expect("the keyboard is open");
    }

    /// Types `keys` and waits until the answer is drawn; a while only, as there may be none.
    pub(crate) fn press(&mut self, keys: &str) {
        let before = self.raw().len();
        self.keys(keys);
        let end = Instant::now() + 4 * QUIET;
        while self.raw().len() == before && Instant::now() < end {
            thread::sleep(POLL);
        }
        self.settle();
    }

    /// Presses `keys` again and again until `text` is on the screen: for keys that act only on what is known by then.
    pub(crate) fn keys_until(&mut self, keys: &str, text: &str) {
        let end = Instant::now() + LIMIT;
        while !self.screen().contains(text) {
            assert!(
                Instant::now() < end,
                "“{text}” did not come by {keys:?}:\n{}",
                self.screen()
            );
            self.press(keys);
        }
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) {
        self.show();
        self.terminal.set_size(cells(rows), cells(columns));
        self.master
            .resize(size(columns, rows))
            .expect("the terminal is open");
    }

    /// What stands on the screen, row by row, without blanks at the ends.
    pub(crate) fn screen(&mut self) -> String {
        self.show();
        let contents = self.terminal.screen().contents();
        let rows: Vec<&str> = contents.lines().map(str::trim_end).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// The screen with its colours.
    pub(crate) fn terminal(&mut self) -> &vt100::Screen {
        self.show();
        self.terminal.screen()
    }

    /// Every byte that the program has written.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.written
            .lock()
            .expect("the reader does not panic")
            .clone()
    }

    /// Waits until `text` stands on the screen.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait_until(&format!("“{text}” on the screen"), |session| {
            session.screen().contains(text)
        });
    }

    /// Waits until `done`. Fails after a while, or once the program has ended, with `what` was waited for.
    pub(crate) fn wait_until(&mut self, what: &str, mut done: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + LIMIT;
        loop {
            let last = Instant::now() > end || self.is_silent();
            if done(self) {
                return;
            }
            assert!(!last, "waited in vain for {what}:\n{}", self.screen());
            thread::sleep(POLL);
        }
    }

    /// Waits until nothing more is drawn.
    pub(crate) fn settle(&mut self) {
        let mut last = (self.raw().len(), Instant::now());
        self.wait_until("a quiet screen", |session| {
            let length = session.raw().len();
            if length != last.0 {
                last = (length, Instant::now());
            }
            last.1.elapsed() > QUIET
        });
    }

    /// How many children of the program have ended and were not waited for.
    pub(crate) fn zombies(&self) -> usize {
        let id = self.child.process_id().expect("it runs").to_string();
        let listed = Command::new("ps")
            .args(["-o", "stat=", "--ppid", &id])
            .output();
        let listed = listed.expect("ps can be asked").stdout;
        let states = String::from_utf8_lossy(&listed);
        states
            .lines()
            .filter(|state| state.starts_with('Z'))
            .count()
    }

    /// Sends the signal `name` (`TERM`, `HUP`) to the program.
    pub(crate) fn signal(&mut self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        let sent = Command::new("kill")
            .args([&format!("-{name}"), &id])
            .status();
        assert!(sent.is_ok_and(|sent| sent.success()), "kill -{name} {id}");
    }

    /// Waits for the end and gives the code as a shell would tell it: 128 and the number, when a signal ended it.
    pub(crate) fn exit_code(&mut self) -> u32 {
        let end = Instant::now() + LIMIT;
        let status = loop {
            // The last words may come after the end.
            if let Some(status) = self.child.try_wait().expect("it can be asked")
                && self.is_silent()
            {
                break status;
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.screen());
            thread::sleep(POLL);
        };
        let numbers = [
            ("Hangup", 1),
            ("Interrupt", 2),
            ("Abort", 6),
            ("Kill", 9),
            ("Segm", 11),
            ("Term", 15),
        ];
        status.signal().map_or(status.exit_code(), |signal| {
            let number = numbers.iter().find(|(name, _)| signal.starts_with(name));
            128 + number.map_or(0, |(_, number)| *number)
        })
    }

    /// Whether nothing more can come: everyone who could write has ended.
    fn is_silent(&self) -> bool {
        self.reader.is_finished()
    }

    fn show(&mut self) {
        let written = self.written.lock().expect("the reader does not panic");
        self.terminal
            .process(written.get(self.shown..).unwrap_or_default());
        self.shown = written.len();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // One that has ended is not signalled: its number may be another's by now.
        if matches!(self.child.try_wait(), Ok(None)) && self.child.kill().is_ok() {
            let _ = self.child.wait();
        }
    }
}

fn keep(mut output: impl Read, written: &Mutex<Vec<u8>>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = output.read(&mut buffer) {
        let mut written = written.lock().expect("nobody panics with it");
        written.extend_from_slice(buffer.get(..length).unwrap_or_default());
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        ..PtySize::default()
    }
}

fn cells(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal has at least one cell")
}

/// The private modes that differ at the end of `raw` from what a shell had before, such as `?1049` (another
/// screen), `?1000` (mouse), `?2004` (paste) or `?25` (cursor); `kitty` when key reports were left on.
pub(crate) fn modes_left(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let switch = Regex::new(r"\x1b\[\?([0-9;]+)([hl])").expect("a fixed pattern");
    let mut left: Vec<String> = Vec::new();
    for found in switch.captures_iter(&text) {
        for mode in found[1].split(';') {
            // The cursor and wrapping at the margin are on in a shell; all else is off.
            let usual = if matches!(mode, "25" | "7") { "h" } else { "l" };
            left.retain(|known| known != mode);
            if &found[2] != usual {
                left.push(mode.to_owned());
            }
        }
    }
    let count = |pattern: &str| {
        Regex::new(pattern)
            .expect("a fixed pattern")
            .find_iter(&text)
            .count()
    };
    if count(r"\x1b\[>[0-9;]*u") > count(r"\x1b\[<[0-9]*u") {
        left.push("kitty".to_owned());
    }
    left
}

/// What the program itself never writes, and so must come from a document: every kind of string command (title,
/// clipboard, link, device), C0 and C1 controls, bidirectional overrides.
pub(crate) fn smuggled(raw: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(raw);
    let command = Regex::new(r"\x1b[\]PX^_].{0,40}").expect("a fixed pattern");
    let control = |it: &char| match it {
        '\x1b' | '\r' | '\n' => false,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => it.is_control(),
    };
    let commands = command
        .find_iter(&text)
        .map(|found| format!("{:?}", found.as_str()));
    commands
        .chain(text.chars().filter(control).map(|it| format!("{it:?}")))
        .collect()
}
