//! Bytes to [`Document`]: one file per format, one row per format in [`FORMATS`].
//!
//! Readers of text are total: any text gives a document. Only files and encodings can fail.

use std::path::PathBuf;

use crate::model::{Block, BlockKind, Document};
use crate::text::TextRange;

/// What can be read, and how it is recognised.
#[derive(Debug)]
pub struct Format {
    /// Name for `--from` and for JSON.
    pub name: &'static str,
}

/// Every format, in the order of detection.
pub const FORMATS: &[Format] = &[Format { name: "markdown" }, Format { name: "text" }];

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Path(PathBuf),
    Stdin,
    /// The briefing that is built in.
    Sample,
}

/// A document that is open: all of it, or its head and a handle on the rest.
#[derive(Debug)]
pub struct Opened {
    pub document: Document,
    /// `None` when `document` is whole.
    pub rest: Option<Rest>,
}

/// What is still to be read of a long document.
#[derive(Debug)]
pub struct Rest;

impl Rest {
    /// Reads on and gives the whole document (head included), for a worker thread.
    pub fn read(self) -> Result<Document, LoadError> {
        Ok(Document::default())
    }
}

/// Why a document could not be read: one sentence for the reader (what, where, why, what to do).
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{name} could not be read: {source}")]
    Read {
        name: String,
        source: std::io::Error,
    },
}

/// Opens `source`: reads a short document whole, of a long one the head.
pub fn open(source: &Source, from: Option<&'static Format>) -> Result<Opened, LoadError> {
    let _ = from;
    let Source::Path(path) = source else {
        return Ok(Opened {
            document: Document::default(),
            rest: None,
        });
    };
    let text = std::fs::read_to_string(path).map_err(|source| LoadError::Read {
        name: path.display().to_string(),
        source,
    })?;
    let mut document = Document::default();
    for (line, words) in text
        .lines()
        .enumerate()
        .filter(|(_, words)| !words.trim().is_empty())
    {
        let start = document.text.len();
        document.text.push_str(words);
        let kind = if words.len() < 60 {
            BlockKind::Heading
        } else {
            BlockKind::Paragraph
        };
        let range = TextRange::new(start, document.text.len());
        document.blocks.push(Block {
            range,
            kind,
            level: 2,
            tight: false,
            line: line as u32 + 1,
            page: None,
        });
        document.text.push_str("\n\n");
    }
    Ok(Opened {
        document,
        rest: None,
    })
}
