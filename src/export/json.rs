//! `--to json`: schema `briefing/1`, as documented in `docs/JSON.md`.
//!
//! Rows are made and written one at a time, straight from the model: a document of 100 MB needs no second copy
//! of its text. The order of the fields in these structs is the order of the keys in the output.

use std::io::{self, Write};
use std::num::NonZeroU32;

use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::WORDS_PER_MINUTE;
use super::part::{Part, words};
use crate::model::{
    BlockId, BlockKind, Briefing, By, Doubt, EntityId, Lens, Paragraph, RoleId, Section, SectionId,
};

const SCHEMA: &str = "briefing/1";

/// Writes one line.
pub(super) fn write(part: &Part, _width: u16, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    serde_json::to_writer(&mut out, &Whole::of(part))?;
    out.write_all(b"\n")?;
    out.flush()
}

#[derive(serde::Serialize)]
struct Whole<'a> {
    schema: &'static str,
    lens: &'a str,
    document: About<'a>,
    notes: Vec<String>,
    text: &'a str,
    blocks: Blocks<'a>,
    sections: Sections<'a>,
    entities: Named<'a>,
    faults: &'a [String],
}

#[derive(serde::Serialize)]
struct About<'a> {
    title: Option<&'a str>,
    source: &'a str,
    format: &'a str,
    author: Option<&'a str>,
    published: Option<&'a str>,
    publisher: Option<&'a str>,
    pages: Option<NonZeroU32>,
    words: usize,
    reading_minutes: usize,
}

struct Blocks<'a>(&'a Part<'a>);
struct Sections<'a>(&'a Part<'a>);
struct Named<'a>(&'a Part<'a>);

#[derive(serde::Serialize)]
struct BlockRow<'a> {
    id: BlockId,
    kind: &'static str,
    level: u8,
    start: usize,
    end: usize,
    line: u32,
    page: Option<NonZeroU32>,
    role: Option<&'a str>,
    boilerplate: bool,
    why: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct SectionRow<'a> {
    id: SectionId,
    title: &'a str,
    heading_block: Option<BlockId>,
    depth: u8,
    start: usize,
    end: usize,
    page: Option<NonZeroU32>,
    role: Option<&'a str>,
    basis: &'static str,
    drawn: bool,
    why: Option<String>,
}

#[derive(serde::Serialize)]
struct EntityRow<'a> {
    id: EntityId,
    kind: &'static str,
    name: &'a str,
    titles: Vec<&'a str>,
    abbreviation: Option<&'a str>,
    forms: &'a [String],
    basis: &'static str,
    hidden: bool,
    mentions: Vec<MentionRow>,
    why: String,
    apart: Vec<ApartRow<'a>>,
}

#[derive(serde::Serialize)]
struct MentionRow {
    start: usize,
    end: usize,
    section: Option<SectionId>,
    page: Option<NonZeroU32>,
    found: String,
    typed: String,
    joined: Option<String>,
}

#[derive(serde::Serialize)]
struct ApartRow<'a> {
    form: &'a str,
    others: &'a [EntityId],
    more: u32,
    taken: u32,
    why: String,
}

impl<'a> Whole<'a> {
    fn of(part: &'a Part<'a>) -> Self {
        Self {
            schema: SCHEMA,
            lens: &part.briefing.lens.name,
            document: About::of(part),
            notes: notes(part.briefing),
            text: part.text(),
            blocks: Blocks(part),
            sections: Sections(part),
            entities: Named(part),
            faults: &part.briefing.faults,
        }
    }
}

/// What a person should know: of the loading, of the lens, and why there are no roles.
fn notes(briefing: &Briefing) -> Vec<String> {
    let loading = briefing.document.meta.notice.clone();
    loading.into_iter().chain(briefing.notes()).collect()
}

impl<'a> About<'a> {
    fn of(part: &'a Part<'a>) -> Self {
        let document = &part.briefing.document;
        let meta = &document.meta;
        let words = words(&document.text);
        Self {
            title: document.title(),
            source: &meta.source,
            format: meta.format,
            author: meta.author.as_deref(),
            published: meta.published.as_deref(),
            publisher: meta.publisher.as_deref(),
            pages: document.last_page(),
            words,
            reading_minutes: words.div_ceil(WORDS_PER_MINUTE),
        }
    }
}

impl Serialize for Blocks<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(part) = *self;
        let (document, lens) = (&part.briefing.document, &part.briefing.lens);
        let mut count = part.code_points();
        let mut rows = serializer.serialize_seq(Some(part.blocks.len()))?;
        for id in part.blocks.clone() {
            let block = &document.blocks[id as usize];
            let paragraph = part.briefing.outline.paragraph(id);
            let (start, end) = count.range(block.range);
            // A heading that heads no section is a line like others to who reads the list.
            let (shape, level) = match paragraph {
                Some(it) if it.boilerplate && block.is_heading() => (BlockKind::Paragraph, 0),
                _ => (block.kind, block.level),
            };
            rows.serialize_element(&BlockRow {
                id,
                kind: kind(shape),
                level,
                start,
                end,
                line: block.line,
                page: block.page,
                role: role(lens, paragraph.and_then(|it| it.role)),
                boilerplate: paragraph.is_some_and(|it| it.boilerplate),
                why: paragraph.map(|it| &*it.why).filter(|why| !why.is_empty()),
            })?;
        }
        rows.end()
    }
}

impl Serialize for Sections<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(part) = *self;
        let (document, lens) = (&part.briefing.document, &part.briefing.lens);
        let mut count = part.code_points();
        let mut rows = serializer.serialize_seq(None)?;
        for (id, section) in part.sections() {
            let (start, end) = count.range(section.range);
            rows.serialize_element(&SectionRow {
                id,
                title: section.title(document, lens),
                heading_block: section.heading_block(),
                depth: section.depth,
                start,
                end,
                page: document.page_at(section.range.start()),
                role: role(lens, section.role),
                basis: section.basis.name(),
                drawn: section.drawn,
                why: why(part, section),
            })?;
        }
        rows.end()
    }
}

impl<'a> ApartRow<'a> {
    fn of(doubt: &'a Doubt, why: String) -> Self {
        Self {
            form: &doubt.form,
            others: &doubt.others,
            more: doubt.more,
            taken: doubt.taken,
            why,
        }
    }
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(part) = *self;
        // Entities are listed by kind, so their mentions are not in reading order: counted once for all of them.
        let mut count = part.code_points();
        let places: Vec<(u32, u32)> = part
            .mentions()
            .iter()
            .map(|mention| count.range(mention.range))
            .map(|(start, end)| (start as u32, end as u32))
            .collect();
        let mut rows = serializer.serialize_seq(None)?;
        for id in part.entities() {
            let entity = &part.briefing.entities.entities[id as usize];
            let entities = &part.briefing.entities;
            let text = &part.briefing.document.text;
            let mentions = part.mentions_of(id).map(|(at, mention)| MentionRow {
                start: places[at].0 as usize,
                end: places[at].1 as usize,
                section: mention.section,
                page: part.briefing.document.page_at(mention.range.start()),
                found: mention.found(text),
                typed: mention.reasons.typed(),
                joined: entities.joined(mention, text),
            });
            let apart = entity.doubts.iter().zip(entities.doubts(id));
            rows.serialize_element(&EntityRow {
                id,
                kind: entity.kind.row().name,
                name: &entity.name,
                titles: entity.titles.iter().map(|title| &*title.text).collect(),
                abbreviation: entity.abbreviation.as_deref(),
                forms: &entity.forms,
                basis: entity.mended_by().map_or("found", By::name),
                hidden: entity.hidden,
                mentions: mentions.collect(),
                why: entities.why(id, part.mentions_of(id).map(|(_, mention)| mention)),
                apart: apart.map(|(doubt, why)| ApartRow::of(doubt, why)).collect(),
            })?;
        }
        rows.end()
    }
}

fn kind(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item(_) => "item",
        BlockKind::Quote => "quote",
        BlockKind::Code => "code",
        BlockKind::TableRow { .. } => "table_row",
        BlockKind::Rule => "rule",
    }
}

fn role(lens: &Lens, role: Option<RoleId>) -> Option<&str> {
    role.map(|id| &*lens.role(id).name)
}

/// What spoke for the role of a section; of one that a reader set, also what it would be otherwise.
fn why(part: &Part, section: &Section) -> Option<String> {
    let Some(found) = section.instead else {
        return Some(why_section(part, section, section.role?));
    };
    let lens = &part.briefing.lens;
    let evidence = found.role.map(|id| {
        let evidence = why_section(part, section, id);
        let (name, basis) = (&lens.role(id).name, found.basis.name());
        format!("{name} ({basis}), {evidence}")
    });
    let evidence = evidence.unwrap_or_else(|| "no role".into());
    Some(format!("set by the reader; found: {evidence}"))
}

/// How many paragraphs have the section's role, and what speaks for it in the one that has it most surely.
fn why_section(part: &Part, section: &Section, role: RoleId) -> String {
    let document = &part.briefing.document;
    let paragraphs = &part.briefing.outline.paragraphs;
    let start = |it: &Paragraph| document.blocks[it.block as usize].range.start();
    let first = paragraphs.partition_point(|it| start(it) < section.range.start());
    let inside = paragraphs[first..]
        .iter()
        .take_while(|it| start(it) < section.range.end())
        .filter(|it| !it.boilerplate);
    let (mut all, mut same, mut best) = (0, 0, None::<&Paragraph>);
    for paragraph in inside {
        all += 1;
        if paragraph.role == Some(role) {
            same += 1;
            if best.is_none_or(|best| best.confidence < paragraph.confidence) {
                best = Some(paragraph);
            }
        }
    }
    let evidence = best.map_or("", |best| &*best.why);
    let colon = if evidence.is_empty() { "" } else { ": " };
    format!("{same} of {all} paragraphs{colon}{evidence}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture;
    use crate::model::{Basis, EntityKind, FoundRole, Mended, What};
    use serde_json::Value;

    fn line(section: Option<SectionId>) -> String {
        let mut out = Vec::new();
        let briefing = fixture::ferry();
        write(&Part::of(&briefing, section), 72, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Without the white space between tokens.
    fn compact(json: &str) -> String {
        let (mut inside, mut before) = (false, ' ');
        let mut keep = |char: char| {
            if char == '"' && before != '\\' {
                inside = !inside;
            }
            before = char;
            inside || !char.is_whitespace()
        };
        json.chars().filter(|&char| keep(char)).collect()
    }

    /// Every key of `value`, and of what is in it.
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    found.push(key.clone());
                    keys(value, found);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }

    #[test]
    fn the_example_in_the_documentation_is_what_comes_out() {
        let documentation = include_str!("../../docs/JSON.md");
        let (_, example) = documentation.split_once("```json\n").unwrap();
        let (example, _) = example.split_once("```").unwrap();
        assert_eq!(format!("{}\n", compact(example)), line(None));
    }

    #[test]
    fn a_corrected_section_is_what_the_documentation_says() {
        let mut briefing = fixture::ferry();
        let outline = std::sync::Arc::make_mut(&mut briefing.outline);
        let section = &mut outline.sections[1];
        section.instead = Some(FoundRole {
            role: section.role,
            basis: section.basis,
            confidence: section.confidence,
        });
        section.role = briefing.lens.by_name("order");
        section.basis = Basis::Reader;
        section.drawn = true;
        let mut out = Vec::new();
        write(&Part::of(&briefing, None), 72, &mut out).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        let documentation = include_str!("../../docs/JSON.md");
        let example = documentation.split("```json\n").nth(2).unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let example: Value = serde_json::from_str(example).unwrap();
        assert_eq!(value["sections"][1], example);
    }

    #[test]
    fn a_mended_name_is_what_the_documentation_says() {
        let mut briefing = fixture::ferry();
        let entities = std::sync::Arc::make_mut(&mut briefing.entities);
        let league = &mut entities.entities[1];
        league.name = "League of Riders".into();
        league.forms.insert(0, league.name.clone());
        league.kind = EntityKind::Agency;
        let was = [
            What::Renamed("Riders’ League".into()),
            What::Kind(EntityKind::Organization),
        ];
        let by = By::Reader;
        league.mended = was.map(|what| Mended { by, what }).into();
        let mut out = Vec::new();
        write(&Part::of(&briefing, None), 72, &mut out).unwrap();
        let value: Value = serde_json::from_slice(&out).unwrap();
        let documentation = include_str!("../../docs/JSON.md");
        let example = documentation.split("```json\n").nth(3).unwrap();
        let (example, _) = example.split_once("```").unwrap();
        let example: Value = serde_json::from_str(example).unwrap();
        assert_eq!(value["entities"][1], example);
    }

    #[test]
    fn every_key_and_every_kind_is_documented() {
        let documentation = include_str!("../../docs/JSON.md");
        let mut words = Vec::new();
        keys(&serde_json::from_str(&line(None)).unwrap(), &mut words);
        let briefing = fixture::every_kind();
        words.extend(
            briefing
                .document
                .blocks
                .iter()
                .map(|it| kind(it.kind).into()),
        );
        words.extend(crate::model::KINDS.map(|row| row.name.into()));
        words.extend([By::Reader, By::List].map(|by| by.name().into()));
        for word in words {
            let row = format!("`{word}`");
            assert!(documentation.contains(&row), "docs/JSON.md lacks {row}");
        }
    }

    #[test]
    fn offsets_cut_the_words_out_of_the_text_whatever_was_asked_for() {
        for (section, expected) in [
            (None, ["Marró", "Marró", "Riders’ League"]),
            (Some(1), ["Marró", "Riders’ League", ""]),
        ] {
            let value: Value = serde_json::from_str(&line(section)).unwrap();
            let text: Vec<char> = value["text"].as_str().unwrap().chars().collect();
            let cut = |row: &Value| -> String {
                let place = |key: &str| row[key].as_u64().unwrap() as usize;
                text[place("start")..place("end")].iter().collect()
            };
            let mut found: Vec<String> = Vec::new();
            for entity in value["entities"].as_array().unwrap() {
                found.extend(entity["mentions"].as_array().unwrap().iter().map(cut));
            }
            for (found, expected) in found.iter().zip(expected) {
                assert!(found.ends_with(expected), "{found} {expected}");
            }
            let heading = value["sections"].as_array().unwrap().last().unwrap();
            assert!(cut(heading).starts_with("What critics say"));
            assert!(cut(heading).ends_with("League."));
        }
    }

    #[test]
    fn one_section_is_its_own_text_with_the_ids_of_the_whole() {
        let value: Value = serde_json::from_str(&line(Some(0))).unwrap();
        assert_eq!(
            value["text"],
            "Transport Minister Ilse Marró ordered a halt."
        );
        assert_eq!(value["blocks"].as_array().unwrap().len(), 1);
        assert_eq!(value["blocks"][0]["id"], 1);
        assert_eq!(value["sections"].as_array().unwrap().len(), 1);
        assert_eq!(value["entities"].as_array().unwrap().len(), 1);
        assert_eq!(
            value["entities"][0]["mentions"].as_array().unwrap().len(),
            1
        );
    }
}
