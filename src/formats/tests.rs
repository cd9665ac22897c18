//! Opening: what a file is taken for, the head and the whole, and every way it can fail.

use std::io::Cursor;

use proptest::prelude::*;

use super::open::{HEAD, detect, open_with};
use super::source::Input;
use super::{FORMATS, Format, LoadError, Opened, Options, Read, Rest, Source, open, unwatched};
use crate::model::{BlockKind, Document};

fn format(name: &str) -> &'static Format {
    FORMATS
        .iter()
        .find(|format| format.name == name)
        .expect("a format")
}

fn opened(text: &str, name: &str, head: usize) -> Result<Opened, LoadError> {
    let options = Options {
        from: Some(format(name)),
        ..Options::default()
    };
    let input = Input::new("-", Cursor::new(text.to_owned().into_bytes()));
    open_with(input, &options, head)
}

fn whole(rest: Rest) -> Document {
    match rest.read(&unwatched).expect("readable") {
        Read::Document(document) => document,
        Read::Shelf(shelf) => panic!("a shelf: {shelf:?}"),
    }
}

/// Whether `head` begins as `whole` does: the same blocks at the same places, the same words.
fn begins(head: &Document, whole: &Document) -> bool {
    whole.text.starts_with(&head.text)
        && whole.blocks.starts_with(&head.blocks)
        && whole.styles.starts_with(&head.styles)
}

fn failure(path: &std::path::Path) -> String {
    open(
        &Source::Path(path.to_owned()),
        &Options::default(),
        &unwatched,
    )
    .expect_err("not readable")
    .to_string()
}

#[test]
fn what_cannot_be_read_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    assert!(
        failure(&folder.path().join("no\u{1b}ne"))
            .ends_with("no␛ne does not exist: check the spelling and the folder")
    );
    let bare = tempfile::tempdir().expect("a folder");
    let read = super::read(&Source::Path(bare.path().into()), &Options::default());
    let why = read.expect_err("nothing in it").to_string();
    assert!(
        why.contains("has no document of a known format in it"),
        "{why}"
    );
    for empty in ["", "\n \n", "<!-- only a comment -->"] {
        assert!(
            failure(&file("empty.md", empty.as_bytes())).contains("is empty"),
            "{empty:?}"
        );
    }
    assert!(
        failure(&file("program", b"\x7fELF\x02\0\0 and much more of it")).contains("zero byte")
    );
}

#[test]
fn the_sample_opens_with_what_it_states() {
    let document = open(&Source::sample(), &Options::default(), &unwatched)
        .expect("built in")
        .document;
    assert_eq!(
        (document.meta.source.as_str(), document.meta.format),
        ("sample", "markdown")
    );
    assert!(document.title().is_some() && document.meta.published.is_some());
    assert_eq!(document.meta.notice, None);
}

#[test]
fn lines_are_those_of_the_file_below_front_matter() {
    let document = opened("---\ntitle: T\n---\n\nA text.\n", "markdown", HEAD)
        .expect("readable")
        .document;
    assert_eq!((document.title(), document.blocks[0].line), (Some("T"), 5));
}

#[test]
fn formats_are_told_by_name_and_by_look() {
    for (extension, text, expected) in [
        (Some("md"), "plain words", "markdown"),
        (Some("txt"), "# Head\n\nwords", "markdown"),
        (
            Some("txt"),
            "words\n\n## One\n\nwords\n\n## Two\n\nwords",
            "markdown",
        ),
        (
            Some("txt"),
            "# a setting\nkey = 1\n\n# another\nkey = 2",
            "text",
        ),
        (Some("txt"), "words\n\n# once\n\nwords", "text"),
        (None, "# Head\n\nwords", "markdown"),
        (Some("dat"), "plain words", "text"),
    ] {
        assert_eq!(
            detect(text, extension).name,
            expected,
            "{extension:?} {text}"
        );
    }
}

#[test]
fn a_long_line_opens_with_its_beginning() {
    let text = "word ".repeat(100_000);
    for name in ["markdown", "text"] {
        let opened = opened(&text, name, HEAD).expect("readable");
        let head = opened.document;
        assert!(head.text.len() > HEAD / 2);
        let whole = whole(opened.rest.expect("more"));
        assert!(whole.text.len() > 400_000 && whole.text.starts_with(&head.text));
    }
}

/// Reports of short and long lines, lists, headings.
fn report(separator: &'static str) -> impl Strategy<Value = String> {
    let block = prop_oneof![
        3 => "([A-Za-z]{2,9} ){10,40}[a-z]{2,9}\\.",
        2 => "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,4}",
        1 => "- [a-z]{2,9}( [a-z]{2,9}){0,4}",
        1 => "1\\. [a-z]{2,9}\n2\\. [a-z ]{2,9}",
        1 => "(# |## )[A-Z][a-z]{2,9}",
        1 => "\\*\\*[A-Z][a-z]{2,9}\\*\\*",
        1 => "> [a-z]{2,9} [a-z]{2,9}",
        1 => "```\n[a-z]{2,9}\n\n[a-z]{2,9}\n```",
        1 => "    [a-z]{1,3}    [a-z]{1,3}\n    [a-z]{1,3}    [a-z]{1,3}",
    ];
    proptest::collection::vec(block, 2..40).prop_map(move |blocks| blocks.join(separator))
}

proptest! {
    #[test]
    fn a_head_begins_as_the_whole_does(blank in report("\n\n"), lines in report("\n"), head in 100_usize..1500) {
        for (text, name) in [(&blank, "markdown"), (&blank, "text"), (&lines, "text"), (&lines, "markdown")] {
            let Opened { document, rest } = opened(text, name, head).expect("readable");
            let Some(rest) = rest else { continue };
            let whole = whole(rest);
            // A single block at the top level is shown although it is cut.
            let first = document.blocks[0].kind;
            let single = document.blocks.len() == 1 || !matches!(first, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Title);
            if single {
                let half = document.text.len() / 2;
                prop_assert!(whole.text.starts_with(document.text.get(..half).unwrap_or_default()));
            } else {
                prop_assert!(begins(&document, &whole), "{name} {text:?} {:#?}\n{:#?}", document, whole);
            }
            prop_assert_eq!(whole.check(), Vec::<String>::new());
        }
    }
}
