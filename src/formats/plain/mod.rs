//! Plain text: paragraphs by blank lines or by lines, wrapped lines joined, lists, quotations, underlines.
//!
//! What a file means by a line break is decided once, on its beginning ([`layout`]); what a line is, by its
//! look ([`line`]); here the two make blocks.

use super::Reading;
use super::builder::{Checkpoint, DocumentBuilder, Opening};
use crate::model::{BlockKind, Mark};

mod layout;
mod line;

use layout::{Layout, indent_of};
use line::Line;

/// Indent beyond the usual one from which lines may be preformatted.
const CODE_INDENT: usize = 4;
/// How many lines of a group are looked at to tell whether it is preformatted.
const CODE_LOOK: usize = 50;

pub(super) fn read(reading: &Reading<'_>, builder: &mut DocumentBuilder) {
    let mut writer = Writer {
        builder,
        layout: Layout::of(reading.look),
        lines: reading.text.split('\n'),
        line: reading.first_line,
        last: None,
        after_blank: true,
        before: "",
        items: Vec::new(),
    };
    while writer.step() {}
    writer.builder.close();
    if let Some(last) = writer
        .last
        .filter(|last| !reading.whole && !last.is_start())
    {
        writer.builder.return_to(last);
    }
}

struct Writer<'b, 't> {
    builder: &'b mut DocumentBuilder,
    layout: Layout,
    /// The lines to come.
    lines: std::str::Split<'t, char>,
    line: u32,
    /// Where the last block, or the group of lines that was decided on together, begins.
    last: Option<Checkpoint>,
    after_blank: bool,
    /// The line before, if it belongs to the open block.
    before: &'t str,
    /// The items that the last block stands in, itself included, if it is one: indents and marks.
    items: Vec<(usize, Mark)>,
}

impl<'t> Writer<'_, 't> {
    /// Takes the next line; `false` at the end.
    fn step(&mut self) -> bool {
        let ahead = self.lines.clone();
        let Some(raw) = self.lines.next() else {
            return false;
        };
        let what = Line::of(raw);
        match what {
            Line::Blank => {
                self.builder.close();
                self.after_blank = true;
                self.before = "";
            }
            _ if self.after_blank && self.is_code(ahead) => {
                self.code(raw);
                return true;
            }
            Line::Stroke(_) => {
                self.mark_start();
                self.builder.rule(self.line);
                self.end_line("");
            }
            Line::Quote(depth, words) => self.quote(raw, depth, words),
            Line::Item(mark, words) if self.starts_item(mark, words) => {
                self.start_item(raw, mark, words);
            }
            Line::Item(..) | Line::Words(_) => self.words(raw),
        }
        self.line += 1;
        true
    }

    /// The line is done; `before` is what a next line may be joined to.
    fn end_line(&mut self, before: &'t str) {
        self.after_blank = false;
        self.before = before;
    }

    fn mark_start(&mut self) {
        self.last = Some(self.builder.checkpoint());
    }

    fn open(&mut self, kind: BlockKind, level: usize, tight: bool) {
        self.mark_start();
        if !matches!(kind, BlockKind::Item(_)) {
            self.items.clear();
        }
        let (level, line) = (u8::try_from(level).unwrap_or(u8::MAX), self.line);
        self.builder.open(Opening {
            kind,
            level,
            tight,
            line,
        });
    }

    /// Whether `raw` goes on where the line before ended.
    fn continues(&self, raw: &str) -> bool {
        let hanging = !self.items.is_empty()
            && indent_of(raw) >= self.layout.indent + 2
            && indent_of(raw) > self.item_indent();
        self.builder.is_open()
            && !self.before.is_empty()
            && (hanging || self.layout.joins(self.before, raw))
    }

    fn item_indent(&self) -> usize {
        self.items.last().map_or(0, |&(indent, _)| indent)
    }

    fn words(&mut self, raw: &'t str) {
        let words = raw.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\u{c}');
        if self.continues(raw) {
            self.builder.words(" ");
        } else {
            if let Some(level) = self.underline(raw) {
                self.open(BlockKind::Heading, level, false);
                self.builder.words(words);
                self.builder.close();
                self.lines.next();
                self.line += 1;
                return self.end_line("");
            }
            self.open(BlockKind::Paragraph, 0, false);
        }
        self.builder.words(words);
        self.end_line(raw);
    }

    /// The level of the heading that the next line makes of this one.
    fn underline(&self, raw: &str) -> Option<usize> {
        let next = self.lines.clone().next()?;
        match Line::of(next) {
            stroke @ Line::Stroke(sign) if stroke.underlines(next, raw) => {
                Some(if sign == '=' { 1 } else { 2 })
            }
            _ => None,
        }
    }

    fn quote(&mut self, raw: &'t str, depth: usize, words: &'t str) {
        let before = Line::of(self.before);
        let joined = matches!(before, Line::Quote(same, earlier) if same == depth && !earlier.is_empty() && self.layout.joins(self.before, words));
        if words.is_empty() {
            self.builder.close();
        } else if joined && self.builder.is_open() {
            self.builder.words(" ");
        } else {
            self.open(BlockKind::Quote, depth, false);
        }
        if !words.is_empty() {
            self.builder.words(words);
        }
        self.end_line(raw);
    }

    /// Whether a line that looks like an item is one: not a line of prose that begins with a number or dash.
    fn starts_item(&self, mark: Mark, words: &str) -> bool {
        let prose = self.items.is_empty()
            && self.layout.wrapped_at.is_some()
            && !self.before.is_empty()
            && !self.before.trim_end().ends_with(':')
            && self.continues(words);
        match mark {
            _ if prose => false,
            Mark::Number(number) => match self.last_number() {
                Some(last) => number > last || number == 1,
                _ => number <= 1 && self.next_is_item(words),
            },
            _ => true,
        }
    }

    /// The number of the innermost numbered item.
    fn last_number(&self) -> Option<u32> {
        self.items.iter().rev().find_map(|&(_, mark)| match mark {
            Mark::Number(number) => Some(number),
            _ => None,
        })
    }

    /// Whether a first numbered line is followed by another, or is too long to be a numbered heading.
    fn next_is_item(&self, words: &str) -> bool {
        let next = self
            .lines
            .clone()
            .take(CODE_LOOK)
            .map(Line::of)
            .find(|line| {
                matches!(line, Line::Item(Mark::Number(_), _))
                    || self.layout.wrapped_at.is_none() && *line != Line::Blank
            });
        matches!(next, Some(Line::Item(Mark::Number(2), _))) || words.ends_with(['.', ';', ','])
    }

    fn start_item(&mut self, raw: &'t str, mark: Mark, words: &'t str) {
        let indent = indent_of(raw);
        let tight = !self.items.is_empty() && !self.after_blank;
        while self.items.last().is_some_and(|&(outer, _)| outer >= indent) {
            self.items.pop();
        }
        self.items.push((indent, mark));
        self.open(BlockKind::Item(mark), self.items.len(), tight);
        self.builder.words(words);
        self.end_line(raw);
    }

    /// Whether the lines up to the next blank one are preformatted: indented, and laid out by columns or code.
    fn is_code(&self, ahead: std::str::Split<'t, char>) -> bool {
        let mut top = ahead
            .clone()
            .take_while(|line| !line.trim().is_empty())
            .take(3);
        if top.clone().count() > 1 && top.by_ref().take(2).any(is_ruler) {
            return true;
        }
        let least = self.layout.indent + CODE_INDENT;
        let mut laid_out = false;
        for raw in ahead.take(CODE_LOOK) {
            let words = raw.trim();
            if words.is_empty() {
                break;
            }
            if indent_of(raw) < least || matches!(Line::of(raw), Line::Item(..) | Line::Quote(..)) {
                return false;
            }
            laid_out |= words.contains("   ")
                || words.ends_with(['{', '}', ';', '|'])
                || words.starts_with(['|', '+', '#', '$']);
        }
        laid_out
    }

    /// Writes preformatted lines up to the next blank one.
    fn code(&mut self, first: &'t str) {
        self.open(BlockKind::Code, 0, false);
        let mut raw = Some(first);
        while let Some(line) = raw {
            self.builder.lines(line.trim_end());
            self.builder.lines("\n");
            self.line += 1;
            let blank = self
                .lines
                .clone()
                .next()
                .is_none_or(|next| next.trim().is_empty());
            raw = if blank { None } else { self.lines.next() };
        }
        self.builder.close();
        self.end_line("");
    }
}

/// Whether a line rules the columns of a table: `----- -------- ---`.
fn is_ruler(line: &str) -> bool {
    let mut columns = 0;
    let ruled = line.split_ascii_whitespace().all(|column| {
        columns += 1;
        column.len() >= 3 && column.bytes().all(|byte| matches!(byte, b'-' | b'='))
    });
    ruled && columns > 1
}

#[cfg(test)]
mod tests;
