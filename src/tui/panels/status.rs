//! The foot of the screen: where the reader is, what just happened, and which keys do what.

use ratatui::layout::Rect;

use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::Areas;
use crate::tui::page::Part;
use crate::tui::panels::header::inner;
use crate::tui::panels::hints::{self, Hint};
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
    (last * 100)
        .checked_div(end)
        .map_or(100, |per_cent| per_cent.min(100))
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
        hints::foot(canvas, app, inner(areas.keys));
    }
}

fn status(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    if app.search.typing {
        return prompt(canvas, app, area);
    }
    let (words, slot, hints) = event(app);
    let taken: u16 = hints.iter().map(|hint| hint.width() + 2).sum();
    let room = area.width.saturating_sub(taken);
    let words = cut(&words, room);
    let long = width(&words) as u16;
    let right = Rect {
        x: area.right() - taken - long.min(room),
        width: taken + long,
        ..area
    };
    let left = Rect {
        width: right.x.saturating_sub(area.x + 2),
        ..area
    };
    let end = canvas.line(
        Rect {
            width: long,
            ..right
        },
        0,
        &words,
        slot,
    );
    if hints.is_empty() && slot == Slot::Quiet {
        canvas.target(right, Target::Act(Action::NextSection));
    }
    hints::row(
        canvas,
        Rect {
            x: end + 2,
            width: taken.saturating_sub(2),
            ..area
        },
        &hints,
    );
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

/// What just happened or is going on, with the keys that bear on it; else what comes next.
fn event(app: &App) -> (String, Slot, Vec<Hint>) {
    let quiet = |words: String, hints: Vec<Hint>| (words, Slot::Quiet, hints);
    let escape = |word| Hint::of(&[(Action::Escape, "Esc")], word);
    if let Some(notice) = &app.notice {
        return (notice.clone(), Slot::Notice, Vec::new());
    }
    if app.pending.is_some() {
        return quiet(
            String::new(),
            vec![Hint::of(&[(Action::Back, "'")], "back to where you were")],
        );
    }
    if app.loading {
        return quiet(
            "reading the rest of the file …".into(),
            vec![escape("stops")],
        );
    }
    if let Some(query) = &app.search.query {
        let steps = Hint::of(
            &[(Action::FindNext, "n"), (Action::FindPrevious, "N")],
            "next, previous",
        );
        return quiet(
            format!("/{}  {}", query.words(), app.search.describe()),
            vec![steps],
        );
    }
    if let Some(name) = app.reading.pinned_name() {
        let steps = Hint::of(
            &[(Action::NextMention, ")"), (Action::PreviousMention, "(")],
            "mentions",
        );
        return quiet(name.to_owned(), vec![steps, escape("lets go")]);
    }
    if app.reading.stage == Stage::Waiting {
        return quiet("finding sections and names …".into(), Vec::new());
    }
    let sections = &app.reading.outline().sections;
    let next = app.reading.section().map_or(0, |id| id as usize + 1);
    let words = sections.get(next).map_or(String::new(), |section| {
        let title = section.title(&app.reading.document, &app.reading.briefing.lens);
        format!("next: {} {title}", next + 1)
    });
    quiet(words, Vec::new())
}
