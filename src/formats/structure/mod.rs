//! Titles and bare headings: what a short line above a longer text is. The same for all formats.
//!
//! It stands apart because it looks at blocks, not at markup. What a line is depends on itself, on the
//! lines around it up to the next solid block, and on how many such lines there are; so the last blocks of
//! a head, which could still change, are left out, and the counting is done on the head alone.

use crate::model::{Block, BlockKind, Document, Inline};

mod look;

use look::{Look, bold_or_slanted};

/// More short lines than this, in percent, and the text is verse, a transcript or a list.
const MANY_SHORT_LINES: usize = 45;
/// So many short lines are in order in any text.
const FEW: usize = 8;

/// Leaves out blocks at the end of a head on which the rest of the document decides.
pub(super) fn leave_out_undecided(document: &mut Document) {
    let solid = |block: &Block| Look::of(document, block) == Look::Solid;
    let Some(last) = document.blocks.iter().rposition(solid) else {
        return;
    };
    document.blocks.truncate(last + 1);
    let end = document.blocks.last().map_or(0, |block| block.range.end());
    document.text.truncate(end);
    document.styles.retain(|style| style.range.start() < end);
    document.links.retain(|link| link.range.start() < end);
}

/// Finds the title alone, where a source has headings of its own: the first block, if it is its only heading of
/// level 1.
pub(super) fn find_only_title(document: &mut Document) {
    let of_level_1 = |block: &&Block| block.is_heading() && block.level == 1;
    let blocks = &mut document.blocks;
    let alone = blocks.iter().filter(of_level_1).count() == 1;
    if let Some(first) = blocks.first_mut().filter(|first| of_level_1(&&**first))
        && alone
    {
        (first.kind, first.level) = (BlockKind::Title, 0);
    }
}

/// Finds the title and bare headings. What is decided for the whole is decided on the first `look` blocks.
pub(super) fn find(document: &mut Document, look: usize) {
    let title = find_title(document, look);
    let headings = find_bare(document, look, title.is_some());
    if let Some(block) = title.and_then(|at| document.blocks.get_mut(at)) {
        (block.kind, block.level) = (BlockKind::Title, 0);
    }
    set_headings(document, headings);
}

/// Finds bare headings alone, where the title is stated elsewhere.
pub(super) fn find_headings(document: &mut Document, look: usize) {
    let headings = find_bare(document, look, false);
    set_headings(document, headings);
}

fn set_headings(document: &mut Document, headings: Vec<usize>) {
    for at in headings {
        let block = &mut document.blocks[at];
        (block.kind, block.level) = (BlockKind::Heading, 2);
    }
}

/// The first block, if it is the only heading of level 1 or a short line with a text below.
fn find_title(document: &Document, look: usize) -> Option<usize> {
    let first = document.blocks.first()?;
    let head = document.blocks.get(..look).unwrap_or(&document.blocks);
    let of_level_1 = |block: &&Block| block.is_heading() && block.level == 1;
    let below = || {
        head.iter()
            .skip(1)
            .any(|block| block.is_body() && Look::of(document, block) == Look::Solid)
    };
    let title = match first.kind {
        BlockKind::Heading => first.level == 1 && head.iter().filter(of_level_1).count() == 1,
        BlockKind::Paragraph => look::can_be_title(document, first) && below(),
        _ => false,
    };
    title.then_some(0)
}

/// Short lines above longer text, in order.
fn find_bare(document: &Document, look: usize, titled: bool) -> Vec<usize> {
    let blocks = &document.blocks;
    let looks: Vec<Look> = blocks
        .iter()
        .map(|block| Look::of(document, block))
        .collect();
    let only_bold = has_other_order(document, &looks, look);
    let mut found = Vec::new();
    let mut at = usize::from(titled);
    while at < blocks.len() {
        // What was undecided at the end of the head stays so.
        let end = if at < look {
            look.min(blocks.len())
        } else {
            blocks.len()
        };
        let part = looks.get(at..end).unwrap_or_default();
        let run = part.iter().take_while(|&&look| look != Look::Solid).count();
        let lines: Vec<usize> = (at..at + run)
            .filter(|&line| looks[line] == Look::Short)
            .collect();
        if let Some(below) = blocks.get(at + run).filter(|_| at + run < end) {
            let kept = headings_in(document, &lines, titled && at == 1);
            let bold =
                |line: usize| bold_or_slanted(document, &blocks[line]) == Some(Inline::Strong);
            let stands =
                |line: usize| stands_above(&blocks[line], below) && (!only_bold || bold(line));
            found.extend(kept.into_iter().filter(|&line| stands(line)));
        }
        at += run.max(1);
    }
    found
}

/// Whether bare lines are no headings here: verse and lists have too many of them, and who writes Markdown
/// headings does not write others bare. Bold lines may be some all the same.
fn has_other_order(document: &Document, looks: &[Look], look: usize) -> bool {
    let head = looks.get(..look).unwrap_or(looks);
    let short = head.iter().filter(|&&look| look == Look::Short).count();
    let mut below_title = document.blocks.iter().take(look).skip(1);
    let stated = document.meta.format == "markdown" && below_title.any(Block::is_heading);
    stated || short > FEW && short * 100 > head.len() * MANY_SHORT_LINES
}

/// Whether `line` can be the heading of `below`: text that is longer, a list, a table.
fn stands_above(line: &Block, below: &Block) -> bool {
    match below.kind {
        BlockKind::Paragraph => below.range.len() > line.range.len(),
        BlockKind::Code | BlockKind::TableRow { .. } => true,
        _ => below.is_body(),
    }
}

/// Which lines of a run of short lines are headings of the text below them.
fn headings_in(document: &Document, lines: &[usize], under_title: bool) -> Vec<usize> {
    let words = |line: usize| document.blocks[line].range.of(&document.text);
    let lines: Vec<usize> = lines
        .iter()
        .copied()
        .filter(|&line| !under_title || !look::is_byline(words(line)))
        .collect();
    match lines[..] {
        [only] => vec![only],
        [first, second] if look::opens_a_part(words(first)) => vec![first, second],
        [_, second] => vec![second],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
