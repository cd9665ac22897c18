//! What the Markdown reader makes of texts: pieces as data, whole documents as properties.

use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};

use super::{Reading, acts_from_afar, options, read_in_windows, sniff};
use crate::formats::builder::DocumentBuilder;
use crate::model::{Block, Document, Inline, LinkTarget, Meta};

fn read(text: &str, window: usize) -> Document {
    let mut builder = DocumentBuilder::new(text.len(), Meta::default());
    let reading = Reading {
        text,
        first_line: 1,
        look: text,
        whole: true,
    };
    read_in_windows(&reading, &mut builder, window);
    builder.finish()
}

fn document(text: &str) -> Document {
    read(text, text.len())
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
fn blocks_of_every_kind() {
    let text = "# Title *x*\n\nOne\ntwo  \nthree\n\n> quote\n>> deeper\n\n```rs\n\tfn x() {}\n\n```\n\n\
                |a|b|\n|-|-|\n||2|\n\n***\nlast\n";
    let expected = [
        r#"Heading 1 1 "Title x""#,
        r#"Paragraph 0 3 "One two\nthree""#,
        r#"Quote 1 7 "quote""#,
        r#"Quote 2 8 "deeper""#,
        r#"Code 0 10 "    fn x() {}""#,
        r#"TableRow { header: true } 0 15 "a\tb""#,
        r#"TableRow { header: false } 0· 17 "\t2""#,
        r#"Rule 0 19 """#,
        r#"Paragraph 0 20 "last""#,
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn lists_have_marks_depth_and_further_paragraphs() {
    let text = "- a\n- [x] b\n  - c\n- [ ]  d\n\ntext\n\n3. one\n\n   more\n4. two\n";
    let expected = [
        r#"Item(Bullet) 1 1 "a""#,
        r#"Item(Task(true)) 1· 2 "b""#,
        r#"Item(Bullet) 2· 3 "c""#,
        r#"Item(Task(false)) 1· 4 "d""#,
        r#"Paragraph 0 6 "text""#,
        r#"Item(Number(3)) 1 8 "one""#,
        r#"Item(None) 1 10 "more""#,
        r#"Item(Number(4)) 1 11 "two""#,
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn html_goes_and_its_text_stays() {
    let text = "<div>Some <b>html</b><p>x</div>\n\nA <em>b</em><br>c<!-- no -->\n\n<!-- gone -->\n\n\
                <script>\nbad()\n\n</script>\n\n![alt *x*](u) ![](y) &amp; `co  de`\n";
    let expected = [
        r#"Paragraph 0 1 "Some html""#,
        r#"Paragraph 0 1 "x""#,
        r#"Paragraph 0 3 "A b\nc""#,
        r#"Paragraph 0 12 "[image: alt x] [image] & co de""#,
    ];
    assert_eq!(shown(text), expected);
}

#[test]
fn footnotes_stand_at_the_end_with_ways_there_and_back() {
    let text = "Note[^b] and [^a], [^b] again.\n\n[^a]: First.\n\n    More[^c].\n[^b]: Other\n[^c]: Third\n[^d]: Unused\n\nEnd.\n";
    let document = document(text);
    let expected = [
        r#"Paragraph 0 1 "Note[1] and [2], [1] again.""#,
        r#"Paragraph 0 10 "End.""#,
        r#"Item(Footnote(1)) 1 6 "Other ↩""#,
        r#"Item(Footnote(2)) 1 3 "First.""#,
        r#"Item(None) 1 5 "More[3]. ↩""#,
        r#"Item(Footnote(3)) 1 7 "Third ↩""#,
        r#"Item(Footnote(4)) 1 8 "Unused""#,
    ];
    assert_eq!(shown(text), expected);
    let ways: Vec<(&str, Option<&str>)> = document
        .links
        .iter()
        .map(|link| {
            let LinkTarget::Place(place) = link.target else {
                panic!("only footnotes here")
            };
            let target = document.text.get(place as usize..);
            (
                link.range.of(&document.text),
                target.and_then(|text| text.split(['.', ' ', ',']).next()),
            )
        })
        .collect();
    let expected = [
        ("[1]", "Other"),
        ("[2]", "First"),
        ("[1]", "Other"),
        ("↩", "[1]"),
        ("[3]", "Third"),
        ("↩", "[2]"),
        ("↩", "[3]"),
    ];
    assert_eq!(ways, expected.map(|(words, target)| (words, Some(target))));
}

#[test]
fn styles_and_links_lie_on_their_words() {
    let document = document("a **b *c* d** ~~e~~ [f `g`](http://x.org/\u{202e}y) <http://z.org>\n");
    let style = |inline| {
        let found = document
            .styles
            .iter()
            .filter(move |style| style.inline == inline);
        found
            .map(|style| style.range.of(&document.text))
            .collect::<Vec<_>>()
    };
    assert_eq!(style(Inline::Strong), ["b c d"]);
    assert_eq!(style(Inline::Emphasis), ["c"]);
    assert_eq!(style(Inline::Strike), ["e"]);
    assert_eq!(style(Inline::Code), ["g"]);
    let links: Vec<_> = document
        .links
        .iter()
        .map(|link| (link.range.of(&document.text), &link.target))
        .collect();
    let url = |address: &str| LinkTarget::Url(address.into());
    assert_eq!(
        links,
        [
            ("f g", &url("http://x.org/\u{FFFD}y")),
            ("http://z.org", &url("http://z.org"))
        ]
    );
}

#[test]
fn markdown_is_told_by_its_look() {
    for text in [
        "# Head\n\nText",
        "x\n\n## Head",
        "```\ncode",
        "see [this](https://x.org)",
        "|a|\n|--|",
    ] {
        assert!(sniff(text), "{text:?}");
    }
    for text in [
        "Head\n\nText",
        "#!/bin/sh\n# a comment",
        "#hashtag",
        "1 # 2",
        "",
    ] {
        assert!(!sniff(text), "{text:?}");
    }
}

#[test]
fn depth_is_no_danger() {
    for text in [">".repeat(10_000) + " deep", "- ".repeat(10_000) + "deep"] {
        let document = document(&text);
        assert_eq!(
            (document.text.as_str(), document.blocks[0].level),
            ("deep", u8::MAX)
        );
    }
}

/// Lines that make and break blocks of all kinds.
fn markup() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[a-c é*_`~\\[\\]()<>!#&|\\\\]{0,20}",
        "(> ?|- |1\\. |  |    |# |\\| )[ab*`|> -]{0,12}",
        proptest::sample::select(vec![
            "",
            "```",
            "|-|-|",
            "---",
            "===",
            "<!-- a",
            "-->",
            "<div>b</div>",
            "x[^a] [a]"
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(line, 0..25).prop_map(|lines| lines.join("\n"))
}

/// The same with definitions of links and footnotes.
fn with_definitions() -> impl Strategy<Value = String> {
    let definition = proptest::sample::select(vec![
        "[a]: /b",
        "[^a]: note[^b]",
        "\n[^b]: > x\n",
        "[^a]:",
        "",
    ]);
    (markup(), definition, markup())
        .prop_map(|(before, definition, after)| format!("{before}\n{definition}\n{after}"))
}

proptest! {
    #[test]
    fn every_word_stands_in_the_text_in_order(text in markup()) {
        let document = document(&text);
        let mut rest = document.text.as_str();
        for event in Parser::new_ext(&text, options()) {
            let (Event::Text(words) | Event::Code(words)) = event else { continue };
            for word in words.split_ascii_whitespace() {
                let after = rest.split_once(word);
                prop_assert!(after.is_some(), "{word:?} is missing in {:?}", document.text);
                rest = after.map_or("", |(_, after)| after);
            }
        }
    }

    #[test]
    fn windows_make_no_difference(text in markup(), window in 1_usize..60) {
        prop_assume!(!acts_from_afar(&text));
        prop_assert_eq!(read(&text, window), document(&text));
    }

    #[test]
    fn any_text_gives_a_sound_document(text in any::<String>(), markup in with_definitions()) {
        for text in [&text, &markup, &format!("{markup}\u{1b}{text}")] {
            prop_assert_eq!(document(text).check(), Vec::<String>::new());
        }
    }
}

#[test]
fn a_line_full_of_what_looks_like_definitions_is_looked_at_once() {
    let line = "a]:".repeat(1 << 20);
    let begun = std::time::Instant::now();
    assert!(!super::acts_from_afar(&line));
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    assert!(super::acts_from_afar(&format!("{line}\n[b]: c")));
}

#[test]
fn scripts_and_styles_in_a_line_are_not_read() {
    let text = "One <script>alert('x') *y*</script>two <style>p {}</style>three.\n\nFour <script>never closed\n\nFive.\n";
    assert_eq!(read(text, 1 << 20).text, "One two three.\n\nFour\n\nFive.");
}
