//! Links: the list, following, the question before a browser is opened, and what a terminal is told of them.

use briefing::tui::event::{Effect, Loaded};
use briefing::tui::links::Desktop;

use crate::driver::{Driver, document_of};

const MEDIUM: (u16, u16) = (80, 24);

fn open() -> Driver {
    Driver::open("links.md", MEDIUM)
}

/// The address that a browser was asked to open, if one was.
fn browsed(driver: &Driver) -> Option<&str> {
    driver.effects.iter().find_map(|effect| match effect {
        Effect::Browse(address) => Some(address.as_str()),
        _ => None,
    })
}

fn copied(driver: &Driver) -> Option<&str> {
    driver.effects.iter().find_map(|effect| match effect {
        Effect::Copy(_, words) => Some(words.as_str()),
        _ => None,
    })
}

fn one(text: &str) -> Driver {
    Driver::with(Loaded::new(document_of(text), true), MEDIUM)
}

#[test]
fn nothing_is_opened_without_a_yes() {
    let driver = open().keys("L Enter");
    let screen = driver.text();
    for words in [
        "OPEN THIS LINK?",
        "https://ministry.example/notices/2026-11/crane-links?lang=en",
    ] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    assert_eq!(browsed(&driver), None);
    let driver = driver.keys("Enter");
    assert_eq!(
        browsed(&driver),
        Some("https://ministry.example/notices/2026-11/crane-links?lang=en")
    );
    assert!(
        driver.text().contains("opening ministry.example"),
        "{}",
        driver.text()
    );
    let driver = open().keys("L Enter Esc Esc");
    assert!(browsed(&driver).is_none() && driver.app.overlay.is_none());
}

#[test]
fn a_number_selects_a_link() {
    for (keys, expected) in [
        ("2", "mailto:desk@ministry.example?subject=Notice"),
        (
            "1 0",
            "https://archive.example/very/long/path/that/goes/on/and/on/until/it/does/not/fit/into/any/line/of/eighty/columns/at/all/2026",
        ),
        ("9", "https://figures.example/strait_(2026)"),
    ] {
        let driver = open().keys("L").keys(keys).keys("Enter Enter");
        assert_eq!(browsed(&driver), Some(expected), "{keys}");
    }
    assert!(open().keys("L 0").text().contains("there is no link 0"));
}

#[test]
fn what_may_deceive_is_said_before_it_is_opened() {
    for (number, said) in [
        ("3", "it names no site"),
        ("5", "leads to mirror.example"),
        ("5", "is a user name: the site is"),
        ("6", "mixes Latin and Cyrillic letters"),
        ("7", "this is javascript"),
        ("8", "it leads to a number"),
    ] {
        let screen = open().keys("L").keys(number).keys("Enter").text();
        let squeezed = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(squeezed.contains(said), "{number} {said}:\n{screen}");
    }
}

#[test]
fn what_is_refused_is_not_opened_but_can_be_copied() {
    let driver = open().keys("L 7 Enter Enter");
    assert_eq!(browsed(&driver), None);
    assert!(driver.text().contains("is not opened"), "{}", driver.text());
    assert_eq!(copied(&driver.keys("y")), Some("javascript:alert(1)"));
}

#[test]
fn without_a_desktop_nothing_is_opened_and_the_address_can_be_copied() {
    let mut driver = open();
    driver.app.desktop = Desktop::None;
    let driver = driver.keys("L Enter");
    assert!(
        driver.text().contains("there is no desktop"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("Enter");
    assert_eq!(browsed(&driver), None);
    let driver = driver.keys("y");
    assert!(copied(&driver).is_some_and(|words| words.starts_with("https://ministry.example/")));
    assert!(
        driver.text().contains("sent to the terminal"),
        "{}",
        driver.text()
    );
}

#[test]
fn enter_follows_the_only_link_of_the_page_and_asks_among_several() {
    assert!(open().keys("Enter").text().contains("LINKS ON THIS PAGE"));
    assert!(
        one("# A\n\nNo link.\n")
            .keys("Enter")
            .text()
            .contains("nothing to open here")
    );
    // One address is asked about at once, and Esc is back in the text.
    let driver = one("# A\n\nSee [this](https://a.example/).\n").keys("Enter");
    assert!(
        driver.text().contains("OPEN THIS LINK?"),
        "{}",
        driver.text()
    );
    assert!(driver.keys("Esc").app.overlay.is_none());
    // One note is gone to at once.
    let text = format!(
        "# A\n\nSee.[^1]\n\n{}\n[^1]: The note.\n",
        "Words.\n\n".repeat(60)
    );
    let driver = one(&text).keys("Enter");
    assert!(
        driver.app.overlay.is_none() && driver.text().contains("The note."),
        "{}",
        driver.text()
    );
}

#[test]
fn a_note_in_the_list_is_gone_to() {
    let text = format!(
        "# A\n\nSee [this](https://a.example/).[^1]\n\n{}\n[^1]: The note.\n",
        "Words.\n\n".repeat(60)
    );
    let driver = one(&text).keys("Enter j Enter");
    assert!(
        driver.app.overlay.is_none() && driver.text().contains("The note."),
        "{}",
        driver.text()
    );
}

#[test]
fn a_click_on_a_link_asks() {
    let driver = open().click("notice on Monday");
    assert!(
        driver.text().contains("OPEN THIS LINK?"),
        "{}",
        driver.text()
    );
}

#[test]
fn an_address_is_shown_to_its_end_or_said_to_go_on() {
    let long = format!("https://a.example/{}END", "x".repeat(600));
    let text = format!("# A\n\nSee [this]({long}).\n");
    let loaded = || Loaded::new(document_of(&text), true);
    let screen = Driver::with(loaded(), (80, 24)).keys("Enter").text();
    assert!(screen.contains("xEND"), "{screen}");
    let driver = Driver::with(loaded(), (40, 10)).keys("Enter");
    let screen = driver.text();
    assert!(
        screen.contains("more rows") && !screen.contains("xEND"),
        "{screen}"
    );
    let driver = driver.keys("G");
    assert!(driver.text().contains("xEND"), "{}", driver.text());
    let driver = driver.keys("j j j g");
    assert_eq!(driver.text(), screen);
}

#[test]
fn a_terminal_is_told_of_harmless_addresses_alone_and_no_column_shifts() {
    let written = regex::Regex::new("\x1b]8;([^;]*);([^\x1b]*)\x1b\\\\").expect("a pattern");
    for size in [(120, 36), (80, 24), (40, 10)] {
        let driver = Driver::open("links.md", size).keys("/ t h e");
        let plain = driver.text();
        let linked = driver.hyperlinked();
        let all = linked.text();
        let mut addresses = 0;
        for found in written.captures_iter(&all) {
            let address = &found[2];
            let known = ["https://", "http://", "mailto:"]
                .iter()
                .any(|it| address.starts_with(it));
            assert!(
                address.is_empty() || known && address.bytes().all(|it| it.is_ascii_graphic()),
                "{address:?}"
            );
            addresses += usize::from(!address.is_empty());
        }
        assert!(addresses > 0, "{size:?}");
        assert_eq!(written.replace_all(&all, ""), plain, "{size:?}");
    }
}
