//! Learns the model of names from labelled texts, and scores what the reader finds in others.
//!
//! ```text
//! cargo run --release --example train_names -- learn
//! cargo run --release --example train_names -- evaluate [--misses] FILE.conll... FOLDER...
//! ```
#![expect(clippy::print_stdout, reason = "a trainer talks")]

mod chain;
mod clusters;
mod corpus;
mod evaluate;
mod kinds;
mod learn;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["learn", knobs @ ..] => learn::learn(knobs),
        ["evaluate", "--misses", paths @ ..] => evaluate::evaluate(paths, true),
        ["evaluate", paths @ ..] => evaluate::evaluate(paths, false),
        _ => println!("usage: learn | evaluate [--misses] PATH..."),
    }
}
