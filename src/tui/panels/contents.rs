//! Contents: every section with its number and the letter of its role; as a pane, and full screen.

use ratatui::layout::Rect;

use crate::model::SectionId;
use crate::text::show::cut;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
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
    let digits = sections.len().to_string().len();
    let first = cursor.window(sections.len(), usize::from(area.height));
    for (row, id) in (first..sections.len())
        .take(usize::from(area.height))
        .enumerate()
    {
        let section = &sections[id];
        let line = Rect {
            y: area.y + row as u16,
            height: 1,
            ..area
        };
        let here = reading.section() == Some(id as SectionId);
        let mark = if here { '>' } else { ' ' };
        let indent = usize::from(section.depth.min(3));
        let title = section.title(&reading.document, &reading.briefing.lens);
        let number = format!("{mark}{:>digits$} {:indent$}", id + 1, "");
        let slot = if here { Slot::Heading } else { Slot::Plain };
        let quiet = canvas
            .theme
            .style(if here { Slot::Heading } else { Slot::Quiet });
        let end = canvas.put((line.x, line.y), &number, line.width, quiet);
        let room = line.right().saturating_sub(end + 3);
        let style = canvas.theme.style(slot);
        canvas.put((end, line.y), &cut(title, room), room, style);
        if let Some(role) = section.role.map(|role| reading.briefing.lens.role(role)) {
            let style = canvas.theme.role(role);
            canvas.put(
                (line.right().saturating_sub(2), line.y),
                &role.letter.to_string(),
                1,
                style,
            );
        }
        if focused && id == cursor.at {
            let style = canvas.theme.style(Slot::Cursor);
            canvas.paint(line, style);
        }
        canvas.target(line, Target::Section(id as SectionId));
    }
}

fn gauge(percent: usize) -> String {
    let full = percent * GAUGE / 100;
    format!(
        "read  {}{}  {percent} %",
        "#".repeat(full),
        ".".repeat(GAUGE - full)
    )
}
