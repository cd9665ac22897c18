//! The list of links, and the question before one is opened.

use ratatui::layout::Rect;

use crate::text::TextRange;
use crate::text::address::Address;
use crate::text::show::plural;
use crate::text::wrap::{wrap, wrap_code};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::links::{Aim, Found, LinkList, Question, ROWS};
use crate::tui::panels::hints::Hint;
use crate::tui::theme::Slot;

/// Columns of the labels in the question.
const LABEL: u16 = 9;

/// Draws the list or the question; gives its title, and words for the right of that line.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    list: &LinkList,
    area: Rect,
) -> (&'static str, String) {
    if let Some(question) = &list.question {
        ask(canvas, app, question, area);
        return ("OPEN THIS LINK?", String::new());
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

/// The question: the words, the site, what may deceive, and the address to its last character.
fn ask(canvas: &mut Canvas<'_>, app: &App, question: &Question, area: Rect) {
    let room = inside(area, LABEL, 0);
    let rows = facts(app, question)
        .into_iter()
        .flat_map(|(label, words, slot)| folded(label, &words, slot, room.width));
    let rows: Vec<_> = rows.collect();
    let height = usize::from(area.height);
    let hidden = rows.len().saturating_sub(height);
    let shown = rows.len() - if hidden > 0 { hidden + 1 } else { 0 };
    for ((label, words, slot), y) in rows.iter().take(shown).zip(0..) {
        canvas.line(row(area, y), 0, label, Slot::Quiet);
        canvas.line(row(room, y), 0, words, *slot);
    }
    if hidden > 0 {
        let words = format!(
            "and {} that there is no room for",
            plural(hidden + 1, "row")
        );
        canvas.line(row(area, shown as u16), 0, &words, Slot::Notice);
    }
}

/// Label, words and looks.
type Fact<'a> = (&'a str, String, Slot);

fn facts<'a>(app: &App, question: &Question) -> Vec<Fact<'a>> {
    let mut facts = vec![("words", question.words.clone(), Slot::Plain)];
    match &question.address {
        Ok(address) => facts.push(("leads to", address.host().to_owned(), Slot::Heading)),
        Err(why) => facts.push(("refused", why.to_string(), Slot::Notice)),
    }
    let warnings = question.warnings.iter();
    facts.extend(warnings.map(|it| ("beware", it.clone(), Slot::Notice)));
    if !app.desktop {
        let words = "there is no desktop here to open a browser on; y copies the address";
        facts.push(("note", words.to_owned(), Slot::Notice));
    }
    let address = question.address.as_ref();
    let address = address.map_or(question.shown.as_str(), Address::as_str);
    facts.push(("address", address.to_owned(), Slot::Plain));
    facts
}

/// A fact in rows; the label stands in the first.
fn folded<'a>(label: &'a str, words: &str, slot: Slot, columns: u16) -> Vec<Fact<'a>> {
    let all = TextRange::new(0, words.len());
    let columns = usize::from(columns.max(1));
    let rows = if label == "address" {
        wrap_code(words, all, columns)
    } else {
        wrap(words, all, columns)
    };
    let row = |(at, range): (usize, TextRange)| {
        let label = if at == 0 { label } else { "" };
        (label, range.of(words).to_owned(), slot)
    };
    rows.into_iter().enumerate().map(row).collect()
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
