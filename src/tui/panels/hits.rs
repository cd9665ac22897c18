//! The list of hits: by section with counts, each hit in its context.

use ratatui::layout::Rect;

use crate::text::show::{cut, plural};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::hits::{Group, HitLine, HitList};
use crate::tui::layout::{below, row};
use crate::tui::overlay::Cursor;
use crate::tui::panels::context;
use crate::tui::panels::hints::Hint;
use crate::tui::panels::prompt;
use crate::tui::searches::manner_words;
use crate::tui::theme::Slot;

/// From this many columns on the sections stand beside the hits, in so many columns.
const SIDE_BY_SIDE: u16 = 70;
const SECTIONS: u16 = 30;
/// Columns of the longest bar.
const BAR: usize = 4;

/// Draws the list; gives its title, and words for the right of that line.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    list: &HitList,
    area: Rect,
) -> (&'static str, String) {
    let manner = manner_words(app.search.manner);
    let right = canvas.line_right(area, 0, &manner, Slot::Quiet);
    let line = Rect {
        width: right.saturating_sub(area.x + 1),
        ..row(area, 0)
    };
    prompt::field(canvas, line, &app.search.input, false);
    let area = below(area, 1);
    if list.count() == 0 {
        canvas.line(area, 0, &app.search.describe(), Slot::Quiet);
    } else if area.width < SIDE_BY_SIDE {
        hits(canvas, app, list, area);
    } else {
        let left = Rect {
            width: SECTIONS,
            ..area
        };
        sections(canvas, app, list, left);
        let between = Rect {
            x: left.right(),
            width: 1,
            ..area
        };
        canvas.fill(between, '│', Slot::Rule);
        let right = Rect {
            x: between.right() + 1,
            width: area.right().saturating_sub(between.right() + 1),
            ..area
        };
        hits(canvas, app, list, right);
    }
    let more = app.search.hits.as_ref().map_or("", |hits| {
        if hits.more {
            " and more"
        } else if hits.done {
            ""
        } else {
            " so far"
        }
    });
    let count = plural(list.count(), "hit");
    let sections = plural(list.groups.len(), "section");
    ("HITS", format!("{count}{more} in {sections}"))
}

/// The sections with hits, each with its role's letter, its count and a bar.
fn sections(canvas: &mut Canvas<'_>, app: &App, list: &HitList, area: Rect) {
    let height = usize::from(area.height);
    let here = list.group();
    let first = Cursor { at: here }.window(list.groups.len(), height);
    let most = list.groups.iter().map(|group| group.count).max();
    let shown = list.groups.iter().enumerate().skip(first).take(height);
    for ((number, group), y) in shown.zip(0..) {
        let line = row(area, y);
        let bar = (group.count * BAR).div_ceil(most.unwrap_or(1).max(1));
        let facts = format!("{:>5} {:<BAR$} ", group.count, "#".repeat(bar));
        let right = canvas.line_right(line, 0, &facts, Slot::Quiet);
        let letter = Rect {
            x: right.saturating_sub(1),
            width: 1,
            ..line
        };
        if let Some((role, _, _)) = group.section.and_then(|id| app.reading.role_of(id)) {
            let role = app.reading.briefing.lens.role(role);
            let style = canvas.theme.role(role);
            canvas.put((letter.x, letter.y), &role.letter.to_string(), 1, style);
        }
        let room = letter.x.saturating_sub(line.x + 2);
        let style = canvas.theme.style(Slot::Plain);
        canvas.put(
            (line.x + 1, line.y),
            &cut(&title(app, group), room),
            room,
            style,
        );
        if number == here {
            canvas.paint(line, canvas.theme.style(Slot::Strong));
            canvas.put((line.x, line.y), ">", 1, style);
        }
        canvas.target(line, Target::Row(group.first));
    }
}

/// The hits in their context, those of a section under its title.
fn hits(canvas: &mut Canvas<'_>, app: &App, list: &HitList, area: Rect) {
    let lines = list.lines(usize::from(area.height));
    for (what, y) in lines.zip(0..) {
        let line = row(area, y);
        match what {
            HitLine::Group(number) => {
                let group = &list.groups[number];
                let count = plural(group.count, "hit");
                let right = canvas.line_right(line, 0, &count, Slot::Quiet);
                let left = Rect {
                    width: right.saturating_sub(line.x + 1),
                    ..line
                };
                canvas.line(left, 0, &title(app, group), Slot::Heading);
            }
            HitLine::Hit(at) => {
                let Some(&hit) = app.search.ranges().get(at) else {
                    return;
                };
                context::draw(canvas, app, (hit, Slot::Hit), line);
                if at == list.cursor.at {
                    let style = canvas.theme.style(Slot::Strong);
                    canvas.put((line.x, line.y), ">", 1, style);
                    canvas.paint(line, style);
                }
                canvas.target(line, Target::Row(at));
            }
        }
    }
}

fn title(app: &App, group: &Group) -> String {
    let reading = &app.reading;
    let Some(id) = group.section else {
        return "above the first section".into();
    };
    let section = reading.outline().sections.get(id as usize);
    section.map_or(String::new(), |section| {
        let title = section.title(&reading.document, &reading.briefing.lens);
        format!("{} {title}", id + 1)
    })
}

/// What the keys do here.
pub fn hints() -> Vec<Hint> {
    vec![
        Hint::of(&[(Action::Open, "Enter")], "go"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::of(
            &[(Action::NextSection, "]"), (Action::PreviousSection, "[")],
            "section",
        ),
        Hint::of(&[(Action::Only, "&")], "only these"),
        Hint::of(&[(Action::Wider, "+")], "keep this search"),
        Hint::of(&[(Action::Escape, "Esc")], "back"),
    ]
}
