//! The table of who is named in all documents, and beside it the documents that name the selected one.

use ratatui::layout::Rect;

use crate::model::KINDS;
use crate::text::show::{cut, plural};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::census::{Census, Row};
use crate::tui::event::Target;
use crate::tui::layout::{below, row};
use crate::tui::overlay::Cursor;
use crate::tui::panels::hints::Hint;
use crate::tui::panels::prompt;
use crate::tui::theme::{Slot, name_slot};

/// From this many columns on names and documents stand side by side.
const SIDE_BY_SIDE: u16 = 70;

/// Draws the table; gives its title, and words for the right of that line.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    census: &Census,
    area: Rect,
) -> (&'static str, String) {
    if app.size.width < SIDE_BY_SIDE {
        match census.document {
            Some(_) => documents(canvas, app, census, area),
            None => names(canvas, census, area),
        }
    } else {
        let left = Rect {
            width: area.width / 2,
            ..area
        };
        let line = Rect {
            x: left.right(),
            width: 1,
            ..area
        };
        canvas.fill(line, '│', Slot::Rule);
        names(canvas, census, left);
        let right = Rect {
            x: line.right() + 1,
            width: area.right().saturating_sub(line.right() + 1),
            ..area
        };
        documents(canvas, app, census, right);
    }
    ("NAMED IN ALL DOCUMENTS", progress(census))
}

fn progress(census: &Census) -> String {
    let all = census.known + census.awaited + census.left_out;
    let mut words = match census.awaited {
        0 => plural(census.rows.len(), "name"),
        _ => format!("{} of {all} documents looked through …", census.known),
    };
    if census.left_out > 0 {
        words += " · ";
        words += &plural(census.left_out, "document");
        words += " left out";
    }
    words
}

fn names(canvas: &mut Canvas<'_>, census: &Census, area: Rect) {
    let mut area = area;
    let filtered = census.typing || !census.filter.text.is_empty();
    if filtered {
        prompt::field(canvas, area, &census.filter, census.typing);
        area = below(area, 1);
    }
    if census.rows.is_empty() {
        let words = match (filtered, census.awaited) {
            (true, _) => "no name has these letters",
            (false, 0) => "no names were found",
            (false, _) => "finding names …",
        };
        canvas.line(area, 0, words, Slot::Quiet);
        return;
    }
    let height = usize::from(area.height);
    let first = census.names.window(census.rows.len(), height);
    let shown = census.rows.iter().enumerate().skip(first).take(height);
    for ((at, known), line) in shown.zip(0..) {
        let line = row(area, line);
        name(canvas, known, line);
        if at == census.names.at {
            let slot = if census.document.is_none() {
                Slot::Cursor
            } else {
                Slot::Strong
            };
            canvas.paint(line, canvas.theme.style(slot));
        }
        canvas.target(line, Target::Row(at));
    }
}

fn name(canvas: &mut Canvas<'_>, known: &Row, line: Rect) {
    let kind = KINDS.iter().find(|row| row.kind == known.kind);
    let kind = kind.map_or("", |row| row.name);
    let count = match known.documents.len() {
        1 => "1 document".to_owned(),
        more => format!("{more} documents"),
    };
    let facts = if line.width >= 44 {
        format!("{kind} · {count} ")
    } else {
        format!("{} ", known.documents.len())
    };
    let right = canvas.line_right(line, 0, &facts, Slot::Quiet);
    let room = right.saturating_sub(line.x + 2);
    let style = canvas.theme.style(name_slot(known.kind));
    canvas.put((line.x + 1, line.y), &cut(&known.name, room), room, style);
}

/// The documents that name the selected one.
fn documents(canvas: &mut Canvas<'_>, app: &App, census: &Census, area: Rect) {
    let (Some(known), Some(level)) = (census.selected(), app.shelves.levels.get(census.level))
    else {
        return;
    };
    canvas.line(area, 0, &known.name, Slot::Heading);
    let area = below(area, 2);
    let height = usize::from(area.height);
    let cursor = census.document.unwrap_or(Cursor { at: 0 });
    let first = cursor.window(known.documents.len(), height);
    let shown = known.documents.iter().enumerate().skip(first).take(height);
    for ((at, &(entry, mentions)), line) in shown.zip(0..) {
        let line = row(area, line);
        let right = canvas.line_right(line, 0, &plural(mentions, "mention"), Slot::Quiet);
        let room = right.saturating_sub(line.x + 1);
        let title = level
            .entries
            .get(entry)
            .map_or("", |it| it.item.title.as_str());
        let style = canvas.theme.style(Slot::Plain);
        canvas.put((line.x, line.y), &cut(title, room), room, style);
        if census.document.is_some_and(|cursor| cursor.at == at) {
            canvas.paint(line, canvas.theme.style(Slot::Cursor));
        }
        canvas.target(line, Target::Mention(at));
    }
}

/// What the keys do here.
pub fn hints(census: &Census) -> Vec<Hint> {
    let open = |word| Hint::of(&[(Action::Open, "Enter")], word);
    let escape = |word| Hint::of(&[(Action::Escape, "Esc")], word);
    let select = Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select");
    if census.typing {
        return vec![open("keep"), escape("all names")];
    }
    if census.document.is_some() {
        return vec![open("read it"), select, escape("names")];
    }
    vec![
        open("documents"),
        select,
        Hint::of(&[(Action::Find, "/")], "filter"),
        escape("back"),
    ]
}
