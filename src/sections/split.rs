//! Sections of a document: one for every stated heading, and more where the rules cut what stands under it.
//!
//! The rules themselves know no document and stand in `rules`; here are headings, depth, extent and names.

use std::ops::Range;

use super::cues::Scores;
use super::roles::carries;
use super::{Splitter, rules};
use crate::model::{Basis, BlockId, BlockKind, Document, Heading, Lens, RoleId, Section};
use crate::text::TextRange;

/// What is known of a body paragraph that is no boilerplate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) block: BlockId,
    /// The role that is shown.
    pub(super) role: Option<RoleId>,
    /// How likely it is to lie in a section of each role; nothing in a text without roles.
    pub(super) votes: Scores,
    /// The role that its heading speaks of.
    pub(super) heading: Option<RoleId>,
}

/// A stretch between two headings.
#[derive(Debug, Default)]
struct Part {
    heading: Option<BlockId>,
    depth: u8,
    /// Blocks that stand in it: all but title, rules and boilerplate.
    blocks: Vec<BlockId>,
}

/// The sections of `blocks`; `known` are its body paragraphs that are no boilerplate, in order.
pub(super) fn sections(
    document: &Document,
    splitter: &Splitter,
    blocks: Range<BlockId>,
    known: &[Known],
    boilerplate: &[BlockId],
) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut rest = known;
    for part in parts(document, blocks, boilerplate) {
        let body = part
            .blocks
            .iter()
            .filter(|&&id| document.blocks[id as usize].is_body())
            .count();
        let (here, after) = rest.split_at(body.min(rest.len()));
        rest = after;
        part_sections(document, splitter, &part, here, &mut sections);
    }
    name(document, &splitter.lens, &mut sections);
    sections
}

fn parts(document: &Document, blocks: Range<BlockId>, boilerplate: &[BlockId]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    let mut open: Vec<u8> = Vec::new();
    for id in blocks {
        let block = &document.blocks[id as usize];
        match block.kind {
            BlockKind::Title | BlockKind::Rule => {}
            _ if boilerplate.binary_search(&id).is_ok() => {}
            BlockKind::Heading => {
                while open.last().is_some_and(|&level| level >= block.level) {
                    open.pop();
                }
                parts.push(Part {
                    heading: Some(id),
                    depth: open.len() as u8,
                    blocks: Vec::new(),
                });
                open.push(block.level);
            }
            _ => parts
                .last_mut()
                .expect("the first part is there from the start")
                .blocks
                .push(id),
        }
    }
    parts
}

/// The sections of one part: always one for a stated heading, none for nothing.
fn part_sections(
    document: &Document,
    splitter: &Splitter,
    part: &Part,
    known: &[Known],
    sections: &mut Vec<Section>,
) {
    if part.heading.is_none() && part.blocks.is_empty() {
        return;
    }
    let range = |id: BlockId| document.blocks[id as usize].range;
    let roles: Vec<Option<RoleId>> = known.iter().map(|one| one.role).collect();
    let cuts = rules::cut(&roles, &splitter.lens);
    for (at, made) in cuts.iter().enumerate() {
        let first = match (at, part.heading) {
            (0, Some(heading)) => heading,
            (0, None) => part.blocks[0],
            _ => known[made.paragraphs.start].block,
        };
        // Code and tables before the next section belong to this one.
        let next = cuts
            .get(at + 1)
            .map_or(BlockId::MAX, |next| known[next.paragraphs.start].block);
        let inside = part.blocks.partition_point(|&id| id < next);
        let last = part.blocks[..inside]
            .last()
            .copied()
            .unwrap_or(first)
            .max(first);
        let of = &known[made.paragraphs.clone()];
        let (role, confidence) = sure(of, made.role, splitter);
        let says = of.first().and_then(|one| one.heading);
        let by_heading = at == 0 && part.heading.is_some() && (role.is_none() || says == role);
        sections.push(Section {
            heading: match part.heading {
                Some(block) if at == 0 => Heading::Stated(range(block), block),
                _ => Heading::Opening,
            },
            range: TextRange::new(range(first).start(), range(last).end()),
            depth: part.depth,
            role,
            basis: if by_heading {
                Basis::Heading
            } else {
                Basis::Text
            },
            confidence,
            drawn: false,
            instead: None,
        });
    }
}

/// The role, when it is likely enough to be shown, and how likely it is: on the mean over the paragraphs.
fn sure(known: &[Known], role: Option<RoleId>, splitter: &Splitter) -> (Option<RoleId>, u8) {
    let Some(role) = role else { return (None, 0) };
    let sum: f32 = known.iter().map(|one| one.votes[role.0 as usize]).sum();
    let share = sum / known.len().max(1) as f32;
    let percent = splitter.habits.sure_of_section(share);
    if carries(share) {
        (Some(role), percent)
    } else {
        (None, percent)
    }
}

/// Names the sections that have no heading of their own.
pub(super) fn name(document: &Document, lens: &Lens, sections: &mut [Section]) {
    let mut taken: Vec<bool> = lens
        .roles
        .iter()
        .map(|role| {
            sections.iter().any(|section| match section.heading {
                Heading::Stated(range, _) => {
                    range.of(&document.text).eq_ignore_ascii_case(&role.label)
                }
                _ => false,
            })
        })
        .collect();
    for section in sections
        .iter_mut()
        .filter(|section| section.heading == Heading::Opening)
    {
        let Some(role) = section.role else { continue };
        let taken = &mut taken[role.0 as usize];
        section.heading = if *taken {
            Heading::Words(first_words(document, section.range))
        } else {
            Heading::Label(role)
        };
        *taken = true;
    }
}

/// The first words of `range`, cut after a word near 40 characters.
pub(super) fn first_words(document: &Document, range: TextRange) -> TextRange {
    const NEAR: usize = 40;
    let words = range.of(&document.text);
    let line = words.split('\n').next().unwrap_or(words);
    let mut end = line.len();
    if let Some((limit, _)) = line.char_indices().nth(NEAR) {
        let space = line
            .get(..limit)
            .and_then(|head| head.rfind(char::is_whitespace));
        end = space.filter(|&space| space > 0).unwrap_or(limit);
    }
    let cut = TextRange::new(range.start(), range.start() + end).trim(&document.text);
    let kept = cut
        .of(&document.text)
        .trim_end_matches([',', ';', ':', '–', '—', '-'])
        .len();
    TextRange::new(cut.start(), cut.start() + kept)
}
