//! Bytes to [`Document`]: one file per format, one row per format in [`FORMATS`].
//!
//! Readers of text are total: any text gives a document, in two steps when it is long (`open`). Packed formats
//! are read whole, beside the screen, and can fail ([`Fault`]). Some sources hold several documents ([`Shelf`]).

use std::sync::Arc;

mod address;
mod archive;
pub mod builder;
mod decode;
mod docx;
mod epub;
mod feed;
mod flow;
mod folder;
mod front_matter;
mod html;
mod mail;
mod markdown;
mod mbox;
mod named;
mod odt;
mod ole;
mod open;
mod pdf;
mod plain;
mod shape;
mod shelf;
mod source;
mod structure;
mod tally;
mod watch;
mod web;
mod whole;
mod xml;
#[cfg(test)]
mod zipped;

use crate::model::Document;
use builder::DocumentBuilder;
pub use open::{Opened, Read, Rest, open, read};
pub use shelf::{Held, Item, Shelf};
pub use source::{LoadError, SAMPLES, Sample, Source};
pub use watch::{Progress, Step, Unit, Watch, unwatched};
pub use web::Refusal;
pub use whole::{Fault, Whole};

/// What can be read, and how it is recognised.
#[derive(Debug)]
pub struct Format {
    /// Name for `--from` and for JSON.
    pub name: &'static str,
    /// Of file names, lower case.
    pub extensions: &'static [&'static str],
    /// Whether bytes that begin so are it, whatever their name says: given the first kilobytes of them.
    pub knows: fn(&[u8]) -> bool,
    pub reader: Reader,
}

impl Format {
    /// Whether it is read as text, head first.
    pub fn is_text(&self) -> bool {
        matches!(self.reader, Reader::Text { .. })
    }
}

/// How a format is read.
#[derive(Clone, Copy, Debug)]
pub enum Reader {
    /// A text in any encoding, its head first. Total.
    Text {
        /// Whether a text whose name tells nothing looks like it.
        sniff: fn(&str) -> bool,
        read: fn(&Reading<'_>, &mut DocumentBuilder),
    },
    /// One document from all its bytes. The builder has the source's name and format in its meta.
    Document(fn(&Whole<'_>, DocumentBuilder) -> Result<Document, Fault>),
    /// Several documents; the items may share the bytes.
    Shelf(fn(&Whole<'_>, &Arc<[u8]>) -> Result<Shelf, Fault>),
}

/// Every format, in the order of detection; the last takes what no other does.
pub const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        extensions: &[
            "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "qmd", "rmd",
        ],
        knows: |_| false,
        reader: Reader::Text {
            sniff: markdown::sniff,
            read: markdown::read,
        },
    },
    Format {
        name: "pdf",
        extensions: &["pdf"],
        knows: pdf::knows,
        reader: Reader::Document(pdf::read),
    },
    Format {
        name: "docx",
        extensions: &["docx", "docm", "dotx", "dotm", "doc"],
        knows: docx::knows,
        reader: Reader::Document(docx::read),
    },
    Format {
        name: "odt",
        extensions: &["odt", "ott"],
        knows: odt::knows,
        reader: Reader::Document(odt::read),
    },
    Format {
        name: "epub",
        extensions: &["epub"],
        knows: epub::knows,
        reader: Reader::Document(epub::read),
    },
    Format {
        name: "mbox",
        extensions: &["mbox", "mbx"],
        knows: mbox::knows,
        reader: Reader::Shelf(mbox::read),
    },
    Format {
        name: "email",
        extensions: &["eml"],
        knows: mail::knows,
        reader: Reader::Document(mail::read),
    },
    Format {
        name: "feed",
        extensions: &["rss", "atom", "rdf", "feed"],
        knows: feed::knows,
        reader: Reader::Shelf(feed::read),
    },
    Format {
        name: "html",
        extensions: &["html", "htm", "xhtml", "xht", "shtml"],
        knows: html::knows,
        reader: Reader::Document(html::read),
    },
    Format {
        name: "text",
        extensions: &["txt", "text", "log", "asc"],
        knows: |_| false,
        reader: Reader::Text {
            sniff: |_| true,
            read: plain::read,
        },
    },
];

/// What the person who opens a document says about it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read it as this, whatever it looks like.
    pub from: Option<&'static Format>,
    /// Opens what is locked.
    pub password: Option<Arc<str>>,
}

/// A text to read.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    pub text: &'a str,
    /// Line of the file on which `text` begins, from 1.
    pub first_line: u32,
    /// The part on which decisions are taken that hold for the whole.
    pub look: &'a str,
    /// Whether the text ends here; else its last block at the top level is left out.
    pub whole: bool,
}

#[cfg(test)]
mod tests;
