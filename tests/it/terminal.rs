//! What only a terminal shows: starting, quitting on every way, giving the terminal back, keys beside a pipe.
//!
//! As few as can be: whatever a test backend can show is tested there, in a hundredth of the time.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::pty::{Session, Start, modes_left, smuggled};

const HARBOUR: &str = "tests/data/harbour.md";
/// How the harbour report begins, and how it ends.
const BEGINS: &str = "The government of Orvenia";
const ENDS: &str = "The figure includes inspectors";

fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_briefing"))
}

fn open(arguments: &[&str], columns: u16, rows: u16) -> Session {
    let start = Start::program(binary());
    arguments
        .iter()
        .fold(start, Start::argument)
        .open(columns, rows)
}

fn shell(script: &str) -> Session {
    Start::shell(binary(), script).open(100, 30)
}

/// Waits for the end; the terminal must be as it was.
fn ends_with(mut session: Session, code: u32) -> Session {
    assert_eq!(
        session.exit_code(),
        code,
        "exit code; the screen:\n{}",
        session.screen()
    );
    assert_eq!(
        modes_left(&session.raw()),
        Vec::<String>::new(),
        "modes were left on"
    );
    session
}

#[test]
fn without_a_document_it_opens_the_sample() {
    let mut session = open(&[], 120, 36);
    session.wait_for("An instruction that was never published");
    assert!(session.terminal().alternate_screen());
    session.keys("q");
    ends_with(session, 0);
}

#[test]
fn it_jumps_to_the_end_to_the_top_and_to_a_role() {
    let mut session = open(&[HARBOUR], 120, 36);
    session.wait_for(BEGINS);
    session.keys("G");
    session.wait_for(ENDS);
    session.keys("g");
    session.wait_for(BEGINS);
    session.keys_until("T", "The danger is real");
    session.keys("''");
    session.wait_for(BEGINS);
    session.keys("q");
    ends_with(session, 0);
}

#[test]
fn every_quitting_key_ends_it_with_0() {
    for key in ["q", "Q", "\x03"] {
        let mut session = open(&[HARBOUR], 80, 24);
        session.wait_for(BEGINS);
        session.keys(key);
        ends_with(session, 0);
    }
}

#[test]
fn quit_works_over_an_overlay() {
    let mut session = open(&[HARBOUR], 80, 24);
    session.wait_for(BEGINS);
    session.keys("?");
    session.wait_until("the help", |session| {
        !session.screen().contains(BEGINS) || session.screen().contains("quit at once")
    });
    session.keys("\x03");
    ends_with(session, 0);
}

#[test]
fn signals_end_it_and_give_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let mut session = open(&[HARBOUR], 80, 24);
        session.wait_for(BEGINS);
        session.settle();
        session.signal(signal);
        ends_with(session, code);
    }
}

#[test]
fn a_signal_before_the_first_frame_gives_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
        let mut session = open(&[HARBOUR], 80, 24);
        session.wait_until("the other screen", |session| !session.raw().is_empty());
        session.signal(signal);
        ends_with(session, code);
    }
}

#[test]
fn a_piped_document_leaves_the_keyboard_alive() {
    for script in [
        "cat tests/data/harbour.md | \"$BIN\"",
        "\"$BIN\" - < tests/data/harbour.md",
    ] {
        let mut session = shell(script);
        session.wait_for(BEGINS);
        session.keys("G");
        session.wait_for(ENDS);
        session.keys("q");
        ends_with(session, 0);
    }
}

#[test]
fn a_slow_pipe_is_waited_for_with_the_keyboard_alive() {
    let mut session = shell("(sleep 3; echo late) | \"$BIN\"");
    session.wait_for("reading");
    session.keys("?");
    session.wait_for("KEYS");
    session.keys("Q");
    ends_with(session, 0);
    let mut session = shell("(sleep 1; cat tests/data/harbour.md) | \"$BIN\"");
    session.wait_for("reading");
    session.wait_for(BEGINS);
    session.keys("q");
    ends_with(session, 0);
}

#[test]
fn a_terminal_that_vanishes_without_a_signal_ends_it() {
    let there = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !there("setsid") || !there("script") {
        println!("skipped: there is no setsid and script here to lose a terminal with");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (outer, inner) = (folder.path().join("outer"), folder.path().join("inner"));
    let start = folder.path().join("start");
    let first = format!("echo $$ > {}; exec \"$BIN\" {HARBOUR}", inner.display());
    std::fs::write(&start, first).expect("the test can write");
    // A terminal within the terminal, whose owner is killed; in a session of its own nobody gets a signal.
    let script = format!(
        "echo $$ > {}; exec script -qfc 'setsid -w sh {}' /dev/null",
        outer.display(),
        start.display()
    );
    let mut session = shell(&script);
    session.wait_for(BEGINS);
    session.settle();
    let number = |note: &Path| std::fs::read_to_string(note).expect("the shell noted its number");
    let (owner, pid) = (number(&outer), number(&inner));
    let killed = Command::new("kill").args(["-9", owner.trim()]).status();
    assert!(killed.is_ok_and(|status| status.success()));
    let lives = || {
        let mut kill = Command::new("kill");
        kill.args(["-0", pid.trim()])
            .stderr(std::process::Stdio::null());
        kill.status().is_ok_and(|status| status.success())
    };
    let begun = std::time::Instant::now();
    while lives() {
        assert!(
            begun.elapsed().as_secs() < 10,
            "{} is still there",
            pid.trim()
        );
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn what_a_document_commands_never_reaches_the_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder
        .path()
        .join("a\x1b]0;owned\x07b\u{202e}dm.\u{9b}31m.md");
    std::fs::copy("tests/data/ugly.md", &path).expect("a file with an ugly name");
    let mut session = Start::program(binary()).argument(&path).open(100, 30);
    session.wait_for("A paragraph of plain words");
    let mut seen = session.screen();
    for _ in 0..20 {
        if seen.contains("an entity") {
            break;
        }
        session.press(" ");
        seen += &session.screen();
    }
    for key in ["i", "\x1b", "t", "\x1b", "p", "\x1b", "K", "\x1b"] {
        session.press(key);
    }
    session.keys("Q");
    let session = ends_with(session, 0);
    assert_eq!(
        smuggled(&session.raw()),
        Vec::<String>::new(),
        "from the document or its name"
    );
    assert!(
        seen.contains("[31mred"),
        "what was taken out shows as words:\n{seen}"
    );
    assert!(seen.contains("an entity"), "the end was reached:\n{seen}");
}

#[test]
fn links_are_written_only_when_asked_for_and_only_harmless_ones() {
    let written =
        regex::Regex::new("\x1b]8;([^;]*);([^\x1b\x07]*)(?:\x1b\\\\|\x07)").expect("fixed");
    let mut screens = Vec::new();
    for (wish, asked) in [("on", true), ("off", false), ("auto", false)] {
        let mut session = open(&["--links", wish, "tests/data/links.md"], 80, 24);
        // Sections and names, which may come late on a busy machine, are there.
        session.wait_for("next: 2");
        for key in ["j", "k", "L", "\x1b", " ", "b"] {
            session.press(key);
        }
        screens.push(session.screen());
        session.keys("q");
        let session = ends_with(session, 0);
        let raw = session.raw();
        let raw = String::from_utf8_lossy(&raw);
        let mut open = false;
        let mut addresses = Vec::new();
        for found in written.captures_iter(&raw) {
            let address = &found[2];
            assert_ne!(open, !address.is_empty(), "a link that is opened is closed");
            open = !address.is_empty();
            if open {
                assert!(
                    address.bytes().all(|it| it.is_ascii_graphic()),
                    "{address:?}"
                );
                addresses.push(address.to_owned());
            }
        }
        assert_eq!(!addresses.is_empty(), asked, "{wish}");
        assert_eq!(
            raw.matches("\x1b]8;").count(),
            2 * addresses.len(),
            "{wish}"
        );
        let known = |it: &String| {
            ["http://", "https://", "mailto:"]
                .iter()
                .any(|of| it.starts_with(of))
        };
        assert!(addresses.iter().all(known), "{addresses:?}");
    }
    assert!(
        screens.iter().all(|it| *it == screens[1]),
        "columns were shifted: {screens:#?}"
    );
}

#[test]
fn the_browser_gets_the_address_that_was_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let (told, opener) = (folder.path().join("told"), folder.path().join("xdg-open"));
    let script = format!("#!/bin/sh\nprintf '%s|' \"$@\" > {}\n", told.display());
    std::fs::write(&opener, script).expect("the test can write");
    let made = Command::new("chmod").arg("+x").arg(&opener).status();
    assert!(made.is_ok_and(|status| status.success()));
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let start = |display: &str| {
        let start = Start::program(binary()).argument("tests/data/links.md");
        let start = start
            .environment("PATH", &path)
            .environment("DISPLAY", display);
        start.open(80, 24)
    };
    if cfg!(target_os = "macos") {
        println!("skipped: here the program that opens addresses is another");
        return;
    }
    let mut session = start(":9");
    session.wait_for("The ministry published");
    session.keys("L");
    session.wait_for("LINKS");
    session.keys("\r");
    session.wait_for("OPEN THIS LINK?");
    session.keys("\r");
    session.wait_for("opening ministry.example");
    session.wait_until("the browser", |_| told.exists());
    session.keys("q");
    ends_with(session, 0);
    let words = std::fs::read_to_string(&told).expect("the browser was started");
    assert_eq!(
        words,
        "https://ministry.example/notices/2026-11/crane-links?lang=en|"
    );
    // Without a display nothing is started, and that is said.
    std::fs::remove_file(&told).expect("it is there");
    let mut session = start("");
    session.wait_for("The ministry published");
    session.keys("L\r");
    session.wait_for("there is no desktop");
    session.keys("\r");
    session.settle();
    session.keys("y");
    session.wait_until("OSC 52", |session| {
        String::from_utf8_lossy(&session.raw()).contains("\x1b]52;c;")
    });
    session.keys("Q");
    ends_with(session, 0);
    assert!(!told.exists());
}

#[cfg(debug_assertions)]
#[test]
fn a_panic_in_any_thread_gives_the_terminal_back() {
    for thread in ["main", "worker"] {
        let script =
            format!("BRIEFING_PANIC={thread} \"$BIN\" {HARBOUR}; code=$?; stty -a; exit $code");
        let mut session = shell(&script);
        let code = session.exit_code();
        let screen = session.screen();
        assert_ne!(code, 0, "a panic of {thread} is no success:\n{screen}");
        assert_eq!(
            modes_left(&session.raw()),
            Vec::<String>::new(),
            "after a panic of {thread}"
        );
        let words: Vec<&str> = screen.split_whitespace().collect();
        assert!(
            words.contains(&"icanon") && words.contains(&"echo"),
            "raw after a panic of {thread}:\n{screen}"
        );
    }
}

#[test]
fn it_can_be_suspended_and_brought_back() {
    let mut session = Start::program("/bin/sh")
        .argument("-i")
        .environment("PS1", "READY> ")
        .environment("BIN", binary())
        .open(100, 30);
    session.wait_for("READY>");
    session.keys("\"$BIN\" tests/data/harbour.md\n");
    session.wait_for(BEGINS);
    session.keys("\x1a");
    session.wait_until("the shell's screen", |session| {
        !session.terminal().alternate_screen()
    });
    assert_eq!(
        modes_left(&session.raw()),
        Vec::<String>::new(),
        "modes were left on"
    );
    session.keys("echo in the $((40 + 2))nd shell\n");
    session.wait_for("in the 42nd shell");
    session.keys("fg\n");
    session.wait_until("the reader again", |session| {
        session.terminal().alternate_screen()
    });
    session.wait_for(BEGINS);
    session.keys("G");
    session.wait_for(ENDS);
    session.keys("q");
    session.wait_until("the shell's screen", |session| {
        !session.terminal().alternate_screen()
    });
    session.keys("echo code $?, ok\n");
    session.wait_for("code 0, ok");
    session.keys("exit\n");
    ends_with(session, 0);
}

#[test]
fn a_storm_of_sizes_leaves_the_same_screen() {
    let mut session = open(&[HARBOUR], 120, 36);
    // Sections and names, which may come late on a busy machine, are there.
    session.wait_for("next: 2");
    session.keys("    ");
    session.settle();
    let before = session.screen();
    // Any numbers will do, if they are the same each time.
    let mut number = 12_345u32;
    for _ in 0..60 {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        session.resize(
            (number >> 8) as u16 % 300 + 1,
            (number >> 20) as u16 % 100 + 1,
        );
        thread::sleep(Duration::from_millis(5));
    }
    for (columns, rows) in [(1, 1), (500, 200), (1, 200), (500, 1), (120, 36)] {
        session.resize(columns, rows);
        session.settle();
    }
    session.wait_until(
        &format!("the screen from before:\n{before}\nbut there is"),
        |session| session.screen() == before,
    );
    session.keys("q");
    ends_with(session, 0);
}

#[test]
fn one_cell_is_enough_to_live_in() {
    let mut session = open(&[HARBOUR], 1, 1);
    session.wait_until("the other screen", |session| {
        session.terminal().alternate_screen()
    });
    // Each alone, as an escape and a letter in one breath are another key.
    for key in ["jjG", "?", "\x1b", "t", "\x1b", "p", "\x1b", "\x1b"] {
        session.press(key);
    }
    session.keys("g");
    session.resize(80, 24);
    session.wait_for(BEGINS);
    session.keys("Q");
    ends_with(session, 0);
}

#[test]
fn idle_nothing_is_drawn() {
    let mut session = open(&[HARBOUR], 120, 36);
    // Sections and names, which may come late on a busy machine, are there.
    session.wait_for("next: 2");
    session.settle();
    let before = session.raw().len();
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(
        session.raw().len(),
        before,
        "something was drawn though nothing happened"
    );
    session.keys("q");
    ends_with(session, 0);
}

#[test]
fn without_the_mouse_no_mouse_mode_is_asked_for() {
    let mouse = |raw: Vec<u8>| {
        ["1000", "1002", "1003"]
            .iter()
            .any(|mode| String::from_utf8_lossy(&raw).contains(&format!("?{mode}h")))
    };
    for (arguments, asked) in [
        (&["--no-mouse", HARBOUR] as &[&str], false),
        (&[HARBOUR], true),
    ] {
        let mut session = open(arguments, 80, 24);
        session.wait_for(BEGINS);
        session.keys("q");
        assert_eq!(mouse(ends_with(session, 0).raw()), asked, "{arguments:?}");
    }
}

#[test]
fn dragging_over_the_text_copies_it_through_the_terminal() {
    let mut session = open(&[HARBOUR], 60, 20);
    session.wait_for(BEGINS);
    session.settle();
    session.keys("\x1b[<0;8;8M\x1b[<32;20;8M\x1b[<32;30;9M\x1b[<0;30;9m");
    session.wait_until("OSC 52", |session| {
        String::from_utf8_lossy(&session.raw()).contains("\x1b]52;c;")
    });
    session.wait_for("sent to the terminal");
    session.keys("q");
    ends_with(session, 0);
}

/// The harness itself, against a shell: what it would not see, no test above would.
mod harness {
    use super::{modes_left, smuggled};
    use crate::pty::Start;
    use std::path::Path;

    fn shell(script: &str) -> crate::pty::Session {
        Start::shell(Path::new("unused"), script).open(40, 10)
    }

    #[test]
    fn it_types_looks_and_waits() {
        let mut session =
            shell("printf 'name? '; read name; printf \"\\033[5;3Hhello $name\"; exit 7");
        session.wait_for("name?");
        session.keys("Ada\n");
        session.wait_for("  hello Ada");
        assert_eq!(session.exit_code(), 7);
    }

    #[test]
    fn it_tells_signals_and_sizes() {
        let mut session = shell("trap 'stty size' WINCH; echo up; while :; do sleep 0.05; done");
        session.wait_for("up");
        session.resize(33, 12);
        session.wait_for("12 33");
        session.signal("TERM");
        assert_eq!(session.exit_code(), 143);
    }

    #[test]
    #[should_panic(expected = "waited in vain")]
    fn it_gives_up_on_a_program_that_ends_without_the_words() {
        let mut session = shell("echo other words");
        session.exit_code();
        session.wait_for("these words");
    }

    #[test]
    fn it_sees_modes_that_are_left_on() {
        assert_eq!(
            modes_left(b"\x1b[?1049h\x1b[?25l text \x1b[?25h\x1b[?1049l"),
            Vec::<String>::new()
        );
        assert_eq!(
            modes_left(b"\x1b[?1000;1006h\x1b[?2004h\x1b[?1006l\x1b[?25l"),
            ["1000", "2004", "25"]
        );
        assert_eq!(modes_left(b"\x1b[>1u"), ["kitty"]);
    }

    #[test]
    fn it_sees_what_is_smuggled() {
        assert!(smuggled("\x1b[31m plain \x1b[0m\r\n\u{200d}é".as_bytes()).is_empty());
        for bad in [
            "\x1b]52;c;eA==\x07",
            "\x1bPq\x1b\\",
            "\u{9b}31m",
            "\u{202e}",
            "\u{2066}",
            "\x08",
            "\x07",
        ] {
            assert!(!smuggled(bad.as_bytes()).is_empty(), "{bad:?}");
        }
    }
}
