//! Contents: every section with its number and the letter of its role; as a pane, and full screen.

use ratatui::layout::Rect;

use crate::model::{Section, SectionId};
use crate::text::TextRange;
use crate::text::wrap::wrap;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside};
use crate::tui::overlay::Cursor;
use crate::tui::reading::Stage;
use crate::tui::theme::Slot;

/// Characters of the gauge that shows how far the reader is.
const GAUGE: usize = 10;

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
    let mut taken = 0;
    for (section, id) in sections.iter().zip(0..).skip(first) {
        let free = below(area, taken);
        if free.height == 0 {
            break;
        }
        let selected = view.focused && id as usize == view.cursor.at;
        taken += entry(canvas, app, free, (id, section), (rows_each, selected));
    }
}

/// One section; gives the rows it took, at most `rows`.
fn entry(
    canvas: &mut Canvas<'_>,
    app: &App,
    area: Rect,
    (id, section): (SectionId, &Section),
    (rows, selected): (usize, bool),
) -> u16 {
    let reading = &app.reading;
    let digits = reading.outline().sections.len().to_string().len();
    let here = reading.section() == Some(id);
    let mark = if here { '>' } else { ' ' };
    let depth = usize::from(section.depth.min(3));
    let number = format!("{mark}{:>digits$} {:depth$}", id + 1, "");
    let (number_slot, slot) = if here {
        (Slot::Heading, Slot::Heading)
    } else {
        (Slot::Quiet, Slot::Plain)
    };
    let style = canvas.theme.style(number_slot);
    let end = canvas.put((area.x, area.y), &number, area.width, style);
    let title = section.title(&reading.document, &reading.briefing.lens);
    let words = inside(area, end - area.x, 3);
    let lines = fold(
        title,
        usize::from(words.width),
        rows.min(usize::from(area.height)),
    );
    for (line, number) in lines.iter().zip(0..) {
        canvas.line(words, number, line, slot);
    }
    if let Some(role) = section.role.map(|role| reading.briefing.lens.role(role)) {
        let style = canvas.theme.role(role);
        canvas.put(
            (area.right().saturating_sub(2), area.y),
            &role.letter.to_string(),
            1,
            style,
        );
    }
    let whole = Rect {
        height: (lines.len() as u16).max(1),
        ..area
    };
    if selected {
        let style = canvas.theme.style(Slot::Cursor);
        canvas.paint(whole, style);
    }
    canvas.target(whole, Target::Section(id));
    whole.height
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
