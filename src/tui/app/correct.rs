//! Correcting sections: what the keys of contents do to the selected section, and undoing it.

use std::sync::Arc;

use crossterm::event::KeyCode;

use crate::model::{Basis, Change, Edit, Lens, Role, RoleId, Said, SectionId};
use crate::sections::correct::{self, Wish};
use crate::text::{harmless, width};
use crate::tui::action::Action;
use crate::tui::app::{App, Asked, Pane};
use crate::tui::event::{Effect, Keeping};
use crate::tui::keymap::Key;
use crate::tui::overlay::{Cursor, Overlay};
use crate::tui::reading::Stage;

/// What every correction is told with.
pub(super) const YOURS: &str = "(yours); U undoes";

impl App {
    /// Whether keys mean what they mean in contents.
    pub(super) fn in_contents(&self) -> bool {
        match &self.overlay {
            None => self.focus == Pane::Contents,
            Some(overlay) => matches!(overlay, Overlay::Contents(_)),
        }
    }

    fn contents_cursor(&mut self) -> &mut Cursor {
        match &mut self.overlay {
            Some(Overlay::Contents(cursor)) => cursor,
            _ => &mut self.contents,
        }
    }

    /// Whether all sections are known: nothing is corrected that another analysis would overturn.
    pub(super) fn sections_are_known(&mut self) -> bool {
        let known = self.reading.stage == Stage::Ready && !self.loading;
        if !known {
            self.notice = Some("sections are still being found: correct them in a moment".into());
        }
        known
    }

    /// Corrects the selected section.
    pub(super) fn correct(&mut self, action: Action) {
        if !self.in_contents() || !self.sections_are_known() {
            return;
        }
        let selected = self.contents_cursor().at;
        if selected >= self.reading.outline().sections.len() {
            self.notice = Some("there is no section to correct".into());
            return;
        }
        let id = selected as SectionId;
        let (wish, told) = match action {
            Action::SetRole => {
                self.notice = Some(self.question(id, &self.reading.briefing.lens));
                self.asking = Some(Asked::Role(id));
                return;
            }
            Action::Split => return self.split(),
            Action::StartEarlier => (Wish::Earlier, "begins a paragraph earlier"),
            Action::StartLater => (Wish::Later, "begins a paragraph later"),
            _ => (Wish::Merge, "has the one after it merged into it"),
        };
        match correct::edit(&self.reading.briefing, id, wish) {
            Ok(edit) => self.amend(&edit, told),
            Err(refusal) => self.notice = Some(refusal.to_string()),
        }
    }

    fn split(&mut self) {
        match correct::split(&self.reading.briefing, self.reading.anchor.at) {
            Ok(edit) => self.amend(&edit, "begins where the page does"),
            Err(refusal) => self.notice = Some(refusal.to_string()),
        }
    }

    /// The key after `c`.
    pub(super) fn answer_role(&mut self, id: SectionId, key: Key) {
        let lens = Arc::clone(&self.reading.briefing.lens);
        let Some(section) = self.reading.outline().sections.get(id as usize) else {
            return;
        };
        let yours = section.basis == Basis::Reader;
        let (said, told) = match key.code {
            KeyCode::Char('-') if yours && section.role.is_none() => {
                self.notice = Some("you have said already that it has no role".into());
                return;
            }
            KeyCode::Char('-') => (Said::None, "has no role".to_owned()),
            KeyCode::Char(' ') if !yours => {
                self.notice = Some("its role is not yours: there is nothing to take back".into());
                return;
            }
            KeyCode::Char(' ') => (Said::AsFound, "has its role as found".to_owned()),
            KeyCode::Char(letter) => {
                let Some(role) = role_of(letter, &lens) else {
                    let words = self.question(id, &lens);
                    self.notice = Some(format!("no role has the letter {letter}. {words}"));
                    return;
                };
                let label = &lens.role(role).label;
                if yours && section.role == Some(role) {
                    self.notice = Some(format!("you have said already that it is {label}"));
                    return;
                }
                (
                    Said::Role(lens.role(role).name.clone()),
                    format!("is {label}"),
                )
            }
            _ => return,
        };
        match correct::edit(&self.reading.briefing, id, Wish::Role(said)) {
            Ok(edit) => self.amend(&edit, &told),
            Err(refusal) => self.notice = Some(refusal.to_string()),
        }
    }

    /// Makes an edit and selects the section that it is about.
    fn amend(&mut self, edit: &Edit, told: &str) {
        self.change(Change::Add(edit.clone()));
        let id = correct::section_of(&self.reading.briefing, edit).unwrap_or(0);
        self.contents_cursor().at = id as usize;
        self.notice = Some(format!("section {} {told} {YOURS}", id + 1));
    }

    /// Takes the latest correction back that is in force.
    pub(super) fn undo(&mut self) {
        if !self.sections_are_known() {
            return;
        }
        let lens = &self.reading.briefing.lens.name;
        if let Some(edit) = self.reading.ledger.latest_mend(lens).cloned() {
            return self.undo_mend(&edit);
        }
        let Some(edit) = self.reading.ledger.latest(lens).cloned() else {
            self.notice = Some("there is no correction to undo in this document".into());
            return;
        };
        let what = match &edit {
            Edit::Role { .. } => "the role of the section at",
            Edit::Move { .. } => "the moved start of the section at",
            Edit::Merge { .. } => "the merging of the section at",
            Edit::Split { .. } => "the split at",
        };
        // What was kept may have been changed by anybody.
        let quote = harmless::line(&edit.at().quote);
        let words = format!("undone: {what} “{quote} …”");
        let place = match &edit {
            // Where the section begins again.
            Edit::Move { at, .. } => Edit::Split { at: at.clone() },
            _ => edit.clone(),
        };
        self.change(Change::Undo(edit));
        if let Some(id) = correct::section_of(&self.reading.briefing, &place) {
            self.contents_cursor().at = id as usize;
        }
        self.notice = Some(words);
    }

    fn change(&mut self, change: Change) {
        let lens = self.reading.briefing.lens.name.clone();
        self.reading.ledger.change(&lens, &change);
        self.reading.amend();
        self.effects.push(Effect::Keep(Box::new(Keeping {
            document: Arc::clone(&self.reading.document),
            lens,
            change,
        })));
        let last = self.reading.outline().sections.len().saturating_sub(1);
        let cursor = self.contents_cursor();
        cursor.at = cursor.at.min(last);
        self.refresh_overlay();
    }

    /// What can follow `c`.
    fn question(&self, id: SectionId, lens: &Lens) -> String {
        let spelt = |role: &Role| format!("{} {}", role.letter, role.short);
        let spelt: Vec<String> = lens.roles.iter().map(spelt).collect();
        let question =
            |letters: &str| format!("role of {}:  {letters}   Space as found   - none", id + 1);
        let whole = question(&spelt.join("  "));
        if width(&whole) + 2 <= usize::from(self.size.width) {
            return whole;
        }
        let letters: Vec<String> = lens.roles.iter().map(|it| it.letter.to_string()).collect();
        question(&letters.join(" "))
    }

    /// The correction that was just made is in force but in no memory.
    pub fn not_kept(&mut self, why: &str) {
        self.reading.ledger.not_kept();
        self.for_this_run(why);
    }

    /// What was just done and told is in no memory.
    pub fn for_this_run(&mut self, why: &str) {
        self.reading.ledger.trouble = Some(why.to_owned());
        let done = self.notice.take().unwrap_or_default();
        self.notice = Some(format!("for this run only: {why}. {done}"));
    }
}

/// The role with this letter; with its other case where that leaves no doubt.
fn role_of(letter: char, lens: &Lens) -> Option<RoleId> {
    let other = |role: char| role.to_lowercase().eq(letter.to_lowercase());
    let mut like = lens.iter().filter(|(_, role)| other(role.letter));
    let only = match (like.next(), like.next()) {
        (Some((id, _)), None) => Some(id),
        _ => None,
    };
    lens.by_letter(letter).or(only)
}
