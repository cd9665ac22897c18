//! Documents to choose from: the list, going from one to the next, places that are kept, names of all of them.
//!
//! Beside `loading`, because here the source changes and not only what is read of it.

use std::sync::Arc;

use briefing::formats::{Item, Shelf, Source};
use briefing::model::EntityKind;
use briefing::tui::event::{Effect, Event, Loaded};
use briefing::tui::shelves::{Facts, Named};

use crate::driver::{Driver, document, document_of, source};

const MEDIUM: (u16, u16) = (80, 24);

fn shelf(names: &[&str]) -> Shelf {
    let item = |name: &&str| Item {
        title: (*name).to_owned(),
        date: None,
        words: None,
        source: source(name),
    };
    Shelf {
        title: "a folder".into(),
        items: names.iter().map(item).collect(),
        notice: None,
    }
}

/// Answers the last wish to open something, as the reader's thread would.
fn answer(driver: &mut Driver) {
    let wish = driver.effects.iter().rev().find_map(|effect| match effect {
        Effect::Open(run, source) => Some((*run, source.clone())),
        _ => None,
    });
    let (run, source) = wish.expect("something is to be opened");
    driver.event(Event::Loaded(run, Loaded::new(document(&source), true)));
}

fn press(mut driver: Driver, keys: &str) -> Driver {
    driver = driver.keys(keys);
    answer(&mut driver);
    driver
}

fn listed() -> Driver {
    Driver::choosing(shelf(&["harbour.md", "outage.md", "ruling.md"]), MEDIUM)
}

#[test]
fn a_list_is_chosen_from_and_opened_again() {
    let driver = listed();
    assert!(
        driver.text().contains("a folder · 3 documents"),
        "{}",
        driver.text()
    );
    let driver = press(driver, "j Enter");
    assert!(
        driver.text().contains("The night the ticket machines"),
        "{}",
        driver.text()
    );
    assert!(driver.text().contains("document 2 of 3"));
    let driver = driver.keys("c");
    assert!(
        driver.text().contains("> The night the ticket machines"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("Esc");
    assert!(
        driver.text().contains("next:") || driver.text().contains("1/"),
        "{}",
        driver.text()
    );
}

#[test]
fn next_and_previous_keep_the_place_in_each_document() {
    let driver = press(listed(), "Enter").keys("Space d");
    let place = driver.app.reading.anchor;
    assert!(place.at > 0);
    let driver = press(driver, "Alt-n").keys("d");
    let second = driver.app.reading.anchor;
    let driver = press(driver, "Alt-p");
    assert_eq!(driver.app.reading.anchor, place);
    let driver = driver.keys("Alt-p");
    assert!(driver.text().contains("this is the first document"));
    let driver = press(driver, "Alt-n");
    assert_eq!(driver.app.reading.anchor, second);
}

#[test]
fn a_pinned_name_is_pinned_again_and_never_in_another_document() {
    let driver = press(listed(), "Enter").keys(")");
    let pinned = driver.app.reading.pinned_name().map(str::to_owned);
    assert!(pinned.is_some());
    let driver = press(driver, "Alt-n");
    assert_eq!(driver.app.reading.pinned, None);
    let driver = press(driver, "Alt-p");
    assert_eq!(driver.app.reading.pinned_name().map(str::to_owned), pinned);
}

#[test]
fn what_cannot_be_opened_is_told_and_leaves_all_as_it_was() {
    let driver = press(listed(), "Enter").keys("d");
    let place = driver.app.reading.anchor;
    let mut driver = driver.keys("Alt-n");
    let Some(Effect::Open(run, _)) = driver.effects.pop() else {
        panic!("{:?}", driver.effects);
    };
    driver.event(Event::LoadFailed(
        run,
        "outage.md is empty: there is nothing to read".into(),
    ));
    assert!(
        driver.text().contains("outage.md is empty"),
        "{}",
        driver.text()
    );
    assert_eq!(driver.app.reading.anchor, place);
    assert!(driver.text().contains("Orvenia"));
    let driver = driver.keys("c");
    assert!(driver.text().contains("is empty"), "{}", driver.text());
}

#[test]
fn a_list_in_a_list_is_left_outwards() {
    let mut driver = listed().keys("Enter");
    let Some(Effect::Open(run, _)) = driver.effects.pop() else {
        panic!("{:?}", driver.effects);
    };
    let mut inner = shelf(&["ugly.md"]);
    inner.title = "a mailbox".into();
    driver.event(Event::Shelf(run, inner));
    assert!(
        driver.text().contains("a mailbox · 1 document"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("Backspace");
    assert!(
        driver.text().contains("a folder · 3 documents"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("q");
    assert!(matches!(driver.effects.last(), Some(Effect::Quit(0, None))));
}

#[test]
fn standard_input_is_kept_as_it_cannot_be_read_twice() {
    let mut several = shelf(&["harbour.md", "outage.md"]);
    several.items[0].source = Source::Stdin;
    let mut driver = Driver::choosing(several, MEDIUM).keys("Enter");
    let Some(Effect::Open(run, Source::Stdin)) = driver.effects.pop() else {
        panic!("{:?}", driver.effects);
    };
    let piped = document_of("# From a pipe\n\nSome words.");
    driver.event(Event::Loaded(run, Loaded::new(piped, true)));
    let driver = press(driver, "Alt-n").keys("Alt-p");
    assert!(driver.text().contains("From a pipe"), "{}", driver.text());
}

#[test]
fn the_table_of_all_names_says_in_which_documents_each_stands() {
    let mut driver = listed().keys("a");
    assert!(
        driver.text().contains("0 of 3 documents looked through"),
        "{}",
        driver.text()
    );
    let Some(Effect::Describe(serial, rows, true)) = driver.effects.last() else {
        panic!("{:?}", driver.effects);
    };
    assert_eq!(rows.len(), 3);
    let serial = *serial;
    let named = |names: &[&str]| -> Option<Arc<[Named]>> {
        let named = |name: &&str| Named {
            name: (*name).to_owned(),
            kind: EntityKind::Person,
            mentions: 2,
        };
        Some(names.iter().map(named).collect())
    };
    for (at, names) in [(0, &["Ida Brandt"][..]), (2, &["Ida Brandt", "Ola Vik"])] {
        let facts = Facts {
            names: named(names),
            ..Facts::default()
        };
        driver.event(Event::Described(serial, at, Box::new(facts)));
    }
    let facts = Facts {
        trouble: Some("it is empty".into()),
        ..Facts::default()
    };
    driver.event(Event::Described(serial, 1, Box::new(facts)));
    let screen = driver.text();
    assert!(screen.contains("2 names · 1 document left out"), "{screen}");
    assert!(screen.contains("Ida Brandt"), "{screen}");
    let mut driver = driver.keys("Enter j Enter");
    answer(&mut driver);
    assert!(
        driver.text().contains("document 3 of 3"),
        "{}",
        driver.text()
    );
}

#[test]
fn typing_filters_the_list() {
    let driver = listed().keys("/ o u t");
    let screen = driver.text();
    assert!(
        screen.contains(" /out") && screen.contains("outage.md"),
        "{screen}"
    );
    assert!(!screen.contains("harbour.md"), "{screen}");
    let driver = press(driver, "Enter Enter");
    assert!(
        driver.text().contains("document 2 of 3"),
        "{}",
        driver.text()
    );
}

#[test]
fn one_document_has_no_list() {
    for keys in ["c", "Alt-n", "Alt-p", "a"] {
        let driver = Driver::open("harbour.md", MEDIUM).keys(keys);
        assert!(
            driver.text().contains("there is only this document"),
            "{}",
            driver.text()
        );
    }
}
