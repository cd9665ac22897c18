//! [`Page`]: the rows of a document at one width, made where they are needed and forgotten at once.
//!
//! Nothing holds the rows of a whole document, so nothing walks it per key, frame or resize: a place is an
//! [`Anchor`], an offset into the text, and rows are laid out from there, forwards or backwards, piece by
//! piece. A piece is a block, or some 16 KiB of a block that is longer; laying one out takes under a
//! millisecond, so a screenful needs no cache.

use std::collections::VecDeque;

use crate::model::{Block, BlockId, BlockKind, Document, Mark};
use crate::text::wrap::{wrap, wrap_code};
use crate::text::{TextRange, width};
use crate::tui::table::{self, Table};

/// Nominal length of a piece, in bytes.
const PIECE: usize = 16 * 1024;
/// How far past the nominal cut a space is looked for, in bytes.
const SLACK: usize = 1024;

/// A place in the document: the row that holds byte `at`, or the blank row above the block that starts there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    pub at: usize,
    pub above: bool,
}

impl Anchor {
    /// The row that holds byte `at`.
    pub fn to(at: usize) -> Self {
        Self { at, above: false }
    }
}

/// One row of the screen: a line of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRow {
    pub block: BlockId,
    pub part: Part,
    pub line: Line,
}

/// A range of the text and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Empty for a blank row, which carries the start of the block below it.
    pub range: TextRange,
    /// Columns before the words.
    pub indent: u16,
    /// Column stops of a table's cells, if this line has cells.
    pub table: Option<Table>,
    /// What the words are in a table too wide for columns: the head of their column, said before them, and the
    /// columns it may take with its colon.
    pub label: Option<(TextRange, u16)>,
}

impl From<TextRange> for Line {
    fn from(range: TextRange) -> Self {
        Self {
            range,
            indent: 0,
            table: None,
            label: None,
        }
    }
}

/// What a row is of its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The blank row above a block.
    Above,
    /// The block's first row, which carries its mark.
    First,
    Further,
}

/// A document at a width.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    document: &'a Document,
    columns: usize,
    /// First block that is shown; the title is left out where the header shows it whole.
    first: BlockId,
    /// The blocks that are shown while others are not, sorted; never empty.
    only: Option<&'a [BlockId]>,
}

/// A stretch of one block, laid out at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    block: BlockId,
    range: TextRange,
}

impl<'a> Page<'a> {
    pub fn new(document: &'a Document, columns: u16, with_title: bool) -> Self {
        let titled = document
            .blocks
            .first()
            .is_some_and(|block| block.kind == BlockKind::Title);
        Self {
            document,
            columns: usize::from(columns.max(1)),
            first: BlockId::from(titled && !with_title),
            only: None,
        }
    }

    /// With these blocks alone, of which there is at least one.
    #[must_use]
    pub fn keeping(self, only: Option<&'a [BlockId]>) -> Self {
        Self { only, ..self }
    }

    /// The rows from `anchor` on, at most `count`.
    pub fn rows(&self, anchor: Anchor, count: usize) -> Vec<PageRow> {
        let Some(mut piece) = self.piece_at(anchor.at) else {
            return Vec::new();
        };
        let mut rows = self.lay_out(piece);
        let skipped = position(&rows, anchor);
        rows.drain(..skipped);
        while rows.len() < count {
            let Some(next) = self.next(piece) else { break };
            piece = next;
            rows.extend(self.lay_out(piece));
        }
        rows.truncate(count);
        rows
    }

    /// The place `count` rows above `anchor`, or the top.
    pub fn up(&self, anchor: Anchor, count: usize) -> Anchor {
        let Some(mut piece) = self.piece_at(anchor.at) else {
            return anchor;
        };
        let mut rows: VecDeque<PageRow> = self.lay_out(piece).into();
        let mut at = position(rows.make_contiguous(), anchor);
        while at < count {
            let Some(before) = self.previous(piece) else {
                break;
            };
            piece = before;
            let above = self.lay_out(piece);
            at += above.len();
            for row in above.into_iter().rev() {
                rows.push_front(row);
            }
        }
        rows.get(at.saturating_sub(count))
            .map_or(anchor, PageRow::anchor)
    }

    /// The place `count` rows below `anchor`, but not past the page that ends the document.
    pub fn down(&self, anchor: Anchor, count: usize, height: usize) -> Anchor {
        let rows = self.rows(anchor, count + height);
        let room = rows.len().saturating_sub(height);
        rows.get(room.min(count)).map_or(anchor, PageRow::anchor)
    }

    /// The first row.
    pub fn top(&self) -> Anchor {
        let first = self.shown(self.first);
        Anchor::to(
            self.document
                .blocks
                .get(first as usize)
                .map_or(0, |block| block.range.start()),
        )
    }

    /// The place from which `height` rows reach exactly to the end.
    pub fn bottom(&self, height: usize) -> Anchor {
        let blocks = &self.document.blocks;
        let last = match self.only {
            None => blocks.last(),
            Some(only) => only.last().and_then(|&last| blocks.get(last as usize)),
        };
        let last = last.map_or(0, |block| block.range.end());
        self.up(Anchor::to(last), height.saturating_sub(1))
    }

    /// The number of the row that holds `offset` counted from `anchor`, if it is among the next `height`.
    pub fn row_of(&self, anchor: Anchor, height: usize, offset: usize) -> Option<usize> {
        if self.hides(offset) {
            return None;
        }
        let rows = self.rows(anchor, height);
        let last = rows.last()?;
        if offset < anchor.at || offset > last.line.range.end() {
            return None;
        }
        rows.iter()
            .rposition(|row| row.part != Part::Above && row.line.range.start() <= offset)
    }

    /// Whether the block at `offset` is left out.
    pub fn hides(&self, offset: usize) -> bool {
        let block = self.document.block_at(offset).unwrap_or(0);
        self.only.is_some() && self.shown(block) != block
    }

    /// `block` itself where it is shown, else the next that is, or the last.
    fn shown(&self, block: BlockId) -> BlockId {
        let Some(only) = self.only else { return block };
        let next = only.partition_point(|&id| id < block);
        let shown = only.get(next).or(only.last());
        shown.copied().unwrap_or(block)
    }

    /// The block shown after `block`.
    fn after(&self, block: BlockId) -> Option<BlockId> {
        match self.only {
            None => Some(block + 1).filter(|&id| (id as usize) < self.document.blocks.len()),
            Some(only) => only.get(only.partition_point(|&id| id <= block)).copied(),
        }
    }

    /// The block shown before `block`.
    fn before(&self, block: BlockId) -> Option<BlockId> {
        let before = match self.only {
            None => block.checked_sub(1)?,
            Some(only) => *only.get(only.partition_point(|&id| id < block).checked_sub(1)?)?,
        };
        (before >= self.first).then_some(before)
    }

    /// The piece that holds `offset`; the nearest where none does.
    fn piece_at(&self, offset: usize) -> Option<Piece> {
        let found = self.document.block_at(offset).unwrap_or(0).max(self.first);
        let found = self.shown(found);
        let block = self.document.blocks.get(found as usize)?;
        // The end belongs to the last piece; there is no empty one behind it.
        let offset = offset
            .max(block.range.start())
            .min(block.range.end().saturating_sub(1));
        let number = offset.saturating_sub(block.range.start()) / PIECE;
        let late = number > 0 && self.cut(block, number) > offset;
        Some(self.piece(found, number - usize::from(late)))
    }

    /// Piece `number` of a block. The last takes all that is left.
    fn piece(&self, id: BlockId, number: usize) -> Piece {
        let block = &self.document.blocks[id as usize];
        Piece {
            block: id,
            range: TextRange::new(self.cut(block, number), self.cut(block, number + 1)),
        }
    }

    /// Where piece `number` of `block` begins: at a space near the nominal cut, else between characters.
    fn cut(&self, block: &Block, number: usize) -> usize {
        let nominal = block.range.start() + number * PIECE;
        if number == 0 || nominal + SLACK >= block.range.end() {
            return nominal.min(block.range.end()).max(if number == 0 {
                0
            } else {
                block.range.end()
            });
        }
        let near = self
            .document
            .text
            .as_bytes()
            .get(nominal..nominal + SLACK)
            .unwrap_or_default();
        let line_end = memchr::memchr(b'\n', near).filter(|_| block.kind == BlockKind::Code);
        if let Some(space) = line_end.or_else(|| memchr::memchr2(b' ', b'\n', near)) {
            return nominal + space + 1;
        }
        (nominal..block.range.end())
            .find(|&at| self.document.text.is_char_boundary(at))
            .unwrap_or(block.range.end())
    }

    fn next(&self, piece: Piece) -> Option<Piece> {
        let block = &self.document.blocks[piece.block as usize];
        if piece.range.end() < block.range.end() {
            return self.piece_at(piece.range.end());
        }
        self.after(piece.block).map(|next| self.piece(next, 0))
    }

    fn previous(&self, piece: Piece) -> Option<Piece> {
        let block = &self.document.blocks[piece.block as usize];
        if piece.range.start() > block.range.start() {
            return self.piece_at(piece.range.start() - 1);
        }
        let before = self.before(piece.block)?;
        let end = self.document.blocks[before as usize].range;
        if end.len() <= PIECE {
            return Some(self.piece(before, 0));
        }
        self.piece_at(end.end().saturating_sub(1).max(end.start()))
    }

    /// All rows of one piece, the blank row above its block included.
    fn lay_out(&self, piece: Piece) -> Vec<PageRow> {
        let block = &self.document.blocks[piece.block as usize];
        let begins = piece.range.start() == block.range.start();
        let mut rows = Vec::new();
        // What does not follow in the document does not follow without a blank row.
        let apart = |before| !block.tight || before + 1 < piece.block;
        if begins && self.before(piece.block).is_some_and(apart) {
            rows.push(PageRow::blank(piece.block, block));
        }
        let goes_on = piece.range.end() < block.range.end();
        let words = piece.range.of(&self.document.text);
        // The line break at which a piece was cut ends a row and begins none.
        let cut = usize::from(goes_on && words.ends_with('\n'));
        let range = TextRange::new(piece.range.start(), piece.range.end() - cut);
        let indent = usize::from(indent(block)).min(self.columns / 2);
        let room = self.columns - indent;
        let mut lines = match block.kind {
            BlockKind::TableRow { .. } => {
                table::rows(self.document, piece.block, piece.range, room)
            }
            BlockKind::Code => wrap_code(&self.document.text, range, room)
                .into_iter()
                .map(Line::from)
                .collect(),
            _ => wrap(&self.document.text, range, room)
                .into_iter()
                .map(Line::from)
                .collect(),
        };
        for (number, line) in lines.drain(..).enumerate() {
            let part = if begins && number == 0 {
                Part::First
            } else {
                Part::Further
            };
            let indent = indent as u16 + line.indent;
            rows.push(PageRow {
                block: piece.block,
                part,
                line: Line { indent, ..line },
            });
        }
        rows
    }
}

impl PageRow {
    fn blank(id: BlockId, block: &Block) -> Self {
        let range = TextRange::empty(block.range.start());
        Self {
            block: id,
            part: Part::Above,
            line: Line::from(range),
        }
    }

    /// The words of the row.
    pub fn range(&self) -> TextRange {
        self.line.range
    }

    /// The place that has this row on top.
    pub fn anchor(&self) -> Anchor {
        Anchor {
            at: self.line.range.start(),
            above: self.part == Part::Above,
        }
    }

    /// The offset of the character at `column` of this row; the row's end where it is past the words.
    pub fn offset_at(&self, document: &Document, column: u16) -> usize {
        use unicode_segmentation::UnicodeSegmentation;
        let target = usize::from(column.saturating_sub(self.line.indent));
        let (mut at, mut columns, mut cell) = (self.line.range.start(), 0, 0);
        for cluster in self.line.range.of(&document.text).graphemes(true) {
            columns = match &self.line.table {
                Some(table) if cluster == "\t" => {
                    cell += 1;
                    table.stop(cell)
                }
                _ => columns + width(cluster),
            };
            if columns > target {
                return at;
            }
            at += cluster.len();
        }
        at
    }
}

/// Which of a piece's rows `anchor` means.
fn position(rows: &[PageRow], anchor: Anchor) -> usize {
    let blank = rows.first().is_some_and(|row| row.part == Part::Above);
    if blank && anchor.above && rows[0].range().start() == anchor.at {
        return 0;
    }
    let holding = rows
        .iter()
        .rposition(|row| row.part != Part::Above && row.line.range.start() <= anchor.at);
    holding.unwrap_or(usize::from(blank))
}

/// Columns before a block's words: room for marks and quoting.
fn indent(block: &Block) -> u16 {
    match block.kind {
        BlockKind::Item(mark) => 2 * u16::from(block.level.clamp(1, 8)) + mark_room(mark),
        BlockKind::Quote => 2 * u16::from(block.level.clamp(1, 8)),
        BlockKind::Code => 2,
        _ => 0,
    }
}

/// Columns that a mark takes beyond the two of its list's depth.
fn mark_room(mark: Mark) -> u16 {
    let digits = |number: u32| number.checked_ilog10().unwrap_or(0) as u16 + 1;
    match mark {
        Mark::None | Mark::Bullet => 0,
        Mark::Number(number) => digits(number),
        Mark::Footnote(number) => digits(number) + 1,
        Mark::Task(_) => 2,
    }
}

#[cfg(test)]
pub(crate) mod tests;
