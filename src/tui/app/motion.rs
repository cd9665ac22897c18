//! Moving about in the text: lines, pages, sections, roles, paragraphs, mentions.

use crossterm::event::KeyCode;

use crate::model::{EntityId, RoleId};
use crate::tui::action::Action;
use crate::tui::app::{App, Pane, Wanted};
use crate::tui::keymap::Key;
use crate::tui::overlay::Cursor;
use crate::tui::page::Anchor;

impl App {
    /// Offers an action to the pane that has the keys; whether it was used up.
    pub(super) fn pane_took(&mut self, action: Action) -> bool {
        let areas = self.areas();
        match self.focus {
            Pane::Text => false,
            Pane::Contents => {
                let count = self.reading.outline().sections.len();
                if action == Action::Open && self.contents.at < count {
                    self.go_to_section(self.contents.at);
                    return true;
                }
                self.contents
                    .step(action, count, usize::from(areas.contents.height))
            }
            Pane::People => {
                let row = self.reading.cast.get(self.people.at).copied();
                if let (Action::Open, Some(row)) = (action, row) {
                    self.open_people(Some(row.entity), true);
                    return true;
                }
                let moved = self.people.step(
                    action,
                    self.reading.cast.len(),
                    usize::from(areas.people.height),
                );
                if moved {
                    self.reading.pinned =
                        self.reading.cast.get(self.people.at).map(|row| row.entity);
                    self.spot = None;
                }
                moved
            }
        }
    }

    /// Gives the keys to the pane `step` further on among those on the screen.
    pub(super) fn next_pane(&mut self, step: usize) {
        let areas = self.areas();
        let panes = [
            (Pane::Contents, areas.contents),
            (Pane::Text, areas.text),
            (Pane::People, areas.people),
        ];
        let at = panes
            .iter()
            .position(|(pane, _)| *pane == self.focus)
            .unwrap_or(1);
        let next = (1..=3)
            .map(|turn| panes[(at + step * turn) % 3])
            .find(|(_, area)| area.area() > 0);
        self.focus_pane(next.map_or(Pane::Text, |(pane, _)| pane));
    }

    pub(super) fn focus_pane(&mut self, pane: Pane) {
        self.focus = pane;
        match pane {
            Pane::Contents => {
                self.contents = Cursor {
                    at: self.reading.section().unwrap_or(0) as usize,
                }
            }
            Pane::People => {
                let pinned = self.reading.pinned;
                let at = self
                    .reading
                    .cast
                    .iter()
                    .position(|row| Some(row.entity) == pinned)
                    .unwrap_or(0);
                self.people = Cursor { at };
                self.reading.pinned = self.reading.cast.get(at).map(|row| row.entity).or(pinned);
            }
            Pane::Text => {}
        }
    }

    /// Gives the keys back to the text when their pane is gone.
    pub(super) fn focus_visible(&mut self) {
        let areas = self.areas();
        let gone = match self.focus {
            Pane::Contents => areas.contents.area() == 0,
            Pane::People => areas.people.area() == 0,
            Pane::Text => false,
        };
        if gone {
            self.focus = Pane::Text;
        }
    }

    /// Everything that changes the place.
    pub(super) fn travel(&mut self, action: Action, key: Option<Key>) {
        match action {
            Action::NextSection => self.step_section(true),
            Action::PreviousSection => self.step_section(false),
            Action::SectionByNumber => self.type_number(key),
            Action::Mark | Action::ToMark => self.begin_mark(action, key),
            Action::NextOfRole => self.role_by_letter(key),
            Action::NextParagraph => self.step_paragraph(true),
            Action::PreviousParagraph => self.step_paragraph(false),
            Action::NextMention => self.step_mention(true),
            Action::PreviousMention => self.step_mention(false),
            Action::Back if !self.reading.back() => {
                self.notice = Some("no jump to go back from".into());
            }
            Action::Open if self.reading.pinned.is_some() => {
                self.open_people(self.reading.pinned, true);
            }
            Action::Open => self.follow_page(),
            _ => self.scroll(action),
        }
    }

    fn scroll(&mut self, action: Action) {
        let viewport = self.viewport();
        let (height, anchor) = (viewport.height, self.reading.anchor);
        let page = self.reading.page(viewport);
        // Two rows of the old page stay in sight.
        let whole = height.saturating_sub(2).max(1);
        let half = (height / 2).max(1);
        let target = match action {
            Action::LineDown => page.down(anchor, 1, height),
            Action::LineUp => page.up(anchor, 1),
            Action::PageDown => page.down(anchor, whole, height),
            Action::PageUp => page.up(anchor, whole),
            Action::HalfPageDown => page.down(anchor, half, height),
            Action::HalfPageUp => page.up(anchor, half),
            Action::Top => page.top(),
            Action::Bottom => page.bottom(height),
            _ => return,
        };
        if action == Action::Bottom && self.loading {
            self.wanted = Some(Wanted::End);
            self.notice = Some("the end so far; the rest is being read".into());
        }
        if matches!(action, Action::Top | Action::Bottom) {
            self.reading.jump(target);
        } else {
            self.reading.anchor = target;
        }
    }

    /// Scrolls by rows, for the wheel and for dragging past an edge.
    pub(super) fn scroll_rows(&mut self, rows: usize, down: bool) {
        let viewport = self.viewport();
        let page = self.reading.page(viewport);
        let anchor = self.reading.anchor;
        self.reading.anchor = if down {
            page.down(anchor, rows, viewport.height)
        } else {
            page.up(anchor, rows)
        };
    }

    fn step_section(&mut self, forwards: bool) {
        match self.reading.section_step(forwards) {
            Some(start) => self.reading.jump(Anchor::to(start)),
            None if forwards => self.notice = Some("this is the last section".into()),
            None => self.scroll(Action::Top),
        }
    }

    fn step_paragraph(&mut self, forwards: bool) {
        match self.reading.paragraph_step(forwards) {
            Some(start) => self.reading.anchor = Anchor::to(start),
            None if forwards => self.notice = Some("this is the last paragraph".into()),
            None => self.scroll(Action::Top),
        }
    }

    /// Section `number`, from 0.
    pub(super) fn go_to_section(&mut self, number: usize) {
        if let Some(section) = self.reading.outline().sections.get(number) {
            let start = section.range.start();
            self.reading.jump(Anchor::to(start));
        }
    }

    fn type_number(&mut self, key: Option<Key>) {
        let Some(KeyCode::Char(letter)) = key.map(|key| key.code) else {
            return;
        };
        let digit = letter.to_digit(10).unwrap_or(0) as usize;
        let count = self.reading.outline().sections.len();
        if digit == 0 && self.digits.is_none() {
            self.notice = Some("0 only ends a number: 1 0 is section 10".into());
            return;
        }
        let longer = self
            .digits
            .map(|before| before * 10 + digit)
            .filter(|&number| number <= count);
        let number = longer.unwrap_or(digit);
        self.digits = Some(number);
        if (1..=count).contains(&number) {
            self.go_to_section(number - 1);
        } else {
            self.notice = Some(format!(
                "there is no section {number}: the document has {count}"
            ));
        }
    }

    fn role_by_letter(&mut self, key: Option<Key>) {
        let Some(KeyCode::Char(letter)) = key.map(|key| key.code) else {
            return;
        };
        match self.reading.briefing.lens.by_letter(letter) {
            Some(role) => self.go_to_role(role),
            None if self.reading.briefing.lens.roles.is_empty() => {
                self.notice = Some("no roles are known of this text".into());
            }
            None => {
                let lens = &self.reading.briefing.lens.name;
                self.notice = Some(format!("the lens {lens} has no role {letter}"));
            }
        }
    }

    /// The next section of a role, round and round.
    pub(super) fn go_to_role(&mut self, role: RoleId) {
        let label = self.reading.briefing.lens.role(role).label.clone();
        let Some(section) = self.reading.next_of_role(role) else {
            self.notice = Some(format!("no section is {label}"));
            return;
        };
        let role_count = self
            .reading
            .role_counts
            .get(role.0 as usize)
            .copied()
            .unwrap_or(0);
        let round = self.reading.section().is_some_and(|here| section <= here);
        self.notice = match (role_count, round) {
            (1, _) => Some(format!("the only section that is {label}")),
            (_, true) => Some(format!("round to the first {label}")),
            (_, false) => None,
        };
        self.go_to_section(section as usize);
    }

    fn step_mention(&mut self, forwards: bool) {
        let top = self.reading.anchor.at;
        let Some(id) = self.reading.pinned.or_else(|| self.reading.first_name(top)) else {
            self.notice = Some("no name stands here or below".into());
            return;
        };
        let fresh = self.reading.pinned.is_none();
        self.reading.pinned = Some(id);
        let from = self.spot.filter(|&spot| !fresh && self.on_screen(spot));
        let entities = &self.reading.briefing.entities;
        let mentions = &entities.entities[id as usize].mentions;
        let start = |at: usize| entities.mentions[mentions[at] as usize].range.start();
        let before = |offset: usize| {
            mentions.partition_point(|&at| entities.mentions[at as usize].range.start() < offset)
        };
        let next = match (forwards, from) {
            (true, Some(spot)) => before(spot + 1),
            (true, None) => before(top),
            (false, from) => before(from.unwrap_or(top))
                .checked_sub(1)
                .unwrap_or(mentions.len()),
        };
        let wrapped = next >= mentions.len();
        let round = if forwards { 0 } else { mentions.len() - 1 };
        let offset = start(if wrapped { round } else { next });
        self.show_mention(offset);
        if wrapped {
            self.notice = Some(
                if forwards {
                    "round to the first mention"
                } else {
                    "round to the last mention"
                }
                .into(),
            );
        }
    }

    /// Brings a mention on the screen and makes it the current one.
    pub(super) fn show_mention(&mut self, offset: usize) {
        self.spot = Some(offset);
        let viewport = self.viewport();
        self.reading.show(offset, viewport);
    }

    /// Pins a name, or lets go of the pinned one.
    pub(super) fn pin(&mut self, id: EntityId) {
        let same = self.reading.pinned == Some(id);
        self.reading.pinned = (!same).then_some(id);
        self.spot = None;
    }

    pub(super) fn on_screen(&self, offset: usize) -> bool {
        let viewport = self.viewport();
        self.reading
            .page(viewport)
            .row_of(self.reading.anchor, viewport.height, offset)
            .is_some()
    }
}
