//! Titles and bare headings: what a short line above a longer text is. The same for all formats.
//!
//! It stands apart because it looks at blocks, not at markup. A decision needs the next block, and for the
//! title the number of headings; so the last blocks of a head that could still change are left out.

use crate::model::{Block, BlockKind, Document};

/// A bare heading is at most this long.
const LONGEST: usize = 90;

/// Leaves out blocks at the end of a head on which the rest of the document decides.
pub(super) fn leave_out_undecided(document: &mut Document) {
    let decided = document
        .blocks
        .iter()
        .rposition(|block| !is_candidate(document, block));
    let Some(last) = decided else {
        return;
    };
    document.blocks.truncate(last + 1);
    let end = document.blocks.last().map_or(0, |block| block.range.end());
    document.text.truncate(end);
    document.styles.retain(|style| style.range.start() < end);
    document.links.retain(|link| link.range.start() < end);
}

/// Finds the title and bare headings. Decisions for the whole are taken on the first `look` blocks.
pub(super) fn find(document: &mut Document, look: usize) {
    let _ = look;
    let found: Vec<usize> = (0..document.blocks.len())
        .filter(|&at| {
            is_candidate(document, &document.blocks[at])
                && document
                    .blocks
                    .get(at + 1)
                    .is_some_and(|next| !is_candidate(document, next))
        })
        .collect();
    for at in found {
        let block = &mut document.blocks[at];
        (block.kind, block.level) = if at == 0 {
            (BlockKind::Title, 0)
        } else {
            (BlockKind::Heading, 2)
        };
    }
}

fn is_candidate(document: &Document, block: &Block) -> bool {
    let words = block.range.of(&document.text);
    block.kind == BlockKind::Paragraph
        && block.range.len() <= LONGEST
        && !words.ends_with(['.', '!', ':', ',', ';'])
}
