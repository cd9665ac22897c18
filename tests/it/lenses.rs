//! Lenses as a reader meets them: asked for, chosen from the list, with faults, and where there are no roles.

use std::fs;
use std::path::Path;

use briefing::sections::{Place, Rack};
use briefing::tui::event::{Effect, Loaded};
use briefing::tui::overlay::Overlay;

use crate::driver::{Driver, document_of};

const WIDE: (u16, u16) = (120, 36);
const MEDIUM: (u16, u16) = (80, 24);

const WEATHER: &str = "name = \"weather\"\n[[roles]]\nname = \"storm\"\nlabel = \"Storm\"\nletter = \"S\"\n[[roles]]\nname = \"calm\"\nlabel = \"Calm\"\nletter = \"w\"\n[cues.storm]\n150 = [\"gale\"]\n[cues.calm]\n150 = [\"sunshine\"]\n";
const REPORT: &str = "A gale blew over the harbour, and a second gale came at noon.\n\nThe gale broke two masts, and the gale warning stayed.\n\nThere was sunshine on Monday, and more sunshine on Tuesday.\n\nSunshine is expected, with sunshine in the evening.\n";

fn rack(folder: &Path) -> Rack {
    Rack {
        folder: Some(folder.to_owned()),
    }
}

/// A document of these words, on a screen, with the lenses of `folder` on the rack.
fn open(words: &str, folder: &Path, size: (u16, u16)) -> Driver {
    let document = document_of(words);
    Driver::through(Loaded::new(document, true), rack(folder), size)
}

fn lens(driver: &Driver) -> &str {
    &driver.app.reading.briefing.lens.name
}

#[test]
fn a_lens_is_chosen_from_the_list_and_the_place_stays() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Space Space j");
    let place = driver.app.reading.anchor;
    let driver = driver.keys("o j Enter");
    assert_eq!(lens(&driver), "court-ruling");
    assert_eq!(driver.app.reading.anchor, place);
    let shown = driver.text();
    assert!(
        shown.contains("not the kind of text that the lens court-ruling is for"),
        "{shown}"
    );
    // The row of roles names it too, and the keys are its letters.
    assert!(
        shown
            .lines()
            .nth(1)
            .is_some_and(|row| row.contains("court-ruling")),
        "{shown}"
    );
    assert!(shown.contains("F P H R D role"), "{shown}");
    let driver = driver.keys("o g Enter");
    assert_eq!(lens(&driver), "briefing");
    assert_eq!(driver.app.reading.anchor, place);
}

#[test]
fn what_a_document_asks_for_can_be_changed_and_is_said() {
    let driver = Driver::open("sample court-ruling", MEDIUM).keys("4 Space");
    let place = driver.app.reading.anchor;
    let driver = driver.keys("o g Enter");
    assert_eq!(lens(&driver), "briefing");
    assert_eq!(
        driver.app.notice.as_deref(),
        Some("read through the lens briefing")
    );
    let driver = driver.keys("o j Enter");
    assert_eq!(lens(&driver), "court-ruling");
    assert_eq!(driver.app.reading.anchor, place);
}

/// The example in the manual is a lens that works.
#[test]
fn the_example_in_the_manual_is_sound() {
    let manual = include_str!("../../docs/LENSES.md");
    let (_, example) = manual.split_once("```toml\n").expect("an example");
    let (example, _) = example.split_once("```").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("example.toml"), example).expect("the test can write");
    let words = "A gale with gusts of force 9 did damage to the roofs and to the wind turbines at the harbour.\n\nThe gale tore down wires by the station, and damage was done to boats in the winds.\n\nTomorrow rain is expected in the north, and winds will be light with showers.\n\nSunshine is expected by Friday, and temperatures will be lower.\n";
    let driver = open(words, folder.path(), WIDE).keys("o G Enter");
    assert_eq!(
        driver.app.notice.as_deref(),
        Some("read through the lens weather")
    );
    let outline = driver.app.reading.outline();
    let roles = &driver.app.reading.briefing.lens;
    let told: Vec<&str> = outline
        .sections
        .iter()
        .filter_map(|section| Some(roles.role(section.role?).name.as_str()))
        .collect();
    assert_eq!(told, ["storm", "outlook"]);
    // The manual names every key that a file may have.
    for key in [
        "name",
        "title",
        "roles",
        "label",
        "short",
        "letter",
        "color",
        "nucleus",
        "cues",
        "openings",
        "longest",
        "least",
        "strong",
        "weak",
        "against",
        "language",
        "language_least",
    ] {
        assert!(
            manual.contains(&format!("`{key}")) || manual.contains(&format!("[{key}")),
            "{key}"
        );
    }
}

#[test]
fn letters_of_roles_are_those_of_the_lens() {
    let mut driver = Driver::open("sample court-ruling", MEDIUM);
    assert_eq!(lens(&driver), "court-ruling");
    let wanted = driver.app.reading.briefing.lens.clone();
    for letter in ["F", "P", "R", "H", "D"] {
        driver = driver.keys(letter);
        let section = driver.app.reading.section().expect("a section") as usize;
        let role = driver.app.reading.outline().sections[section]
            .role
            .expect("a role");
        assert_eq!(wanted.role(role).letter.to_string(), letter);
    }
    let driver = driver.keys("T");
    assert_eq!(
        driver.app.notice.as_deref(),
        Some("the lens court-ruling has no role T")
    );
    let help = driver.keys("?").text();
    assert!(
        help.contains("F P H R D") && help.contains("next Facts, Question, Holding"),
        "{help}"
    );
}

#[test]
fn a_small_letter_is_a_mark_and_no_key() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("weather.toml"), WEATHER).expect("the test can write");
    let words = format!("---\nlens: weather\n---\n{REPORT}");
    let driver = open(&words, folder.path(), MEDIUM);
    assert_eq!(lens(&driver), "weather");
    assert_eq!(
        driver.app.reading.outline().sections.len(),
        2,
        "{}",
        driver.text()
    );
    let driver = driver.keys("G g w");
    assert_eq!(
        driver.app.reading.section(),
        Some(0),
        "w is bound to nothing"
    );
}

#[test]
fn a_fault_in_the_documents_lens_is_told_and_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = WEATHER.replace("\"S\"", "\"N\"");
    fs::write(folder.path().join("weather.toml"), bad).expect("the test can write");
    let words = format!("---\nlens: weather\n---\n{REPORT}");
    let driver = open(&words, folder.path(), WIDE);
    assert_eq!(lens(&driver), "briefing");
    let notice = driver.app.notice.clone().expect("a notice");
    assert!(
        notice.contains("weather.toml, line 5, column 10: the letter N"),
        "{notice}"
    );
    let about = driver.keys("j i").text();
    assert!(
        about.contains("line 5, column 10") && about.contains("briefing is used"),
        "{about}"
    );
}

#[test]
fn a_lens_with_a_fault_stays_in_the_list_and_says_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("weather.toml"), "name = 3").expect("the test can write");
    for size in [WIDE, MEDIUM, (60, 20), (40, 10), (9, 4)] {
        let driver = open(REPORT, folder.path(), size).keys("o G Enter");
        assert!(matches!(driver.app.overlay, Some(Overlay::Lenses(_))));
        let notice = driver.app.notice.clone().expect("a notice");
        assert!(notice.contains("line 1, column 8"), "{notice}");
        let _ = driver.screen();
    }
    // Mended, it is there the next time the list is opened.
    let driver = open(REPORT, folder.path(), MEDIUM);
    fs::write(folder.path().join("weather.toml"), WEATHER).expect("the test can write");
    let driver = driver.keys("o G Enter");
    assert_eq!(lens(&driver), "weather");
    // Spoilt while it is in use, it is told of when the document is read again.
    fs::write(folder.path().join("weather.toml"), "name").expect("the test can write");
    let driver = driver.keys("o Esc o g j k Enter");
    assert_eq!(lens(&driver), "briefing");
}

#[test]
fn while_a_document_is_being_read_another_lens_can_be_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    let document = open(REPORT, folder.path(), MEDIUM)
        .app
        .reading
        .document
        .clone();
    let head = Loaded {
        document,
        words: None,
    };
    let mut driver = Driver::through(head.clone(), rack(folder.path()), MEDIUM).keys("o j Enter");
    assert!(driver.app.loading);
    let whole = Loaded {
        words: Some(9),
        ..head
    };
    driver.event(briefing::tui::event::Event::Loaded(0, whole));
    assert!(!driver.app.loading);
    assert_eq!(lens(&driver), "court-ruling");
    let left = driver
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Quit(..)));
    assert!(!left);
}

#[test]
fn why_there_are_no_roles_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let german = "Der Minister ordnete am Dienstag an, den Hafen für alle fremden Schiffe zu schließen.\n\nDie Opposition sprach von einem Fehler und verlangte eine Debatte im Parlament.\n";
    let numbers = "12 34 56 78 90 12 34\n\n— … —\n\n7, 8, 9.\n";
    for (words, said) in [
        (
            german,
            "the text is in another language than the lens briefing reads",
        ),
        (numbers, "no roles: there are no words in its paragraphs"),
    ] {
        let driver = open(words, folder.path(), WIDE);
        assert!(driver.text().contains(said), "{}", driver.text());
        let why = driver.keys("K").text();
        assert!(why.contains(said), "{why}");
    }
    let driver = Driver::open("outside/recipe.md", WIDE);
    assert_eq!(driver.app.notice, None, "no lens was asked for");
    let driver = driver.keys("o j Enter");
    assert!(
        driver
            .text()
            .contains("not the kind of text that the lens court-ruling is for")
    );
}

#[test]
fn a_name_on_the_command_line_can_be_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("weather.toml");
    fs::write(&path, WEATHER).expect("the test can write");
    let asked = Place::asked(path.to_str().expect("a name"), &Rack::default());
    assert_eq!(asked, Ok(Place::File(path)));
}
