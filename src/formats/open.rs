//! Opening: source to document, or to documents to choose from.
//!
//! A long text comes in two steps: its head at once, the whole from [`Rest::read`] in a worker thread. Both are
//! read by the same code, and what is decided by looking around (is this a title? are these lines wrapped?) is
//! decided on the head alone ([`Decided`]), so that the one begins as the other. A packed format has no head
//! before it is read: [`open`] only recognises it, and everything comes from [`Rest::read`].

use std::path::PathBuf;
use std::sync::Arc;

use super::builder::{self, DocumentBuilder};
use super::source::Input;
use super::{
    FORMATS, Format, LoadError, Options, Reader, Reading, Shelf, Source, Watch, Whole, decode,
    folder, front_matter, markdown, structure, unwatched,
};
use crate::model::{Document, Meta};

/// A document up to this size is read at once.
pub(super) const HEAD: usize = 64 * 1024;

/// A source that is open: all of a document, or its head and a handle on the rest.
#[derive(Debug)]
pub struct Opened {
    /// Empty when nothing can be shown before the rest is read.
    pub document: Document,
    /// `None` when `document` is whole.
    pub rest: Option<Rest>,
}

/// What a source turned out to hold.
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time, and it is moved a few times"
)]
#[derive(Debug)]
pub enum Read {
    Document(Document),
    Shelf(Shelf),
}

/// What is still to be read.
#[derive(Debug)]
pub struct Rest(Ahead);

#[derive(Debug)]
enum Ahead {
    Bytes(Box<Begun>),
    Folder(PathBuf),
}

/// Bytes that were begun to be read.
#[derive(Debug)]
struct Begun {
    input: Input,
    /// What was read of it.
    bytes: Vec<u8>,
    format: &'static Format,
    options: Options,
    /// `None` when there was no head.
    decided: Option<Decided>,
}

/// The part of a document on which decisions are taken.
#[derive(Clone, Copy, Debug)]
struct Decided {
    bytes: usize,
    blocks: usize,
}

impl Read {
    /// The document, if it is one.
    pub fn document(self) -> Option<Document> {
        match self {
            Self::Document(document) => Some(document),
            Self::Shelf(_) => None,
        }
    }
}

impl Rest {
    /// Reads on and gives the whole (head included), for a worker thread.
    pub fn read(self, watch: Watch<'_>) -> Result<Read, LoadError> {
        match self.0 {
            Ahead::Bytes(begun) => begun.read(watch),
            Ahead::Folder(path) => folder::read(&path, watch).map(Read::Shelf),
        }
    }
}

impl Begun {
    fn read(mut self, watch: Watch<'_>) -> Result<Read, LoadError> {
        let stopped = !self.input.read_all(&mut self.bytes, watch)?;
        let bytes = self.bytes.len();
        let mut read = match self.format.reader {
            Reader::Text { .. } => {
                if stopped {
                    self.bytes
                        .truncate(decode::head_len(&self.bytes, bytes.saturating_sub(1)));
                }
                let text = decoded(&self.input, self.bytes)?;
                let whole = parse(&self.input, self.format, &text, self.decided, true);
                Read::Document(whole.0)
            }
            reader => packed(
                &self.input,
                self.format,
                reader,
                &self.bytes,
                (&self.options, watch),
            )?,
        };
        let meta = match &mut read {
            Read::Document(document) if document.blocks.is_empty() => {
                let name = self.input.spoken();
                return Err(LoadError::Empty { name });
            }
            Read::Shelf(several) if several.items.is_empty() => {
                let name = self.input.spoken();
                return Err(LoadError::Empty { name });
            }
            Read::Document(document) => &mut document.meta,
            Read::Shelf(found) => return alone(std::mem::take(found), &self.options, watch),
        };
        if stopped {
            let sentence = format!("reading was stopped after {bytes} bytes: the rest is missing");
            builder::notice(meta, &sentence);
        }
        self.input.state(meta);
        Ok(read)
    }
}

/// A shelf, or what lies on it if that is one document: nobody chooses from one.
fn alone(shelf: Shelf, options: &Options, watch: Watch<'_>) -> Result<Read, LoadError> {
    let (Source::Held(_), 1) = (&shelf.items[0].source, shelf.items.len()) else {
        return Ok(Read::Shelf(shelf));
    };
    // The format that was asked for is that of the shelf.
    let options = Options {
        from: None,
        ..options.clone()
    };
    let opened = open(&shelf.items[0].source, &options, watch)?;
    let mut read = match opened.rest {
        Some(rest) => rest.read(watch)?,
        None => Read::Document(opened.document),
    };
    if let (Read::Document(document), Some(sentence)) = (&mut read, &shelf.notice) {
        builder::notice(&mut document.meta, sentence);
    }
    Ok(read)
}

/// Opens `source`: reads a short text whole, of a long one the head, of anything else nothing yet.
///
/// An address is fetched here: call this beside the screen when [`Source::is_slow`].
pub fn open(source: &Source, options: &Options, watch: Watch<'_>) -> Result<Opened, LoadError> {
    if let Source::Path(path) = source
        && path.is_dir()
    {
        return Ok(Opened {
            document: Document::default(),
            rest: Some(Rest(Ahead::Folder(path.clone()))),
        });
    }
    open_with(Input::open(source, watch)?, options, HEAD)
}

/// Everything `source` holds, with nobody to show a beginning to.
pub fn read(source: &Source, options: &Options) -> Result<Read, LoadError> {
    let opened = open(source, options, &unwatched)?;
    opened
        .rest
        .map_or(Ok(Read::Document(opened.document)), |rest| {
            rest.read(&unwatched)
        })
}

/// [`open`] with a head of another size.
pub(super) fn open_with(
    mut input: Input,
    options: &Options,
    head: usize,
) -> Result<Opened, LoadError> {
    let mut bytes = Vec::new();
    input.read_past(head, &mut bytes)?;
    if bytes.is_empty() {
        let name = input.spoken();
        return Err(LoadError::Empty { name });
    }
    // What lies in another source is what that says it is; the wish is for the source itself.
    let chosen = input.told.or(options.from).or_else(|| known(&bytes));
    let chosen = chosen.or_else(|| named(input.extension.as_deref()).filter(|it| !it.is_text()));
    if let Some(format) = chosen.filter(|format| !format.is_text()) {
        return Ok(later(input, bytes, format, options));
    }
    if bytes.len() <= head {
        return open_text(&input, bytes, chosen);
    }
    let begun = bytes
        .get(..decode::head_len(&bytes, head))
        .unwrap_or(&bytes);
    let text = decoded(&input, begun.to_vec())?;
    let format = chosen.unwrap_or_else(|| detect(&text.text, input.extension.as_deref()));
    let (mut document, decided) = parse(&input, format, &text, None, false);
    if document.blocks.is_empty() {
        // Nothing to show yet (a long comment): there is no use in a head.
        return Ok(later(input, bytes, format, options));
    }
    input.state(&mut document.meta);
    let mut opened = later(input, bytes, format, options);
    opened.document = document;
    if let Some(Rest(Ahead::Bytes(begun))) = &mut opened.rest {
        begun.decided = Some(decided);
    }
    Ok(opened)
}

/// Everything comes from the rest.
fn later(input: Input, bytes: Vec<u8>, format: &'static Format, options: &Options) -> Opened {
    let mut document = Document::default();
    (document.meta.source, document.meta.format) = (input.name.clone(), format.name);
    let begun = Begun {
        input,
        bytes,
        format,
        options: options.clone(),
        decided: None,
    };
    Opened {
        document,
        rest: Some(Rest(Ahead::Bytes(Box::new(begun)))),
    }
}

fn open_text(
    input: &Input,
    bytes: Vec<u8>,
    format: Option<&'static Format>,
) -> Result<Opened, LoadError> {
    let text = decoded(input, bytes)?;
    let format = format.unwrap_or_else(|| detect(&text.text, input.extension.as_deref()));
    let (mut document, _) = parse(input, format, &text, None, true);
    if document.blocks.is_empty() {
        let name = input.spoken();
        return Err(LoadError::Empty { name });
    }
    input.state(&mut document.meta);
    Ok(Opened {
        document,
        rest: None,
    })
}

/// The format that bytes begin as, whatever their name.
fn known(bytes: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.knows)(bytes))
}

/// The format that a name ends as.
fn named(extension: Option<&str>) -> Option<&'static Format> {
    let extension = extension?;
    FORMATS
        .iter()
        .find(|format| format.extensions.contains(&extension))
}

/// The format of a text: by the extension of its name, else by its look.
pub(super) fn detect(text: &str, extension: Option<&str>) -> &'static Format {
    let named = named(extension)
        .filter(|named| named.is_text())
        .filter(|named| named.name != "text" || !markdown::headed(text));
    let looks =
        |format: &&Format| matches!(format.reader, Reader::Text { sniff, .. } if sniff(text));
    let found = named.or_else(|| FORMATS.iter().find(looks));
    found.expect("the last format takes any text")
}

fn decoded(input: &Input, bytes: Vec<u8>) -> Result<decode::Decoded, LoadError> {
    decode::decode_told(bytes, input.charset).map_err(|decode::ZeroByte(at)| LoadError::Binary {
        name: input.spoken(),
        at,
    })
}

/// Bytes to document or documents.
fn packed(
    input: &Input,
    format: &'static Format,
    reader: Reader,
    bytes: &[u8],
    (options, watch): (&Options, Watch<'_>),
) -> Result<Read, LoadError> {
    let whole = Whole {
        bytes,
        name: &input.name,
        charset: input.charset,
        options,
        watch,
    };
    let read = match reader {
        Reader::Document(read) => {
            let meta = Meta {
                source: input.name.clone(),
                format: format.name,
                ..Meta::default()
            };
            read(&whole, DocumentBuilder::new(bytes.len(), meta)).map(Read::Document)
        }
        Reader::Shelf(read) => read(&whole, &Arc::from(bytes)).map(Read::Shelf),
        Reader::Text { .. } => unreachable!("texts are decoded and parsed"),
    };
    read.map_err(|fault| LoadError::Fault {
        name: input.spoken(),
        format: format.name,
        fault,
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
    if let Reader::Text { read, .. } = format.reader {
        read(&reading, &mut builder);
    }
    let mut document = builder.finish();
    if !whole {
        structure::leave_out_undecided(&mut document);
    }
    let blocks = decided.map_or(document.blocks.len(), |decided| decided.blocks);
    structure::find(&mut document, blocks);
    debug_assert_eq!(document.check(), Vec::<String>::new());
    (document, Decided { bytes, blocks })
}
