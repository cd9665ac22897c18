//! The list of lenses that lies on top: which one is in force, which one is selected.
//!
//! It holds rows and a cursor; choosing is answered with a [`Reply`], and what follows is the matter of `app`.

use crate::model::Lens;
use crate::sections::LensRow;
use crate::tui::action::Action;
use crate::tui::overlay::{Cursor, Reply};

/// The lenses there are.
#[derive(Debug)]
pub struct Lenses {
    pub rows: Vec<LensRow>,
    pub cursor: Cursor,
    /// The row of the lens in force.
    pub present: Option<usize>,
}

impl Lenses {
    /// The list with `lens`, the one in force, under the cursor.
    pub fn new(rows: Vec<LensRow>, lens: &Lens) -> Self {
        let in_force = |row: &LensRow| {
            let same = |of: &Lens| of.name == lens.name && of.origin == lens.origin;
            row.lens.as_ref().is_ok_and(|of| same(of))
        };
        let present = rows.iter().position(in_force);
        Self {
            cursor: Cursor {
                at: present.unwrap_or(0),
            },
            rows,
            present,
        }
    }

    pub fn selected(&self) -> Option<&LensRow> {
        self.rows.get(self.cursor.at)
    }

    pub fn update(&mut self, action: Action, page: usize) -> Reply {
        match action {
            Action::Lenses | Action::Escape | Action::Quit => Reply::Close,
            Action::Open if !self.rows.is_empty() => Reply::Lens,
            // A row of the list takes several of the screen.
            _ if self.cursor.step(action, self.rows.len(), page / 3) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}
