//! What lies on top, full screen: contents, pages of words, and people with all their mentions.

use std::ops::Range;

use ratatui::layout::Rect;

use crate::model::{By, Entity, EntityId};
use crate::text::show::{cut, plural};
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{self, below, inside, row};
use crate::tui::overlay::{Cursor, Overlay, People, Words};
use crate::tui::panels::census;
use crate::tui::panels::contents::{self, View};
use crate::tui::panels::copying;
use crate::tui::panels::documents;
use crate::tui::panels::dossier;
use crate::tui::panels::hints::{self, Hint};
use crate::tui::panels::hits;
use crate::tui::panels::lenses;
use crate::tui::panels::links;
use crate::tui::panels::prompt;
use crate::tui::panels::question;
use crate::tui::panels::searches;
use crate::tui::theme::{Slot, name_slot};

/// From this many columns on names and mentions stand side by side.
const SIDE_BY_SIDE: u16 = 70;
/// Columns of the list of names beside the mentions.
const NAMES: u16 = 30;

/// The heading over those that the reader hid.
const HIDDEN: &str = "Hidden (H lists again)";

/// Draws `overlay` over everything.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, overlay: &Overlay) {
    let screen = canvas.area();
    canvas.fill(screen, ' ', Slot::Plain);
    canvas.targets.clear();
    let body = layout::overlay(app.size);
    let inside = Rect {
        x: body.x + 1,
        width: body.width.saturating_sub(2),
        ..body
    };
    let (title, right) = content(canvas, app, overlay, inside);
    if body.y > 0 {
        frame(canvas, (title, &right), body);
        let foot = Rect {
            y: screen.bottom() - 1,
            height: 1,
            ..inside
        };
        hints::row(canvas, foot, &hints_of(overlay));
    }
}

/// Draws what the overlay shows; gives its title, and words for the right of that line.
fn content(
    canvas: &mut Canvas<'_>,
    app: &App,
    overlay: &Overlay,
    inside: Rect,
) -> (&'static str, String) {
    match overlay {
        Overlay::Words(words) => {
            page(canvas, words, inside);
            let more = words
                .lines
                .len()
                .saturating_sub(words.scroll + usize::from(inside.height));
            (
                words.title,
                if more > 0 {
                    plural(more, "more line")
                } else {
                    String::new()
                },
            )
        }
        Overlay::Contents(cursor) => {
            contents::rows(
                canvas,
                app,
                inside,
                View {
                    cursor: *cursor,
                    focused: true,
                    first: None,
                },
            );
            (
                "CONTENTS",
                plural(app.reading.outline().sections.len(), "section"),
            )
        }
        Overlay::Lenses(of) => {
            lenses::draw(canvas, of, inside);
            let count = of.rows.len();
            (
                "LENSES",
                format!("{count} {}", if count == 1 { "lens" } else { "lenses" }),
            )
        }
        Overlay::Shelf(list) => documents::draw(canvas, app, list, inside),
        Overlay::Census(of) => census::draw(canvas, app, of, inside),
        Overlay::Copying(of) => copying::draw(canvas, app, of, inside),
        Overlay::Hits(list) => hits::draw(canvas, app, list, inside),
        Overlay::Searches(list) => searches::draw(canvas, app, list, inside),
        Overlay::Links(list) => links::draw(canvas, app, list, inside),
        Overlay::People(people) => {
            draw_people(canvas, app, people, inside);
            ("PEOPLE & AGENCIES", plural(people.listed.len(), "name"))
        }
    }
}

/// What the keys do here.
fn hints_of(overlay: &Overlay) -> Vec<Hint> {
    let open = |word| Hint::of(&[(Action::Open, "Enter")], word);
    let escape = |word| Hint::of(&[(Action::Escape, "Esc")], word);
    let move_to = |word| Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], word);
    match overlay {
        Overlay::Words(_) => vec![move_to("scroll"), escape("back")],
        Overlay::Lenses(_) => vec![open("read through it"), move_to("select"), escape("back")],
        Overlay::Shelf(list) if list.typing => vec![open("keep"), escape("all documents")],
        Overlay::Shelf(list) => documents::hints(list),
        Overlay::Census(of) => census::hints(of),
        Overlay::Copying(_) => copying::hints(),
        Overlay::Hits(_) => hits::hints(),
        Overlay::Searches(_) => searches::hints(),
        Overlay::Links(list) => links::hints(list),
        Overlay::Contents(_) => {
            let mut hints = vec![open("go"), move_to("select"), escape("back")];
            hints.extend(hints::correcting());
            hints
        }
        Overlay::People(people) if people.question.is_some() && !people.typing => people
            .question
            .as_ref()
            .map_or_else(Vec::new, question::hints),
        Overlay::People(people) if people.typing => vec![open("keep"), escape("all names")],
        Overlay::People(people) if people.mention.is_some() => {
            vec![
                open("go to place"),
                move_to("select"),
                Hint::of(&[(Action::NextPane, "Tab")], "names"),
                Hint::of(&[(Action::Why, "K")], "why"),
                escape("names"),
            ]
        }
        Overlay::People(_) => {
            vec![
                open("mentions"),
                Hint::of(&[(Action::Find, "/")], "filter"),
                Hint::of(&[(Action::MergeName, "m")], "merge"),
                Hint::of(&[(Action::RenameName, "r")], "rename"),
                Hint::of(&[(Action::SetKind, "c")], "kind"),
                Hint::of(&[(Action::RejectName, "x")], "reject"),
                Hint::of(&[(Action::Why, "K")], "why"),
                escape("back"),
                Hint::of(&[(Action::SplitName, "s")], "split"),
                Hint::of(&[(Action::HideName, "H")], "hide"),
                Hint::of(&[(Action::Undo, "U")], "undo"),
                Hint::of(&[(Action::AllNames, "a")], "all"),
                move_to("select"),
            ]
        }
    }
}

/// Title and lines around an overlay.
fn frame(canvas: &mut Canvas<'_>, (title, right): (&str, &str), body: Rect) {
    let screen = canvas.area();
    let line = Rect {
        x: 1,
        y: 0,
        width: screen.width.saturating_sub(2),
        height: 1,
    };
    canvas.line(line, 0, title, Slot::Pane);
    canvas.line_right(line, 0, right, Slot::Quiet);
    canvas.fill(
        Rect {
            y: 1,
            height: 1,
            ..screen
        },
        '─',
        Slot::Rule,
    );
    canvas.fill(
        Rect {
            y: body.bottom(),
            height: 1,
            ..screen
        },
        '─',
        Slot::Rule,
    );
}

fn page(canvas: &mut Canvas<'_>, words: &Words, area: Rect) {
    for (row, (line, slot)) in words
        .lines
        .iter()
        .skip(words.scroll)
        .take(usize::from(area.height))
        .enumerate()
    {
        canvas.line(area, row as u16, line, *slot);
    }
}

fn draw_people(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    let area = question::draw(canvas, app, people, area);
    if app.size.width < SIDE_BY_SIDE {
        return match people.mention {
            Some(_) => dossier::draw(canvas, app, people, area),
            None => names(canvas, app, people, area),
        };
    }
    let left = Rect {
        width: NAMES,
        ..area
    };
    let line = Rect {
        x: left.right(),
        width: 1,
        ..area
    };
    canvas.fill(line, '│', Slot::Rule);
    names(canvas, app, people, left);
    let right = Rect {
        x: line.right() + 1,
        width: area.right().saturating_sub(line.right() + 1),
        ..area
    };
    dossier::draw(canvas, app, people, right);
}

/// The names by kind, under the filter while there is one.
fn names(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) {
    let filtered = people.typing || !people.filter.text.is_empty();
    if filtered {
        prompt::field(canvas, area, &people.filter, people.typing);
    }
    let area = below(area, u16::from(filtered));
    if people.listed.is_empty() {
        let words = if filtered {
            "no name has these letters"
        } else {
            "no names were found"
        };
        canvas.line(area, 0, words, Slot::Quiet);
        return;
    }
    let height = usize::from(area.height);
    let groups = groups(app, people);
    let of = |group: &(Range<usize>, &str)| group.0.contains(&people.names.at);
    let selected = people.names.at + 1 + 2 * groups.iter().position(of).unwrap_or(0);
    let count = people.listed.len() + (2 * groups.len()).saturating_sub(1);
    let first = Cursor { at: selected }.window(count, height);
    let lines = listed(&groups, first..first + height);
    for (line, number) in lines.iter().zip(0..) {
        match line {
            Listed::Blank => {}
            Listed::Kind(kind) => {
                canvas.line(area, number, kind, Slot::Quiet);
            }
            Listed::Name(at) => {
                let id = people.listed[*at] as usize;
                let entity = &app.reading.briefing.entities.entities[id];
                name(canvas, people, row(area, number), (*at, entity));
            }
        }
    }
}

/// A line of the list of names.
enum Listed {
    Blank,
    Kind(&'static str),
    /// Place in the list.
    Name(usize),
}

/// The names of each kind by their places in the list, with the heading over them.
fn groups(app: &App, people: &People) -> Vec<(Range<usize>, &'static str)> {
    let heading = |&id: &EntityId| {
        let entity = &app.reading.briefing.entities.entities[id as usize];
        if entity.hidden {
            HIDDEN
        } else {
            entity.kind.row().plural
        }
    };
    let mut groups: Vec<(Range<usize>, &'static str)> = Vec::new();
    while let Some(first) = people.listed.get(groups.last().map_or(0, |(of, _)| of.end)) {
        let start = groups.last().map_or(0, |(of, _)| of.end);
        let own = heading(first);
        // They are sorted by kind.
        let length = people.listed[start..].partition_point(|id| heading(id) == own);
        groups.push((start..start + length, own));
    }
    groups
}

/// The lines with these numbers: every kind has a heading, and a blank line between it and the kind before.
fn listed(groups: &[(Range<usize>, &'static str)], wanted: Range<usize>) -> Vec<Listed> {
    let mut lines = Vec::new();
    for ((names, heading), number) in groups.iter().zip(0..) {
        let top = names.start + 2 * number;
        if number > 0 && wanted.contains(&(top - 1)) {
            lines.push(Listed::Blank);
        }
        if wanted.contains(&top) {
            lines.push(Listed::Kind(heading));
        }
        let shift = 1 + 2 * number;
        let first = names.start.max(wanted.start.saturating_sub(shift));
        let end = names.end.min(wanted.end.saturating_sub(shift));
        lines.extend((first..end).map(Listed::Name));
    }
    lines
}

/// What stands after a name that the reader mended here, or by her own list.
pub fn yours(entity: &Entity) -> &'static str {
    match entity.mended_by() {
        Some(By::Reader) => "*",
        Some(By::List) => "°",
        None => "",
    }
}

fn name(canvas: &mut Canvas<'_>, people: &People, line: Rect, (at, entity): (usize, &Entity)) {
    let right = canvas.line_right(line, 0, &format!("{} ", entity.mentions.len()), Slot::Quiet);
    let room = right.saturating_sub(line.x + 2);
    let style = canvas.theme.style(name_slot(entity.kind));
    let mark = yours(entity);
    let room = room.saturating_sub(width(mark) as u16);
    let end = canvas.put((line.x + 1, line.y), &cut(&entity.name, room), room, style);
    let quiet = canvas.theme.style(Slot::Quiet);
    canvas.put((end, line.y), mark, 1, quiet);
    if at == people.names.at {
        let slot = if people.mention.is_none() {
            Slot::Cursor
        } else {
            Slot::Strong
        };
        let style = canvas.theme.style(slot);
        canvas.paint(inside(line, 0, 1), style);
    }
    canvas.target(line, Target::Row(at));
}
