//! Packed documents: the briefing that is built in, as the programs that people use write it, and what becomes of
//! files that are damaged, mislabelled or made to harm.
//!
//! `tests/fixtures/make` made the files. The seed is packed here, in memory, and never written down.

use std::io::{Cursor, Write};
use std::sync::Arc;

use briefing::analysis::analyze_whole;
use briefing::formats::{self, FORMATS, Format, Held, LoadError, Options, Read, Source};
use briefing::model::{BlockKind, Briefing, Document, Meta, RoleId};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::driver;
use crate::project;
use crate::roles::outside;

/// All of one document each.
const FIXTURES: &[&str] = &[
    "sample.docx",
    "pandoc.docx",
    "sample.odt",
    "sample.epub",
    "epub2.epub",
    "plain.eml",
    "alternative.eml",
    "html.eml",
];

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = project::root().join("tests/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn format(name: &str) -> &'static Format {
    let found = FORMATS.iter().find(|format| format.name == name);
    found.expect("a row of FORMATS")
}

/// The format that a fixture is of.
fn format_of(name: &str) -> &'static Format {
    let (_, extension) = name.rsplit_once('.').expect("an extension");
    let found = FORMATS
        .iter()
        .find(|format| format.extensions.contains(&extension));
    found.expect("a row of FORMATS")
}

fn read(bytes: Vec<u8>, format: Option<&'static Format>) -> Result<Read, LoadError> {
    let held = Held {
        name: "packed".into(),
        format,
        bytes: bytes.into(),
        meta: Meta::default(),
    };
    formats::read(&Source::Held(Arc::new(held)), &Options::default())
}

fn document(bytes: Vec<u8>) -> Document {
    let document = read(bytes, None).unwrap().document();
    let document = document.expect("it is one document");
    assert_eq!(document.check(), Vec::<String>::new());
    document
}

/// Words as they are compared: programs make quotation marks curly.
pub(crate) fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// How many words stand in both, in the same order.
pub(crate) fn in_order(left: &[String], right: &[String]) -> usize {
    let mut row = vec![0_usize; right.len() + 1];
    for word in left {
        let mut diagonal = 0;
        for (at, other) in right.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[right.len()]
}

pub(crate) fn headings(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| block.is_heading());
    blocks.map(|block| block.range.of(&document.text)).collect()
}

#[test]
fn packed_briefings_have_the_words_and_headings_of_the_original() {
    let original = driver::document(&Source::sample());
    let expected = words(&original.text);
    for name in FIXTURES {
        let document = document(fixture(name));
        assert_eq!(document.meta.format, format_of(name).name, "{name}");
        let found = words(&document.text);
        let same = in_order(&expected, &found);
        let kept = same as f64 / expected.len() as f64;
        let added = found.len() - same;
        println!("{name}: {:.2} % of the words, {added} others", kept * 100.0);
        // A book of chapters has the note at the end of its chapter: 42 words stand in another place.
        let least = if *name == "epub2.epub" { 0.955 } else { 0.99 };
        assert!(kept >= least, "{name}: {kept}");
        let missing = expected.iter().filter(|word| !found.contains(word));
        assert_eq!(missing.count(), 0, "{name}");
        // Title, author and date stand on the page as well.
        assert!(
            (added as f64) <= 0.02 * expected.len() as f64 + (1.0 - kept) * expected.len() as f64,
            "{name}: {added} words of its own"
        );
        assert_eq!(headings(&document), headings(&original), "{name}");
        assert_eq!(document.title(), original.title(), "{name}");
        let stated = document.meta.published.as_deref().unwrap_or_default();
        assert!(stated.starts_with("2025-05-20"), "{name}: {stated}");
        assert!(document.meta.author.is_some(), "{name}");
        if !name.starts_with("plain") && !name.starts_with("alternative") {
            let has = |kind: fn(&BlockKind) -> bool| {
                document.blocks.iter().any(|block| kind(&block.kind))
            };
            assert!(
                has(|kind| matches!(kind, BlockKind::TableRow { .. })),
                "{name}"
            );
            assert!(has(|kind| matches!(kind, BlockKind::Quote)), "{name}");
            assert!(has(|kind| matches!(kind, BlockKind::Item(_))), "{name}");
            assert!(
                !document.links.is_empty() && !document.styles.is_empty(),
                "{name}"
            );
        }
    }
}

#[test]
fn a_reply_quotes_and_a_parcel_lists() {
    let reply = document(fixture("reply.eml"));
    assert_eq!(reply.title(), Some("Re: Zölle auf Kräne – was gilt?"));
    assert_eq!(reply.meta.author.as_deref(), Some("Jürgen Öström"));
    let quoted: Vec<(u8, &str)> = reply
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Quote)
        .map(|block| (block.level, block.range.of(&reply.text)))
        .collect();
    let expected = [
        (1, "Does the tariff hold already?"),
        (1, "The customs office would not say."),
        (2, "We expect a decision in May."),
        (2, "It may come late."),
    ];
    assert_eq!(quoted, expected);
    let parcel = document(fixture("attachments.eml"));
    for name in [
        "cranes 2025.csv (text/csv",
        "Haushalt für 2025.pdf (application/pdf, 2 kB)",
        "The quiet order",
    ] {
        assert!(parcel.text.contains(name), "{name}: {}", parcel.text);
    }
}

#[test]
fn a_mailbox_is_a_shelf_and_one_message_is_a_document() {
    let Read::Shelf(shelf) = read(fixture("box.mbox"), None).unwrap() else {
        panic!("no shelf");
    };
    let titles: Vec<&str> = shelf.items.iter().map(|item| item.title.as_str()).collect();
    let expected = [
        "Re: Zölle auf Kräne – was gilt?",
        "What the pilots said",
        "Budget of the harbour, with tables",
    ];
    assert_eq!(titles, expected);
    let second = &shelf.items[1];
    assert_eq!(second.date.as_deref(), Some("2025-05-20T09:35:00+02:00"));
    assert_eq!(second.words, Some(16));
    let opened = driver::document(&second.source);
    assert!(
        opened.text.contains("From there they went home."),
        "{}",
        opened.text
    );
    assert_eq!(opened.meta.source, "packed, message 2");
    let bytes = fixture("box.mbox");
    let line = b"\nFrom ";
    let end = bytes
        .windows(line.len())
        .position(|window| window == line)
        .unwrap();
    let one = document(bytes[..end].to_vec());
    assert_eq!((one.title(), one.meta.format), (Some(expected[0]), "email"));
}

#[test]
fn what_a_file_is_counts_more_than_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let read = formats::read(&Source::Path(path), &Options::default());
        read.map(|read| read.document().unwrap().meta.format)
            .map_err(|error| error.to_string())
    };
    for (name, bytes, expected) in [
        ("a.md", fixture("sample.docx"), "docx"),
        ("a.txt", fixture("sample.epub"), "epub"),
        ("a", fixture("sample.odt"), "odt"),
        ("a.txt", fixture("plain.eml"), "email"),
        (
            "memo.txt",
            b"From: the Minister\nTo: all\nDate: 20 May 2025\n\nThe cranes stop.\n".to_vec(),
            "text",
        ),
        (
            "a.eml",
            b"Subject: Cranes\n\nThe cranes stop.\n".to_vec(),
            "email",
        ),
    ] {
        assert_eq!(open(name, &bytes).as_deref(), Ok(expected), "{name}");
    }
    let old = [
        &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        wide("EncryptedPackage").as_slice(),
    ]
    .concat();
    for (name, bytes, sentence) in [
        (
            "a.docx",
            b"Only words.".to_vec(),
            "could not be read as docx: it is damaged (its list of parts is missing)",
        ),
        ("a.epub", fixture("sample.docx"), ""),
        (
            "b.docx",
            old,
            "could not be read as docx: it is locked with a password",
        ),
        (
            "a.eml",
            b"Only words, and no more.".to_vec(),
            "could not be read as email: it has no lines with sender",
        ),
        (
            "a.mbox",
            b"Only words.".to_vec(),
            "could not be read as mbox: it has no line that begins a message",
        ),
    ] {
        let told = open(name, &bytes).err().unwrap_or_default();
        assert!(told.contains(sentence), "{name}: {told}");
    }
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    /// Damage ends in a document or in a sentence: never in a panic, never in silence.
    #[test]
    fn damaged_files_are_read_or_refused(
        cut in 0.0_f64..1.2,
        flips in proptest::collection::vec((0.0_f64..1.0, any::<u8>()), 0..6),
    ) {
        for name in FIXTURES.iter().copied().chain(["reply.eml", "attachments.eml", "box.mbox"]) {
            let mut bytes = fixture(name);
            let length = bytes.len();
            bytes.truncate((length as f64 * cut) as usize);
            for &(at, byte) in &flips {
                let at = (bytes.len() as f64 * at) as usize;
                if let Some(place) = bytes.get_mut(at) {
                    *place ^= byte;
                }
            }
            match read(bytes, Some(format_of(name))) {
                Ok(Read::Document(document)) => prop_assert_eq!(document.check(), Vec::<String>::new()),
                Ok(Read::Shelf(shelf)) => prop_assert!(!shelf.items.is_empty()),
                Err(error) => prop_assert!(!error.to_string().contains('\n'), "{}", error),
            }
        }
    }
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(words.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

/// A document as a Word file with headings by style.
fn as_word(document: &Document) -> Vec<u8> {
    let paragraph = |block: &briefing::model::Block| {
        let style = match block.kind {
            BlockKind::Title => "<w:pStyle w:val='Title'/>",
            BlockKind::Heading => "<w:outlineLvl w:val='1'/>",
            _ => "",
        };
        let words = escaped(block.range.of(&document.text));
        format!("<w:p><w:pPr>{style}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body: String = document.blocks.iter().map(paragraph).collect();
    let text = format!("<w:document><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", &text)])
}

/// A document as a book of one chapter for each heading.
fn as_book(document: &Document) -> Vec<u8> {
    let mut chapters = vec![String::new()];
    for block in &document.blocks {
        let words = escaped(block.range.of(&document.text));
        if block.is_heading() {
            chapters.push(format!("<h2>{words}</h2>"));
        } else {
            let chapter = chapters.last_mut().expect("there is one");
            chapter.extend(["<p>", &words, "</p>"]);
        }
    }
    let names: Vec<String> = (0..chapters.len())
        .map(|at| format!("{at}.xhtml"))
        .collect();
    let item = |name: &String| {
        format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>")
    };
    let items: String = names.iter().map(item).collect();
    let order = |name: &String| format!("<itemref idref='{name}'/>");
    let order: String = names.iter().map(order).collect();
    let package = format!("<package><manifest>{items}</manifest><spine>{order}</spine></package>");
    let container = "<container><rootfile full-path='p.opf'/></container>";
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("p.opf", &package),
    ];
    parts.extend(
        names
            .iter()
            .map(String::as_str)
            .zip(chapters.iter().map(String::as_str)),
    );
    zipped(&parts)
}

fn as_mail(text: &str) -> Vec<u8> {
    let head = "From: Desk <desk@lantern.example>\r\nDate: Tue, 20 May 2025 09:30:00 +0200\r\nSubject: News\r\n\
                MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    format!("{head}{text}").into_bytes()
}

type Sections = Vec<(String, Option<RoleId>)>;
type Names = Vec<(String, usize)>;

/// Titles and roles of the sections, and all names with their mentions.
pub(crate) fn essence(document: Document) -> (Sections, Names) {
    let document = Arc::new(document);
    let briefing: Briefing = analyze_whole(&document);
    let sections = briefing.outline.sections.iter().map(|section| {
        let title = section.title(&document, &briefing.lens).to_owned();
        (title, section.role)
    });
    let names = briefing.entities.entities.iter();
    let names = names.map(|entity| (entity.name.clone(), entity.mentions.len()));
    (sections.collect(), names.collect())
}

#[test]
fn packed_the_first_article_keeps_its_sections_and_names() {
    let Some(path) = outside("seed/article.txt") else {
        return;
    };
    let text = std::fs::read_to_string(&path).unwrap();
    let plain = driver::document(&Source::Path(path));
    let expected = essence(plain.clone());
    assert_eq!(expected.0.len(), 4, "{:?}", expected.0);
    for (name, bytes) in [
        ("docx", as_word(&plain)),
        ("epub", as_book(&plain)),
        ("email", as_mail(&text)),
    ] {
        let packed = document(bytes);
        assert_eq!(packed.meta.format, format(name).name);
        assert_eq!(essence(packed), expected, "{name}");
    }
}
