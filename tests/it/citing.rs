//! Copying with citation: who is taken for the speaker, and what readers of Markdown see of the words.

use std::sync::Arc;

use briefing::analysis::analyze_whole;
use briefing::export::citation::{Citation, Form};
use briefing::text::TextRange;

use crate::driver::document_of;

/// What a reader of Markdown sees is the words as they were.
#[test]
fn markdown_reads_back_as_the_words() {
    for words in [
        "It “works”, he said.",
        "1. *One* _two_ `three` [four](x) <b>five</b> $6 & 7% #8 {9} \\ten ~~11~~ ^",
        "# One\n\n- two\n+ three\n\n> four\n\n===\n\n1) five\n---\n| six | &amp; seven |",
    ] {
        let citation = Citation {
            words: words.into(),
            ..Citation::default()
        };
        let markdown = Form::by_name("markdown")
            .expect("it is a row")
            .write(&citation);
        let document = document_of(&markdown);
        let squeezed = |text: &str| -> String { text.split_whitespace().collect() };
        let (read, words) = (squeezed(&document.text), squeezed(words));
        assert!(read.starts_with(&words), "{read}\n{words}");
    }
}

#[test]
fn a_speaker_is_named_only_where_there_is_no_doubt() {
    // The passage stands between bars.
    let intro = "# T\n\nForeign Minister Halden Voss met Mirela Aston of the Ministry of Transport on Monday.\n\n";
    for (marked, expected) in [
        ("|“We will wait,” said Halden Voss.|", Some("Halden Voss")),
        (
            "|“We will wait,” said Foreign Minister Halden Voss.|",
            Some("Halden Voss"),
        ),
        ("|Voss said that the port would wait.|", Some("Halden Voss")),
        (
            "|Voss, who met her on Monday, said the port would wait.|",
            Some("Halden Voss"),
        ),
        (
            "|The Ministry of Transport said in a notice that it would wait.|",
            Some("Ministry of Transport"),
        ),
        (
            "|The port will wait, according to Mirela Aston.|",
            Some("Mirela Aston"),
        ),
        ("“|We will wait|,” said Halden Voss.", Some("Halden Voss")),
        (
            "|“We wait. We have no choice,” said Mirela Aston.|",
            Some("Mirela Aston"),
        ),
        (
            "|But Aston told reporters that it was late.|",
            Some("Mirela Aston"),
        ),
        (
            "|while Aston told reporters that it was late.|",
            Some("Mirela Aston"),
        ),
        ("|He said that Voss would wait.|", None),
        ("|Voss said nothing.|", None),
        ("|A spokesman for Voss said the port would wait.|", None),
        ("|Voss and Aston said the port would wait.|", None),
        ("|Voss said that Aston said so.|", None),
        ("|Voss said it would wait. The port shut.|", None),
        ("|Voss ordered a halt.|", None),
        (
            "|The board, which met on Monday, added Voss to the list.|",
            None,
        ),
        ("|“Voss said so,” she said.|", None),
        ("|The port of Selhaven said it would wait.|", None),
    ] {
        let text = format!("{intro}{}\n", marked.replace('|', ""));
        let briefing = analyze_whole(&Arc::new(document_of(&text)));
        let document = &briefing.document;
        let words = marked.split('|').nth(1).expect("there are bars");
        let before = marked.split('|').next().unwrap_or_default();
        let block = document.blocks.last().expect("there is one").range;
        let start = block.start() + before.len();
        let range = TextRange::new(start, start + words.len());
        assert_eq!(range.of(&document.text), words);
        let citation = Citation::of(&briefing, range);
        assert_eq!(citation.speaker.as_deref(), expected, "{marked}");
    }
}
