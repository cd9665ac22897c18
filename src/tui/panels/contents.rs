//! Contents: every section with its number, its length, its role and where that comes from; as a pane, and full
//! screen.

use ratatui::layout::Rect;

use crate::model::{Basis, Lens, Section, SectionId};
use crate::text::TextRange;
use crate::text::width;
use crate::text::wrap::wrap;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside};
use crate::tui::overlay::Cursor;
use crate::tui::reading::{Stage, basis_word};
use crate::tui::theme::Slot;

/// Characters of the gauge that shows how far the reader is.
const GAUGE: usize = 10;

/// Columns of the line that is as long as the longest section, and how a role is told, in lists of at least so
/// many columns.
const SHAPES: [(u16, u16, Telling); 3] = [
    (70, 12, Telling::Words),
    (48, 8, Telling::Letter),
    (0, 3, Telling::Mark),
];

/// How a role and its basis are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// `T Threat      guess`
    Words,
    /// `T guess`
    Letter,
    /// `T~`
    Mark,
}

/// How the columns of a list are shared out: all rows alike, so that nothing jumps.
#[derive(Clone, Copy, Debug)]
struct Shape {
    bar: u16,
    telling: Telling,
    /// Columns for the role.
    role: u16,
    /// Bytes of the longest section.
    longest: usize,
}

impl Shape {
    fn of(app: &App, columns: u16) -> Self {
        let (_, bar, telling) = SHAPES
            .iter()
            .find(|(least, ..)| columns >= *least)
            .copied()
            .unwrap_or(SHAPES[SHAPES.len() - 1]);
        let bases = [Basis::Heading, Basis::Text, Basis::Reader];
        let words = bases.map(|basis| width(basis_word(basis)));
        let word = words.into_iter().max().unwrap_or(0) as u16;
        let role = match telling {
            Telling::Words => 2 + longest_name(&app.reading.briefing.lens) + 2 + word,
            Telling::Letter => 2 + word,
            Telling::Mark => 2,
        };
        let sections = app.reading.outline().sections.iter();
        Self {
            bar,
            telling,
            role,
            longest: sections.map(|it| it.range.len()).max().unwrap_or(0),
        }
    }

    /// Columns at the right of the title, with the gaps.
    fn taken(self) -> u16 {
        let gap = if self.telling == Telling::Mark { 1 } else { 2 };
        gap + self.bar + gap + self.role
    }
}

fn longest_name(lens: &Lens) -> u16 {
    let names = lens.roles.iter().map(|role| width(&role.short));
    names.max().unwrap_or(0) as u16
}

/// What stands beside the letter of a role where there is no room for a word.
fn mark(basis: Basis) -> char {
    match basis {
        Basis::Heading => '=',
        Basis::Text => '~',
        Basis::Reader => '*',
    }
}

/// A line for a length, of at most `columns`; the least of something is half a column.
fn bar(length: usize, longest: usize, columns: u16) -> String {
    let halves = (length * usize::from(columns) * 2).div_ceil(longest.max(1));
    let half = if halves % 2 == 1 { "╸" } else { "" };
    format!("{}{half}", "━".repeat(halves / 2))
}

/// What of the list is selected and seen.
#[derive(Clone, Copy, Debug)]
pub struct View {
    pub cursor: Cursor,
    /// Whether the list has the keys, so that the selected row stands out.
    pub focused: bool,
    /// First row, where the wheel has moved it; else the cursor is kept in sight.
    pub first: Option<usize>,
}

/// The pane.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let area = inside(area, 1, 0);
    let focused = app.focus == Pane::Contents;
    let sections = app.reading.outline().sections.len();
    canvas.line(
        area,
        0,
        "CONTENTS",
        if focused {
            Slot::PaneFocused
        } else {
            Slot::Pane
        },
    );
    let here = app.reading.section();
    let at = here.map_or(String::new(), |id| {
        format!("{} of {} ", id + 1, counted(app, sections))
    });
    canvas.line_right(area, 0, &at, Slot::Quiet);
    let list = below(
        Rect {
            height: area.height.saturating_sub(2),
            ..area
        },
        2,
    );
    let place = Cursor {
        at: here.unwrap_or(0) as usize,
    };
    let cursor = if focused { app.contents } else { place };
    let first = app
        .peek
        .filter(|(pane, _)| *pane == Pane::Contents)
        .map(|(_, first)| first);
    rows(
        canvas,
        app,
        list,
        View {
            cursor,
            focused,
            first,
        },
    );
    if !app.loading {
        let foot = Rect {
            y: area.bottom().saturating_sub(1),
            height: 1,
            ..area
        };
        canvas.line(foot, 0, &gauge(super::status::position(app)), Slot::Quiet);
    }
}

/// A count that may still grow has a plus.
pub fn counted(app: &App, count: usize) -> String {
    let growing = app.loading || app.reading.stage == Stage::Partial;
    format!("{count}{}", if growing { "+" } else { "" })
}

/// Rows of contents.
pub fn rows(canvas: &mut Canvas<'_>, app: &App, area: Rect, view: View) {
    let reading = &app.reading;
    let sections = &reading.outline().sections;
    if sections.is_empty() {
        let words = if reading.stage == Stage::Ready && !app.loading {
            "no sections"
        } else {
            "finding sections …"
        };
        canvas.line(area, 0, words, Slot::Quiet);
        return;
    }
    let height = usize::from(area.height);
    // Long headings take a second row where every section could have two.
    let rows_each = if sections.len() * 2 <= height { 2 } else { 1 };
    let followed = view.cursor.window(sections.len(), height);
    let first = if rows_each == 2 {
        0
    } else {
        view.first.unwrap_or(followed)
    };
    let shape = Shape::of(app, area.width);
    let mut taken = 0;
    for (section, id) in sections.iter().zip(0..).skip(first) {
        let free = below(area, taken);
        if free.height == 0 {
            break;
        }
        let selected = view.focused && id as usize == view.cursor.at;
        let look = Look {
            rows: rows_each,
            selected,
            shape,
        };
        taken += entry(canvas, app, free, (id, section), look);
    }
}

/// How an entry looks.
#[derive(Clone, Copy, Debug)]
struct Look {
    /// Rows it may take.
    rows: usize,
    selected: bool,
    shape: Shape,
}

/// One section; gives the rows it took.
fn entry(
    canvas: &mut Canvas<'_>,
    app: &App,
    area: Rect,
    (id, section): (SectionId, &Section),
    look: Look,
) -> u16 {
    let reading = &app.reading;
    let digits = reading.outline().sections.len().to_string().len();
    let here = reading.section() == Some(id);
    let mark = if here { '>' } else { ' ' };
    let depth = usize::from(section.depth.min(3));
    let drawn = if section.drawn { '*' } else { ' ' };
    let number = format!("{mark}{:>digits$}{drawn}{:depth$}", id + 1, "");
    let (number_slot, slot) = if here {
        (Slot::Heading, Slot::Heading)
    } else {
        (Slot::Quiet, Slot::Plain)
    };
    let style = canvas.theme.style(number_slot);
    let end = canvas.put((area.x, area.y), &number, area.width, style);
    let title = section.title(&reading.document, &reading.briefing.lens);
    let words = inside(area, end - area.x, look.shape.taken());
    let lines = fold(
        title,
        usize::from(words.width),
        look.rows.min(usize::from(area.height)),
    );
    for (line, number) in lines.iter().zip(0..) {
        canvas.line(words, number, line, slot);
    }
    told(canvas, app, area, section, look.shape);
    let whole = Rect {
        height: (lines.len() as u16).max(1),
        ..area
    };
    if look.selected {
        let style = canvas.theme.style(Slot::Cursor);
        canvas.paint(whole, style);
    }
    canvas.target(whole, Target::Section(id));
    whole.height
}

/// Length, role and basis, at the right of the first row of `area`.
fn told(canvas: &mut Canvas<'_>, app: &App, area: Rect, section: &Section, shape: Shape) {
    let right = inside(area, area.width.saturating_sub(shape.taken()), 0);
    let gap = if shape.telling == Telling::Mark { 1 } else { 2 };
    let quiet = canvas.theme.style(Slot::Quiet);
    let line = bar(section.range.len(), shape.longest, shape.bar);
    canvas.put((right.x + gap, right.y), &line, shape.bar, quiet);
    let x = right.x + gap + shape.bar + gap;
    let room = right.right().saturating_sub(x);
    // That there is no role is told only where the reader said so.
    let role = section
        .role
        .map(|role| app.reading.briefing.lens.role(role));
    if role.is_none() && section.basis != Basis::Reader {
        return;
    }
    let letter = role.map_or('-', |role| role.letter).to_string();
    let style = role.map_or(quiet, |role| canvas.theme.role(role));
    let plain = canvas.theme.style(Slot::Plain);
    let end = canvas.put((x, right.y), &letter, room, style);
    let after = match shape.telling {
        Telling::Mark => {
            canvas.put((end, right.y), &mark(section.basis).to_string(), 1, quiet);
            return;
        }
        Telling::Letter => end + 1,
        Telling::Words => {
            let name = role.map_or("no role", |role| role.short.as_str());
            canvas.put((end + 1, right.y), name, room.saturating_sub(2), plain);
            end + 1 + longest_name(&app.reading.briefing.lens) + 2
        }
    };
    let room = right.right().saturating_sub(after);
    canvas.put((after, right.y), basis_word(section.basis), room, quiet);
}

/// `title` in at most `rows` rows; the last is left too long to be cut with a sign.
fn fold(title: &str, columns: usize, rows: usize) -> Vec<&str> {
    let ranges = wrap(title, TextRange::new(0, title.len()), columns);
    let last = rows.saturating_sub(1).min(ranges.len().saturating_sub(1));
    let line = |number: usize| {
        let end = if number == last {
            title.len()
        } else {
            ranges[number].end()
        };
        TextRange::new(ranges[number].start(), end).of(title)
    };
    (0..=last).map(line).collect()
}

fn gauge(percent: usize) -> String {
    let full = percent * GAUGE / 100;
    format!(
        "read  {}{}  {percent} %",
        "#".repeat(full),
        ".".repeat(GAUGE - full)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_what_they_stand_for() {
        for (length, longest, columns, expected) in [
            (100, 100, 4, "━━━━"),
            (50, 100, 4, "━━"),
            (60, 100, 4, "━━╸"),
            (1, 100_000, 4, "╸"),
            (0, 100, 4, ""),
            (0, 0, 4, ""),
        ] {
            assert_eq!(bar(length, longest, columns), expected);
        }
    }
}
