//! What comes late: more of a document, results of an older run, words on progress, failures.
//!
//! Apart from what keys do (`reading`), because here the order in which threads answer is for the test to say.

use std::sync::Arc;

use briefing::formats::{Progress, Source, Unit};
use briefing::model::{Document, RoleId};
use briefing::text::TextRange;
use briefing::tui::app::{App, Start};
use briefing::tui::event::{Coverage, Effect, Event, Hits, Loaded, Target};
use briefing::tui::reading::Stage;
use crossterm::event::{KeyCode, MouseButton, MouseEventKind};

use crate::driver::{Driver, document_of};

const MEDIUM: (u16, u16) = (80, 24);

#[test]
fn the_end_is_kept_when_more_of_the_document_comes() {
    let document = crate::driver::document(&crate::driver::source("harbour.md"));
    let mut head = document.clone();
    head.blocks.truncate(6);
    let end = head.blocks[5].range.end();
    head.text.truncate(end);
    head.styles.retain(|style| style.range.end() <= end);
    head.links.retain(|link| link.range.end() <= end);
    let mut driver = Driver::with(Loaded::new(head, false), MEDIUM).keys("G");
    driver.event(Event::Loaded(0, Loaded::new(document, true)));
    assert!(driver.text().contains("100 %"), "{}", driver.text());
}

#[test]
fn a_document_that_grows_keeps_the_row_on_top() {
    let document = crate::driver::document(&crate::driver::source("harbour.md"));
    let mut head = document.clone();
    let kept = head.blocks.len() / 2;
    let end = head.blocks[kept - 1].range.end();
    head.blocks.truncate(kept);
    head.text.truncate(end);
    head.styles.retain(|style| style.range.end() <= end);
    head.links.retain(|link| link.range.end() <= end);
    let mut driver = Driver::with(Loaded::new(head, false), MEDIUM).keys("Space");
    // The panel beside it counts names in the whole, so only the text is compared.
    let row = |driver: &Driver| {
        let screen = driver.text();
        let line = screen.lines().nth(6)?;
        Some(line.split('│').next()?.to_owned())
    };
    let before = row(&driver);
    driver.event(Event::Loaded(0, Loaded::new(document, true)));
    assert_eq!(row(&driver), before);
    assert!(!driver.app.loading);
}

#[test]
fn what_was_found_in_the_head_does_not_stand_for_the_whole() {
    let (mut app, _) = state("One. Tim Haugh left.");
    let head = app.reading.briefing.clone();
    let late = briefing::analysis::analyze_whole(&app.reading.document);
    let whole = document_of("One. Tim Haugh left.\n\nTwo.");
    app.loading = true;
    app.update(Event::Loaded(0, Loaded::new(whole, true)));
    app.update(Event::Analyzed(0, late, Coverage::Whole));
    assert_eq!(app.reading.briefing.entities, head.entities);
    assert_eq!(app.reading.stage, Stage::Waiting);
}

#[test]
fn a_slow_reading_tells_how_far_it_is_and_can_be_given_up() {
    let slow = |text: &str| {
        let document = if text.is_empty() {
            Document::default()
        } else {
            document_of(text)
        };
        let mut driver = Driver::with(Loaded::new(document, false), MEDIUM);
        let progress = Progress {
            done: 12,
            of: Some(80),
            unit: Unit::Pages,
        };
        driver.event(Event::Progress(0, progress));
        assert!(
            driver.text().contains("reading … 12 of 80 pages"),
            "{}",
            driver.text()
        );
        driver.keys("Esc")
    };
    let begun = slow("Some words that are there.");
    assert!(!begun.app.loading && begun.text().contains("loading stopped"));
    assert!(matches!(begun.effects[..], [Effect::StopReading]));
    let nothing = slow("");
    let [Effect::StopReading, Effect::Quit(1, Some(why))] = &nothing.effects[..] else {
        panic!("{:?}", nothing.effects);
    };
    assert!(why.ends_with("reading was stopped before there was anything to show"));
}

/// The state alone, with nothing done on threads: what comes back and when is for the test to say.
pub(crate) fn state(text: &str) -> (App, Arc<Document>) {
    let opened = document_of(text);
    let document = Arc::new(opened.clone());
    let (app, _) = App::new(Start {
        loaded: Loaded::new(opened, true),
        source: Source::Path("tests/data/document".into()),
        size: ratatui::layout::Size::new(120, 36),
        place: None,
        form: &briefing::export::citation::FORMS[0],
        folder: "/desk".into(),
        widest: 72,
        mouse: true,
        shelf: None,
        lens: None,
    });
    (app, document)
}

pub(crate) fn press(app: &mut App, key: char) -> Vec<Effect> {
    app.update(Event::Key(KeyCode::Char(key).into()))
}

fn draw(app: &App) {
    let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::from((
        ratatui::layout::Position::ORIGIN,
        app.size,
    )));
    briefing::tui::screen::draw(app, briefing::tui::theme::Theme::default(), &mut buffer);
}

#[test]
fn a_click_on_what_a_newer_document_no_longer_has_does_nothing() {
    let text = std::fs::read_to_string("tests/data/harbour.md").expect("it can be read");
    for target in [
        Target::Role(RoleId(0)),
        Target::Section(3),
        Target::Entity(5),
        Target::Row(7),
        Target::Mention(9),
    ] {
        let (mut app, document) = state(&text);
        let briefing = briefing::analysis::analyze_whole(&document);
        app.update(Event::Analyzed(0, briefing, Coverage::Whole));
        if matches!(target, Target::Row(_) | Target::Mention(_)) {
            press(&mut app, 'p');
        }
        // The screen shows the old document until the next frame, and the click came in before that.
        app.update(Event::Loaded(
            0,
            Loaded::new(document_of("Nobody.\n"), true),
        ));
        let click = crossterm::event::MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column: 3,
            row: 3,
            modifiers: crossterm::event::KeyModifiers::NONE,
        };
        app.update(Event::Mouse(click, Some(target)));
        draw(&app);
        // The same between an analysis of a stretch and that of the whole.
        let small = briefing::analysis::analyze_whole(&app.reading.document.clone());
        app.update(Event::Analyzed(0, small, Coverage::Whole));
        app.update(Event::Mouse(click, Some(target)));
        draw(&app);
    }
}

#[test]
fn hits_of_a_search_that_was_given_up_do_not_move_the_reader() {
    let text = format!("One.\n\n{}needle", "Words and words.\n\n".repeat(200));
    let (mut app, document) = state(&text);
    for key in "/needle".chars() {
        press(&mut app, key);
    }
    app.update(Event::Key(KeyCode::Enter.into()));
    let (before, serial) = (app.reading.anchor, app.search.serial);
    app.update(Event::Key(KeyCode::Esc.into()));
    let at = document.text.find("needle").expect("it is there");
    let hits = Hits {
        ranges: vec![TextRange::new(at, at + 6)],
        more: false,
        done: true,
    };
    app.update(Event::Hits(serial, hits));
    assert_eq!(app.reading.anchor, before);
    assert!(app.search.hits_in(TextRange::new(0, at + 6)).is_empty());
}

#[test]
fn a_reload_that_fails_does_not_cost_the_analysis() {
    let (mut app, document) = state("# A\n\nThe minister ordered a halt.\n");
    press(&mut app, 'r');
    // The analysis of the first run comes too late for the second.
    let briefing = briefing::analysis::analyze_whole(&document);
    app.update(Event::Analyzed(0, briefing, Coverage::Whole));
    let effects = app.update(Event::LoadFailed(1, "it is gone".into()));
    assert!(
        app.reading.stage == Stage::Ready || matches!(effects[..], [.., Effect::Analyze(1, ..)]),
        "sections and names never come"
    );
    assert_eq!(app.notice.as_deref(), Some("it is gone"));
}

#[test]
fn a_name_of_a_file_is_shown_made_harmless() {
    let (mut app, _) = state("Words without a title, and more of them.\n\nAnd more.\n");
    app.source = Source::Path("a\u{1b}]0;b\u{202e}c.md".into());
    assert_eq!(app.title(), "a␛]0;b\u{FFFD}c.md");
}
