//! Learns the cue lexicon of the standard lens from labelled documents and writes `assets/lenses/briefing.tsv`.
//!
//! ```text
//! cargo run --release --example train_cues -- learn TRAIN=2 'WRITTEN!'    # folders of id.json beside id.txt
//! cargo run --release --example train_cues -- apply DEV OUT.jsonl
//! ```
//!
//! `=2` makes a folder's documents count twice. `!` says that they differ in kind from what is to be read (invented
//! ones): what is peculiar to them is learnt aside and thrown away.
//!
//! `apply` writes, for the paragraphs as the labels cut them, what the splitter says: roles without the readers.
#![expect(clippy::print_stdout, reason = "a trainer talks")]

mod chain;
mod descent;
mod gold;
mod learn;

use std::path::Path;

use briefing::model::Document;
use briefing::sections::Splitter;
use serde_json::json;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["learn", folders @ ..] => learn::learn(folders),
        ["apply", folder, out] => apply(folder, out),
        _ => println!("usage: learn GOLD_DIR... | apply GOLD_DIR OUT.jsonl"),
    }
}

fn apply(folder: &str, out: &str) {
    let asset =
        |name: &str| std::fs::read_to_string(format!("assets/lenses/{name}")).expect("an asset");
    let splitter = Splitter::read(&asset("briefing.toml"), Some(&asset("briefing.tsv")))
        .expect("a sound lens");
    let role =
        |id: Option<briefing::model::RoleId>| id.map(|id| splitter.lens.role(id).name.clone());
    let mut lines = String::new();
    for gold in gold::load(Path::new(folder)) {
        let document: &Document = &gold.document;
        let outline = splitter.outline(document, 0..document.blocks.len() as u32, &[]);
        let paragraphs: Vec<_> = document
            .blocks
            .iter()
            .zip(&gold.places)
            .enumerate()
            .map(|(id, (block, &(start, end)))| {
                let told = outline.paragraph(id as u32);
                let name = if told.is_some_and(|told| told.boilerplate) {
                    Some("boilerplate".to_owned())
                } else {
                    role(told.and_then(|told| told.role))
                };
                json!({"start": start, "end": end, "role": name, "is_heading": !block.is_body()})
            })
            .collect();
        let code_points = |at: usize| {
            document
                .text
                .get(..at)
                .map_or(0, |before| before.chars().count())
        };
        let sections: Vec<_> = outline
            .sections
            .iter()
            .map(|section| {
                let (start, end) = (
                    code_points(section.range.start()),
                    code_points(section.range.end()),
                );
                json!({"start": start, "end": end, "role": role(section.role)})
            })
            .collect();
        lines +=
            &json!({"id": gold.id, "paragraphs": paragraphs, "sections": sections}).to_string();
        lines.push('\n');
    }
    std::fs::write(out, lines).expect("a place to write to");
}
