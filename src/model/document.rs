//! [`Document`]: one reading text, and blocks, styles and links as ranges of it.
//!
//! The reading text is what a person reads, searches and quotes: markup is gone from it, soft line breaks
//! are spaces, and nothing in it can command a terminal. It is made by `formats::builder` alone.

use std::num::NonZeroU32;

use crate::text::TextRange;

/// How many bytes before a place styles and links are looked for that reach to it.
const REACH: usize = 64 * 1024;

/// Index into [`Document::blocks`].
pub type BlockId = u32;

/// A loaded document. Blocks, styles and links are sorted by start; blocks are disjoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    pub text: String,
    pub blocks: Vec<Block>,
    pub styles: Vec<Styled>,
    pub links: Vec<Link>,
    /// Where a page of the source begins inside a block; in order. Where it begins with a block, the block says so.
    pub turns: Vec<Turn>,
    pub meta: Meta,
}

/// One paragraph, heading, list item, table row …: a stretch of the text that is laid out together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub range: TextRange,
    pub kind: BlockKind,
    /// Heading: 1–6. Item: depth of its list from 1. Quote: depth of quoting from 1. Else 0.
    pub level: u8,
    /// Whether this block follows the one before without a blank line (items of one list, rows of one table).
    pub tight: bool,
    /// First line in the *file*, from 1: where an editor opens. In an office document, which has no lines, the number
    /// of its paragraph.
    pub line: u32,
    /// Page in the source on which it begins, from 1, where the source has pages.
    pub page: Option<NonZeroU32>,
}

/// A page of the source begins inside a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Offset of its first words.
    pub at: u32,
    pub page: NonZeroU32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the whole document: shown in the header, in no section. At most one, the first block.
    Title,
    Heading,
    Paragraph,
    /// A list item, or a further paragraph of one (`Mark::None`).
    Item(Mark),
    /// A paragraph inside a quotation.
    Quote,
    /// Preformatted lines: the newlines in the range are the author's.
    Code,
    /// One row of a table; cells are separated by a tab. The first row of a table has `header`.
    TableRow {
        header: bool,
    },
    /// A thematic break; its range is empty.
    Rule,
}

/// What stands before a list item. Drawn, not part of the reading text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    None,
    Bullet,
    Number(u32),
    /// A task, done or open.
    Task(bool),
    /// A footnote at the end of the document, by its number.
    Footnote(u32),
}

/// A style on a range of the text. Styles may nest and overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Styled {
    pub range: TextRange,
    pub inline: Inline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inline {
    Strong,
    Emphasis,
    Strike,
    Code,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub range: TextRange,
    pub target: LinkTarget,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address, made harmless for showing.
    Url(Box<str>),
    /// Another place in the reading text (footnotes, both ways).
    Place(u32),
}

/// What the source states about itself; `None` where it says nothing. All made harmless for showing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    pub title: Option<String>,
    pub author: Option<String>,
    pub publisher: Option<String>,
    /// ISO 8601, as exact as the source is (`2026-11`, `2026-11-22`, `2026-11-22T09:30:00Z`).
    pub published: Option<String>,
    /// Name of the lens it asks to be read through.
    pub lens: Option<Box<str>>,
    /// Where it was read from: a path, or `-` for standard input.
    pub source: String,
    /// Name of the format's row in `formats::FORMATS`.
    pub format: &'static str,
    /// One sentence on what had to be replaced or guessed on loading, for the status line.
    pub notice: Option<String>,
}

impl Block {
    /// Whether this block reports something: counts as a paragraph of the body and can have a role.
    pub fn is_body(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Paragraph | BlockKind::Item(_) | BlockKind::Quote
        )
    }

    pub fn is_heading(&self) -> bool {
        self.kind == BlockKind::Heading
    }
}

impl Document {
    /// The words of a block.
    pub fn words(&self, block: BlockId) -> &str {
        self.blocks[block as usize].range.of(&self.text)
    }

    /// The block at `offset`: the last that starts at or before it; `None` before the first.
    pub fn block_at(&self, offset: usize) -> Option<BlockId> {
        let after = self
            .blocks
            .partition_point(|block| block.range.start() <= offset);
        after.checked_sub(1).map(|at| at as BlockId)
    }

    /// The page of the source, from 1, on which the words at `offset` stand; `None` where the source has no pages.
    pub fn page_at(&self, offset: usize) -> Option<NonZeroU32> {
        let block = self.blocks[self.block_at(offset)? as usize];
        let passed = self
            .turns
            .partition_point(|turn| turn.at as usize <= offset);
        let turned = self.turns.get(..passed)?.last();
        let inside = turned.filter(|turn| turn.at as usize >= block.range.start());
        inside.map_or(block.page, |turn| Some(turn.page))
    }

    /// The last page of the source that has words; `None` where the source has no pages.
    pub fn last_page(&self) -> Option<NonZeroU32> {
        let begun = self.blocks.iter().filter_map(|block| block.page);
        begun.chain(self.turns.iter().map(|turn| turn.page)).max()
    }

    /// The title as stated in front matter, else as the title block has it.
    pub fn title(&self) -> Option<&str> {
        let block = self
            .blocks
            .first()
            .filter(|block| block.kind == BlockKind::Title);
        self.meta
            .title
            .as_deref()
            .or_else(|| block.map(|block| block.range.of(&self.text)))
    }

    /// Whether quotations in it are what it replies to: its readers have read them, and they may be dimmed.
    pub fn is_letter(&self) -> bool {
        self.meta.format == "email"
    }

    /// The styles that touch `range`.
    pub fn styles_in(&self, range: TextRange) -> impl Iterator<Item = &Styled> {
        let from = self.reached_from(range.start());
        let first = self
            .styles
            .partition_point(|style| style.range.start() < from);
        self.styles[first..]
            .iter()
            .take_while(move |style| style.range.start() < range.end())
            .filter(move |style| style.range.overlaps(range))
    }

    /// The links that touch `range`.
    pub fn links_in(&self, range: TextRange) -> impl Iterator<Item = &Link> {
        let from = self.reached_from(range.start());
        let first = self.links.partition_point(|link| link.range.start() < from);
        self.links[first..]
            .iter()
            .take_while(move |link| link.range.start() < range.end())
            .filter(move |link| link.range.overlaps(range))
    }

    /// Where a style or link may begin that reaches to `offset`. Nested ones make ends unsorted, but none is longer
    /// than its block, and none is followed further than [`REACH`]: a block may hold millions of them.
    fn reached_from(&self, offset: usize) -> usize {
        let block = self
            .block_at(offset)
            .map_or(0, |id| self.blocks[id as usize].range.start());
        block.max(offset.saturating_sub(REACH))
    }

    /// Every broken invariant, in words. Empty for a sound document; called by builder, tests and fuzzers.
    pub fn check(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut end = 0;
        for (id, block) in self.blocks.iter().enumerate() {
            if !block.range.fits(&self.text) {
                faults.push(format!(
                    "block {id} {:?} cuts a character or leaves the text",
                    block.range
                ));
            }
            if block.range.start() < end {
                faults.push(format!(
                    "block {id} {:?} starts before the end of the one before",
                    block.range
                ));
            }
            if block.kind == BlockKind::Title && id != 0 {
                faults.push(format!("block {id} is a title but not the first block"));
            }
            end = block.range.end();
        }
        let mut inside = |what: &str, ranges: &mut dyn Iterator<Item = TextRange>| {
            let mut before = 0;
            for range in ranges {
                let home = self
                    .block_at(range.start())
                    .map(|id| self.blocks[id as usize].range);
                if !range.fits(&self.text) || !home.is_some_and(|home| home.covers(range)) {
                    faults.push(format!("{what} {range:?} lies in no single block"));
                }
                if range.start() < before {
                    faults.push(format!("{what} {range:?} is out of order"));
                }
                before = range.start();
            }
        };
        inside("style", &mut self.styles.iter().map(|style| style.range));
        inside("link", &mut self.links.iter().map(|link| link.range));
        let turned = |turn: &Turn| TextRange::empty(turn.at as usize);
        inside("turn of page", &mut self.turns.iter().map(turned));
        faults
    }
}
