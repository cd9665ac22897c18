//! The list of notes and highlights by section, and the field in which a note is written.

use ratatui::layout::Rect;

use crate::text::show::{cut, plural};
use crate::text::wrap::wrap;
use crate::text::{TextRange, harmless};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{below, row};
use crate::tui::notes::{List, Note, Place, Writing};
use crate::tui::panels::hints::Hint;
use crate::tui::theme::Slot;

/// Rows of a quote and of a note in the list; what is longer ends in `…` and is read whole with `e`.
const QUOTE: usize = 2;
const BODY: usize = 4;
/// Columns before the words of a note.
const INDENT: u16 = 2;

/// A row of the list: what it says, how, and the note it belongs to.
struct Line {
    words: String,
    slot: Slot,
    note: Option<usize>,
}

/// Draws as much of the list as there is room for, the selected note in sight; gives title and count.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, list: List, area: Rect) -> (&'static str, String) {
    let notes = app.reading.notes.rows();
    let count = plural(notes.len(), "note");
    if notes.is_empty() {
        let help = [
            "There are no notes on this document yet.",
            "",
            "v picks sentences, then Enter highlights them and a writes a note on them.",
            "a by itself writes a note on the first sentence on the screen.",
        ];
        let rows = help
            .iter()
            .flat_map(|help| folded(help, area.width, usize::MAX));
        for (words, number) in rows.zip(0..) {
            canvas.line(area, number, &words, Slot::Quiet);
        }
        return ("NOTES", count);
    }
    let lines = lines(app, area.width);
    let height = usize::from(area.height);
    let of = |line: &Line| line.note == Some(list.cursor.at);
    let (begin, end) = (
        lines.iter().position(of).unwrap_or(0),
        lines.iter().rposition(of).unwrap_or(0),
    );
    // The selected note stands in the middle, whole where it can.
    let middle = (begin + end).div_ceil(2).saturating_sub(height / 2);
    let top = middle.min(begin).min(lines.len().saturating_sub(height));
    for (line, number) in lines.iter().skip(top).take(height).zip(0..) {
        canvas.line(area, number, &line.words, line.slot);
        let here = row(area, number);
        if let Some(note) = line.note {
            canvas.target(here, Target::Row(note));
        }
        if usize::from(number) + top == begin && of(line) {
            let style = canvas.theme.style(Slot::Cursor);
            canvas.paint(here, style);
        }
    }
    ("NOTES", count)
}

/// The list, in rows of at most `columns`.
fn lines(app: &App, columns: u16) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut group: Option<String> = None;
    for (note, number) in app.reading.notes.rows().iter().zip(0..) {
        let own = group_of(app, note);
        if group.as_ref() != Some(&own) {
            if group.is_some() {
                lines.push(plain(String::new(), Slot::Plain));
            }
            lines.push(plain(cut(&own, columns), Slot::Quiet));
            group = Some(own);
        }
        let words = match note.place {
            Place::At(range) => range.of(&app.reading.document.text),
            Place::Sought | Place::Lost => &note.anchor.quote,
        };
        let quote = format!("“{}”", harmless::line(words));
        let quote = folded(&quote, columns, QUOTE).into_iter();
        lines.extend(quote.map(|words| Line {
            words,
            slot: Slot::Plain,
            note: Some(number),
        }));
        let room = columns.saturating_sub(INDENT);
        let body = note.body.lines().flat_map(|line| folded(line, room, BODY));
        let mut body: Vec<String> = body.collect();
        if body.len() > BODY {
            body.truncate(BODY);
            body[BODY - 1] = cut(&format!("{} …", body[BODY - 1]), room);
        }
        let indent = usize::from(INDENT);
        lines.extend(body.into_iter().map(|words| Line {
            words: format!("{:indent$}{words}", ""),
            slot: Slot::Strong,
            note: Some(number),
        }));
    }
    lines
}

fn plain(words: String, slot: Slot) -> Line {
    Line {
        words,
        slot,
        note: None,
    }
}

/// What a note stands under in the list.
fn group_of(app: &App, note: &Note) -> String {
    let reading = &app.reading;
    match note.place {
        Place::Lost => "LOST: THEIR WORDS ARE NOT IN THIS TEXT ANY MORE".into(),
        Place::Sought => "BEING LOOKED FOR".into(),
        Place::At(range) => {
            let sections = &reading.outline().sections;
            let section = reading.outline().last_at(range.start());
            section.map_or_else(
                || "BEFORE THE FIRST SECTION".into(),
                |id| {
                    let lens = &reading.briefing.lens;
                    let title = sections[id as usize].title(&reading.document, lens);
                    format!("{} {title}", id + 1)
                },
            )
        }
    }
}

/// `words` in rows of at most `columns`, so many at most: more is told by `…`.
fn folded(words: &str, columns: u16, most: usize) -> Vec<String> {
    let columns = columns.max(1);
    let rows = wrap(words, TextRange::new(0, words.len()), usize::from(columns));
    let more = rows.len() > most;
    let mut rows: Vec<String> = rows
        .into_iter()
        .take(most)
        .map(|row| row.of(words).to_owned())
        .collect();
    if let Some(last) = rows.last_mut().filter(|_| more) {
        *last = cut(&format!("{last} … "), columns);
    }
    rows
}

/// Draws the words that a note is on, and the field under them.
pub fn draw_writing(
    canvas: &mut Canvas<'_>,
    writing: &Writing,
    area: Rect,
) -> (&'static str, String) {
    // The field has most of the room.
    let most = usize::from(area.height / 3);
    let quote = format!("“{}”", writing.quote);
    let quote = if most == 0 {
        Vec::new()
    } else {
        folded(&quote, area.width, most)
    };
    for (words, number) in quote.iter().zip(0..) {
        canvas.line(area, number, words, Slot::Quiet);
    }
    let taken = quote.len() as u16;
    let field = below(area, taken + u16::from(taken > 0));
    canvas.widget(field, &writing.area);
    let title = if writing.leaving {
        "NOTE NOT SAVED"
    } else {
        "NOTE"
    };
    let lines = writing.area.lines();
    let letters: usize = lines.iter().map(|line| line.chars().count()).sum();
    (title, plural(letters, "character"))
}

/// What the keys do in the list.
pub fn hints() -> Vec<Hint> {
    vec![
        Hint::of(&[(Action::Open, "Enter")], "go"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::of(&[(Action::EditNote, "e")], "edit"),
        Hint::of(&[(Action::RemoveNote, "x")], "remove"),
        Hint::of(&[(Action::Undo, "U")], "undo"),
        Hint::of(&[(Action::Escape, "Esc")], "back"),
    ]
}

/// And while writing.
pub fn hints_of_writing(writing: &Writing) -> Vec<Hint> {
    if writing.leaving {
        return vec![
            Hint::of(&[(Action::SaveNote, "s")], "save it"),
            Hint::of(&[(Action::DropNote, "d")], "drop it"),
            Hint::of(&[(Action::Escape, "Esc")], "go on writing"),
        ];
    }
    vec![
        Hint::of(&[(Action::SaveNote, "^S")], "save"),
        Hint::of(&[(Action::Escape, "Esc")], "leave"),
    ]
}
