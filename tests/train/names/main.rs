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
#[path = "../plain.rs"]
mod plain;
mod usual;

use briefing::names::model::asset::Asset;
use corpus::Case;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["learn", knobs @ ..] => learn::learn(knobs),
        ["evaluate", words @ ..] => evaluate(words),
        _ => println!("usage: learn | evaluate [--misses] PATH..."),
    }
}

/// `--misses`, `--speed`, `--entities OUT.jsonl`, `--rules` (without the model), `--model FILE`, `--lower` and `--upper`
/// (the texts without capitals, or in capitals throughout) may stand before the paths.
fn evaluate(words: &[&str]) {
    let mut words = words.to_vec();
    let mut bytes = None;
    let mut asset = Asset::standard().ok().copied();
    let mut joined = None;
    let (mut misses, mut speed) = (false, false);
    let mut case = Case::Usual;
    while let Some(word) = words.first().copied().filter(|word| word.starts_with("--")) {
        words.remove(0);
        match word {
            "--entities" => joined = Some(words.remove(0)),
            "--speed" => speed = true,
            "--misses" => misses = true,
            "--rules" => asset = None,
            "--lower" => case = Case::Lower,
            "--upper" => case = Case::Upper,
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
        evaluate::evaluate(&words, asset.as_ref(), (misses, case));
    }
}
