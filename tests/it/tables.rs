//! Tables on the screen: side by side where they fit, else a line for each cell; no word is lost at any width.

use briefing::tui::event::Loaded;

use crate::driver::{Driver, document_of};

/// All that is on the screen, page after page.
fn pages(text: &str, size: (u16, u16)) -> String {
    let mut driver = Driver::with(Loaded::new(document_of(text), true), size).keys("z");
    let mut seen = driver.text();
    while !driver.app.reading.at_end {
        let before = driver.app.reading.anchor;
        driver = driver.keys("PgDn");
        seen.push('\n');
        seen.push_str(&driver.text());
        if driver.app.reading.anchor == before {
            break;
        }
    }
    seen
}

fn lines(text: &str, size: (u16, u16)) -> Vec<String> {
    pages(text, size)
        .lines()
        .map(|line| line.trim().to_owned())
        .collect()
}

const NARROW: (u16, u16) = (60, 30);

#[test]
fn a_table_that_fits_stands_in_columns() {
    let table =
        "Before.\n\n| Berth | State | 名前 |\n|---|---|---|\n| 1 | shut | 水道 |\n| 2 |  | 港 |\n";
    let lines = lines(table, NARROW);
    for line in [
        "Berth  State  名前",
        "1      shut   水道",
        "2             港",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line} in {lines:#?}");
    }
}

#[test]
fn a_table_that_is_too_wide_is_told_cell_by_cell_with_the_head_of_each() {
    let table = "Before.\n\n| Vessel | What it carried when it was stopped | Where |\n|---|---|---|\n\
        | Anna of Lund | forty containers of machine parts for cranes | Outer north |\n\
        | 海鷗 |  | 基隆港第三號碼頭與第四號碼頭之間 |\n";
    let lines = lines(table, NARROW);
    for line in [
        "Vessel: Anna of Lund",
        "Where: Outer north",
        "Vessel: 海鷗",
        "Where: 基隆港第三號碼頭與第四號碼頭之間",
    ] {
        assert!(lines.iter().any(|it| it == line), "{line} in {lines:#?}");
    }
    // A head too long to stand before every cell is cut, and shows it.
    assert!(
        lines
            .iter()
            .any(|it| it.starts_with("What it carried when it") && it.contains("…: forty")),
        "{lines:#?}"
    );
}

#[test]
fn the_head_of_a_single_column_is_not_repeated() {
    let cell = "a cell with so many words in it that it cannot stand on one line of sixty";
    let table = format!("Before.\n\n| Remark |\n|---|\n| {cell} |\n");
    let lines = lines(&table, NARROW);
    assert!(!lines.iter().any(|it| it.contains("Remark:")), "{lines:#?}");
    assert!(
        lines.iter().any(|it| it == "one line of sixty"),
        "{lines:#?}"
    );
}

#[test]
fn no_word_of_a_table_is_lost_at_any_width() {
    let table = "Before.\n\n| Aa | A very long head that nobody would write | C |\n|---|---|---|\n\
        | one | two three four five six seven eight nine ten eleven twelve | thirteen |\n\
        |  |  |  |\n| fourteen |  | https://an.address.example/without/any/space/in/it/at/all/for/sixty/columns |\n\
        | 水道水道水道水道 | fifteen | 港 |\n";
    let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
    for columns in [40, 50, 60, 70, 80, 100, 140] {
        let seen = pages(table, (columns, 40));
        let seen_words = squeezed(&seen);
        for word in [
            "one", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "港", "head", "write",
        ] {
            assert!(seen.contains(word), "{word} at {columns}:\n{seen}");
        }
        assert!(
            seen_words.contains("水道水道水道水道"),
            "{columns}:\n{seen}"
        );
        assert!(
            seen.contains("columns") || seen_words.contains("sixty/columns"),
            "{columns}:\n{seen}"
        );
    }
}
