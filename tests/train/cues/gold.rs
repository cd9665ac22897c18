//! Labelled documents as [`Document`]s: blocks at the places the labels give, and the role of each.

use std::path::Path;

use briefing::model::{Block, BlockKind, Document};
use briefing::text::TextRange;
use serde_json::Value;

/// A document with what people said of it.
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) document: Document,
    /// For each block: role name, `boilerplate`, or empty for headings.
    pub(crate) labels: Vec<String>,
    /// For each block: start and end in code points of the file.
    pub(crate) places: Vec<(u64, u64)>,
    /// Names of people, each as it stands.
    pub(crate) people: Vec<String>,
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
    }
    gold.document.text = text;
    gold
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
