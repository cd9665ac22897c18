//! Rows and anchors: moving down and up again comes back, and nothing is lost between two rows.

use proptest::prelude::*;

use super::*;
use crate::model::Block;

/// A document of these paragraphs; one that begins with `- ` is a tight item.
pub(crate) fn document(paragraphs: &[&str]) -> Document {
    let mut document = Document::default();
    for (line, words) in (1..).zip(paragraphs) {
        let item = words.strip_prefix("- ");
        let start = document.text.len();
        document.text.push_str(item.unwrap_or(words));
        let kind = if item.is_some() {
            BlockKind::Item(Mark::Bullet)
        } else {
            BlockKind::Paragraph
        };
        let range = TextRange::new(start, document.text.len());
        let level = u8::from(item.is_some());
        document.blocks.push(Block {
            range,
            kind,
            level,
            tight: item.is_some(),
            line,
            page: None,
        });
        document.text.push_str("\n\n");
    }
    document
}

fn words(document: &Document, rows: &[PageRow]) -> Vec<String> {
    rows.iter()
        .map(|row| row.range().of(&document.text).to_owned())
        .collect()
}

#[test]
fn rows_run_from_the_anchor_with_blanks_between_blocks() {
    let document = document(&["one two three", "four", "- five"]);
    let page = Page::new(&document, 9, false);
    let rows = page.rows(page.top(), 9);
    assert_eq!(
        words(&document, &rows),
        ["one two", "three", "", "four", "five"]
    );
    let further = page.rows(
        Anchor {
            at: 15,
            above: true,
        },
        2,
    );
    assert_eq!(words(&document, &further), ["", "four"]);
}

#[test]
fn down_stops_where_the_last_row_is_at_the_foot_and_up_at_the_top() {
    let document = document(&["a b c d e f", "g"]);
    let page = Page::new(&document, 1, false);
    assert_eq!(page.down(page.top(), 99, 3), page.bottom(3));
    assert_eq!(page.up(page.bottom(3), 99), page.top());
    assert_eq!(
        words(&document, &page.rows(page.bottom(3), 9)),
        ["f", "", "g"]
    );
}

#[test]
fn a_block_of_megabytes_is_laid_out_in_pieces() {
    let long = "word ".repeat(200_000);
    let document = document(&["before", &long, "after"]);
    let page = Page::new(&document, 72, false);
    let middle = Anchor::to(500_000);
    let rows = page.rows(middle, 30);
    assert_eq!(rows.len(), 30);
    assert!(rows[0].range().contains(500_000));
    let down = page.down(middle, 2_000, 30);
    assert_eq!(page.up(down, 2_000), rows[0].anchor());
    assert_eq!(
        words(&document, &page.rows(page.bottom(2), 9))
            .last()
            .map(String::as_str),
        Some("after")
    );
}

#[test]
fn a_megabyte_without_a_space_is_cut_between_characters() {
    let document = document(&[&"é".repeat(300_000)]);
    let page = Page::new(&document, 10, false);
    let bottom = page.bottom(5);
    assert!(
        page.rows(bottom, 5)
            .iter()
            .all(|row| row.range().fits(&document.text))
    );
    assert_eq!(page.up(bottom, 1_000_000), page.top());
}

#[test]
fn code_of_many_pieces_keeps_its_lines_and_gets_no_others() {
    let lines: Vec<String> = (0..2_000)
        .map(|number| format!("    let width_{number} = measure(number, {number});"))
        .collect();
    let mut document = document(&[&lines.join("\n"), "after"]);
    document.blocks[0].kind = BlockKind::Code;
    let page = Page::new(&document, 72, false);
    let rows = page.rows(page.top(), 10_000);
    assert_eq!(words(&document, &rows)[..lines.len()], lines);
    assert_eq!(page.bottom(5), rows[rows.len() - 5].anchor());
}

#[test]
fn the_last_page_of_a_long_block_ends_with_its_last_row() {
    for more in [0, 1, 500, 1_024, 1_025, 5_000] {
        let document = document(&[&"abcd ".repeat((2 * PIECE + more) / 5)]);
        let page = Page::new(&document, 40, false);
        let all = page.rows(page.top(), 10_000);
        assert_eq!(page.bottom(5), all[all.len() - 5].anchor(), "{more}");
    }
}

proptest! {
    #[test]
    fn walking_down_and_up_comes_back(
        paragraphs in prop::collection::vec("(- )?[a-z ]{1,60}[a-z]", 1..12),
        columns in 1u16..40,
        steps in 0usize..60,
        height in 1usize..20,
    ) {
        let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
        let document = document(&paragraphs);
        let page = Page::new(&document, columns, false);
        let all = page.rows(page.top(), 10_000);
        let walked = page.down(page.top(), steps, height);
        let expected = steps.min(all.len().saturating_sub(height));
        prop_assert_eq!(walked, all[expected].anchor());
        prop_assert_eq!(page.up(walked, expected), page.top());
        prop_assert_eq!(page.rows(walked, 10_000), all[expected..].to_vec());
        prop_assert_eq!(page.down(page.top(), 10_000, height), page.bottom(height));
    }
}
