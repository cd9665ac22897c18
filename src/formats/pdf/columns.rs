//! [`columns`]: the words of a page to its columns, in the order in which a person reads them.
//!
//! It stands apart because it looks at the white of a page, not at its words: a gutter that no word crosses over many
//! lines parts columns; what crosses it stands above or below them. A table has gutters too, and is told apart by its
//! ragged, short cells: its lines stay whole.

use super::lines::{self, Line};
use super::words::Word;

/// Width of the narrowest gutter, in sizes of the words beside it.
const GUTTER: f64 = 0.6;
/// Lines that a column has at least.
const LINES: usize = 4;
/// Words that lines of a column have on average.
const WORDS: f64 = 2.2;
/// Part of the width that a column takes at least.
const PART: f64 = 0.18;
/// Distance of the places at which a gutter is looked for, in sizes, and how many there are at most.
const STEP: f64 = 0.1;
const STEPS: usize = 600;
/// How often a page is parted, one part in the other.
const DEPTH: usize = 4;

/// Lines that stand below one another.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) lines: Vec<Line>,
}

/// Where columns stand side by side: these rows, parted here.
struct Parted {
    first: usize,
    end: usize,
    at: f64,
}

/// The columns of a page in reading order.
pub(super) fn columns(words: Vec<Word>) -> Vec<Column> {
    let mut columns = Vec::new();
    part(lines::rows(words), DEPTH, &mut columns);
    columns
}

fn part(mut rows: Vec<Vec<Word>>, depth: usize, columns: &mut Vec<Column>) {
    if rows.is_empty() {
        return;
    }
    let parted = if depth > 0 { gutter(&rows) } else { None };
    let Some(Parted { first, end, at }) = parted else {
        let words: Vec<Word> = rows.into_iter().flatten().collect();
        columns.push(Column::new(words));
        return;
    };
    let below = rows.split_off(end);
    let beside = rows.split_off(first);
    part(rows, depth - 1, columns);
    let (left, right): (Vec<Word>, Vec<Word>) =
        beside.into_iter().flatten().partition(|word| word.x0 < at);
    part(lines::rows(left), depth - 1, columns);
    part(lines::rows(right), depth - 1, columns);
    part(below, depth - 1, columns);
}

impl Column {
    fn new(words: Vec<Word>) -> Self {
        let left = words.iter().map(|word| word.x0).fold(f64::MAX, f64::min);
        let right = words.iter().map(|word| word.x1).fold(0.0, f64::max);
        Self {
            left,
            right,
            lines: lines::lines(words),
        }
    }
}

/// The best place to part columns at, if there is one.
fn gutter(rows: &[Vec<Word>]) -> Option<Parted> {
    let all = || rows.iter().flatten();
    let left = all().map(|word| word.x0).fold(f64::MAX, f64::min);
    let right = all().map(|word| word.x1).fold(0.0, f64::max);
    let width = right - left;
    let mut sizes: Vec<f64> = all().map(|word| word.size).collect();
    sizes.sort_by(f64::total_cmp);
    let size = sizes.get(sizes.len() / 2).copied()?;
    if rows.len() < LINES || width < size * 12.0 || !width.is_finite() {
        return None;
    }
    let inner = (left + width * PART, right - width * PART);
    let step = ((inner.1 - inner.0) / STEPS as f64).max(size * STEP);
    let mut best: Option<(usize, Parted)> = None;
    let mut at = inner.0;
    while at < inner.1 {
        let white = (at - size * GUTTER / 2.0, at + size * GUTTER / 2.0);
        for (first, end) in uncrossed(rows, white) {
            let Some((rank, parted)) = judge(rows, (first, end), at, (left, right)) else {
                continue;
            };
            if best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, parted));
            }
        }
        at += step;
    }
    best.map(|(_, parted)| parted)
}

/// The longest stretches of rows that no word crosses in `white`.
fn uncrossed(rows: &[Vec<Word>], white: (f64, f64)) -> Vec<(usize, usize)> {
    let crosses = |row: &Vec<Word>| {
        let inside = |word: &Word| word.x0 < white.1 && word.x1 > white.0;
        row.iter().any(inside)
    };
    let mut stretches = Vec::new();
    let mut first = None;
    for (at, row) in rows.iter().enumerate() {
        if crosses(row) {
            if let Some(first) = first.take() {
                stretches.push((first, at));
            }
        } else {
            first.get_or_insert(at);
        }
    }
    stretches.extend(first.map(|first| (first, rows.len())));
    stretches.retain(|&(first, end)| end - first >= LINES);
    stretches
}

/// Whether columns stand at both sides of `at`, and how much speaks for it.
fn judge(
    rows: &[Vec<Word>],
    (mut first, mut end): (usize, usize),
    at: f64,
    (left, right): (f64, f64),
) -> Option<(usize, Parted)> {
    // What stands at one side alone, with white towards the rest of its side, is not of the columns.
    while first + LINES < end && is_apart(rows, (first, end), at, true) {
        first += 1;
    }
    while first + LINES < end && is_apart(rows, (first, end), at, false) {
        end -= 1;
    }
    let beside = rows.get(first..end)?;
    let one = Side::of(beside, |word| word.x0 < at);
    let other = Side::of(beside, |word| word.x0 >= at);
    // They stand beside, not below one another.
    let shared = one.bottom.min(other.bottom) - one.top.max(other.top);
    let least = PART * (right - left);
    let text = one.is_full()
        && other.is_full()
        && shared >= 0.6 * (one.bottom - one.top).min(other.bottom - other.top)
        && one.end - left >= least
        && right - other.start >= least
        && one.filled() * 2 >= one.lines.len()
        && (other.filled() * 2 >= other.lines.len() || other.filled() >= LINES)
        && other.aligned() * 10 >= other.lines.len() * 6;
    if !text || (beside.len() < 3 * LINES && is_table(beside)) {
        return None;
    }
    // Longer columns first, then wider gutters.
    let white = (other.start - one.end).max(0.0);
    let rank = (end - first) * 10_000 + (white * 10.0) as usize;
    let middle = f64::midpoint(one.end, other.start);
    let at = if one.end < other.start { middle } else { at };
    Some((rank, Parted { first, end, at }))
}

/// Whether most rows have several wide gaps: few rows of that kind are a table's, not three columns.
fn is_table(rows: &[Vec<Word>]) -> bool {
    let wide = |row: &&Vec<Word>| {
        let mut spans: Vec<&Word> = row.iter().collect();
        spans.sort_by(|one, other| one.x0.total_cmp(&other.x0));
        let gaps = spans.windows(2);
        gaps.filter(|pair| pair[1].x0 - pair[0].x1 > pair[1].size)
            .count()
            >= 2
    };
    rows.iter().filter(wide).count() * 2 >= rows.len()
}

/// What stands at one side of a gutter.
struct Side {
    /// Of each line: how many words it has, where it begins and ends.
    lines: Vec<(usize, f64, f64)>,
    start: f64,
    end: f64,
    top: f64,
    bottom: f64,
}

impl Side {
    fn of(rows: &[Vec<Word>], is: impl Fn(&Word) -> bool) -> Self {
        let mut side = Self {
            lines: Vec::new(),
            start: f64::MAX,
            end: 0.0,
            top: f64::MAX,
            bottom: 0.0,
        };
        for row in rows {
            let mut line = (0, f64::MAX, 0.0_f64);
            for word in row.iter().filter(|word| is(word)) {
                line = (line.0 + 1, line.1.min(word.x0), line.2.max(word.x1));
                side.top = side.top.min(word.base);
                side.bottom = side.bottom.max(word.base);
            }
            if line.0 > 0 {
                side.lines.push(line);
                side.start = side.start.min(line.1);
                side.end = side.end.max(line.2);
            }
        }
        side
    }

    /// Whether it has as many lines, and they as many words, as text has.
    fn is_full(&self) -> bool {
        let words: usize = self.lines.iter().map(|line| line.0).sum();
        self.lines.len() >= LINES && words as f64 / self.lines.len() as f64 >= WORDS
    }

    /// How many lines reach the end: lines of text do, cells of a table seldom.
    fn filled(&self) -> usize {
        let room = 0.2 * (self.end - self.start);
        let ends = self.lines.iter().filter(|line| self.end - line.2 < room);
        ends.count()
    }

    /// How many lines begin at the start.
    fn aligned(&self) -> usize {
        let room = 0.1 * (self.end - self.start);
        let starts = self.lines.iter().filter(|line| line.1 - self.start < room);
        starts.count()
    }
}

/// Whether the first or last row stands at one side of `at` alone, and further from the next one there than lines do.
fn is_apart(rows: &[Vec<Word>], (first, end): (usize, usize), at: f64, above: bool) -> bool {
    let outer = if above { first } else { end - 1 };
    let row = &rows[outer];
    let left = row.iter().any(|word| word.x0 < at);
    if left && row.iter().any(|word| word.x0 >= at) {
        return false;
    }
    let beside = |row: &Vec<Word>| row.iter().any(|word| (word.x0 < at) == left);
    let inner = if above {
        (first + 1..end).find(|&row| beside(&rows[row]))
    } else {
        (first..end - 1).rev().find(|&row| beside(&rows[row]))
    };
    inner.is_none_or(|inner| {
        let distance = (rows[inner][0].base - row[0].base).abs();
        distance > 2.2 * row[0].size.max(rows[inner][0].size)
    })
}
