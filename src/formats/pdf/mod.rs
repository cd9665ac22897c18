//! PDF: pages of letters at places, read as one text.
//!
//! `hayro-syntax` opens the file and `hayro-font` says which letter a sign is and how wide; both work in a thread of
//! their own ([`sheets`]). Everything about reading is here, each step in its file: letters become [`words`], words
//! [`lines`] and [`columns`], lines paragraphs and headings ([`writer`]). What runs through the pages goes
//! ([`margins`]). Everything about the whole is decided on the first pages ([`manner`]), which are shown before the
//! rest is read.

use std::cell::Cell;

use super::builder::{DocumentBuilder, notice};
use super::{Fault, Progress, Step, Unit, Watch, Whole, structure};
use crate::model::{Block, BlockKind, Document, Meta};
use crate::text::harmless::REPLACEMENT;
use crate::text::show::thousands;

mod columns;
mod drawn;
mod face;
mod info;
mod limits;
mod lines;
mod manner;
mod margins;
mod marks;
mod matrix;
mod paragraph;
mod sheets;
mod tables;
mod words;
mod writer;

use columns::Column;
use manner::Manner;
use margins::{BESIDE, Margins};
use sheets::{Lost, PAGES, Sheets, Told};
use words::Sheet;
use writer::Writer;

/// Pages on which it is decided how the document is set.
const FIRST: usize = 8;
/// Bytes in which `%PDF` stands.
const HEAD: usize = 1024;
/// The part of all signs that may be unknown, in hundredths, before nothing can be read.
const UNREAD: usize = 60;

/// Whether the head of a file is that of a PDF.
pub(super) fn knows(head: &[u8]) -> bool {
    let head = head.get(..HEAD.min(head.len())).unwrap_or(head);
    memchr::memmem::find(head, b"%PDF-").is_some()
}

pub(super) fn read(whole: &Whole<'_>, builder: DocumentBuilder) -> Result<Document, Fault> {
    if limits::is_bomb(whole.bytes) {
        return Err(Fault::TooMuch(
            "a part of it unpacks to more than 256 MB".into(),
        ));
    }
    let password = whole.options.password.as_deref();
    let sheets = Sheets::of(whole.bytes.to_vec(), password)
        .map_err(|error| Fault::Unsupported(format!("there is no thread for it: {error}")))?;
    let mut press = Press::new(builder, whole.watch);
    match sheets.next(&|| press.goes_on()) {
        Ok(Told::Begun { pages, info }) => {
            press.pages = pages;
            info.state(press.meta());
        }
        Ok(Told::Refused(error)) if sheets::is_locked(error) => {
            return Err(match password {
                Some(_) => Fault::WrongPassword,
                None => Fault::Locked,
            });
        }
        Ok(Told::Refused(error)) => return Err(refused(error, whole.bytes)),
        Ok(_) | Err(Lost::Broken) => return Err(Fault::Damaged(BROKEN.into())),
        Err(Lost::Stopped) => return Err(Fault::Stopped),
        Err(Lost::Endless) => return Err(Fault::TooMuch("it takes too long to open".into())),
    }
    let lost = loop {
        match sheets.next(&|| press.goes_on()) {
            Ok(Told::Sheet(sheet)) => {
                if !press.take(sheet) {
                    break Some(Lost::Stopped);
                }
            }
            Ok(_) => break None,
            Err(lost) => break Some(lost),
        }
    };
    press.finish(lost)
}

const BROKEN: &str = "its objects make no sense";

fn refused(error: hayro_syntax::LoadPdfError, bytes: &[u8]) -> Fault {
    use hayro_syntax::{DecryptionError, LoadPdfError};
    match error {
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => Fault::Unsupported(
            "it is locked in a way that is not known here; open it with its own program".into(),
        ),
        LoadPdfError::Decryption(_) => Fault::Damaged("what is to unlock it is broken".into()),
        LoadPdfError::Invalid if !knows(bytes) => {
            Fault::Damaged("it does not begin as a PDF does".into())
        }
        LoadPdfError::Invalid => Fault::Damaged("no page was found in it".into()),
    }
}

/// Pages on their way into a document.
struct Press<'w> {
    watch: Watch<'w>,
    /// How many there are.
    pages: usize,
    done: Cell<usize>,
    /// Until it is known how the document is set.
    builder: Option<DocumentBuilder>,
    writer: Option<Writer>,
    /// Pages that wait for those beside them, oldest first, and the margins of those that went.
    waiting: Vec<(Sheet, Margins)>,
    gone: Vec<Margins>,
    /// Pages that wait until it is known how the document is set.
    first: Vec<(u32, Vec<Column>, Sheet)>,
    /// The next number of pages after which the beginning is told.
    head: usize,
    pictures: usize,
    letters: usize,
    unread: usize,
    askew: usize,
    cut: Vec<u32>,
}

impl<'w> Press<'w> {
    fn new(builder: DocumentBuilder, watch: Watch<'w>) -> Self {
        Self {
            watch,
            pages: 0,
            done: Cell::new(0),
            builder: Some(builder),
            writer: None,
            waiting: Vec::new(),
            gone: Vec::new(),
            first: Vec::new(),
            head: FIRST,
            pictures: 0,
            letters: 0,
            unread: 0,
            askew: 0,
            cut: Vec::new(),
        }
    }

    fn meta(&mut self) -> &mut Meta {
        let builder = self.builder.as_mut().expect("nothing is written yet");
        builder.meta()
    }

    /// Tells how far it is; whether to go on.
    fn goes_on(&self) -> bool {
        (self.watch)(Step::Progress(Progress {
            done: self.done.get() as u64,
            of: (self.pages > 0).then_some(self.pages as u64),
            unit: Unit::Pages,
        }))
    }

    /// Takes a page; whether to go on.
    fn take(&mut self, sheet: Sheet) -> bool {
        self.done.set(self.done.get() + 1);
        self.pictures += sheet.pictures;
        self.unread += sheet.unread;
        self.askew += sheet.askew;
        self.letters += sheet
            .words
            .iter()
            .map(|word| word.text.len())
            .sum::<usize>();
        self.cut.extend(sheet.cut.then_some(sheet.number));
        let margins = margins::margins(&sheet);
        self.waiting.push((sheet, margins));
        if self.waiting.len() > BESIDE {
            self.lay_out_oldest();
        }
        self.tell_head() && self.goes_on()
    }

    /// Lays out the page that waited longest.
    fn lay_out_oldest(&mut self) {
        let (mut sheet, margins) = self.waiting.remove(0);
        let after = self.waiting.iter().map(|waiting| &waiting.1);
        let beside: Vec<&Margins> = self.gone.iter().chain(after).collect();
        margins.cut(&beside, &mut sheet);
        self.gone.push(margins);
        if self.gone.len() > BESIDE {
            self.gone.remove(0);
        }
        let words = std::mem::take(&mut sheet.words);
        if let Some(writer) = &mut self.writer {
            sheet.words = words;
            writer.learn(&sheet);
            let words = std::mem::take(&mut sheet.words);
            writer.page(sheet.number, columns::columns(words));
            return;
        }
        sheet.words.clone_from(&words);
        self.first
            .push((sheet.number, columns::columns(words), sheet));
        if self.first.len() >= FIRST {
            self.decide();
        }
    }

    /// Decides how the document is set, and writes the pages that waited for it.
    fn decide(&mut self) {
        let Some(builder) = self.builder.take() else {
            return;
        };
        let first = std::mem::take(&mut self.first);
        let (mut laid, mut sheets) = (Vec::new(), Vec::new());
        for (number, columns, sheet) in first {
            laid.push(columns);
            sheets.push((number, sheet));
        }
        let mut writer = Writer::new(builder, Manner::of(&laid));
        for (_, sheet) in &sheets {
            writer.learn(sheet);
        }
        for ((number, _), columns) in sheets.iter().zip(laid) {
            writer.page(*number, columns);
        }
        self.writer = Some(writer);
    }

    /// Tells the beginning now and then, each time of a document four times as long.
    fn tell_head(&mut self) -> bool {
        let Some(writer) = &self.writer else {
            return true;
        };
        if self.done.get() < self.head + BESIDE || self.done.get() >= self.pages {
            return true;
        }
        self.head *= 4;
        let head = writer.head();
        head.blocks.is_empty() || (self.watch)(Step::Head(Box::new(head)))
    }

    /// Everything that came, and what is to be said of it.
    fn finish(mut self, lost: Option<Lost>) -> Result<Document, Fault> {
        while !self.waiting.is_empty() {
            self.lay_out_oldest();
        }
        self.decide();
        let (mut document, contents) = match self.writer.take() {
            Some(writer) => writer.finish(),
            None => (Document::default(), 0),
        };
        if document.blocks.is_empty() {
            return Err(self.nothing(lost));
        }
        if self.unread * 100 > UNREAD * self.letters.max(1) {
            return Err(Fault::Unsupported(UNREADABLE.into()));
        }
        if !document.blocks.iter().any(Block::is_heading) {
            let blocks = document.blocks.len();
            structure::find(&mut document, blocks);
        }
        if document.blocks[0].kind == BlockKind::Title {
            document.meta.title = None;
        }
        let unread = several(
            document.text.matches(REPLACEMENT).count(),
            "1 sign is shown as \u{FFFD}: the file does not say what it reads",
            "signs are shown as \u{FFFD}: the file does not say what they read",
        );
        for sentence in self.sentences(lost, contents).into_iter().chain(unread) {
            notice(&mut document.meta, &sentence);
        }
        debug_assert_eq!(document.check(), Vec::<String>::new());
        Ok(document)
    }

    /// Why there is nothing to read.
    fn nothing(&self, lost: Option<Lost>) -> Fault {
        match lost {
            Some(Lost::Stopped) => Fault::Stopped,
            Some(Lost::Endless) => Fault::TooMuch("its first page never ends".into()),
            Some(Lost::Broken) => Fault::Damaged(BROKEN.into()),
            None if self.pictures > 0 => Fault::Pictures,
            None if self.pages == 0 => Fault::Damaged("no page was found in it".into()),
            None => Fault::Unsupported("there are no words on its pages".into()),
        }
    }

    /// What is missing or was guessed.
    fn sentences(&self, lost: Option<Lost>, contents: usize) -> Vec<String> {
        let (done, pages) = (self.done.get(), self.pages);
        let rest = |why: &str| {
            format!(
                "{why}: only {} of {} pages are here",
                thousands(done),
                thousands(pages)
            )
        };
        let lost = match lost {
            Some(Lost::Stopped) => Some(rest("reading was stopped")),
            Some(Lost::Endless) => Some(rest("a page takes too long")),
            Some(Lost::Broken) => Some(rest("it is damaged")),
            None if pages > PAGES => Some(rest("it is too long")),
            None => None,
        };
        let cut = self
            .cut
            .first()
            .map(|page| format!("page {page} holds too much to draw: not all of it is here"));
        let askew = several(
            self.askew,
            "1 stretch of text that runs in another direction is left out",
            "stretches of text that run in another direction are left out",
        );
        let contents = (contents > 0).then(|| "its table of contents is left out".to_owned());
        [lost, cut, askew, contents].into_iter().flatten().collect()
    }
}

const UNREADABLE: &str = "its fonts do not say which letters their signs are; run OCR on it, for example with ocrmypdf --force-ocr";

/// A sentence on so many things, if there are any.
fn several(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(one.to_owned()),
        count => Some(format!("{} {many}", thousands(count))),
    }
}
