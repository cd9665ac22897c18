//! The list of links, and the question before one is opened.

use ratatui::layout::Rect;

use crate::text::address::Address;
use crate::text::show::plural;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::links::{Aim, Found, LABEL, LinkList, Question, ROWS};
use crate::tui::panels::hints::Hint;
use crate::tui::theme::Slot;

/// Draws the list or the question; gives its title, and words for the right of that line.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    list: &LinkList,
    area: Rect,
) -> (&'static str, String) {
    if let Some(question) = &list.question {
        ask(canvas, app, question, area);
        let rows = question
            .rows(app.desktop, area.width.saturating_sub(LABEL))
            .len();
        let more = rows.saturating_sub(question.scroll + usize::from(area.height));
        let words = if more > 0 {
            plural(more, "more row")
        } else {
            String::new()
        };
        return ("OPEN THIS LINK?", words);
    }
    let height = (usize::from(area.height) / ROWS).max(1);
    let first = list.cursor.window(list.rows.len(), height);
    let digits = list.rows.len().to_string().len();
    let shown = list.rows.iter().enumerate().skip(first).take(height);
    for ((at, link), y) in shown.zip((0..).step_by(ROWS)) {
        let lines = Rect {
            height: (ROWS as u16).min(area.height.saturating_sub(y)),
            ..below(area, y)
        };
        let number = format!("{:>digits$}", at + 1);
        entry(canvas, app, (&number, *link), lines);
        if at == list.cursor.at {
            canvas.paint(row(lines, 0), canvas.theme.style(Slot::Cursor));
        }
        canvas.target(lines, Target::Row(at));
    }
    let title = if list.of_page {
        "LINKS ON THIS PAGE"
    } else {
        "LINKS"
    };
    (title, plural(list.rows.len(), "link"))
}

/// Its words in the first line, where it leads in the second: the site before all else.
fn entry(canvas: &mut Canvas<'_>, app: &App, (number, link): (&str, Found), area: Rect) {
    let document = &app.reading.document;
    let words = link.words.of(&document.text);
    let end = canvas.line(area, 0, number, Slot::Quiet);
    let indent = (end + 2).saturating_sub(area.x);
    let area = inside(area, indent, 0);
    canvas.line(area, 0, words, Slot::Plain);
    match link.aim(document) {
        Some(Aim::Place(at)) => {
            let there = document.block_at(at).map_or("", |id| document.words(id));
            canvas.line(area, 1, &format!("in this text: {there}"), Slot::Quiet);
        }
        Some(Aim::Address(shown)) => match Address::read(shown) {
            Ok(address) => {
                let odd = !address.warnings().is_empty() || address.belied(words).is_some();
                let slot = if odd { Slot::Notice } else { Slot::Heading };
                let sign = if odd { "! " } else { "" };
                let end = canvas.line(area, 1, &format!("{sign}{}", address.host()), slot);
                let rest = inside(area, (end + 2).saturating_sub(area.x), 0);
                canvas.line(rest, 1, shown, Slot::Quiet);
            }
            Err(_) => {
                canvas.line(area, 1, &format!("not opened: {shown}"), Slot::Quiet);
            }
        },
        None => {}
    }
}

/// The question, from the row that it is scrolled to.
fn ask(canvas: &mut Canvas<'_>, app: &App, question: &Question, area: Rect) {
    let room = inside(area, LABEL, 0);
    let rows = question.rows(app.desktop, room.width);
    let shown = rows.iter().skip(question.scroll);
    for ((label, words, slot), y) in shown.take(usize::from(area.height)).zip(0..) {
        canvas.line(row(area, y), 0, label, Slot::Quiet);
        canvas.line(row(room, y), 0, words, *slot);
    }
}

/// What the keys do here.
pub fn hints(list: &LinkList) -> Vec<Hint> {
    let escape = |word| Hint::of(&[(Action::Escape, "Esc")], word);
    if let Some(question) = &list.question {
        let mut hints = vec![Hint::shown("y", "copy the address"), escape("back")];
        if question.address.is_ok() {
            hints.insert(
                0,
                Hint::of(&[(Action::Open, "Enter")], "open in the browser"),
            );
        }
        return hints;
    }
    vec![
        Hint::of(&[(Action::Open, "Enter")], "show and ask"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::shown("1 … 9", "by number"),
        escape("back"),
    ]
}
