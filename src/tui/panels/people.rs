//! Who is named in the section being read: as a pane beside the text, or as one line under it.

use ratatui::layout::Rect;

use crate::model::{Entity, EntityKind};
use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::panels::overlays::yours;
use crate::tui::reading::{CastRow, Stage};
use crate::tui::theme::{Slot, name_slot};

/// A line of the pane.
enum Line<'a> {
    Blank,
    Kind(&'static str),
    /// Number in the cast, and who.
    Name(usize, CastRow, &'a Entity),
    Office(&'a str),
    Places(String),
    More(String),
}

/// The pane.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let focused = app.focus == Pane::People;
    let area = inside(area, 1, 0);
    let heading = if area.width >= 28 {
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
    canvas.target(row(area, 0), Target::Act(Action::People));
    let list = below(area, 2);
    let lines = lines(app, list.width);
    let height = usize::from(list.height);
    let is_name = |line: &Line<'_>| matches!(line, Line::Name(..));
    let selected = lines
        .iter()
        .position(|line| matches!(line, Line::Name(at, ..) if *at == app.people.at));
    let followed = selected
        .filter(|_| focused)
        .unwrap_or(0)
        .saturating_sub(height / 2);
    let peeked = app
        .peek
        .filter(|(pane, _)| *pane == Pane::People)
        .map(|(_, first)| first);
    let first = peeked.unwrap_or(followed);
    let first = first.min(lines.len().saturating_sub(height));
    let hidden = lines.len() > first + height;
    for (number, line) in lines.iter().skip(first).take(height).enumerate() {
        let at = row(list, number as u16);
        if hidden && number + 1 == height {
            let names = lines
                .iter()
                .skip(first + number)
                .filter(|line| is_name(line))
                .count();
            let words = if names > 0 {
                format!("… {names} more here (p)")
            } else {
                "… more (p)".into()
            };
            draw_line(canvas, app, at, &Line::More(words));
        } else {
            draw_line(canvas, app, at, line);
        }
    }
}

/// What the pane says while it has nobody.
fn nobody(app: &App) -> &'static str {
    match app.reading.stage {
        Stage::Ready | Stage::Partial => "nobody is named here",
        Stage::Waiting => "finding names …",
    }
}

/// The cast by kinds, each with an office; then the places in a few words.
fn lines(app: &App, columns: u16) -> Vec<Line<'_>> {
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
        lines.extend(
            office
                .filter(|office| *office != entity.name)
                .map(Line::Office),
        );
    }
    if reading.cast.is_empty() {
        lines.push(Line::More(nobody(app).into()));
    }
    if !reading.places.is_empty() {
        lines.extend([Line::Blank, Line::Kind(EntityKind::Place.row().plural)]);
        lines.extend(places(app, columns).into_iter().map(Line::Places));
    }
    let elsewhere = entities.entities.len() - reading.cast.len() - reading.places.len();
    if elsewhere > 0 && reading.stage != Stage::Waiting {
        lines.extend([
            Line::Blank,
            Line::More(format!("{elsewhere} more elsewhere (p)")),
        ]);
    }
    lines
}

/// `Kessia 3/11 · Lund 1/1`, in rows.
fn places(app: &App, columns: u16) -> Vec<String> {
    let entities = &app.reading.briefing.entities.entities;
    let mut rows: Vec<String> = Vec::new();
    for place in &app.reading.places {
        let entity = &entities[place.entity as usize];
        let words = format!("{} {}/{}", entity.name, place.here, entity.mentions.len());
        match rows.last_mut() {
            Some(last) if width(last) + width(&words) + 7 <= usize::from(columns) => {
                last.push_str(" · ");
                last.push_str(&words);
            }
            _ => rows.push(words),
        }
    }
    rows
}

fn draw_line(canvas: &mut Canvas<'_>, app: &App, area: Rect, line: &Line<'_>) {
    match line {
        Line::Blank => {}
        Line::Kind(name) => {
            canvas.line(area, 0, name, Slot::Quiet);
        }
        Line::Office(office) => {
            canvas.line(inside(area, 3, 0), 0, office, Slot::Quiet);
        }
        Line::Places(words) | Line::More(words) => {
            let slot = if matches!(line, Line::Places(_)) {
                Slot::Plain
            } else {
                Slot::Quiet
            };
            let indent = if slot == Slot::Plain { 2 } else { 0 };
            canvas.line(inside(area, indent, 0), 0, words, slot);
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
    let mark = match (pinned, row.new) {
        (true, _) => ">",
        (false, true) => "+",
        (false, false) => " ",
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
    let mended = yours(entity);
    let room = room.saturating_sub(width(mended) as u16);
    let end = canvas.put((area.x + 2, area.y), &cut(&entity.name, room), room, style);
    canvas.put((end, area.y), mended, 1, quiet);
    if app.focus == Pane::People && at == app.people.at {
        let style = canvas.theme.style(Slot::Cursor);
        canvas.paint(inside(area, 0, 1), style);
    }
    canvas.target(area, Target::Entity(row.entity));
}

/// One line: the cast with counts, for screens without room for a pane.
pub fn draw_strip(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let area = inside(area, 1, 1);
    let key = canvas.theme.style(Slot::Key);
    let quiet = canvas.theme.style(Slot::Quiet);
    let mut x = canvas.put((area.x, area.y), "p ", area.width, key);
    canvas.target(Rect { width: 1, ..area }, Target::Act(Action::People));
    let cast = &app.reading.cast;
    if cast.is_empty() {
        canvas.put(
            (x, area.y),
            nobody(app),
            area.right().saturating_sub(x),
            quiet,
        );
    }
    for (at, row) in cast.iter().enumerate() {
        let entity = &app.reading.briefing.entities.entities[row.entity as usize];
        let pinned = app.reading.pinned == Some(row.entity);
        let mark = if pinned { ">" } else { "" };
        let words = format!(
            "{mark}{} {}/{}",
            shortest(entity),
            row.here,
            entity.mentions.len()
        );
        let room = area.right().saturating_sub(x);
        let left = cast.len() - at;
        // Room for "… 12 more" is kept until the last name.
        if width(&words) + if left == 1 { 0 } else { 12 } > usize::from(room) {
            canvas.put((x, area.y), &format!("… {left} more"), room, quiet);
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
        x = end;
        if left > 1 {
            x = canvas.put(
                (end, area.y),
                " · ",
                area.right().saturating_sub(end),
                quiet,
            );
        }
    }
}

/// The name in the fewest letters the text itself uses.
fn shortest(entity: &Entity) -> &str {
    let short = entity.forms.iter().min_by_key(|form| width(form));
    entity
        .abbreviation
        .as_ref()
        .or(short)
        .unwrap_or(&entity.name)
}
