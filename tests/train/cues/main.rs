//! Learns the cue lexicon of the standard lens from labelled documents and writes `assets/lenses/briefing.tsv`.
//!
//! ```text
//! cargo run --release --example train_cues -- learn PLAIN TRAIN=2 WRITTEN    # folders of id.json beside id.txt
//! cargo run --release --example train_cues -- apply DEV OUT.jsonl
//! cargo run --release --example train_cues -- cross PLAIN OUT DEV TRAIN=2 WRITTEN
//! ```
//!
//! `PLAIN` is a folder of plain text (`.txt`, `.txt.gz`) from which it learns what words mean. `=2` makes a folder's
//! documents count twice. The same input gives the same table, byte for byte.
//!
//! `apply` writes, for the paragraphs as the labels cut them, what the splitter says: roles without the readers.
//! `cross` does so for every document of the first folder with a table that was learnt without it.
#![expect(clippy::print_stdout, reason = "a trainer talks")]

mod chain;
mod descent;
mod gold;
mod learn;
mod vectors;

use std::path::Path;

use briefing::model::Document;
use briefing::sections::Splitter;
use serde_json::json;

use crate::gold::Gold;
use crate::vectors::Vectors;

const TABLE: &str = "assets/lenses/briefing.tsv";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["learn", plain, folders @ ..] => {
            let golds = learn::load(folders);
            let golds: Vec<(&Gold, f64)> = golds.iter().map(|(gold, of)| (gold, *of)).collect();
            let table = learn::learn(&golds, &vectors(plain), &learn::Choices::usual());
            std::fs::write(TABLE, briefing::sections::seal(&table)).expect("a place to write to");
        }
        ["cross", plain, out, dev, folders @ ..] => cross(plain, out, dev, folders),
        ["apply", folder, out] => {
            let table = std::fs::read_to_string(TABLE).expect("a table of cues");
            std::fs::write(
                out,
                apply(
                    &table,
                    &gold::load(Path::new(folder)).iter().collect::<Vec<_>>(),
                ),
            )
            .expect("a place to write to");
        }
        ["seal"] => {
            let table = std::fs::read_to_string(TABLE).expect("a table of cues");
            std::fs::write(TABLE, briefing::sections::seal(&table)).expect("a place to write to");
        }
        _ => println!(
            "usage: learn PLAIN GOLD_DIR... | cross PLAIN OUT DEV GOLD_DIR... | apply GOLD_DIR OUT.jsonl | seal"
        ),
    }
}

fn vectors(plain: &str) -> Vectors {
    match learn::choice("DENSE", 64) {
        0 => Vectors::none(),
        size => Vectors::learn(Path::new(plain), size),
    }
}

/// Judges the choices: every fifth of the first folder by what is learnt from all else, and `dev` by what is learnt
/// from everything. Writes `OUT.cross.jsonl` and `OUT.dev.jsonl`.
fn cross(plain: &str, out: &str, dev: &str, folders: &[&str]) {
    const FOLDS: usize = 5;
    let vectors = vectors(plain);
    let choices = learn::Choices::usual();
    let golds = learn::load(folders);
    let first = learn::load(&folders[..1]).len();
    let dev = gold::load(Path::new(dev));
    let fold = |fold: usize| {
        let left_out = |at: usize| at < first && at % FOLDS == fold;
        let all = golds.iter().enumerate();
        let learnt: Vec<(&Gold, f64)> = all
            .filter(|(at, _)| !left_out(*at))
            .map(|(_, (gold, of))| (gold, *of))
            .collect();
        let table = learn::learn(&learnt, &vectors, &choices);
        let judged: Vec<&Gold> = if fold < FOLDS {
            let all = golds.iter().enumerate();
            all.filter(|(at, _)| left_out(*at))
                .map(|(_, (gold, _))| gold)
                .collect()
        } else {
            dev.iter().collect()
        };
        apply(&table, &judged)
    };
    let made: Vec<String> = std::thread::scope(|scope| {
        let half = |odd: usize| {
            (0..=FOLDS)
                .filter(move |at| at % 2 == odd)
                .map(fold)
                .collect::<Vec<_>>()
        };
        let other = scope.spawn(move || half(1));
        let (even, odd) = (half(0), other.join().expect("the other half"));
        (0..=FOLDS)
            .map(|at| {
                if at % 2 == 0 {
                    even[at / 2].clone()
                } else {
                    odd[at / 2].clone()
                }
            })
            .collect()
    });
    std::fs::write(format!("{out}.cross.jsonl"), made[..FOLDS].concat())
        .expect("a place to write to");
    std::fs::write(format!("{out}.dev.jsonl"), &made[FOLDS]).expect("a place to write to");
}

fn apply(table: &str, golds: &[&Gold]) -> String {
    let lens = std::fs::read_to_string("assets/lenses/briefing.toml").expect("an asset");
    let splitter = Splitter::read(&lens, Some(table)).expect("a sound lens");
    let role =
        |id: Option<briefing::model::RoleId>| id.map(|id| splitter.lens.role(id).name.clone());
    let mut lines = String::new();
    for gold in golds {
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
    lines
}
