//! Copying with citation: who is taken for the speaker, and what readers of Markdown see of the words.

use std::sync::Arc;

use briefing::analysis::analyze_whole;
use briefing::export::citation::{Citation, Form};
use briefing::formats::Source;
use briefing::model::Fragment;
use briefing::sections::Rack;
use briefing::text::TextRange;
use briefing::tui::app::Start;
use briefing::tui::event::{Effect, Event, Loaded};
use crossterm::event::{MouseButton, MouseEventKind};

use crate::driver::{Driver, document_of, start};

/// What a reader of Markdown sees is the words as they were.
#[test]
fn markdown_reads_back_as_the_words() {
    for words in [
        "It “works”, he said.",
        "1. *One* _two_ `three` [four](x) <b>five</b> $6 & 7% #8 {9} \\ten ~~11~~ ^",
        "# One\n\n- two\n+ three\n\n> four\n\n===\n\n1) five\n---\n| six | &amp; seven |",
    ] {
        let citation = Citation {
            words: words.into(),
            ..Citation::default()
        };
        let markdown = Form::by_name("markdown")
            .expect("it is a row")
            .write(&citation);
        let document = document_of(&markdown);
        let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
        let (read, words) = (squeezed(&document.text), squeezed(words));
        assert!(read.starts_with(&words), "{read}\n{words}");
    }
}

#[test]
fn a_speaker_is_named_only_where_there_is_no_doubt() {
    // The passage stands between bars.
    let intro = "# T\n\nForeign Minister Halden Voss met Mirela Aston of the Ministry of Transport on Monday.\n\n";
    for (marked, expected) in [
        ("|“We will wait,” said Halden Voss.|", Some("Halden Voss")),
        (
            "|“We will wait,” said Foreign Minister Halden Voss.|",
            Some("Halden Voss"),
        ),
        ("|Voss said that the port would wait.|", Some("Halden Voss")),
        (
            "|Voss, who met her on Monday, said the port would wait.|",
            Some("Halden Voss"),
        ),
        (
            "|The Ministry of Transport said in a notice that it would wait.|",
            Some("Ministry of Transport"),
        ),
        (
            "|The port will wait, according to Mirela Aston.|",
            Some("Mirela Aston"),
        ),
        ("“|We will wait|,” said Halden Voss.", Some("Halden Voss")),
        (
            "|“We wait. We have no choice,” said Mirela Aston.|",
            Some("Mirela Aston"),
        ),
        (
            "|But Aston told reporters that it was late.|",
            Some("Mirela Aston"),
        ),
        (
            "|while Aston told reporters that it was late.|",
            Some("Mirela Aston"),
        ),
        ("|He said that Voss would wait.|", None),
        ("|Voss said nothing.|", None),
        ("|A spokesman for Voss said the port would wait.|", None),
        ("|Voss and Aston said the port would wait.|", None),
        ("|Voss said that Aston said so.|", None),
        ("|Voss said it would wait. The port shut.|", None),
        ("|Voss ordered a halt.|", None),
        (
            "|The board, which met on Monday, added Voss to the list.|",
            None,
        ),
        ("|“Voss said so,” she said.|", None),
        ("|The port of Selhaven said it would wait.|", None),
    ] {
        let text = format!("{intro}{}\n", marked.replace('|', ""));
        let briefing = analyze_whole(&Arc::new(document_of(&text)));
        let document = &briefing.document;
        let words = marked.split('|').nth(1).expect("there are bars");
        let before = marked.split('|').next().unwrap_or_default();
        let block = document.blocks.last().expect("there is one").range;
        let start = block.start() + before.len();
        let range = TextRange::new(start, start + words.len());
        assert_eq!(range.of(&document.text), words);
        let citation = Citation::of(&briefing, range);
        assert_eq!(citation.speaker.as_deref(), expected, "{marked}");
    }
}

/// What was copied last.
fn copied(driver: &Driver) -> Option<&str> {
    driver.effects.iter().rev().find_map(|effect| match effect {
        Effect::Copy(_, words) => Some(words.as_str()),
        _ => None,
    })
}

#[test]
fn keys_copy_with_citation() {
    let report = "---\ntitle: Cranes\nauthor: Ida Brück\n---\n\n## Halt\n\nThe port shut. Nobody was hurt.\n\n\
        ## Reply\n\nIt opens at nine.\n";
    let source =
        "no publisher stated, no date stated, section 1 “Halt”, paragraph 1, no page numbers";
    for (keys, words) in [
        ("v y", "The port shut.\n—"),
        ("v j y", "The port shut. Nobody was hurt.\n—"),
        ("v l y", "Nobody was hurt.\n—"),
        ("y s", "The port shut.\n—"),
        ("v h y", "Halt\n—"),
        ("/ s h u t Enter y y", "The port shut.\n—"),
        ("/ s h u t Enter y Enter", "The port shut.\n—"),
        ("/ s h u t Enter y p", "The port shut. Nobody was hurt.\n—"),
        (
            "/ s h u t Enter y j Enter",
            "The port shut. Nobody was hurt.\n—",
        ),
        (
            "/ s h u t Enter y S",
            "Halt\n\nThe port shut. Nobody was hurt.\n—",
        ),
        ("/ s h u t Enter y f s", "> The port shut.\n>\n> —"),
        ("/ s h u t Enter y f Esc v y", "> The port shut.\n>\n> —"),
        ("v f f y", "@misc{cranes"),
        ("v f f f y", "[\n  {\n    \"id\": \"cranes"),
        ("v f f f f y", "The port shut.\n—"),
    ] {
        let driver = Driver::with(Loaded::new(document_of(report), true), (80, 24)).keys(keys);
        let copied = copied(&driver).unwrap_or_default();
        assert!(copied.starts_with(words), "{keys}: {copied}");
        if words.contains("port shut.\n—") {
            assert!(
                copied.contains(source) && copied.contains("Ida Brück, “Cranes”"),
                "{copied}"
            );
        }
        assert!(
            driver.text().contains("sent to the terminal"),
            "{}",
            driver.text()
        );
        assert!(
            driver.app.overlay.is_none() && driver.app.pick.is_none(),
            "{keys}"
        );
    }
}

#[test]
fn what_the_mouse_picked_is_cited_as_it_is() {
    let mut driver = Driver::with(
        Loaded::new(document_of("# T\n\nThe port shut on Friday.\n"), true),
        (80, 24),
    );
    let (column, row) = driver.find("port").expect("it is on the screen");
    driver.mouse(MouseEventKind::Down(MouseButton::Left), (column, row));
    driver.mouse(MouseEventKind::Drag(MouseButton::Left), (column + 8, row));
    driver.mouse(MouseEventKind::Up(MouseButton::Left), (column + 8, row));
    assert_eq!(copied(&driver), Some("port shut"));
    let driver = driver.keys("y");
    assert!(copied(&driver).is_some_and(|it| it.starts_with("port shut\n— no author stated, “T”")));
}

#[test]
fn what_stands_in_no_section_has_none_to_copy() {
    let driver = Driver::with(Loaded::new(document_of("- only\n"), true), (80, 24));
    let sections = driver.app.reading.outline().sections.len();
    let driver = driver.keys("y S");
    assert_eq!(copied(&driver).is_some(), sections > 0, "{}", driver.text());
}

#[test]
fn an_address_of_the_place_is_copied() {
    let text = "# T\n\n## One\n\nA b c.\n\nD e f.\n\n## Two\n\n- G h.\n- I j.\n\n## Bare\n\n```\ncode\n```\n";
    for (keys, place) in [
        ("Y", "s1p1"),
        ("v l Y", "s1p2"),
        ("] Y", "s2p3"),
        ("/ I Space j Enter Y", "s2p4"),
        ("] ] Y", "s3"),
    ] {
        let driver = Driver::with(Loaded::new(document_of(text), true), (80, 24)).keys(keys);
        let expected = format!("/desk/tests/data/document#{place}");
        assert_eq!(copied(&driver), Some(expected.as_str()), "{keys}");
    }
    let sample = Start {
        source: Source::sample(),
        ..start(Loaded::new(document_of(text), true), (80, 24))
    };
    let driver = Driver::started(sample, (Rack::default(), None)).keys("Y");
    assert_eq!(copied(&driver), None);
    assert!(
        driver.text().contains("only a file or a page"),
        "{}",
        driver.text()
    );
}

#[test]
fn the_desktop_says_that_it_has_a_copy() {
    let mut driver = Driver::open("harbour.md", (120, 36)).keys("v y v y");
    assert!(
        driver
            .text()
            .contains("1 sentence as plain text sent to the terminal"),
        "{}",
        driver.text()
    );
    // An answer to the copy before says nothing of this one.
    driver.event(Event::Copied(1, Ok(())));
    assert!(
        driver.text().contains("sent to the terminal"),
        "{}",
        driver.text()
    );
    driver.event(Event::Copied(2, Ok(())));
    assert!(
        driver.text().contains("copied 1 sentence as plain text"),
        "{}",
        driver.text()
    );
    let mut driver = driver.keys("v y");
    driver.event(Event::Copied(
        3,
        Err("xclip could not copy it as well".into()),
    ));
    let text = driver.text();
    assert!(
        text.contains("sent to the terminal; xclip could not"),
        "{text}"
    );
    // Nothing is said of it over what happened since.
    let mut driver = driver.keys("v y j");
    driver.event(Event::Copied(4, Ok(())));
    assert!(!driver.text().contains("copied 1"), "{}", driver.text());
}

#[test]
fn a_copy_too_long_for_terminals_is_told() {
    let text = format!("# T\n\n{}", "Some words that are long. ".repeat(4000));
    let driver = Driver::with(Loaded::new(document_of(&text), true), (120, 36)).keys("y p");
    let shown = driver.text();
    assert!(shown.contains("more than many terminals take"), "{shown}");
}

#[test]
fn a_document_opens_at_a_place() {
    let text = "# T\n\n## One\n\nA b c.\n\nD e f.\n\n## Two\n\n- G h.\n- I j.\n";
    for (place, at, told) in [
        ("s2", "Two", None),
        ("p2", "D e f.", None),
        ("s2p4", "I j.", None),
        // The number of a paragraph counts through the whole document.
        (
            "s1p4",
            "I j.",
            Some("paragraph 4 is in section 2 of this text"),
        ),
        ("s3", "", Some("there is no section 3: the document has 2")),
        (
            "p5",
            "",
            Some("there is no paragraph 5: the document has 4"),
        ),
        (
            "s2p5",
            "Two",
            Some("there is no paragraph 5: the document has 4"),
        ),
    ] {
        let begun = Start {
            place: Fragment::parse(place),
            ..start(Loaded::new(document_of(text), true), (80, 6))
        };
        let driver = Driver::started(begun, (Rack::default(), None));
        let reading = &driver.app.reading;
        let rest = TextRange::new(reading.anchor.at, reading.document.text.len());
        assert!(rest.of(&reading.document.text).starts_with(at), "{place}");
        assert_eq!(driver.app.notice.as_deref(), told, "{place}");
    }
}
