//! The clipboards of a real run: the bytes that a terminal gets, and the programs of a desktop.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::pty::{Session, Start};

const HARBOUR: &str = "tests/data/harbour.md";
const BEGINS: &str = "The government of Orvenia";

/// A folder with programs that keep what they are fed, and how they were called.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        Self { dir }
    }

    /// Puts a program there; `$OUT` is the file that it writes to.
    fn program(&self, name: &str, script: &str) {
        let path = self.dir.path().join(name);
        let out = self.out(name);
        let script = format!("#!/bin/sh\nOUT='{}'\n{script}\n", out.display());
        fs::write(&path, script).expect("the test can write");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    fn out(&self, name: &str) -> PathBuf {
        self.dir.path().join(format!("{name}.out"))
    }

    /// Opens the harbour with `variables` set, and these programs before all others.
    fn open(&self, variables: &[(&str, &str)]) -> Session {
        let usual = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{usual}", self.dir.path().display());
        let start = Start::program(Path::new(env!("CARGO_BIN_EXE_briefing")))
            .argument(HARBOUR)
            .argument("--no-memory")
            .environment("PATH", path);
        let start = variables
            .iter()
            .fold(start, |start, (name, value)| start.environment(name, value));
        let mut session = start.open(120, 36);
        session.wait_for(BEGINS);
        session
    }
}

/// What the terminal was told to copy last, decoded.
fn told(session: &Session) -> Option<String> {
    let raw = session.raw();
    let text = String::from_utf8_lossy(&raw);
    let (_, last) = text.rsplit_once("\x1b]52;c;")?;
    let end = last.find(['\x1b', '\x07'])?;
    String::from_utf8(decoded(last.get(..end)?)).ok()
}

/// The bytes of base64.
fn decoded(words: &str) -> Vec<u8> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = words.chars().filter_map(|digit| DIGITS.find(digit));
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    out
}

#[test]
fn the_terminal_is_told_whatever_the_desktop_does() {
    let desk = Desk::new();
    let mut session = desk.open(&[]);
    session.keys_until("vy", "sent to the terminal");
    let copied = told(&session).expect("OSC 52 was sent");
    assert!(copied.starts_with(BEGINS), "{copied}");
    assert!(
        copied.contains("— Ines Caldwell, “Orvenia closes its harbours"),
        "{copied}"
    );
    session.keys("Y");
    session.wait_for("the address of s1p1 sent to the terminal");
    let copied = told(&session).expect("OSC 52 was sent");
    let here = std::env::current_dir().expect("there is a folder");
    assert_eq!(copied, format!("{}/{HARBOUR}#s1p1", here.display()));
}

#[test]
fn a_desktop_gets_what_the_terminal_gets_and_no_program_is_left_behind() {
    let desk = Desk::new();
    // Like the real one it stays to hand the words out.
    desk.program(
        "xclip",
        "cat > \"$OUT.part\"; mv \"$OUT.part\" \"$OUT\"; echo \"$@\" > \"$OUT.how\"",
    );
    let mut session = desk.open(&[("DISPLAY", ":7")]);
    session.keys_until("vy", "copied 1 sentence as plain text");
    let fed = fs::read_to_string(desk.out("xclip")).expect("it was fed");
    assert_eq!(Some(fed), told(&session));
    let how = fs::read_to_string(desk.dir.path().join("xclip.out.how")).expect("it was called");
    assert_eq!(how.trim(), "-selection clipboard -in");
    assert_eq!(session.zombies(), 0);
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn wayland_comes_first_and_a_program_that_fails_is_told() {
    let desk = Desk::new();
    desk.program("wl-copy", "cat > \"$OUT\"");
    desk.program("xclip", "cat > \"$OUT\"");
    let mut session = desk.open(&[("DISPLAY", ":7"), ("WAYLAND_DISPLAY", "wayland-7")]);
    session.keys_until("vy", "copied 1 sentence");
    assert!(desk.out("wl-copy").exists() && !desk.out("xclip").exists());
    drop(session);
    desk.program("wl-copy", "exit 1");
    let mut session = desk.open(&[("WAYLAND_DISPLAY", "wayland-7")]);
    session.keys_until("vy", "wl-copy could not copy it as well");
    assert!(session.screen().contains("sent to the terminal"));
}

#[test]
fn over_ssh_the_terminal_alone_is_told() {
    let desk = Desk::new();
    desk.program("xclip", "cat > \"$OUT\"");
    let mut session = desk.open(&[("DISPLAY", ":7"), ("SSH_CONNECTION", "a b c d")]);
    session.keys_until("vy", "sent to the terminal");
    session.settle();
    assert!(told(&session).is_some() && !desk.out("xclip").exists());
    assert!(!session.screen().contains("copied"));
}

#[test]
fn a_program_that_hangs_stops_nobody_and_is_ended() {
    let desk = Desk::new();
    desk.program("xclip", "exec sleep 60");
    let mut session = desk.open(&[("DISPLAY", ":7")]);
    session.keys_until("vy", "sent to the terminal");
    session.keys("G");
    session.wait_for("The figure includes inspectors");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn what_was_copied_last_is_whole_though_the_reader_leaves_at_once() {
    let desk = Desk::new();
    desk.program("xclip", "sleep 0.3; cat > \"$OUT\"");
    let mut session = desk.open(&[("DISPLAY", ":7")]);
    session.keys_until("Y", "the address of");
    session.keys("vyq");
    assert_eq!(session.exit_code(), 0);
    let fed = fs::read_to_string(desk.out("xclip")).expect("it was fed");
    assert_eq!(Some(fed), told(&session));
}

#[test]
fn an_address_that_was_copied_opens_at_its_place() {
    let binary = Path::new(env!("CARGO_BIN_EXE_briefing"));
    let open = |document: &str| {
        let start = Start::program(binary)
            .argument("--no-memory")
            .argument(document);
        start.open(80, 12)
    };
    let mut session = open(&format!("{HARBOUR}#s4p10"));
    session.wait_for("Most of the cranes were built");
    let mut session = open(&format!("{HARBOUR}#p999"));
    session.wait_for("there is no paragraph 999");
    for (document, told) in [
        ("-#s4", "standard input has no places"),
        ("tests/data/missing.md#s4", "does not exist"),
    ] {
        let mut session = open(document);
        session.wait_for(told);
    }
}
