//! Why a name is what it is, as keys and the screen tell it; and what had to be done without.

use std::sync::Arc;

use briefing::tui::event::{Coverage, Event, Loaded};
use briefing::tui::overlay::Overlay;

use crate::driver::{Driver, document_of};
use crate::loading::{press, state};

const SISTERS: &str = "# Mill\n\nBob Tillerman spoke to Mary Tillerman on Monday about the mill. \
                       Tillerman said no more.\n";

/// The page of reasons that `keys` lead to, without its frame.
fn reasons(keys: &str) -> String {
    let driver = Driver::with(Loaded::new(document_of(SISTERS), true), (100, 40)).keys(keys);
    driver.text()
}

#[test]
fn why_begins_with_the_name_that_the_reader_means() {
    // Selected in the list, selected in the pane, followed in the text.
    for keys in ["p K", "Tab K", ") K"] {
        let page = reasons(keys);
        assert!(
            page.contains("THIS NAME\n") || page.contains("THIS NAME "),
            "{keys}:\n{page}"
        );
        assert!(
            page.contains("Bob Tillerman: person, 1 mention"),
            "{keys}:\n{page}"
        );
        for told in [
            "found: ",
            "person: ",
            "trained model +",
            "unsure: left apart from Mary Tillerman",
        ] {
            assert!(
                page.contains(told),
                "{keys} does not tell {told:?}:\n{page}"
            );
        }
    }
    let page = reasons("p j K");
    assert!(
        page.contains("Mary Tillerman: person, 2 mentions"),
        "{page}"
    );
    assert!(
        page.contains("joined: surname of “Mary Tillerman”"),
        "{page}"
    );
    assert!(
        page.contains("taken for this one: may also be Bob Tillerman"),
        "{page}"
    );
    let page = reasons("K");
    assert!(
        !page.contains("THIS NAME") && page.contains("NAMES ON THIS PAGE"),
        "{page}"
    );
    assert!(page.contains("Mary Tillerman: person"), "{page}");
}

#[test]
fn the_dossier_says_what_was_left_open() {
    let page = reasons("p");
    assert!(
        page.contains("left apart from Mary Tillerman: 2 people named Tillerman"),
        "{page}"
    );
}

#[test]
fn closing_the_reasons_of_a_name_goes_back_to_the_list() {
    for keys in ["p j K Esc", "p j K K", "p j ? Esc", "p j K ? Esc"] {
        let driver = Driver::with(Loaded::new(document_of(SISTERS), true), (100, 40)).keys(keys);
        let Some(Overlay::People(people)) = &driver.app.overlay else {
            panic!("{keys}: {:?}", driver.app.overlay);
        };
        assert_eq!(people.names.at, 1, "{keys}");
    }
    let driver = Driver::with(Loaded::new(document_of(SISTERS), true), (100, 40)).keys("K Esc");
    assert!(driver.app.overlay.is_none());
}

#[test]
fn what_had_to_be_done_without_is_told_once_and_kept_in_about() {
    let (mut app, _) = state(SISTERS);
    let mut briefing = briefing::analysis::analyze_whole(&app.reading.document);
    briefing.faults = Arc::new(["the model of names is damaged".to_owned()]);
    app.update(Event::Analyzed(0, briefing.clone(), Coverage::Whole));
    assert_eq!(app.notice.as_deref(), Some("the model of names is damaged"));
    press(&mut app, 'j');
    app.update(Event::Analyzed(0, briefing, Coverage::Whole));
    assert_eq!(
        app.notice, None,
        "a key wipes it, and it does not come again"
    );
    press(&mut app, 'i');
    let Some(Overlay::Words(words)) = &app.overlay else {
        panic!("about is open");
    };
    let told = |(line, _): &(String, _)| line.contains("the model of names is damaged");
    assert!(words.lines.iter().any(told));
}
