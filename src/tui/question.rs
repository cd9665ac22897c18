//! [`Question`]: what must be answered before a name is mended, while the list of people lies on top.
//!
//! Apart from the list, which knows names and mentions and not what may become of them.

use std::collections::BTreeSet;

use crate::model::{Entity, EntityId};
use crate::tui::line::Input;
use crate::tui::reading::Reading;

/// What is asked of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which name this one shall be merged into: the selected one is meant.
    Merge(EntityId),
    /// Which of its mentions are of somebody else, by their places among them.
    Split(EntityId, BTreeSet<usize>),
    /// Who those mentions are of.
    Give(EntityId, BTreeSet<usize>, Input),
    Rename(EntityId, Input),
}

impl Question {
    /// The name it is about.
    pub fn about(&self) -> EntityId {
        match self {
            Self::Merge(id) | Self::Split(id, _) | Self::Give(id, ..) | Self::Rename(id, _) => *id,
        }
    }

    /// The line that is typed in, if the answer is typed.
    pub fn input(&mut self) -> Option<&mut Input> {
        match self {
            Self::Give(_, _, input) | Self::Rename(_, input) => Some(input),
            Self::Merge(_) | Self::Split(..) => None,
        }
    }

    pub fn is_typed(&self) -> bool {
        matches!(self, Self::Give(..) | Self::Rename(..))
    }

    /// The mentions that are chosen so far.
    pub fn chosen(&self) -> Option<&BTreeSet<usize>> {
        match self {
            Self::Split(_, chosen) | Self::Give(_, chosen, _) => Some(chosen),
            Self::Merge(_) | Self::Rename(..) => None,
        }
    }
}

/// Who is called `name` on the list, other than `id`.
pub fn called<'a>(reading: &'a Reading, name: &str, id: EntityId) -> Option<&'a Entity> {
    let name = name.trim();
    let all = (0..).zip(&reading.briefing.entities.entities);
    let mut others = all.filter(|(other, _)| *other != id);
    others.find(|(_, it)| it.name == name).map(|(_, it)| it)
}

/// The first name on the list that begins with what is typed.
pub fn completed<'a>(reading: &'a Reading, typed: &str) -> Option<&'a str> {
    let typed = typed.trim().to_lowercase();
    let all = reading.briefing.entities.entities.iter();
    let mut names = all.map(|it| it.name.as_str());
    names.find(|name| !typed.is_empty() && name.to_lowercase().starts_with(&typed))
}
