//! Searching grown up: how a search is meant, the line it is typed in, the list of hits, paragraphs alone.

use briefing::tui::event::{Event, Hits, Loaded};

use crate::driver::{Driver, document_of};

const MEDIUM: (u16, u16) = (80, 24);

fn hits(driver: &Driver) -> Vec<&str> {
    let text = &driver.app.reading.document.text;
    let ranges = driver
        .app
        .search
        .hits_in(briefing::text::TextRange::new(0, text.len()));
    ranges.iter().map(|hit| hit.of(text)).collect()
}

/// Types `words` one by one; a space between letters is a space.
fn type_words(driver: Driver, words: &str) -> Driver {
    let keys: Vec<String> = words
        .chars()
        .map(|letter| {
            if letter == ' ' {
                "Space".into()
            } else {
                letter.to_string()
            }
        })
        .collect();
    driver.keys(&keys.join(" "))
}

#[test]
fn how_a_search_is_meant_is_a_key_in_the_line() {
    for (keys, words, expected) in [
        ("", "decree", 10),
        ("Alt-w", "decree", 10),
        ("", "crane", 9),
        ("Alt-w", "crane", 2),
        ("Alt-r", r"cranes?\b", 9),
        ("^R", r"^the \w+ of", 2),
        ("Alt-r Alt-w", r"cr\w+", 11),
        ("", "the on", 4),
        ("Alt-c", "the on", 0),
        ("Alt-r Alt-r", r"c.ane", 0),
    ] {
        let driver = Driver::open("harbour.md", MEDIUM).keys("/").keys(keys);
        let driver = type_words(driver, words);
        let text = &driver.app.reading.document.text;
        let found = hits(&driver);
        assert_eq!(
            found.len(),
            expected,
            "{keys} /{words}: {found:?} in {text}"
        );
    }
}

#[test]
fn the_same_keys_search_again_once_it_is_typed() {
    let driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Enter Alt-w");
    assert_eq!(hits(&driver), ["crane", "crane"]);
    assert_eq!(hits(&driver.keys("Alt-w")).len(), 9);
    // Words that are no pattern go on as words.
    let driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "(ONS").keys("Enter Alt-r");
    assert!(
        driver
            .text()
            .contains("no pattern at character 1: unclosed group"),
        "{}",
        driver.text()
    );
    assert!(!driver.app.search.manner.pattern && driver.app.search.query.is_some());
}

#[test]
fn a_fault_in_a_pattern_keeps_the_text_and_the_place() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Space");
    let before = driver.app.reading.anchor;
    let driver = type_words(driver.keys("/ Alt-r"), "crane(").keys("Enter");
    assert!(driver.app.search.typing && driver.app.reading.anchor == before);
    let screen = driver.text();
    for words in ["/crane(", "character 6: unclosed group"] {
        assert!(screen.contains(words), "{words}:\n{screen}");
    }
    let driver = driver.keys("Backspace Enter");
    assert!(!driver.app.search.typing && !hits(&driver).is_empty());
}

#[test]
fn the_line_is_edited_where_the_cursor_is() {
    for (keys, expected) in [
        ("a b Left c", "acb"),
        ("a b Home c", "cab"),
        ("a b ^A c ^E d", "cabd"),
        ("a b c Left Left Delete", "ac"),
        ("a b Space c ^W d", "ab d"),
        ("a b c Left ^U", "c"),
        ("a b c Left ^K", "ab"),
        ("Left Right Delete x", "x"),
    ] {
        let driver = Driver::open("harbour.md", MEDIUM).keys("/").keys(keys);
        assert_eq!(driver.app.search.input.text, expected, "{keys}");
    }
}

#[test]
fn earlier_searches_come_back_with_how_they_were_meant() {
    let driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/ Alt-w"), "crane").keys("Enter");
    let driver = type_words(driver.keys("/ Alt-w"), "decree").keys("Enter / x Up Up");
    assert_eq!(driver.app.search.input.text, "crane");
    assert!(driver.app.search.manner.whole_words);
    assert_eq!(hits(&driver).len(), 2);
    let driver = driver.keys("Down Down");
    assert_eq!(driver.app.search.input.text, "x");
    assert!(!driver.app.search.manner.whole_words);
}

#[test]
fn a_search_that_is_kept_is_chosen_from_a_list() {
    let driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Tab + Esc");
    let driver = type_words(driver.keys("/"), "decree").keys("Enter / Tab");
    let screen = driver.text();
    let at = |words: &str| {
        screen
            .find(words)
            .unwrap_or_else(|| panic!("{words} in\n{screen}"))
    };
    assert!(
        at("+ crane") < at("decree") && screen.contains("1 kept"),
        "{screen}"
    );
    let driver = driver.keys("Enter");
    assert!(driver.app.overlay.is_none() && hits(&driver).len() == 9);
    // Let go of, it is one of the latest.
    let screen = driver.keys("/ Tab -").text();
    assert!(screen.contains("0 kept"), "{screen}");
}

#[test]
fn the_list_of_hits_goes_to_its_hit() {
    let driver = type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Tab ] j");
    let text = driver.text();
    assert!(
        text.contains("HITS") && text.contains("9 hits in 7 sections"),
        "{text}"
    );
    let driver = driver.keys("Enter");
    let hit = driver.app.search.current_hit().expect("a hit");
    let viewport = driver.app.viewport();
    let page = driver.app.reading.page(viewport);
    let row = page.row_of(driver.app.reading.anchor, viewport.height, hit.start());
    assert!(row.is_some(), "{}", driver.text());
    assert!(driver.app.overlay.is_none());
    // The list opens again at the hit that was gone to.
    let current = driver.app.search.current;
    let driver = driver.keys("* Enter");
    assert_eq!(driver.app.search.current, current);
}

#[test]
fn only_matching_paragraphs_are_kept_and_the_place_comes_back() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Space j");
    let driver = type_words(driver.keys("/"), "crane").keys("Enter");
    let there = driver.app.reading.anchor;
    let driver = driver.keys("&");
    let screen = driver.text();
    assert!(screen.contains("only 9 of"), "{screen}");
    assert_eq!(driver.keys("&").app.reading.anchor, there);
    // From the top to the end nothing else is seen, and the line says so all the time.
    let mut driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Enter & g");
    for _ in 0..40 {
        let viewport = driver.app.viewport();
        let rows = driver
            .app
            .reading
            .page(viewport)
            .rows(driver.app.reading.anchor, viewport.height);
        for row in rows {
            let words = driver.app.reading.document.words(row.block).to_lowercase();
            assert!(words.contains("crane"), "{words}");
        }
        assert!(driver.text().contains("only 9 of"), "{}", driver.text());
        driver = driver.keys("j");
    }
}

#[test]
fn a_place_that_is_left_out_is_seen_when_it_is_gone_to() {
    let begin =
        || type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "dockers").keys("Enter &");
    let driver = begin();
    assert!(driver.app.reading.only.is_some());
    // The fourth section has no such paragraph.
    let driver = driver.keys("4");
    assert!(driver.app.reading.only.is_none());
    assert!(
        driver.text().contains("all paragraphs again"),
        "{}",
        driver.text()
    );
    for keys in ["Esc", "/ x Esc", "r"] {
        let driver = begin().keys(keys);
        assert!(keys == "r" || driver.app.reading.only.is_none(), "{keys}");
    }
}

#[test]
fn section_keys_step_over_sections_without_a_hit() {
    let driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Enter & g");
    let mut seen = Vec::new();
    let mut driver = driver;
    for key in ["]", "]", "]", "]", "]", "]", "[", "[", "[", "[", "[", "["] {
        driver = driver.keys(key);
        seen.push(driver.app.reading.anchor.at);
        assert!(driver.app.reading.only.is_some(), "{key}");
    }
    let (down, up) = seen.split_at(6);
    assert!(
        down.windows(2).all(|pair| pair[0] <= pair[1]) && down[0] < down[5],
        "{seen:?}"
    );
    assert!(
        up.windows(2).all(|pair| pair[0] >= pair[1]) && up[5] < down[0],
        "{seen:?}"
    );
}

#[test]
fn a_text_that_is_read_again_stays_with_its_matching_paragraphs() {
    let mut driver =
        type_words(Driver::open("harbour.md", MEDIUM).keys("/"), "crane").keys("Enter & r");
    let text = "# A\n\nNothing here.\n\nA crane stands.\n\nNothing there.\n";
    let loaded = Loaded::new(document_of(text), true);
    driver.event(Event::Loaded(1, loaded));
    let screen = driver.text();
    assert!(
        screen.contains("only 1 of 3 paragraphs") && !screen.contains("Nothing"),
        "{screen}"
    );
}

#[test]
fn hits_that_come_bit_by_bit_are_gone_to_when_they_are_known() {
    let text = format!(
        "One.\n\n{}needle\n\n{}needle",
        "Words.\n\n".repeat(100),
        "Words.\n\n".repeat(100)
    );
    let mut driver = Driver::with(Loaded::new(document_of(&text), true), MEDIUM);
    let all: Vec<_> = {
        let text = &driver.app.reading.document.text;
        text.match_indices("needle")
            .map(|(at, _)| briefing::text::TextRange::new(at, at + 6))
            .collect()
    };
    // Further down than the first hit, before the second.
    driver.app.reading.anchor = briefing::tui::page::Anchor::to(all[0].end() + 2);
    let before = driver.app.reading.anchor;
    let mut effects = Vec::new();
    for letter in "/needle".chars() {
        let key = crossterm::event::KeyEvent::from(crossterm::event::KeyCode::Char(letter));
        effects = driver.app.update(Event::Key(key));
    }
    assert!(
        effects
            .iter()
            .any(|it| matches!(it, briefing::tui::event::Effect::Search(..)))
    );
    let serial = driver.app.search.serial;
    let part = |at: usize, done| Hits {
        ranges: vec![all[at]],
        more: false,
        done,
    };
    driver.app.update(Event::Hits(serial, part(0, false)));
    assert_eq!(
        driver.app.reading.anchor, before,
        "the hit above is not the nearest one below"
    );
    assert!(driver.text().contains("1 hit so far"), "{}", driver.text());
    driver.app.update(Event::Hits(serial, part(1, true)));
    assert_eq!(driver.app.search.current, Some(1));
    assert!(driver.text().contains("2 of 2 hits"), "{}", driver.text());
}

#[test]
fn searches_last_from_run_to_run() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let memory = || briefing::memory::Memory::at(folder.path().join("memory.db"));
    let run = || {
        let document = crate::driver::document(&crate::driver::source("harbour.md"));
        Driver::remembering(Loaded::new(document, true), memory())
    };
    type_words(run().keys("/ Alt-w"), "crane").keys("Tab +");
    type_words(run().keys("/"), "decree").keys("Enter");
    let driver = run().keys("/ Up");
    assert_eq!(driver.app.search.input.text, "decree");
    let driver = driver.keys("Up");
    assert_eq!(driver.app.search.input.text, "crane");
    assert!(driver.app.search.manner.whole_words);
    let screen = run().keys("/ Tab").text();
    assert!(
        screen.contains("1 kept") && screen.contains("+ crane"),
        "{screen}"
    );
    run().keys("/ Tab -");
    let screen = run().keys("/ Tab").text();
    assert!(
        screen.contains("0 kept") && screen.contains("crane"),
        "{screen}"
    );
}
