//! Choosing a lens: the list, the choice, and what is said when its roles are there.
//!
//! The place is an offset and stays; sections and roles come anew from the worker, nearest first.

use crossterm::event::KeyCode;

use crate::model::Absence;
use crate::sections::LensRow;
use crate::tui::action::Action;
use crate::tui::app::{App, Wish};
use crate::tui::event::Coverage;
use crate::tui::keymap::Key;
use crate::tui::lenses::Lenses;
use crate::tui::overlay::Overlay;
use crate::tui::reading::Stage;

impl App {
    /// A capital that the lens in force has for a role goes to the next section of that role.
    pub(super) fn role_key(&self, key: Key) -> Option<Action> {
        let KeyCode::Char(letter) = key.code else {
            return None;
        };
        let known = letter.is_uppercase() && !key.control && !key.alt;
        let role = self.reading.briefing.lens.by_letter(letter);
        role.filter(|_| known).map(|_| Action::NextOfRole)
    }

    pub(super) fn show_lenses(&mut self, rows: Vec<LensRow>) {
        let lens = &self.reading.briefing.lens;
        self.overlay = Some(Overlay::Lenses(Lenses::new(rows, lens)));
    }

    /// Reads anew through the selected lens; one with a fault is told of and the list stays.
    pub(super) fn choose_lens(&mut self) {
        let Some(Overlay::Lenses(lenses)) = &self.overlay else {
            return;
        };
        let Some(row) = lenses.selected() else {
            return;
        };
        if let Err(fault) = &row.lens {
            self.notice = Some(fault.clone());
            return;
        }
        self.lens = Wish {
            place: Some(row.place.clone()),
            fresh: Some(row.name.clone()),
        };
        self.overlay = None;
        if self.reading.stage == Stage::Ready {
            self.reading.stage = Stage::Partial;
        }
        self.analyze();
    }

    /// Says in the status line what a reader must know of the lens, once all is read through it.
    pub(super) fn tell_notes(&mut self, coverage: Coverage) {
        if coverage != Coverage::Whole || self.loading {
            return;
        }
        let briefing = &self.reading.briefing;
        // That a recipe has no roles is no news, unless a lens was asked for; `i` tells it in any case.
        let asked = self.lens.place.is_some() || self.reading.document.meta.lens.is_some();
        let news = |why: &Absence| asked || matches!(why, Absence::Language | Absence::Words);
        let absence = briefing.outline.absence.filter(news);
        let absence = absence.map(|why| why.words(&briefing.lens));
        let notes = briefing.lens_notes.iter().cloned().chain(absence);
        let mut told: Vec<String> = notes.collect();
        let fresh = self.lens.fresh.take_if(|name| *name == briefing.lens.name);
        if let Some(name) = fresh.filter(|_| told.is_empty()) {
            told.push(format!("read through the lens {name}"));
        }
        if told.is_empty() {
            return;
        }
        let before = self.notice.take().map(|before| format!("{before}; "));
        self.notice = Some(before.unwrap_or_default() + &told.join("; "));
    }
}
