//! What is remembered between runs, as a reader meets it: going on where a document was left, marks, and forgetting.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use briefing::memory::{Jotting, Key, Memory, NoteKind};
use briefing::model::Anchor;
use briefing::text::TextRange;
use briefing::tui::event::Loaded;

use crate::driver::{Driver, document_of};
use crate::pty::{Session, Start};

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
            writeln!(text, "## Part {}\n", WORDS[number / 5]).expect("a String takes all");
        }
        let (one, two) = (WORDS[number % 12], WORDS[(number / 12 + 5) % 12]);
        writeln!(
            text,
            "Paragraph {number} tells of the {one} and of the {two}. The council heard witness {number} on it. \
             Nothing was said of the rest by anyone who stood at the {one} that day.\n"
        )
        .expect("a String takes all");
    }
    text
}

/// The text without what stands from `start` to `end`.
fn without(text: &str, start: usize, end: usize) -> String {
    let mut cut = text.to_owned();
    cut.replace_range(start..end, "");
    cut
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
    let cut = without(&text, start, end);
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
    let cut = without(&text, start, end);
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
}

#[test]
fn what_is_no_document_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let run = |arguments: &[&str]| told(&program(&data, arguments));
    assert_eq!(run(&["memory", "--nonsense"]).0, 2);
    fs::write(folder.path().join("report.md"), report()).unwrap();
    fs::write(folder.path().join("other.md"), "# Other\n\nWords.\n").unwrap();
    let (code, _, error) = run(&["memory", folder.path().to_str().unwrap()]);
    assert!(
        code == 1 && error.contains("is a list of documents"),
        "{error}"
    );
}

/// The program on a report in `data`, with what it remembers there too.
fn session(data: &Path) -> Session {
    let file = data.join("report.md");
    if !file.exists() {
        fs::write(&file, report()).unwrap();
    }
    Start::program(env!("CARGO_BIN_EXE_briefing"))
        .argument(&file)
        .argument("--no-watch")
        .environment("XDG_DATA_HOME", data)
        .open(100, 30)
}

#[test]
fn nothing_that_was_shown_as_kept_is_lost_when_the_program_is_killed() {
    const KILLS: usize = 50;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let letters: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let (mut marks, mut corrections) = (Vec::new(), 0);
    for (kill, letter) in letters.into_iter().take(KILLS).enumerate() {
        let mut session = session(data);
        // All is known: what follows acts at once.
        session.wait_for("elsewhere (p)");
        session.keys(&format!("]m{letter}"));
        session.wait_for(&format!("marked {letter}"));
        marks.push(letter);
        if kill % 2 == 0 {
            let role = if kill % 4 == 0 { 'T' } else { 'D' };
            session.keys(&format!("tc{role}"));
            session.wait_for("(yours); U undoes");
            corrections += 1;
        }
        // Something is on its way when it is killed, sooner or later.
        session.keys("]]mz]");
        std::thread::sleep(std::time::Duration::from_millis((kill as u64 * 7) % 60));
        session.signal("KILL");
        session.exit_code();
    }
    let mut memory = Memory::at(data.join("briefing/memory.db"));
    let entries = memory.documents().unwrap();
    assert_eq!(memory.notice(), None, "it is sound");
    let [entry] = &entries[..] else {
        panic!("{entries:?}");
    };
    let recalled = memory.recall_entry(entry.id).unwrap();
    let kept: Vec<char> = recalled
        .places
        .marks
        .iter()
        .map(|(name, _)| *name)
        .collect();
    let gone: Vec<&char> = marks.iter().filter(|it| !kept.contains(it)).collect();
    assert!(gone.is_empty(), "{gone:?} of {marks:?}");
    assert!(entry.count.edits >= corrections, "{entry:?}");
    assert!(!data.join("briefing/memory.db.damaged").exists());
}

#[test]
fn where_a_reader_stays_is_kept_though_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = session(folder.path());
    first.wait_for("next: ");
    first.keys("]]]");
    first.wait_for("Paragraph 15");
    let file = folder.path().join("briefing/memory.db");
    let mut memory = Memory::at(file);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while memory.documents().unwrap().is_empty() {
        assert!(std::time::Instant::now() < end, "nothing was kept");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    first.signal("KILL");
    first.exit_code();
    let mut second = session(folder.path());
    second.wait_for("resumed at paragraph");
    second.keys("Q");
    second.exit_code();
}

#[test]
fn a_disk_that_takes_no_more_is_told_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.md");
    fs::write(&file, report()).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_briefing"));
    let mut session = Start::shell(program, "ulimit -f 8; exec \"$BIN\" --no-watch \"$FILE\"")
        .environment("FILE", &file)
        .environment("XDG_DATA_HOME", folder.path())
        .open(140, 30);
    session.wait_for("next: ");
    session.keys("ma");
    session.wait_for("for this run only: the memory");
    session.keys("g'a");
    session.keys("]");
    session.wait_for("Paragraph 5");
    session.keys("Q");
    assert_eq!(session.exit_code(), 0);
    // With room again, it is used as if nothing had been.
    let mut session = self::session(folder.path());
    session.wait_for("next: ");
    session.keys("ma");
    session.wait_for("marked a");
    assert!(!session.screen().contains("for this run only"));
    session.keys("Q");
    session.exit_code();
    let mut memory = Memory::at(folder.path().join("briefing/memory.db"));
    assert_eq!(memory.documents().unwrap()[0].count.marks, 1);
}

/// Names the memory that [`writes_a_thousand_notes`] writes to.
const SHARED: &str = "BRIEFING_TEST_MEMORY";
const EACH: usize = 1_000;

fn note(number: usize) -> Jotting {
    let text = "some words that are noted";
    Jotting {
        kind: NoteKind::Note,
        anchor: Anchor::of(text, TextRange::new(0, text.len())),
        body: format!("{} {number}", std::process::id()),
    }
}

#[test]
#[ignore = "run by the test below, in a process of its own"]
fn writes_a_thousand_notes() {
    let Some(file) = std::env::var_os(SHARED) else {
        return;
    };
    let mut memory = Memory::at(file.into());
    let key = Key::of(&document_of("# Words\n\nSome words.\n"), None);
    for number in 0..EACH {
        memory.add_note(&key, &note(number)).unwrap();
    }
}

#[test]
fn two_programs_that_write_at_once_lose_nothing() {
    let (_folder, mut memory) = room();
    let start = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["memory::writes_a_thousand_notes", "--exact", "--ignored"])
            .env(SHARED, memory.file())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap()
    };
    for mut writer in [start(), start()] {
        assert!(writer.wait().unwrap().success());
    }
    let entries = memory.documents().unwrap();
    assert_eq!(entries.len(), 1);
    let notes = memory.notes(entries[0].id).unwrap();
    let bodies: std::collections::HashSet<&str> =
        notes.iter().map(|note| note.what.body.as_str()).collect();
    assert_eq!((notes.len(), bodies.len()), (2 * EACH, 2 * EACH));
}

/// 100,000 notes over 5,000 documents: one document is found as fast as in an empty memory, give or take.
#[test]
fn a_large_memory_is_opened_as_fast() {
    let (_folder, mut memory) = room();
    let key = Key::of(&document_of(&report()), None);
    memory.add_note(&key, &note(0)).unwrap();
    let time = |memory: &Memory| {
        let runs = (0..20).map(|_| {
            let mut fresh = memory.clone();
            let begun = std::time::Instant::now();
            assert_eq!(fresh.recall(&key).unwrap().notes.len(), 1);
            begun.elapsed()
        });
        runs.min().unwrap()
    };
    let small = time(&memory);
    let base = rusqlite::Connection::open(memory.file()).unwrap();
    base.execute_batch(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
         INSERT INTO documents SELECT i + 10, 'title ' || i, 5000 + i, zeroblob(512), 1700000000 FROM n;
         INSERT INTO texts SELECT id * 7919, length, id FROM documents WHERE id > 10;
         INSERT INTO locations SELECT '/documents/' || id || '.md', id, seen FROM documents WHERE id > 10;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)
         INSERT INTO notes (document, created, changed, kind, at, quote, before, after, length, likest, body)
         SELECT id, 1, 1, 'note', i * 100, 'some words of the text that were noted here', 'before it stood this',
             'and after it that', length, 30, 'what the reader thought of it, in a sentence' FROM documents, n WHERE id > 10;",
    )
    .unwrap();
    drop(base);
    let large = time(&memory);
    let notes: i64 = memory
        .documents()
        .unwrap()
        .iter()
        .map(|it| it.count.notes)
        .sum();
    assert_eq!(notes, 100_001);
    println!("recalled in {small:?} of a small memory, in {large:?} of a large one");
    let most = 3 * small + std::time::Duration::from_millis(2);
    assert!(large <= most, "{small:?} and {large:?}");
}
