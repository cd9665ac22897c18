//! Briefings made by hand, for the tests of all forms.
//!
//! They stand on the model alone: a better reader or finder of names changes nothing here.

use std::sync::Arc;

use crate::model::reasons::{Bond, Join, Part, Reasons, Seen, Verdict};
use crate::model::{
    Basis, Block, BlockId, BlockKind, Briefing, Document, Entities, Entity, EntityKind, Heading,
    Lens, Mark, Mention, Outline, Paragraph, Role, RoleId, Section, Title,
};
use crate::text::TextRange;

const ORDER: RoleId = RoleId(0);
const CRITICISM: RoleId = RoleId(1);

/// Puts a briefing together, block by block.
#[derive(Default)]
pub(super) struct Maker {
    document: Document,
    outline: Outline,
    entities: Entities,
}

impl Maker {
    pub(super) fn block(&mut self, kind: BlockKind, level: u8, words: &str) -> BlockId {
        let id = self.document.blocks.len() as BlockId;
        let tight = match kind {
            BlockKind::TableRow { header } => !header,
            BlockKind::Item(_) => {
                self.document.blocks[id as usize - 1].kind != BlockKind::Paragraph
            }
            _ => false,
        };
        if id > 0 {
            self.document
                .text
                .push_str(if tight { "\n" } else { "\n\n" });
        }
        let start = self.document.text.len();
        self.document.text.push_str(words);
        self.document.blocks.push(Block {
            range: TextRange::new(start, self.document.text.len()),
            kind,
            level,
            tight,
            line: 2 * id + 1,
            page: None,
        });
        id
    }

    /// A paragraph of the body, and what is thought of it.
    pub(super) fn paragraph(&mut self, role: Option<RoleId>, why: &str, words: &str) -> BlockId {
        let block = self.block(BlockKind::Paragraph, 0, words);
        self.outline.paragraphs.push(Paragraph {
            block,
            role,
            boilerplate: why == "boilerplate",
            second: None,
            confidence: 50,
            second_confidence: 0,
            reasons: Box::default(),
            why: why.into(),
        });
        block
    }

    /// A section of the blocks `first..=last`.
    pub(super) fn section(&mut self, heading: Heading, role: Option<RoleId>, blocks: [BlockId; 2]) {
        let [first, last] = blocks.map(|id| self.document.blocks[id as usize].range);
        self.outline.sections.push(Section {
            heading,
            range: TextRange::new(first.start(), last.end()),
            depth: self.outline.sections.len().saturating_sub(1).min(1) as u8,
            role,
            basis: match heading {
                Heading::Stated(..) => Basis::Heading,
                _ => Basis::Text,
            },
            confidence: 50,
            drawn: false,
            instead: None,
        });
    }

    /// A heading, stated.
    pub(super) fn heading(&mut self, level: u8, words: &str) -> (Heading, BlockId) {
        let id = self.block(BlockKind::Heading, level, words);
        let range = self.document.blocks[id as usize].range;
        (Heading::Stated(range, id), id)
    }

    /// An entity that is mentioned wherever one of its forms stands; longer forms come first.
    pub(super) fn entity(&mut self, kind: EntityKind, forms: &[&str], title: Option<&str>) {
        let id = self.entities.entities.len() as u32;
        let text = &self.document.text;
        let mut places: Vec<TextRange> = Vec::new();
        for form in forms {
            for (at, _) in text.match_indices(form) {
                let range = TextRange::new(at, at + form.len());
                if !places.iter().any(|place| place.overlaps(range)) {
                    places.push(range);
                }
            }
        }
        let title = title.map(|words| {
            let at = text.find(words).expect("the title stands in the text");
            Title {
                text: words.into(),
                range: TextRange::new(at, at + words.len()),
            }
        });
        let first = self.entities.mentions.len() as u32;
        let mentions = places.iter().map(|&range| Mention {
            range,
            entity: id,
            section: self.outline.at(range.start()),
            reasons: reasons(kind, (range.of(text) != forms[0]).then_some(first)),
        });
        self.entities.mentions.extend(mentions);
        self.entities.entities.push(Entity {
            kind,
            name: forms[0].into(),
            titles: title.into_iter().collect(),
            abbreviation: None,
            parent: None,
            forms: forms.iter().map(|&form| form.into()).collect(),
            mentions: Vec::new(),
            doubts: Vec::new(),
            mended: Vec::new(),
            hidden: false,
        });
    }

    /// Puts the mentions in order; all must be sound.
    pub(super) fn done(mut self) -> Briefing {
        self.entities.mentions.sort_by_key(|mention| mention.range);
        for (at, mention) in (0..).zip(&self.entities.mentions) {
            self.entities.entities[mention.entity as usize]
                .mentions
                .push(at);
        }
        let mut faults = self.document.check();
        faults.extend(self.outline.check(&self.document));
        faults.extend(self.entities.check(&self.document));
        assert_eq!(faults, Vec::<String>::new());
        Briefing {
            document: Arc::new(self.document),
            lens: Arc::new(lens()),
            outline: Arc::new(self.outline),
            entities: Arc::new(self.entities),
            faults: Arc::default(),
            lens_notes: Vec::new(),
        }
    }
}

/// `full`: the mention whose surname this one is.
fn reasons(kind: EntityKind, full: Option<u32>) -> Reasons {
    let rule = match (full, kind) {
        (Some(_), _) => "surname of a full name elsewhere",
        (None, EntityKind::Person) => "title before the name",
        (None, _) => "head word of a body",
    };
    Reasons {
        kind,
        rule: Some(Seen {
            rule,
            kind,
            exact: true,
        }),
        cue: None,
        verdict: Some(Verdict {
            margin: 240,
            rival: EntityKind::Place,
            over_rival: 130,
            strongest: [Some(Part::Lists), None],
            lean: None,
        }),
        join: full.map(|to| Join {
            bond: Bond::Surname,
            to,
        }),
    }
}

fn lens() -> Lens {
    let role = |name: &str, label: &str, letter| Role {
        name: name.into(),
        label: label.into(),
        short: label.into(),
        letter,
        color: name.into(),
        nucleus: true,
    };
    Lens {
        name: "briefing".into(),
        roles: vec![
            role("order", "Order", 'O'),
            role("criticism", "Criticism", 'C'),
        ],
        ..Lens::default()
    }
}

/// A short report: the example in `docs/JSON.md`.
pub(super) fn ferry() -> Briefing {
    let mut maker = Maker::default();
    maker.document.meta.source = "ferry.md".into();
    maker.document.meta.format = "markdown";
    maker.document.meta.author = Some("Ida Brück".into());
    maker.document.meta.published = Some("2026-11-22".into());
    maker.block(BlockKind::Title, 1, "Night ferry halted");
    let order = maker.paragraph(
        Some(ORDER),
        "“ordered” → order",
        "Transport Minister Ilse Marró ordered a halt.",
    );
    let also = maker.paragraph(None, "boilerplate", "Also read: Tides");
    let (critics, first) = maker.heading(2, "What critics say");
    let last = maker.paragraph(
        Some(CRITICISM),
        "“mistake” → criticism",
        "Marró made a “mistake”, said the Riders’ League.",
    );
    maker.section(Heading::Label(ORDER), Some(ORDER), [order, order]);
    maker.section(critics, Some(CRITICISM), [first, last]);
    assert_eq!(also, order + 1);
    maker.entity(
        EntityKind::Person,
        &["Ilse Marró", "Marró"],
        Some("Transport Minister"),
    );
    maker.entity(EntityKind::Organization, &["Riders’ League"], None);
    maker.done()
}

/// A longer one with a block of every kind.
pub(super) fn every_kind() -> Briefing {
    let mut maker = Maker::default();
    let meta = &mut maker.document.meta;
    meta.source = "-".into();
    meta.format = "markdown";
    meta.publisher = Some("Harbour Daily".into());
    meta.title = Some("Valves".into());
    maker.block(BlockKind::Title, 1, "Valves, and who closes them");
    let opening = maker.paragraph(
        Some(ORDER),
        "“must” → order",
        "Operators must close every valve before midnight, the Water Board wrote on Monday; \
         it did not say for how long, and 水 is short in 水道 regions as well.",
    );
    let (head, steps) = maker.heading(2, "Steps");
    maker.paragraph(None, "", "Do this, in this order:");
    for (mark, level, words) in [
        (
            Mark::Number(9),
            1,
            "Close the valve, and keep it closed until the Water Board has answered in writing.",
        ),
        (Mark::None, 1, "A second paragraph of the same step."),
        (Mark::Number(10), 1, "Report."),
        (Mark::Bullet, 2, "By letter, or"),
        (Mark::Task(true), 2, "by telephone"),
        (Mark::Task(false), 2, "in person"),
    ] {
        maker.block(BlockKind::Item(mark), level, words);
    }
    maker.block(BlockKind::Quote, 1, "We were never asked.");
    maker.block(
        BlockKind::Quote,
        2,
        "Nor were we, though it is our water that is in those pipes.",
    );
    let code = maker.block(BlockKind::Code, 0, "valve --close \\\n    --until midnight");
    let (figures, table) = maker.heading(3, "Figures");
    tables(&mut maker);
    maker.block(BlockKind::Rule, 0, "");
    let note = maker.block(BlockKind::Item(Mark::Footnote(1)), 1, "As of Monday.");
    maker.section(Heading::Label(ORDER), Some(ORDER), [opening, opening]);
    maker.section(head, None, [steps, code]);
    maker.section(figures, Some(CRITICISM), [table, note]);
    maker.entity(EntityKind::Person, &["Jon Ås"], Some("Director"));
    maker.entity(EntityKind::Agency, &["Water Board"], None);
    maker.done()
}

/// One that is narrow, and one that is wider than a page.
fn tables(maker: &mut Maker) {
    for (header, words) in [
        (true, "Place\tValves\tOpen"),
        (false, "Old Harbour\t12\t3"),
        (false, "水道\t7\t"),
    ] {
        maker.block(BlockKind::TableRow { header }, 0, words);
    }
    maker.block(
        BlockKind::TableRow { header: true },
        0,
        "Who\tWhat was said about the valves",
    );
    maker.block(
        BlockKind::TableRow { header: false },
        0,
        "Jon Ås, Director\tThat nobody had told him about any valve before the letter came on Monday evening",
    );
}
