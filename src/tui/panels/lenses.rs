//! The list of lenses: for each its name, what it is for, its roles with letters in their colours, where it is from.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::model::Lens;
use crate::sections::LensRow;
use crate::text::wrap::wrap;
use crate::text::{TextRange, width};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::below;
use crate::tui::lenses::Lenses;
use crate::tui::theme::Slot;

/// Columns before what stands under a name.
const INDENT: u16 = 2;
/// Columns between two roles.
const GAP: u16 = 3;

/// Draws as many lenses as there is room for, the selected one among them.
pub fn draw(canvas: &mut Canvas<'_>, lenses: &Lenses, area: Rect) {
    let heights: Vec<u16> = lenses
        .rows
        .iter()
        .map(|row| height(row, area.width))
        .collect();
    let first = first(&heights, lenses.cursor.at, area.height);
    let mut taken = 0;
    for (at, row) in lenses.rows.iter().enumerate().skip(first) {
        let free = below(area, taken);
        if free.height == 0 {
            break;
        }
        let whole = Rect {
            height: heights[at].min(free.height),
            ..free
        };
        entry(canvas, row, whole, lenses.present == Some(at));
        if at == lenses.cursor.at {
            let style = canvas.theme.style(Slot::Cursor);
            canvas.paint(Rect { height: 1, ..whole }, style);
        }
        canvas.target(whole, Target::Row(at));
        // A blank row after each.
        taken += heights[at] + 1;
    }
}

/// The first lens to show so that the one at `at` is seen whole.
fn first(heights: &[u16], at: usize, room: u16) -> usize {
    let mut taken = 0;
    let shown = heights.iter().take(at + 1).rev().take_while(|&&height| {
        taken += height;
        let fits = taken <= room;
        taken += 1;
        fits
    });
    (at + 1).saturating_sub(shown.count().max(1))
}

fn entry(canvas: &mut Canvas<'_>, row: &LensRow, area: Rect, present: bool) {
    let mark = if present { '>' } else { ' ' };
    let from = row.place.words();
    let title = row.lens.as_ref().map_or("", |lens| lens.title.as_str());
    let name = format!("{mark} {}", row.name);
    let slot = if present { Slot::Heading } else { Slot::Plain };
    let end = canvas.line(area, 0, &name, slot);
    let under = Rect {
        x: area.x + INDENT,
        width: area.width.saturating_sub(INDENT),
        ..area
    };
    if title != row.name {
        let rest = Rect {
            x: end + 2,
            width: area.right().saturating_sub(end + 2),
            ..area
        };
        canvas.line(rest, 0, title, Slot::Quiet);
    }
    match &row.lens {
        Ok(lens) => roles(canvas, lens, below(under, 1)),
        Err(fault) => {
            for (range, number) in folded(fault, under.width).into_iter().zip(1..) {
                canvas.line(under, number, range.of(fault), Slot::Notice);
            }
            return;
        }
    }
    canvas.line(under, area.height.saturating_sub(1), &from, Slot::Quiet);
}

/// The roles in order, each with its letter in its colour, in as many rows as they need.
fn roles(canvas: &mut Canvas<'_>, lens: &Lens, area: Rect) {
    let plain = canvas.theme.style(Slot::Plain);
    for (role, (x, y)) in lens.roles.iter().zip(places(lens, area.width)) {
        if y >= area.height {
            return;
        }
        let (x, y) = (area.x + x, area.y + y);
        let style: Style = canvas.theme.role(role);
        let room = area.right().saturating_sub(x);
        let end = canvas.put((x, y), &format!("{} ", role.letter), room, style);
        let room = area.right().saturating_sub(end);
        canvas.put((end, y), &role.label, room, plain);
    }
}

/// Where each role stands: columns and rows from the first.
fn places(lens: &Lens, columns: u16) -> Vec<(u16, u16)> {
    let (mut x, mut y) = (0, 0);
    let place = |label: &str| {
        let taken = width(label) as u16 + 2;
        if x > 0 && x + taken > columns {
            (x, y) = (0, y + 1);
        }
        let here = (x, y);
        x += taken + GAP;
        here
    };
    lens.roles
        .iter()
        .map(|role| role.label.as_str())
        .map(place)
        .collect()
}

/// Rows that a lens takes: name, roles, origin; or name and fault.
fn height(row: &LensRow, columns: u16) -> u16 {
    let columns = columns.saturating_sub(INDENT).max(1);
    match &row.lens {
        Ok(lens) => places(lens, columns).last().map_or(0, |(_, y)| y + 1) + 2,
        Err(fault) => folded(fault, columns).len() as u16 + 1,
    }
}

fn folded(words: &str, columns: u16) -> Vec<TextRange> {
    wrap(
        words,
        TextRange::new(0, words.len()),
        usize::from(columns).max(1),
    )
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn the_selected_lens_is_seen_whole() {
        for (heights, at, room, expected) in [
            (&[3, 3, 3][..], 0, 4, 0),
            (&[3, 3, 3], 1, 7, 0),
            (&[3, 3, 3], 1, 6, 1),
            (&[3, 3, 3], 2, 7, 1),
            (&[9, 9], 1, 3, 1),
            (&[], 0, 3, 0),
        ] {
            assert_eq!(first(heights, at, room), expected, "{heights:?} at {at}");
        }
    }
}
