//! What lies on top of the text, at most one at a time: contents, people, lenses, documents, or a page of words.
//!
//! An overlay takes actions and answers with a [`Reply`]; it never touches the place itself.

use crate::model::{EntityId, EntityKind, KINDS, SectionId};
use crate::tui::action::Action;
use crate::tui::census::Census;
use crate::tui::copying::Copying;
use crate::tui::hits::HitList;
use crate::tui::lenses::Lenses;
use crate::tui::line::Input;
use crate::tui::links::LinkList;
use crate::tui::question::Question;
use crate::tui::reading::Reading;
use crate::tui::searches::SearchList;
use crate::tui::shelves::List;
use crate::tui::theme::Slot;

/// An overlay.
#[derive(Debug)]
pub enum Overlay {
    Words(Words),
    Contents(Cursor),
    People(People),
    Lenses(Lenses),
    Shelf(List),
    Census(Census),
    Copying(Copying),
    Hits(HitList),
    Searches(SearchList),
    Links(LinkList),
}

/// What an overlay wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Handled.
    Done,
    /// Close it.
    Close,
    /// Close it and go to this section.
    Section(SectionId),
    /// Close it, pin the name, and go to this offset.
    Mention(EntityId, usize),
    /// Read through the selected lens.
    Lens,
    /// Open this entry of the list on this level.
    Document(usize, usize),
    /// Close it and copy this extent.
    Copy(usize),
    /// Take the next form of citation.
    Form,
    /// Go to the list that holds this one.
    Outward,
    /// Close it and go to the hit with this number.
    Hit(usize),
    /// Search for the selected words again.
    Search,
    /// Keep the selected search, or let go of it.
    Keep(bool),
    /// Follow the selected link.
    Link,
    /// Open the address that was asked about.
    Browse,
    /// Close it, then do what was asked for.
    Through,
    /// Not its matter.
    Unused,
}

/// A selected row of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
}

impl Cursor {
    /// Moves among `count` rows of which `page` are seen at once; whether the action was a movement.
    pub fn step(&mut self, action: Action, count: usize, page: usize) -> bool {
        let (page, half) = (page.max(1), (page / 2).max(1));
        self.at = match action {
            Action::LineDown => self.at + 1,
            Action::LineUp => self.at.saturating_sub(1),
            Action::PageDown => self.at + page,
            Action::PageUp => self.at.saturating_sub(page),
            Action::HalfPageDown => self.at + half,
            Action::HalfPageUp => self.at.saturating_sub(half),
            Action::Top => 0,
            Action::Bottom => count,
            _ => return false,
        };
        self.at = self.at.min(count.saturating_sub(1));
        true
    }

    /// First row to show of `count` so that the cursor stays in sight of a window of `page`, mostly in its middle.
    pub fn window(self, count: usize, page: usize) -> usize {
        self.at
            .saturating_sub(page / 2)
            .min(count.saturating_sub(page))
    }
}

/// A titled page of lines: help, why, about.
#[derive(Debug, Default)]
pub struct Words {
    pub title: &'static str,
    pub lines: Vec<(String, Slot)>,
    pub scroll: usize,
    /// The action that opened it, which closes it too.
    pub opener: Option<Action>,
    /// The list of names that it lies on, and that comes back when it is closed.
    pub beneath: Option<Box<People>>,
}

impl Words {
    pub fn new(title: &'static str, opener: Action, lines: Vec<(String, Slot)>) -> Self {
        Self {
            title,
            lines,
            scroll: 0,
            opener: Some(opener),
            beneath: None,
        }
    }

    pub fn update(&mut self, action: Action, page: usize) -> Reply {
        if Some(action) == self.opener
            || matches!(action, Action::Escape | Action::Quit | Action::Open)
        {
            return Reply::Close;
        }
        let mut cursor = Cursor { at: self.scroll };
        let moved = cursor.step(
            action,
            (self.lines.len() + 1).saturating_sub(page).max(1),
            page,
        );
        self.scroll = cursor.at;
        if moved { Reply::Done } else { Reply::Unused }
    }
}

impl Cursor {
    /// Contents as an overlay.
    pub fn update_contents(&mut self, action: Action, reading: &Reading, page: usize) -> Reply {
        let count = reading.outline().sections.len();
        match action {
            Action::Contents | Action::Escape | Action::Quit => Reply::Close,
            Action::Open if self.at < count => Reply::Section(self.at as SectionId),
            _ if self.step(action, count, page) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}

/// People, agencies and places, and all mentions of the selected one.
#[derive(Debug)]
pub struct People {
    pub filter: Input,
    /// Whether keys go into the filter.
    pub typing: bool,
    /// The names that pass the filter: kinds in panel order, then order of entry; those that the reader hid last.
    pub listed: Vec<EntityId>,
    /// Name and kind of the selected one, which outlive an analysis.
    kept: Option<(String, EntityKind)>,
    pub names: Cursor,
    /// The selected mention, while the mentions have the keys.
    pub mention: Option<Cursor>,
    /// What is asked before a name is mended.
    pub question: Option<Question>,
}

impl People {
    /// All names, with `selected` under the cursor.
    pub fn new(reading: &Reading, selected: Option<EntityId>) -> Self {
        let mut people = Self {
            filter: Input::default(),
            typing: false,
            listed: Vec::new(),
            kept: None,
            names: Cursor::default(),
            mention: None,
            question: None,
        };
        people.list(reading);
        let at = people.listed.iter().position(|&id| Some(id) == selected);
        people.names.at = at.unwrap_or(0);
        people.remember(reading);
        people
    }

    /// Notes who is selected, so that it is selected again when names are found anew.
    pub fn remember(&mut self, reading: &Reading) {
        let entities = &reading.briefing.entities.entities;
        let entity = self.selected().and_then(|id| entities.get(id as usize));
        self.kept = entity.map(|entity| (entity.name.clone(), entity.kind));
    }

    /// Forgets who was selected: the cursor then stays on its row.
    pub fn forget(&mut self) {
        self.kept = None;
    }

    /// Applies the filter: any form of a name, any title, without regard to case. Who was selected stays so.
    pub fn list(&mut self, reading: &Reading) {
        let entities = &reading.briefing.entities.entities;
        let wanted = self.filter.text.trim().to_lowercase();
        let has = |words: &str| words.to_lowercase().contains(&wanted);
        let passes = |id: &EntityId| {
            let entity = &entities[*id as usize];
            wanted.is_empty()
                || entity.forms.iter().any(|form| has(form))
                || entity.titles.iter().any(|title| has(&title.text))
        };
        let all = 0..entities.len() as EntityId;
        self.listed = all.filter(passes).collect();
        // Kinds in the order of the panels; those that the reader hid come last.
        let rank = |id: &EntityId| {
            let entity = &entities[*id as usize];
            let kind = KINDS.iter().position(|row| row.kind == entity.kind);
            (entity.hidden, kind)
        };
        self.listed.sort_by_key(rank);
        let again = self.kept.as_ref().and_then(|(name, kind)| {
            let same = |id: &EntityId| {
                let entity = &entities[*id as usize];
                entity.name == *name && entity.kind == *kind
            };
            self.listed.iter().position(same)
        });
        let last = self.listed.len().saturating_sub(1);
        self.names.at = again.unwrap_or(self.names.at).min(last);
        let mentions = self
            .selected()
            .map_or(0, |id| entities[id as usize].mentions.len());
        self.mention = self.mention.map(|cursor| Cursor {
            at: cursor.at.min(mentions.saturating_sub(1)),
        });
    }

    /// Selects a name where it is listed; else the cursor stays on its row.
    pub fn select(&mut self, id: Option<EntityId>, reading: &Reading) {
        self.forget();
        self.list(reading);
        let at = id.and_then(|id| self.listed.iter().position(|&it| it == id));
        self.names.at = at.unwrap_or(self.names.at);
        self.remember(reading);
    }

    pub fn selected(&self) -> Option<EntityId> {
        self.listed.get(self.names.at).copied()
    }

    pub fn update(&mut self, action: Action, reading: &Reading, page: usize) -> Reply {
        if self.typing && matches!(action, Action::Open | Action::Escape) {
            self.finish_filter(action == Action::Open, reading);
            return Reply::Done;
        }
        let Some(id) = self.selected() else {
            return match action {
                Action::Find => self.type_filter(),
                Action::People | Action::Escape | Action::Quit => Reply::Close,
                _ => Reply::Unused,
            };
        };
        let mentions = &reading.briefing.entities.entities[id as usize].mentions;
        match (action, &mut self.mention) {
            (Action::People | Action::Quit, _) | (Action::Escape, None) => return Reply::Close,
            (Action::Find, _) => return self.type_filter(),
            (Action::Open, Some(cursor)) => {
                // A click may mean a mention of what was listed before.
                let Some(&mention) = mentions.get(cursor.at) else {
                    return Reply::Done;
                };
                let range = reading.briefing.entities.mentions[mention as usize].range;
                return Reply::Mention(id, range.start());
            }
            (Action::Escape | Action::NextPane | Action::PreviousPane, mention @ Some(_)) => {
                *mention = None;
            }
            (Action::Open | Action::NextPane | Action::PreviousPane, mention @ None) => {
                *mention = Some(Cursor::default());
            }
            (Action::NextMention | Action::PreviousMention, mention) => {
                let step = if action == Action::NextMention {
                    Action::LineDown
                } else {
                    Action::LineUp
                };
                mention
                    .get_or_insert_default()
                    .step(step, mentions.len(), page);
            }
            (_, mention) => {
                let moved = match mention {
                    Some(cursor) => cursor.step(action, mentions.len(), page),
                    None => self.names.step(action, self.listed.len(), page),
                };
                return if moved { Reply::Done } else { Reply::Unused };
            }
        }
        Reply::Done
    }

    /// Ends typing; the filter is kept or dropped.
    pub fn finish_filter(&mut self, keep: bool, reading: &Reading) {
        self.typing = false;
        if !keep {
            self.filter = Input::default();
            self.list(reading);
        }
    }

    fn type_filter(&mut self) -> Reply {
        self.typing = true;
        self.mention = None;
        Reply::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_stays_in_its_list_and_in_sight() {
        let mut cursor = Cursor::default();
        assert!(cursor.step(Action::PageDown, 5, 10) && cursor.at == 4);
        assert!(cursor.step(Action::LineUp, 5, 10) && cursor.at == 3);
        assert!(!cursor.step(Action::Help, 5, 10));
        assert!(cursor.step(Action::Bottom, 0, 10) && cursor.at == 0);
        for (at, count, page) in [(0, 100, 10), (50, 100, 10), (99, 100, 10), (3, 4, 10)] {
            let first = Cursor { at }.window(count, page);
            assert!(
                (first..first + page).contains(&at) && (first == 0 || first + page <= count),
                "{at} of {count}"
            );
        }
    }
}
