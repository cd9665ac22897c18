//! [`Outline`]: the sections of a document, flat and in reading order, and the role of every paragraph.
//!
//! Flat because reading is: `depth` alone tells nesting, and a look-up by offset is a binary search.

use super::{BlockId, Document, Lens, RoleId};
use crate::text::TextRange;

/// Index into [`Outline::sections`]; what a reader sees is one more.
pub type SectionId = u32;

/// Sections are sorted and disjoint. Paragraphs are sorted by block; every body block has one, and so has every heading
/// that stands over boilerplate alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    pub sections: Vec<Section>,
    pub paragraphs: Vec<Paragraph>,
    /// Why no paragraph has a role.
    pub absence: Option<Absence>,
}

/// Why the roles of a lens say nothing of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// There are no words in its paragraphs, only numbers and signs.
    Words,
    /// There are too few words to tell.
    Short,
    /// Too few words are of the language that the lens reads.
    Language,
    /// Too few words are of the kind of text that the lens is for.
    Kind,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    pub heading: Heading,
    /// From the first character of the heading or first paragraph to the end of the last block before the next section.
    pub range: TextRange,
    /// 0 for sections of the top level.
    pub depth: u8,
    pub role: Option<RoleId>,
    pub basis: Basis,
    /// How sure the role is, 0–100.
    pub confidence: u8,
    /// Whether the reader drew its extent: moved its start, split it off, or merged another into it.
    pub drawn: bool,
    /// What would be said of its role, had the reader not set it.
    pub instead: Option<FoundRole>,
}

/// A role as it was found in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FoundRole {
    pub role: Option<RoleId>,
    pub basis: Basis,
    /// 0–100.
    pub confidence: u8,
}

/// What a section is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// The document's own heading, and its block.
    Stated(TextRange, BlockId),
    /// Called by the label of its role.
    Label(RoleId),
    /// Called by its first words, as another section already has the label.
    Words(TextRange),
    /// The start of a text without role or heading.
    Opening,
}

/// Where a role comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// The heading says it.
    Heading,
    /// The text says it.
    Text,
    /// The reader said it.
    Reader,
}

/// What one body block does, and why that was thought.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    pub block: BlockId,
    pub role: Option<RoleId>,
    /// "Also read", bylines, credits: dimmed, in no section; `role` is `None`.
    pub boilerplate: bool,
    /// The role that came second.
    pub second: Option<RoleId>,
    /// How sure `role` is, 0–100; and how much `second` has.
    pub confidence: u8,
    pub second_confidence: u8,
    /// The words that spoke loudest for the best role and for the second, loudest first.
    pub reasons: Box<[Reason]>,
    /// The evidence in one line, for `K` and JSON: `“ordered”, “halt” → order; second: threat`.
    pub why: Box<str>,
}

/// Words that spoke for a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    pub role: RoleId,
    /// Where they stand in the text.
    pub words: TextRange,
    /// Whether they stand in the heading over the paragraph.
    pub heading: bool,
    /// How much more they speak for `role` than for the other of the two best, in hundredths of a nat.
    pub weight: i16,
}

impl Basis {
    /// Name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Text => "text",
            Self::Reader => "reader",
        }
    }
}

impl Absence {
    /// The sentence for the reader.
    pub fn words(self, lens: &Lens) -> String {
        let name = &lens.name;
        match self {
            Self::Words => "no roles: there are no words in its paragraphs".to_owned(),
            Self::Short => "no roles: the text is too short to tell".to_owned(),
            Self::Language => {
                format!("no roles: the text is in another language than the lens {name} reads")
            }
            Self::Kind => {
                format!("no roles: this is not the kind of text that the lens {name} is for")
            }
        }
    }
}

impl Section {
    /// What the section is called.
    pub fn title<'a>(&self, document: &'a Document, lens: &'a Lens) -> &'a str {
        match self.heading {
            Heading::Stated(range, _) | Heading::Words(range) => range.of(&document.text),
            Heading::Label(role) => &lens.role(role).label,
            Heading::Opening => "Opening",
        }
    }

    /// The block of the stated heading.
    pub fn heading_block(&self) -> Option<BlockId> {
        match self.heading {
            Heading::Stated(_, block) => Some(block),
            _ => None,
        }
    }
}

impl Outline {
    /// The section at `offset`: the last that starts at or before it and has not ended; `None` in title and boilerplate outside.
    pub fn at(&self, offset: usize) -> Option<SectionId> {
        self.last_at(offset)
            .filter(|&id| self.sections[id as usize].range.end() > offset)
    }

    /// The last section that starts at or before `offset`, ended or not: where a reader is.
    pub fn last_at(&self, offset: usize) -> Option<SectionId> {
        let after = self
            .sections
            .partition_point(|section| section.range.start() <= offset);
        after.checked_sub(1).map(|at| at as SectionId)
    }

    /// The section that something at `offset` is said in: boilerplate says nothing in any.
    pub fn home(&self, document: &Document, offset: usize) -> Option<SectionId> {
        let block = document.block_at(offset)?;
        let boilerplate = |paragraph: &Paragraph| paragraph.boilerplate;
        if self.paragraph(block).is_some_and(boilerplate) {
            return None;
        }
        self.at(offset)
    }

    /// What is known of a block; `None` for headings (but those over boilerplate alone), code, tables, rules.
    pub fn paragraph(&self, block: BlockId) -> Option<&Paragraph> {
        let at = self
            .paragraphs
            .binary_search_by_key(&block, |paragraph| paragraph.block)
            .ok()?;
        Some(&self.paragraphs[at])
    }

    /// Every broken invariant, in words.
    pub fn check(&self, document: &Document) -> Vec<String> {
        let mut faults = Vec::new();
        let mut end = 0;
        for (id, section) in self.sections.iter().enumerate() {
            if !section.range.fits(&document.text) || section.range.start() < end {
                faults.push(format!(
                    "section {id} {:?} is out of order or of bounds",
                    section.range
                ));
            }
            end = section.range.end();
        }
        if !self.paragraphs.is_sorted_by(|a, b| a.block < b.block) {
            faults.push("paragraphs are not sorted by block".into());
        }
        for paragraph in &self.paragraphs {
            let fits = |block: &super::Block| {
                block.is_body() || (block.is_heading() && paragraph.boilerplate)
            };
            if !document
                .blocks
                .get(paragraph.block as usize)
                .is_some_and(fits)
            {
                faults.push(format!(
                    "paragraph of block {} that is no body block",
                    paragraph.block
                ));
            }
            if paragraph.boilerplate && paragraph.role.is_some() {
                faults.push(format!("boilerplate block {} has a role", paragraph.block));
            }
        }
        faults
    }
}
