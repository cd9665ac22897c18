//! A file that changes while it is read: the place stays, what changed is told, typing is never disturbed.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use briefing::tui::event::{Effect, Event, Loaded};

use crate::driver::{Driver, document_of};
use crate::pty::{Session, Start};

const BEFORE: &str = "# Gates\n\n## Orders\n\nThe governor, Ida Brandt, ordered the gates shut.\n\n\
    ## Reactions\n\nThe millers called it a mistake.\n";
const AFTER: &str = "# Gates\n\nA new beginning that pushes all else down.\n\n## Orders\n\n\
    The governor, Ida Brandt, ordered the gates shut.\n\n## Talks\n\nPeter Holm met the millers.\n";

fn changed(driver: &mut Driver) {
    driver.event(Event::Changed(
        Path::new("tests/data/document").into(),
        true,
    ));
}

fn reloaded(driver: &mut Driver, text: &str) {
    let run = driver.effects.iter().rev().find_map(|effect| match effect {
        Effect::Reload(run, _) => Some(*run),
        _ => None,
    });
    let run = run.expect("the file is read again");
    driver.event(Event::Loaded(run, Loaded::new(document_of(text), true)));
}

#[test]
fn what_changed_is_told_and_the_pinned_name_stays() {
    let mut driver = Driver::with(Loaded::new(document_of(BEFORE), true), (120, 24)).keys(")");
    assert_eq!(driver.app.reading.pinned_name(), Some("Ida Brandt"));
    changed(&mut driver);
    reloaded(&mut driver, AFTER);
    let notice = driver.app.notice.clone().unwrap_or_default();
    assert!(
        notice.contains("added: ") && notice.contains("Talks"),
        "{notice}"
    );
    assert!(notice.contains("section gone: Reactions"), "{notice}");
    assert!(notice.contains("name added: Peter Holm"), "{notice}");
    assert_eq!(driver.app.reading.pinned_name(), Some("Ida Brandt"));
}

#[test]
fn nothing_is_said_of_a_file_that_was_only_touched() {
    let mut driver = Driver::with(Loaded::new(document_of(BEFORE), true), (120, 24));
    changed(&mut driver);
    reloaded(&mut driver, BEFORE);
    assert_eq!(driver.app.notice, None);
    let mut driver = driver.keys("r");
    reloaded(&mut driver, BEFORE);
    assert_eq!(
        driver.app.notice.as_deref(),
        Some("read again: nothing has changed")
    );
}

#[test]
fn while_a_line_is_typed_the_reading_waits() {
    for keys in ["/ g a", "p / m"] {
        let mut driver = Driver::with(Loaded::new(document_of(BEFORE), true), (120, 24)).keys(keys);
        changed(&mut driver);
        let reload = |effect: &Effect| matches!(effect, Effect::Reload(..));
        assert!(!driver.effects.iter().any(reload), "{keys}");
        let driver = driver.keys("Enter");
        assert!(driver.effects.iter().any(reload), "{keys}");
    }
}

#[test]
fn the_selected_name_stays_selected_when_names_come_anew() {
    let names = "Ida Brandt spoke. Ola Vik spoke. Peter Holm spoke.";
    let mut driver = Driver::with(Loaded::new(document_of(names), true), (120, 24)).keys("p j");
    let selected = |driver: &Driver| driver.text().lines().nth(3).map(str::to_owned);
    assert!(driver.text().contains("Ola Vik"));
    let before = selected(&driver);
    changed(&mut driver);
    reloaded(
        &mut driver,
        "Anna Lund spoke. Ida Brandt spoke. Ola Vik spoke. Peter Holm spoke.",
    );
    let heading = |driver: &Driver| {
        let screen = driver.text();
        let row = screen.lines().nth(2).unwrap_or_default();
        row.split('│').nth(1).map(|it| it.trim().to_owned())
    };
    assert_eq!(
        heading(&driver).as_deref(),
        Some("Ola Vik"),
        "{before:?}\n{}",
        driver.text()
    );
}

#[test]
fn a_failure_to_read_on_after_reading_again_is_no_whole_document() {
    let head = document_of(BEFORE);
    let mut driver = Driver::with(Loaded::new(head, false), (120, 24)).keys("r");
    let run = driver.effects.iter().find_map(|effect| match effect {
        Effect::Reload(run, _) => Some(*run),
        _ => None,
    });
    driver.event(Event::LoadFailed(
        run.expect("it is read again"),
        "it is gone".into(),
    ));
    let driver = driver.keys("i");
    assert!(
        driver.text().contains("only its beginning was read"),
        "{}",
        driver.text()
    );
}

fn open(path: &Path, more: &[&str]) -> Session {
    let start = Start::program(env!("CARGO_BIN_EXE_briefing")).argument(path);
    more.iter().fold(start, Start::argument).open(120, 30)
}

#[test]
fn a_file_that_an_editor_replaces_or_that_grows_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gates.md");
    fs::write(&path, BEFORE).unwrap();
    let mut session = open(&path, &[]);
    session.wait_for("millers called");
    session.settle();
    // As vim does: the old file moved away, a new one written, the old one deleted.
    fs::rename(&path, folder.path().join("gates.md~")).unwrap();
    thread::sleep(Duration::from_millis(30));
    fs::write(&path, AFTER).unwrap();
    fs::remove_file(folder.path().join("gates.md~")).unwrap();
    session.wait_for("Talks; section");
    session.wait_for("Peter Holm met");
    // Another file moved into its place.
    fs::write(folder.path().join("new"), BEFORE).unwrap();
    fs::rename(folder.path().join("new"), &path).unwrap();
    session.wait_for("Reactions; section");
    // More at its end.
    let grown = format!("{BEFORE}\n## Later\n\nMore was said.\n");
    fs::write(&path, grown).unwrap();
    session.wait_for("section added: Later");
    fs::remove_file(&path).unwrap();
    session.wait_for("the file is gone");
    fs::write(&path, AFTER).unwrap();
    session.wait_for("Talks; section");
    session.keys("q");
    assert_eq!(session.exit_code(), 0);
}

#[test]
fn without_watching_a_change_waits_for_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gates.md");
    fs::write(&path, BEFORE).unwrap();
    let mut session = open(&path, &["--no-watch"]);
    session.wait_for("millers called");
    fs::write(&path, AFTER).unwrap();
    thread::sleep(Duration::from_secs(1));
    assert!(
        !session.screen().contains("Peter Holm"),
        "{}",
        session.screen()
    );
    session.keys("r");
    session.wait_for("Peter Holm met");
}
