//! [`Only`]: the paragraphs that match a search, shown while the others are not.
//!
//! The page is laid out from these blocks alone; the place stays an offset into the whole text, so nothing else has to
//! know of it.

use crate::model::{BlockId, BlockKind, Document, Outline};
use crate::text::TextRange;
use crate::tui::page::Anchor;

/// Paragraphs that are shown while others are not.
#[derive(Clone, Debug)]
pub struct Only {
    /// Sorted; never empty.
    blocks: Vec<BlockId>,
    /// How many there are in the document.
    pub of: usize,
    /// What was searched for.
    pub words: String,
    /// The place before, and the one that was shown instead.
    before: Anchor,
    pub instead: Anchor,
}

impl Only {
    /// The blocks that `hits` touch; `None` when no hit stands in a paragraph that can be shown alone.
    pub fn of(document: &Document, hits: &[TextRange], words: &str, place: Anchor) -> Option<Self> {
        let counts = |id: BlockId| {
            let kind = document.blocks[id as usize].kind;
            !matches!(kind, BlockKind::Title | BlockKind::Rule)
        };
        let mut blocks: Vec<BlockId> = Vec::new();
        for hit in hits {
            // Most paragraphs with a hit have several.
            let known = blocks.last().map(|&id| document.blocks[id as usize].range);
            if known.is_some_and(|known| known.covers(*hit)) {
                continue;
            }
            let first = document.block_at(hit.start());
            let last = document.block_at(hit.end().saturating_sub(1));
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            let next = blocks.last().map_or(0, |last| last + 1);
            blocks.extend((first.max(next)..=last).filter(|&id| counts(id)));
        }
        let all = 0..document.blocks.len() as BlockId;
        (!blocks.is_empty()).then(|| Self {
            blocks,
            of: all.filter(|&id| counts(id)).count(),
            words: words.to_owned(),
            before: place,
            instead: place,
        })
    }

    /// The blocks, sorted; at least one.
    pub fn blocks(&self) -> &[BlockId] {
        &self.blocks
    }

    pub fn shows(&self, block: BlockId) -> bool {
        self.blocks.binary_search(&block).is_ok()
    }

    /// The block shown before `block`.
    pub fn before(&self, block: BlockId) -> Option<BlockId> {
        let before = self.blocks.partition_point(|&id| id < block);
        self.blocks.get(before.checked_sub(1)?).copied()
    }

    /// Where to be when all is shown again: where the reader was, unless they have moved to `place` since.
    pub fn place_after(&self, place: Anchor) -> Anchor {
        if place == self.instead {
            self.before
        } else {
            place
        }
    }

    /// The first paragraph shown of the next section that has one, or of the section before.
    pub fn section_step(
        &self,
        (document, outline): (&Document, &Outline),
        at: usize,
        forwards: bool,
    ) -> Option<usize> {
        let start = |id: &BlockId| document.blocks[*id as usize].range.start();
        let first_from = |offset: usize| self.blocks.partition_point(|id| start(id) < offset);
        let found = if forwards {
            let after = outline
                .sections
                .partition_point(|section| section.range.start() <= at);
            first_from(outline.sections.get(after)?.range.start())
        } else {
            let before = self.blocks.get(first_from(at).checked_sub(1)?)?;
            let section = outline.last_at(start(before));
            let begins = section.map_or(0, |id| outline.sections[id as usize].range.start());
            first_from(begins)
        };
        self.blocks.get(found).map(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::page::Page;
    use crate::tui::page::tests::document;

    fn hit(document: &Document, words: &str) -> TextRange {
        let at = document.text.find(words).expect("the words stand there");
        TextRange::new(at, at + words.len())
    }

    #[test]
    fn hits_are_told_by_their_paragraphs() {
        let document = document(&["one two", "three", "- four", "five one"]);
        for (words, expected) in [
            (&["one"][..], &[0][..]),
            (&["one", "two", "five"], &[0, 3]),
            (&["two\n\nthree", "four"], &[0, 1, 2]),
        ] {
            let hits: Vec<_> = words.iter().map(|words| hit(&document, words)).collect();
            let only = Only::of(&document, &hits, "", Anchor::default()).expect("some");
            assert_eq!(only.blocks(), expected, "{words:?}");
            assert_eq!(only.of, 4);
        }
        assert!(Only::of(&document, &[], "", Anchor::default()).is_none());
    }

    #[test]
    fn a_page_of_some_paragraphs_goes_down_and_up_again() {
        let document = document(&["a b", "c", "- d", "- e", "f g", "h"]);
        let page = Page::new(&document, 20, true).keeping(Some(&[1, 2, 4]));
        let words = |anchor, count| -> Vec<&str> {
            let rows = page.rows(anchor, count);
            let words = rows.iter().map(|row| row.range().of(&document.text));
            words.collect()
        };
        // An item that follows its neighbour stands close to it.
        assert_eq!(words(page.top(), 9), ["c", "d", "", "f g"]);
        // A place that is left out is that of the next paragraph, or the last.
        assert_eq!(words(Anchor::to(0), 1), ["c"]);
        let hidden = hit(&document, "e").start();
        assert_eq!(words(Anchor::to(hidden), 1), ["f g"]);
        assert_eq!(words(Anchor::to(document.text.len()), 9), ["f g"]);
        assert!(page.hides(hidden) && page.row_of(page.top(), 9, hidden).is_none());
        let mut anchor = page.top();
        for count in 1..4 {
            anchor = page.down(anchor, 1, 1);
            assert_eq!(page.up(anchor, count), page.top());
        }
        assert_eq!(anchor, page.bottom(1));
    }
}
