//! What is fuzzed: every reader of bytes, where its inputs begin, and what must hold of what comes out.
//!
//! It stands apart because two programs use it: the fuzzer (`main`), which looks for new inputs, and the tests, which
//! read those again that were found.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use briefing::formats::{self, FORMATS, Held, Options, Read, Shelf, Source, Step};
use briefing::model::{Document, Meta};
use briefing::text::harmless;

use crate::mutate;
#[cfg(not(test))]
#[path = "../it/press.rs"]
mod press;
#[cfg(test)]
use crate::press;

/// Parts of a packed fixture over this are left out: styles and pictures, of which a few bytes matter.
const PART: usize = 24 << 10;
/// Entries of a list that are opened.
const ITEMS: usize = 8;

/// One reader of bytes.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Row of `FORMATS`; `None` where the bytes say what they are.
    format: Option<&'static str>,
    shape: Shape,
    /// Fixtures and test documents to begin with.
    files: &'static [&'static str],
}

/// What the fuzzer sees of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// The bytes as they are.
    Bytes,
    /// The parts of an archive, one after another, so that XML is changed and not what packs it.
    Parts,
}

/// Stands before the name of each part, and between name and words.
const BETWEEN: &[u8] = b"\0\0";

pub(crate) const TARGETS: &[Target] = &[
    Target {
        name: "markdown",
        format: Some("markdown"),
        shape: Shape::Bytes,
        files: &["data/harbour.md", "data/ugly.md", "data/links.md"],
    },
    Target {
        name: "front-matter",
        format: Some("markdown"),
        shape: Shape::Bytes,
        files: &[],
    },
    Target {
        name: "text",
        format: Some("text"),
        shape: Shape::Bytes,
        files: &["data/bare.txt", "data/mail.txt"],
    },
    Target {
        name: "html",
        format: Some("html"),
        shape: Shape::Bytes,
        files: &["data/release.html"],
    },
    Target {
        name: "docx",
        format: Some("docx"),
        shape: Shape::Parts,
        files: &["fixtures/sample.docx", "fixtures/pandoc.docx"],
    },
    Target {
        name: "odt",
        format: Some("odt"),
        shape: Shape::Parts,
        files: &["fixtures/sample.odt"],
    },
    Target {
        name: "epub",
        format: Some("epub"),
        shape: Shape::Parts,
        files: &["fixtures/sample.epub", "fixtures/epub2.epub"],
    },
    Target {
        name: "archive",
        format: None,
        shape: Shape::Bytes,
        files: &[
            "fixtures/sample.epub",
            "fixtures/sample.docx",
            "fixtures/epub2.epub",
        ],
    },
    Target {
        name: "pdf",
        format: Some("pdf"),
        shape: Shape::Bytes,
        files: &["fixtures/groff.pdf", "fixtures/weasyprint.pdf"],
    },
    Target {
        name: "email",
        format: Some("email"),
        shape: Shape::Bytes,
        files: &[
            "fixtures/plain.eml",
            "fixtures/alternative.eml",
            "fixtures/attachments.eml",
            "fixtures/reply.eml",
        ],
    },
    Target {
        name: "mbox",
        format: Some("mbox"),
        shape: Shape::Bytes,
        files: &["fixtures/box.mbox"],
    },
    Target {
        name: "feed",
        format: Some("feed"),
        shape: Shape::Bytes,
        files: &[],
    },
    Target {
        name: "anything",
        format: None,
        shape: Shape::Bytes,
        files: &[
            "data/harbour.md",
            "data/release.html",
            "data/mail.txt",
            "fixtures/plain.eml",
            "fixtures/box.mbox",
        ],
    },
];

impl Target {
    /// What stands in such files, for the mutator: a line each of `signs/NAME.txt`.
    pub(crate) fn signs(&self) -> Vec<Vec<u8>> {
        let path = root()
            .join("tests/fuzz/signs")
            .join(format!("{}.txt", self.name));
        let written = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        written.lines().map(sign).collect()
    }

    /// Inputs to begin with: fixtures, and what was written or found before.
    pub(crate) fn seeds(&self) -> Vec<Vec<u8>> {
        let tests = root().join("tests");
        let read = |path: PathBuf| {
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        let mut seeds: Vec<Vec<u8>> = Vec::new();
        for file in self.files {
            let bytes = read(tests.join(file));
            seeds.push(match self.shape {
                Shape::Bytes => bytes,
                Shape::Parts => unpack(&bytes),
            });
        }
        if self.name == "pdf" {
            let read = formats::read(&Source::sample(), &Options::default());
            let sample = read.expect("it is built in").document();
            seeds.push(press::print(&sample.expect("it is one"), 3));
        }
        seeds.extend(self.saved().into_iter().map(read));
        seeds
    }

    /// Small files written to begin with (`begin-1`), and those that broke something once, in order.
    pub(crate) fn saved(&self) -> Vec<PathBuf> {
        let Ok(folder) = std::fs::read_dir(self.folder()) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    }

    /// Where they lie.
    pub(crate) fn folder(&self) -> PathBuf {
        root().join("tests/fuzz/saved").join(self.name)
    }

    /// Reads an input, and judges what came of it: its look as a number, or what is wrong.
    pub(crate) fn run(&self, input: &[u8]) -> Result<u64, String> {
        let bytes = match self.shape {
            Shape::Bytes => input.to_vec(),
            Shape::Parts => pack(input),
        };
        let row = |name: &str| FORMATS.iter().find(|format| format.name == name);
        let held = Held {
            name: "fuzzed".into(),
            format: self.format.map(|name| row(name).expect("a row of FORMATS")),
            bytes: bytes.into(),
            meta: Meta::default(),
        };
        judge(&Source::Held(Arc::new(held)))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Opens a source as the program does, head and rest.
fn judge(source: &Source) -> Result<u64, String> {
    let faults = std::cell::RefCell::new(Vec::new());
    let watch = |step: Step| {
        if let Step::Head(head) = step {
            faults.borrow_mut().extend(faults_of(&head));
        }
        true
    };
    let read = formats::open(source, &Options::default(), &watch).and_then(|opened| {
        faults.borrow_mut().extend(faults_of(&opened.document));
        match opened.rest {
            Some(rest) => rest.read(&watch),
            None => Ok(Read::Document(opened.document)),
        }
    });
    let mut look = DefaultHasher::new();
    match read {
        Ok(Read::Document(document)) => {
            faults.borrow_mut().extend(faults_of(&document));
            look_of(&document, &mut look);
        }
        Ok(Read::Shelf(shelf)) => list(&shelf, &mut look)?,
        Err(error) => {
            let sentence = error.to_string();
            if sentence.contains('\n')
                || sentence.is_empty()
                || harmless::clean(&sentence).is_some()
            {
                return Err(format!("not one sentence: {sentence:?}"));
            }
            let told: String = sentence.chars().filter(|it| !it.is_ascii_digit()).collect();
            told.hash(&mut look);
        }
    }
    let faults = faults.into_inner();
    match faults.first() {
        Some(fault) => Err(fault.clone()),
        None => Ok(look.finish()),
    }
}

fn list(shelf: &Shelf, look: &mut DefaultHasher) -> Result<(), String> {
    shelf.items.len().min(9).hash(look);
    for item in shelf.items.iter().take(ITEMS) {
        if harmless::clean(&item.title).is_some() {
            return Err(format!("a title that is not harmless: {:?}", item.title));
        }
        // What is to be had from the web is not fetched here.
        if matches!(item.source, Source::Held(_)) {
            judge(&item.source)?.hash(look);
        }
    }
    Ok(())
}

fn faults_of(document: &Document) -> Vec<String> {
    let mut faults = document.check();
    let meta = &document.meta;
    let stated = [
        &meta.title,
        &meta.author,
        &meta.publisher,
        &meta.published,
        &meta.notice,
    ];
    let lines = stated.into_iter().flatten().map(String::as_str);
    for words in lines.chain([document.text.as_str()]) {
        if harmless::clean(words).is_some() {
            let start: String = words.chars().take(60).collect();
            faults.push(format!("not harmless: {start:?}"));
        }
    }
    faults
}

/// A sign as it is written in a list: `\n`, `\t`, `\r`, `\0`, `\e`, `\f` and `\u{feff}` stand for what they mean.
fn sign(written: &str) -> Vec<u8> {
    let mut sign = String::new();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            sign.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => sign.push('\n'),
            Some('t') => sign.push('\t'),
            Some('r') => sign.push('\r'),
            Some('0') => sign.push('\0'),
            Some('e') => sign.push('\u{1b}'),
            Some('f') => sign.push('\u{c}'),
            Some('u') => {
                let digits = letters.by_ref().skip(1).take_while(|&it| it != '}');
                let digits: String = digits.collect();
                let number = u32::from_str_radix(&digits, 16).expect("a number in a list of signs");
                sign.extend(char::from_u32(number));
            }
            other => sign.extend(other),
        }
    }
    sign.into_bytes()
}

/// How a document looks, roughly: two that look alike are of one kind to the fuzzer.
fn look_of(document: &Document, look: &mut DefaultHasher) {
    let rough = |count: usize| count.checked_ilog2().map_or(0, |it| it + 1);
    let mut kinds = [0_usize; 16];
    for block in &document.blocks {
        let words = format!("{:?}{}", block.kind, block.level);
        let mut hasher = DefaultHasher::new();
        words.hash(&mut hasher);
        kinds[hasher.finish() as usize % kinds.len()] += 1;
    }
    kinds.map(rough).hash(look);
    [
        document.text.len(),
        document.styles.len(),
        document.links.len(),
        document.turns.len(),
    ]
    .map(rough)
    .hash(look);
    let told = document.meta.notice.as_deref().unwrap_or_default();
    let told: String = told.chars().filter(|it| !it.is_ascii_digit()).collect();
    (
        told,
        document.meta.title.is_some(),
        document.meta.author.is_some(),
    )
        .hash(look);
}

/// The parts of an archive, one after another.
fn unpack(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a fixture is an archive");
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("it has so many");
        let name = part.name().expect("it has a name").into_owned();
        let mut words = Vec::new();
        part.read_to_end(&mut words).expect("it is sound");
        if words.len() <= PART {
            parts.extend([BETWEEN, name.as_bytes(), BETWEEN, &words].concat());
        }
    }
    parts
}

/// An archive with these parts, nothing packed.
fn pack(input: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let pieces = mutate::split(input, BETWEEN);
    for pair in pieces.get(1..).unwrap_or_default().chunks(2) {
        let name = String::from_utf8_lossy(pair[0]);
        // Two parts of one name cannot be written; what reads them is asked by `archive`.
        if archive.start_file(name, stored).is_ok() {
            archive
                .write_all(pair.get(1).copied().unwrap_or_default())
                .expect("it is written to memory");
        }
    }
    archive
        .finish()
        .expect("it is written to memory")
        .into_inner()
}
