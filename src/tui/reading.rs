//! [`Reading`]: what is read, what is known of it, and where the reader is.
//!
//! The one thing that all parts of the screen share. The place is an offset into the text; everything that
//! depends on it (section, cast, position) is derived from it, so parts cannot disagree.

use std::num::NonZeroU32;
use std::sync::Arc;

use crate::model::{
    Basis, BlockId, BlockKind, Briefing, Document, EntityId, EntityKind, Mention, Outline, OwnList,
    RoleId, SectionId,
};
use crate::names::amend;
use crate::sections::correct;
use crate::text::TextRange;
use crate::tui::cast::{self, CastLines, CastRow};
use crate::tui::event::{Coverage, Loaded};
use crate::tui::ledger::Ledger;
use crate::tui::marks::Marks;
use crate::tui::notes::Notes;
use crate::tui::only::Only;
use crate::tui::page::{Anchor, Page};

/// How far the analysis is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    /// Only a stretch around the place is known.
    Partial,
    Ready,
}

/// Size of the text on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    pub columns: u16,
    pub height: usize,
    /// Whether the title stands in the text, as the header cannot show it whole.
    pub with_title: bool,
}

/// A document under a reader's eyes.
#[derive(Debug)]
pub struct Reading {
    pub document: Arc<Document>,
    /// White-space separated words; `None` while only the head is there.
    pub words: Option<usize>,
    pub stage: Stage,
    /// As the reader corrected it.
    pub briefing: Briefing,
    /// As it was found.
    found: Briefing,
    pub ledger: Ledger,
    pub notes: Notes,
    pub marks: Marks,
    /// Names as the reader wants them in every document.
    pub own: Arc<OwnList>,
    pub anchor: Anchor,
    /// The paragraphs that are shown while others are not.
    pub only: Option<Only>,
    /// Whether the last page was scrolled to.
    pub at_end: bool,
    pub pinned: Option<EntityId>,
    /// Who was pinned before the text was read anew, or when it was left; pinned again when found.
    lost_pin: Option<String>,
    /// Who is named in the section at the place: kinds in panel order, then order of entry.
    pub cast: Vec<CastRow>,
    pub cast_lines: CastLines,
    /// Names that are not hidden, in all of the document.
    pub listed: usize,
    /// The places named in it, in order of entry.
    pub places: Vec<CastRow>,
    cast_of: Option<SectionId>,
    /// Places left by jumps, the latest last.
    history: Vec<Anchor>,
    /// Sections per role, and without one.
    pub role_counts: Vec<usize>,
    pub other_count: usize,
}

/// What a basis is called on the screen.
pub fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Heading => "heading",
        Basis::Text => "guess",
        Basis::Reader => "yours",
    }
}

/// What outlives a document while another is read.
#[derive(Clone, Debug)]
pub struct Kept {
    anchor: Anchor,
    /// The words that stood there.
    words: String,
    /// Length of the text, in bytes: where it is the same, offsets are taken to be.
    length: usize,
    pinned: Option<String>,
    history: Vec<Anchor>,
    ledger: Ledger,
    notes: Notes,
    marks: Marks,
    /// The document itself, where it cannot be read twice.
    pub loaded: Option<Loaded>,
}

/// Jumps that can be undone; far more than anyone steps back through.
const HISTORY: usize = 500;
/// Of those, how many are looked for in a text that has changed.
const RELOCATED: usize = 20;

impl Reading {
    pub fn new(loaded: Loaded) -> Self {
        Self {
            anchor: Anchor::to(first_shown(&loaded.document)),
            document: loaded.document,
            words: loaded.words,
            stage: Stage::Waiting,
            briefing: Briefing::default(),
            found: Briefing::default(),
            ledger: Ledger::default(),
            notes: Notes::default(),
            marks: Marks::default(),
            own: Arc::default(),
            only: None,
            at_end: false,
            pinned: None,
            lost_pin: None,
            cast: Vec::new(),
            cast_lines: CastLines::default(),
            listed: 0,
            places: Vec::new(),
            cast_of: None,
            history: Vec::new(),
            role_counts: Vec::new(),
            other_count: 0,
        }
    }

    /// Takes a fuller or newer document. The place stays: by offset where the text up to it is the same, else
    /// by the words that stood there.
    pub fn replace(&mut self, loaded: Loaded) {
        // Blocks have other numbers in another document.
        self.only = None;
        let same = loaded.document.text.as_bytes().get(..self.anchor.at)
            == self.document.text.as_bytes().get(..self.anchor.at);
        if !same || self.anchor.at >= loaded.document.text.len() {
            let moved =
                |anchor: Anchor| Anchor::to(relocate(&self.document, &loaded.document, anchor.at));
            self.anchor = moved(self.anchor);
            let far = self.history.len().saturating_sub(RELOCATED);
            self.history = self
                .history
                .iter()
                .skip(far)
                .map(|anchor| moved(*anchor))
                .collect();
        }
        if self.document.text != loaded.document.text {
            self.notes.forget_places();
        }
        self.marks.move_to(&loaded.document.text);
        self.document = loaded.document;
        self.words = loaded.words;
        self.stage = Stage::Waiting;
        self.lost_pin = self
            .pinned_name()
            .map(str::to_owned)
            .or(self.lost_pin.take());
        self.briefing = Briefing::default();
        self.found = Briefing::default();
        self.pinned = None;
        self.listed = 0;
        self.forget_cast();
        self.role_counts.clear();
        self.other_count = 0;
    }

    /// What to keep when another document is opened.
    pub fn leave(&self) -> Kept {
        Kept {
            anchor: self.anchor,
            words: line_at(&self.document, self.anchor.at).to_owned(),
            length: self.document.text.len(),
            pinned: self.pinned_name().map(str::to_owned),
            history: self.history.clone(),
            ledger: self.ledger.clone(),
            notes: self.notes.clone(),
            marks: self.marks.clone(),
            loaded: None,
        }
    }

    /// Goes to where the reader was, in the same document opened again.
    pub fn resume(&mut self, kept: &Kept) {
        let text = &self.document.text;
        let length = text.len();
        if length == kept.length && line_at(&self.document, kept.anchor.at) == kept.words {
            self.anchor = kept.anchor;
            self.history.clone_from(&kept.history);
        } else {
            self.anchor = Anchor::to(find(text, &kept.words, kept.anchor.at));
        }
        self.lost_pin.clone_from(&kept.pinned);
        self.ledger = kept.ledger.clone();
        self.notes = kept.notes.clone();
        self.notes.forget_places();
        self.marks = kept.marks.clone();
    }

    /// The document as it was read; with a word on its end where the rest was `missing`.
    pub fn as_read(&mut self, missing: bool) -> Loaded {
        if missing {
            self.stop_at_what_is_read();
        }
        Loaded {
            document: Arc::clone(&self.document),
            words: self.words,
        }
    }

    /// No more of the document will come: it says so of itself from now on.
    pub fn stop_at_what_is_read(&mut self) {
        let document = Arc::make_mut(&mut self.document);
        let sentence = "only its beginning was read: the rest is missing";
        crate::formats::builder::notice(&mut document.meta, sentence);
        self.words = Some(document.text.split_whitespace().count());
        self.stage = Stage::Waiting;
    }

    /// Has a name pinned as soon as it is found.
    pub fn pin_when_found(&mut self, name: String) {
        self.lost_pin = Some(name);
    }

    /// Takes what the worker found; a name that was pinned stays pinned.
    pub fn learn(&mut self, briefing: Briefing, coverage: Coverage) {
        self.stage = if coverage == Coverage::Whole {
            Stage::Ready
        } else {
            Stage::Partial
        };
        self.found = briefing;
        self.amend();
    }

    /// Applies the corrections to what was found: those of sections only to all of it, as the sections of a stretch
    /// are not those of the whole.
    pub fn amend(&mut self) {
        let edits = self.ledger.names.edits().edits;
        if self.stage != Stage::Ready {
            // A name that is not in the stretch is not lost.
            let entities = amend::amended(&self.found, &self.own, &edits).entities;
            let found = self.found.clone();
            return self.show_found(Briefing { entities, ..found });
        }
        let lens = &self.found.lens.name;
        let corrected = correct::corrected(&self.found, &self.ledger.corrections(lens));
        self.ledger.lose(lens, corrected.lost);
        let amended = amend::amended(&corrected.briefing, &self.own, &edits);
        self.ledger.names.fit(&amended.fits);
        self.show_found(Briefing {
            entities: amended.entities,
            ..corrected.briefing
        });
    }

    fn show_found(&mut self, briefing: Briefing) {
        let pinned = self.pinned_name().map(str::to_owned);
        let pinned = pinned.or_else(|| self.lost_pin.clone());
        self.role_counts = vec![0; briefing.lens.roles.len()];
        self.other_count = 0;
        for section in &briefing.outline.sections {
            match section
                .role
                .and_then(|role| self.role_counts.get_mut(role.0 as usize))
            {
                Some(count) => *count += 1,
                None => self.other_count += 1,
            }
        }
        self.briefing = briefing;
        let entities = &self.briefing.entities.entities;
        let found = pinned.and_then(|name| entities.iter().position(|entity| entity.name == name));
        self.pinned = found.map(|at| at as EntityId);
        if self.pinned.is_some() || self.stage == Stage::Ready {
            self.lost_pin = None;
        }
        let hidden = entities.iter().filter(|entity| entity.hidden).count();
        self.listed = entities.len() - hidden;
        self.forget_cast();
        self.gather_cast();
    }

    fn forget_cast(&mut self) {
        self.cast_of = None;
        self.cast.clear();
        self.cast_lines = CastLines::default();
        self.places.clear();
    }

    pub fn outline(&self) -> &Outline {
        &self.briefing.outline
    }

    pub fn page(&self, viewport: Viewport) -> Page<'_> {
        let page = Page::new(&self.document, viewport.columns, viewport.with_title);
        page.keeping(self.only.as_ref().map(Only::blocks))
    }

    pub fn pinned_name(&self) -> Option<&str> {
        self.pinned
            .map(|id| self.briefing.entities.entities[id as usize].name.as_str())
    }

    /// The section at the top row; above the first section, where bylines stand, the first.
    /// On the last page the last, as there is nothing further to come to, unless a section begins on its top row.
    pub fn section(&self) -> Option<SectionId> {
        let sections = &self.outline().sections;
        let begins = |id: SectionId| sections[id as usize].range.start() == self.anchor.at;
        if self.at_end && !self.outline().last_at(self.anchor.at).is_some_and(begins) {
            return sections.len().checked_sub(1).map(|last| last as SectionId);
        }
        let first = || (!self.outline().sections.is_empty()).then_some(0);
        self.outline().last_at(self.anchor.at).or_else(first)
    }

    /// The page of the source on which the words of the top row stand, where it has pages.
    pub fn printed_page(&self) -> Option<NonZeroU32> {
        self.document.page_at(self.anchor.at)
    }

    /// What the section does, as shown: the label and where it comes from.
    pub fn role_of(&self, section: SectionId) -> Option<(RoleId, &str, &'static str)> {
        let section = &self.outline().sections[section as usize];
        let basis = basis_word(section.basis);
        section
            .role
            .map(|role| (role, self.briefing.lens.role(role).label.as_str(), basis))
    }

    /// Remembers the place, then goes to `anchor`.
    pub fn jump(&mut self, anchor: Anchor) {
        self.reveal(anchor.at);
        if anchor == self.anchor {
            return;
        }
        if self.history.len() == HISTORY {
            self.history.remove(0);
        }
        self.history.push(self.anchor);
        self.anchor = anchor;
    }

    /// Goes back to where the last jump began, remembering nothing; `false` when there was none.
    pub fn back(&mut self) -> bool {
        let place = self.history.pop();
        self.anchor = place.unwrap_or(self.anchor);
        self.reveal(self.anchor.at);
        place.is_some()
    }

    /// Shows all paragraphs again when the one at `offset` is left out: a place that is gone to is seen.
    pub fn reveal(&mut self, offset: usize) {
        let block = self.document.block_at(offset).unwrap_or(0);
        self.only.take_if(|only| !only.shows(block));
    }

    /// Brings `offset` on the screen: not at all if it is there, else a third down the page.
    pub fn show(&mut self, offset: usize, viewport: Viewport) {
        self.reveal(offset);
        let page = self.page(viewport);
        let above_all = offset < page.top().at;
        if above_all || page.row_of(self.anchor, viewport.height, offset).is_some() {
            return if above_all {
                self.jump(page.top());
            };
        }
        let anchor = page.up(Anchor::to(offset), viewport.height / 3);
        self.jump(anchor);
    }

    /// Start of the next or previous section; of the next stated heading where no section is known yet.
    pub fn section_step(&self, forwards: bool) -> Option<usize> {
        let sections = &self.outline().sections;
        let at = self.anchor.at;
        if let Some(only) = &self.only {
            return only.section_step((&self.document, self.outline()), at, forwards);
        }
        let start = |id: usize| sections.get(id).map(|section| section.range.start());
        let known = if forwards {
            start(sections.partition_point(|section| section.range.start() <= at))
        } else {
            let before = sections.partition_point(|section| section.range.start() < at);
            before.checked_sub(1).and_then(start)
        };
        if known.is_some() || self.stage == Stage::Ready {
            return known;
        }
        self.block_step(self.anchor.at, forwards, |document, id| {
            document.blocks[id as usize].is_heading()
        })
    }

    /// Start of the next or previous paragraph, heading, list …
    pub fn paragraph_step(&self, forwards: bool) -> Option<usize> {
        self.paragraph_from(self.anchor.at, forwards)
    }

    /// Start of the paragraph after or before the one at `from`.
    pub fn paragraph_from(&self, from: usize, forwards: bool) -> Option<usize> {
        self.block_step(from, forwards, |document, id| {
            let block = &document.blocks[id as usize];
            block.kind != BlockKind::Title && !(block.tight && block.is_body())
        })
    }

    fn block_step(
        &self,
        from: usize,
        forwards: bool,
        wanted: impl Fn(&Document, BlockId) -> bool,
    ) -> Option<usize> {
        let blocks = &self.document.blocks;
        let shown = |id| self.only.as_ref().is_none_or(|only| only.shows(id));
        let wanted = |id: &usize| shown(*id as BlockId) && wanted(&self.document, *id as BlockId);
        let found = if forwards {
            let after = blocks.partition_point(|block| block.range.start() <= from);
            (after..blocks.len()).find(wanted)
        } else {
            let before = blocks.partition_point(|block| block.range.start() < from);
            (0..before).rev().find(wanted)
        };
        found.map(|id| blocks[id].range.start())
    }

    /// The next section of `role` after the current one, round and round.
    pub fn next_of_role(&self, role: RoleId) -> Option<SectionId> {
        let sections = &self.outline().sections;
        let from = self.section().map_or(0, |id| id as usize + 1);
        let order = (from..sections.len()).chain(0..from);
        order
            .into_iter()
            .find(|&id| sections[id].role == Some(role))
            .map(|id| id as SectionId)
    }

    /// The first name that stands at or below `from`: what mention keys mean when nothing is pinned.
    pub fn first_name(&self, from: usize) -> Option<EntityId> {
        let mentions = &self.briefing.entities.mentions;
        let at = mentions.partition_point(|mention| mention.range.start() < from);
        let panel = |mention: &&Mention| {
            self.kind(mention.entity) != EntityKind::Place && !self.is_hidden(mention.entity)
        };
        mentions[at..]
            .iter()
            .find(panel)
            .map(|mention| mention.entity)
    }

    pub fn kind(&self, entity: EntityId) -> EntityKind {
        self.briefing.entities.entities[entity as usize].kind
    }

    /// Whether the reader wants the name out of the lists.
    pub fn is_hidden(&self, entity: EntityId) -> bool {
        self.briefing.entities.entities[entity as usize].hidden
    }

    /// Number of the paragraph that `block` is, counting body blocks through the document from 1.
    pub fn paragraph_number(&self, block: BlockId) -> Option<usize> {
        let paragraphs = &self.outline().paragraphs;
        paragraphs
            .binary_search_by_key(&block, |paragraph| paragraph.block)
            .ok()
            .map(|at| at + 1)
    }

    /// Whether `block` is marked as boilerplate.
    pub fn is_boilerplate(&self, block: BlockId) -> bool {
        self.outline()
            .paragraph(block)
            .is_some_and(|paragraph| paragraph.boilerplate)
    }

    /// Brings the cast up to date with the place.
    pub fn gather_cast(&mut self) {
        let section = self.section();
        if section.is_some() && section == self.cast_of {
            return;
        }
        self.cast_of = section;
        let range = section.map_or(TextRange::empty(0), |id| {
            self.outline().sections[id as usize].range
        });
        let entities = &self.briefing.entities;
        (self.cast, self.places) = cast::gather(entities, section, range);
        self.cast_lines = CastLines::of(&self.cast, entities);
    }
}

/// Where reading begins: after the title.
fn first_shown(document: &Document) -> usize {
    let titled = document
        .blocks
        .first()
        .is_some_and(|block| block.kind == BlockKind::Title);
    document
        .blocks
        .get(usize::from(titled))
        .map_or(0, |block| block.range.start())
}

/// The offset in `new` of the words that stand at `at` in `old`: the nearest place with the same words.
fn relocate(old: &Document, new: &Document, at: usize) -> usize {
    find(&new.text, line_at(old, at), at)
}

/// The nearest character of `text` at or after `from`.
fn near(text: &str, from: usize) -> usize {
    let mut after = from.min(text.len())..text.len();
    after
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(text.len())
}

/// Some words from `at` on, of one line.
fn line_at(document: &Document, at: usize) -> &str {
    let text = &document.text;
    let end = near(text, (at + 64).min(text.len()));
    let words = TextRange::new(near(text, at.min(end)).min(end), end).of(text);
    words.split('\n').next().unwrap_or_default()
}

/// Where `line` stands in `text`, nearest to `at`; else `at` itself.
fn find(text: &str, line: &str, at: usize) -> usize {
    let nearest = (!line.is_empty())
        .then(|| {
            memchr::memmem::find_iter(text.as_bytes(), line.as_bytes())
                .min_by_key(|found| found.abs_diff(at))
        })
        .flatten();
    nearest.unwrap_or_else(|| near(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::page::tests::document;

    fn reading(paragraphs: &[&str]) -> Reading {
        Reading::new(Loaded::new(document(paragraphs), true))
    }

    #[test]
    fn the_place_stays_with_its_words_when_the_text_before_it_changes() {
        let mut reading = reading(&["alpha beta", "gamma delta"]);
        reading.anchor = Anchor::to(12);
        reading.replace(Loaded::new(
            document(&["something new", "alpha beta", "gamma delta"]),
            true,
        ));
        assert_eq!(
            TextRange::new(reading.anchor.at, reading.document.text.len())
                .of(&reading.document.text)
                .trim(),
            "gamma delta"
        );
    }

    #[test]
    fn the_place_stays_by_offset_when_more_is_read() {
        let mut reading = reading(&["one", "one"]);
        reading.anchor = Anchor { at: 5, above: true };
        reading.replace(Loaded::new(document(&["one", "one", "one"]), true));
        assert_eq!(reading.anchor, Anchor { at: 5, above: true });
    }

    #[test]
    fn a_document_that_shrinks_leaves_the_place_inside_it() {
        let mut reading = reading(&["long text here", "and more éé"]);
        reading.anchor = Anchor::to(20);
        reading.replace(Loaded::new(document(&["é"]), true));
        assert!(reading.anchor.at <= reading.document.text.len());
        assert!(reading.document.text.is_char_boundary(reading.anchor.at));
    }

    #[test]
    fn jumps_can_be_stepped_back() {
        let mut reading = reading(&["one", "two", "three"]);
        reading.jump(Anchor::to(5));
        reading.jump(Anchor::to(10));
        assert!(reading.back() && reading.anchor == Anchor::to(5));
        assert!(reading.back() && reading.anchor == Anchor::to(0));
        assert!(!reading.back());
    }
}
