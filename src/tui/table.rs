//! [`Table`]: where the cells of a table's rows stand, when the table fits the page.

use std::sync::Arc;

use crate::model::{BlockId, BlockKind, Document};
use crate::text::width;

/// Columns between cells.
const GAP: usize = 2;
/// How many rows decide the widths: enough for any table in a briefing, and bounded for one of a million rows.
const LOOKED_AT: usize = 200;

/// The first column of every cell, shared by the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    stops: Arc<[usize]>,
}

impl Table {
    /// The stops of the table that `block` is a row of; `None` when it is wider than `columns`, or this row
    /// is wider than the rows that were looked at.
    pub fn around(document: &Document, block: BlockId, columns: usize) -> Option<Self> {
        let at = block as usize;
        let row = |at: &usize| matches!(document.blocks[*at].kind, BlockKind::TableRow { .. });
        let header = |at: &usize| document.blocks[*at].kind == BlockKind::TableRow { header: true };
        let reach = at.saturating_sub(LOOKED_AT)..=at;
        let first = reach.rev().take_while(row).find(header).unwrap_or(at);
        let rest = (first + 1..document.blocks.len())
            .take_while(|at| row(at) && !header(at))
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
