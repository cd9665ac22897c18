//! Learns the cue lexicon of the standard lens from labelled documents, and prints how well it tells roles.
//!
//! ```text
//! cargo run --release --example train_cues -- learn PLAIN TRAIN=2 WRITTEN    # folders of id.json beside id.txt
//! cargo run --release --example train_cues -- evaluate [--misses] FOLDER...
//! cargo run --release --example train_cues -- cross [--misses] PLAIN DEV TRAIN=2 WRITTEN
//! cargo run --release --example train_cues -- curve PLAIN DEV TRAIN=2 WRITTEN
//! cargo run --release --example train_cues -- seal    # after the lens or the table was changed by hand
//! ```
//!
//! `PLAIN` is a folder of plain text (`.txt`, `.txt.gz`) from which it learns what words mean. `=2` makes a folder's
//! documents count twice. The same input gives the same table, byte for byte.
//!
//! `evaluate` reads the documents of a folder as the program does and prints the whole score table. `cross` judges
//! choices: every fifth document by what was learnt without it, `DEV` by what was learnt from all; there the labels
//! say what is a paragraph and what a heading. `curve` does that with a quarter, a half and all of what is learnt from:
//! of every four, two, one documents that a fold leaves the first. `--misses` adds every paragraph that was told wrong.
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

use briefing::sections::Splitter;

use crate::gold::Gold;
use crate::score::{Score, Told};
use crate::vectors::Vectors;

const TABLE: &str = "assets/lenses/briefing.tsv";
const LENS: &str = "assets/lenses/briefing.toml";
/// The same as the program carries it, with the cues of the lens.
const PACKED: &str = "assets/lenses/briefing.cues";

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
            let judges = Judges::new(plain, folders);
            let sure = judges.sure(folders[0]);
            write(&(judges.learnt(|_| true) + &sure));
        }
        ["curve", plain, dev, folders @ ..] if !folders.is_empty() => {
            let judges = Judges::new(plain, folders);
            for (name, part) in [("a quarter", 4), ("a half", 2), ("all", 1)] {
                println!("{name}");
                judges.cross(dev, folders, part, false);
            }
        }
        ["cross", plain, dev, folders @ ..] if !folders.is_empty() => {
            Judges::new(plain, folders).cross(dev, folders, 1, misses);
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
            write(&std::fs::read_to_string(TABLE).expect("a table of cues"));
        }
        _ => println!(
            "usage: learn PLAIN GOLD_DIR... | cross [--misses] PLAIN DEV GOLD_DIR... | curve PLAIN DEV GOLD_DIR... | evaluate [--misses] GOLD_DIR... | seal"
        ),
    }
}

fn vectors(plain: &str) -> Vectors {
    match learn::choice("DENSE", 64) {
        0 => Vectors::none(),
        size => Vectors::learn(Path::new(plain), size),
    }
}

/// Writes the table, sealed, and packed as the program carries it.
fn write(table: &str) {
    let table = briefing::sections::seal(table);
    let lens = std::fs::read_to_string(LENS).expect("the lens");
    let packed = Splitter::pack(&lens, &table).expect("a sound table");
    std::fs::write(TABLE, table).expect("a place to write to");
    std::fs::write(PACKED, packed).expect("a place to write to");
}

/// How many parts documents are dealt into, each judged by what is learnt from the others.
const FOLDS: usize = 5;

/// What is learnt from, and how.
struct Judges {
    vectors: Vectors,
    choices: learn::Choices,
    golds: Vec<(Gold, f64)>,
}

impl Judges {
    fn new(plain: &str, folders: &[&str]) -> Self {
        Self {
            vectors: vectors(plain),
            choices: learn::Choices::usual(),
            golds: learn::load(folders),
        }
    }

    /// The table learnt from the documents whose number `is` wanted.
    fn learnt(&self, is: impl Fn(usize) -> bool) -> String {
        let all = self.golds.iter().enumerate();
        let learnt: Vec<(&Gold, f64)> = all
            .filter(|(at, _)| is(*at))
            .map(|(_, (gold, of))| (gold, *of))
            .collect();
        learn::learn(&learnt, &self.vectors, &self.choices)
    }

    /// Every fifth document judged by what is learnt from one in `part` of the others; `dev` by one in `part` of all.
    fn folds(&self, dev: &[Gold], part: usize) -> (Vec<Told>, Vec<Told>) {
        let fold = |fold: usize| -> Vec<Told> {
            if fold == FOLDS && dev.is_empty() {
                return Vec::new();
            }
            let left_out = |at: usize| at % FOLDS == fold;
            let kept = |at: usize| (at / FOLDS).is_multiple_of(part);
            let splitter = judge::splitter(&self.learnt(|at| !left_out(at) && kept(at)));
            let all = self.golds.iter().enumerate();
            let of = all.filter(|(at, _)| left_out(*at));
            match fold {
                FOLDS => dev.iter().map(|gold| judge::cut(&splitter, gold)).collect(),
                _ => of
                    .map(|(_, (gold, _))| judge::cut(&splitter, gold))
                    .collect(),
            }
        };
        let mut made: Vec<std::vec::IntoIter<Told>> = std::thread::scope(|scope| {
            let half = |odd: usize| (0..=FOLDS).filter(move |at| at % 2 == odd).map(fold);
            let other = scope.spawn(move || half(1).collect::<Vec<_>>());
            let even: Vec<_> = half(0).collect();
            let odd = other.join().expect("the other half");
            let pairs = even.into_iter().zip(odd);
            let pairs = pairs.flat_map(|(even, odd)| [even, odd]);
            pairs.map(Vec::into_iter).collect()
        });
        let of_dev: Vec<Told> = made[FOLDS].by_ref().collect();
        let told = (0..self.golds.len())
            .map(|at| made[at % FOLDS].next().expect("every document was judged"));
        (told.collect(), of_dev)
    }

    /// Judges the choices, and prints a line for every folder, for all, and for `dev`.
    fn cross(&self, dev: &str, folders: &[&str], part: usize, misses: bool) {
        let dev = gold::load(Path::new(dev));
        let (told, of_dev) = self.folds(&dev, part);
        let mut start = 0;
        for folder in folders {
            let count = learn::load(&[folder]).len();
            let of = self.golds.iter().map(|(gold, _)| gold).zip(&told);
            print!("{folder:<40} ");
            report(of.skip(start).take(count), misses, misses);
            start += count;
        }
        print!("{:<40} ", "all of these");
        let all = self.golds.iter().map(|(gold, _)| gold);
        report(all.zip(&told), false, false);
        print!("{:<40} ", "dev");
        report(dev.iter().zip(&of_dev), misses, misses);
    }

    /// The row of the table that says how often one is right who is so and so sure, of paragraphs and of sections:
    /// two lines of least squares through what cross-validation says of the first folder.
    fn sure(&self, folder: &str) -> String {
        let (told, _) = self.folds(&[], 1);
        let mut score = Score::default();
        let count = learn::load(&[folder]).len();
        for ((gold, _), told) in self.golds.iter().zip(&told).take(count) {
            score.add(gold, told);
        }
        let [(a, b), (c, d)] = score.sure().map(|all| line(&all));
        format!("@sure\t{a}\t{b}\t{c}\t{d}\t0\t0\t0\n")
    }
}

/// Beginning and slope, in hundredths, of the line of least squares from how sure to how often right.
fn line(all: &[(u8, bool)]) -> (i32, i32) {
    let of = all.len().max(1) as f64;
    let pair = |&(sure, right): &(u8, bool)| (f64::from(sure) / 100.0, f64::from(u8::from(right)));
    let mean = |what: &dyn Fn((f64, f64)) -> f64| all.iter().map(pair).map(what).sum::<f64>() / of;
    let (sure, right) = (mean(&|(sure, _)| sure), mean(&|(_, right)| right));
    let both = mean(&|(one, other)| (one - sure) * (other - right));
    let slope = both / mean(&|(one, _)| (one - sure).powi(2)).max(1e-6);
    let whole = |number: f64| (number * 100.0).round() as i32;
    (whole(right - slope * sure), whole(slope))
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
