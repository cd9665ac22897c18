//! What keys and the mouse do, told by what then stands on the screen.

use briefing::formats::Source;
use briefing::tui::event::{Effect, Event, Loaded};
use crossterm::event::{MouseButton, MouseEventKind};

use crate::driver::Driver;

const WIDE: (u16, u16) = (120, 36);
const MEDIUM: (u16, u16) = (80, 24);

/// The number of the section that the status line names.
fn section(driver: &Driver) -> Option<u32> {
    driver.app.reading.section().map(|id| id + 1)
}

#[test]
fn keys_go_to_sections() {
    for (keys, expected) in [
        ("]", 2),
        ("] ] [", 2),
        ("l Right h", 2),
        ("3", 3),
        ("3 ''", 3),
        ("4 1", 1),
        ("2 5 Backspace", 2),
        ("G g", 1),
    ] {
        // Two keys of a pair are typed apart.
        let keys = keys.replace("''", "' '");
        let driver = Driver::open("harbour.md", MEDIUM).keys(&keys);
        let expected = if keys == "3 ' '" { 1 } else { expected };
        let first = driver.app.reading.outline().sections[0].range.start();
        assert_eq!(section(&driver).unwrap_or(1), expected, "{keys}");
        assert!(
            driver.app.reading.anchor.at >= first || expected == 1,
            "{keys}"
        );
    }
}

#[test]
fn a_number_grows_while_such_a_section_exists() {
    let part = |number: u32| format!("## Part {number}\n\nSome words of part {number}.");
    let long = (1..=12).map(part).collect::<Vec<_>>().join("\n\n");
    let dir = tempfile::tempdir().expect("a folder for the test");
    let path = dir.path().join("long.md");
    std::fs::write(&path, long).expect("the test can write");
    let document = crate::driver::document(&Source::Path(path));
    let driver = Driver::with(briefing::tui::event::Loaded::new(document, true), MEDIUM);
    let driver = driver.keys("1 2");
    assert_eq!(section(&driver), Some(12));
    let driver = driver.keys("5");
    assert_eq!(
        section(&driver),
        Some(5),
        "125 does not exist, so 5 is meant"
    );
    let driver = driver.keys("j 1 0");
    assert_eq!(section(&driver), Some(10));
    let driver = driver.keys("1 j 2");
    assert_eq!(section(&driver), Some(2), "another key came between");
}

#[test]
fn role_keys_go_round_the_sections_of_a_role() {
    let driver = Driver::open("harbour.md", MEDIUM);
    let lens = driver.app.reading.briefing.lens.clone();
    let role = lens.by_letter('C').expect("the lens has criticism");
    let of_role: Vec<usize> = driver
        .app
        .reading
        .outline()
        .sections
        .iter()
        .enumerate()
        .filter(|(_, section)| section.role == Some(role))
        .map(|(id, _)| id)
        .collect();
    assert!(!of_role.is_empty(), "the document has criticism in it");
    let mut driver = driver;
    for round in 0..=of_role.len() {
        driver = driver.keys("C");
        let expected = of_role[round % of_role.len()];
        assert_eq!(section(&driver), Some(expected as u32 + 1), "press {round}");
    }
}

#[test]
fn search_shows_its_first_hit_and_escape_comes_back() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Space");
    let before = driver.app.reading.anchor;
    let driver = driver.keys("/ c r a n e");
    let hit = driver
        .app
        .search
        .current_hit()
        .expect("the document speaks of cranes");
    assert!(
        hit.of(&driver.app.reading.document.text)
            .eq_ignore_ascii_case("crane")
    );
    assert_eq!(driver.keys("Esc").app.reading.anchor, before);
}

#[test]
fn a_search_without_hits_says_so_and_keeps_the_place() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Space");
    let before = driver.app.reading.anchor;
    let driver = driver.keys("/ z q x Enter n");
    assert_eq!(driver.app.reading.anchor, before);
    assert!(driver.text().contains("not found"), "{}", driver.text());
}

#[test]
fn hits_go_round_with_a_word() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("/ c r a n e Enter");
    let count = driver
        .app
        .search
        .hits
        .as_ref()
        .map_or(0, |hits| hits.ranges.len());
    let mut driver = driver;
    for _ in 0..count {
        driver = driver.keys("n");
    }
    assert_eq!(driver.app.search.current, Some(0));
    assert!(
        driver.text().contains("round to the first hit"),
        "{}",
        driver.text()
    );
    let driver = driver.keys("N");
    assert_eq!(driver.app.search.current, Some(count - 1));
}

#[test]
fn every_hint_of_the_table_can_be_clicked() {
    use briefing::tui::action::ACTIONS;
    use briefing::tui::canvas::target_at;
    use briefing::tui::event::Target;
    let driver = Driver::open("harbour.md", WIDE);
    let (_, targets) = driver.draw();
    let mut seen = 0;
    for row in ACTIONS {
        let Some((keys, word)) = row.hint else {
            continue;
        };
        let (column, line) = driver
            .find(&format!("{keys} {word}"))
            .unwrap_or_else(|| panic!("no hint {keys} {word}"));
        for (key, offset) in keys.split(' ').zip((0..).step_by(2)) {
            let expected = ACTIONS
                .iter()
                .find(|row| row.keys.contains(&key))
                .map(|row| row.action);
            let lens = &driver.app.reading.briefing.lens;
            let role = key
                .chars()
                .next()
                .and_then(|letter| lens.by_letter(letter))
                .map(Target::Role);
            let target = target_at(&targets, column + offset, line);
            assert_eq!(target, role.or(expected.map(Target::Act)), "{key}");
            seen += 1;
        }
    }
    assert!(seen >= 10, "only {seen} keys stand in the bottom line");
    let quits = driver
        .click("q quit")
        .effects
        .iter()
        .any(|effect| matches!(effect, Effect::Quit(0, None)));
    assert!(quits);
}

#[test]
fn every_role_letter_can_be_clicked() {
    let driver = Driver::open("harbour.md", WIDE);
    let (column, row) = driver.find("O D C T role").expect("the hint is there");
    for (offset, letter) in [(0, 'O'), (2, 'D'), (4, 'C'), (6, 'T')] {
        let mut clicked = Driver::open("harbour.md", WIDE);
        clicked.mouse(
            MouseEventKind::Down(MouseButton::Left),
            (column + offset, row),
        );
        let typed = Driver::open("harbour.md", WIDE).keys(&letter.to_string());
        assert_eq!(
            clicked.app.reading.anchor, typed.app.reading.anchor,
            "{letter}"
        );
    }
}

#[test]
fn names_are_pinned_by_a_click_and_let_go_by_escape() {
    let driver = Driver::open("harbour.md", WIDE);
    let row = driver
        .app
        .reading
        .cast
        .first()
        .copied()
        .expect("somebody is named at the top");
    let name = driver.app.reading.briefing.entities.entities[row.entity as usize]
        .name
        .clone();
    let short: String = name.chars().take(12).collect();
    let at = driver.text().lines().position(|line| {
        line.rsplit('│')
            .next()
            .is_some_and(|pane| pane.contains(&short))
    });
    let mut driver = driver;
    driver.mouse(
        MouseEventKind::Down(MouseButton::Left),
        (95, at.expect("the pane shows it") as u16),
    );
    assert_eq!(driver.app.reading.pinned, Some(row.entity));
    assert_eq!(driver.keys("Esc").app.reading.pinned, None);
}

#[test]
fn mention_keys_visit_every_mention_and_go_round() {
    let driver = Driver::open("harbour.md", MEDIUM).keys(")");
    let id = driver.app.reading.pinned.expect("the first name is pinned");
    let starts: Vec<usize> = driver
        .app
        .reading
        .briefing
        .entities
        .mentions_of(id)
        .map(|mention| mention.range.start())
        .collect();
    let mut driver = driver;
    for expected in starts.iter().skip(1).chain(&starts[..1]) {
        driver = driver.keys(")");
        assert_eq!(driver.app.spot, Some(*expected));
    }
    assert_eq!(driver.keys("(").app.spot, starts.last().copied());
}

#[test]
fn a_mention_chosen_in_the_list_is_gone_to() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("p Enter G Enter");
    assert!(driver.app.overlay.is_none());
    let id = driver.app.reading.pinned.expect("the name is pinned");
    let last = driver
        .app
        .reading
        .briefing
        .entities
        .mentions_of(id)
        .next_back()
        .map(|mention| mention.range.start());
    assert_eq!(driver.app.spot, last);
}

#[test]
fn dragging_copies_body_text_only() {
    let mut driver = Driver::open("harbour.md", WIDE);
    let area = driver.app.areas().text;
    let from = (area.x + 6, area.y + 1);
    driver.mouse(MouseEventKind::Down(MouseButton::Left), from);
    driver.mouse(
        MouseEventKind::Drag(MouseButton::Left),
        (from.0 + 30, from.1 + 1),
    );
    driver.mouse(
        MouseEventKind::Up(MouseButton::Left),
        (from.0 + 30, from.1 + 1),
    );
    let copied = driver.effects.iter().find_map(|effect| match effect {
        Effect::Copy(_, words) => Some(words.clone()),
        _ => None,
    });
    let copied = copied.expect("something is copied");
    assert!(
        driver.app.reading.document.text.contains(&copied) && !copied.contains('│'),
        "{copied:?}"
    );
    assert!(
        driver.text().contains("sent to the terminal"),
        "{}",
        driver.text()
    );
}

#[test]
fn a_click_without_dragging_copies_nothing() {
    let mut driver = Driver::open("harbour.md", WIDE);
    let area = driver.app.areas().text;
    driver.mouse(
        MouseEventKind::Down(MouseButton::Left),
        (area.x + 6, area.y + 1),
    );
    driver.mouse(
        MouseEventKind::Up(MouseButton::Left),
        (area.x + 6, area.y + 1),
    );
    assert!(driver.effects.is_empty() && driver.app.selection.is_none());
}

#[test]
fn the_wheel_scrolls_what_is_under_it_and_takes_nothing_else() {
    let mut driver = Driver::open("sample", WIDE);
    let before = (
        driver.app.reading.anchor,
        driver.app.focus,
        driver.app.reading.pinned,
    );
    let pane = |driver: &Driver| {
        driver
            .text()
            .lines()
            .map(|line| line.rsplit('│').next().unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    driver = driver.keys("3");
    let (anchor, names) = (driver.app.reading.anchor, pane(&driver));
    driver.mouse(MouseEventKind::ScrollDown, (100, 10));
    assert_ne!(pane(&driver), names, "the names scroll");
    assert_eq!(
        (driver.app.focus, driver.app.reading.pinned),
        (before.1, before.2)
    );
    assert_eq!(driver.app.reading.anchor, anchor, "the text stands still");
    driver.mouse(MouseEventKind::ScrollDown, (5, 10));
    assert_eq!(driver.app.reading.anchor, anchor, "over contents too");
    driver.mouse(MouseEventKind::ScrollDown, (50, 10));
    assert_ne!(driver.app.reading.anchor, anchor);
}

#[test]
fn escape_never_quits_and_q_closes_what_lies_on_top_first() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("Esc Esc Esc ? q");
    assert!(driver.effects.is_empty() && driver.app.overlay.is_none());
    assert!(matches!(
        driver.keys("q").effects[..],
        [Effect::Quit(0, None)]
    ));
}

#[test]
fn pasted_keys_do_nothing_outside_a_search() {
    let mut driver = Driver::open("harbour.md", MEDIUM);
    driver.event(Event::Paste("qQ\u{1b}[31m".into()));
    assert!(driver.effects.is_empty());
    let mut driver = driver.keys("/");
    driver.event(Event::Paste("cra\nne".into()));
    assert_eq!(driver.app.search.input.text, "cra ne");
}

#[test]
fn widths_stay_between_forty_and_a_hundred_and_twenty() {
    let keys = "- ".repeat(40);
    assert_eq!(Driver::open("harbour.md", WIDE).keys(&keys).app.widest, 40);
    let keys = "+ ".repeat(40);
    assert_eq!(
        Driver::open("harbour.md", (300, 36)).keys(&keys).app.widest,
        120
    );
    // Where there is no room the wish is not counted, so that one key back is seen at once.
    let driver = Driver::open("harbour.md", WIDE).keys(&keys);
    let shown = driver.app.viewport().columns;
    assert!(driver.keys("-").app.viewport().columns < shown);
}

#[test]
fn the_last_page_belongs_to_the_last_section() {
    let driver = Driver::open("harbour.md", MEDIUM).keys("G");
    let count = driver.app.reading.outline().sections.len() as u32;
    assert_eq!(section(&driver), Some(count));
    assert_eq!(section(&driver.keys("g")), Some(1));
}

#[test]
fn what_lies_on_top_hides_every_style_below() {
    let driver = Driver::open("harbour.md", MEDIUM).keys(") ?");
    let (buffer, _) = driver.draw();
    let plain = buffer
        .content()
        .iter()
        .all(|cell| cell.fg == ratatui::style::Color::Reset);
    assert!(plain, "a colour of the text shines through the help");
}

#[test]
fn a_page_of_words_that_gets_shorter_is_not_left_blank() {
    let driver = Driver::open("harbour.md", (50, 12))
        .keys("? G")
        .resize(200, 60);
    assert!(driver.text().contains("one line down"), "{}", driver.text());
}

#[test]
fn a_heading_of_two_lines_is_one_line_in_contents() {
    let text = "Words.\n\nThe first\\\nand the second line\n---\n\nMore words.\n";
    let driver = Driver::with(Loaded::new(crate::driver::document_of(text), true), WIDE);
    assert!(
        driver.text().contains("The first and the second"),
        "{}",
        driver.text()
    );
}
