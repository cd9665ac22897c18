//! [`Writer`]: columns of lines to blocks of the document.
//!
//! It stands apart because here it is decided what a stretch of lines is: title, heading, item, paragraph, row of a
//! table. A paragraph may go on in the next column or on the next page; notes at the foot wait until it has ended.

use std::collections::HashSet;
use std::num::NonZeroU32;

use super::columns::Column;
use super::lines::Line;
use super::manner::{LARGER, Manner};
use super::paragraph::{Paragraph, Place};
use super::tables::{self, Table};
use super::words::Sheet;
use crate::formats::builder::{DocumentBuilder, Opening};
use crate::model::{BlockKind, Document, Inline, Mark};

/// Letters of a heading at most.
const HEADING: usize = 260;
/// Smaller than this part of the text's size, at the foot of a column, are notes.
const NOTE: f64 = 0.93;
/// Words that remember how they are written.
const KNOWN: usize = 500_000;

/// Writes a document from page to page.
pub(super) struct Writer {
    builder: DocumentBuilder,
    manner: Manner,
    open: Option<Paragraph>,
    /// Notes at the foot of the page on which `open` began.
    notes: Vec<Paragraph>,
    /// Where the items of the list stand that is open, level by level.
    lists: Vec<f64>,
    title: Option<f64>,
    blocks: u32,
    known: HashSet<String>,
    /// Lines of a table of contents.
    contents: usize,
}

impl Writer {
    pub(super) fn new(builder: DocumentBuilder, manner: Manner) -> Self {
        Self {
            builder,
            manner,
            open: None,
            notes: Vec::new(),
            lists: Vec::new(),
            title: None,
            blocks: 0,
            known: HashSet::new(),
            contents: 0,
        }
    }

    /// Remembers how words are written, for those that are parted at the end of a line.
    pub(super) fn learn(&mut self, sheet: &Sheet) {
        if self.known.len() > KNOWN {
            return;
        }
        for word in &sheet.words {
            let bare = word
                .text
                .trim_matches(|letter: char| !letter.is_alphanumeric());
            if bare.len() > 3 && !self.known.contains(bare) {
                self.known.insert(bare.to_lowercase());
            }
        }
    }

    /// Writes a page.
    pub(super) fn page(&mut self, number: u32, columns: Vec<Column>) {
        let mut feet = Vec::new();
        for (at, mut column) in columns.into_iter().enumerate() {
            let place = Place {
                page: number,
                column: at,
                left: column.left,
                right: column.right,
                margin: self.manner.margin(&column),
            };
            let foot = column.lines.split_off(self.foot(&column.lines));
            self.lines(column.lines, place);
            feet.push((foot, place));
        }
        if self.open.as_ref().is_none_or(Paragraph::is_over) {
            self.close();
        }
        for (foot, place) in feet {
            self.add_notes(foot, place);
        }
        if self.open.is_none() {
            self.close();
        }
    }

    /// Adds the lines at the foot of a column to the notes.
    fn add_notes(&mut self, foot: Vec<Line>, place: Place) {
        for line in foot {
            match self.notes.last_mut() {
                Some(note) if !begins_note(&line) => note.add(line, place, &self.known),
                _ => self.notes.push(Paragraph::begin(line, place)),
            }
        }
    }

    /// What is written so far, without the paragraph that may go on.
    pub(super) fn head(&self) -> Document {
        self.builder.clone().finish()
    }

    /// Ends the document; with the number of lines of contents that were left out.
    pub(super) fn finish(mut self) -> (Document, usize) {
        self.close();
        self.write_notes();
        (self.builder.finish(), self.contents)
    }

    /// Where the notes at the foot of a column begin.
    fn foot(&self, lines: &[Line]) -> usize {
        let small = |line: &&Line| line.size < self.manner.body * NOTE;
        let notes = lines.iter().rev().take_while(small).count();
        let first = lines.len() - notes;
        // A note that has no end yet goes on at the foot of the next page.
        let goes_on = self.notes.last().is_some_and(|note| !note.is_ended());
        let begins = lines
            .get(first)
            .is_some_and(|line| goes_on || begins_note(line));
        if first > 0 && begins {
            first
        } else {
            lines.len()
        }
    }

    fn lines(&mut self, lines: Vec<Line>, place: Place) {
        let mut tables = tables::tables(&lines).into_iter().peekable();
        let mut lines = lines.into_iter().enumerate();
        while let Some((at, line)) = lines.next() {
            if let Some(table) = tables.next_if(|table| table.first == at) {
                self.close();
                let rest = table.end - table.first - 1;
                let all = std::iter::once(line).chain(lines.by_ref().take(rest).map(|it| it.1));
                let all: Vec<Line> = all.collect();
                self.table(&table, &all, place);
                continue;
            }
            if is_contents(&line) {
                self.contents += 1;
                if self
                    .open
                    .as_ref()
                    .is_some_and(|it| is_contents_heading(&it.text()))
                {
                    self.open = None;
                }
                continue;
            }
            match &mut self.open {
                Some(open) if !open.ends_before(&line, place, &self.manner) => {
                    open.add(line, place, &self.known);
                }
                _ => {
                    self.close();
                    self.open = Some(Paragraph::begin(line, place));
                }
            }
        }
    }

    /// Writes the paragraph that is open, and the notes that waited for its end.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.write(&open);
        }
        if self.notes.last().is_none_or(Paragraph::is_ended) {
            self.write_notes();
        }
    }

    fn write_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            self.lists.clear();
            self.begin(BlockKind::Paragraph, 0, note.page);
            self.words(&note, 0);
        }
    }

    fn begin(&mut self, kind: BlockKind, level: u8, page: u32) {
        let item = matches!(kind, BlockKind::Item(_));
        let tight = match kind {
            BlockKind::Item(_) => !self.lists.is_empty(),
            BlockKind::TableRow { header } => !header,
            _ => false,
        };
        if !item {
            self.lists.clear();
        }
        self.blocks += 1;
        self.builder.turn_to(NonZeroU32::new(page));
        self.builder.open(Opening {
            kind,
            level,
            tight,
            line: self.blocks,
        });
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let text = paragraph.text();
        if let Some((kind, level)) = self.heading(paragraph, &text) {
            self.begin(kind, level, paragraph.page);
            self.builder.words(&text);
            self.builder.close();
            return;
        }
        if let Some(marked) = paragraph.marked {
            let level = self.list_level(paragraph.x0, paragraph.size);
            // The level is known before the block opens: `begin` asks whether a list is open.
            let first = self.lists.is_empty();
            self.begin_item(marked.mark, level, paragraph.page, first);
            self.words(paragraph, marked.words);
            return;
        }
        let (kind, level) = if paragraph.is_set_in() {
            (BlockKind::Quote, 1)
        } else {
            (BlockKind::Paragraph, 0)
        };
        self.begin(kind, level, paragraph.page);
        self.words(paragraph, 0);
    }

    fn begin_item(&mut self, mark: Mark, level: (u8, f64), page: u32, first: bool) {
        self.begin(BlockKind::Item(mark), level.0, page);
        if first || self.lists.len() < usize::from(level.0) {
            self.lists.push(level.1);
        }
    }

    /// How deep an item stands that begins here; lists that are further in are over.
    fn list_level(&mut self, x0: f64, size: f64) -> (u8, f64) {
        while self
            .lists
            .last()
            .is_some_and(|&list| list > x0 + size * 0.5)
        {
            self.lists.pop();
        }
        let further = self.lists.last().is_none_or(|&list| x0 > list + size * 0.5);
        let level = self.lists.len() + usize::from(further);
        (level.clamp(1, 9) as u8, x0)
    }

    /// The words of a paragraph, without so many at its start.
    fn words(&mut self, paragraph: &Paragraph, mut skipped: usize) {
        for piece in &paragraph.pieces {
            let mut text = piece.text.as_str();
            while skipped > 0 && !text.trim_start().is_empty() {
                let begun = text.trim_start();
                text = begun.split_once(' ').map_or("", |(_, rest)| rest);
                skipped -= 1;
            }
            if text.is_empty() {
                continue;
            }
            let inlines = [
                (piece.look.bold && !self.manner.bold, Inline::Strong),
                (piece.look.italic, Inline::Emphasis),
            ];
            let on = || inlines.iter().filter(|inline| inline.0);
            let (before, words) = text.split_at(text.len() - text.trim_start().len());
            self.builder.words(before);
            self.builder.turn_to(NonZeroU32::new(piece.page));
            on().for_each(|inline| self.builder.start_style(inline.1));
            self.builder.words(words);
            on().for_each(|_| self.builder.end_style());
        }
        self.builder.close();
    }

    /// What heading a paragraph is, if it is one.
    fn heading(&mut self, paragraph: &Paragraph, text: &str) -> Option<(BlockKind, u8)> {
        let ratio = paragraph.size / self.manner.body;
        let bold = paragraph.bold && !self.manner.bold;
        let large = ratio >= LARGER;
        if !(large || (bold && ratio >= NOTE)) || text.len() > HEADING || paragraph.is_row() {
            return None;
        }
        let lines = match ratio {
            1.4.. => 6,
            LARGER.. => 3,
            _ => 2,
        };
        let sign = paragraph.marked.is_some_and(|it| it.mark == Mark::Bullet);
        if paragraph.lines > lines || !text.contains(char::is_alphabetic) || sign {
            return None;
        }
        let ends = |ends: &[char]| text.trim_end().ends_with(ends);
        if ratio < 1.4 && (ends(&[',', ';']) || (ends(&['.', ':']) && !(bold && large))) {
            return None;
        }
        let starts = text.chars().find(|letter| letter.is_alphanumeric());
        if starts.is_some_and(char::is_lowercase) && !large {
            return None;
        }
        // Who wrote it stands large below the title, and is no heading.
        let author = self.builder.meta().author.as_deref();
        if author.is_some_and(|author| text.starts_with(author)) && self.blocks == 1 {
            return None;
        }
        if self.blocks == 0 && ratio >= 1.15 && self.manner.is_largest(paragraph.size) {
            self.title = Some(paragraph.size);
            return Some((BlockKind::Title, 0));
        }
        Some((
            BlockKind::Heading,
            self.manner.level(paragraph.size, self.title),
        ))
    }

    fn table(&mut self, table: &Table, lines: &[Line], place: Place) {
        for (at, row) in table.rows(lines).into_iter().enumerate() {
            self.begin(BlockKind::TableRow { header: at == 0 }, 0, place.page);
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    self.builder.next_cell();
                }
                self.builder.words(cell);
            }
            self.builder.close();
        }
    }
}

/// Whether a line begins as notes do: with their number or sign.
fn begins_note(line: &Line) -> bool {
    let Some(first) = line.words.first() else {
        return false;
    };
    let number = first
        .text
        .trim_matches(|it| matches!(it, '[' | ']' | '(' | ')' | '.'));
    let numbered = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (numbered && !number.is_empty()) || first.text.starts_with(['*', '†', '‡'])
}

/// Whether a line is one of a table of contents: dots that lead to a page.
fn is_contents(line: &Line) -> bool {
    let text = line.text();
    let end = text.trim_end_matches(|it: char| it.is_ascii_digit() || "ivxlc".contains(it));
    if end.len() == text.len() {
        return false;
    }
    let dots = end.trim_end().chars().rev();
    let dots = dots.take_while(|it| matches!(it, '.' | ' ' | '…' | '·'));
    dots.filter(|&it| it != ' ').count() >= 4
}

fn is_contents_heading(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    matches!(text.as_str(), "contents" | "table of contents")
}
