//! What the plain-text reader makes of texts: lines joined or kept, lists, quotes, headings.

use proptest::prelude::*;

use super::{DocumentBuilder, Reading, read};
use crate::model::{Block, Document, Meta};

fn document(text: &str) -> Document {
    let mut builder = DocumentBuilder::new(text.len(), Meta::default());
    let reading = Reading {
        text,
        first_line: 1,
        look: text,
        whole: true,
    };
    read(&reading, &mut builder);
    builder.finish()
}

/// One line per block: kind and level, `·` when tight, line of the file, words.
fn shown(text: &str) -> Vec<String> {
    let document = document(text);
    let line = |block: &Block| {
        let tight = if block.tight { "·" } else { "" };
        let words = block.range.of(&document.text);
        format!(
            "{:?} {}{tight} {} {words:?}",
            block.kind, block.level, block.line
        )
    };
    document.blocks.iter().map(line).collect()
}

#[test]
fn a_line_is_a_paragraph_where_lines_are_long() {
    let long = "The harbour board met on Monday and decided on a new set of rules for ships that carry grain, oil and other goods through the strait.";
    let text = format!("{long}\nA heading\n{long}\n\n{long}\n");
    let blocks = shown(&text);
    assert_eq!(blocks.len(), 4);
    assert_eq!(blocks[1], r#"Paragraph 0 2 "A heading""#);
}

#[test]
fn wrapped_lines_are_joined_and_short_ones_stand() {
    let text = "\
NOTICE TO PILOTS
The strait is closed to ships of more than forty metres until the
wreck has been lifted; the board will publish the new times on the
board outside its office and in the gazette.

1.  Scope

   This notice holds for all ships that come from the north, whether
   they carry goods or passengers, and for those that tow others and
   for barges.

  - the first item is longer than the line and so it is wrapped in a
    hanging way
  - the second is not
";
    let expected = [
        r#"Paragraph 0 1 "NOTICE TO PILOTS""#,
        r#"Paragraph 0 2 "The strait is closed to ships of more than forty metres until the wreck has been lifted; the board will publish the new times on the board outside its office and in the gazette.""#,
        r#"Paragraph 0 6 "1. Scope""#,
        r#"Paragraph 0 8 "This notice holds for all ships that come from the north, whether they carry goods or passengers, and for those that tow others and for barges.""#,
        r#"Item(Bullet) 1 12 "the first item is longer than the line and so it is wrapped in a hanging way""#,
        r#"Item(Bullet) 1· 14 "the second is not""#,
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn lists_quotations_underlines_and_tables() {
    let text = "Title of it\n===========\n\nPart\n----\n\n1. one\n2. two\n   - inner\n3. three\n\n> said\n>> deeper\n\n-----\n\nName     Value\n\n        a    1\n        bc   2\n";
    let expected = [
        r#"Heading 1 1 "Title of it""#,
        r#"Heading 2 4 "Part""#,
        r#"Item(Number(1)) 1 7 "one""#,
        r#"Item(Number(2)) 1· 8 "two""#,
        r#"Item(Bullet) 2· 9 "inner""#,
        r#"Item(Number(3)) 1· 10 "three""#,
        r#"Quote 1 12 "said""#,
        r#"Quote 2 13 "deeper""#,
        r#"Rule 0 15 """#,
        r#"Paragraph 0 17 "Name Value""#,
        r#"Code 0 19 "        a    1\n        bc   2""#,
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn a_table_with_ruled_columns_keeps_its_lines() {
    let text = "Above it stands a line.\n\n  Date     Place\n  -------- ------\n  2 March  London\n\n--- ---\n\nBelow.";
    let document = document(text);
    let expected = [
        r#"Paragraph 0 1 "Above it stands a line.""#,
        r#"Code 0 3 "  Date     Place\n  -------- ------\n  2 March  London""#,
        r#"Rule 0 7 """#,
        r#"Paragraph 0 9 "Below.""#,
    ];
    assert_eq!(shown(text), expected);
    assert_eq!(document.check(), Vec::<String>::new());
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "([a-c>*=.1 \t\u{c}-]{0,30}\n{0,2}){0,20}") {
        let document = document(&text);
        prop_assert_eq!(document.check(), Vec::<String>::new());
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        prop_assert_eq!(letters(&document.text), letters(&text));
    }

    #[test]
    fn any_text_gives_a_sound_document(text in any::<String>()) {
        prop_assert_eq!(document(&text).check(), Vec::<String>::new());
    }
}
