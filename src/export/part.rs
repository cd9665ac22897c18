//! [`Part`]: the stretch of a briefing that is written, and what belongs to it.
//!
//! It stands apart because every form of output asks the same questions of it: which blocks, which sections,
//! which names, and where a byte of the text is when characters are counted.

use std::ops::Range;

use crate::model::{Block, BlockId, Briefing, EntityId, Mention, Section, SectionId};
use crate::text::TextRange;

/// All of a briefing, or one section of it.
#[derive(Debug)]
pub(super) struct Part<'a> {
    pub(super) briefing: &'a Briefing,
    /// `None` is the whole document.
    pub(super) section: Option<SectionId>,
    pub(super) range: TextRange,
    pub(super) blocks: Range<BlockId>,
}

impl<'a> Part<'a> {
    pub(super) fn of(briefing: &'a Briefing, section: Option<SectionId>) -> Self {
        let document = &briefing.document;
        let range = section.map_or(TextRange::new(0, document.text.len()), |id| {
            briefing.outline.sections[id as usize].range
        });
        let before = |offset| move |block: &Block| block.range.start() < offset;
        let blocks = if section.is_some() {
            document.blocks.partition_point(before(range.start()))
                ..document.blocks.partition_point(before(range.end()))
        } else {
            0..document.blocks.len()
        };
        Self {
            briefing,
            section,
            range,
            blocks: blocks.start as BlockId..blocks.end as BlockId,
        }
    }

    pub(super) fn text(&self) -> &'a str {
        self.range.of(&self.briefing.document.text)
    }

    /// The sections, with their ids.
    pub(super) fn sections(&self) -> impl Iterator<Item = (SectionId, &'a Section)> {
        let sections = &self.briefing.outline.sections;
        let ids = self
            .section
            .map_or(0..sections.len() as SectionId, |id| id..id + 1);
        ids.map(|id| (id, &sections[id as usize]))
    }

    /// The mentions of one entity, with their index in [`Part::mentions`].
    pub(super) fn mentions_of(
        &self,
        entity: EntityId,
    ) -> impl ExactSizeIterator<Item = (usize, &'a Mention)> {
        let entities = &self.briefing.entities;
        let listed = &entities.entities[entity as usize].mentions;
        let before =
            |offset: usize| move |&at: &u32| entities.mentions[at as usize].range.start() < offset;
        let first = listed.partition_point(before(self.range.start()));
        let end = listed.partition_point(before(self.range.end()));
        let base = self.first_mention();
        listed[first..end].iter().map(move |&at| {
            let mention = &entities.mentions[at as usize];
            (at as usize - base, mention)
        })
    }

    /// All mentions, in reading order.
    pub(super) fn mentions(&self) -> &'a [Mention] {
        let mentions = &self.briefing.entities.mentions;
        let end = mentions.partition_point(|it| it.range.start() < self.range.end());
        &mentions[self.first_mention()..end]
    }

    fn first_mention(&self) -> usize {
        let mentions = &self.briefing.entities.mentions;
        mentions.partition_point(|it| it.range.start() < self.range.start())
    }

    /// The entities that are mentioned.
    pub(super) fn entities(&self) -> impl Iterator<Item = EntityId> {
        let all = 0..self.briefing.entities.entities.len() as EntityId;
        all.filter(|&id| self.section.is_none() || self.mentions_of(id).len() > 0)
    }

    /// Counts code points from the start of the part.
    pub(super) fn code_points(&self) -> CodePoints<'a> {
        CodePoints {
            text: &self.briefing.document.text,
            byte: self.range.start(),
            count: 0,
        }
    }
}

/// How many words `text` has, separated by white space.
pub(super) fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Turns byte offsets that never go down into counts of code points: one pass over the text for all of them.
#[derive(Debug)]
pub(super) struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl CodePoints<'_> {
    /// Code points before `byte`.
    pub(super) fn before(&mut self, byte: usize) -> usize {
        self.count += TextRange::new(self.byte, byte)
            .of(self.text)
            .chars()
            .count();
        self.byte = byte;
        self.count
    }

    /// Start and end of `range`.
    pub(super) fn range(&mut self, range: TextRange) -> (usize, usize) {
        (self.before(range.start()), self.before(range.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_not_bytes() {
        let text = "é€😀x";
        let mut count = CodePoints {
            text,
            byte: 0,
            count: 0,
        };
        let found: Vec<usize> = [0, 2, 5, 9, 9, 10].map(|byte| count.before(byte)).into();
        assert_eq!(found, [0, 1, 2, 3, 3, 4]);
    }

    #[test]
    fn words_are_separated_by_any_white_space() {
        assert_eq!(words(" two\u{a0}\tthree,\nfour "), 3);
        assert_eq!(words(""), 0);
    }
}
