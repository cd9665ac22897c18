//! Whole screens: a document, a size, keys, a snapshot; under the characters a map of their styles.

use crate::driver::Driver;

/// All snapshots stand in one folder.
fn assert_screen(name: &str, driver: &Driver, told: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(told);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("screen_{name}"), driver.screen()));
}

/// One snapshot per row: name, document, size, keys.
const SCREENS: &[(&str, &str, (u16, u16), &str)] = &[
    ("sample_wide", "sample", (120, 36), ""),
    ("sample_medium", "sample", (80, 24), ""),
    ("sample_narrow", "sample", (60, 20), ""),
    ("sample_tiny", "sample", (40, 10), ""),
    ("sample_second_section", "sample", (120, 36), "]"),
    ("harbour_wide", "harbour.md", (120, 36), ""),
    ("harbour_medium_diplomacy", "harbour.md", (80, 24), "D"),
    ("harbour_narrow_end", "harbour.md", (60, 20), "G"),
    ("harbour_tiny_second_section", "harbour.md", (40, 10), "2"),
    ("harbour_name_pinned", "harbour.md", (80, 24), ") )"),
    ("harbour_search", "harbour.md", (80, 24), "/ c r a n e"),
    ("harbour_not_found", "harbour.md", (80, 24), "/ z q x Enter"),
    ("harbour_contents", "harbour.md", (80, 24), "t j j"),
    ("harbour_contents_narrow", "harbour.md", (60, 20), "t j c"),
    ("harbour_contents_tiny", "harbour.md", (40, 10), "t j"),
    (
        "harbour_corrected",
        "harbour.md",
        (80, 24),
        "] ] Space t j c T j j > j m s",
    ),
    (
        "harbour_corrected_wide",
        "harbour.md",
        (120, 36),
        "Space t s c T j j <",
    ),
    (
        "harbour_corrected_why",
        "harbour.md",
        (60, 20),
        "] t c T < Enter K",
    ),
    ("ugly_contents", "ugly.md", (60, 20), "t m"),
    ("harbour_people", "harbour.md", (80, 24), "p"),
    ("mend_merge_wide", "harbour.md", (120, 36), "p j m k"),
    ("mend_merge_medium", "harbour.md", (80, 24), "p j m k"),
    ("mend_merge_narrow", "harbour.md", (60, 20), "p j m k"),
    ("mend_merge_tiny", "harbour.md", (40, 10), "p j m k"),
    ("mend_rename_tiny", "harbour.md", (40, 10), "p r"),
    ("mend_split_medium", "harbour.md", (80, 24), "p s j Space"),
    ("mend_split_narrow", "harbour.md", (60, 20), "p s j Space"),
    (
        "mend_give_wide",
        "harbour.md",
        (120, 36),
        "p s j Space Enter",
    ),
    ("mend_kind_narrow", "harbour.md", (60, 20), "p c"),
    (
        "mended_wide",
        "harbour.md",
        (120, 36),
        "Tab H U m j Enter Esc",
    ),
    ("harbour_mentions", "harbour.md", (80, 24), "p Enter j"),
    ("harbour_mentions_narrow", "harbour.md", (60, 20), "p Enter"),
    ("harbour_filter", "harbour.md", (80, 24), "p / a r Enter"),
    ("harbour_why", "harbour.md", (80, 24), "2 K"),
    ("harbour_about", "harbour.md", (80, 24), "i"),
    (
        "harbour_noted_wide",
        "harbour.md",
        (120, 36),
        "v j Enter v l l l a w h y ? ^S",
    ),
    (
        "harbour_notes_wide",
        "harbour.md",
        (120, 36),
        "v j Enter D v l a w h o Enter s a y s ? ^S A",
    ),
    (
        "harbour_writing_wide",
        "harbour.md",
        (120, 36),
        "D v l a w h y ?",
    ),
    (
        "harbour_noted_medium",
        "harbour.md",
        (80, 24),
        "v j Enter v l l l a w h y ? ^S",
    ),
    (
        "harbour_notes_medium",
        "harbour.md",
        (80, 24),
        "v j Enter D v l a w h o Enter s a y s ? ^S A",
    ),
    (
        "harbour_writing_medium",
        "harbour.md",
        (80, 24),
        "D v l a w h y ?",
    ),
    (
        "harbour_noted_narrow",
        "harbour.md",
        (60, 20),
        "v j Enter v l l l a w h y ? ^S",
    ),
    (
        "harbour_notes_narrow",
        "harbour.md",
        (60, 20),
        "v j Enter D v l a w h o Enter s a y s ? ^S A",
    ),
    (
        "harbour_writing_narrow",
        "harbour.md",
        (60, 20),
        "D v l a w h y ?",
    ),
    (
        "harbour_noted_tiny",
        "harbour.md",
        (40, 10),
        "v j Enter v l l l a w h y ? ^S",
    ),
    (
        "harbour_notes_tiny",
        "harbour.md",
        (40, 10),
        "v j Enter D v l a w h o Enter s a y s ? ^S A",
    ),
    (
        "harbour_writing_tiny",
        "harbour.md",
        (40, 10),
        "D v l a w h y ?",
    ),
    (
        "harbour_note_leaving",
        "harbour.md",
        (60, 20),
        "a w h y ? Esc",
    ),
    ("harbour_no_notes", "harbour.md", (60, 20), "A"),
    ("harbour_picked_wide", "harbour.md", (120, 36), "v j j j"),
    ("harbour_picked", "harbour.md", (80, 24), "D v l j"),
    ("harbour_picked_narrow", "harbour.md", (60, 20), "v } j j"),
    ("harbour_picked_tiny", "harbour.md", (40, 10), "v j j j"),
    ("harbour_copy_wide", "harbour.md", (120, 36), "D y j"),
    ("harbour_copy", "harbour.md", (80, 24), "D } y f"),
    ("harbour_copy_narrow", "harbour.md", (60, 20), "D } y f f j"),
    ("harbour_copy_tiny", "harbour.md", (40, 10), "D } y j j"),
    ("harbour_text_only", "harbour.md", (120, 36), "z"),
    ("harbour_contents_focused", "harbour.md", (120, 36), "t j j"),
    ("harbour_people_focused", "harbour.md", (120, 36), "Tab j"),
    ("help_medium", "harbour.md", (80, 24), "?"),
    ("help_wide", "harbour.md", (120, 36), "?"),
    ("bare_wide", "bare.txt", (120, 36), ""),
    ("bare_narrow", "bare.txt", (60, 20), "] ]"),
    ("mail_medium", "mail.txt", (80, 24), ""),
    ("ugly_wide", "ugly.md", (120, 36), ""),
    ("ugly_medium", "ugly.md", (80, 24), "Space Space"),
    ("ugly_tiny", "ugly.md", (40, 10), "Space Space Space Space"),
    ("ruling_wide", "sample court-ruling", (120, 36), "H"),
    ("ruling_medium", "sample court-ruling", (80, 24), "R"),
    ("ruling_narrow", "sample court-ruling", (60, 20), "D"),
    ("ruling_why_narrow", "sample court-ruling", (60, 20), "D K"),
    ("incident_medium", "sample incident-report", (80, 24), "C"),
    ("lenses_wide", "harbour.md", (120, 36), "o j"),
    ("lenses_narrow", "sample incident-report", (60, 20), "o"),
    ("lens_chosen", "harbour.md", (80, 24), "3 o j j Enter"),
    ("ugly_end", "ugly.md", (60, 20), "G"),
    (
        "search_line_wide",
        "harbour.md",
        (120, 36),
        "/ Alt-w Alt-r c r a n e s ? Left",
    ),
    (
        "search_line_medium",
        "harbour.md",
        (80, 24),
        "/ Alt-w Alt-r c r a n e s ? Left",
    ),
    (
        "search_line_narrow",
        "harbour.md",
        (60, 20),
        "/ Alt-w Alt-r c r a n e s ? Left",
    ),
    (
        "search_line_tiny",
        "harbour.md",
        (40, 10),
        "/ Alt-w Alt-r c r a n e s ? Left",
    ),
    (
        "search_fault_wide",
        "harbour.md",
        (120, 36),
        "/ Alt-r c r a n e ( Enter",
    ),
    (
        "search_fault_medium",
        "harbour.md",
        (80, 24),
        "/ Alt-r c r a n e ( Enter",
    ),
    (
        "search_fault_narrow",
        "harbour.md",
        (60, 20),
        "/ Alt-r c r a n e ( Enter",
    ),
    (
        "search_fault_tiny",
        "harbour.md",
        (40, 10),
        "/ Alt-r c r a n e ( Enter",
    ),
    (
        "hits_wide",
        "harbour.md",
        (120, 36),
        "/ c r a n e Tab ] ] j",
    ),
    (
        "hits_medium",
        "harbour.md",
        (80, 24),
        "/ c r a n e Tab ] ] j",
    ),
    (
        "hits_narrow",
        "harbour.md",
        (60, 20),
        "/ c r a n e Tab ] ] j",
    ),
    ("hits_tiny", "harbour.md", (40, 10), "/ c r a n e Tab ] ] j"),
    ("only_wide", "harbour.md", (120, 36), "/ c r a n e Enter &"),
    ("only_medium", "harbour.md", (80, 24), "/ c r a n e Enter &"),
    ("only_narrow", "harbour.md", (60, 20), "/ c r a n e Enter &"),
    ("only_tiny", "harbour.md", (40, 10), "/ c r a n e Enter &"),
    (
        "searches_wide",
        "harbour.md",
        (120, 36),
        "/ c r a n e Tab + Esc / Alt-w d e c r e e Enter / Alt-r t e n Enter / Tab j",
    ),
    (
        "searches_medium",
        "harbour.md",
        (80, 24),
        "/ c r a n e Tab + Esc / Alt-w d e c r e e Enter / Alt-r t e n Enter / Tab j",
    ),
    (
        "searches_narrow",
        "harbour.md",
        (60, 20),
        "/ c r a n e Tab + Esc / Alt-w d e c r e e Enter / Alt-r t e n Enter / Tab j",
    ),
    (
        "searches_tiny",
        "harbour.md",
        (40, 10),
        "/ c r a n e Tab + Esc / Alt-w d e c r e e Enter / Alt-r t e n Enter / Tab j",
    ),
    ("links_wide", "links.md", (120, 36), "L j j"),
    ("links_medium", "links.md", (80, 24), "L j j"),
    ("links_narrow", "links.md", (60, 20), "L j j"),
    ("links_tiny", "links.md", (40, 10), "L j j"),
    ("link_question_wide", "links.md", (120, 36), "L 5 Enter"),
    ("link_question_medium", "links.md", (80, 24), "L 5 Enter"),
    ("link_question_narrow", "links.md", (60, 20), "L 5 Enter"),
    ("link_question_tiny", "links.md", (40, 10), "L 5 Enter"),
];

#[test]
fn screens_look_as_they_did() {
    for (name, document, size, keys) in SCREENS {
        let driver = Driver::open(document, *size).keys(keys);
        assert_screen(
            name,
            &driver,
            &format!("{document} at {size:?}, keys {keys:?}"),
        );
    }
}

#[test]
fn without_colour_names_and_hits_are_still_marked() {
    let driver = Driver::open("harbour.md", (80, 24))
        .keys(") / c r a n e")
        .monochrome();
    let (buffer, _) = driver.draw();
    assert!(
        buffer
            .content()
            .iter()
            .all(|cell| cell.fg == ratatui::style::Color::Reset),
        "no colour is left"
    );
    assert_screen("monochrome", &driver, "harbour.md without colour");
}

#[test]
fn without_colour_it_is_still_told_where_roles_come_from() {
    let driver = Driver::open("harbour.md", (120, 36))
        .keys("t j j c T k k <")
        .monochrome();
    assert_screen("monochrome_contents", &driver, "corrected, without colour");
}

const SIZES: [(u16, u16); 8] = [
    (1, 1),
    (2, 3),
    (500, 200),
    (40, 10),
    (39, 9),
    (76, 14),
    (110, 16),
    (3, 60),
];
const ODD: [&str; 3] = ["harbour.md", "ugly.md", "bare.txt"];

/// The screen after each of several keys, which are the same at every size.
fn at_every_size(mut driver: Driver, several: &[&str]) -> Driver {
    for (columns, rows) in SIZES {
        driver = driver.resize(columns, rows);
        let _ = driver.screen();
        for keys in several {
            driver = driver.keys(keys);
            let _ = driver.screen();
        }
        driver = driver.keys("Esc Esc Esc");
    }
    driver.resize(80, 24)
}

#[test]
fn no_size_panics_and_coming_back_shows_the_same() {
    for document in ODD {
        let driver = Driver::open(document, (80, 24)).keys("Space j j");
        let before = driver.text();
        let opening = [
            "?", "Esc", "t", "Esc", "p Enter", "Esc Esc", "K", "Esc", "A", "Esc",
        ];
        let leaving = ["y", "Esc", "L", "Esc", "/ z z", "Esc"];
        let driver = at_every_size(driver, &[&opening[..], &leaving[..]].concat());
        assert_eq!(driver.text(), before, "{document}");
    }
}

/// A search goes where its hits are, and the page follows what is picked: the place is another one after it.
#[test]
fn no_size_panics_while_searching_and_picking() {
    for document in ODD {
        let driver = Driver::open(document, (80, 24)).keys("Space j j");
        let finding = [
            "/ Alt-r t",
            "Tab ]",
            "Esc",
            "&",
            "& L",
            "Enter",
            "Esc Esc",
            "v j",
            "y",
            "a x",
            "Esc d",
        ];
        let driver = at_every_size(driver, &finding);
        assert!(driver.text().contains('│'), "{}", driver.text());
    }
}
