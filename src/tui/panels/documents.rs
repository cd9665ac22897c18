//! The list of documents: title, date and words of each, and what is wrong with those that cannot be read.

use ratatui::layout::Rect;

use crate::text::show::{cut, plural, thousands};
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::panels::header::day;
use crate::tui::panels::hints::Hint;
use crate::tui::panels::prompt;
use crate::tui::shelves::{Entry, List};
use crate::tui::theme::Slot;

/// Columns for a date and for a number of words.
const DATE: u16 = 11;
const WORDS: u16 = 12;
/// From this many columns on words are told, and from this many on dates.
const WITH_WORDS: u16 = 50;
const WITH_DATE: u16 = 38;

/// Draws the list; gives its title, and words for the right of that line.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, list: &List, area: Rect) -> (&'static str, String) {
    let Some(level) = app.shelves.levels.get(list.level) else {
        return ("DOCUMENTS", String::new());
    };
    let mut area = area;
    if list.typing || !list.filter.text.is_empty() {
        prompt::field(canvas, area, &list.filter, list.typing);
        area = below(area, 1);
    }
    if list.listed.is_empty() {
        canvas.line(area, 0, "no document has these letters", Slot::Quiet);
    }
    let height = usize::from(area.height);
    let first = list.cursor.window(list.listed.len(), height);
    let shown = list.listed.iter().enumerate().skip(first).take(height);
    for ((at, &number), line) in shown.zip(0..) {
        let Some(known) = level.entries.get(number) else {
            continue;
        };
        let line = row(area, line);
        entry(canvas, known, line, level.present == Some(number));
        if at == list.cursor.at {
            canvas.paint(line, canvas.theme.style(Slot::Cursor));
        }
        canvas.target(line, Target::Row(at));
    }
    let count = plural(level.entries.len(), "document");
    let room = app
        .size
        .width
        .saturating_sub(2 + 9 + 2 + width(&count) as u16 + 3);
    let title = cut(&level.title, room);
    let right = match app.opening.as_ref() {
        Some(_) => "opening …".to_owned(),
        None if title.is_empty() => count,
        None => format!("{title} · {count}"),
    };
    ("DOCUMENTS", right)
}

fn entry(canvas: &mut Canvas<'_>, entry: &Entry, line: Rect, present: bool) {
    let item = &entry.item;
    let mark = if present { "> " } else { "  " };
    let mut right = line.right();
    if let Some(why) = &entry.trouble {
        let slot = Slot::Notice;
        let room = line.width / 2;
        right = canvas.line_right(line, 0, &cut(&short(why), room), slot);
    } else {
        if line.width >= WITH_WORDS {
            let words = match item.words {
                Some(words) => format!("{} words", thousands(words)),
                None if entry.known => String::new(),
                None => "…".to_owned(),
            };
            canvas.line_right(line, 0, &words, Slot::Quiet);
            right -= WORDS;
        }
        if line.width >= WITH_DATE {
            let date = item.date.as_deref().map_or(String::new(), day);
            let place = inside(line, 0, line.right() - right);
            canvas.line_right(place, 0, &cut(&date, DATE), Slot::Quiet);
            right -= DATE + 1;
        }
    }
    let slot = if present { Slot::Heading } else { Slot::Plain };
    let room = right.saturating_sub(line.x + 1);
    let style = canvas.theme.style(slot);
    let words = cut(&format!("{mark}{}", item.title), room);
    let end = canvas.put((line.x, line.y), &words, room, style);
    // Titles may be alike; the name of the file tells them apart, where there is room for it.
    let room = right.saturating_sub(end + 3);
    if entry.name != item.title && usize::from(room) >= width(&entry.name) {
        let quiet = canvas.theme.style(Slot::Quiet);
        canvas.put((end + 2, line.y), &entry.name, room, quiet);
    }
}

/// The reason alone: the name stands beside it.
fn short(why: &str) -> String {
    let reason = [
        "does not exist",
        "may not be read",
        "is empty",
        "is not text",
    ];
    let found = reason.iter().find(|reason| why.contains(**reason));
    found.map_or("cannot be read".to_owned(), |found| (*found).to_owned())
}

/// What the keys do here.
pub fn hints(list: &List) -> Vec<Hint> {
    let mut hints = vec![
        Hint::of(&[(Action::Open, "Enter")], "read"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::of(&[(Action::Find, "/")], "filter"),
        Hint::of(&[(Action::Escape, "Esc")], "back"),
    ];
    if list.level > 0 {
        hints.push(Hint::of(&[(Action::Back, "Backspace")], "outer list"));
    }
    hints.push(Hint::of(&[(Action::AllNames, "W")], "all names"));
    hints
}
