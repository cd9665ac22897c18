//! What can be copied, in which form, and what that looks like.

use ratatui::layout::Rect;

use crate::export::citation::{Citation, FORMS};
use crate::text::show::cut;
use crate::text::wrap::wrap;
use crate::text::{TextRange, width};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::copying::{Copying, EXTENTS};
use crate::tui::event::Target;
use crate::tui::layout::{below, inside, row};
use crate::tui::panels::hints::Hint;
use crate::tui::theme::Slot;

/// Columns before the words of an extent: its key and what it is called.
const LABEL: u16 = 14;
/// Rows that the words may take in what is shown of a citation; what it says of its source counts more.
const ROWS: u16 = 4;
/// From this many rows on, lines are blank between the parts.
const AIRY: u16 = 12;

/// Draws the choice; gives its title.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    copying: &Copying,
    area: Rect,
) -> (&'static str, String) {
    for (which, (key, word)) in EXTENTS.iter().enumerate() {
        let line = row(area, which as u16);
        let style = canvas.theme.style(Slot::Key);
        canvas.put((line.x, line.y), key, 1, style);
        canvas.line(inside(line, 3, 0), 0, word, Slot::Plain);
        let extent = copying.extent(which, &app.reading);
        let text = &app.reading.document.text;
        let words = extent.map_or("in no section", |range| range.of(text));
        let shown = inside(line, LABEL, 1);
        canvas.line(shown, 0, &cut(words, shown.width), Slot::Quiet);
        if which == copying.cursor.at {
            let style = canvas.theme.style(Slot::Cursor);
            canvas.paint(line, style);
        }
        canvas.target(line, Target::Row(which));
    }
    let gap = u16::from(area.height >= AIRY);
    let rest = below(area, EXTENTS.len() as u16 + gap);
    forms(canvas, app, row(rest, 0));
    preview(canvas, app, copying, below(rest, 1 + gap));
    ("COPY WITH CITATION", String::new())
}

/// All forms with the one in force marked; it alone where there is no room.
fn forms(canvas: &mut Canvas<'_>, app: &App, line: Rect) {
    let style = canvas.theme.style(Slot::Key);
    canvas.put((line.x, line.y), "f", line.width.min(1), style);
    canvas.target(line, Target::Act(Action::CitationForm));
    let line = inside(line, 3, 0);
    let all: usize = FORMS.iter().map(|form| width(form.title) + 2).sum();
    let room = all <= usize::from(line.width);
    let mut x = line.x;
    for form in FORMS
        .iter()
        .filter(|form| room || form.name == app.form.name)
    {
        let slot = if form.name == app.form.name {
            Slot::PaneFocused
        } else {
            Slot::Quiet
        };
        let style = canvas.theme.style(slot);
        x = canvas.put(
            (x, line.y),
            form.title,
            line.right().saturating_sub(x),
            style,
        ) + 2;
    }
}

fn preview(canvas: &mut Canvas<'_>, app: &App, copying: &Copying, area: Rect) {
    let Some(range) = copying.extent(copying.cursor.at, &app.reading) else {
        return;
    };
    let columns = area.width.max(1);
    let mut citation = Citation::of(&app.reading.briefing, range);
    citation.words = cut(&citation.words, columns * ROWS.min(area.height / 2).max(1));
    let words = app.form.write(&citation);
    let rows = wrap(&words, TextRange::new(0, words.len()), usize::from(columns));
    for (range, number) in rows.iter().zip(0..area.height) {
        canvas.line(area, number, range.of(&words), Slot::Plain);
    }
}

/// What the keys do here.
pub fn hints() -> Vec<Hint> {
    vec![
        Hint::of(&[(Action::Copy, "y")], "copy"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::of(&[(Action::CitationForm, "f")], "form"),
        Hint::of(&[(Action::Escape, "Esc")], "back"),
    ]
}
