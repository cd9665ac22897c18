//! [`DocumentBuilder`]: the one way to make a [`Document`].
//!
//! It stands apart so that every format gets the same reading text: white space collapsed, hostile
//! characters made harmless, blocks without words left out, ranges that hold. A reader only says what it
//! sees: a block opens, words come, a style begins.

use std::num::NonZeroU32;

use crate::model::{Block, BlockKind, Document, Inline, Link, LinkTarget, Meta, Styled, Turn};
use crate::text::{TextRange, harmless};

/// A place that a [`LinkTarget::Place`] points to while the document is being made; see [`DocumentBuilder::anchor`].
pub type Anchor = u32;

/// Columns between two tab stops.
const TAB: usize = 4;

/// What a block is, before its words are known.
#[derive(Clone, Copy, Debug)]
pub struct Opening {
    pub kind: BlockKind,
    pub level: u8,
    pub tight: bool,
    /// First line in the file, from 1.
    pub line: u32,
}

/// How far a document is, to return to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Checkpoint {
    text: usize,
    blocks: usize,
    styles: usize,
    links: usize,
    replaced: usize,
}

/// Makes a document from block to block.
#[derive(Clone, Debug)]
pub struct DocumentBuilder {
    document: Document,
    open: Option<Block>,
    /// Where the styles and links of the open block begin.
    block_styles: usize,
    block_links: usize,
    block_turns: usize,
    /// Styles and links that have begun and not ended, as indices.
    styles: Vec<usize>,
    links: Vec<usize>,
    /// White space was seen that becomes one space if words follow.
    space: bool,
    /// Width of the last line of the open block, if preformatted.
    column: usize,
    replaced: usize,
    anchors: Vec<Option<u32>>,
    /// Anchors in the open block.
    block_anchors: Vec<Anchor>,
    /// Page of the blocks to come.
    page: Option<NonZeroU32>,
}

impl Checkpoint {
    /// Whether nothing stands before it.
    pub fn is_start(&self) -> bool {
        self.blocks == 0
    }

    /// Bytes of text before it.
    pub fn bytes(&self) -> usize {
        self.text
    }
}

impl DocumentBuilder {
    /// A builder for a source of `bytes` bytes.
    pub fn new(bytes: usize, meta: Meta) -> Self {
        Self {
            document: Document {
                text: String::with_capacity(bytes + bytes / 64),
                meta,
                ..Document::default()
            },
            open: None,
            block_styles: 0,
            block_links: 0,
            block_turns: 0,
            styles: Vec::new(),
            links: Vec::new(),
            space: false,
            column: 0,
            replaced: 0,
            anchors: Vec::new(),
            block_anchors: Vec::new(),
            page: None,
        }
    }

    /// The words to come stand on this page of the source, be it in the middle of a block.
    pub fn turn_to(&mut self, page: Option<NonZeroU32>) {
        if page == std::mem::replace(&mut self.page, page) {
            return;
        }
        let begun = !self.words_so_far().is_empty();
        match (&mut self.open, page) {
            (Some(_), Some(page)) if begun => {
                self.flush_space();
                let at = self.document.text.len() as u32;
                self.document.turns.push(Turn { at, page });
            }
            (Some(block), page) if !begun => block.page = page,
            _ => {}
        }
    }

    /// What the source states about itself.
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.document.meta
    }

    /// How many blocks there are, the open one not counted.
    pub fn blocks(&self) -> usize {
        self.document.blocks.len()
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Begins a block; the one before is closed.
    pub fn open(&mut self, opening: Opening) {
        self.close();
        let document = &mut self.document;
        if !document.blocks.is_empty() {
            document
                .text
                .push_str(if opening.tight { "\n" } else { "\n\n" });
        }
        (self.block_styles, self.block_links) = (document.styles.len(), document.links.len());
        self.block_turns = document.turns.len();
        self.open = Some(Block {
            range: TextRange::empty(document.text.len()),
            kind: opening.kind,
            level: opening.level,
            tight: opening.tight && !document.blocks.is_empty(),
            line: opening.line,
            page: self.page,
        });
    }

    /// A thematic break.
    pub fn rule(&mut self, line: u32) {
        let (kind, level, tight) = (BlockKind::Rule, 0, false);
        self.open(Opening {
            kind,
            level,
            tight,
            line,
        });
        self.close();
    }

    /// Adds words to the open block; white space is collapsed.
    pub fn words(&mut self, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let begun = rest.trim_ascii_start();
            self.space |= begun.len() < rest.len();
            if begun.is_empty() {
                return;
            }
            let (run, after) = begun.split_at(collapsed_prefix(begun.as_bytes()));
            self.flush_space();
            self.document.text.push_str(run);
            rest = after;
        }
    }

    /// Adds preformatted lines to the open block; tabs become spaces up to the next of every four columns.
    pub fn lines(&mut self, lines: &str) {
        self.space = false;
        for part in lines.split_inclusive(['\t', '\n']) {
            let words = part.strip_suffix('\t').unwrap_or(part);
            self.document.text.push_str(words);
            self.column += unicode_width::UnicodeWidthStr::width(words);
            if words.len() < part.len() {
                let gap = TAB - self.column % TAB;
                self.document.text.extend(std::iter::repeat_n(' ', gap));
                self.column += gap;
            }
            if part.ends_with('\n') {
                self.column = 0;
            }
        }
    }

    /// Breaks the line inside the open block, once at a place.
    pub fn hard_break(&mut self) {
        if !self.words_so_far().is_empty() && !self.document.text.ends_with('\n') {
            self.separate('\n');
        }
    }

    /// Ends a cell of a table row.
    pub fn next_cell(&mut self) {
        self.separate('\t');
    }

    pub fn start_style(&mut self, inline: Inline) {
        self.flush_space();
        self.styles.push(self.document.styles.len());
        let range = TextRange::empty(self.document.text.len());
        self.document.styles.push(Styled { range, inline });
    }

    pub fn end_style(&mut self) {
        if let Some(at) = self.styles.pop()
            && let Some(style) = self.document.styles.get_mut(at)
        {
            style.range = TextRange::new(style.range.start(), self.document.text.len());
        }
    }

    /// Begins a link. A `Place` holds an [`Anchor`] until the document is finished.
    pub fn start_link(&mut self, target: LinkTarget) {
        self.flush_space();
        self.links.push(self.document.links.len());
        let range = TextRange::empty(self.document.text.len());
        self.document.links.push(Link { range, target });
    }

    pub fn end_link(&mut self) {
        if let Some(at) = self.links.pop()
            && let Some(link) = self.document.links.get_mut(at)
        {
            link.range = TextRange::new(link.range.start(), self.document.text.len());
        }
    }

    /// Ties `anchor` to the start of the next words. The first tie holds.
    pub fn anchor(&mut self, anchor: Anchor) {
        self.flush_space();
        let at = anchor as usize;
        if self.anchors.len() <= at {
            self.anchors.resize(at + 1, None);
        }
        let place = self.document.text.len() as u32;
        if self.anchors[at].is_none() {
            self.anchors[at] = Some(place);
            self.block_anchors.push(anchor);
        }
    }

    /// Whether `anchor` has a place.
    pub fn is_tied(&self, anchor: Anchor) -> bool {
        self.anchors
            .get(anchor as usize)
            .is_some_and(Option::is_some)
    }

    /// Ends the open block; drops it when it has no words.
    pub fn close(&mut self) {
        let Some(mut block) = self.open.take() else {
            return;
        };
        while !self.styles.is_empty() {
            self.end_style();
        }
        while !self.links.is_empty() {
            self.end_link();
        }
        self.space = false;
        let start = block.range.start();
        self.wash(start);
        self.block_anchors.clear();
        self.column = 0;
        self.trim(start, block.kind);
        let document = &mut self.document;
        if document.text.len() == start && block.kind != BlockKind::Rule {
            let end = document
                .blocks
                .last()
                .map_or(0, |before| before.range.end());
            document.text.truncate(end);
            document.styles.truncate(self.block_styles);
            document.links.truncate(self.block_links);
            document.turns.truncate(self.block_turns);
            return;
        }
        block.range = TextRange::new(start, document.text.len());
        document.blocks.push(block);
        self.settle_ranges(block.range);
    }

    /// Where the document stands; closes the open block.
    pub fn checkpoint(&mut self) -> Checkpoint {
        self.close();
        Checkpoint {
            text: self.document.text.len(),
            blocks: self.document.blocks.len(),
            styles: self.document.styles.len(),
            links: self.document.links.len(),
            replaced: self.replaced,
        }
    }

    /// Takes back everything since `checkpoint`.
    pub fn return_to(&mut self, checkpoint: Checkpoint) {
        self.close();
        self.document.text.truncate(checkpoint.text);
        self.document.blocks.truncate(checkpoint.blocks);
        self.document.styles.truncate(checkpoint.styles);
        self.document.links.truncate(checkpoint.links);
        let end = checkpoint.text as u32;
        self.document.turns.retain(|turn| turn.at < end);
        self.replaced = checkpoint.replaced;
    }

    /// The document, whole and sound.
    pub fn finish(mut self) -> Document {
        self.close();
        let anchors = self.anchors;
        let mut document = self.document;
        document.links.retain_mut(|link| match &mut link.target {
            LinkTarget::Url(_) => true,
            LinkTarget::Place(place) => {
                let known = anchors.get(*place as usize).copied().flatten();
                let inside = known.filter(|&known| (known as usize) < document.text.len());
                inside.inspect(|&known| *place = known).is_some()
            }
        });
        if self.replaced > 0 {
            let what = match self.replaced {
                1 => "1 hidden or control character is".to_owned(),
                many => format!("{many} hidden or control characters are"),
            };
            notice(
                &mut document.meta,
                &format!("{what} shown as \u{FFFD} or as a sign"),
            );
        }
        debug_assert_eq!(document.check(), Vec::<String>::new());
        document
    }

    fn words_so_far(&self) -> &str {
        let start = self.open.map_or(0, |block| block.range.start());
        self.document.text.get(start..).unwrap_or_default()
    }

    /// Writes the space that is due, unless the text stands at the start of a block, line or cell.
    fn flush_space(&mut self) {
        let due = std::mem::take(&mut self.space);
        if due
            && !self.words_so_far().is_empty()
            && !self.document.text.ends_with([' ', '\n', '\t'])
        {
            self.document.text.push(' ');
        }
    }

    fn separate(&mut self, separator: char) {
        self.space = false;
        self.document.text.push(separator);
    }

    /// Makes the words of the open block harmless; styles and links move along.
    fn wash(&mut self, start: usize) {
        let Some(words) = self.document.text.get(start..) else {
            return;
        };
        let Some(cleaned) = harmless::clean(words) else {
            return;
        };
        let moved = |range: TextRange| {
            let place = |offset: usize| start + cleaned.place_of(offset.saturating_sub(start));
            TextRange::new(
                place(range.start()),
                place(range.end()).max(place(range.start())),
            )
        };
        for style in self.document.styles.iter_mut().skip(self.block_styles) {
            style.range = moved(style.range);
        }
        for link in self.document.links.iter_mut().skip(self.block_links) {
            link.range = moved(link.range);
        }
        for turn in self.document.turns.iter_mut().skip(self.block_turns) {
            let offset = (turn.at as usize).saturating_sub(start);
            turn.at = (start + cleaned.place_of(offset)) as u32;
        }
        for &anchor in &self.block_anchors {
            if let Some(place) = &mut self.anchors[anchor as usize] {
                let offset = (*place as usize).saturating_sub(start);
                *place = (start + cleaned.place_of(offset)) as u32;
            }
        }
        self.replaced += cleaned.replaced;
        self.document.text.truncate(start);
        self.document.text.push_str(&cleaned.text);
    }

    /// Cuts white space from the end of the open block; cells stay, also empty ones.
    fn trim(&mut self, start: usize, kind: BlockKind) {
        let text = &mut self.document.text;
        let words = text.get(start..).unwrap_or_default();
        let kept = match kind {
            _ if words.trim().is_empty() => 0,
            BlockKind::TableRow { .. } => words.trim_end_matches([' ', '\n']).len(),
            _ => words.trim_end().len(),
        };
        text.truncate(start + kept);
    }

    /// Cuts styles and links to the words of their block and drops empty ones, and turns behind its end.
    fn settle_ranges(&mut self, block: TextRange) {
        let end = block.end() as u32;
        let first_turn = self.block_turns;
        keep_from(&mut self.document.turns, first_turn, |turn| turn.at < end);
        let (document, first_style, first_link) =
            (&mut self.document, self.block_styles, self.block_links);
        let inside = |range: &mut TextRange| {
            *range = range.intersect(block).unwrap_or_default();
            !range.is_empty()
        };
        keep_from(&mut document.styles, first_style, |style| {
            inside(&mut style.range)
        });
        keep_from(&mut document.links, first_link, |link| {
            inside(&mut link.range)
        });
    }
}

/// Adds a sentence to the notice on what had to be replaced or guessed.
pub fn notice(meta: &mut Meta, sentence: &str) {
    let notice = meta.notice.get_or_insert_default();
    if !notice.is_empty() {
        notice.push_str("; ");
    }
    notice.push_str(sentence);
}

/// `retain` on the tail of a list.
fn keep_from<T>(list: &mut Vec<T>, first: usize, mut keep: impl FnMut(&mut T) -> bool) {
    let mut kept = first;
    for at in first..list.len() {
        if keep(&mut list[at]) {
            list.swap(kept, at);
            kept += 1;
        }
    }
    list.truncate(kept);
}

/// How many bytes from the start can be copied as they are: words with single spaces between them.
fn collapsed_prefix(bytes: &[u8]) -> usize {
    let mut before = b'a';
    let stop = bytes.iter().position(|&byte| {
        let space_again = byte == b' ' && before == b' ';
        before = byte;
        space_again || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C)
    });
    let end = stop.unwrap_or(bytes.len());
    let trimmed = bytes.get(..end).unwrap_or(bytes).trim_ascii_end();
    trimmed.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Mark;

    fn paragraph(builder: &mut DocumentBuilder) {
        builder.open(Opening {
            kind: BlockKind::Paragraph,
            level: 0,
            tight: false,
            line: 1,
        });
    }

    #[test]
    fn white_space_is_collapsed_across_pushes() {
        let mut builder = DocumentBuilder::new(64, Meta::default());
        paragraph(&mut builder);
        for words in ["  one\n two ", " ", "\tthree", "four  five ", " "] {
            builder.words(words);
        }
        paragraph(&mut builder);
        builder.words(" \n ");
        paragraph(&mut builder);
        builder.words("end");
        let document = builder.finish();
        assert_eq!(document.text, "one two threefour five\n\nend");
        assert_eq!(document.blocks.len(), 2);
    }

    #[test]
    fn styles_follow_what_is_made_harmless_and_empty_ones_go() {
        let mut builder = DocumentBuilder::new(64, Meta::default());
        paragraph(&mut builder);
        builder.words("a\u{ad}b ");
        builder.start_style(Inline::Strong);
        builder.words("c\u{1b}d");
        builder.start_style(Inline::Emphasis);
        builder.end_style();
        builder.end_style();
        builder.start_link(LinkTarget::Url("x".into()));
        builder.end_link();
        builder.words(" e");
        let document = builder.finish();
        assert_eq!(document.text, "ab c␛d e");
        assert_eq!(document.styles.len(), 1);
        assert_eq!(document.styles[0].range.of(&document.text), "c␛d");
        assert!(document.links.is_empty());
        assert_eq!(
            document.meta.notice.as_deref(),
            Some("1 hidden or control character is shown as \u{FFFD} or as a sign")
        );
    }

    #[test]
    fn a_checkpoint_takes_everything_back() {
        let mut builder = DocumentBuilder::new(64, Meta::default());
        paragraph(&mut builder);
        builder.words("one");
        let checkpoint = builder.checkpoint();
        paragraph(&mut builder);
        builder.start_style(Inline::Code);
        builder.words("two\u{1b}");
        builder.return_to(checkpoint);
        builder.open(Opening {
            kind: BlockKind::Item(Mark::Bullet),
            level: 1,
            tight: true,
            line: 3,
        });
        builder.words("three");
        let document = builder.finish();
        assert_eq!(document.text, "one\nthree");
        assert!(document.styles.is_empty() && document.meta.notice.is_none());
    }

    #[test]
    fn tabs_keep_columns_and_cells() {
        let mut builder = DocumentBuilder::new(64, Meta::default());
        builder.open(Opening {
            kind: BlockKind::Code,
            level: 0,
            tight: false,
            line: 1,
        });
        builder.lines("\tx\n");
        builder.lines("ab\ty\n");
        builder.open(Opening {
            kind: BlockKind::TableRow { header: true },
            level: 0,
            tight: false,
            line: 3,
        });
        builder.next_cell();
        builder.words("b");
        builder.next_cell();
        assert_eq!(builder.finish().text, "    x\nab  y\n\n\tb\t");
    }
}
