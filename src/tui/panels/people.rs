//! Who is named in the section being read: as a pane beside the text, or as one line under it.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::model::{Entity, EntityKind};
use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::cast::{CastRow, office};
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::panels::overlays::yours;
use crate::tui::reading::Stage;
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
    let height = usize::from(list.height);
    let cast = &app.reading.cast_lines;
    let selected = cast.starts.get(app.people.at).filter(|_| focused);
    let followed = selected
        .map_or(0, |&line| line as usize)
        .saturating_sub(height / 2);
    let peeked = app
        .peek
        .filter(|(pane, _)| *pane == Pane::People)
        .map(|(_, first)| first);
    let first = peeked.unwrap_or(followed);
    // What comes after the names, as far as it can be seen and a line more.
    let tail = tail(
        app,
        list.width,
        (first + height + 1).saturating_sub(cast.count),
    );
    let count = cast.count + tail.len();
    let first = first.min(count.saturating_sub(height));
    let mut lines = names(app, first..first + height);
    lines.extend(tail.into_iter().skip(first.saturating_sub(cast.count)));
    if count > first + height && height > 0 {
        let bottom = first + height - 1;
        let above = cast
            .starts
            .partition_point(|&line| (line as usize) < bottom);
        let words = match cast.starts.len() - above {
            0 => "… more (p)".into(),
            names => format!("… {names} more here (p)"),
        };
        lines.truncate(height - 1);
        lines.push(Line::More(words));
    }
    for (line, number) in lines.iter().take(height).zip(0..) {
        draw_line(canvas, app, row(list, number), line);
    }
}

/// What the pane says while it has nobody.
fn nobody(app: &App) -> &'static str {
    match app.reading.stage {
        Stage::Ready | Stage::Partial => "nobody is named here",
        Stage::Waiting => "finding names …",
    }
}

/// The lines of the cast with these numbers: by kinds, each name with an office. No others are made.
fn names(app: &App, wanted: Range<usize>) -> Vec<Line<'_>> {
    let reading = &app.reading;
    let entities = &reading.briefing.entities.entities;
    let starts = &reading.cast_lines.starts;
    let mut lines = Vec::new();
    // The office of the name before may be the first line.
    let from = starts.partition_point(|&line| (line as usize) < wanted.start);
    for (at, &start) in starts.iter().enumerate().skip(from.saturating_sub(1)) {
        let start = start as usize;
        let row = reading.cast[at];
        let entity = &entities[row.entity as usize];
        let before = at
            .checked_sub(1)
            .map(|at| reading.kind(reading.cast[at].entity));
        let heads = before != Some(entity.kind);
        if start.saturating_sub(if heads { 2 } else { 0 }) >= wanted.end {
            break;
        }
        let blank = (heads && before.is_some()).then(|| (start - 2, Line::Blank));
        let kind = heads.then(|| (start - 1, Line::Kind(entity.kind.row().plural)));
        let name = Some((start, Line::Name(at, row, entity)));
        let office = office(entity).map(|office| (start + 1, Line::Office(office)));
        let all = [blank, kind, name, office].into_iter().flatten();
        let seen = all.filter(|(number, _)| wanted.contains(number));
        lines.extend(seen.map(|(_, line)| line));
    }
    lines
}

/// What comes after the names: the places in a few words, and how many names stand elsewhere. At most so many lines.
fn tail(app: &App, columns: u16, most: usize) -> Vec<Line<'_>> {
    let reading = &app.reading;
    let mut lines = Vec::new();
    if reading.cast.is_empty() {
        lines.push(Line::More(nobody(app).into()));
    }
    if !reading.places.is_empty() {
        lines.extend([Line::Blank, Line::Kind(EntityKind::Place.row().plural)]);
        lines.extend(places(app, columns, most).into_iter().map(Line::Places));
    }
    let elsewhere = reading.listed - reading.cast.len() - reading.places.len();
    if elsewhere > 0 && reading.stage != Stage::Waiting {
        lines.extend([
            Line::Blank,
            Line::More(format!("{elsewhere} more elsewhere (p)")),
        ]);
    }
    lines
}

/// `Kessia 3/11 · Lund 1/1`, in rows, at most so many.
fn places(app: &App, columns: u16, most: usize) -> Vec<String> {
    let entities = &app.reading.briefing.entities.entities;
    let mut rows: Vec<String> = Vec::new();
    for place in &app.reading.places {
        let entity = &entities[place.entity as usize];
        let words = format!("{} {}/{}", entity.name, place.here, entity.mentions.len());
        let full = rows.len() == most;
        match rows.last_mut() {
            Some(last) if width(last) + width(&words) + 7 <= usize::from(columns) => {
                last.push_str(" · ");
                last.push_str(&words);
            }
            _ if full => break,
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
