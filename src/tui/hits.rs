//! The list of hits that lies on top: by section, each with its count.
//!
//! It holds where the hits of a section begin, not the hits: there may be a million of them.

use crate::model::{Outline, SectionId};
use crate::text::TextRange;
use crate::tui::action::Action;
use crate::tui::overlay::{Cursor, Reply};

/// The hits of one section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// `None` above the first section.
    pub section: Option<SectionId>,
    /// Number of its first hit.
    pub first: usize,
    pub count: usize,
    /// Line of its heading in the list, from 0.
    line: usize,
}

/// Hits by section, and the selected one.
#[derive(Debug, Default)]
pub struct HitList {
    pub groups: Vec<Group>,
    /// The selected hit.
    pub cursor: Cursor,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitLine {
    /// The heading of a group, by its number.
    Group(usize),
    Hit(usize),
}

impl HitList {
    /// The list with hit number `at` under the cursor.
    pub fn new(hits: &[TextRange], outline: &Outline, at: usize) -> Self {
        let mut list = Self::default();
        list.gather(hits, outline);
        list.cursor.at = at.min(hits.len().saturating_sub(1));
        list
    }

    /// Brings the groups up to date with more hits or other sections.
    pub fn gather(&mut self, hits: &[TextRange], outline: &Outline) {
        self.groups.clear();
        let mut first = 0;
        while let Some(hit) = hits.get(first) {
            let section = outline.last_at(hit.start());
            let next = section.map_or(0, |id| id as usize + 1);
            let end = outline.sections.get(next).map_or(hits.len(), |next| {
                let start = next.range.start();
                hits.partition_point(|hit| hit.start() < start)
            });
            let count = end.max(first + 1) - first;
            self.groups.push(Group {
                section,
                first,
                count,
                line: first + self.groups.len(),
            });
            first += count;
        }
        self.cursor.at = self.cursor.at.min(hits.len().saturating_sub(1));
    }

    /// How many hits there are.
    pub fn count(&self) -> usize {
        self.groups.last().map_or(0, |last| last.first + last.count)
    }

    /// The group of the selected hit.
    pub fn group(&self) -> usize {
        self.group_of(self.cursor.at)
    }

    fn group_of(&self, hit: usize) -> usize {
        let after = self.groups.partition_point(|group| group.first <= hit);
        after.saturating_sub(1)
    }

    /// As many lines as fit in `height`, the selected hit among them, mostly in the middle.
    pub fn lines(&self, height: usize) -> impl Iterator<Item = HitLine> + '_ {
        // Every group has a line of its own before its hits.
        let line = self.cursor.at + self.group() + 1;
        let first = Cursor { at: line }.window(self.count() + self.groups.len(), height);
        // From the first hit the list shows the heading above it.
        let first = if line == 1 { 0 } else { first };
        (first..self.count() + self.groups.len())
            .take(height)
            .map(|line| self.line(line))
    }

    fn line(&self, line: usize) -> HitLine {
        let after = self.groups.partition_point(|group| group.line <= line);
        let group = after.saturating_sub(1);
        if self.groups[group].line == line {
            HitLine::Group(group)
        } else {
            HitLine::Hit(line - group - 1)
        }
    }

    pub fn update(&mut self, action: Action, page: usize) -> Reply {
        let action = match action {
            Action::FindNext => Action::LineDown,
            Action::FindPrevious => Action::LineUp,
            other => other,
        };
        let group = |number: usize| self.groups.get(number).map(|group| group.first);
        match action {
            Action::Escape | Action::Quit | Action::Hits => return Reply::Close,
            Action::Open if self.count() > 0 => return Reply::Hit(self.cursor.at),
            Action::Wider | Action::Narrower => return Reply::Keep(action == Action::Wider),
            Action::Find | Action::Only => return Reply::Through,
            Action::NextSection => {
                self.cursor.at = group(self.group() + 1).unwrap_or(self.cursor.at);
            }
            Action::PreviousSection => {
                let here = self.group();
                let back = usize::from(group(here) == Some(self.cursor.at));
                self.cursor.at = group(here.saturating_sub(back)).unwrap_or(0);
            }
            _ => {
                let count = self.count();
                let moved = self.cursor.step(action, count, page);
                return if moved { Reply::Done } else { Reply::Unused };
            }
        }
        Reply::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, Heading, Section};

    fn outline(starts: &[usize]) -> Outline {
        let section = |&start: &usize| Section {
            heading: Heading::Opening,
            range: TextRange::empty(start),
            depth: 0,
            role: None,
            basis: Basis::Text,
            confidence: 0,
            drawn: false,
            instead: None,
        };
        Outline {
            sections: starts.iter().map(section).collect(),
            ..Outline::default()
        }
    }

    fn list(at: usize) -> HitList {
        let hits = [2, 12, 13, 41, 42, 43].map(|at| TextRange::new(at, at + 1));
        HitList::new(&hits, &outline(&[10, 20, 30, 40]), at)
    }

    #[test]
    fn hits_stand_under_their_sections() {
        use HitLine::{Group, Hit};
        let groups: Vec<_> = list(0)
            .groups
            .iter()
            .map(|group| (group.section, group.count))
            .collect();
        assert_eq!(groups, [(None, 1), (Some(0), 2), (Some(3), 3)]);
        for (at, height, expected) in [
            (0, 3, &[Group(0), Hit(0), Group(1)][..]),
            (5, 2, &[Hit(4), Hit(5)]),
            (3, 1, &[Hit(3)]),
            (
                1,
                20,
                &[
                    Group(0),
                    Hit(0),
                    Group(1),
                    Hit(1),
                    Hit(2),
                    Group(2),
                    Hit(3),
                    Hit(4),
                    Hit(5),
                ],
            ),
        ] {
            let lines: Vec<_> = list(at).lines(height).collect();
            assert_eq!(lines, expected, "{at} in {height}");
        }
        let none = HitList::new(&[], &outline(&[1]), 0);
        assert_eq!(none.lines(5).count(), 0);
    }

    #[test]
    fn section_keys_go_from_group_to_group() {
        use Action::{NextSection, PreviousSection};
        for (at, action, expected) in [
            (0, NextSection, 1),
            (2, NextSection, 3),
            (4, NextSection, 4),
            (4, PreviousSection, 3),
            (3, PreviousSection, 1),
            (0, PreviousSection, 0),
        ] {
            let mut list = list(at);
            list.update(action, 10);
            assert_eq!(list.cursor.at, expected, "{at} {action:?}");
        }
    }
}
