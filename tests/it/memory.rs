//! What is remembered between runs, as a reader meets it: going on where a document was left, marks, and forgetting.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use briefing::memory::{Jotting, Key, Memory, NoteKind};
use briefing::model::Anchor;
use briefing::text::TextRange;
use briefing::tui::event::Loaded;

use crate::driver::{Driver, document_of};

/// Paragraphs of which no two are alike.
const WORDS: [&str; 12] = [
    "quay", "lock", "tide", "crane", "barge", "pilot", "buoy", "wharf", "canal", "dredge", "berth",
    "ferry",
];

/// Forty paragraphs under eight headings.
fn report() -> String {
    let mut text = String::from("# The harbour of Selmouth\n\n");
    for number in 0..40 {
        if number % 5 == 0 {
            text.push_str(&format!("## Part {}\n\n", WORDS[number / 5]));
        }
        let (one, two) = (WORDS[number % 12], WORDS[(number / 12 + 5) % 12]);
        text.push_str(&format!(
            "Paragraph {number} tells of the {one} and of the {two}. The council heard witness {number} on it. \
             Nothing was said of the rest by anyone who stood at the {one} that day.\n\n"
        ));
    }
    text
}

fn room() -> (tempfile::TempDir, Memory) {
    let folder = tempfile::tempdir().unwrap();
    let memory = Memory::at(folder.path().join("briefing/memory.db"));
    (folder, memory)
}

fn open(text: &str, memory: &Memory) -> Driver {
    Driver::remembering(Loaded::new(document_of(text), true), memory.clone())
}

/// The row under the header.
fn top(driver: &Driver) -> String {
    let at = driver.app.reading.anchor.at;
    let text = &driver.app.reading.document.text;
    let rest = TextRange::new(at, text.len()).of(text);
    rest.split_whitespace()
        .take(2)
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn a_document_is_gone_on_with_where_it_was_left() {
    let (folder, memory) = room();
    let text = report();
    open(&text, &memory).end();
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "left at the top"
    );
    let driver = open(&text, &memory).keys("} } } } } } } }");
    let left = top(&driver);
    driver.end();
    let driver = open(&text, &memory);
    assert_eq!(top(&driver), left);
    let shown = driver.text();
    assert!(
        shown.contains("resumed at paragraph 7; g for the top"),
        "{shown}"
    );
    // At another width, and in a text that has grown above the place.
    let driver = driver.resize(60, 20);
    assert_eq!(top(&driver), left);
    let grown = text.replacen("## Part", "A new paragraph opens the report.\n\n## Part", 1);
    let driver = open(&grown, &memory);
    assert_eq!(top(&driver), left);
    assert!(driver.text().contains("resumed at paragraph 8"));
    // Back, and the top is kept too.
    assert_eq!(top(&driver.keys("' '")), "A new");
    let driver = open(&text, &memory).keys("g");
    assert_eq!(top(&driver), "Part quay");
    driver.end();
    let driver = open(&text, &memory);
    assert_eq!(top(&driver), "Part quay");
    assert!(!driver.text().contains("resumed"));
}

#[test]
fn a_place_that_is_gone_is_not_gone_to() {
    let (_folder, memory) = room();
    let text = report();
    open(&text, &memory).keys("} } } } } } } }").end();
    let start = text.find("Paragraph 6 ").unwrap();
    let end = text.find("Paragraph 7 ").unwrap();
    let cut = format!("{}{}", &text[..start], &text[end..]);
    let driver = open(&cut, &memory);
    assert!(!driver.text().contains("resumed"), "{}", driver.text());
    assert_eq!(top(&driver), "Part quay");
}

#[test]
fn marks_are_there_again_and_survive_changes() {
    let (_folder, memory) = room();
    let text = report();
    let driver = open(&text, &memory).keys("] ] m");
    assert!(driver.text().contains("a letter marks this place"));
    let driver = driver.keys("a");
    assert!(driver.text().contains("marked a: 'a comes back here"));
    let marked = top(&driver);
    let driver = driver.keys("] ] } m b g ' a");
    assert_eq!(top(&driver), marked);
    let driver = driver.keys("' '");
    assert_eq!(top(&driver), "Part quay", "a mark is a jump");
    drop(driver);

    let driver = open(&text, &memory).keys("'");
    assert!(driver.text().contains("marks: a b"), "{}", driver.text());
    let driver = driver.keys("a");
    assert_eq!(top(&driver), marked);
    let driver = driver.keys("g ' x");
    assert!(driver.text().contains("there is no mark x; marks: a b"));
    let driver = driver.keys("m ! m Esc");
    assert_eq!(top(&driver), "Part quay");

    let grown = text.replacen("## Part", "A new paragraph opens the report.\n\n## Part", 1);
    let driver = open(&grown, &memory).keys("' a");
    assert_eq!(top(&driver), marked);
    let start = text.find("Paragraph 20 ").unwrap();
    let end = text.find("Paragraph 30 ").unwrap();
    let cut = format!("{}{}", &text[..start], &text[end..]);
    let driver = open(&cut, &memory).keys("' b");
    assert!(
        driver
            .text()
            .contains("mark b is lost, and kept: “Paragraph 20"),
        "{}",
        driver.text()
    );
    let driver = open(&text, &memory).keys("' b");
    assert_eq!(top(&driver), "Paragraph 20");
}

#[test]
fn without_a_memory_marks_hold_for_this_run() {
    let driver = Driver::with(Loaded::new(document_of(&report()), true), (80, 24));
    let driver = driver.keys("] m a g ' a");
    assert_eq!(top(&driver), "Part lock");
}

/// The program, with its data in `data`.
fn program(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(arguments)
        .env("XDG_DATA_HOME", data)
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

fn told(output: &Output) -> (i32, String, String) {
    let words = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let code = output.status.code().unwrap();
    (code, words(&output.stdout), words(&output.stderr))
}

#[test]
fn what_is_known_is_shown_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("report.md"));
    fs::write(&file, report()).unwrap();
    let name = file.to_str().unwrap();
    let run = |arguments: &[&str]| told(&program(&data, arguments));
    let (code, out, _) = run(&["memory"]);
    assert!(
        code == 0 && out.contains("nothing is remembered yet"),
        "{out}"
    );
    let (code, _, error) = run(&["memory", name]);
    assert!(
        code == 1 && error.contains("nothing is known of"),
        "{error}"
    );
    assert!(!data.exists(), "looking writes nothing");

    let document = document_of(&report());
    let key = Key::of(&document, Some(name.to_owned()));
    let mut memory = Memory::at(data.join("briefing/memory.db"));
    let words = Anchor::of(&document.text, TextRange::new(30, 60));
    memory.leave(&key, &words).unwrap();
    memory.mark(&key, 'a', &words).unwrap();
    let what = Jotting {
        kind: NoteKind::Note,
        anchor: words.clone(),
        body: "who says so?".to_owned(),
    };
    memory.add_note(&key, &what).unwrap();
    let (_, out, _) = run(&["memory"]);
    assert!(
        out.contains("1 document, 1 mark, notes and highlights: 1"),
        "{out}"
    );
    assert!(out.contains("The harbour of Selmouth · /"), "{out}");
    let (_, out, _) = run(&["memory", name]);
    for expected in [
        "left at    “",
        "mark a     “",
        "note       “",
        "who says so?",
    ] {
        assert!(out.contains(expected), "{expected}: {out}");
    }
    // A file that is gone is known by its path.
    fs::remove_file(&file).unwrap();
    let (code, out, error) = run(&["memory", "--forget", name]);
    assert!(code == 0 && out.contains("forgotten: "), "{out}{error}");
    let (_, out, _) = run(&["memory"]);
    assert!(out.contains("0 documents"), "{out}");

    memory.mark(&key, 'a', &words).unwrap();
    let (code, _, error) = run(&["memory", "--forget-all"]);
    assert!(code == 2 && error.contains("--yes does not ask"), "{error}");
    let (code, out, _) = run(&["memory", "--forget-all", "--yes"]);
    assert!(code == 0 && out.contains("forgotten: 1 document"), "{out}");
    assert!(memory.documents().unwrap().is_empty());
    assert_eq!(run(&["memory", "--nonsense"]).0, 2);
    fs::write(&file, report()).unwrap();
    fs::write(folder.path().join("other.md"), "# Other\n\nWords.\n").unwrap();
    let (code, _, error) = run(&["memory", folder.path().to_str().unwrap()]);
    assert!(
        code == 1 && error.contains("is a list of documents"),
        "{error}"
    );
}
