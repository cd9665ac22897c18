//! Highlights and notes: what keys make of them, that they are kept and found again, and that they are written out.

use std::fs;
use std::process::Command;

use briefing::memory::{Key, Memory, Note};
use briefing::tui::event::{Effect, Event, Loaded};

use crate::desk::{self, Desk, text};
use crate::driver::{Driver, document_of};
use crate::pty::Start;

const FIRST: &str = "The governor ordered the river gates shut on Monday.";
const SECOND: &str = "Nobody had asked the guild of millers before the order was given.";

fn report(between: &str) -> String {
    format!(
        "# Gates\n\n{FIRST} They stay shut for a week.\n\n{between}\n\n## The millers\n\n{SECOND} It met twice.\n"
    )
}

fn loaded(text: &str) -> Loaded {
    Loaded::new(document_of(text), true)
}

/// A memory in a folder of its own.
fn memory() -> (tempfile::TempDir, Memory) {
    let folder = tempfile::tempdir().unwrap();
    let memory = Memory::at(folder.path().join("briefing/memory.db"));
    (folder, memory)
}

fn kept(memory: &Memory, words: &str) -> Vec<Note> {
    let key = Key::of(&document_of(words), Some("/tests/data/document".to_owned()));
    memory.clone().recall(&key).unwrap().notes
}

/// The words that are marked, each with its note.
fn marked(driver: &Driver) -> Vec<(String, String)> {
    let reading = &driver.app.reading;
    let words = |note: &briefing::tui::notes::Note| {
        let range = note.range();
        let words = range.map_or("LOST", |range| range.of(&reading.document.text));
        (words.to_owned(), note.body.clone())
    };
    reading.notes.rows().iter().map(words).collect()
}

fn one(words: &str, body: &str) -> (String, String) {
    (words.to_owned(), body.to_owned())
}

#[test]
fn keys_highlight_note_change_remove_and_undo() {
    let text = report("");
    for (keys, expected) in [
        ("v Enter", vec![one(FIRST, "")]),
        ("v Enter v Enter", vec![]),
        ("v Enter v Enter U", vec![one(FIRST, "")]),
        ("v Enter U", vec![]),
        ("a w h y ? ^S", vec![one(FIRST, "why?")]),
        ("a w Enter h Alt-Enter", vec![one(FIRST, "w\nh")]),
        ("a Esc", vec![]),
        ("a ^S", vec![]),
        ("a w Esc d", vec![]),
        ("a w Esc s", vec![one(FIRST, "w")]),
        ("a w Esc Esc o ^S", vec![one(FIRST, "wo")]),
        ("a w ^C d", vec![]),
        ("a w ^S a o ^S", vec![one(FIRST, "wo")]),
        ("a w ^S a o ^S U", vec![one(FIRST, "w")]),
        ("a w ^S a o ^S U U", vec![]),
        ("a w ^S A e x ^S Esc", vec![one(FIRST, "wx")]),
        ("a w ^S A x", vec![]),
        ("a w ^S A x U", vec![one(FIRST, "w")]),
        ("a w ^S v Enter", vec![one(FIRST, "w")]),
        ("a w ^S a Backspace ^S", vec![one(FIRST, "")]),
    ] {
        let driver = Driver::with(loaded(&text), (80, 24)).keys(keys);
        assert_eq!(marked(&driver), expected, "{keys}\n{}", driver.text());
        let (_folder, memory) = memory();
        let driver = Driver::remembering(loaded(&text), memory.clone()).keys(keys);
        assert_eq!(marked(&driver), expected, "{keys}");
        let kept: Vec<_> = kept(&memory, &text).into_iter().map(|it| it.what).collect();
        let kept: Vec<_> = kept
            .iter()
            .map(|it| one(&it.anchor.quote, &it.body))
            .collect();
        assert_eq!(kept, expected, "kept after {keys}");
    }
}

/// U takes back what was done last, note or correction.
#[test]
fn notes_and_corrections_are_undone_in_the_order_in_which_they_were_made() {
    let text = report("The gates are old.");
    let driver = Driver::with(loaded(&text), (120, 36)).keys("v Enter t c T Esc v l Enter");
    assert_eq!(marked(&driver).len(), 2);
    let driver = driver.keys("U");
    assert_eq!(marked(&driver).len(), 1);
    let yours = |driver: &Driver| driver.text().contains("T*");
    assert!(yours(&driver), "{}", driver.text());
    let driver = driver.keys("U");
    assert_eq!((marked(&driver).len(), yours(&driver)), (1, false));
    assert!(marked(&driver.keys("U")).is_empty());
}

#[test]
fn pasted_words_are_tamed_and_stay_through_a_change_of_size() {
    let mut driver = Driver::with(loaded(&report("")), (80, 24)).keys("a x");
    driver.event(Event::Paste("one\r\ntwo \u{1b}[31mred\u{202e}".into()));
    let driver = driver
        .resize(40, 10)
        .resize(20, 5)
        .resize(120, 36)
        .keys("^S");
    let body = &marked(&driver)[0].1;
    assert!(body.starts_with("xone\ntwo "), "{body:?}");
    desk::assert_harmless(body);
}

#[test]
fn a_note_is_found_again_in_a_changed_text_or_said_to_be_lost() {
    let (_folder, memory) = memory();
    let before = report("The gates are old.");
    Driver::remembering(loaded(&before), memory.clone()).keys("v Enter ] v a w h o ^S");
    let changed = report("A line came between.\n\nAnd one more.").replace("Monday", "Tuesday");
    let driver = Driver::remembering(loaded(&changed), memory.clone());
    let tuesday = FIRST.replace("Monday", "Tuesday");
    let heading = "The millers";
    let first = marked(&driver);
    assert_eq!(first[0], one(&tuesday, ""));
    assert!(
        first[1].1 == "who" && first[1].0 != "LOST",
        "{first:?} {heading}"
    );
    let gone = "# Gates\n\nNothing of it stands any more in what is written here today.\n";
    let driver = Driver::remembering(loaded(gone), memory).keys("A");
    assert!(
        driver.text().contains("LOST: THEIR WORDS"),
        "{}",
        driver.text()
    );
    assert!(driver.text().contains("ordered the river gates"));
    let driver = driver.keys("Enter");
    assert!(driver.text().contains("not in this text any more"));
}

/// The document is read anew under the reader's eyes.
#[test]
fn a_note_moves_with_its_words_while_the_file_changes() {
    let mut driver = Driver::with(loaded(&report("")), (80, 24)).keys("v Enter");
    let later = format!("# Gates\n\nNews first.\n\n{FIRST} They stay shut for a week.\n");
    driver.event(Event::Loaded(0, loaded(&later)));
    assert_eq!(marked(&driver), [one(FIRST, "")]);
}

/// A terminal that goes away takes no words with it.
#[test]
fn what_is_being_written_is_kept_when_the_program_must_end() {
    let (_folder, memory) = memory();
    let text = report("");
    let mut driver = Driver::remembering(loaded(&text), memory.clone()).keys("a w h o");
    driver.event(Event::Signal(15));
    assert!(matches!(
        driver.effects.last(),
        Some(Effect::Quit(143, None))
    ));
    assert_eq!(kept(&memory, &text)[0].what.body, "who");
}

/// What is on the screen as saved is there after the hardest end.
#[test]
fn notes_that_were_shown_as_saved_survive_a_kill() {
    let desk = Desk::new();
    let data = desk.path("data");
    for count in 1..=6 {
        let mut session = Start::program(env!("CARGO_BIN_EXE_briefing"))
            .argument(desk.path("report.md"))
            .environment("XDG_DATA_HOME", &data)
            .open(80, 24);
        // From the second time on the note of before stands there, and `a` opens it.
        let known = ["The governor", "*The governor"][usize::from(count > 1)];
        session.wait_for(known);
        session.keys("a");
        session.wait_for("^S save");
        session.keys(&format!("note {count}"));
        session.wait_for(&format!("note {count}"));
        session.keys("\x13");
        session.wait_for("note saved");
        session.signal("KILL");
        session.exit_code();
        let mut memory = Memory::at(data.join("briefing/memory.db"));
        let entries = memory.documents().unwrap();
        let notes = memory.notes(entries[0].id).unwrap();
        assert_eq!(notes.len(), 1);
        let body = &notes[0].what.body;
        assert!(body.ends_with(&format!("note {count}")), "{body}");
    }
}

fn notes(desk: &Desk, arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_briefing"))
        .arg("notes")
        .args(arguments)
        .env("XDG_DATA_HOME", desk.path("data"))
        .current_dir(desk.path("."))
        .output()
        .unwrap()
}

#[test]
fn the_command_writes_notes_with_their_citations() {
    let desk = Desk::new();
    let none = notes(&desk, &[]);
    assert!(none.stdout.is_empty() && text(&none.stderr).contains("no notes yet"));
    assert!(!desk.path("data").exists(), "asking makes no memory");

    let mut session = Start::program(env!("CARGO_BIN_EXE_briefing"))
        .argument(desk.path("report.md"))
        .environment("XDG_DATA_HOME", desk.path("data"))
        .open(80, 24);
    session.wait_for("The governor of Varn ordered");
    session.keys("a");
    session.wait_for("write here");
    session.keys("why now?\x13");
    session.wait_for("note saved");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);

    for arguments in [&["report.md"][..], &[], &["--to", "markdown"]] {
        let page = notes(&desk, arguments);
        let (page, told) = (text(&page.stdout), text(&page.stderr));
        assert!(
            page.starts_with("# Notes on The gates of Varn stay shut\n"),
            "{page}{told}"
        );
        assert!(page.contains("> The governor of Varn ordered"), "{page}");
        assert!(
            page.contains("paragraph 1") && page.ends_with("\nwhy now?\n"),
            "{page}"
        );
    }
    let line = notes(&desk, &["report.md", "--to", "json"]);
    let sheet: serde_json::Value = serde_json::from_slice(&line.stdout).unwrap();
    assert_eq!(sheet["notes"][0]["note"], "why now?");
    assert_eq!(sheet["notes"][0]["paragraphs"], serde_json::json!([1, 1]));

    fs::remove_file(desk.path("report.md")).unwrap();
    let page = notes(&desk, &["report.md"]);
    assert!(
        text(&page.stderr).contains("is not there"),
        "{}",
        text(&page.stderr)
    );
    assert!(text(&page.stdout).contains("> The governor of Varn ordered"));
    let told = desk::assert_told(&notes(&desk, &["nowhere.md"]), 1, 1);
    assert!(told.contains("nowhere.md"), "{told}");
    desk::assert_told(&notes(&desk, &["--to", "text"]), 2, 1);
    let told = desk::assert_told(&notes(&desk, &["-o", "nowhere/notes.md"]), 1, 2);
    assert!(
        told.contains("nowhere/notes.md could not be written"),
        "{told}"
    );
}
