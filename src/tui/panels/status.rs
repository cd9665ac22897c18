//! The foot of the screen: where the reader is, what just happened, and which keys do what.

use ratatui::layout::Rect;

use crate::text::show::{cut, plural, thousands};
use crate::text::wrap::wrap;
use crate::text::{TextRange, width};
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::Areas;
use crate::tui::page::Part;
use crate::tui::panels::contents::counted;
use crate::tui::panels::header::{self, inner};
use crate::tui::panels::hints::{self, Hint};
use crate::tui::panels::prompt;
use crate::tui::reading::Stage;
use crate::tui::theme::Slot;

/// From this many columns on the status line has room for more than the nearest keys.
const ROOMY: u16 = 100;

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
        .map_or(0, |row| row.range().end());
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
    if areas.keys.area() > 0 && app.search.typing {
        hints::row(canvas, inner(areas.keys), &prompt::hints(app));
    } else if areas.keys.area() > 0 {
        hints::foot(canvas, app, inner(areas.keys));
    }
}

/// What just happened, over the last rows of what lies on top: two of them when it is long.
pub fn over(canvas: &mut Canvas<'_>, app: &App) {
    let Some(notice) = &app.notice else { return };
    let screen = canvas.area();
    let room = screen.width.saturating_sub(2);
    let rows = wrap(
        notice,
        TextRange::new(0, notice.len()),
        usize::from(room.max(1)),
    );
    let count = rows
        .len()
        .min(2)
        .min(usize::from(screen.height.saturating_sub(1)));
    let area = Rect {
        y: screen.bottom().saturating_sub(count as u16),
        height: count as u16,
        ..screen
    };
    canvas.fill(area, ' ', Slot::Plain);
    for (row, number) in rows.iter().take(count).zip(0..) {
        // The last row is left too long to be cut with a sign.
        let last = usize::from(number) + 1 == count;
        let end = if last { notice.len() } else { row.end() };
        let words = TextRange::new(row.start(), end).of(notice);
        canvas.line(inner(area), number, words, Slot::Notice);
    }
}

fn status(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    if app.search.typing {
        return prompt::search(canvas, app, area);
    }
    let (words, slot, mut hints) = event(app);
    // The words may take half of the line before the keys do.
    let mut room = area
        .width
        .saturating_sub((width(&words) as u16).min(area.width / 2));
    hints.retain(|hint| {
        let taken = hint.width() + 2;
        let fits = taken <= room;
        room = if fits { room - taken } else { 0 };
        fits
    });
    let taken: u16 = hints.iter().map(|hint| hint.width() + 2).sum();
    // That something is left out is not to be written over.
    let only = width(&only(app)) as u16;
    let kept = if only > 0 { only + 2 } else { 0 };
    let room = area.width.saturating_sub(taken + kept);
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

/// Where the reader is. How far is not known before all is read.
fn place(app: &App) -> String {
    let far = if app.loading {
        String::new()
    } else {
        format!("{} %  ", position(app))
    };
    // Where there is no row of roles that says it.
    let lens = header::lens(app).filter(|_| app.areas().roles.area() == 0);
    let page = app.reading.printed_page();
    let page = page.map_or(String::new(), |page| format!("p. {page}  "));
    let far = lens.map_or(String::new(), |lens| format!("{lens}  ")) + &far + &page;
    let far = only(app) + &far;
    let Some(id) = app.reading.section() else {
        return far;
    };
    let sections = &app.reading.outline().sections;
    let title = sections[id as usize].title(&app.reading.document, &app.reading.briefing.lens);
    format!("{far}{}/{} {title}", id + 1, counted(app, sections.len()))
}

/// That some paragraphs are left out.
fn only(app: &App) -> String {
    app.reading.only.as_ref().map_or(String::new(), |only| {
        let count = thousands(only.blocks().len());
        format!("only {count} of {}  ", plural(only.of, "paragraph"))
    })
}

/// Words for the right of the line, how they look, and keys that bear on them.
type Said = (String, Slot, Vec<Hint>);

fn quiet(words: impl Into<String>, hints: Vec<Hint>) -> Said {
    (words.into(), Slot::Quiet, hints)
}

fn escape(word: &'static str) -> Hint {
    Hint::of(&[(Action::Escape, "Esc")], word)
}

/// What just happened, or is going on, or is at hand; else what comes next.
fn event(app: &App) -> Said {
    let happened = app
        .notice
        .as_ref()
        .map(|notice| (notice.clone(), Slot::Notice, Vec::new()));
    happened
        .or_else(|| going_on(app))
        .or_else(|| at_hand(app))
        .unwrap_or_else(|| next(app))
}

/// What is not finished.
fn going_on(app: &App) -> Option<Said> {
    if app.pending.is_some() {
        return Some(quiet(
            "",
            vec![Hint::of(&[(Action::Back, "'")], "back to where you were")],
        ));
    }
    if let Some(opening) = &app.opening {
        let far = app
            .progress
            .map_or(String::new(), |it| format!(" {}", it.words()));
        let words = format!("opening {} …{far}", opening.title);
        return Some(quiet(words, vec![escape("stops")]));
    }
    if app.loading {
        let words = app.progress.map_or_else(
            || "reading the rest of the file …".to_owned(),
            |progress| format!("reading … {}", progress.words()),
        );
        return Some(quiet(words, vec![escape("stops")]));
    }
    (app.reading.stage == Stage::Waiting).then(|| quiet("finding sections and names …", Vec::new()))
}

/// What the keys would act on.
fn at_hand(app: &App) -> Option<Said> {
    if let Some(pick) = app.pick.filter(|_| app.is_picking()) {
        let words = format!("{} picked", pick.words());
        // The line at the foot has all the keys, where there is one.
        let room = app.areas().keys.area() > 0;
        let hints = if room { Vec::new() } else { hints::picking() };
        return Some((words, Slot::Notice, hints));
    }
    match app.focus {
        Pane::Contents => {
            let go = Hint::of(&[(Action::Open, "Enter")], "goes there");
            let mut hints = vec![go, escape("back to the text")];
            hints.extend(hints::correcting());
            return Some(quiet("contents:", hints));
        }
        Pane::People => {
            let all = Hint::of(&[(Action::Open, "Enter")], "all mentions");
            return Some(quiet("people:", vec![all, escape("back to the text")]));
        }
        Pane::Text => {}
    }
    if let Some(query) = &app.search.query {
        let words = format!("/{}  {}", query.words(), app.search.describe());
        return Some(quiet(words, found(app)));
    }
    let name = app.reading.pinned_name()?;
    let steps = Hint::of(
        &[(Action::NextMention, ")"), (Action::PreviousMention, "(")],
        "mentions",
    );
    Some(quiet(name, vec![steps, escape("lets go")]))
}

/// What can be done with the hits of a search.
fn found(app: &App) -> Vec<Hint> {
    if app.search.ranges().is_empty() {
        return vec![escape("clears")];
    }
    let steps = [(Action::FindNext, "n"), (Action::FindPrevious, "N")];
    let only = if app.reading.only.is_some() {
        "all"
    } else {
        "only these"
    };
    let mut hints = vec![Hint::of(&steps, "next, previous")];
    // The words of the search are not to be cut for the sake of its keys.
    if app.size.width >= ROOMY {
        hints.push(Hint::of(&[(Action::Hits, "*")], "list"));
        hints.push(Hint::of(&[(Action::Only, "&")], only));
    }
    hints
}

/// The section after this one.
fn next(app: &App) -> Said {
    let sections = &app.reading.outline().sections;
    let next = app.reading.section().map_or(0, |id| id as usize + 1);
    let words = sections.get(next).map_or(String::new(), |section| {
        let title = section.title(&app.reading.document, &app.reading.briefing.lens);
        format!("next: {} {title}", next + 1)
    });
    quiet(words, Vec::new())
}
