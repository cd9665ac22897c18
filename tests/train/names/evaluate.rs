//! Scores what the reader finds in labelled texts: strict range and type, per type and over all.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;

use briefing::model::{EntityKind, Outline};
use briefing::names;
use briefing::names::model::asset::Asset;
use briefing::text::TextRange;

use serde_json::json;

use crate::corpus::{self, Case, Kind, Sample};

/// How many were marked, found, and right.
#[derive(Clone, Copy, Default)]
struct Tally {
    gold: u32,
    found: u32,
    right: u32,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
    }

    /// Precision, recall and F1 in percent.
    fn figures(self) -> (f64, f64, f64) {
        let of = |part: u32, whole: u32| {
            if whole == 0 {
                0.0
            } else {
                100.0 * f64::from(part) / f64::from(whole)
            }
        };
        let (precision, recall) = (of(self.right, self.found), of(self.right, self.gold));
        let sum = precision + recall;
        (
            precision,
            recall,
            if sum > 0.0 {
                2.0 * precision * recall / sum
            } else {
                0.0
            },
        )
    }
}

/// Prints one line for each file or folder; with `misses`, every error as well.
pub(crate) fn evaluate(paths: &[&str], asset: Option<&Asset<'_>>, (misses, case): (bool, Case)) {
    println!(
        "{:<34}{:>22}{:>22}{:>22}{:>22}{:>7}",
        "P/R/F1", "people", "bodies", "places", "all", "kinds"
    );
    for path in paths {
        let mut samples = corpus::load(Path::new(path));
        for sample in &mut samples {
            sample.recase(case);
        }
        let mut tallies: HashMap<Kind, Tally> = HashMap::new();
        let mut kinds = Tally::default();
        for sample in &samples {
            score(sample, asset, &mut tallies, &mut kinds, misses);
        }
        let mut line = format!("{:<34}", tail(path));
        let mut all = Tally::default();
        for kind in [Kind::Person, Kind::Body, Kind::Place] {
            let tally = tallies.get(&kind).copied().unwrap_or_default();
            all.add(tally);
            line += &cell(tally);
        }
        line += &cell(all);
        if kinds.gold > 0 {
            let share = f64::from(kinds.right) / f64::from(kinds.gold);
            let _ = write!(line, "{share:>7.3}");
        }
        println!("{line}");
    }
}

fn cell(tally: Tally) -> String {
    let (precision, recall, f1) = tally.figures();
    format!("{:>22}", format!("{precision:.1} {recall:.1} {f1:.1}"))
}

/// The last two parts of a path.
fn tail(path: &str) -> String {
    let parts: Vec<&str> = path.trim_end_matches('/').rsplitn(3, '/').collect();
    parts
        .iter()
        .take(2)
        .rev()
        .copied()
        .collect::<Vec<_>>()
        .join("/")
}

/// What the reader finds, as far as it is compared.
fn found(sample: &Sample, asset: Option<&Asset<'_>>) -> Vec<(TextRange, Kind)> {
    let document = &sample.document;
    let all = 0..document.blocks.len() as u32;
    names::find_with(document, all, asset)
        .iter()
        .map(|found| {
            let kind = match found.kind {
                EntityKind::Person => Kind::Person,
                EntityKind::Agency => Kind::Agency,
                EntityKind::Organization => Kind::Organization,
                EntityKind::Place => Kind::Place,
            };
            let range = widen(found.range, &sample.tokens);
            (bare(&document.text, range, kind), kind)
        })
        .collect()
}

fn score(
    sample: &Sample,
    asset: Option<&Asset<'_>>,
    tallies: &mut HashMap<Kind, Tally>,
    kinds: &mut Tally,
    misses: bool,
) {
    let text = &sample.document.text;
    let found = found(sample, asset);
    let gold: Vec<(TextRange, Kind)> = sample
        .gold
        .iter()
        .map(|&(range, kind)| (bare(text, range, kind), kind))
        .collect();
    let exact: HashMap<(TextRange, Kind), Kind> = gold
        .iter()
        .map(|&(range, kind)| ((range, kind.coarse()), kind))
        .collect();
    let others: Vec<TextRange> = gold
        .iter()
        .filter(|(_, kind)| *kind == Kind::Other)
        .map(|(range, _)| *range)
        .collect();
    for &(_, kind) in &gold {
        tallies.entry(kind.coarse()).or_default().gold += 1;
    }
    let mut hits = Vec::new();
    for &(range, kind) in &found {
        let coarse = kind.coarse();
        if others.contains(&range) {
            continue;
        }
        let tally = tallies.entry(coarse).or_default();
        tally.found += 1;
        if let Some(&marked) = exact.get(&(range, coarse)) {
            tally.right += 1;
            hits.push((range, coarse));
            if matches!(marked, Kind::Agency | Kind::Organization) {
                kinds.gold += 1;
                kinds.right += u32::from(marked == kind);
                if misses && marked != kind {
                    println!("KIND  {:?} as {kind:?}", range.of(text));
                }
            }
        } else if misses {
            println!(
                "EXTRA {kind:?} {:?} | {}",
                range.of(text),
                around(text, range)
            );
        }
    }
    if misses {
        tell_missed(text, &gold, &hits);
    }
}

fn tell_missed(text: &str, gold: &[(TextRange, Kind)], hits: &[(TextRange, Kind)]) {
    for (range, kind) in gold {
        if *kind != Kind::Other && !hits.contains(&(*range, kind.coarse())) {
            let words = range.of(text);
            println!("MISS  {kind:?} {words:?} | {}", around(text, *range));
        }
    }
}

fn around(text: &str, range: TextRange) -> String {
    let before: String = text
        .get(..range.start())
        .unwrap_or_default()
        .chars()
        .rev()
        .take(30)
        .collect();
    let after: String = text
        .get(range.end()..)
        .unwrap_or_default()
        .chars()
        .take(30)
        .collect();
    format!("{}[]{after}", before.chars().rev().collect::<String>()).replace('\n', " ")
}

/// The range from the first to the last token it touches.
fn widen(range: TextRange, tokens: &[TextRange]) -> TextRange {
    let first = tokens.partition_point(|token| token.end() <= range.start());
    let after = tokens.partition_point(|token| token.start() < range.end());
    match (
        tokens.get(first),
        after.checked_sub(1).and_then(|last| tokens.get(last)),
    ) {
        (Some(first), Some(last)) if first.start() < last.end() => {
            TextRange::new(first.start(), last.end())
        }
        _ => range,
    }
}

/// Without a leading article, a trailing `'s`, and the titles of a person.
fn bare(text: &str, range: TextRange, kind: Kind) -> TextRange {
    const TITLES: &str = " mr mrs ms miss dr prof professor sir lord lady dame president vice prime minister chancellor premier \
        secretary senator sen rep representative congressman congresswoman governor gov mayor judge justice general gen colonel \
        col major maj captain capt lieutenant lt sergeant sgt admiral adm commander king queen prince princess pope father \
        reverend rev chief director chairman chairwoman chair ceo officer spokesman spokeswoman spokesperson defense defence \
        foreign attorney deputy former ambassador sheikh sheik imam coach detective inspector ";
    let (mut start, mut end) = (range.start(), range.end());
    loop {
        let words = TextRange::new(start, end).of(text);
        let Some((first, rest)) = words.split_once(' ') else {
            break;
        };
        let word = first.to_lowercase();
        let title =
            kind == Kind::Person && TITLES.contains(&format!(" {} ", word.trim_end_matches('.')));
        if !matches!(word.as_str(), "the" | "a" | "an") && !title {
            break;
        }
        start = end - rest.len();
    }
    for tail in ["'s", "’s", "'", "’"] {
        if let Some(shorter) = TextRange::new(start, end).of(text).strip_suffix(tail) {
            end = start + shorter.trim_end().len();
        }
    }
    TextRange::new(start, end.max(start))
}

/// Prints how fast the names of a plain text are found: the best of five readings.
pub(crate) fn speed(path: &str, asset: Option<&Asset<'_>>) {
    let text = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{path}: {why}"));
    let sample = corpus::plain(text);
    let document = &sample.document;
    let mut times: Vec<f64> = Vec::new();
    let mut names = 0;
    for _ in 0..6 {
        let start = std::time::Instant::now();
        names = names::find_with(document, 0..document.blocks.len() as u32, asset).len();
        times.push(start.elapsed().as_secs_f64());
    }
    let megabytes = document.text.len() as f64 / 1e6;
    let best = times.iter().copied().fold(f64::INFINITY, f64::min);
    println!(
        "{megabytes:.3} MB, {names} names, first {:.2} ms, best {:.2} ms, {:.1} MB/s",
        times[0] * 1e3,
        best * 1e3,
        megabytes / best
    );
}

/// Writes the people and bodies of every text of a folder, joined, as lines of JSON.
pub(crate) fn entities(folder: &str, out: &str, asset: Option<&Asset<'_>>) {
    let files = corpus::files(Path::new(folder), "json");
    let mut lines = String::new();
    for (sample, file) in corpus::load(Path::new(folder)).iter().zip(files) {
        let document = &sample.document;
        let found = names::find_with(document, 0..document.blocks.len() as u32, asset);
        let entities = names::link(document, &found, &Outline::default());
        let points = |at: usize| {
            document
                .text
                .get(..at)
                .map_or(0, |before| before.chars().count())
        };
        let (mut people, mut agencies) = (Vec::new(), Vec::new());
        for (id, entity) in entities.entities.iter().enumerate() {
            let mentions: Vec<_> = entities
                .mentions_of(id as u32)
                .map(|mention| [points(mention.range.start()), points(mention.range.end())])
                .collect();
            let titles: Vec<&str> = entity
                .titles
                .iter()
                .map(|title| title.text.as_str())
                .collect();
            let row = json!({"name": entity.name, "mentions": mentions, "titles": titles, "kind": entity.kind.row().name});
            match entity.kind {
                EntityKind::Person => people.push(row),
                EntityKind::Agency | EntityKind::Organization => agencies.push(row),
                EntityKind::Place => {}
            }
        }
        let id = file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        lines += &json!({"id": id, "people": people, "agencies": agencies}).to_string();
        lines.push('\n');
    }
    std::fs::write(out, lines).expect("a place to write to");
}
