//! Corrected sections: whatever a reader does, every word stays in one section, and what she did can be undone and
//! is there again.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use briefing::analysis::analyze_whole;
use briefing::formats::Source;
use briefing::memory::{Key, Memory};
use briefing::model::{Basis, BlockKind, Briefing, Change, Corrections, Document, Edit, Said};
use briefing::sections::correct::{self, Refusal, Wish};
use briefing::tui::event::{Effect, Event, Loaded};
use proptest::prelude::*;

use crate::driver::{Driver, document, document_of, source};
use crate::pty::Start;

const WIDE: (u16, u16) = (120, 36);

fn harbour() -> Briefing {
    analyze_whole(&Arc::new(document(&source("harbour.md"))))
}

/// What each section begins with, and its role's letter.
fn told(briefing: &Briefing) -> Vec<String> {
    let section = |section: &briefing::model::Section| {
        let role = section.role;
        let letter = role.map_or('-', |role| briefing.lens.role(role).letter);
        let yours = if section.basis == Basis::Reader {
            "*"
        } else {
            ""
        };
        let words = section.range.of(&briefing.document.text);
        let words: Vec<&str> = words.split_whitespace().take(2).collect();
        format!("{letter}{yours} {}", words.join(" "))
    };
    briefing.outline.sections.iter().map(section).collect()
}

/// A briefing with corrections, made one by one from what is shown.
struct Desk {
    found: Briefing,
    shown: Briefing,
    corrections: Corrections,
}

impl Desk {
    fn new(found: Briefing) -> Self {
        Self {
            shown: found.clone(),
            found,
            corrections: Corrections::default(),
        }
    }

    fn wish(&mut self, id: u32, wish: Wish) -> Result<(), Refusal> {
        let edit = correct::edit(&self.shown, id, wish)?;
        self.make(edit);
        Ok(())
    }

    fn split(&mut self, offset: usize) -> Result<(), Refusal> {
        let edit = correct::split(&self.shown, offset)?;
        self.make(edit);
        Ok(())
    }

    fn make(&mut self, edit: Edit) {
        self.corrections.change(&Change::Add(edit));
        self.show();
    }

    fn undo(&mut self) {
        let last = self.corrections.edits.last().cloned();
        self.corrections
            .change(&Change::Undo(last.expect("an edit to undo")));
        self.show();
    }

    fn show(&mut self) {
        let corrected = correct::corrected(&self.found, &self.corrections);
        assert!(corrected.lost.is_empty(), "an edit just made is found");
        self.shown = corrected.briefing;
    }
}

/// Every broken promise of a corrected briefing.
fn faults(found: &Briefing, shown: &Briefing) -> Vec<String> {
    let (document, outline) = (&shown.document, &shown.outline);
    let mut faults = outline.check(document);
    faults.extend(shown.entities.check(document));
    // What stood in a section stands in one: in exactly one, as sections are sorted and disjoint.
    for (block, id) in document.blocks.iter().zip(0..) {
        let boilerplate = outline.paragraph(id).is_some_and(|it| it.boilerplate);
        if block.kind == BlockKind::Rule || boilerplate {
            continue;
        }
        let start = block.range.start();
        let (before, now) = (found.outline.at(start), outline.at(start));
        if before.is_some() != now.is_some() {
            faults.push(format!(
                "block {id} stood in {before:?} and stands in {now:?}"
            ));
        }
        let whole = now.is_none_or(|id| outline.sections[id as usize].range.covers(block.range));
        if !whole {
            faults.push(format!("block {id} is cut"));
        }
    }
    for mention in &shown.entities.mentions {
        if mention.section != outline.home(document, mention.range.start()) {
            faults.push(format!("{:?} is not at home", mention.range));
        }
    }
    faults
}

/// Paragraphs of every kind, as Markdown.
const PARTS: &[&str] = &[
    "The minister ordered a halt and signed the decree that bans all links.",
    "The two foreign ministers met for talks and will negotiate a treaty at a summit.",
    "The union condemned the plan, called it a mistake and objected in a letter.",
    "Hackers attacked the pumps; officials warned of further attacks and damage.",
    "The ministry declined to comment and denied the report, a spokesman said.",
    "In 1998 the company was founded; it had a long history before that.",
    "## What came next",
    "### A smaller matter",
    "Also read: Tides",
    "- one item\n- a second item\n- a third",
    "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |",
    "```\nlet it = be;\n```",
    "> Somebody quoted somebody.",
    "---",
    "The minister ordered a halt and signed the decree that bans all links.",
];

fn texts() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..PARTS.len(), 1..24).prop_map(|parts| {
        parts
            .iter()
            .map(|&at| PARTS[at])
            .collect::<Vec<_>>()
            .join("\n\n")
    })
}

/// What is done, to which section or where, in thousandths of the whole.
fn acts() -> impl Strategy<Value = Vec<(u8, usize)>> {
    proptest::collection::vec((0..8_u8, 0..1000_usize), 1..24)
}

fn act(desk: &mut Desk, (what, whereto): (u8, usize)) {
    let sections = desk.shown.outline.sections.len();
    if sections == 0 {
        return;
    }
    let id = (whereto * sections / 1000) as u32;
    let roles = &desk.shown.lens.roles;
    let role = roles[whereto % roles.len()].name.clone();
    let text = &desk.shown.document.text;
    let offset = (0..=whereto * text.len() / 1000)
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    // A wish may be refused: then nothing has changed.
    let _ = match what {
        0 => desk.wish(id, Wish::Role(Said::Role(role))),
        1 => desk.wish(id, Wish::Role(Said::None)),
        2 => desk.wish(id, Wish::Role(Said::AsFound)),
        3 => desk.wish(id, Wish::Earlier),
        4 => desk.wish(id, Wish::Later),
        5 => desk.wish(id, Wish::Merge),
        6 => desk.split(offset),
        _ if desk.corrections.edits.is_empty() => Ok(()),
        _ => {
            desk.undo();
            Ok(())
        }
    };
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_corrections_lose_a_word_and_undoing_all_gives_back_what_was_found(
        text in texts(), acts in acts()
    ) {
        let found = analyze_whole(&Arc::new(document_of(&text)));
        let mut desk = Desk::new(found.clone());
        for it in acts {
            act(&mut desk, it);
            let faults = faults(&found, &desk.shown);
            prop_assert!(faults.is_empty(), "{it:?}: {}\n{text}", faults.join("\n"));
        }
        while !desk.corrections.edits.is_empty() {
            desk.undo();
        }
        prop_assert_eq!(&desk.shown.outline, &found.outline);
        prop_assert_eq!(&desk.shown.entities.mentions, &found.entities.mentions);
    }

    #[test]
    fn what_is_kept_as_json_is_what_was_made(text in texts(), acts in acts()) {
        let mut desk = Desk::new(analyze_whole(&Arc::new(document_of(&text))));
        for it in acts {
            act(&mut desk, it);
        }
        let json = serde_json::to_string(&desk.corrections.edits).unwrap();
        let edits: Vec<Edit> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(edits, desk.corrections.edits);
    }
}

#[test]
fn the_role_that_a_reader_set_stands() {
    let mut desk = Desk::new(harbour());
    let before = told(&desk.shown);
    let role = Wish::Role(Said::Role("threat".into()));
    desk.wish(3, role).unwrap();
    let mut expected = before.clone();
    expected[3] = "T* Talks with".into();
    assert_eq!(told(&desk.shown), expected, "and nothing else changes");
    let instead = desk.shown.outline.sections[3].instead.unwrap();
    assert_eq!(instead.role, desk.found.outline.sections[3].role);
    // Neither do moves and splits beside it take it away.
    desk.wish(3, Wish::Later).unwrap();
    desk.wish(4, Wish::Earlier).unwrap();
    assert!(told(&desk.shown)[3].starts_with("T* "));
    desk.wish(3, Wish::Role(Said::None)).unwrap();
    assert!(told(&desk.shown)[3].starts_with("-* "));
    desk.wish(3, Wish::Role(Said::AsFound)).unwrap();
    assert!(!told(&desk.shown)[3].contains('*'));
}

#[test]
fn a_merged_section_keeps_its_words_and_what_was_said_of_it() {
    let mut desk = Desk::new(harbour());
    let (before, count) = (
        desk.shown.outline.sections[4].range,
        desk.shown.outline.sections.len(),
    );
    desk.wish(4, Wish::Role(Said::Role("background".into())))
        .unwrap();
    desk.wish(4, Wish::Merge).unwrap();
    let outline = &desk.shown.outline;
    assert_eq!(outline.sections.len(), count - 1);
    let merged = &outline.sections[3];
    assert!(merged.drawn && merged.range.covers(before));
    assert_eq!(merged.basis, Basis::Reader);
    assert_eq!(
        merged.title(&desk.shown.document, &desk.shown.lens),
        "Talks with Talmark"
    );
}

#[test]
fn a_section_moved_before_its_heading_keeps_its_name() {
    let mut desk = Desk::new(harbour());
    desk.wish(4, Wish::Earlier).unwrap();
    let section = &desk.shown.outline.sections[4];
    let title = section.title(&desk.shown.document, &desk.shown.lens);
    assert_eq!(title, "Talmark's answer");
    assert!(
        !section
            .range
            .of(&desk.shown.document.text)
            .starts_with(title)
    );
    // Back again: the heading is the next place where it can begin.
    desk.wish(4, Wish::Later).unwrap();
    let ranges = |briefing: &Briefing| -> Vec<_> {
        briefing
            .outline
            .sections
            .iter()
            .map(|it| it.range)
            .collect()
    };
    assert_eq!(ranges(&desk.shown), ranges(&desk.found));
}

#[test]
fn what_cannot_be_is_refused() {
    let mut desk = Desk::new(harbour());
    assert_eq!(desk.wish(0, Wish::Merge), Err(Refusal::FirstMerged));
    assert_eq!(desk.wish(0, Wish::Later), Err(Refusal::FirstMoved));
    assert_eq!(desk.wish(0, Wish::Earlier), Err(Refusal::FirstMoved));
    let start = desk.shown.outline.sections[2].range.start();
    assert_eq!(desk.split(start), Err(Refusal::BeginsHere));
    let mut titled = Desk::new(analyze_whole(&Arc::new(document_of(REPORT))));
    assert_eq!(titled.split(0), Err(Refusal::Outside), "the title");
    // A section cannot be moved past its neighbours.
    while desk.wish(3, Wish::Earlier).is_ok() {}
    assert_eq!(desk.wish(3, Wish::Earlier), Err(Refusal::BeforeTooShort));
    while desk.wish(3, Wish::Later).is_ok() {}
    assert_eq!(desk.wish(3, Wish::Later), Err(Refusal::TooShort));
    assert_eq!(
        desk.shown.outline.sections.len(),
        desk.found.outline.sections.len()
    );
}

#[test]
fn one_key_corrects_and_everything_follows() {
    let driver = Driver::open("harbour.md", WIDE).keys("t j j j c T");
    let text = driver.text();
    assert!(text.contains("4 Talks with      ━━╸ T*"), "{text}");
    assert!(text.contains("section 4 is Threat context (yours); U undoes"));
    assert!(text.contains("T Threat 2"), "the header counts it:\n{text}");
    let kept = driver.effects.iter().filter_map(|effect| match effect {
        Effect::Keep(keeping) => Some(&keeping.change),
        _ => None,
    });
    assert!(matches!(kept.collect::<Vec<_>>()[..], [Change::Add(_)]));
    // Jumping by role comes to it, and K says whose it is.
    let driver = driver.keys("t g T");
    assert!(
        driver.text().contains("THREAT CONTEXT (yours)"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("K");
    let why = driver.text();
    assert!(
        why.contains("you set the role; it was found to be: Diplomacy (heading)"),
        "{why}"
    );
    let driver = driver.keys("Esc U");
    assert!(driver.text().contains("DIPLOMACY (heading)"));
    assert!(
        driver
            .text()
            .contains("undone: the role of the section at “Talks with Talmark")
    );
    assert!(driver.keys("U").text().contains("no correction to undo"));
}

#[test]
fn letters_that_are_no_role_are_told_and_escape_asks_no_more() {
    let driver = Driver::open("harbour.md", WIDE).keys("t c x");
    assert!(driver.text().contains("no role has the letter x"));
    let driver = driver.keys("c Esc d");
    assert!(!driver.text().contains("(yours)"), "{}", driver.text());
    let driver = driver.keys("g c Space");
    assert!(driver.text().contains("nothing to take back"));
    let driver = driver.keys("c - c -");
    assert!(driver.text().contains("you have said already"));
    assert!(driver.text().contains("1 Order           ━╸  -*") || driver.text().contains("-*"));
}

#[test]
fn what_was_asked_is_forgotten_with_a_click_and_ctrl_c_quits() {
    let driver = Driver::open("harbour.md", WIDE)
        .keys("t c")
        .click("Who is exempt");
    let driver = driver.keys("T");
    assert!(!driver.text().contains("(yours)"), "{}", driver.text());
    let driver = Driver::open("harbour.md", WIDE).keys("t c ^C");
    assert!(matches!(driver.effects[..], [.., Effect::Quit(0, None)]));
}

#[test]
fn outside_contents_the_keys_mean_what_they_meant() {
    let driver = Driver::open("harbour.md", WIDE).keys("> m s c");
    assert!(driver.text().contains("100 %"), "> goes to the end");
    assert!(driver.keys("<").text().contains("O The government"));
}

#[test]
fn nothing_is_corrected_before_all_sections_are_known() {
    let text = document(&source("harbour.md"));
    let mut driver = Driver::with(Loaded::new(text.clone(), false), WIDE).keys("t c");
    assert!(driver.text().contains("sections are still being found"));
    driver.event(Event::Loaded(0, Loaded::new(text, true)));
    assert!(driver.keys("c").text().contains("role of 1:"));
}

fn remembered() -> (tempfile::TempDir, Memory) {
    let folder = tempfile::tempdir().unwrap();
    let memory = Memory::at(folder.path().join("briefing/memory.db"));
    (folder, memory)
}

const REPORT: &str = "\
# Gates of Varn

The governor ordered the gates shut on Monday and signed the decree.

The order takes effect at noon and bans all traffic.

The council voted to enforce the ban for a week.

## What the millers say

The guild condemned the order and called it a mistake.

The millers objected in a letter to the governor.

The guild said that the decree was a scandal and protested.
";

fn reopened(text: &str, memory: &Memory) -> Driver {
    Driver::remembering(Loaded::new(document_of(text), true), memory.clone())
}

#[test]
fn corrections_are_there_again_and_can_be_undone_one_by_one() {
    let (_folder, memory) = remembered();
    let driver = reopened(REPORT, &memory).keys("t j c T < Esc");
    let shown = told(&driver.app.reading.briefing);
    assert_eq!(shown[1], "T* The council", "{shown:?}");
    let again = reopened(REPORT, &memory);
    assert_eq!(told(&again.app.reading.briefing), shown);
    let again = again.keys("U");
    assert_eq!(told(&again.app.reading.briefing)[1], "T* What the");
    let again = again.keys("U U");
    let plain = told(
        &Driver::with(Loaded::new(document_of(REPORT), true), WIDE)
            .app
            .reading
            .briefing,
    );
    assert_eq!(told(&again.app.reading.briefing), plain);
    assert_eq!(told(&reopened(REPORT, &memory).app.reading.briefing), plain);
}

#[test]
fn they_survive_small_changes_and_those_that_are_lost_are_told_and_kept() {
    let (_folder, memory) = remembered();
    drop(reopened(REPORT, &memory).keys("t j c T < Esc"));
    let longer = REPORT
        .replace("## What", "A new paragraph stands here.\n\n## What")
        .replace(
            "The governor ordered",
            "A paragraph before all.\n\nThe governor ordered",
        );
    let shown = told(&reopened(&longer, &memory).app.reading.briefing);
    assert!(shown.contains(&"T* The council".to_owned()), "{shown:?}");
    // The paragraph of the moved start is gone with both its neighbours.
    let (head, tail) = REPORT.split_once("The order takes").unwrap();
    let (_, tail) = tail.split_once("## What").unwrap();
    let shorter = format!("{head}Nothing like it.\n\n## What{tail}");
    let driver = reopened(&shorter, &memory);
    let text = driver.text();
    assert!(text.contains("not found again"), "{text}");
    let shown = told(&driver.app.reading.briefing);
    assert!(shown.contains(&"T* What the".to_owned()), "{shown:?}");
    assert!(driver.keys("i").text().contains("2, of which 1 not found"));
    // Another text at the same path has nothing to do with them, and leaves them where they are.
    let other = PARTS.join("\n\n");
    let driver = reopened(&other, &memory);
    let text = driver.text();
    assert!(!text.contains("not found again"), "{text}");
    drop(driver.keys("t c C"));
    let shown = told(&reopened(REPORT, &memory).app.reading.briefing);
    assert!(shown.contains(&"T* The council".to_owned()), "{shown:?}");
}

#[test]
fn what_another_reader_keeps_meanwhile_is_not_lost() {
    let (_folder, memory) = remembered();
    let one = reopened(REPORT, &memory);
    let other = reopened(REPORT, &memory);
    drop(one.keys("t c D"));
    drop(other.keys("t j c T"));
    let shown = told(&reopened(REPORT, &memory).app.reading.briefing);
    assert_eq!(shown, ["D* The governor", "T* What the"]);
}

#[test]
fn a_memory_that_cannot_be_used_is_moved_aside_and_that_is_told() {
    let (folder, memory) = remembered();
    let file = folder.path().join("briefing/memory.db");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, "this is no data base").unwrap();
    let driver = reopened(REPORT, &memory);
    let text = driver.text();
    assert!(text.contains("the memory could not be used"), "{text}");
    let driver = driver.keys("t c D Esc");
    assert_eq!(told(&driver.app.reading.briefing)[0], "D* The governor");
    let about = driver.keys("i").text();
    assert!(about.contains("memory.db.damaged"), "{about}");
    let shown = told(&reopened(REPORT, &memory).app.reading.briefing);
    assert_eq!(shown[0], "D* The governor");
    let aside = folder.path().join("briefing/memory.db.damaged");
    assert_eq!(fs::read_to_string(aside).unwrap(), "this is no data base");
}

#[test]
fn a_memory_that_cannot_be_written_is_told_and_stops_nothing() {
    let (folder, memory) = remembered();
    fs::write(
        folder.path().join("briefing"),
        "a file where the folder should be",
    )
    .unwrap();
    let driver = reopened(REPORT, &memory).keys("t c D Esc");
    assert_eq!(told(&driver.app.reading.briefing)[0], "D* The governor");
    let about = driver.keys("i").text();
    assert!(about.contains("could not be"), "{about}");
}

/// The program, with its data in `data`.
fn program(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_briefing"))
        .args(arguments)
        .env("XDG_DATA_HOME", data)
        .output()
        .unwrap()
}

/// Sets the role of the second section of `path` in the memory under `data`.
fn correct_second(data: &Path, path: &Path, document: Document) {
    let found = analyze_whole(&Arc::new(document));
    let edit = correct::edit(&found, 1, Wish::Role(Said::Role("threat".into()))).unwrap();
    let key = Key::of(&found.document, Source::Path(path.to_owned()).location());
    Memory::at(data.join("briefing/memory.db"))
        .correct(&key, &found.lens.name, &Change::Add(edit))
        .unwrap();
}

#[test]
fn exports_have_the_corrections_unless_no_memory_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let (data, path) = (folder.path().join("data"), folder.path().join("gates.md"));
    fs::write(&path, REPORT).unwrap();
    let name = path.to_str().unwrap();
    let json = |arguments: &[&str]| {
        let output = program(&data, arguments);
        assert_eq!(output.status.code(), Some(0));
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["sections"][1].clone()
    };
    let plain = json(&["--to", "json", name]);
    assert_ne!(plain["basis"], "reader");
    assert!(!data.exists(), "an export writes nothing there");
    correct_second(&data, &path, document_of(REPORT));
    let corrected = json(&["--to", "json", name]);
    assert_eq!(
        (&corrected["role"], &corrected["basis"]),
        (&"threat".into(), &"reader".into())
    );
    let why = corrected["why"].as_str().unwrap();
    assert!(
        why.starts_with("set by the reader; found: criticism (text), "),
        "{why}"
    );
    assert_eq!(json(&["--to", "json", "--no-memory", name]), plain);
    let text = program(&data, &["--to", "text", name]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("Threat (set by reader)"), "{text}");

    // A folder that is none: everything is written as found, and it is told once.
    fs::remove_dir_all(&data).unwrap();
    fs::write(&data, "a file").unwrap();
    let output = program(&data, &["--to", "json", name, name]);
    assert_eq!(output.status.code(), Some(1));
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(written.lines().count(), 2);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("could not be read"), "{told}");
}

#[test]
fn a_correction_that_was_shown_survives_the_end_of_the_program() {
    let data = tempfile::tempdir().unwrap();
    let open = |memory: bool| {
        let start =
            Start::program(env!("CARGO_BIN_EXE_briefing")).argument("tests/data/harbour.md");
        let start = if memory {
            start
        } else {
            start.argument("--no-memory")
        };
        start
            .environment("XDG_DATA_HOME", data.path())
            .open(120, 36)
    };
    let mut session = open(false);
    session.wait_for("next: 2");
    session.keys("tcT");
    session.wait_for("for this run only");
    session.keys("Q");
    session.exit_code();
    assert_eq!(fs::read_dir(data.path()).unwrap().count(), 0, "not a byte");

    let mut session = open(true);
    session.wait_for("next: 2");
    session.keys("tcT");
    session.wait_for("section 1 is Threat context (yours)");
    session.signal("KILL");
    session.exit_code();
    let mut session = open(true);
    session.wait_for("THREAT CONTEXT (yours)");
}
