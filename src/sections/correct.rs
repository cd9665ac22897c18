//! What a reader's corrections make of an outline, and which edit a wish is.
//!
//! A layer over what was found: the starts of sections are taken from there and edited one by one, then sections
//! are made of them again. What the reader set stands; where she changed the extent of a section but not its role,
//! the role follows from its paragraphs by the same rules as everywhere. Nothing is cut again, so a correction
//! changes nothing but what it is about.

use std::collections::BTreeMap;
use std::ops::{Bound, Range};
use std::sync::Arc;

use super::{rules, split};
use crate::model::{
    Basis, BlockId, BlockKind, Briefing, Corrections, Document, Edit, Entities, Finder, FoundRole,
    Heading, Landmark, Lens, Outline, RoleId, Said, Section, SectionId,
};
use crate::text::TextRange;

/// A briefing with corrections in it.
#[derive(Clone, Debug)]
pub struct Corrected {
    pub briefing: Briefing,
    /// Indices of the edits whose places were not found in the text: to be told, and kept.
    pub lost: Vec<usize>,
}

/// What a reader wants done with a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    Role(Said),
    /// Begin a paragraph earlier.
    Earlier,
    /// Begin a paragraph later.
    Later,
    /// Join it to the section before.
    Merge,
}

/// Why a wish cannot be fulfilled: a sentence for the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no section before the first to merge it with")]
    FirstMerged,
    #[error("the first section begins where the text does")]
    FirstMoved,
    #[error("the section before has only one paragraph; m merges")]
    BeforeTooShort,
    #[error("this section has only one paragraph; m merges it")]
    TooShort,
    #[error("a section begins with this paragraph already")]
    BeginsHere,
    #[error("no section can begin here")]
    Outside,
}

/// The edit that fulfils a wish on section `id` of the briefing, as it is with all corrections so far.
///
/// # Panics
/// When there is no such section.
pub fn edit(briefing: &Briefing, id: SectionId, wish: Wish) -> Result<Edit, Refusal> {
    let (document, outline) = (&*briefing.document, &*briefing.outline);
    let start = start_of(document, &outline.sections[id as usize]);
    let at = Landmark::of(document, start);
    let moved = |to| Edit::Move {
        at: at.clone(),
        to: Landmark::of(document, to),
    };
    match wish {
        Wish::Role(role) => Ok(Edit::Role { at, role }),
        Wish::Merge if id == 0 => Err(Refusal::FirstMerged),
        Wish::Merge => Ok(Edit::Merge { at }),
        Wish::Earlier | Wish::Later if id == 0 => Err(Refusal::FirstMoved),
        Wish::Earlier => {
            let before = extent(document, outline, id - 1);
            let to = stops(document, outline, before.clone()).next_back();
            to.filter(|&to| to > before.start)
                .map(moved)
                .ok_or(Refusal::BeforeTooShort)
        }
        Wish::Later => {
            let own = extent(document, outline, id);
            let to = stops(document, outline, own.clone()).find(|&to| to > own.start);
            to.map(moved).ok_or(Refusal::TooShort)
        }
    }
}

/// The edit that begins a section with the paragraph at `offset`, or with the heading over it.
pub fn split(briefing: &Briefing, offset: usize) -> Result<Edit, Refusal> {
    let (document, outline) = (&*briefing.document, &*briefing.outline);
    let id = outline.last_at(offset).ok_or(Refusal::Outside)?;
    let block = document.block_at(offset).ok_or(Refusal::Outside)?;
    let own = extent(document, outline, id);
    let at = stops(document, outline, own.clone()).rfind(|&at| at <= block);
    match at {
        Some(at) if at > own.start => Ok(Edit::Split {
            at: Landmark::of(document, at),
        }),
        _ => Err(Refusal::BeginsHere),
    }
}

/// The section that begins at the place of an edit, once the edit is made.
pub fn section_of(briefing: &Briefing, edit: &Edit) -> Option<SectionId> {
    let place = match edit {
        Edit::Move { to, .. } => to,
        _ => edit.at(),
    };
    let block = Finder::new(&briefing.document).find(place)?;
    let start = briefing.document.blocks[block as usize].range.start();
    briefing.outline.last_at(start)
}

/// The briefing as the reader corrected it; as it was found when nothing is corrected.
pub fn corrected(found: &Briefing, corrections: &Corrections) -> Corrected {
    let (document, outline) = (&*found.document, &*found.outline);
    let mut drawing = Drawing::new(found);
    let mut finder = Finder::new(document);
    let mut lost = Vec::new();
    for (edit, number) in corrections.edits.iter().zip(0..) {
        if drawing.take(edit, &mut finder).is_none() {
            lost.push(number);
        }
    }
    if lost.len() == corrections.edits.len() {
        let briefing = found.clone();
        return Corrected { briefing, lost };
    }
    let sections = drawing.sections();
    let outline = Outline {
        sections,
        paragraphs: outline.paragraphs.clone(),
        absence: outline.absence,
    };
    let entities = seated(&found.entities, document, &outline);
    let briefing = Briefing {
        outline: Arc::new(outline),
        entities: Arc::new(entities),
        ..found.clone()
    };
    Corrected { briefing, lost }
}

/// Mentions in their sections.
fn seated(entities: &Entities, document: &Document, outline: &Outline) -> Entities {
    let mut entities = entities.clone();
    for mention in &mut entities.mentions {
        mention.section = outline.home(document, mention.range.start());
    }
    entities
}

/// What the reader said of a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Spoken {
    #[default]
    Nothing,
    NoRole,
    Role(RoleId),
}

/// The start of a section while edits are made.
#[derive(Clone, Debug, Default)]
struct Start {
    said: Spoken,
    drawn: bool,
    /// The stated heading that the section keeps though its start was moved before it.
    titled: Option<BlockId>,
}

struct Drawing<'a> {
    document: &'a Document,
    lens: &'a Lens,
    found: &'a Outline,
    starts: BTreeMap<BlockId, Start>,
}

impl<'a> Drawing<'a> {
    fn new(found: &'a Briefing) -> Self {
        let starts = found.outline.sections.iter();
        let starts = starts.map(|section| (start_of(&found.document, section), Start::default()));
        Self {
            document: &found.document,
            lens: &found.lens,
            found: &found.outline,
            starts: starts.collect(),
        }
    }

    /// Makes an edit; `None` when its place is gone, or when it would leave the beginning of the text in no section.
    fn take(&mut self, edit: &Edit, finder: &mut Finder<'_>) -> Option<()> {
        let first = *self.starts.keys().next()?;
        let mut find = |place| {
            let found = finder.find(place);
            found.filter(|&at| at >= first && is_content(self.document, self.found, at))
        };
        let at = find(edit.at())?;
        match edit {
            Edit::Role { role, .. } => {
                let said = match role {
                    Said::Role(name) => Spoken::Role(self.lens.by_name(name)?),
                    Said::None => Spoken::NoRole,
                    Said::AsFound => Spoken::Nothing,
                };
                self.begin(at).said = said;
            }
            Edit::Split { .. } => self.begin(at).drawn = true,
            Edit::Merge { .. } if at == first => return None,
            Edit::Merge { .. } => {
                let merged = self.starts.remove(&at);
                let before = self.before(at)?;
                before.drawn = true;
                // What the reader said of either stands; of two that she spoke of, the first.
                if before.said == Spoken::Nothing {
                    before.said = merged.map_or(Spoken::Nothing, |merged| merged.said);
                }
            }
            Edit::Move { to, .. } => {
                let to = find(to)?;
                if at == first {
                    return None;
                }
                let titled = self.document.blocks[at as usize].is_heading().then_some(at);
                let mut start = self.starts.remove(&at).unwrap_or_default();
                start.drawn = true;
                start.titled = start.titled.or(titled);
                if to > at {
                    self.before(at)?.drawn = true;
                }
                self.starts.insert(to, start);
            }
        }
        Some(())
    }

    /// The section that begins at `at`, now if it did not before.
    fn begin(&mut self, at: BlockId) -> &mut Start {
        self.starts.entry(at).or_insert(Start {
            drawn: true,
            ..Start::default()
        })
    }

    fn before(&mut self, at: BlockId) -> Option<&mut Start> {
        let earlier = (Bound::Unbounded, Bound::Excluded(at));
        self.starts.range_mut(earlier).next_back().map(|(_, it)| it)
    }

    fn sections(&self) -> Vec<Section> {
        let count = self.document.blocks.len() as BlockId;
        let ends = self.starts.keys().skip(1).copied().chain([count]);
        let starts = self.starts.iter().zip(ends);
        let mut sections: Vec<Section> = starts
            .map(|((&at, start), end)| self.section(start, at..end))
            .collect();
        split::name(self.document, self.lens, &mut sections);
        for section in sections.iter_mut().skip(1).filter(|section| section.drawn) {
            if section.heading == Heading::Opening {
                section.heading = Heading::Words(split::first_words(self.document, section.range));
            }
        }
        sections
    }

    /// The section of `blocks`: as it was found where nothing of it was changed.
    fn section(&self, start: &Start, blocks: Range<BlockId>) -> Section {
        let document = self.document;
        let range = |id: BlockId| document.blocks[id as usize].range;
        let last = blocks
            .clone()
            .rev()
            .find(|&id| id == blocks.start || is_content(document, self.found, id));
        let last = last.unwrap_or(blocks.start);
        let extent = TextRange::new(range(blocks.start).start(), range(last).end());
        let over = self.found.last_at(extent.start());
        let over = over.map(|id| &self.found.sections[id as usize]);
        let own = over.filter(|found| found.range == extent);
        let stated = start.titled.filter(|id| blocks.contains(id));
        let stated = stated.or_else(|| {
            let heading = document.blocks[blocks.start as usize].is_heading();
            heading.then_some(blocks.start)
        });
        let under = stated.and_then(|id| self.found.last_at(range(id).start()));
        let under = under.map(|id| &self.found.sections[id as usize]).or(over);
        let instead = own.map_or_else(|| self.role(&blocks, over), told);
        let (role, basis, confidence) = match start.said {
            Spoken::Role(role) => (Some(role), Basis::Reader, 100),
            Spoken::NoRole => (None, Basis::Reader, 100),
            Spoken::Nothing => (instead.role, instead.basis, instead.confidence),
        };
        Section {
            heading: stated.map_or(Heading::Opening, |id| Heading::Stated(range(id), id)),
            range: extent,
            depth: under.map_or(0, |found| found.depth),
            role,
            basis,
            confidence,
            drawn: start.drawn,
            instead: (start.said != Spoken::Nothing).then_some(instead),
        }
    }

    /// The role of blocks that are no section of those found; `over` is the found one they begin in.
    fn role(&self, blocks: &Range<BlockId>, over: Option<&Section>) -> FoundRole {
        let paragraphs = &self.found.paragraphs;
        let first = paragraphs.partition_point(|it| it.block < blocks.start);
        let end = paragraphs.partition_point(|it| it.block < blocks.end);
        let of: Vec<_> = paragraphs[first..end]
            .iter()
            .filter(|it| !it.boilerplate)
            .collect();
        let roles: Vec<Option<RoleId>> = of.iter().map(|it| it.role).collect();
        let role = rules::role_of_one(&roles, self.lens);
        let sure = of.iter().filter(|it| it.role == role && role.is_some());
        let sure: Vec<usize> = sure.map(|it| usize::from(it.confidence)).collect();
        let confidence = sure.iter().sum::<usize>() / sure.len().max(1);
        let starts = |it: &&Section| start_of(self.document, it) == blocks.start;
        let headed = over
            .filter(starts)
            .is_some_and(|it| it.basis == Basis::Heading && it.role == role);
        FoundRole {
            role,
            basis: if headed { Basis::Heading } else { Basis::Text },
            confidence: confidence as u8,
        }
    }
}

fn told(section: &Section) -> FoundRole {
    FoundRole {
        role: section.role,
        basis: section.basis,
        confidence: section.confidence,
    }
}

fn start_of(document: &Document, section: &Section) -> BlockId {
    document
        .block_at(section.range.start())
        .expect("a section begins with a block")
}

/// The blocks from the start of section `id` to the start of the next.
fn extent(document: &Document, outline: &Outline, id: SectionId) -> Range<BlockId> {
    let at = |id: usize| {
        let section = outline.sections.get(id);
        section.map_or(document.blocks.len() as BlockId, |it| {
            start_of(document, it)
        })
    };
    at(id as usize)..at(id as usize + 1)
}

/// Whether a block stands in a section: all but title, rules and boilerplate.
fn is_content(document: &Document, outline: &Outline, id: BlockId) -> bool {
    let boilerplate = outline.paragraph(id).is_some_and(|it| it.boilerplate);
    let kind = document.blocks[id as usize].kind;
    !boilerplate && !matches!(kind, BlockKind::Title | BlockKind::Rule)
}

/// The blocks with which a section could begin: headings, and what does not stand right under one. A table is one.
fn stops(
    document: &Document,
    outline: &Outline,
    blocks: Range<BlockId>,
) -> impl DoubleEndedIterator<Item = BlockId> {
    let row = |id: BlockId| {
        matches!(
            document.blocks[id as usize].kind,
            BlockKind::TableRow { .. }
        )
    };
    let stop = move |&id: &BlockId| {
        // A heading over boilerplate alone begins nothing: it is boilerplate itself.
        if !is_content(document, outline, id) || document.blocks[id as usize].is_heading() {
            return is_content(document, outline, id);
        }
        let mut before = (0..id).rev();
        let before = before.find(|&before| is_content(document, outline, before));
        let headed = before.is_some_and(|id| document.blocks[id as usize].is_heading());
        let inside = row(id) && before.is_some_and(row);
        !headed && !inside
    };
    blocks.filter(stop)
}
