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
use crate::tui::table::Table;

/// Nominal length of a piece, in bytes.
const PIECE: usize = 16 * 1024;
/// Columns by which the cells after the first stand in where a table is too wide for columns.
const HANG: usize = 2;
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

/// One row of the screen: a range of the text and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRow {
    pub block: BlockId,
    /// Empty for a blank row, which carries the start of the block below it.
    pub range: TextRange,
    /// Columns before the words.
    pub indent: u16,
    pub part: Part,
    /// Column stops of a table's cells, if this row has cells.
    pub table: Option<Table>,
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
        }
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
        Anchor::to(
            self.document
                .blocks
                .get(self.first as usize)
                .map_or(0, |block| block.range.start()),
        )
    }

    /// The place from which `height` rows reach exactly to the end.
    pub fn bottom(&self, height: usize) -> Anchor {
        let last = self
            .document
            .blocks
            .last()
            .map_or(0, |block| block.range.end());
        self.up(Anchor::to(last), height.saturating_sub(1))
    }

    /// The number of the row that holds `offset` counted from `anchor`, if it is among the next `height`.
    pub fn row_of(&self, anchor: Anchor, height: usize, offset: usize) -> Option<usize> {
        let rows = self.rows(anchor, height);
        let last = rows.last()?;
        if offset < anchor.at || offset > last.range.end() {
            return None;
        }
        rows.iter()
            .rposition(|row| row.part != Part::Above && row.range.start() <= offset)
    }

    /// The piece that holds `offset`; the nearest where none does.
    fn piece_at(&self, offset: usize) -> Option<Piece> {
        let found = self.document.block_at(offset).unwrap_or(0).max(self.first);
        let block = self.document.blocks.get(found as usize)?;
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
        if let Some(space) = memchr::memchr2(b' ', b'\n', near) {
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
        let next = piece.block + 1;
        ((next as usize) < self.document.blocks.len()).then(|| self.piece(next, 0))
    }

    fn previous(&self, piece: Piece) -> Option<Piece> {
        let block = &self.document.blocks[piece.block as usize];
        if piece.range.start() > block.range.start() {
            return self.piece_at(piece.range.start() - 1);
        }
        let before = piece
            .block
            .checked_sub(1)
            .filter(|&before| before >= self.first)?;
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
        if begins && piece.block > self.first && !block.tight {
            rows.push(PageRow::blank(piece.block, block));
        }
        let indent = usize::from(indent(block)).min(self.columns / 2);
        let room = self.columns - indent;
        let cells = matches!(block.kind, BlockKind::TableRow { .. })
            .then(|| Table::around(self.document, piece.block, room))
            .flatten();
        let ranges = match block.kind {
            BlockKind::Code => wrap_code(&self.document.text, piece.range, room),
            BlockKind::TableRow { .. } if cells.is_some() => vec![piece.range],
            BlockKind::TableRow { .. } => self.cells_one_by_one(piece.range, room),
            _ => wrap(&self.document.text, piece.range, room),
        };
        let alone = matches!(block.kind, BlockKind::TableRow { .. }) && cells.is_none();
        let first_cell = ranges
            .first()
            .map_or(0, |range| self.cell_end(range.start(), piece.range));
        for (number, range) in ranges.into_iter().enumerate() {
            let part = if begins && number == 0 {
                Part::First
            } else {
                Part::Further
            };
            // The first cell names the row; the others hang below it.
            let hang = if alone && range.start() > first_cell {
                HANG
            } else {
                0
            };
            let indent = (indent + hang) as u16;
            rows.push(PageRow {
                block: piece.block,
                range,
                indent,
                part,
                table: cells.clone(),
            });
        }
        rows
    }

    /// Where the cell ends that holds `offset` of a table row.
    fn cell_end(&self, offset: usize, row: TextRange) -> usize {
        let rest = TextRange::new(offset, row.end()).of(&self.document.text);
        rest.find('\t').map_or(row.end(), |tab| offset + tab)
    }

    /// A table row too wide for the page: every cell wrapped by itself.
    fn cells_one_by_one(&self, range: TextRange, room: usize) -> Vec<TextRange> {
        let mut at = range.start();
        let cells = range.of(&self.document.text).split('\t').map(|cell| {
            let start = at;
            at += cell.len() + 1;
            TextRange::new(start, start + cell.len())
        });
        let full = cells.filter(|cell| !cell.is_empty());
        full.flat_map(|cell| wrap(&self.document.text, cell, room))
            .collect()
    }
}

impl PageRow {
    fn blank(id: BlockId, block: &Block) -> Self {
        let range = TextRange::empty(block.range.start());
        Self {
            block: id,
            range,
            indent: 0,
            part: Part::Above,
            table: None,
        }
    }

    /// The place that has this row on top.
    pub fn anchor(&self) -> Anchor {
        Anchor {
            at: self.range.start(),
            above: self.part == Part::Above,
        }
    }

    /// The offset of the character at `column` of this row; the row's end where it is past the words.
    pub fn offset_at(&self, document: &Document, column: u16) -> usize {
        use unicode_segmentation::UnicodeSegmentation;
        let target = usize::from(column.saturating_sub(self.indent));
        let (mut at, mut columns, mut cell) = (self.range.start(), 0, 0);
        for cluster in self.range.of(&document.text).graphemes(true) {
            columns = match &self.table {
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
    if blank && anchor.above && rows[0].range.start() == anchor.at {
        return 0;
    }
    let holding = rows
        .iter()
        .rposition(|row| row.part != Part::Above && row.range.start() <= anchor.at);
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
