//! Picking sentences: which keys pick which words, in paragraphs, lists, quotes, tables and headings.

use briefing::model::Document;
use briefing::tui::event::Loaded;
use crossterm::event::MouseButton;
use crossterm::event::MouseEventKind::{Down, Drag, Up};

use crate::driver::{Driver, document_of};

const REPORT: &str = "# The harbour\n\n\
    The port shut on Friday. Mr. Ode said it was the cranes,\nwhich had stopped. Nobody was hurt.\n\n\
    ## What now? It waits.\n\n\
    - Ships wait outside. Some leave.\n- Trucks turn back.\n\n\
    > We wait. We have no choice.\n\n\
    | Berth | State |\n|---|---|\n| One. | Shut. All of it. |\n| Two | Open |\n\n\
    It opens at nine. Nobody knows why.\n";

fn report(size: (u16, u16)) -> Driver {
    Driver::with(Loaded::new(document_of(REPORT), true), size)
}

/// What is picked.
fn picked(driver: &Driver) -> Option<&str> {
    let range = driver.app.selected()?;
    Some(range.of(&driver.app.reading.document.text))
}

#[test]
fn keys_pick_sentences() {
    for (keys, expected) in [
        ("v", Some("The port shut on Friday.")),
        (
            "v j",
            Some("The port shut on Friday. Mr. Ode said it was the cranes, which had stopped."),
        ),
        ("v j k", Some("The port shut on Friday.")),
        ("v Down Down Up Up", Some("The port shut on Friday.")),
        (
            "v l",
            Some("Mr. Ode said it was the cranes, which had stopped."),
        ),
        (
            "v l l h",
            Some("Mr. Ode said it was the cranes, which had stopped."),
        ),
        (
            "v l l k",
            Some("Mr. Ode said it was the cranes, which had stopped. Nobody was hurt."),
        ),
        ("v l l k j", Some("Nobody was hurt.")),
        ("v l l k Right", Some("What now? It waits.")),
        ("v l l k Left", Some("The port shut on Friday.")),
        ("v }", Some("What now? It waits.")),
        ("v } }", Some("Ships wait outside.")),
        (
            "v } } j j",
            Some("Ships wait outside. Some leave.\nTrucks turn back."),
        ),
        ("v } } } l", Some("We have no choice.")),
        ("v } } } {", Some("Ships wait outside.")),
        ("v } } } } l", Some("One.\tShut. All of it.")),
        ("v ]", Some("Ships wait outside.")),
        ("v j Esc", None),
        ("v j v", None),
        (
            "/ c r a n e s Enter v",
            Some("Mr. Ode said it was the cranes, which had stopped."),
        ),
        ("v / h u r t Enter n", Some("Nobody was hurt.")),
        ("Tab v", Some("The port shut on Friday.")),
    ] {
        let driver = report((80, 40)).keys(keys);
        assert_eq!(picked(&driver), expected, "{keys}");
    }
}

#[test]
fn both_ends_of_the_text_are_told() {
    let driver = report((80, 40)).keys("v h");
    // The title stands in the header, so it cannot be picked out of sight.
    assert_eq!(picked(&driver), Some("The port shut on Friday."));
    assert!(
        driver.text().contains("this is the first sentence"),
        "{}",
        driver.text()
    );
    let driver = report((80, 40)).keys(&format!("v {}", "l ".repeat(20)));
    assert_eq!(picked(&driver), Some("Nobody knows why."));
    assert!(
        driver.text().contains("this is the last sentence"),
        "{}",
        driver.text()
    );
}

#[test]
fn the_first_whole_sentence_on_the_screen_is_picked() {
    let sentence =
        "Words that fill more than a row of the screen so that it begins further up than seen. ";
    let text = format!("# T\n\n{}", sentence.repeat(9));
    let mut driver = Driver::with(Loaded::new(document_of(&text), true), (60, 20)).keys("j v");
    let range = driver.app.selected().expect("there is one");
    assert!(
        range.start() > driver.app.reading.anchor.at,
        "its beginning is seen"
    );
    assert_eq!(picked(&driver), Some(sentence.trim()));
    // A sentence longer than the screen has none that begins on it.
    let text = format!("# T\n\n{}end.", "word ".repeat(2000));
    driver = Driver::with(Loaded::new(document_of(&text), true), (40, 10)).keys("Space Space v");
    assert!(picked(&driver).is_some_and(|words| words.starts_with("word")));
}

#[test]
fn the_view_goes_with_the_end_that_moves() {
    for size in [(120, 36), (80, 24), (60, 20), (40, 10), (20, 5), (3, 2)] {
        let mut driver = Driver::open("harbour.md", size).keys("v");
        for key in ["j", "l", "j", "k", "h"] {
            for _ in 0..30 {
                driver = driver.keys(key);
                let head = driver.app.pick.expect("it stays picked").head();
                let viewport = driver.app.viewport();
                let page = driver.app.reading.page(viewport);
                let (anchor, height) = (driver.app.reading.anchor, viewport.height);
                let seen = page.row_of(anchor, height, head.start()).is_some();
                assert!(seen, "{key} at {size:?}");
            }
        }
    }
}

#[test]
fn the_mouse_picks_too() {
    let mut driver = report((80, 40));
    let (column, row) = driver.find("Friday").expect("it is on the screen");
    driver.mouse(Down(MouseButton::Left), (column, row));
    driver.mouse(Drag(MouseButton::Left), (column + 12, row));
    driver.mouse(Up(MouseButton::Left), (column + 12, row));
    assert_eq!(picked(&driver), Some("Friday. Mr. O"));
    // What was dragged over becomes whole sentences.
    let driver = driver.keys("v");
    let whole = "The port shut on Friday. Mr. Ode said it was the cranes, which had stopped.";
    assert_eq!(picked(&driver), Some(whole));
    assert!(
        driver.text().contains("2 sentences picked"),
        "{}",
        driver.text()
    );
    // While picking a click picks.
    let driver = driver.click("Some leave");
    assert_eq!(picked(&driver), Some("Some leave."));
}

#[test]
fn nothing_can_be_picked_where_there_is_nothing() {
    let driver = Driver::with(Loaded::new(Document::default(), true), (80, 24)).keys("v");
    assert_eq!(picked(&driver), None);
    assert!(
        driver.text().contains("no sentence here"),
        "{}",
        driver.text()
    );
}

#[test]
fn the_pick_ends_when_the_text_under_it_changes_and_not_when_it_grows() {
    use briefing::tui::event::Event;
    let mut driver = report((80, 40)).keys("v j");
    let before = picked(&driver).map(str::to_owned);
    let more = document_of(&format!("{REPORT}\nMore of it.\n"));
    driver.event(Event::Loaded(0, Loaded::new(more, true)));
    assert_eq!(picked(&driver).map(str::to_owned), before);
    driver.event(Event::Loaded(
        0,
        Loaded::new(document_of("Other words."), true),
    ));
    assert_eq!(picked(&driver), None);
}
