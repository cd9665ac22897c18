//! Tables in a fixed width: columns side by side when they fit, else one line for each cell.

use std::io::{self, Write};

use textwrap::core::display_width;

use super::fill::{Frame, fill, lines, pad};

/// Between two columns.
const GAP: usize = 2;

/// A column that is narrower than this cannot be read when it has more to say.
const NARROW: usize = 9;

/// Writes the rows of one table; the first is its head when `headed`.
pub(super) fn write(
    out: &mut dyn Write,
    rows: &[&str],
    headed: bool,
    width: usize,
) -> io::Result<()> {
    let Some(columns) = columns(rows, width) else {
        return records(out, rows, headed, width);
    };
    for (at, row) in rows.iter().enumerate() {
        line(out, row, &columns)?;
        if at == 0 && headed {
            let rules: Vec<String> = columns.iter().map(|&width| "-".repeat(width)).collect();
            writeln!(out, "{}", rules.join(&" ".repeat(GAP)))?;
        }
    }
    Ok(())
}

/// How wide each column is; `None` when they cannot stand side by side.
fn columns(rows: &[&str], width: usize) -> Option<Vec<usize>> {
    let mut natural: Vec<usize> = Vec::new();
    for row in rows {
        for (at, cell) in row.split('\t').enumerate() {
            if at == natural.len() {
                natural.push(1);
            }
            natural[at] = natural[at].max(display_width(cell));
        }
    }
    let room = width.checked_sub(GAP * natural.len().saturating_sub(1))?;
    // The widest give way first: the greatest common limit that lets all of them fit.
    let fits = |limit: usize| natural.iter().map(|&it| it.min(limit)).sum::<usize>() <= room;
    let limit = (1..=room).rev().find(|&limit| fits(limit))?;
    let cramped = limit < NARROW && natural.iter().any(|&it| it > limit);
    (!cramped).then(|| natural.into_iter().map(|it| it.min(limit)).collect())
}

fn line(out: &mut dyn Write, row: &str, columns: &[usize]) -> io::Result<()> {
    let mut cells: Vec<Vec<String>> = Vec::new();
    for (cell, &width) in row.split('\t').zip(columns) {
        let mut wrapped = Vec::new();
        lines(cell, Frame::even("", width), &mut |_, line| {
            wrapped.push(line.to_owned());
            Ok(())
        })?;
        cells.push(wrapped);
    }
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        for (cell, &width) in cells.iter().zip(columns) {
            line.push_str(&pad(cell.get(at).map_or("", |it| it), width + GAP));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// One line for each cell, under the name of its column.
fn records(out: &mut dyn Write, rows: &[&str], headed: bool, width: usize) -> io::Result<()> {
    // A head with nothing below is all that the table says.
    let headed = headed && rows.len() > 1;
    let head: Vec<&str> = rows
        .first()
        .filter(|_| headed)
        .map_or(vec![], |row| row.split('\t').collect());
    let body = rows.get(usize::from(headed)..).unwrap_or_default();
    for (at, row) in body.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        for (column, cell) in row.split('\t').enumerate() {
            let words = match head.get(column) {
                Some(name) if !name.is_empty() => format!("{name}: {cell}"),
                _ => cell.to_owned(),
            };
            let frame = Frame {
                first: "",
                rest: "  ",
                width,
            };
            fill(out, &words, frame)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&str], width: usize) -> String {
        let mut out = Vec::new();
        write(&mut out, rows, true, width).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_stand_side_by_side_and_the_widest_gives_way() {
        let rows = [
            "Place\tNote",
            "Old Harbour\tclosed until the spring",
            "水道",
        ];
        assert_eq!(
            table(&rows, 26),
            "Place        Note\n-----------  -------------\nOld Harbour  closed until\n             the spring\n水道\n"
        );
    }

    #[test]
    fn a_table_that_is_too_wide_becomes_records() {
        let rows = [
            "A\tB\tC",
            "first thing here\tsecond thing here\tthird thing here",
        ];
        assert_eq!(
            table(&rows, 24),
            "A: first thing here\nB: second thing here\nC: third thing here\n"
        );
    }

    #[test]
    fn a_head_without_rows_is_written_too() {
        let wide = "a column that says much\tand another that says more";
        let shown = table(&[wide], 18);
        assert_eq!(
            shown.split_whitespace().collect::<String>(),
            wide.split_whitespace().collect::<String>()
        );
    }
}
