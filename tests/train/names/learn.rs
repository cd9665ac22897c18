//! From labelled texts to `assets/names.model`.

use std::collections::HashMap;
use std::path::PathBuf;

use briefing::names::model::asset::{Asset, Draft, LABELS};
use briefing::names::model::features::{Family, Sink, Votes, votes as votes_of};
use briefing::names::model::{Island, Observed, observe};
use briefing::text::TextRange;

use crate::chain::{Chain, Item, Pace};
use crate::corpus::{self, Case, Kind, Sample};
use crate::kinds;
use crate::usual::Count;

/// What is learnt from, and how much each word of it counts.
const TEXTS: &[(&str, f32)] = &[
    ("ner/uner_ewt/train.conll", 1.0),
    ("ner/gum/train.conll", 1.0),
    ("ner/wikigold/train.conll", 1.0),
    ("ner/crossner_politics/train.conll", 1.0),
    ("ner/crossner_ai/train.conll", 0.7),
    ("ner/crossner_literature/train.conll", 0.7),
    ("ner/crossner_music/train.conll", 0.7),
    ("ner/crossner_science/train.conll", 0.7),
    ("ner/wnut17/train.conll", 0.3),
    ("ner/multiner_gov/train.conll", 0.2),
    ("ner/re3d/train.conll", 0.4),
    ("gold/train", 1.0),
    ("gold/written", 1.0),
];

/// What says whether it was worth it.
const DEV: &[&str] = &[
    "ner/uner_ewt/dev.conll",
    "ner/gum/dev.conll",
    "ner/wikigold/dev.conll",
    "ner/crossner_politics/dev.conll",
    "ner/re3d/dev.conll",
    "gold/dev",
];

/// Knobs, as `name=value` words on the command line.
pub(crate) struct Knobs(HashMap<String, String>);

impl Knobs {
    pub(crate) fn read(words: &[&str]) -> Self {
        let pairs = words.iter().filter_map(|word| word.split_once('='));
        Self(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
        )
    }

    pub(crate) fn number(&self, name: &str, usual: f32) -> f32 {
        self.0
            .get(name)
            .map_or(usual, |value| value.parse().expect("a number"))
    }

    pub(crate) fn word(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

pub(crate) fn data() -> PathBuf {
    std::env::var_os("BRIEFING_DATA").map_or_else(|| PathBuf::from("../shared"), PathBuf::from)
}

pub(crate) fn learn(words: &[&str]) {
    let knobs = Knobs::read(words);
    let data = data();
    let mut draft = Draft::default();
    let skip = knobs.word("skip");
    let mut samples: Vec<(Sample, f32)> = Vec::new();
    for (name, weight) in TEXTS
        .iter()
        .filter(|(name, _)| skip.is_empty() || skip.split(',').all(|skip| !name.contains(skip)))
    {
        let weight = knobs.number(name, *weight);
        samples.extend(
            corpus::load_without(&data.join(name), knobs.word("hold"))
                .into_iter()
                .map(|sample| (sample, weight)),
        );
    }
    println!("{} documents", samples.len());
    let mut count = Count::default();
    count.read(&crate::plain::plain(&data.join("ner/plain")));
    for (sample, _) in &samples {
        count.read(&sample.document.text);
    }
    draft.tables[2] = count.table(&knobs);
    let first: &'static [u8] = Box::leak(draft.bytes().into_boxed_slice());
    let asset = Asset::read(first).expect("a sound draft");
    let seen = see(&samples, &asset);
    draft.tables[1] = kinds::learn(&samples, &seen, &knobs);
    let (mut items, mut keys) = rows(&samples, seen, &knobs);
    train(&mut items, &mut keys, &knobs, &mut draft);
    let out = knobs.word("out");
    let out = if out.is_empty() {
        "assets/names.model"
    } else {
        out
    };
    let bytes = draft.bytes();
    println!("{out}: {} bytes", bytes.len());
    std::fs::write(out, &bytes).expect("a place to write to");
    let asset = Asset::read(&bytes).expect("a sound model");
    let more = knobs.word("also").to_owned();
    let paths: Vec<String> = DEV
        .iter()
        .copied()
        .chain(more.split(',').filter(|name| !name.is_empty()))
        .map(|name| data.join(name).display().to_string())
        .collect();
    crate::evaluate::evaluate(
        &paths.iter().map(String::as_str).collect::<Vec<_>>(),
        Some(&asset),
        (false, Case::Usual),
    );
}

/// What the model sees of every sample, on two threads.
fn see(samples: &[(Sample, f32)], asset: &Asset<'static>) -> Vec<Observed> {
    let look = |sample: &Sample| {
        let bodies: Vec<TextRange> = sample
            .gold
            .iter()
            .filter(|(_, kind)| matches!(kind, Kind::Agency | Kind::Organization))
            .map(|(range, _)| *range)
            .collect();
        observe(&sample.document, asset, &bodies)
    };
    let half = samples.len() / 2;
    std::thread::scope(|scope| {
        let other = scope.spawn(|| {
            samples[half..]
                .iter()
                .map(|(sample, _)| look(sample))
                .collect::<Vec<_>>()
        });
        let mut seen: Vec<Observed> = samples[..half]
            .iter()
            .map(|(sample, _)| look(sample))
            .collect();
        seen.extend(other.join().expect("the other half is read"));
        seen
    })
}

/// Numbers for the keys of features, in the order of their first use.
#[derive(Default)]
struct Numbers {
    rows: HashMap<u64, u32>,
    keys: Vec<u64>,
    counts: Vec<u32>,
}

impl Numbers {
    fn item(&mut self, island: Island, sample: &Sample, weight: f32, document: u32) -> Item {
        let mut item = Item {
            labels: labels(&island.words, &sample.gold),
            gaps: island.gaps,
            rows: Vec::new(),
            ends: Vec::new(),
            weight,
            document,
            shapes: island.shapes,
            spellings: island.spellings,
        };
        for (family, key) in island.keys.into_iter().flat_map(|word| {
            let end = [(Family::Text, END)];
            word.into_iter().chain(end)
        }) {
            if key == END {
                item.ends.push(item.rows.len() as u32);
                continue;
            }
            let row = *self.rows.entry(key).or_insert_with(|| {
                self.keys.push(key);
                self.counts.push(0);
                self.keys.len() as u32 - 1
            });
            self.counts[row as usize] += 1;
            let family = match family {
                Family::Text => 0,
                Family::Lists => 1,
                Family::Rules => 2,
                Family::Votes => 3,
            };
            item.rows.push(row | family << 30);
        }
        item
    }
}

/// The label of the first word of a body.
const BODY: usize = 3;

/// Stands after the keys of a word; no feature has it.
const END: u64 = 0;

/// Islands with labels, and the key of every row.
fn rows(samples: &[(Sample, f32)], seen: Vec<Observed>, knobs: &Knobs) -> (Vec<Item>, Vec<u64>) {
    let mut numbers = Numbers::default();
    let mut items = Vec::new();
    let (mut marked, mut whole) = (0, 0);
    for (document, ((sample, weight), observed)) in samples.iter().zip(seen).enumerate() {
        marked += sample.names().count();
        for island in observed.islands {
            let edge = |at: fn(TextRange) -> usize, range: TextRange| {
                island.words.iter().any(|word| at(*word) == at(range))
            };
            let reached =
                |range: &TextRange| edge(TextRange::start, *range) && edge(TextRange::end, *range);
            whole += sample.names().filter(reached).count();
            items.push(numbers.item(island, sample, *weight, document as u32));
        }
    }
    println!("{whole} of {marked} names lie in islands");
    let words: usize = items.iter().map(|item| item.labels.len()).sum();
    let (islands, rows) = (items.len(), numbers.keys.len());
    println!("{islands} islands, {words} words, {rows} rows");
    for item in &mut items {
        thin_out(item, &numbers.counts, knobs);
    }
    (items, numbers.keys)
}

/// Leaves out rows that are too rare, and families that the knobs leave out.
fn thin_out(item: &mut Item, counts: &[u32], knobs: &Knobs) {
    let least = knobs.number("least", 1.0) as u32;
    let without = knobs.word("without");
    let out = [
        false,
        without.contains("lists"),
        without.contains("rules"),
        false,
    ];
    let mut start = 0;
    let mut kept = Vec::with_capacity(item.rows.len());
    for end in &mut item.ends {
        let word = &item.rows[start..*end as usize];
        kept.extend(word.iter().copied().filter(|row| {
            let often = counts[(row & ((1 << 30) - 1)) as usize] >= least;
            often && !out[(row >> 30) as usize]
        }));
        start = *end as usize;
        *end = kept.len() as u32;
    }
    item.rows = kept;
}

/// The label of each word: 0 outside, then first and further words of each type.
fn labels(words: &[TextRange], gold: &[(TextRange, Kind)]) -> Vec<u8> {
    let mut running = None;
    words
        .iter()
        .map(|word| {
            let at = gold.partition_point(|(range, _)| range.end() <= word.start());
            let held = gold.get(at).filter(|(range, _)| range.overlaps(*word));
            let first = match held.map(|(_, kind)| kind.coarse()) {
                Some(Kind::Person) => 1,
                Some(Kind::Body) => 3,
                Some(Kind::Place) => 5,
                _ => {
                    running = None;
                    return 0;
                }
            };
            let further = running == Some(at);
            running = Some(at);
            first + u8::from(further)
        })
        .collect()
}

/// Adds to every word what it was taken for elsewhere in its document, by models that never saw the document.
fn vote(items: &mut [Item], keys: &mut Vec<u64>, pace: Pace, folds: u32) {
    let mut guesses: Vec<Vec<u8>> = vec![Vec::new(); items.len()];
    for fold in 0..folds {
        let (own, others): (Vec<usize>, Vec<usize>) =
            (0..items.len()).partition(|&at| items[at].document % folds == fold);
        let mut chain = Chain::new(keys.len());
        chain.learn_some(items, &others, pace);
        for at in own {
            guesses[at] = chain.label(&items[at]);
        }
    }
    let mut numbers: HashMap<u64, u32> = HashMap::new();
    let mut start = 0;
    while start < items.len() {
        let document = items[start].document;
        let end = start + items[start..].partition_point(|item| item.document == document);
        let mut votes: HashMap<u32, Votes> = HashMap::new();
        for (item, guess) in items[start..end].iter().zip(&guesses[start..end]) {
            for (spelling, label) in item.spellings.iter().zip(guess) {
                votes.entry(*spelling).or_default()[usize::from(*label)] += 1;
            }
        }
        for (item, guess) in items[start..end].iter_mut().zip(&guesses[start..end]) {
            let own: Vec<Votes> = item
                .spellings
                .iter()
                .zip(guess)
                .map(|(spelling, label)| {
                    let mut votes = votes[spelling];
                    votes[usize::from(*label)] -= 1;
                    votes
                })
                .collect();
            let mut rows = Vec::new();
            let mut from = 0;
            for at in 0..own.len() {
                let to = item.ends[at] as usize;
                rows.extend_from_slice(&item.rows[from..to]);
                from = to;
                let mut taken = Taken(Vec::new());
                votes_of(
                    &own[at],
                    at.checked_sub(1).map(|at| &own[at]),
                    own.get(at + 1),
                    item.shapes[at],
                    &mut taken,
                );
                for key in taken.0 {
                    let row = *numbers.entry(key).or_insert_with(|| {
                        keys.push(key);
                        keys.len() as u32 - 1
                    });
                    rows.push(row | 3 << 30);
                }
                item.ends[at] = rows.len() as u32;
            }
            item.rows = rows;
        }
        start = end;
    }
    println!("{} rows of votes", numbers.len());
}

struct Taken(Vec<u64>);

impl Sink for Taken {
    fn take(&mut self, _: Family, key: u64) {
        self.0.push(key);
    }
}

fn train(items: &mut [Item], keys: &mut Vec<u64>, knobs: &Knobs, draft: &mut Draft) {
    let pace = Pace {
        epochs: knobs.number("epochs", 8.0) as usize,
        rate: knobs.number("rate", 0.03),
        decay: knobs.number("decay", 1e-4),
        thin: knobs.number("thin", 0.2),
        leave_out: [
            knobs.number("leave_lists", 0.1),
            knobs.number("leave_rules", 0.15),
            knobs.number("leave_votes", 0.4),
        ],
    };
    let folds = knobs.number("folds", 4.0) as u32;
    if folds > 0 {
        vote(items, keys, Pace { epochs: 6, ..pace }, folds);
    }
    let mut chain = Chain::new(keys.len());
    chain.learn(items, None, pace, 1);
    let most = knobs.number("rows", 110_000.0) as usize;
    let size = |row: usize| {
        chain.weights[row]
            .iter()
            .map(|weight| weight.abs())
            .sum::<f32>()
    };
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(keys[a].cmp(&keys[b])));
    let mut kept = vec![false; keys.len()];
    for &row in order.iter().take(most) {
        kept[row] = true;
    }
    println!(
        "the last row kept weighs {:.3}",
        size(order[most.min(order.len()) - 1])
    );
    chain.learn(
        items,
        Some(&kept),
        Pace {
            epochs: knobs.number("after", 2.0) as usize,
            rate: pace.rate * 0.5,
            ..pace
        },
        2,
    );
    order.truncate(most);
    // To miss a name costs more than to find one too many; bodies are missed most.
    let (bias, body) = (knobs.number("bias", 0.4), knobs.number("body", 0.08));
    for (cell, weight) in chain.transitions.iter_mut().enumerate() {
        *weight += match cell % LABELS {
            0 => -bias,
            BODY => body,
            _ => 0.0,
        };
    }
    pack(&chain, &order, keys, draft);
}

/// The weights of the rows in `order`, each in one byte.
fn pack(chain: &Chain, order: &[usize], keys: &[u64], draft: &mut Draft) {
    let mut sizes: Vec<f32> = order
        .iter()
        .flat_map(|&row| chain.weights[row])
        .map(f32::abs)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let clip = sizes[sizes.len() - 1 - sizes.len() / 20_000];
    println!(
        "largest weight {:.2}, cut at {clip:.2}",
        sizes[sizes.len() - 1]
    );
    let scale = 127.0 / clip;
    let whole = |weight: f32| (weight * scale).round();
    draft.tables[0] = order
        .iter()
        .map(|&row| {
            (
                keys[row],
                chain.weights[row]
                    .iter()
                    .map(|&weight| whole(weight).clamp(-127.0, 127.0) as i8)
                    .map(i8::cast_unsigned)
                    .collect(),
            )
        })
        .collect();
    draft.transitions = chain
        .transitions
        .iter()
        .map(|&weight| whole(weight).clamp(-32_000.0, 32_000.0) as i16)
        .collect();
}
