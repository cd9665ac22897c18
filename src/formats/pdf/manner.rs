//! [`Manner`]: how a document is set: the size of its text, the distance of its lines, the sizes of its headings.
//!
//! It stands apart because it is decided once, on the first pages, and holds for the whole: what was shown of the
//! beginning stays as it was when the rest has been read.

use super::columns::Column;
use super::lines::Line;

/// Letters this much larger than those of the text are a heading's.
pub(super) const LARGER: f64 = 1.1;
/// Sizes this near to each other are one, in points.
const SAME: f64 = 0.4;

/// How a document is set.
#[derive(Clone, Debug)]
pub(super) struct Manner {
    /// Size of the text.
    pub(super) body: f64,
    /// Whether the text itself is bold.
    pub(super) bold: bool,
    /// Distance of two lines, in sizes.
    pub(super) leading: f64,
    /// Whether paragraphs begin with an indent.
    pub(super) indents: bool,
    /// Sizes of headings, largest first.
    sizes: Vec<f64>,
}

impl Manner {
    /// How the lines of the first pages are set.
    pub(super) fn of(pages: &[Vec<Column>]) -> Self {
        let lines = || pages.iter().flatten().flat_map(|column| &column.lines);
        let letters = |line: &Line| line.words.iter().map(|word| word.text.len()).sum::<usize>();
        let mut by_size: Vec<(f64, usize)> = Vec::new();
        for line in lines() {
            match by_size
                .iter_mut()
                .find(|it| (it.0 - line.size).abs() < SAME)
            {
                Some(size) => size.1 += letters(line),
                None => by_size.push((line.size, letters(line))),
            }
        }
        let most = by_size.iter().max_by_key(|size| size.1);
        let body = most.map_or(10.0, |most| most.0);
        let all: usize = by_size.iter().map(|size| size.1).sum();
        let mut sizes: Vec<f64> = by_size
            .iter()
            .filter(|size| size.0 >= body * LARGER && size.1 * 4 < all)
            .map(|size| size.0)
            .collect();
        sizes.sort_by(|one, other| other.total_cmp(one));
        let of_body = |line: &&Line| (line.size - body).abs() < SAME;
        let bold = lines()
            .filter(of_body)
            .filter(|line| line.bold)
            .map(letters)
            .sum::<usize>();
        let texts = lines().filter(of_body).map(letters).sum::<usize>();
        Self {
            body,
            bold: bold * 2 > texts,
            leading: leading(pages, body),
            indents: indents(pages, body),
            sizes,
        }
    }

    /// How deep a heading of this size stands, from 1; the title's size counts, if there is a title of it.
    pub(super) fn level(&self, size: f64, title: Option<f64>) -> u8 {
        let above = self.sizes.iter().filter(|&&other| {
            other > size + SAME && title.is_none_or(|title| other < title - SAME)
        });
        let bold = size < self.body * LARGER;
        (above.count() as u8 + 1).min(if bold { 6 } else { 5 })
    }

    /// Where most lines of a column begin that are of the text's size.
    pub(super) fn margin(&self, column: &Column) -> f64 {
        let mut starts: Vec<(f64, usize)> = Vec::new();
        let of_body = |line: &&Line| (line.size - self.body).abs() < SAME;
        for line in column.lines.iter().filter(of_body) {
            match starts
                .iter_mut()
                .find(|it| (it.0 - line.x0).abs() < self.body * 0.3)
            {
                Some(start) => start.1 += 1,
                None => starts.push((line.x0, 1)),
            }
        }
        let most = starts.iter().max_by_key(|start| start.1);
        most.map_or(column.left, |most| most.0)
    }

    /// Whether letters of this size are the largest of the first pages.
    pub(super) fn is_largest(&self, size: f64) -> bool {
        self.sizes
            .first()
            .is_some_and(|&largest| size > largest - SAME)
    }

    /// Whether lines of these sizes can stand in one paragraph.
    pub(super) fn is_same(one: f64, other: f64) -> bool {
        (one - other).abs() < SAME + 0.03 * one.min(other)
    }
}

/// The usual distance of two lines of the text, in sizes.
fn leading(pages: &[Vec<Column>], body: f64) -> f64 {
    let pairs = pages
        .iter()
        .flatten()
        .flat_map(|column| column.lines.windows(2));
    let mut distances: Vec<f64> = pairs
        .filter(|pair| pair.iter().all(|line| (line.size - body).abs() < SAME))
        .map(|pair| (pair[1].base - pair[0].base) / body)
        .filter(|distance| (0.8..3.0).contains(distance))
        .collect();
    distances.sort_by(f64::total_cmp);
    // Below the middle: distances of paragraphs are among them.
    let usual = distances.get(distances.len() * 2 / 5);
    usual.copied().unwrap_or(1.2)
}

fn indents(pages: &[Vec<Column>], body: f64) -> bool {
    let (mut indented, mut apart) = (0, 0);
    let leading = leading(pages, body) * body;
    for column in pages.iter().flatten() {
        for pair in column.lines.windows(3) {
            let [before, line, after] = pair else {
                continue;
            };
            let by = line.x0 - column.left;
            let near = |line: &Line| (line.x0 - column.left).abs() < body * 0.3;
            indented +=
                usize::from(by > body * 0.8 && by < body * 4.0 && near(after) && near(before));
            apart += usize::from(line.base - before.base > leading * 1.3 && near(line));
        }
    }
    indented >= 3 && indented * 3 > apart
}
