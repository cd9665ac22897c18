//! Learns the model of names from labelled texts, and scores what the reader finds in others.
//!
//! ```text
//! cargo run --release --example train_names -- learn
//! cargo run --release --example train_names -- evaluate [--misses] FILE.conll... FOLDER...
//! ```
#![expect(clippy::print_stdout, reason = "a trainer talks")]

mod chain;
mod corpus;
mod evaluate;
mod kinds;
mod learn;

use briefing::names::model::asset::Asset;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["learn", knobs @ ..] => learn::learn(knobs),
        ["evaluate", words @ ..] => evaluate(words),
        _ => println!("usage: learn | evaluate [--misses] PATH..."),
    }
}

/// `--misses`, `--speed`, `--entities OUT.jsonl`, `--rules` (without the model) and `--model FILE` may stand before the paths.
fn evaluate(words: &[&str]) {
    let mut words = words.to_vec();
    let mut bytes = None;
    let mut asset = Asset::standard().ok().copied();
    let mut joined = None;
    let (mut misses, mut speed) = (false, false);
    while let Some(word) = words.first().copied().filter(|word| word.starts_with("--")) {
        words.remove(0);
        match word {
            "--entities" => joined = Some(words.remove(0)),
            "--speed" => speed = true,
            "--misses" => misses = true,
            "--rules" => asset = None,
            _ => bytes = Some(std::fs::read(words.remove(0)).expect("a model")),
        }
    }
    if let Some(bytes) = &bytes {
        asset = Some(Asset::read(bytes).expect("a sound model"));
    }
    if let Some(out) = joined {
        evaluate::entities(words[0], out, asset.as_ref());
    } else if speed {
        for path in &words {
            evaluate::speed(path, asset.as_ref());
        }
    } else {
        evaluate::evaluate(&words, asset.as_ref(), misses);
    }
}
