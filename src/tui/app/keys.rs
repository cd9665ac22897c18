//! From a key to what is done about it: who gets the key first, and what an overlay wants done.

use crate::tui::action::{ACTIONS, Action, Group};
use crate::tui::app::mend::MENDING;
use crate::tui::app::{App, Asked, Pane, Wanted};
use crate::tui::event::Effect;
use crate::tui::keymap::Key;
use crate::tui::layout;
use crate::tui::overlay::{Overlay, Reply};
use crossterm::event::KeyEvent;

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) {
        if self.write(event) {
            return;
        }
        self.notice = None;
        self.peek = None;
        // The end was wanted from where nothing else was asked since.
        self.wanted = self.wanted.filter(|wanted| *wanted != Wanted::End);
        let Some(key) = Key::of(event) else { return };
        // Ctrl-C and its like mean the same at any time.
        match self.asking.take().filter(|_| !key.control) {
            Some(Asked::Role(id)) => return self.answer_role(id, key),
            Some(asked) => return self.answer_kind(asked, key),
            None => {}
        }
        if self.search.typing {
            return self.type_query(key);
        }
        if self.is_filtering() {
            return self.type_filter(key);
        }
        if self.is_answering() {
            return self.type_answer(key);
        }
        if self.link_key(key) || self.chooses_mention(key) {
            return;
        }
        let before = self.pending.take();
        let pair = before.and_then(|before| self.keymap.pair(before, key));
        if pair.is_none() && before.is_some_and(|before| self.end_mark(before, key)) {
            return;
        }
        let digits = self.digits.take();
        let own = self.own_keys().and_then(|it| self.keymap.within(it, key));
        let action = pair.or(own).or_else(|| self.role_key(key));
        if let Some(action) = action.or_else(|| self.keymap.action(key)) {
            self.digits = digits;
            self.perform(action, Some(key));
        } else if self.keymap.begins(key) {
            self.pending = Some(key);
        }
    }

    /// The group whose keys come before all others.
    fn own_keys(&self) -> Option<Group> {
        if let Some(Overlay::Copying(_)) = &self.overlay {
            return Some(Group::Copying);
        }
        let picking = self.is_picking().then_some(Group::Picking);
        let listing = || matches!(self.overlay, Some(Overlay::Notes(_))).then_some(Group::Notes);
        let contents = || self.in_contents().then_some(Group::Contents);
        let people = || self.in_people().then_some(Group::People);
        picking.or_else(listing).or_else(contents).or_else(people)
    }

    /// Does what a key or a click asks for.
    pub(super) fn perform(&mut self, action: Action, key: Option<Key>) {
        if action != Action::SectionByNumber {
            self.digits = None;
        }
        if action == Action::Escape && self.opening.is_some() && self.shelf_took(action) {
            return;
        }
        if self.correction_took(action) || self.overlay.is_some() && self.overlay_took(action) {
            return;
        }
        if self.overlay.is_none()
            && (self.pick_took(action) || self.copy_took(action) || self.pane_took(action))
        {
            return;
        }
        match action {
            Action::Quit | Action::QuitNow => self.effects.push(Effect::Quit(0, None)),
            Action::Suspend => self.effects.push(Effect::Suspend),
            Action::Redraw => self.effects.push(Effect::Redraw),
            Action::Mouse => self.toggle_mouse(),
            Action::Edit => self.edit(),
            Action::Reload => self.reload(),
            Action::Escape => self.step_back(),
            Action::TextOnly => {
                self.text_only = !self.text_only;
                self.focus = Pane::Text;
            }
            Action::Narrower => self.set_width(false),
            Action::Wider => self.set_width(true),
            Action::Find => self.begin_search(),
            Action::FindNext => self.next_hit(crate::tui::search::Step::Next),
            Action::FindPrevious => self.next_hit(crate::tui::search::Step::Previous),
            Action::Hits => self.list_hits(),
            Action::Links => self.list_links(),
            Action::Only => self.toggle_only(),
            Action::WholeWords | Action::Pattern | Action::ExactCase => self.toggle_manner(action),
            Action::NextPane => self.next_pane(1),
            Action::PreviousPane => self.next_pane(2),
            Action::Lenses => self.effects.push(Effect::ListLenses),
            Action::Notes => self.list_notes(),
            Action::Help | Action::About | Action::Why | Action::Contents | Action::People => {
                self.open(action);
            }
            _ if self.shelf_took(action) => {}
            _ => self.travel(action, key),
        }
        if self.is_picking() && moves(action) {
            self.pick_here();
        }
    }

    /// What corrects sections and names; whether `action` is that.
    fn correction_took(&mut self, action: Action) -> bool {
        match action {
            Action::SetRole
            | Action::StartEarlier
            | Action::StartLater
            | Action::Merge
            | Action::Split => self.correct(action),
            _ if self.note_took(action) => {}
            Action::AddName => self.add_name(),
            Action::Undo => self.undo(),
            _ if MENDING.contains(&action) => self.mend(action),
            _ => return false,
        }
        true
    }

    /// Offers an action to what lies on top; whether it was used up.
    pub(super) fn overlay_took(&mut self, action: Action) -> bool {
        let page = usize::from(layout::overlay(self.size).height);
        if self.question_took(action) {
            return true;
        }
        let reply = match &mut self.overlay {
            Some(Overlay::Words(words)) => words.update(action, page),
            Some(Overlay::Contents(cursor)) => cursor.update_contents(action, &self.reading, page),
            Some(Overlay::People(people)) => {
                let reply = people.update(action, &self.reading, page);
                people.remember(&self.reading);
                reply
            }
            Some(Overlay::Lenses(lenses)) => lenses.update(action, page),
            Some(Overlay::Copying(copying)) => copying.update(action),
            Some(Overlay::Shelf(list)) => {
                let reply = list.update(action, &self.shelves, page);
                let near = list.selected().filter(|_| reply == Reply::Done);
                self.effects.extend(near.map(Effect::Near));
                reply
            }
            Some(Overlay::Census(census)) => {
                let Some(level) = self.shelves.levels.get(census.level) else {
                    return false;
                };
                census.update(action, level, page)
            }
            Some(Overlay::Notes(list)) => {
                list.update(action, self.reading.notes.rows().len(), page)
            }
            Some(Overlay::Writing(_)) => {
                if action == Action::Escape {
                    self.escape_writing();
                }
                return true;
            }
            Some(Overlay::Hits(hits)) => hits.update(action, page),
            Some(Overlay::Searches(searches)) => searches.update(action, page),
            Some(Overlay::Links(links)) => {
                links.update(action, layout::overlay(self.size), self.desktop)
            }
            None => return false,
        };
        self.reply(reply, action)
    }

    /// Does what an overlay answered; whether the action is used up.
    pub(super) fn reply(&mut self, reply: Reply, action: Action) -> bool {
        match reply {
            Reply::Done => {}
            Reply::Close if self.is_bare() => self.close_bare(action),
            Reply::Close => self.close_overlay(),
            Reply::Document(level, entry) => self.open_document(level, entry),
            Reply::Outward => self.outward(),
            Reply::Section(section) => {
                self.overlay = None;
                self.go_to_section(section as usize);
            }
            Reply::Mention(entity, offset) => {
                self.overlay = None;
                self.reading.pinned = Some(entity);
                self.show_mention(offset);
            }
            Reply::Lens => self.choose_lens(),
            Reply::Copy(which) => self.copy_extent(which),
            Reply::Form => self.form = self.form.next(),
            Reply::Note => self.open_note(),
            Reply::Hit(hit) => self.go_to_hit(hit),
            Reply::Search => self.search_selected(),
            Reply::Keep(keep) => self.keep_search(keep),
            Reply::Link => self.follow_selected(),
            Reply::Browse => self.browse(),
            Reply::Through => {
                self.close_overlay();
                return false;
            }
            Reply::Unused => {
                // Moving about belongs to the text: it would happen out of sight.
                let global = [
                    Action::Help,
                    Action::About,
                    Action::Why,
                    Action::Lenses,
                    Action::Notes,
                    Action::Contents,
                    Action::People,
                    Action::QuitNow,
                    Action::Suspend,
                    Action::Redraw,
                    Action::Mouse,
                    Action::Reload,
                    Action::Choose,
                    Action::AllNames,
                    Action::NextDocument,
                    Action::PreviousDocument,
                ];
                return !global.contains(&action);
            }
        }
        true
    }
}

/// Whether an action leads to another place, so that what is picked goes along.
fn moves(action: Action) -> bool {
    let group = ACTIONS.iter().find(|row| row.action == action);
    let to_hit = matches!(action, Action::FindNext | Action::FindPrevious);
    to_hit || group.is_some_and(|row| matches!(row.group, Group::Move | Group::GoTo))
}
