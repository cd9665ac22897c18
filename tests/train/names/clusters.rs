//! Clusters of words that stand in like places: counts of neighbours, made small by a projection, grouped in a tree.
//!
//! Everything runs in a fixed order from a fixed start, so the same text gives the same clusters.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use briefing::names::model::cluster_key;
use briefing::text::TextRange;
use briefing::text::tokens::{self, Gap, Shape};

use crate::chain::Chance;
use crate::corpus::{self, Sample};

/// A word has to be seen so often.
const LEAST: u32 = 4;
/// So many frequent words count as neighbours.
const NEIGHBOURS: usize = 2500;
/// Numbers that stand for a word.
const RANK: usize = 80;
/// More are computed, and the last left out.
const SPARE: usize = 12;
const WIDE: usize = RANK + SPARE;
/// Branches at each level of the tree: the number of a cluster has 5 + 3 + 3 bits.
const BRANCHES: [usize; 3] = [32, 8, 8];

type Row = [f32; WIDE];

/// Entries of the table of clusters: from `plain/*.gz` and the training texts, or from the file at `kept`.
pub(crate) fn learn(plain: &Path, samples: &[(Sample, f32)], kept: &Path) -> Vec<(u64, Vec<u8>)> {
    if let Ok(lines) = std::fs::read_to_string(kept) {
        return lines.lines().filter_map(|line| line.split_once('\t')).map(|(word, cluster)| entry(word, cluster.parse().expect("a number"))).collect();
    }
    let mut lines: Vec<Vec<String>> = Vec::new();
    for file in corpus::files(plain, "gz") {
        let run = Command::new("gzip").arg("-dc").arg(&file).output().expect("gzip is there");
        let text = String::from_utf8_lossy(&run.stdout);
        for line in text.lines() {
            sentences(line, TextRange::new(0, line.len()), &mut lines);
        }
    }
    for (sample, _) in samples {
        for block in &sample.document.blocks {
            sentences(&sample.document.text, block.range, &mut lines);
        }
    }
    let (words, counts) = count(&lines);
    println!("{} sentences, {} words to cluster, {} pairs", lines.len(), words.len(), counts.iter().map(Vec::len).sum::<usize>());
    drop(lines);
    let vectors = project(&counts);
    let tree = group(&vectors);
    if !kept.as_os_str().is_empty() {
        let lines: String = words.iter().zip(&tree).map(|(word, cluster)| format!("{word}\t{cluster}\n")).collect();
        std::fs::write(kept, lines).expect("a place to keep clusters");
    }
    words.iter().zip(tree).map(|(word, cluster)| entry(word, cluster)).collect()
}

fn entry(word: &str, cluster: u16) -> (u64, Vec<u8>) {
    (cluster_key(word), cluster.to_le_bytes().to_vec())
}

/// The words of `range`, small and with 0 for digits, by sentence.
fn sentences(text: &str, range: TextRange, lines: &mut Vec<Vec<String>>) {
    let mut words = Vec::new();
    tokens::words(text, range, &mut words);
    let mut line = Vec::new();
    for word in words {
        if word.gap == Gap::Sentence && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let digits = word.shape == Shape::Number;
        let zero = |letter: char| if letter.is_numeric() { '0' } else { letter };
        if word.gap == Gap::Comma {
            line.push(",".to_owned());
        }
        line.push(word.range.of(text).chars().flat_map(char::to_lowercase).map(zero).collect());
        if digits && line.last().is_some_and(|last| last.len() > 8) {
            line.pop();
        }
        if word.possessive {
            line.push("'s".to_owned());
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
}

/// Frequent words, and for each how often which neighbour stands where.
fn count(lines: &[Vec<String>]) -> (Vec<String>, Vec<Vec<(u32, f32)>>) {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    for word in lines.iter().flatten() {
        *seen.entry(word).or_default() += 1;
    }
    let mut order: Vec<(&str, u32)> = seen.into_iter().filter(|(_, count)| *count >= LEAST).collect();
    order.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let numbers: HashMap<&str, u32> = order.iter().enumerate().map(|(at, (word, _))| (*word, at as u32)).collect();
    let mut counts: Vec<HashMap<u32, f32>> = vec![HashMap::new(); order.len()];
    for line in lines {
        let numbered: Vec<Option<u32>> = line.iter().map(|word| numbers.get(word.as_str()).copied()).collect();
        for (at, number) in numbered.iter().enumerate() {
            let Some(number) = number else { continue };
            for (slot, step) in [-2_isize, -1, 1, 2].into_iter().enumerate() {
                let neighbour = match at.checked_add_signed(step).and_then(|at| numbered.get(at)) {
                    Some(Some(other)) if (*other as usize) < NEIGHBOURS => *other,
                    Some(_) => continue,
                    None => NEIGHBOURS as u32 + u32::from(step > 0),
                };
                let column = slot as u32 * (NEIGHBOURS as u32 + 2) + neighbour;
                *counts[*number as usize].entry(column).or_default() += 1.0;
            }
        }
    }
    let rows = counts
        .into_iter()
        .map(|row| {
            let mut row: Vec<(u32, f32)> = row.into_iter().collect();
            row.sort_unstable_by_key(|(column, _)| *column);
            row
        })
        .collect();
    (order.into_iter().map(|(word, _)| word.to_owned()).collect(), rows)
}

/// A short vector for each row: what is more frequent than chance, by its strongest directions.
fn project(counts: &[Vec<(u32, f32)>]) -> Vec<Row> {
    let columns = 4 * (NEIGHBOURS + 2);
    let mut sums = vec![0.0_f64; columns];
    for (column, count) in counts.iter().flatten() {
        sums[*column as usize] += f64::from(*count);
    }
    let whole: f64 = sums.iter().sum();
    let flat: f64 = sums.iter().map(|sum| sum.powf(0.75)).sum();
    let matrix: Vec<Vec<(u32, f32)>> = counts
        .iter()
        .map(|row| {
            let sum: f64 = row.iter().map(|(_, count)| f64::from(*count)).sum();
            row.iter()
                .map(|&(column, count)| {
                    let chance = sum * sums[column as usize].powf(0.75) / flat;
                    (column, (f64::from(count) / chance).ln().max(0.0) as f32)
                })
                .filter(|(_, value)| *value > 0.0)
                .collect()
        })
        .collect();
    println!("  {whole} pairs counted");
    let mut chance = Chance(11);
    let mut right: Vec<Row> = (0..columns).map(|_| std::array::from_fn(|_| (chance.next() >> 40) as f32 / 8_388_608.0 - 1.0)).collect();
    let mut left = Vec::new();
    for _ in 0..4 {
        left = times(&matrix, &right);
        square_up(&mut left);
        right = back(&matrix, &left, columns);
        if left.is_empty() {
            break;
        }
    }
    // `right` is Bᵀ for B = leftᵀ · matrix: its inner products give the directions.
    let (values, turns) = directions(&right);
    left.iter()
        .map(|row| {
            let mut turned = [0.0; WIDE];
            for (to, cell) in turned.iter_mut().enumerate().take(RANK) {
                let sum: f32 = (0..WIDE).map(|from| row[from] * turns[from][to]).sum();
                *cell = sum * values[to].max(0.0).sqrt().sqrt();
            }
            let size = turned.iter().map(|value| value * value).sum::<f32>().sqrt() + 1e-9;
            turned.map(|value| value / size)
        })
        .collect()
}

fn times(matrix: &[Vec<(u32, f32)>], right: &[Row]) -> Vec<Row> {
    matrix
        .iter()
        .map(|row| {
            let mut sum = [0.0; WIDE];
            for &(column, value) in row {
                for (cell, other) in sum.iter_mut().zip(&right[column as usize]) {
                    *cell += value * other;
                }
            }
            sum
        })
        .collect()
}

fn back(matrix: &[Vec<(u32, f32)>], left: &[Row], columns: usize) -> Vec<Row> {
    let mut sums = vec![[0.0; WIDE]; columns];
    for (row, other) in matrix.iter().zip(left) {
        for &(column, value) in row {
            for (cell, other) in sums[column as usize].iter_mut().zip(other) {
                *cell += value * other;
            }
        }
    }
    sums
}

/// Makes the columns orthonormal, one after the other.
fn square_up(rows: &mut [Row]) {
    for column in 0..WIDE {
        for _ in 0..2 {
            let mut shares = [0.0_f64; WIDE];
            for row in rows.iter() {
                for other in 0..column {
                    shares[other] += f64::from(row[other]) * f64::from(row[column]);
                }
            }
            for row in rows.iter_mut() {
                let off: f32 = (0..column).map(|other| row[other] * shares[other] as f32).sum();
                row[column] -= off;
            }
        }
        let size = rows.iter().map(|row| f64::from(row[column]).powi(2)).sum::<f64>().sqrt().max(1e-12);
        for row in rows.iter_mut() {
            row[column] /= size as f32;
        }
    }
}

/// Eigenvalues and vectors of `rowsᵀ · rows`, the largest first, by Jacobi's rotations.
fn directions(rows: &[Row]) -> (Vec<f32>, Vec<Vec<f32>>) {
    let mut a = vec![vec![0.0_f64; WIDE]; WIDE];
    for row in rows {
        for i in 0..WIDE {
            for j in 0..WIDE {
                a[i][j] += f64::from(row[i]) * f64::from(row[j]);
            }
        }
    }
    let mut v: Vec<Vec<f64>> = (0..WIDE).map(|i| (0..WIDE).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..12 {
        for p in 0..WIDE {
            for q in p + 1..WIDE {
                if a[p][q].abs() < 1e-9 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in a.iter_mut().chain(v.iter_mut()) {
                    let (x, y) = (row[p], row[q]);
                    row[p] = c * x - s * y;
                    row[q] = s * x + c * y;
                }
                for k in 0..WIDE {
                    let (x, y) = (a[p][k], a[q][k]);
                    a[p][k] = c * x - s * y;
                    a[q][k] = s * x + c * y;
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..WIDE).collect();
    order.sort_by(|&i, &j| a[j][j].total_cmp(&a[i][i]));
    let values = order.iter().map(|&i| a[i][i] as f32).collect();
    let turns = (0..WIDE).map(|from| order.iter().map(|&to| v[from][to] as f32).collect()).collect();
    (values, turns)
}

/// The number of the cluster of each vector: a branch at each level of the tree.
fn group(vectors: &[Row]) -> Vec<u16> {
    let mut numbers = vec![0_u16; vectors.len()];
    let mut groups: Vec<Vec<usize>> = vec![(0..vectors.len()).collect()];
    for branches in BRANCHES {
        let mut next = Vec::new();
        for members in groups {
            let split = split(vectors, &members, branches);
            for (branch, members) in split.into_iter().enumerate() {
                for &member in &members {
                    numbers[member] = numbers[member] * branches as u16 + branch as u16;
                }
                next.push(members);
            }
        }
        groups = next;
    }
    numbers
}

/// `members` in `branches` groups by nearness.
fn split(vectors: &[Row], members: &[usize], branches: usize) -> Vec<Vec<usize>> {
    let mut chance = Chance(members.len() as u64 * 31 + branches as u64);
    if members.len() <= branches {
        let mut groups: Vec<Vec<usize>> = members.iter().map(|&member| vec![member]).collect();
        groups.resize(branches, Vec::new());
        return groups;
    }
    // Frequent words make the better first middles: the members are sorted by frequency.
    let mut middles: Vec<Row> = Vec::new();
    let pool = members.len().min(branches * 40);
    while middles.len() < branches {
        let far = (0..20)
            .map(|_| members[(chance.next() % pool as u64) as usize])
            .max_by(|&a, &b| distance(&middles, &vectors[a]).total_cmp(&distance(&middles, &vectors[b])));
        middles.push(vectors[far.expect("twenty were drawn")]);
    }
    let mut groups = Vec::new();
    for _ in 0..25 {
        groups = vec![Vec::new(); branches];
        for &member in members {
            groups[nearest(&middles, &vectors[member])].push(member);
        }
        for (middle, group) in middles.iter_mut().zip(&groups).filter(|(_, group)| !group.is_empty()) {
            let mut sum = [0.0; WIDE];
            for &member in group {
                for (cell, value) in sum.iter_mut().zip(&vectors[member]) {
                    *cell += value;
                }
            }
            let size = sum.iter().map(|value| value * value).sum::<f32>().sqrt() + 1e-9;
            *middle = sum.map(|value| value / size);
        }
    }
    groups
}

fn dot(a: &Row, b: &Row) -> f32 {
    a.iter().zip(b).take(RANK).map(|(a, b)| a * b).sum()
}

fn nearest(middles: &[Row], vector: &Row) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, middle) in middles.iter().enumerate() {
        let near = dot(middle, vector);
        if near > best.1 {
            best = (at, near);
        }
    }
    best.0
}

/// How far `vector` is from the nearest of `middles`.
fn distance(middles: &[Row], vector: &Row) -> f32 {
    middles.iter().map(|middle| 1.0 - dot(middle, vector)).fold(2.0, f32::min)
}
