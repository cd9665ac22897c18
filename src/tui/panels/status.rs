//! The foot of the screen: where the reader is, what just happened, and which keys do what.

use ratatui::layout::Rect;

use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::{ACTIONS, Action};
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::Areas;
use crate::tui::page::Part;
use crate::tui::panels::header::inner;
use crate::tui::reading::Stage;
use crate::tui::theme::Slot;

/// How far down the text the last row is, in per cent.
pub fn position(app: &App) -> usize {
    let viewport = app.viewport();
    let rows = app
        .reading
        .page(viewport)
        .rows(app.reading.anchor, viewport.height);
    let last = rows
        .iter()
        .rev()
        .find(|row| row.part != Part::Above)
        .map_or(0, |row| row.range.end());
    let blocks = &app.reading.document.blocks;
    let end = blocks.last().map_or(0, |block| block.range.end());
    if end == 0 {
        100
    } else {
        (last * 100 / end).min(100)
    }
}

/// Draws status and keys; on a screen without a status line what must be seen takes the last row.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let screen = canvas.area();
    if areas.status.area() == 0 {
        let urgent = app.search.typing || app.notice.is_some();
        if urgent && screen.height > 1 {
            let last = Rect {
                y: screen.bottom() - 1,
                height: 1,
                ..screen
            };
            canvas.fill(last, ' ', Slot::Plain);
            status(canvas, app, last);
        }
        return;
    }
    status(canvas, app, inner(areas.status));
    if areas.keys.area() > 0 {
        keys(canvas, app, inner(areas.keys));
    }
}

fn status(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    if app.search.typing {
        return prompt(canvas, app, area);
    }
    let right = event(app);
    let taken = (width(&right) as u16).min(area.width);
    let notice = app.notice.is_some();
    let right = cut(&right, area.width);
    canvas.line_right(
        area,
        0,
        &right,
        if notice { Slot::Notice } else { Slot::Quiet },
    );
    let left = Rect {
        width: area.width.saturating_sub(taken + 2),
        ..area
    };
    canvas.line(left, 0, &place(app), Slot::Plain);
}

fn prompt(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let found = app.search.describe();
    canvas.line_right(area, 0, &found, Slot::Quiet);
    let room = area.width.saturating_sub(width(&found) as u16 + 2);
    // The end of a long query is what is being typed.
    let typed = &app.search.input.text;
    let mut shown = typed.as_str();
    while width(shown) + 2 > usize::from(room) {
        let mut letters = shown.chars();
        if letters.next().is_none() {
            break;
        }
        shown = letters.as_str();
    }
    let key = canvas.theme.style(Slot::Key);
    let plain = canvas.theme.style(Slot::Plain);
    let end = canvas.put((area.x, area.y), "/", room, key);
    let end = canvas.put((end, area.y), shown, room, plain);
    let cursor = canvas.theme.style(Slot::Cursor);
    canvas.put((end, area.y), " ", 1, cursor);
}

/// Where the reader is.
fn place(app: &App) -> String {
    let per_cent = format!("{} %", position(app));
    let Some(id) = app.reading.section() else {
        return per_cent;
    };
    let sections = &app.reading.outline().sections;
    let title = sections[id as usize].title(&app.reading.document, &app.reading.briefing.lens);
    format!("{per_cent}  {}/{} {title}", id + 1, sections.len())
}

/// What just happened or is going on; else what comes next.
fn event(app: &App) -> String {
    if let Some(notice) = &app.notice {
        return notice.clone();
    }
    if app.pending.is_some() {
        return "' goes back to where you were".into();
    }
    if app.loading {
        return "reading the rest of the file … Esc stops".into();
    }
    if app.search.query.is_some() {
        return format!("/{}  {}", app.search.input.text, app.search.describe());
    }
    if let Some(name) = app.reading.pinned_name() {
        return format!("{name}  ) ( mentions  Esc lets go");
    }
    if app.reading.stage == Stage::Waiting {
        return "finding sections and names …".into();
    }
    let sections = &app.reading.outline().sections;
    let next = app.reading.section().map_or(0, |id| id as usize + 1);
    sections.get(next).map_or(String::new(), |section| {
        let title = section.title(&app.reading.document, &app.reading.briefing.lens);
        format!("next: {} {title}", next + 1)
    })
}

/// Hints from the table; those that open help and quit stand at the right and are the last to go.
fn keys(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let hints = ACTIONS
        .iter()
        .filter_map(|row| row.hint.map(|hint| (row.action, hint)));
    let (ends, rest): (Vec<_>, Vec<_>) =
        hints.partition(|(action, _)| matches!(action, Action::Help | Action::Quit));
    let long: u16 = ends
        .iter()
        .map(|(_, hint)| hint_width(*hint) + 2)
        .sum::<u16>()
        .saturating_sub(2);
    let right = area.right().saturating_sub(long.min(area.width));
    let mut x = right;
    for (action, hint) in ends {
        x = hint_at(canvas, app, Rect { x, ..area }, (action, hint)) + 2;
    }
    x = area.x;
    for (action, hint) in rest {
        if x + hint_width(hint) + 2 > right {
            break;
        }
        x = hint_at(canvas, app, Rect { x, ..area }, (action, hint)) + 2;
    }
}

fn hint_width((keys, word): (&str, &str)) -> u16 {
    (width(keys) + 1 + width(word)) as u16
}

/// What can stand in the line of hints: an action with its keys and word.
type Hint = (Action, (&'static str, &'static str));

/// Draws one hint; every key in it does its own part when clicked.
fn hint_at(canvas: &mut Canvas<'_>, app: &App, area: Rect, (action, hint): Hint) -> u16 {
    let (keys, word) = hint;
    let key = canvas.theme.style(Slot::Key);
    let quiet = canvas.theme.style(Slot::Quiet);
    let (x, y) = (area.x, area.y);
    let end = canvas.put((x, y), keys, hint_width(hint), key);
    let end = canvas.put((end, y), &format!(" {word}"), hint_width(hint), quiet);
    if action != Action::NextOfRole {
        canvas.target(
            Rect {
                x,
                y,
                width: end - x,
                height: 1,
            },
            Target::Act(action),
        );
    }
    for (letter, x) in keys.chars().zip(x..) {
        let target = match letter {
            '[' => Some(Target::Act(Action::PreviousSection)),
            _ if action == Action::NextOfRole => app
                .reading
                .briefing
                .lens
                .by_letter(letter)
                .map(Target::Role),
            _ => None,
        };
        if let Some(target) = target {
            canvas.target(
                Rect {
                    x,
                    y,
                    width: 1,
                    height: 1,
                },
                target,
            );
        }
    }
    end
}
