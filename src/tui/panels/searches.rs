//! The list of searches: those that are kept, then the latest.

use ratatui::layout::Rect;

use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{inside, row};
use crate::tui::panels::hints::Hint;
use crate::tui::searches::{SearchList, manner_words};
use crate::tui::theme::Slot;

/// Draws the list; gives its title, and words for the right of that line.
pub fn draw(
    canvas: &mut Canvas<'_>,
    app: &App,
    list: &SearchList,
    area: Rect,
) -> (&'static str, String) {
    let height = usize::from(area.height);
    let first = list.cursor.window(list.rows.len(), height);
    let shown = list.rows.iter().enumerate().skip(first).take(height);
    for ((at, asked), y) in shown.zip(0..) {
        let line = row(area, y);
        if app.search.past.is_kept(asked) {
            canvas.line(line, 0, "+", Slot::Key);
        }
        let words = inside(line, 2, 0);
        let manner = manner_words(asked.manner);
        let right = canvas.line_right(words, 0, &manner, Slot::Quiet);
        let gap = u16::from(width(&manner) > 0);
        let room = right.saturating_sub(words.x + gap);
        let style = canvas.theme.style(Slot::Plain);
        canvas.put((words.x, words.y), &cut(&asked.words, room), room, style);
        if at == list.cursor.at {
            canvas.paint(line, canvas.theme.style(Slot::Cursor));
        }
        canvas.target(line, Target::Row(at));
    }
    let kept = list.rows.iter().filter(|it| app.search.past.is_kept(it));
    ("SEARCHES", format!("{} kept", kept.count()))
}

/// What the keys do here.
pub fn hints() -> Vec<Hint> {
    vec![
        Hint::of(&[(Action::Open, "Enter")], "search again"),
        Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select"),
        Hint::of(&[(Action::Wider, "+")], "keep"),
        Hint::of(&[(Action::Narrower, "-")], "let go"),
        Hint::of(&[(Action::Escape, "Esc")], "back"),
    ]
}
