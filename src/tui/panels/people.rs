//! Who is named in the section being read: as a pane beside the text, or as one line under it.

use ratatui::layout::Rect;

use crate::model::{Entity, EntityKind};
use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::reading::{CastRow, Stage};
use crate::tui::theme::{Slot, name_slot};

/// A line of the pane.
enum Line<'a> {
    Blank,
    Kind(&'static str),
    /// Number in the cast, and who.
    Name(usize, CastRow, &'a Entity),
    Office(&'a str),
    More(String),
}

/// The pane.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let focused = app.focus == Pane::People;
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(1),
        ..area
    };
    let wide = area.width >= 28;
    let heading = if wide {
        "PEOPLE & AGENCIES"
    } else {
        "NAMED HERE"
    };
    canvas.line(
        area,
        0,
        heading,
        if focused {
            Slot::PaneFocused
        } else {
            Slot::Pane
        },
    );
    canvas.line_right(area, 0, "here/all ", Slot::Quiet);
    canvas.target(Rect { height: 1, ..area }, Target::Act(Action::People));
    let list = Rect {
        y: area.y + 2,
        height: area.height.saturating_sub(2),
        ..area
    };
    let lines = lines(app);
    if lines.is_empty() {
        canvas.line(list, 0, nobody(app), Slot::Quiet);
        return;
    }
    let height = usize::from(list.height);
    let selected = lines
        .iter()
        .position(|line| matches!(line, Line::Name(at, ..) if *at == app.people.at));
    let first = if focused {
        selected.unwrap_or(0).saturating_sub(height / 2)
    } else {
        0
    };
    let first = first.min(lines.len().saturating_sub(height));
    let rest = lines.len() - first;
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let at = Rect {
            y: list.y + row as u16,
            height: 1,
            ..list
        };
        if row + 1 == height && rest > height {
            let hidden = lines
                .iter()
                .skip(first + row)
                .filter(|line| matches!(line, Line::Name(..)))
                .count();
            canvas.line(at, 0, &format!(" … {hidden} more (p)"), Slot::Quiet);
            canvas.target(at, Target::Act(Action::People));
            break;
        }
        draw_line(canvas, app, at, line);
    }
}

fn nobody(app: &App) -> &'static str {
    match app.reading.stage {
        Stage::Ready | Stage::Partial => "nobody is named here",
        Stage::Waiting => "finding names …",
    }
}

/// The cast by kinds; people first with their offices.
fn lines(app: &App) -> Vec<Line<'_>> {
    let reading = &app.reading;
    let entities = &reading.briefing.entities;
    let mut lines = Vec::new();
    let mut kind = None;
    for (at, row) in reading.cast.iter().enumerate() {
        let entity = &entities.entities[row.entity as usize];
        if kind != Some(entity.kind) {
            if kind.is_some() {
                lines.push(Line::Blank);
            }
            lines.push(Line::Kind(entity.kind.row().plural));
            kind = Some(entity.kind);
        }
        lines.push(Line::Name(at, *row, entity));
        let office = entity
            .titles
            .last()
            .map(|title| title.text.as_str())
            .or(entity.abbreviation.as_deref());
        if let Some(office) =
            office.filter(|office| *office != entity.name && entity.kind != EntityKind::Place)
        {
            lines.push(Line::Office(office));
        }
    }
    let elsewhere = entities.entities.len() - reading.cast.len();
    if elsewhere > 0 && reading.stage != Stage::Waiting {
        lines.push(Line::Blank);
        lines.push(Line::More(format!("{elsewhere} more elsewhere (p)")));
    }
    lines
}

fn draw_line(canvas: &mut Canvas<'_>, app: &App, area: Rect, line: &Line<'_>) {
    match line {
        Line::Blank => {}
        Line::Kind(name) => {
            canvas.line(area, 0, name, Slot::Quiet);
        }
        Line::Office(office) => {
            let area = Rect {
                x: area.x + 3,
                width: area.width.saturating_sub(3),
                ..area
            };
            canvas.line(area, 0, office, Slot::Quiet);
        }
        Line::More(words) => {
            canvas.line(area, 0, words, Slot::Quiet);
            canvas.target(area, Target::Act(Action::People));
        }
        Line::Name(at, row, entity) => name(canvas, app, area, (*at, *row, entity)),
    }
}

fn name(
    canvas: &mut Canvas<'_>,
    app: &App,
    area: Rect,
    (at, row, entity): (usize, CastRow, &Entity),
) {
    let pinned = app.reading.pinned == Some(row.entity);
    let mark = if pinned {
        ">"
    } else if row.new {
        "+"
    } else {
        " "
    };
    let quiet = canvas.theme.style(Slot::Quiet);
    canvas.put((area.x, area.y), mark, 1, quiet);
    let counts = format!("{}/{} ", row.here, entity.mentions.len());
    let right = canvas.line_right(area, 0, &counts, Slot::Quiet);
    let room = right.saturating_sub(area.x + 3);
    let slot = if pinned {
        Slot::Pinned
    } else {
        name_slot(entity.kind)
    };
    let style = canvas.theme.style(slot);
    canvas.put((area.x + 2, area.y), &cut(&entity.name, room), room, style);
    if app.focus == Pane::People && at == app.people.at {
        let style = canvas.theme.style(Slot::Cursor);
        canvas.paint(
            Rect {
                width: area.width.saturating_sub(1),
                ..area
            },
            style,
        );
    }
    canvas.target(area, Target::Entity(row.entity));
}

/// One line: the cast with counts, for screens without room for a pane.
pub fn draw_strip(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let key = canvas.theme.style(Slot::Key);
    let quiet = canvas.theme.style(Slot::Quiet);
    let mut x = canvas.put((area.x, area.y), "p ", area.width, key);
    canvas.target(Rect { width: 1, ..area }, Target::Act(Action::People));
    let named = app
        .reading
        .cast
        .iter()
        .filter(|row| app.reading.kind(row.entity) != EntityKind::Place);
    let named: Vec<&CastRow> = named.collect();
    if named.is_empty() {
        canvas.put(
            (x, area.y),
            nobody(app),
            area.right().saturating_sub(x),
            quiet,
        );
        return;
    }
    for (at, row) in named.iter().enumerate() {
        let entity = &app.reading.briefing.entities.entities[row.entity as usize];
        let pinned = app.reading.pinned == Some(row.entity);
        let shown = entity.abbreviation.as_ref().unwrap_or_else(|| {
            entity
                .forms
                .iter()
                .min_by_key(|form| form.len())
                .unwrap_or(&entity.name)
        });
        let mark = if pinned { ">" } else { "" };
        let words = format!("{mark}{shown} {}/{}", row.here, entity.mentions.len());
        let left = named.len() - at;
        let more = format!("… {left} more");
        let room = area.right().saturating_sub(x);
        let last = left == 1;
        if width(&words) + if last { 0 } else { 12 } > usize::from(room) {
            canvas.put((x, area.y), &more, room, quiet);
            return;
        }
        let style = canvas.theme.style(if pinned {
            Slot::Pinned
        } else {
            name_slot(entity.kind)
        });
        let end = canvas.put((x, area.y), &words, room, style);
        canvas.target(
            Rect {
                x,
                width: end - x,
                ..area
            },
            Target::Entity(row.entity),
        );
        if last {
            break;
        }
        x = canvas.put(
            (end, area.y),
            " · ",
            area.right().saturating_sub(end),
            quiet,
        );
    }
}
