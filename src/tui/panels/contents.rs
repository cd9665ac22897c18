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

/// The pane.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..area
    };
    let focused = app.focus == Pane::Contents;
    let count = app.reading.outline().sections.len();
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
    let at = here.map_or(String::new(), |id| format!("{} of {count} ", id + 1));
    canvas.line_right(area, 0, &at, Slot::Quiet);
    let list = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(4),
        ..area
    };
    let cursor = if focused {
        app.contents
    } else {
        Cursor {
            at: here.unwrap_or(0) as usize,
        }
    };
    rows(canvas, app, list, cursor, focused);
    let foot = Rect {
        y: area.bottom().saturating_sub(1),
        height: 1,
        ..area
    };
    canvas.line(foot, 0, &gauge(super::status::position(app)), Slot::Quiet);
}

/// Rows of contents with `cursor` in sight; the selected one stands out when the list has the keys.
pub fn rows(canvas: &mut Canvas<'_>, app: &App, area: Rect, cursor: Cursor, focused: bool) {
    let reading = &app.reading;
    let sections = &reading.outline().sections;
    if sections.is_empty() {
        let words = if reading.stage == Stage::Ready {
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
    let first = if rows_each == 2 {
        0
    } else {
        cursor.window(sections.len(), height)
    };
    let mut taken = 0;
    for (section, id) in sections.iter().zip(0..).skip(first) {
        let free = below(area, taken);
        if free.height == 0 {
            break;
        }
        let selected = focused && id as usize == cursor.at;
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
