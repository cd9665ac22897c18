//! Labelled documents to a table of cues: count, learn, keep the telling ones, learn again, write.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::path::Path;

use briefing::sections::Splitter;
use briefing::sections::cues::scale;
use briefing::sections::features::{self, Seen as At};

use crate::chain::{self, Seen, Shape};
use crate::descent::lowest;
use crate::families::Families;
use crate::gold::{self, Gold};
use crate::vectors::Vectors;

/// What can be set from outside, to choose by other documents than those learnt from.
#[derive(Clone)]
pub(crate) struct Choices {
    /// How many documents a cue must stand in.
    least: usize,
    /// How many cues are kept.
    keep: usize,
    ridge: f64,
    boilerplate_ridge: f64,
    steps: usize,
    /// How loud vectors speak beside single words.
    gain: f64,
    /// What weights are multiplied by in the end: what some documents teach is too sure of others.
    calm: f64,
}

impl Choices {
    pub(crate) fn usual() -> Self {
        Self {
            least: choice("LEAST", 4),
            keep: choice("KEEP", 14_000),
            ridge: choice("RIDGE", 6.0),
            boilerplate_ridge: choice("BRIDGE", 0.5),
            steps: choice("STEPS", 120),
            gain: choice("GAIN", 0.7),
            calm: choice("CALM", 0.65),
        }
    }
}

pub(crate) fn choice<T: std::str::FromStr>(name: &str, usual: T) -> T {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(usual)
}

/// Documents of folders (`DIR` or `DIR=importance`), each with its importance.
pub(crate) fn load(folders: &[&str]) -> Vec<(Gold, f64)> {
    let mut golds: Vec<(Gold, f64)> = Vec::new();
    for folder in folders {
        let (path, importance) = folder.split_once('=').unwrap_or((folder, "1"));
        let importance: f64 = importance.parse().expect("a number after =");
        let folder = gold::load(Path::new(path));
        golds.extend(folder.into_iter().map(|gold| (gold, importance)));
    }
    golds
}

/// Learns the table of cues from `golds`.
pub(crate) fn learn(golds: &[(&Gold, f64)], vectors: &Vectors, choices: &Choices) -> String {
    let lens = std::fs::read_to_string("assets/lenses/briefing.toml").expect("the lens");
    let splitter = Splitter::read(&lens, None).expect("a sound lens");
    let roles: Vec<String> = splitter
        .lens
        .roles
        .iter()
        .map(|role| role.name.clone())
        .collect();
    let families = Families::read();
    let sizes = |features: usize| Shape {
        features,
        roles: roles.len(),
        dense: vectors.size,
    };
    let (mut names, mut texts) = count(golds, &roles, (vectors, &families), choices);
    let mut learnt = fit(sizes(names.len()), &texts, choices);
    let kept = telling(&names, &texts, &learnt, roles.len(), choices.keep);
    names = kept
        .iter()
        .map(|&old| names[old as usize].clone())
        .collect();
    let new: HashMap<u32, u32> = kept
        .iter()
        .enumerate()
        .map(|(new, &old)| (old, new as u32))
        .collect();
    for seen in texts.iter_mut().flat_map(|(text, _)| text) {
        seen.features = seen
            .features
            .iter()
            .filter_map(|old| new.get(old).copied())
            .collect();
    }
    learnt = fit(sizes(names.len()), &texts, choices);
    table(&names, &roles, &learnt, (vectors, &families), choices)
}

/// Every feature that stands in enough documents and is no part of a person's name, and the texts in terms of them.
fn count(
    golds: &[(&Gold, f64)],
    roles: &[String],
    (vectors, families): (&Vectors, &Families),
    choices: &Choices,
) -> (Vec<String>, Vec<(Vec<Seen>, f64)>) {
    let names_of_people = people(golds);
    let mut documents: BTreeMap<String, usize> = BTreeMap::new();
    let mut kin: HashMap<u64, Vec<String>> = HashMap::new();
    for (gold, _) in golds {
        let mut here = HashSet::new();
        for scene in scenes(gold) {
            features::each(&scene, |key, seen| {
                let written = features::written(&scene, seen);
                let of = kin.entry(key).or_insert_with(|| families.of(&written));
                // A heading counts once, not with every paragraph under it.
                if !matches!(seen, At::Above(..)) || scene.under == 1 {
                    here.extend(of.iter().cloned());
                    here.insert(written);
                }
            });
        }
        for name in here {
            *documents.entry(name).or_default() += 1;
        }
    }
    let of_a_person = |name: &str| {
        name.split([' ', '^', '=', '+', '>', '"'])
            .any(|word| names_of_people.contains(word))
    };
    let names: Vec<String> = documents
        .into_iter()
        .filter(|(name, count)| {
            *count >= choices.least && (name.starts_with('#') || !of_a_person(name))
        })
        .map(|(name, _)| name)
        .collect();
    let by_name: HashMap<&str, u32> = names.iter().map(String::as_str).zip(0..).collect();
    let mut ids: HashMap<u64, Vec<u32>> = HashMap::new();
    for (name, &id) in by_name.iter().filter(|(name, _)| !is_family(name)) {
        ids.entry(features::key(name)).or_default().push(id);
    }
    for (key, of) in kin {
        let known = of.iter().filter_map(|name| by_name.get(&**name));
        ids.entry(key).or_default().extend(known);
    }
    let texts = golds
        .iter()
        .map(|(gold, importance)| (text(gold, roles, &ids, (vectors, choices)), *importance))
        .collect();
    (names, texts)
}

/// Whether this is what a family is called, and no cue.
fn is_family(name: &str) -> bool {
    name.trim_start_matches(['^', '>', '"', '=', '+'])
        .starts_with('%')
}

/// A document in terms of features.
fn text(
    gold: &Gold,
    roles: &[String],
    ids: &HashMap<u64, Vec<u32>>,
    (vectors, choices): (&Vectors, &Choices),
) -> Vec<Seen> {
    let seen = |scene: features::Scene<'_>| {
        let (mut found, mut words) = (Vec::new(), 0);
        let mut dense = vec![0.0; vectors.size];
        features::each(&scene, |key, seen| {
            words += u32::from(seen.is_word());
            found.extend(ids.get(&key).into_iter().flatten());
            if seen.is_word()
                && let Some(vector) = vectors.of(key)
            {
                for (sum, part) in dense.iter_mut().zip(vector) {
                    *sum += f64::from(*part) * choices.gain;
                }
            }
        });
        let loud = f64::from(scale(words));
        let label = &gold.labels[scene.block as usize];
        Seen {
            features: found,
            scale: f64::from(scale(words)),
            dense: dense.iter().map(|sum| sum * loud).collect(),
            label: roles
                .iter()
                .position(|role| role == label)
                .unwrap_or(roles.len()),
            part: scene.part,
        }
    };
    scenes(gold).map(seen).collect()
}

fn scenes(gold: &Gold) -> impl Iterator<Item = features::Scene<'_>> {
    features::scenes(&gold.document, 0..gold.document.blocks.len() as u32)
}

/// Words that people are called by, unless they are written small elsewhere more often.
fn people(golds: &[(&Gold, f64)]) -> HashSet<String> {
    let mut names: HashMap<String, usize> = HashMap::new();
    for (gold, _) in golds {
        for word in gold
            .people
            .iter()
            .flat_map(|name| name.split(|letter: char| !letter.is_alphanumeric()))
        {
            *names.entry(features::normal(word)).or_default() += 1;
        }
    }
    let mut small: HashMap<String, usize> = HashMap::new();
    for (gold, _) in golds {
        for word in gold
            .document
            .text
            .split(|letter: char| !letter.is_alphanumeric())
        {
            if word.starts_with(char::is_lowercase) && names.contains_key(word) {
                *small.entry(word.to_owned()).or_default() += 1;
            }
        }
    }
    names.retain(|name, count| {
        !name.is_empty() && small.get(name).copied().unwrap_or(0) < 3 * *count
    });
    names.into_keys().collect()
}

struct Learnt {
    shape: Shape,
    weights: Vec<f64>,
    boilerplate: Vec<f64>,
}

fn fit(shape: Shape, texts: &[(Vec<Seen>, f64)], choices: &Choices) -> Learnt {
    let (features, roles) = (shape.features, shape.roles);
    let weights = lowest(vec![0.0; shape.size()], choices.steps, |at| {
        chain::loss(shape, at, texts, choices.ridge)
    });
    let boilerplate = lowest(vec![0.0; features], choices.steps, |at| {
        chain::boilerplate(features, roles, at, texts, choices.boilerplate_ridge)
    });
    Learnt {
        shape,
        weights,
        boilerplate,
    }
}

/// The features that move scores most over all the texts.
fn telling(
    names: &[String],
    texts: &[(Vec<Seen>, f64)],
    learnt: &Learnt,
    roles: usize,
    keep: usize,
) -> Vec<u32> {
    let mut seen = vec![0.0_f64; names.len()];
    for one in texts.iter().flat_map(|(text, _)| text) {
        for &feature in &one.features {
            seen[feature as usize] += one.scale * one.scale;
        }
    }
    let strength = |feature: usize| {
        let of_roles = &learnt.weights[feature * roles..(feature + 1) * roles];
        let mean = of_roles.iter().sum::<f64>() / roles as f64;
        let spread: f64 = of_roles.iter().map(|weight| (weight - mean).powi(2)).sum();
        (spread + learnt.boilerplate[feature].powi(2)) * seen[feature]
    };
    let mut order: Vec<(f64, u32)> = (0..names.len())
        .map(|feature| (strength(feature), feature as u32))
        .collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut kept: Vec<u32> = order
        .into_iter()
        .take(keep)
        .map(|(_, feature)| feature)
        .collect();
    kept.sort_unstable();
    kept
}

fn table(
    names: &[String],
    roles: &[String],
    learnt: &Learnt,
    (vectors, families): (&Vectors, &Families),
    choices: &Choices,
) -> String {
    let whole = |weight: f64| (weight * 100.0).round() as i32;
    let mut out = format!("cue\t{}\tboilerplate\n", roles.join("\t"));
    // Cues are centred, as only differences count. Changes are not: how easily a role leads on to any counts too.
    let mut row = |name: &str, weights: &[f64], boilerplate: Option<f64>| {
        let mean = boilerplate.map_or(0.0, |_| weights.iter().sum::<f64>() / weights.len() as f64);
        out.push_str(name);
        for weight in weights {
            write!(out, "\t{}", whole(weight - mean)).expect("a string takes all");
        }
        writeln!(out, "\t{}", boilerplate.map_or(0, whole)).expect("a string takes all");
    };
    let shape = learnt.shape;
    let count = roles.len();
    let begin = &learnt.weights[shape.begin(0)..shape.begin(0) + count];
    row("@begin", begin, None);
    for (mark, heading) in [("@after", false), ("@after heading", true)] {
        for (from, role) in roles.iter().enumerate() {
            let at = shape.change(heading, from, 0);
            let weights = &learnt.weights[at..at + count];
            row(&format!("{mark} {role}"), weights, None);
        }
    }
    let ids: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let sum = |name: &str| whole_of(name, &ids, learnt, (vectors, families), choices);
    for name in names.iter().filter(|name| !is_family(name)) {
        let (whole, boilerplate) = sum(name);
        row(name, &whole, Some(boilerplate));
    }
    let mut others: Vec<String> = vectors
        .words
        .iter()
        .cloned()
        .chain(families.cues())
        .collect();
    others.sort_unstable();
    others.dedup();
    for name in others
        .iter()
        .filter(|name| !ids.contains_key(name.as_str()))
    {
        let (weights, boilerplate) = sum(name);
        if weights
            .iter()
            .chain([&boilerplate])
            .any(|weight| weight.abs() >= 0.03)
        {
            row(name, &weights, Some(boilerplate));
        }
    }
    out
}

/// All that is learnt of a cue: its own weights, what its vector says and what its families say; and its weight for
/// being boilerplate.
fn whole_of(
    name: &str,
    ids: &HashMap<&str, usize>,
    learnt: &Learnt,
    (vectors, families): (&Vectors, &Families),
    choices: &Choices,
) -> (Vec<f64>, f64) {
    let count = learnt.shape.roles;
    let mut whole = by_vector(name, learnt, vectors, choices.gain);
    let mut boilerplate = 0.0;
    let kin = families.of(name);
    let known = kin.iter().map(String::as_str).chain([name]);
    for &feature in known.filter_map(|name| ids.get(name)) {
        let own = &learnt.weights[feature * count..(feature + 1) * count];
        for (sum, own) in whole.iter_mut().zip(own) {
            *sum += own;
        }
        boilerplate += learnt.boilerplate[feature];
    }
    for weight in &mut whole {
        *weight *= choices.calm;
    }
    (whole, boilerplate)
}

/// What vectors say is the same for a word wherever it stands: it is added up here once and for all.
fn by_vector(word: &str, learnt: &Learnt, vectors: &Vectors, gain: f64) -> Vec<f64> {
    let shape = learnt.shape;
    let vector = vectors.of(features::key(word));
    let sum = |role: usize| -> f64 {
        let parts = vector.into_iter().flatten().enumerate();
        let weigh = |(number, part): (usize, &f32)| {
            f64::from(*part) * learnt.weights[shape.dense_at(number) + role]
        };
        parts.map(weigh).sum::<f64>() * gain
    };
    (0..shape.roles).map(sum).collect()
}
