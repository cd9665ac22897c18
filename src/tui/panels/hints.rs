//! Hints: keys with a word for what they do, each of which can be clicked.

use std::borrow::Cow;

use ratatui::layout::Rect;

use crate::model::{Role, RoleId};
use crate::text::width;
use crate::tui::action::{ACTIONS, Action};
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::theme::Slot;

/// Keys, each with its action, and the word after them.
#[derive(Clone, Debug)]
pub struct Hint {
    pub keys: Vec<(Option<Target>, Cow<'static, str>)>,
    pub word: &'static str,
}

impl Hint {
    /// Keys that stand for one action each.
    pub fn of(keys: &[(Action, &'static str)], word: &'static str) -> Self {
        Self {
            keys: keys
                .iter()
                .map(|(action, key)| (Some(Target::Act(*action)), Cow::Borrowed(*key)))
                .collect(),
            word,
        }
    }

    /// Keys that can only be typed.
    pub fn shown(keys: &'static str, word: &'static str) -> Self {
        Self {
            keys: vec![(None, Cow::Borrowed(keys))],
            word,
        }
    }

    /// The hint of a row of the table. For roles the letters of the lens in force stand.
    fn of_row(app: &App, action: Action, (keys, word): (&'static str, &'static str)) -> Self {
        let lens = &app.reading.briefing.lens;
        if action == Action::NextOfRole && !lens.keyed().is_empty() {
            let keyed = lens.iter().filter(|(_, role)| role.letter.is_uppercase());
            let key = |(id, role): (RoleId, &Role)| {
                (Some(Target::Role(id)), Cow::Owned(role.letter.to_string()))
            };
            return Self {
                keys: keyed.map(key).collect(),
                word,
            };
        }
        let target = |key: &str| {
            let other = ACTIONS
                .iter()
                .find(|row| row.keys.contains(&key))
                .map_or(action, |row| row.action);
            Some(Target::Act(other))
        };
        Self {
            keys: keys
                .split(' ')
                .map(|key| (target(key), Cow::Borrowed(key)))
                .collect(),
            word,
        }
    }

    pub fn width(&self) -> u16 {
        let keys: usize = self.keys.iter().map(|(_, key)| width(key) + 1).sum();
        (keys + width(self.word)) as u16
    }

    /// Draws it from `(x, y)`, at most `room` columns; gives the column after it. The word does what the first key does.
    pub fn draw(&self, canvas: &mut Canvas<'_>, (x, y): (u16, u16), room: u16) -> u16 {
        let key_style = canvas.theme.style(Slot::Key);
        let quiet = canvas.theme.style(Slot::Quiet);
        let right = x + room;
        if let Some((Some(target), _)) = self.keys.first() {
            canvas.target(
                Rect {
                    x,
                    y,
                    width: self.width().min(room),
                    height: 1,
                },
                *target,
            );
        }
        let mut at = x;
        for (target, key) in &self.keys {
            let end = canvas.put((at, y), key, right.saturating_sub(at), key_style);
            let area = Rect {
                x: at,
                y,
                width: end - at,
                height: 1,
            };
            if let Some(target) = target {
                canvas.target(area, *target);
            }
            at = end + 1;
        }
        canvas.put((at, y), self.word, right.saturating_sub(at), quiet)
    }
}

/// The keys that correct the selected section of contents.
pub fn correcting() -> Vec<Hint> {
    let starts = [(Action::StartEarlier, "<"), (Action::StartLater, ">")];
    vec![
        Hint::of(&[(Action::SetRole, "c")], "role"),
        Hint::of(&starts, "start"),
        Hint::of(&[(Action::Merge, "m")], "merge"),
        Hint::of(&[(Action::Split, "s")], "split"),
        Hint::of(&[(Action::Undo, "U")], "undo"),
    ]
}

/// What can be done with sentences that are picked.
pub fn picking() -> Vec<Hint> {
    let extent = [(Action::PickMore, "j"), (Action::PickFewer, "k")];
    let beside = [(Action::PickNext, "l"), (Action::PickPrevious, "h")];
    vec![
        Hint::of(&[(Action::Copy, "y")], "copy"),
        Hint::of(&extent, "more, fewer"),
        Hint::of(&[(Action::Highlight, "Enter")], "highlight"),
        Hint::of(&[(Action::Note, "a")], "note"),
        Hint::of(&beside, "others"),
        Hint::of(&[(Action::Escape, "Esc")], "done"),
    ]
}

/// Draws hints side by side, as many as there is room for; gives the column after the last.
pub fn row(canvas: &mut Canvas<'_>, area: Rect, hints: &[Hint]) -> u16 {
    let mut x = area.x;
    for hint in hints {
        if x + hint.width() > area.right() {
            break;
        }
        x = hint.draw(canvas, (x, area.y), area.right() - x) + 2;
    }
    x
}

/// The line at the foot: the table's hints, or those of what is going on; help and quit stand at the right and are
/// the last to go.
pub fn foot(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let hints = ACTIONS.iter().filter_map(|row| {
        row.hint
            .map(|hint| (row.action, Hint::of_row(app, row.action, hint)))
    });
    let (ends, rest): (Vec<_>, Vec<_>) =
        hints.partition(|(action, _)| matches!(action, Action::Help | Action::Quit));
    let only =
        |hints: Vec<(Action, Hint)>| hints.into_iter().map(|(_, hint)| hint).collect::<Vec<_>>();
    let (ends, mut rest) = (only(ends), only(rest));
    if app.is_picking() {
        rest = picking();
    }
    let taken: u16 = ends.iter().map(|hint| hint.width() + 2).sum();
    let right = area
        .right()
        .saturating_sub(taken.saturating_sub(2))
        .max(area.x);
    row(
        canvas,
        Rect {
            x: right,
            width: area.right() - right,
            ..area
        },
        &ends,
    );
    row(
        canvas,
        Rect {
            width: right.saturating_sub(area.x + 2),
            ..area
        },
        &rest,
    );
}
