//! Learns to tell agencies from organizations: one weight a feature, from texts that say which is which.

use std::collections::{BTreeMap, HashMap};

use briefing::names::model::Observed;
use briefing::names::model::features::Family;
use briefing::text::TextRange;

use crate::chain::Chance;
use crate::corpus::{Kind, Sample};
use crate::learn::Knobs;

/// Entries of the table of kinds.
pub(crate) fn learn(
    samples: &[(Sample, f32)],
    seen: &[Observed],
    knobs: &Knobs,
) -> Vec<(u64, Vec<u8>)> {
    let mut examples: Vec<(&[(Family, u64)], f32)> = Vec::new();
    let mut counts: HashMap<u64, u32> = HashMap::new();
    for ((sample, _), observed) in samples.iter().zip(seen) {
        let kinds: HashMap<TextRange, Kind> = sample.gold.iter().copied().collect();
        for (range, keys) in &observed.bodies {
            let side = if kinds.get(range) == Some(&Kind::Agency) {
                1.0
            } else {
                -1.0
            };
            examples.push((keys, side));
            for (_, key) in keys {
                *counts.entry(*key).or_default() += 1;
            }
        }
    }
    let mut weights: BTreeMap<u64, (f32, f32)> = counts
        .iter()
        .filter(|(_, count)| **count >= 2)
        .map(|(&key, _)| (key, (0.0, 0.1)))
        .collect();
    println!(
        "{} bodies, {} features of kind",
        examples.len(),
        weights.len()
    );
    let mut chance = Chance(7);
    for _ in 0..knobs.number("kind_epochs", 8.0) as usize {
        for at in (1..examples.len()).rev() {
            examples.swap(at, (chance.next() % (at as u64 + 1)) as usize);
        }
        for (keys, side) in &examples {
            // Now and then without the rules, so that they are not all it leans on.
            let without = chance.next().is_multiple_of(3);
            let used = |family: Family| !(without && family == Family::Rules);
            let sum: f32 = keys
                .iter()
                .filter(|(family, _)| used(*family))
                .filter_map(|(_, key)| weights.get(key))
                .map(|(weight, _)| weight)
                .sum();
            let slope = side / (1.0 + (side * sum).exp());
            for (_, key) in keys.iter().filter(|(family, _)| used(*family)) {
                if let Some((weight, square)) = weights.get_mut(key) {
                    let slope = slope - 1e-3 * *weight;
                    *square += slope * slope;
                    *weight += 0.1 * slope / square.sqrt();
                }
            }
        }
    }
    pack(&weights, knobs)
}

/// The largest weights, each in one byte.
fn pack(weights: &BTreeMap<u64, (f32, f32)>, knobs: &Knobs) -> Vec<(u64, Vec<u8>)> {
    let mut order: Vec<(u64, f32)> = weights
        .iter()
        .map(|(&key, &(weight, _))| (key, weight))
        .collect();
    order.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    order.truncate(knobs.number("kind_rows", 20_000.0) as usize);
    let most = order.first().map_or(1.0, |(_, weight)| weight.abs());
    order
        .iter()
        .map(|&(key, weight)| {
            (
                key,
                vec![((weight / most * 127.0).round() as i8).cast_unsigned()],
            )
        })
        .filter(|(_, cells)| cells[0] != 0)
        .collect()
}
