//! Labelled documents as [`Document`]s: blocks at the places the labels give, and the role of each.

use std::path::Path;

use briefing::model::{Block, BlockKind, Document};
use briefing::text::TextRange;
use serde_json::Value;

use crate::score::Line;

/// A document with what people said of it.
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) document: Document,
    /// For each block: role name, `boilerplate`, or empty for headings.
    pub(crate) labels: Vec<String>,
    /// For each block: start and end in code points of the file.
    pub(crate) places: Vec<(u64, u64)>,
    /// The same as the score counts it: role, or none for a heading.
    pub(crate) lines: Vec<Line>,
    /// For each block: whether it is a title, or a heading over nothing but boilerplate.
    pub(crate) ignored: Vec<bool>,
    pub(crate) sections: Vec<Stretch>,
    /// Names of people, each as it stands.
    pub(crate) people: Vec<String>,
}

/// A section, in code points of the labelled file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stretch {
    pub(crate) start: u64,
    pub(crate) end: u64,
    pub(crate) role: Option<String>,
    pub(crate) heading: bool,
    /// How sure of its role it is, of a hundred.
    pub(crate) confidence: u8,
}

/// Every labelled document of a folder, by name.
pub(crate) fn load(folder: &Path) -> Vec<Gold> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|why| panic!("{}: {why}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| one(path)).collect()
}

fn one(path: &Path) -> Gold {
    let read = |path: &Path| std::fs::read_to_string(path).expect("a readable file");
    let labels: Value = serde_json::from_str(&read(path)).expect("labels are JSON");
    let text = read(&path.with_extension("txt"));
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let mut gold = Gold {
        id: string(&labels["id"]),
        document: Document::default(),
        labels: Vec::new(),
        places: Vec::new(),
        lines: Vec::new(),
        ignored: Vec::new(),
        sections: list(&labels["sections"]).iter().map(section).collect(),
        people: list(&labels["people"])
            .iter()
            .flat_map(|one| list(&one["forms"]))
            .map(string)
            .collect(),
    };
    for (line, paragraph) in (1..).zip(list(&labels["paragraphs"])) {
        let place = |name: &str| paragraph[name].as_u64().expect("an offset");
        let range = TextRange::new(bytes[place("start") as usize], bytes[place("end") as usize]);
        let words = range.of(&text);
        let flag = |name: &str| paragraph[name].as_bool().unwrap_or(false);
        let kind = match (flag("is_title"), flag("is_heading") || flag("heading_like")) {
            (true, _) => BlockKind::Title,
            (false, true) => BlockKind::Heading,
            _ => BlockKind::Paragraph,
        };
        let hashes = if kind == BlockKind::Paragraph {
            0
        } else {
            words.len() - words.trim_start_matches('#').len()
        };
        let plain = TextRange::new(range.start() + hashes, range.end()).trim(&text);
        gold.document.blocks.push(Block {
            range: plain,
            kind,
            level: hashes.max(2) as u8,
            tight: false,
            line,
            page: None,
        });
        gold.labels.push(string(&paragraph["role"]));
        gold.places.push((place("start"), place("end")));
        gold.lines.push(Line {
            start: place("start"),
            end: place("end"),
            role: paragraph["role"].as_str().map(str::to_owned),
            heading: flag("is_heading"),
            confidence: 100,
        });
        gold.ignored.push(flag("is_title") || flag("heading_like"));
    }
    gold.document.text = text;
    gold
}

fn section(section: &Value) -> Stretch {
    Stretch {
        start: section["start"].as_u64().expect("an offset"),
        end: section["end"].as_u64().expect("an offset"),
        role: section["role"].as_str().map(str::to_owned),
        heading: section["heading"].is_string(),
        confidence: 100,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
