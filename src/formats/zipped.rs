//! ZIP files for tests: documents made in memory, part by part.
//!
//! It stands apart because the tests of every packed format make them.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::builder::DocumentBuilder;
use super::{FORMATS, Fault, Options, Read, Reader, Whole, unwatched};
use crate::model::{BlockKind, Document, Mark, Meta};

/// A ZIP file with these parts.
pub(super) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, words) in parts {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(words.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// `bytes` read as the format of this name.
pub(super) fn read(bytes: &[u8], name: &str) -> Result<Read, Fault> {
    let format = FORMATS
        .iter()
        .find(|format| format.name == name)
        .expect("a row");
    let meta = Meta {
        format: format.name,
        ..Meta::default()
    };
    let options = Options::default();
    let whole = Whole {
        bytes,
        name: "file",
        charset: None,
        options: &options,
        watch: &unwatched,
    };
    match format.reader {
        Reader::Document(read) => {
            read(&whole, DocumentBuilder::new(bytes.len(), meta)).map(Read::Document)
        }
        Reader::Shelf(read) => read(&whole, &bytes.into()).map(Read::Shelf),
        Reader::Text { .. } => unreachable!("no packed format"),
    }
}

/// The document in `bytes`.
pub(super) fn document(bytes: &[u8], name: &str) -> Document {
    let read = read(bytes, name).expect("readable");
    let document = read.document().expect("one document");
    assert_eq!(document.check(), Vec::<String>::new());
    document
}

/// A document, a line for each block: what it is, and its words.
pub(super) fn shown(document: &Document) -> String {
    let lines = document.blocks.iter().map(|block| {
        let words = block
            .range
            .of(&document.text)
            .replace('\t', " | ")
            .replace('\n', " / ");
        let indent = "  ".repeat(usize::from(block.level.saturating_sub(1)));
        match block.kind {
            BlockKind::Title => format!("= {words}"),
            BlockKind::Heading => format!("{} {words}", "#".repeat(usize::from(block.level))),
            BlockKind::Paragraph => words,
            BlockKind::Item(Mark::Bullet) => format!("{indent}- {words}"),
            BlockKind::Item(Mark::Number(number)) => format!("{indent}{number}. {words}"),
            BlockKind::Item(Mark::Footnote(number)) => format!("[{number}]: {words}"),
            BlockKind::Item(_) => format!("{indent}. {words}"),
            BlockKind::Quote => format!("{} {words}", ">".repeat(usize::from(block.level))),
            BlockKind::Code => format!("` {words}"),
            BlockKind::TableRow { header: true } => format!("|| {words}"),
            BlockKind::TableRow { header: false } => format!("| {words}"),
            BlockKind::Rule => "---".to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
