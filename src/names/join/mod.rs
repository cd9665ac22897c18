//! Which mentions mean the same: people, bodies and places.
//!
//! Both fill one [`Joined`]: the groups, what ties each mention to its group, and what could not be told.

mod alias;
pub(super) mod bodies;
mod body;
pub(super) mod people;
pub(super) mod person;

use crate::model::reasons::{Bond, Join, Unsure};

/// What joining found out.
#[derive(Debug, Default)]
pub(super) struct Joined<'a> {
    /// For each mention: its group.
    pub(super) groups: Vec<u32>,
    /// How many groups there are.
    pub(super) count: u32,
    /// For each mention: what ties it to another one of its group, if the words are not the same.
    pub(super) joins: Vec<Option<Join>>,
    pub(super) open: Vec<Open<'a>>,
}

/// Words that may mean any of several groups.
#[derive(Debug)]
pub(super) struct Open<'a> {
    pub(super) why: Unsure,
    pub(super) form: &'a str,
    /// The groups, each with how many mentions with just these words were counted for it; in reading order.
    pub(super) groups: Vec<(u32, u32)>,
}

impl Joined<'_> {
    pub(super) fn new(mentions: usize) -> Self {
        Self {
            groups: vec![u32::MAX; mentions],
            joins: vec![None; mentions],
            ..Self::default()
        }
    }

    /// A group that nobody is in yet.
    pub(super) fn group(&mut self) -> u32 {
        self.count += 1;
        self.count - 1
    }

    fn tie(&mut self, mention: usize, bond: Bond, to: usize) {
        if mention != to {
            let to = to as u32;
            self.joins[mention] = Some(Join { bond, to });
        }
    }
}

/// How full a form is: most words, then most letters; shouted forms only where there is no other.
pub(super) fn fullness(form: &str) -> (bool, usize, usize) {
    let shouted = form.len() > 5 && !form.contains(char::is_lowercase);
    (!shouted, form.split(' ').count(), form.len())
}
