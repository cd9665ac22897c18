//! The sentences of a [`Document`]: what a reader picks, quotes and comes back to.
//!
//! A heading and a row of a table are one each, whatever stops stand in them; everything else is cut by
//! `text::sentences`. None is ever longer than its block.

use super::{BlockId, BlockKind, Document};
use crate::text::{TextRange, sentences};

impl Document {
    /// The sentence at `offset`: the one before it where only white space follows; `None` before the first block and
    /// where the block has no words.
    pub fn sentence_at(&self, offset: usize) -> Option<TextRange> {
        self.sentence_in(self.block_at(offset)?, offset)
    }

    /// The sentence after `sentence`, in this block or a later one.
    pub fn sentence_after(&self, sentence: TextRange) -> Option<TextRange> {
        let end = sentence.end();
        let id = self.block_at(sentence.start())?;
        let block = self.blocks[id as usize].range;
        let rest = TextRange::new(end.min(block.end()), block.end()).trim(&self.text);
        if !rest.is_empty() {
            return self.sentence_in(id, rest.start());
        }
        let later = id + 1..self.blocks.len() as BlockId;
        later
            .into_iter()
            .find_map(|id| self.sentence_in(id, self.blocks[id as usize].range.start()))
    }

    /// The sentence before `sentence`, in this block or an earlier one.
    pub fn sentence_before(&self, sentence: TextRange) -> Option<TextRange> {
        let start = sentence.start();
        let id = self.block_at(start)?;
        let block = self.blocks[id as usize].range;
        let rest = TextRange::new(block.start().min(start), start).trim(&self.text);
        if !rest.is_empty() {
            return self.sentence_in(id, self.last_letter(rest));
        }
        (0..id).rev().find_map(|id| {
            let words = self.blocks[id as usize].range.trim(&self.text);
            (!words.is_empty())
                .then(|| self.sentence_in(id, self.last_letter(words)))
                .flatten()
        })
    }

    fn sentence_in(&self, id: BlockId, offset: usize) -> Option<TextRange> {
        let block = self.blocks.get(id as usize)?;
        let whole = matches!(
            block.kind,
            BlockKind::Title | BlockKind::Heading | BlockKind::TableRow { .. }
        );
        let sentence = if whole {
            block.range.trim(&self.text)
        } else {
            sentences::at(&self.text, block.range, offset)
        };
        (!sentence.is_empty()).then_some(sentence)
    }

    /// Start of the last character of `range`, which is not empty.
    fn last_letter(&self, range: TextRange) -> usize {
        let last = range.of(&self.text).chars().next_back();
        range.end() - last.map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    /// A document of these blocks.
    fn document(blocks: &[(BlockKind, &str)]) -> Document {
        let mut document = Document::default();
        for (kind, words) in blocks {
            let start = document.text.len();
            document.text.push_str(words);
            document.blocks.push(Block {
                range: TextRange::new(start, document.text.len()),
                kind: *kind,
                level: 0,
                tight: false,
                line: 1,
                page: None,
            });
            document.text.push_str("\n\n");
        }
        document
    }

    #[test]
    fn forwards_and_backwards_meet_the_same_sentences() {
        let document = document(&[
            (BlockKind::Heading, "What now? It waits."),
            (BlockKind::Rule, ""),
            (BlockKind::Paragraph, "One é. Two."),
            (BlockKind::Paragraph, " "),
            (
                BlockKind::TableRow { header: false },
                "Shut.\tAt noon. Wholly.",
            ),
            (BlockKind::Code, "a = 1\nb = 2"),
            (BlockKind::Paragraph, "“Last!”"),
        ]);
        let words = |sentence: TextRange| sentence.of(&document.text).to_owned();
        let first = document.sentence_at(0);
        let forwards: Vec<TextRange> =
            std::iter::successors(first, |it| document.sentence_after(*it)).collect();
        let expected = [
            "What now? It waits.",
            "One é.",
            "Two.",
            "Shut.\tAt noon. Wholly.",
            "a = 1",
            "b = 2",
            "“Last!”",
        ];
        let spelt: Vec<String> = forwards.iter().copied().map(words).collect();
        assert_eq!(spelt, expected);
        let last = forwards.last().copied();
        let mut backwards: Vec<TextRange> =
            std::iter::successors(last, |it| document.sentence_before(*it)).collect();
        backwards.reverse();
        assert_eq!(backwards, forwards);
    }
}
