//! Lines that are typed in: the search line with how the search is meant, and the filters of lists.

use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::show::cut;
use crate::text::width;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::line::Input;
use crate::tui::panels::hints::Hint;
use crate::tui::searches::manner_words;
use crate::tui::theme::Slot;

/// Columns that what is typed keeps however much there is to say beside it.
const LEAST: u16 = 12;

/// The search line: what is typed at the left, how it is meant and what was found at the right.
pub fn search(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let found = match &app.notice {
        Some(notice) => notice.clone(),
        None => app.search.describe(),
    };
    let manner = manner_words(app.search.manner);
    let gap = if manner.is_empty() || found.is_empty() {
        ""
    } else {
        "  "
    };
    let room = area.width.saturating_sub(LEAST);
    let whole = format!("{manner}{gap}{found}");
    // What was found goes before how it was meant where there is no room for both.
    let said = if width(&whole) <= usize::from(room) {
        whole
    } else {
        cut(&found, room)
    };
    let bad = app.search.fault.is_some() || app.notice.is_some();
    let slot = if bad { Slot::Notice } else { Slot::Quiet };
    let right = canvas.line_right(area, 0, &said, slot);
    let left = Rect {
        width: right.saturating_sub(area.x + 2),
        ..area
    };
    field(canvas, left, &app.search.input, true);
}

/// `/` and what is typed, with the cursor while keys go there.
pub fn field(canvas: &mut Canvas<'_>, area: Rect, input: &Input, typing: bool) {
    if area.height == 0 {
        return;
    }
    let key = canvas.theme.style(Slot::Key);
    let plain = canvas.theme.style(Slot::Plain);
    let end = canvas.put((area.x, area.y), "/", area.width, key);
    let room = area.right().saturating_sub(end);
    if !typing {
        canvas.put((end, area.y), &cut(&input.text, room), room, plain);
        return;
    }
    let (before, after) = input.halves();
    let at = after.graphemes(true).next().unwrap_or(" ");
    let cursor_width = width(at).max(1) as u16;
    let shown = tail(before, usize::from(room.saturating_sub(cursor_width)));
    let end = canvas.put((end, area.y), shown, room, plain);
    let cursor = canvas.theme.style(Slot::Cursor);
    let left = area.right().saturating_sub(end);
    let end = canvas.put((end, area.y), at, left, cursor);
    let rest = after.strip_prefix(at).unwrap_or_default();
    let left = area.right().saturating_sub(end);
    canvas.put((end, area.y), &cut(rest, left), left, plain);
}

/// What the keys do while a query is typed.
pub fn hints(app: &App) -> Vec<Hint> {
    let empty = app.search.input.text.trim().is_empty();
    let list = if empty { "searches" } else { "list" };
    vec![
        Hint::shown("Enter", "go"),
        Hint::shown("Tab", list),
        Hint::shown("↑", "earlier"),
        Hint::of(&[(Action::WholeWords, "Alt-w")], "words"),
        Hint::of(&[(Action::Pattern, "Alt-r")], "regex"),
        Hint::of(&[(Action::ExactCase, "Alt-c")], "case"),
        Hint::shown("Esc", "back"),
    ]
}

/// The end of `words` that fits in `columns`.
fn tail(words: &str, columns: usize) -> &str {
    let mut taken = 0;
    let first = words
        .grapheme_indices(true)
        .rev()
        .take_while(|(_, cluster)| {
            taken += width(cluster);
            taken <= columns
        });
    let at = first.last().map_or(words.len(), |(at, _)| at);
    words.get(at..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_what_is_typed_is_seen() {
        for (words, columns, expected) in [
            ("crane", 9, "crane"),
            ("crane", 3, "ane"),
            ("a水道", 3, "道"),
            ("ab", 0, ""),
            ("", 4, ""),
        ] {
            assert_eq!(tail(words, columns), expected);
        }
    }
}
