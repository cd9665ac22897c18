//! PDF: the briefing that is built in, as the programs that people use print it, and what becomes of files that are
//! locked, damaged, scanned or made to harm.
//!
//! `tests/fixtures/make` made the files. Longer ones, and the seed, are printed here, in memory (`press`).

use std::cell::RefCell;
use std::sync::Arc;

use briefing::formats::{self, Held, LoadError, Options, Progress, Read, Source, Step, Unit};
use briefing::model::{Block, BlockKind, Document, Meta};
use proptest::prelude::*;

use crate::driver;
use crate::packed::{essence, fixture, headings, in_order, words};
use crate::press;
use crate::project;
use crate::roles::outside;

/// A file, the least part of the words that is read in order, and whether its table has rows.
const FIXTURES: &[(&str, f64, bool)] = &[
    ("sample.pdf", 0.99, true),
    // Its table is too narrow for its words: it parts them without a hyphen.
    ("two-columns.pdf", 0.985, true),
    ("latex.pdf", 0.99, true),
    ("latex-columns.pdf", 0.99, true),
    ("weasyprint.pdf", 0.99, true),
    // groff leaves out the words of links.
    ("groff.pdf", 0.98, true),
];

fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Document, LoadError> {
    let held = Held {
        name: "printed".into(),
        format: None,
        bytes: bytes.into(),
        meta: Meta::default(),
    };
    let options = Options {
        from: None,
        password: password.map(Arc::from),
    };
    let read = formats::read(&Source::Held(Arc::new(held)), &options)?;
    let document = read.document().expect("it is one document");
    assert_eq!(document.check(), Vec::<String>::new());
    Ok(document)
}

fn refusal(bytes: Vec<u8>, password: Option<&str>) -> String {
    open(bytes, password).unwrap_err().to_string()
}

/// The notes stand at the end of the original and at the foot of pages, so they are compared apart.
fn without_notes(document: &Document) -> String {
    let is_note = |block: &&Block| {
        let words = block.range.of(&document.text);
        words.contains("Nobody in the administration had confirmed")
    };
    let blocks = document.blocks.iter().filter(|block| !is_note(block));
    let texts: Vec<&str> = blocks.map(|block| block.range.of(&document.text)).collect();
    texts.join("\n")
}

#[test]
fn printed_briefings_have_the_words_and_headings_of_the_original() {
    let original = driver::document(&Source::sample());
    let expected = words(&without_notes(&original));
    for &(name, least, table) in FIXTURES {
        let document = open(fixture(name), None).unwrap();
        assert_eq!(document.meta.format, "pdf", "{name}");
        let found = words(&without_notes(&document));
        let same = in_order(&expected, &found);
        let kept = same as f64 / expected.len() as f64;
        let added = found.len() - same;
        println!("{name}: {:.2} % of the words, {added} others", kept * 100.0);
        assert!(kept >= least, "{name}: {kept}");
        // Author and date stand on the page as well, and the head of a table on each page it reaches.
        assert!(
            added * 30 <= expected.len(),
            "{name}: {added} words of its own"
        );
        assert!(
            document.text.contains("an order that never was."),
            "{name}: no note"
        );
        let plain = |headings: Vec<&str>| headings.join("; ").replace('’', "'");
        assert_eq!(
            plain(headings(&document)),
            plain(headings(&original)),
            "{name}"
        );
        assert_eq!(document.title(), original.title(), "{name}");
        let kinds = |kind: fn(&BlockKind) -> bool| {
            document
                .blocks
                .iter()
                .filter(|block| kind(&block.kind))
                .count()
        };
        assert!(
            kinds(|kind| matches!(kind, BlockKind::Quote)) > 0,
            "{name}: no quotation"
        );
        assert!(
            kinds(|kind| matches!(kind, BlockKind::Item(_))) >= 3,
            "{name}: no list"
        );
        assert_eq!(
            kinds(|kind| matches!(kind, BlockKind::TableRow { .. })) >= 3,
            table,
            "{name}"
        );
    }
}

#[test]
fn every_block_knows_its_page_and_what_runs_through_pages_is_gone() {
    for (name, pages) in [("sample.pdf", 3), ("latex.pdf", 4)] {
        let document = open(fixture(name), None).unwrap();
        // A note that goes on at the foot of the next page stands behind the text of that page.
        let pages_of = document.blocks.iter().filter(|block| {
            let words = block.range.of(&document.text);
            !words.contains("Nobody in the administration")
        });
        let found: Vec<u32> = pages_of
            .map(|block| block.page.expect("every block has a page").get())
            .collect();
        assert!(found.is_sorted(), "{name}: {found:?}");
        assert_eq!((found[0], *found.last().unwrap()), (1, pages), "{name}");
        for gone in ["Not for redistribution", "The Daily Briefing", "Page 2"] {
            assert!(!document.text.contains(gone), "{name}: {gone}");
        }
    }
    let stated = open(fixture("latex.pdf"), None).unwrap().meta;
    assert_eq!(stated.author.as_deref(), Some("The briefing project"));
    assert_eq!(stated.published.as_deref(), Some("2025-05-20"));
}

#[test]
fn a_paragraph_that_goes_on_overleaf_knows_where_the_page_turns() {
    let page = |lines: &[&str]| {
        let shown: String = lines
            .iter()
            .fold(String::new(), |all, line| all + &format!("({line}) Tj T* "));
        format!("BT /F 10 Tf 60 780 Td 13 TL {shown} ET")
    };
    let pages = [
        page(&[
            "The Authority told the crews on Monday that the night boats",
            "would stay in the har-",
        ]),
        page(&[
            "bour until the water falls again, and that nobody would be paid",
            "less for the nights that are lost.",
        ]),
    ];
    let document = open(press::file(&pages, "", &[]), None).unwrap();
    assert_eq!(document.blocks.len(), 1, "{}", document.text);
    let page_of = |words: &str| {
        let at = document
            .text
            .find(words)
            .unwrap_or_else(|| panic!("{words}: {}", document.text));
        document.page_at(at).map(u32::from)
    };
    assert_eq!(
        ["told", "stay", "until", "lost"].map(page_of),
        [1, 1, 2, 2].map(Some)
    );
    assert_eq!(document.last_page().map(u32::from), Some(2));
}

#[test]
fn where_the_reader_is_tells_the_page() {
    let driver = driver::Driver::open("../fixtures/latex.pdf", (80, 24));
    assert!(driver.text().contains(" %  p. 1  "), "{}", driver.text());
    let driver = driver.keys("G");
    assert!(driver.text().contains(" %  p. 4  "), "{}", driver.text());
    let driver = driver.keys("i");
    assert!(
        driver.text().contains(" page        4 of 4"),
        "{}",
        driver.text()
    );
}

#[test]
fn printed_the_first_article_keeps_its_sections_and_names() {
    let Some(path) = outside("seed/article.txt") else {
        return;
    };
    let plain = driver::document(&Source::Path(path));
    let printed = open(press::print(&plain, usize::MAX), None).unwrap();
    let expected = essence(plain);
    assert_eq!(expected.0.len(), 4, "{:?}", expected.0);
    assert_eq!(essence(printed), expected);
}

#[test]
fn a_locked_file_asks_for_its_password() {
    let locked = || fixture("locked.pdf");
    assert!(refusal(locked(), None).ends_with("give its password in a file with --password-file"));
    assert!(
        refusal(locked(), Some("guess"))
            .ends_with("the password in --password-file does not open it")
    );
    let opened = open(locked(), Some("secret")).unwrap();
    assert_eq!(
        opened.text,
        open(fixture("weasyprint.pdf"), None).unwrap().text
    );
}

#[test]
fn the_password_stands_on_the_first_line_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    let run = |words: &str| {
        std::fs::write(&path, words).unwrap();
        let locked = project::root().join("tests/fixtures/locked.pdf");
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_briefing"));
        program
            .arg("--password-file")
            .arg(&path)
            .args(["--to", "text"])
            .arg(locked);
        let output = program.output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(run("secret\nand more\n"), (Some(0), String::new()));
    assert_eq!(run("guess\n").0, Some(1));
    let (code, told) = run("\n");
    assert_eq!(code, Some(2));
    assert!(
        told.contains("the password stands on the first line of the file"),
        "{told}"
    );
}

#[test]
fn a_file_without_words_says_what_to_do() {
    let page = |content: &str| vec![content.to_owned()];
    let image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>\
                 stream\nx\nendstream";
    let scanned = press::file(&page("/X Do"), "/XObject<</X 7 0 R>>", &[image]);
    assert!(refusal(scanned, None).contains("run OCR on it first"));
    let inline = page("q 500 0 0 700 40 40 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q");
    assert!(refusal(press::file(&inline, "", &[]), None).contains("run OCR on it first"));
    let empty = refusal(press::file(&page("0 0 m 100 100 l S"), "", &[]), None);
    assert!(empty.contains("there are no words on its pages"), "{empty}");
    let cut = fixture("sample.pdf")[..400].to_vec();
    assert!(refusal(cut, None).contains("it is damaged"), "cut");
    assert!(refusal(b"%PDF-1.7\nnothing".to_vec(), None).contains("it is damaged"));
}

#[test]
fn a_file_without_its_table_of_places_is_read_all_the_same() {
    let mut bytes = press::print(&driver::document(&Source::sample()), usize::MAX);
    let whole = open(bytes.clone(), None).unwrap();
    let start = bytes
        .windows(4)
        .rposition(|window| window == b"xref")
        .unwrap();
    bytes.truncate(start - 20);
    assert_eq!(open(bytes, None).unwrap().text, whole.text);
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..300 {
        packed.write_all(&zeros).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut bytes = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n\
         4 0 obj\n<</Filter/FlateDecode/Length {}>>stream\n",
        packed.len()
    )
    .into_bytes();
    bytes.extend_from_slice(&packed);
    bytes.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n");
    let told = refusal(bytes, None);
    assert!(told.contains("unpacks to more than 256 MB"), "{told}");
}

#[test]
fn pictures_in_pictures_come_to_an_end() {
    // Each form draws the next one three times: without a limit, three to the power of twenty-four.
    let form = |next: usize| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>/Length 17>>\
             stream\n/X Do /X Do /X Do\nendstream"
        )
    };
    let forms: Vec<String> = (8..32).map(form).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let page = "BT /F 10 Tf 60 700 Td (There is a word.) Tj ET /X Do".to_owned();
    let read = open(press::file(&[page], "/XObject<</X 7 0 R>>", &forms), None).unwrap();
    assert_eq!(read.text, "There is a word.");
    let notice = read.meta.notice.unwrap();
    assert!(notice.contains("page 1 holds too much to draw"), "{notice}");
}

/// A long report: the briefing that is built in, over and over.
fn long(pages: usize) -> Vec<u8> {
    let original = driver::document(&Source::sample());
    let mut document = original.clone();
    while document.blocks.len() < pages * 18 {
        let offset = document.text.len() + 2;
        document.text.push_str("\n\n");
        document.text.push_str(&original.text);
        document
            .blocks
            .extend(original.blocks.iter().skip(1).map(|block| {
                let range = block.range;
                let range =
                    briefing::text::TextRange::new(range.start() + offset, range.end() + offset);
                Block { range, ..*block }
            }));
    }
    press::print(&document, pages)
}

#[test]
fn the_first_pages_are_shown_while_the_rest_is_read() {
    let told: RefCell<(Vec<Progress>, Vec<Document>)> = RefCell::default();
    let watch = |step: Step| {
        match step {
            Step::Progress(progress) => told.borrow_mut().0.push(progress),
            Step::Head(head) => told.borrow_mut().1.push(*head),
        }
        true
    };
    let read = |watch: formats::Watch<'_>| {
        let held = Held {
            name: "printed".into(),
            format: None,
            bytes: long(60).into(),
            meta: Meta::default(),
        };
        let opened = formats::open(&Source::Held(Arc::new(held)), &Options::default(), watch);
        match opened.unwrap().rest.unwrap().read(watch).unwrap() {
            Read::Document(document) => document,
            Read::Shelf(_) => panic!("a shelf"),
        }
    };
    let whole = read(&watch);
    let (progress, heads) = told.into_inner();
    assert!(!heads.is_empty());
    for head in &heads {
        assert_eq!(head.check(), Vec::<String>::new());
        assert!(head.blocks.len() > 50 && whole.text.starts_with(&head.text));
        assert_eq!(head.blocks[..], whole.blocks[..head.blocks.len()]);
    }
    let pages = progress
        .iter()
        .filter(|it| it.unit == Unit::Pages)
        .filter_map(|it| it.of);
    assert!(pages.max().unwrap() >= 50, "{:?}", progress.last());
    // Whoever stops keeps what came, and is told so.
    let stopped = read(
        &|step| !matches!(step, Step::Progress(it) if it.unit == Unit::Pages && it.done >= 12),
    );
    assert!(whole.text.starts_with(stopped.text.get(..200).unwrap()));
    let notice = stopped.meta.notice.unwrap();
    assert!(
        notice.starts_with("reading was stopped: only 12 of "),
        "{notice}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Damage ends in a document or in a sentence: never in a panic, never in silence.
    #[test]
    fn damaged_prints_are_read_or_refused(
        cut in 0.0_f64..1.2,
        flips in proptest::collection::vec((0.0_f64..1.0, any::<u8>()), 0..8),
    ) {
        for (name, ..) in FIXTURES {
            let mut bytes = fixture(name);
            let length = bytes.len();
            bytes.truncate((length as f64 * cut) as usize);
            for &(at, byte) in &flips {
                let at = (bytes.len() as f64 * at) as usize;
                if let Some(place) = bytes.get_mut(at) {
                    *place ^= byte;
                }
            }
            if let Err(error) = open(bytes, None) {
                prop_assert!(!error.to_string().contains('\n'), "{}", error);
            }
        }
    }
}
