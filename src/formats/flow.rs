//! [`Flow`]: paragraphs, runs of words, tables and notes of an office document, handed to the builder.
//!
//! It stands apart because Word and OpenDocument files say the same things in different words: what a
//! paragraph is, how its words look, where a note is called. Blocks open when their first words come.

use std::num::NonZeroU32;

use super::builder::{Anchor, DocumentBuilder, Opening};
use super::structure;
use crate::model::{BlockKind, Document, Inline, LinkTarget, Mark, Meta};
use crate::text::harmless;

/// The styles a run can have, lowest bit first.
const INLINES: [Inline; 4] = [
    Inline::Strong,
    Inline::Emphasis,
    Inline::Strike,
    Inline::Code,
];

/// How a stretch of words looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run(u8);

/// What a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Look {
    #[default]
    Paragraph,
    /// Of the whole document.
    Title,
    /// Level from 1.
    Heading(u8),
    Quote,
    Code,
    /// A list item, with the depth of its list from 1.
    Item(Mark, u8),
}

/// Writes a document from paragraph to paragraph.
#[derive(Debug)]
pub(super) struct Flow {
    builder: DocumentBuilder,
    /// The paragraph that has begun and has no words yet.
    begun: Option<Look>,
    /// What the last block is.
    last: Look,
    run: Run,
    /// Ordinal of the paragraph in its source.
    pub(super) number: u32,
    /// Page of the words to come, from 1; 0 where the source has no pages.
    page: u32,
    /// Inside a table: whether a cell of the open row has begun.
    row: Option<bool>,
    rows: usize,
    /// Of the note that is being written.
    note: Option<u32>,
    anchor: Option<Anchor>,
}

impl Run {
    pub(super) fn with(self, inline: Inline, on: bool) -> Self {
        let bit = INLINES.iter().position(|&known| known == inline);
        let bit = 1 << bit.unwrap_or_default();
        Self(if on { self.0 | bit } else { self.0 & !bit })
    }
}

impl Flow {
    pub(super) fn new(builder: DocumentBuilder) -> Self {
        Self {
            builder,
            begun: None,
            last: Look::Paragraph,
            run: Run::default(),
            number: 0,
            page: 0,
            row: None,
            rows: 0,
            note: None,
            anchor: None,
        }
    }

    pub(super) fn meta(&mut self) -> &mut Meta {
        self.builder.meta()
    }

    /// A paragraph begins; in a table it goes on in its cell.
    pub(super) fn begin(&mut self, look: Look) {
        self.number += 1;
        self.end_run();
        if self.row.is_some() {
            return self.builder.words(" ");
        }
        if look == Look::Code && self.last == Look::Code && self.builder.is_open() {
            return self.builder.lines("\n");
        }
        self.builder.close();
        self.begun = Some(look);
    }

    /// The paragraph ends.
    pub(super) fn end(&mut self) {
        self.end_run();
        // Code goes on in the next paragraph; the way back stands in the last one of a note.
        if self.row.is_none() && self.note.is_none() && self.last != Look::Code {
            self.builder.close();
        }
        self.begun = None;
    }

    pub(super) fn words(&mut self, words: &str, run: Run) {
        if words.is_empty() {
            return;
        }
        self.ensure_open(words.trim().is_empty());
        if !self.builder.is_open() {
            return;
        }
        if self.is_code() {
            return self.builder.lines(words);
        }
        if run != self.run && !words.trim().is_empty() {
            self.end_run();
            for (bit, &inline) in INLINES.iter().enumerate() {
                if run.0 >> bit & 1 == 1 {
                    // White space before the words is not styled.
                    if words.starts_with(char::is_whitespace) {
                        self.builder.words(" ");
                    }
                    self.builder.start_style(inline);
                }
            }
            self.run = run;
        }
        self.builder.words(words);
    }

    /// A new line inside the paragraph.
    pub(super) fn line_break(&mut self) {
        if self.is_code() && self.builder.is_open() {
            self.builder.lines("\n");
        } else if self.row.is_some() {
            self.builder.words(" ");
        } else if self.builder.is_open() {
            self.builder.hard_break();
        }
    }

    /// A link to an address begins; how it looks ends with it.
    pub(super) fn start_link(&mut self, address: &str) {
        self.ensure_open(false);
        self.end_run();
        let address = harmless::line(address).into();
        self.builder.start_link(LinkTarget::Url(address));
    }

    pub(super) fn end_link(&mut self) {
        self.builder.end_link();
    }

    /// Note `number` is referred to.
    pub(super) fn reference(&mut self, number: u32) {
        self.ensure_open(false);
        self.end_run();
        self.builder.anchor(reference_anchor(number));
        let target = LinkTarget::Place(note_anchor(number));
        self.builder.start_link(target);
        self.builder.words(&format!("[{number}]"));
        self.builder.end_link();
    }

    /// Note `number` begins: its first paragraph bears the number.
    pub(super) fn begin_note(&mut self, number: u32) {
        self.builder.close();
        // It stands at the foot of some page, and its source does not say of which.
        self.turn_to(0);
        self.note = Some(number);
        self.anchor = Some(note_anchor(number));
    }

    /// The words to come stand on this page, from 1; 0 where the source has no pages.
    pub(super) fn turn_to(&mut self, page: u32) {
        self.page = page;
        self.builder.turn_to(NonZeroU32::new(page));
    }

    pub(super) fn turn_page(&mut self) {
        self.turn_to(self.page + 1);
    }

    /// Note `number` ends, with a way back to where it is referred to.
    pub(super) fn end_note(&mut self, number: u32) {
        let unwritten = self.anchor.take().is_some();
        self.note = None;
        if !unwritten && self.builder.is_open() && self.builder.is_tied(reference_anchor(number)) {
            self.builder.words(" ");
            let target = LinkTarget::Place(reference_anchor(number));
            self.builder.start_link(target);
            self.builder.words("↩");
            self.builder.end_link();
        }
        self.builder.close();
    }

    /// A table begins.
    pub(super) fn begin_table(&mut self) {
        self.begun = None;
        self.builder.close();
        self.rows = 0;
    }

    /// A row of the table begins; the first is its header.
    pub(super) fn begin_row(&mut self) {
        let kind = BlockKind::TableRow {
            header: self.rows == 0,
        };
        self.open(kind, 0, self.rows > 0);
        self.row = Some(false);
        self.rows += 1;
    }

    pub(super) fn begin_cell(&mut self) {
        self.end_run();
        if self.row == Some(true) {
            self.builder.next_cell();
        }
        self.row = Some(true);
    }

    pub(super) fn end_row(&mut self) {
        self.end_run();
        self.builder.close();
        self.row = None;
        self.last = Look::Paragraph;
    }

    /// The document, its title found; bare headings only where it has no others.
    pub(super) fn finish(mut self) -> Document {
        self.builder.close();
        let mut document = self.builder.finish();
        let blocks = document.blocks.len();
        let stated = |kind: BlockKind| matches!(kind, BlockKind::Heading | BlockKind::Title);
        if document.blocks.iter().any(|block| stated(block.kind)) {
            structure::find_only_title(&mut document);
        } else {
            structure::find(&mut document, blocks);
        }
        document
    }

    fn is_code(&self) -> bool {
        self.row.is_none() && self.last == Look::Code && self.begun.is_none()
    }

    /// Ends the styles of the run before.
    fn end_run(&mut self) {
        for _ in 0..self.run.0.count_ones() {
            self.builder.end_style();
        }
        self.run = Run::default();
    }

    /// Opens the block of the paragraph that has begun; not for white space alone, unless it counts.
    fn ensure_open(&mut self, blank: bool) {
        let code = self.begun == Some(Look::Code);
        if blank && !code || self.row.is_some() {
            return;
        }
        let Some(look) = self.begun.take() else {
            if !self.builder.is_open() {
                self.open_as(Look::Paragraph);
            }
            return;
        };
        self.open_as(look);
    }

    fn open_as(&mut self, look: Look) {
        let first = self.builder.blocks() == 0;
        let look = match (look, self.note) {
            (_, Some(number)) => {
                let mark = self.anchor.map_or(Mark::None, |_| Mark::Footnote(number));
                Look::Item(mark, 1)
            }
            (Look::Title, _) if !first => Look::Heading(1),
            (look, _) => look,
        };
        let (kind, level) = match look {
            Look::Paragraph => (BlockKind::Paragraph, 0),
            Look::Title => (BlockKind::Title, 0),
            Look::Heading(level) => (BlockKind::Heading, level.clamp(1, 6)),
            Look::Quote => (BlockKind::Quote, 1),
            Look::Code => (BlockKind::Code, 0),
            Look::Item(mark, depth) => (BlockKind::Item(mark), depth),
        };
        let tight = matches!(look, Look::Item(..)) && matches!(self.last, Look::Item(..));
        self.open(kind, level, tight && self.note.is_none());
        self.last = look;
        if let Some(anchor) = self.anchor.take() {
            self.builder.anchor(anchor);
        }
    }

    fn open(&mut self, kind: BlockKind, level: u8, tight: bool) {
        let line = self.number.max(1);
        self.builder.open(Opening {
            kind,
            level,
            tight,
            line,
        });
    }
}

fn note_anchor(number: u32) -> Anchor {
    number * 2
}

fn reference_anchor(number: u32) -> Anchor {
    number * 2 + 1
}
