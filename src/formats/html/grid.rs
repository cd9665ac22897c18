//! Tables: which of them hold data, and where the cells of one stand.
//!
//! It stands apart because old pages and messages use tables to arrange blocks, and those are no tables to a reader.

use dom_query::NodeRef;

/// Columns that one cell may take.
const WIDEST: u32 = 50;
/// Rows that one cell may take.
const TALLEST: u32 = 1000;
/// A cell with more blocks than this holds a text of its own.
const BLOCKS: usize = 3;

/// The cells of a table that holds data.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// Blocks there were when its first row began.
    first_block: Option<usize>,
    /// Where the next cell stands.
    column: usize,
    /// Cells of this row that have ended.
    ended: usize,
    /// For each column, in how many more rows it is taken by a cell from above.
    taken: Vec<u32>,
}

/// The grid of a table that holds data, `None` for one that arranges blocks.
pub(super) fn of(table: &NodeRef<'_>) -> Option<Grid> {
    holds_data(table).then(Grid::default)
}

impl Grid {
    /// A row begins where there are so many blocks; whether it is the first (those without words leave no block).
    pub(super) fn start_row(&mut self, blocks: usize) -> bool {
        (self.column, self.ended) = (0, 0);
        *self.first_block.get_or_insert(blocks) == blocks
    }

    /// A cell begins that takes so many columns and rows; how many cells end before it.
    pub(super) fn start_cell(&mut self, columns: u32, rows: u32) -> usize {
        while let Some(left @ 1..) = self.taken.get_mut(self.column) {
            *left -= 1;
            self.column += 1;
        }
        let here = self.column;
        self.column += columns.clamp(1, WIDEST) as usize;
        if rows > 1 && self.column < 10_000 {
            self.taken.resize(self.taken.len().max(self.column), 0);
            for taken in self.taken.iter_mut().take(self.column).skip(here) {
                *taken = rows.min(TALLEST) - 1;
            }
        }
        let ends = here - self.ended;
        self.ended = here;
        ends
    }
}

/// Whether a table has at least two columns and rows, and cells that hold no texts of their own.
fn holds_data(table: &NodeRef<'_>) -> bool {
    let role = table.attr_or("role", "");
    if ["presentation", "none"].contains(&&*role) {
        return false;
    }
    let (mut rows, mut cells, mut widest, mut blocks, mut headed) = (0, 0, 0, 0, false);
    for node in table.descendants_it() {
        let Some(name) = node.qual_name_ref() else {
            continue;
        };
        match &*name.local {
            "tr" => {
                rows += 1;
                cells = 0;
            }
            "td" | "th" => {
                cells += 1;
                blocks = 0;
                widest = widest.max(cells);
                headed |= &*name.local == "th";
            }
            "table" | "h1" | "h2" | "h3" | "h4" | "form" | "article" => return false,
            "p" | "li" | "blockquote" => {
                blocks += 1;
                if blocks > BLOCKS && !headed {
                    return false;
                }
            }
            _ => {}
        }
    }
    widest > 1 && (rows > 1 || headed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_from_above_keep_their_columns() {
        let mut grid = Grid::default();
        grid.start_row(0);
        assert_eq!(
            [
                grid.start_cell(1, 2),
                grid.start_cell(2, 1),
                grid.start_cell(1, 1)
            ],
            [0, 1, 2]
        );
        grid.start_row(0);
        assert_eq!(grid.start_cell(1, 1), 1, "an empty cell stands before it");
        grid.start_row(0);
        assert_eq!(grid.start_cell(1, 1), 0);
    }
}
