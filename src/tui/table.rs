//! Tables: where the cells of a row stand when the table fits the page, and how a row is told when it does not.

use std::sync::Arc;

use crate::model::{BlockId, BlockKind, Document};
use crate::text::show::cut;
use crate::text::wrap::wrap;
use crate::text::{TextRange, width};
use crate::tui::page::Line;

/// Columns between cells.
const GAP: usize = 2;
/// Columns by which the cells after the first stand in where they stand one below the other.
const HANG: usize = 2;
/// How many rows decide the widths: enough for any table in a briefing, and bounded for one of a million rows.
const LOOKED_AT: usize = 128;

/// The first column of every cell, shared by the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    stops: Arc<[usize]>,
}

/// The lines of one table row: its cells side by side, or, in a table too wide for that, one below the other
/// with the head of its column before each.
pub fn rows(document: &Document, block: BlockId, range: TextRange, columns: usize) -> Vec<Line> {
    let head = head_of(document, block);
    if let Some(table) = Table::of(document, head, block, columns) {
        return vec![Line {
            table: Some(table),
            ..Line::from(range)
        }];
    }
    let labels = cells(document, document.blocks[head as usize].range);
    let named = document.blocks[head as usize].kind == BlockKind::TableRow { header: true }
        && head != block;
    let full = cells(document, range)
        .into_iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty());
    let lines = full.flat_map(|(number, cell)| {
        // The head of the only column stands right above: it need not be said again and again.
        let label = labels
            .get(number)
            .copied()
            .filter(|label| named && labels.len() > 1 && !label.is_empty());
        // A long head gives way to the words, visibly: it stands whole in the row of heads.
        let taken = label.map_or(0, |label| {
            let room = (columns / 2).saturating_sub(2);
            width(&cut(label.of(&document.text), room as u16)) + 2
        });
        let label = label.map(|label| (label, taken as u16));
        // The first cell names the row; the others hang below it.
        let indent = taken + if number == 0 { 0 } else { HANG };
        let room = columns.saturating_sub(indent).max(1);
        let rows = wrap(&document.text, cell, room).into_iter().enumerate();
        let line = move |(row, range)| {
            let label = label.filter(|_| row == 0);
            Line {
                indent: indent as u16,
                label,
                ..Line::from(range)
            }
        };
        rows.map(line).collect::<Vec<_>>()
    });
    let lines: Vec<Line> = lines.collect();
    if lines.is_empty() {
        // Nothing but empty cells: a row all the same, without the tabs between them.
        vec![Line::from(TextRange::empty(range.start()))]
    } else {
        lines
    }
}

/// The head of the table that `block` is a row of, if it is near; else the first row of the stretch that
/// `block` lies in, so that the rows of a stretch still stand in the same columns.
fn head_of(document: &Document, block: BlockId) -> BlockId {
    let at = block as usize;
    let row = |at: &usize| matches!(document.blocks[*at].kind, BlockKind::TableRow { .. });
    let header = |at: &usize| document.blocks[*at].kind == BlockKind::TableRow { header: true };
    let reach = || (at.saturating_sub(LOOKED_AT)..=at).rev().take_while(row);
    let stretch = at - at % LOOKED_AT;
    let first = || reach().take_while(|at| *at >= stretch).last();
    reach()
        .find(header)
        .or_else(first)
        .map_or(block, |head| head as BlockId)
}

/// The cells of a row of a table.
fn cells(document: &Document, range: TextRange) -> Vec<TextRange> {
    let mut at = range.start();
    let cell = |cell: &str| {
        let start = at;
        at += cell.len() + 1;
        TextRange::new(start, start + cell.len())
    };
    range.of(&document.text).split('\t').map(cell).collect()
}

impl Table {
    /// The stops of the table with this head; `None` when it is wider than `columns`, or this row is wider than
    /// the rows that were looked at.
    fn of(document: &Document, head: BlockId, block: BlockId, columns: usize) -> Option<Self> {
        let first = head as usize;
        let row = |at: &usize| document.blocks[*at].kind == BlockKind::TableRow { header: false };
        let rest = (first + 1..document.blocks.len())
            .take_while(row)
            .take(LOOKED_AT);
        let mut widths = Vec::new();
        for id in std::iter::once(first).chain(rest) {
            widen(&mut widths, document.words(id as BlockId));
        }
        let mut own = Vec::new();
        widen(&mut own, document.words(block));
        let fits =
            own.len() <= widths.len() && own.iter().zip(&widths).all(|(own, column)| own <= column);
        let mut stops = Vec::with_capacity(widths.len());
        let mut stop = 0;
        for column in &widths {
            stops.push(stop);
            stop += column + GAP;
        }
        (fits && stop.saturating_sub(GAP) <= columns).then(|| Self {
            stops: stops.into(),
        })
    }

    /// The first column of cell `number`.
    pub fn stop(&self, number: usize) -> usize {
        self.stops.get(number).copied().unwrap_or(0)
    }
}

fn widen(widths: &mut Vec<usize>, row: &str) {
    for (number, cell) in row.split('\t').enumerate() {
        match widths.get_mut(number) {
            Some(known) => *known = width(cell).max(*known),
            None => widths.push(width(cell)),
        }
    }
}
