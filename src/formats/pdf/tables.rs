//! [`tables`]: lines that are rows of a table, and what stands in their cells.
//!
//! It stands apart because PDF has no tables: words with wide gaps between them stand at the same places in several
//! lines. A cell may have several lines; which of them make a row is told by their distance, or by the first cell.

use super::lines::Line;

/// Rows with several cells that make a table.
const ROWS: usize = 3;
/// How far a cell may be off its column, in sizes.
const OFF: f64 = 1.0;

/// Lines of a table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) first: usize,
    pub(super) end: usize,
    /// From where to where the cells of the columns reach.
    columns: Vec<(f64, f64)>,
}

/// A stretch of words without a wide gap.
#[derive(Clone, Copy, Debug)]
struct Cell {
    from: usize,
    to: usize,
    x0: f64,
    x1: f64,
}

/// The tables among the lines of a column.
pub(super) fn tables(lines: &[Line]) -> Vec<Table> {
    let cells: Vec<Vec<Cell>> = lines.iter().map(cells).collect();
    let mut tables = Vec::new();
    let mut first = 0;
    while first < lines.len() {
        match table(lines, &cells, first) {
            Some(table) => {
                first = table.end;
                tables.push(table);
            }
            None => first += 1,
        }
    }
    tables
}

/// The cells of a line; one if it is not a row.
fn cells(line: &Line) -> Vec<Cell> {
    let mut starts = line.cells();
    if super::marks::mark(line).is_some() {
        starts.truncate(1);
    }
    let ends = starts.iter().skip(1).copied().chain([line.words.len()]);
    let cell = |(&from, to): (&usize, usize)| {
        let words = line.words.get(from..to).unwrap_or_default();
        Cell {
            from,
            to,
            x0: words.first().map_or(0.0, |word| word.x0),
            x1: words.last().map_or(0.0, |word| word.x1),
        }
    };
    starts.iter().zip(ends).map(cell).collect()
}

/// The table that begins with this line, if one does.
fn table(lines: &[Line], cells: &[Vec<Cell>], first: usize) -> Option<Table> {
    let head = cells.get(first)?;
    if head.len() < 2 {
        return None;
    }
    let size = lines[first].size;
    let mut columns: Vec<(f64, f64)> = head.iter().map(|cell| (cell.x0, cell.x1)).collect();
    let mut rows = 1;
    let mut end = first + 1;
    let mut last = end;
    while end < lines.len() {
        let near = lines[end].base - lines[end - 1].base < 4.0 * size;
        let fits = near && fit(&cells[end], &mut columns, size);
        if !fits {
            break;
        }
        end += 1;
        let many = cells[end - 1].len() > 1;
        rows += usize::from(many);
        // A line with one cell belongs to it if it goes on with a later cell than the first, or rows follow.
        let goes_on = cells[end - 1][0].x0 > columns[0].0 + OFF * size;
        if many || (goes_on && end - last < 4) {
            last = end;
        }
    }
    (rows >= ROWS).then_some(Table {
        first,
        end: last,
        columns,
    })
}

/// Whether cells stand in the columns, each in another; the columns grow by them.
fn fit(cells: &[Cell], columns: &mut [(f64, f64)], size: f64) -> bool {
    let mut at = 0;
    let mut grown = Vec::new();
    for cell in cells {
        let stands = |column: &(f64, f64)| {
            let middle = |from: f64, to: f64| f64::midpoint(from, to);
            (cell.x0 - column.0).abs() < OFF * size
                || (cell.x1 - column.1).abs() < OFF * size
                || (middle(cell.x0, cell.x1) - middle(column.0, column.1)).abs() < OFF * size
        };
        let Some(found) = columns.iter().skip(at).position(stands) else {
            return false;
        };
        let found = at + found;
        if columns.get(found + 1).is_some_and(|next| cell.x1 > next.0) {
            return false;
        }
        grown.push((found, cell.x0, cell.x1));
        at = found + 1;
    }
    for (at, x0, x1) in grown {
        columns[at] = (columns[at].0.min(x0), columns[at].1.max(x1));
    }
    true
}

impl Table {
    /// The rows, each with a text for every column.
    pub(super) fn rows(&self, lines: &[Line]) -> Vec<Vec<String>> {
        let breaks = self.breaks(lines);
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (line, begins) in lines.iter().zip(breaks) {
            if begins || rows.is_empty() {
                rows.push(vec![String::new(); self.columns.len()]);
            }
            let row = rows.last_mut().expect("one was just begun");
            for cell in cells(line) {
                let text = &mut row[self.column(&cell)];
                for at in cell.from..cell.to {
                    let word = &line.words[at].text;
                    if at == cell.from && is_parted(text, word) {
                        text.pop();
                    } else if !text.is_empty() && (at == cell.from || line.is_spaced(at)) {
                        text.push(' ');
                    }
                    text.push_str(word);
                }
            }
        }
        rows
    }

    /// Which lines begin a row.
    fn breaks(&self, lines: &[Line]) -> Vec<bool> {
        let distances = lines.windows(2).map(|pair| pair[1].base - pair[0].base);
        let distances: Vec<f64> = distances.collect();
        let least = distances.iter().copied().fold(f64::MAX, f64::min);
        let most = distances.iter().copied().fold(0.0, f64::max);
        let told = most > 1.12 * least && least < 1.5 * lines[0].size;
        let begins = |(line, distance): (&Line, &f64)| {
            let cells = cells(line);
            // A line with all cells is a row of its own, as a rule.
            if cells.len() == self.columns.len() {
                return true;
            }
            if told {
                return *distance > f64::midpoint(least, most.min(1.6 * least));
            }
            cells.first().is_some_and(|cell| self.column(cell) == 0)
        };
        let rest = lines.iter().skip(1).zip(&distances).map(begins);
        std::iter::once(true).chain(rest).collect()
    }

    /// The column in which a cell stands: the one it shares most with.
    fn column(&self, cell: &Cell) -> usize {
        let shared = |column: &(f64, f64)| cell.x1.min(column.1) - cell.x0.max(column.0);
        let columns = self.columns.iter().enumerate();
        let best = columns.max_by(|one, other| shared(one.1).total_cmp(&shared(other.1)));
        best.map_or(0, |best| best.0)
    }
}

/// Whether a word is parted between two lines of a cell.
fn is_parted(text: &str, next: &str) -> bool {
    let stem = text.strip_suffix('-');
    stem.is_some_and(|stem| stem.ends_with(char::is_alphabetic))
        && next.starts_with(char::is_lowercase)
}
