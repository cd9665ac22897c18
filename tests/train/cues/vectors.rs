//! Word vectors from plain text: how words keep company (PPMI), brought down to a few numbers (subspace iteration).
//!
//! Nothing here is drawn by chance that is not drawn alike every time, so that the same text gives the same bytes.

use std::collections::HashMap;
use std::path::Path;

use briefing::sections::features;

/// What words mean, as far as their neighbours tell.
pub(crate) struct Vectors {
    pub(crate) size: usize,
    pub(crate) words: Vec<String>,
    by_key: HashMap<u64, u32>,
    rows: Vec<f32>,
}

/// How far a word sees, to either side.
const WINDOW: usize = 5;
/// Words that may be neighbours.
const COMPANY: usize = 3000;
/// How often a word must stand in the text.
const LEAST: usize = 12;

impl Vectors {
    pub(crate) fn none() -> Self {
        Self {
            size: 0,
            words: Vec::new(),
            by_key: HashMap::new(),
            rows: Vec::new(),
        }
    }

    /// The vector of the word with this key.
    pub(crate) fn of(&self, key: u64) -> Option<&[f32]> {
        let at = *self.by_key.get(&key)? as usize * self.size;
        self.rows.get(at..at + self.size)
    }

    /// Learnt from every text file in `folder`; `rounds` of iteration.
    pub(crate) fn learn(folder: &Path, size: usize) -> Self {
        let text = crate::plain::plain(folder);
        let (words, ids, counts) = vocabulary(&text);
        let company = COMPANY.min(words.len());
        let together = company_kept(&text, &ids, words.len(), company);
        let informative = positive(&together, words.len(), company);
        let basis = subspace(&informative, company, size);
        let mut rows = vec![0.0_f32; words.len() * size];
        for (word, row) in rows.chunks_mut(size).enumerate() {
            for &(other, weight) in &informative[word] {
                let of = &basis[other as usize * size..(other as usize + 1) * size];
                for (sum, part) in row.iter_mut().zip(of) {
                    *sum += weight * part;
                }
            }
            let length = row.iter().map(|part| part * part).sum::<f32>().sqrt();
            // Common words tell little: smooth inverse frequency.
            let share = counts[word] as f32 / counts.iter().sum::<usize>() as f32;
            let worth = 1e-3 / (1e-3 + share);
            for part in row.iter_mut() {
                *part *= worth / length.max(1e-6);
            }
        }
        let by_key = words
            .iter()
            .enumerate()
            .map(|(id, word)| (features::key(word), id as u32))
            .collect();
        Self {
            size,
            words,
            by_key,
            rows,
        }
    }
}

type Vocabulary = (Vec<String>, HashMap<u64, u32>, Vec<usize>);

/// Words that stand often enough, most frequent first.
fn vocabulary(text: &str) -> Vocabulary {
    let mut counts: HashMap<u64, (usize, usize, usize)> = HashMap::new();
    features::each_word(text, |key, start, end| {
        counts.entry(key).or_insert((0, start, end)).0 += 1;
    });
    let mut kept: Vec<(usize, String, u64)> = counts
        .into_iter()
        .filter(|(_, (count, ..))| *count >= LEAST)
        .map(|(key, (count, start, end))| {
            let word = text.get(start..end).expect("words end between letters");
            (count, features::normal(word), key)
        })
        .collect();
    kept.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let ids = kept
        .iter()
        .enumerate()
        .map(|(id, (.., key))| (*key, id as u32))
        .collect();
    let counts = kept.iter().map(|(count, ..)| *count).collect();
    (
        kept.into_iter().map(|(_, word, _)| word).collect(),
        ids,
        counts,
    )
}

/// How often each word stands near each of the `company` most frequent ones, nearer counting more.
fn company_kept(text: &str, ids: &HashMap<u64, u32>, words: usize, company: usize) -> Vec<f32> {
    let mut together = vec![0.0_f32; words * company];
    for line in text.lines() {
        let mut here = Vec::new();
        features::each_word(line, |key, _, _| here.extend(ids.get(&key).copied()));
        for (at, &word) in here.iter().enumerate() {
            for (far, &other) in (1_u8..).zip(&here[at + 1..here.len().min(at + 1 + WINDOW)]) {
                let worth = 1.0 / f32::from(far);
                for (one, two) in [(word, other), (other, word)] {
                    if (two as usize) < company {
                        together[one as usize * company + two as usize] += worth;
                    }
                }
            }
        }
    }
    together
}

/// Positive pointwise mutual information, by row.
fn positive(together: &[f32], words: usize, company: usize) -> Vec<Vec<(u32, f32)>> {
    let mut columns = vec![0.0_f64; company];
    let mut of_rows = vec![0.0_f64; words];
    for (word, row) in together.chunks(company).enumerate() {
        for (other, &count) in row.iter().enumerate() {
            columns[other] += f64::from(count);
            of_rows[word] += f64::from(count);
        }
    }
    // Rare company is smoothed, as it would be too telling.
    let smooth: Vec<f64> = columns.iter().map(|count| count.powf(0.75)).collect();
    let all: f64 = smooth.iter().sum();
    let row = |(word, row): (usize, &[f32])| {
        let cells = row.iter().enumerate().filter(|(_, count)| **count > 0.0);
        let inform = cells.map(|(other, &count)| {
            let expected = of_rows[word] * smooth[other] / all;
            (other as u32, (f64::from(count) / expected).ln() as f32)
        });
        inform.filter(|(_, weight)| *weight > 0.0).collect()
    };
    together.chunks(company).enumerate().map(row).collect()
}

/// The `size` directions in which the rows differ most, as `company × size`, each divided by the root of its strength.
fn subspace(rows: &[Vec<(u32, f32)>], company: usize, size: usize) -> Vec<f32> {
    const ROUNDS: usize = 12;
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut basis: Vec<f32> = (0..company * size)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1_u32 << 23) as f32 - 1.0
        })
        .collect();
    let mut strength = vec![1.0_f32; size];
    for _ in 0..ROUNDS {
        orthogonal(&mut basis, size);
        let mut next = vec![0.0_f32; company * size];
        let mut seen = vec![0.0_f32; size];
        for row in rows {
            seen.fill(0.0);
            for &(other, weight) in row {
                let of = &basis[other as usize * size..(other as usize + 1) * size];
                for (sum, part) in seen.iter_mut().zip(of) {
                    *sum += weight * part;
                }
            }
            for &(other, weight) in row {
                let to = &mut next[other as usize * size..(other as usize + 1) * size];
                for (sum, part) in to.iter_mut().zip(&seen) {
                    *sum += weight * part;
                }
            }
        }
        basis = next;
        for (column, strength) in strength.iter_mut().enumerate() {
            let squares = basis.iter().skip(column).step_by(size);
            *strength = squares.map(|part| part * part).sum::<f32>().sqrt().sqrt();
        }
    }
    orthogonal(&mut basis, size);
    // Half of the strength is taken away: the first directions would drown the others.
    for row in basis.chunks_mut(size) {
        for (part, strength) in row.iter_mut().zip(&strength) {
            *part /= strength.max(1e-6).sqrt();
        }
    }
    basis
}

/// Makes the columns orthogonal and of length 1 (Gram and Schmidt, in order).
fn orthogonal(basis: &mut [f32], size: usize) {
    let rows = basis.len() / size;
    let mut columns: Vec<Vec<f32>> = (0..size)
        .map(|column| (0..rows).map(|row| basis[row * size + column]).collect())
        .collect();
    for at in 0..size {
        let (done, rest) = columns.split_at_mut(at);
        let here = &mut rest[0];
        for before in done.iter() {
            let along: f32 = before.iter().zip(here.iter()).map(|(a, b)| a * b).sum();
            for (part, other) in here.iter_mut().zip(before) {
                *part -= along * other;
            }
        }
        let length = here.iter().map(|part| part * part).sum::<f32>().sqrt();
        for part in here.iter_mut() {
            *part /= length.max(1e-12);
        }
    }
    for (column, of) in columns.iter().enumerate() {
        for (row, part) in of.iter().enumerate() {
            basis[row * size + column] = *part;
        }
    }
}

impl std::fmt::Debug for Vectors {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} vectors of {}", self.words.len(), self.size)
    }
}
