//! Learns the cue lexicon of the standard lens from labelled documents, and prints how well it tells roles.
//!
//! ```text
//! cargo run --release --example train_cues -- learn PLAIN TRAIN=2 WRITTEN    # folders of id.json beside id.txt
//! cargo run --release --example train_cues -- evaluate [--misses] FOLDER...
//! cargo run --release --example train_cues -- cross [--misses] PLAIN DEV TRAIN=2 WRITTEN
//! ```
//!
//! `PLAIN` is a folder of plain text (`.txt`, `.txt.gz`) from which it learns what words mean. `=2` makes a folder's
//! documents count twice. The same input gives the same table, byte for byte.
//!
//! `evaluate` reads the documents of a folder as the program does and prints the whole score table. `cross` judges
//! choices: every fifth document by what was learnt without it, `DEV` by what was learnt from all; there the labels
//! say what is a paragraph and what a heading. `--misses` adds every paragraph that was told wrong.
#![expect(clippy::print_stdout, reason = "a trainer talks")]

mod chain;
mod descent;
mod families;
mod gold;
mod judge;
mod learn;
#[path = "../plain.rs"]
mod plain;
mod score;
mod vectors;

use std::path::Path;

use crate::gold::Gold;
use crate::score::{Score, Told};
use crate::vectors::Vectors;

const TABLE: &str = "assets/lenses/briefing.tsv";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let misses = words.iter().any(|word| word == "--misses");
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "--misses")
        .collect();
    match words.as_slice() {
        ["learn", plain, folders @ ..] if !folders.is_empty() => {
            let golds = learn::load(folders);
            let golds: Vec<(&Gold, f64)> = golds.iter().map(|(gold, of)| (gold, *of)).collect();
            let table = learn::learn(&golds, &vectors(plain), &learn::Choices::usual());
            std::fs::write(TABLE, briefing::sections::seal(&table)).expect("a place to write to");
        }
        ["cross", plain, dev, folders @ ..] if !folders.is_empty() => {
            cross(plain, dev, folders, misses);
        }
        ["evaluate", folders @ ..] if !folders.is_empty() => {
            for folder in folders {
                let golds = gold::load(Path::new(folder));
                let told: Vec<Told> = golds.iter().map(judge::read).collect();
                println!("{folder}");
                report(golds.iter().zip(&told), misses, true);
            }
        }
        ["seal"] => {
            let table = std::fs::read_to_string(TABLE).expect("a table of cues");
            std::fs::write(TABLE, briefing::sections::seal(&table)).expect("a place to write to");
        }
        _ => println!(
            "usage: learn PLAIN GOLD_DIR... | cross [--misses] PLAIN DEV GOLD_DIR... | evaluate [--misses] GOLD_DIR... | seal"
        ),
    }
}

fn vectors(plain: &str) -> Vectors {
    match learn::choice("DENSE", 64) {
        0 => Vectors::none(),
        size => Vectors::learn(Path::new(plain), size),
    }
}

/// Judges the choices: every fifth document by what is learnt from all else, and `dev` by what is learnt from
/// everything.
fn cross(plain: &str, dev: &str, folders: &[&str], misses: bool) {
    const FOLDS: usize = 5;
    let vectors = vectors(plain);
    let choices = learn::Choices::usual();
    let golds = learn::load(folders);
    let dev = gold::load(Path::new(dev));
    let fold = |fold: usize| -> Vec<Told> {
        let left_out = |at: usize| at % FOLDS == fold;
        let all = golds.iter().enumerate();
        let learnt: Vec<(&Gold, f64)> = all
            .filter(|(at, _)| !left_out(*at))
            .map(|(_, (gold, of))| (gold, *of))
            .collect();
        let table = learn::learn(&learnt, &vectors, &choices);
        let splitter = judge::splitter(&table);
        let all = golds.iter().enumerate();
        let of = all.filter(|(at, _)| left_out(*at));
        if fold < FOLDS {
            of.map(|(_, (gold, _))| judge::cut(&splitter, gold))
                .collect()
        } else {
            dev.iter().map(|gold| judge::cut(&splitter, gold)).collect()
        }
    };
    let mut made: Vec<std::vec::IntoIter<Told>> = std::thread::scope(|scope| {
        let half = |odd: usize| (0..=FOLDS).filter(move |at| at % 2 == odd).map(fold);
        let other = scope.spawn(move || half(1).collect::<Vec<_>>());
        let even: Vec<_> = half(0).collect();
        let odd = other.join().expect("the other half");
        let pairs = even
            .into_iter()
            .zip(odd)
            .flat_map(|(even, odd)| [even, odd]);
        pairs.map(Vec::into_iter).collect()
    });
    let judged_dev: Vec<Told> = made[FOLDS].by_ref().collect();
    let told: Vec<Told> = (0..golds.len())
        .map(|at| made[at % FOLDS].next().expect("every document was judged"))
        .collect();
    let mut start = 0;
    for folder in folders {
        let count = learn::load(&[folder]).len();
        let of = golds.iter().map(|(gold, _)| gold).zip(&told);
        print!("{folder:<40} ");
        report(of.skip(start).take(count), misses, false);
        start += count;
    }
    print!("{:<40} ", "all of these");
    report(golds.iter().map(|(gold, _)| gold).zip(&told), false, false);
    print!("{:<40} ", "dev");
    report(dev.iter().zip(&judged_dev), misses, misses);
}

fn report<'a>(all: impl Iterator<Item = (&'a Gold, &'a Told)>, misses: bool, long: bool) {
    let mut score = Score::default();
    for (gold, told) in all {
        let before = score.told();
        score.add(gold, told);
        if misses {
            judge::misses(gold, &score, before);
        }
    }
    println!("{}", if long { score.long() } else { score.short() });
}
