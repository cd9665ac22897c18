//! Bytes to [`Document`]: one file per format, one row per format in [`FORMATS`].
//!
//! Readers of text are total: any text gives a document. Only files and encodings can fail.
//!
//! A long document comes in two steps: its head at once, the whole from [`Rest::read`] in a worker thread.
//! Both are read by the same code, and what is decided by looking around (is this a title? are these lines
//! wrapped?) is decided on the head alone ([`Decided`]), so that the one begins as the other.

use crate::model::{Document, Meta};

pub mod builder;
mod decode;
mod front_matter;
mod html;
mod markdown;
mod plain;
mod source;
mod structure;

use builder::DocumentBuilder;
use source::Input;
pub use source::{LoadError, SAMPLES, Sample, Source};

/// A document up to this size is read at once.
const HEAD: usize = 64 * 1024;

/// What can be read, and how it is recognised.
#[derive(Debug)]
pub struct Format {
    /// Name for `--from` and for JSON.
    pub name: &'static str,
    /// Of file names, lower case.
    pub extensions: &'static [&'static str],
    /// Whether a text whose name tells nothing looks like it.
    pub sniff: fn(&str) -> bool,
    /// Reads a text. Total.
    pub read: fn(&Reading<'_>, &mut DocumentBuilder),
}

/// Every format, in the order of detection; the last takes what no other does.
pub const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        extensions: &[
            "md", "markdown", "mdown", "mkd", "mkdn", "mdwn", "mdtext", "qmd", "rmd",
        ],
        sniff: markdown::sniff,
        read: markdown::read,
    },
    Format {
        name: "text",
        extensions: &["txt", "text", "log", "asc", "eml"],
        sniff: |_| true,
        read: plain::read,
    },
];

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

/// A document that is open: all of it, or its head and a handle on the rest.
#[derive(Debug)]
pub struct Opened {
    pub document: Document,
    /// `None` when `document` is whole.
    pub rest: Option<Rest>,
}

/// What is still to be read of a long document.
#[derive(Debug)]
pub struct Rest {
    input: Input,
    /// What was read of it.
    bytes: Vec<u8>,
    format: &'static Format,
    decided: Decided,
}

/// The part of a document on which decisions are taken.
#[derive(Clone, Copy, Debug)]
struct Decided {
    bytes: usize,
    blocks: usize,
}

impl Rest {
    /// Reads on and gives the whole document (head included), for a worker thread.
    pub fn read(mut self) -> Result<Document, LoadError> {
        self.input.read_all(&mut self.bytes)?;
        let text = decode(&self.input, self.bytes)?;
        let whole = parse(&self.input, self.format, &text, Some(self.decided), true);
        Ok(whole.0)
    }
}

/// Opens `source`: reads a short document whole, of a long one the head.
pub fn open(source: &Source, from: Option<&'static Format>) -> Result<Opened, LoadError> {
    open_with(Input::open(source)?, from, HEAD)
}

fn open_with(
    mut input: Input,
    from: Option<&'static Format>,
    head: usize,
) -> Result<Opened, LoadError> {
    let mut bytes = Vec::new();
    input.read_past(head, &mut bytes)?;
    if bytes.is_empty() {
        return Err(LoadError::Empty {
            name: input.spoken(),
        });
    }
    if bytes.len() <= head {
        return open_whole(&mut input, bytes, from);
    }
    let head = bytes
        .get(..decode::head_len(&bytes, head))
        .unwrap_or(&bytes)
        .to_vec();
    let text = decode(&input, head)?;
    let format = from.unwrap_or_else(|| detect(&text.text, input.extension.as_deref()));
    let (document, decided) = parse(&input, format, &text, None, false);
    if document.blocks.is_empty() {
        // Nothing to show yet (a long comment): there is no use in a head.
        return open_whole(&mut input, bytes, Some(format));
    }
    let rest = Some(Rest {
        input,
        bytes,
        format,
        decided,
    });
    Ok(Opened { document, rest })
}

fn open_whole(
    input: &mut Input,
    mut bytes: Vec<u8>,
    from: Option<&'static Format>,
) -> Result<Opened, LoadError> {
    input.read_all(&mut bytes)?;
    let text = decode(input, bytes)?;
    let format = from.unwrap_or_else(|| detect(&text.text, input.extension.as_deref()));
    let (document, _) = parse(input, format, &text, None, true);
    if document.blocks.is_empty() {
        return Err(LoadError::Empty {
            name: input.spoken(),
        });
    }
    Ok(Opened {
        document,
        rest: None,
    })
}

/// The format of a text: by the extension of its name, else by its look.
fn detect(text: &str, extension: Option<&str>) -> &'static Format {
    let named = extension.and_then(|extension| {
        FORMATS
            .iter()
            .find(|format| format.extensions.contains(&extension))
    });
    let named = named.filter(|named| named.name != "text" || !markdown::headed(text));
    let found = named.or_else(|| FORMATS.iter().find(|format| (format.sniff)(text)));
    found.expect("the last format takes any text")
}

fn decode(input: &Input, bytes: Vec<u8>) -> Result<decode::Decoded, LoadError> {
    decode::decode(bytes).map_err(|decode::ZeroByte(at)| LoadError::Binary {
        name: input.spoken(),
        at,
    })
}

/// Text to document. `decided` comes from the head, if one was read before.
fn parse(
    input: &Input,
    format: &'static Format,
    text: &decode::Decoded,
    decided: Option<Decided>,
    whole: bool,
) -> (Document, Decided) {
    let mut meta = Meta {
        source: input.name.clone(),
        format: format.name,
        notice: text.notice.clone(),
        ..Meta::default()
    };
    let text = text.text.as_str();
    let body = front_matter::take(text, &mut meta);
    let body_text = text.get(body..).unwrap_or_default();
    let bytes = decided.map_or(text.len(), |decided| decided.bytes);
    let reading = Reading {
        text: body_text,
        first_line: 1 + memchr::memchr_iter(b'\n', text.get(..body).unwrap_or_default().as_bytes())
            .count() as u32,
        look: text.get(body..bytes).unwrap_or(body_text),
        whole,
    };
    let mut builder = DocumentBuilder::new(body_text.len(), meta);
    (format.read)(&reading, &mut builder);
    let mut document = builder.finish();
    if !whole {
        structure::leave_out_undecided(&mut document);
    }
    let blocks = decided.map_or(document.blocks.len(), |decided| decided.blocks);
    structure::find(&mut document, blocks);
    debug_assert_eq!(document.check(), Vec::<String>::new());
    (document, Decided { bytes, blocks })
}

#[cfg(test)]
mod tests;
