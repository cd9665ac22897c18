//! A linear chain of labels with features by row: learnt by gradient steps, one island at a time.
//!
//! Single-threaded and with fixed orders throughout, so that the same data gives the same weights.

use briefing::names::model::asset::{GAPS, LABELS};

/// Labels in use: outside, then first and further words of people, bodies and places.
pub(crate) const COUNT: usize = 7;

pub(crate) type Lanes = [f32; COUNT];

/// An island with its labels.
pub(crate) struct Item {
    pub(crate) gaps: Vec<u8>,
    pub(crate) labels: Vec<u8>,
    /// Rows of each word, one after the other; the two leading bits are the family.
    pub(crate) rows: Vec<u32>,
    /// Where the rows of each word end.
    pub(crate) ends: Vec<u32>,
    pub(crate) weight: f32,
    pub(crate) document: u32,
    /// A number for the spelling of each word, and a hash of its shape.
    pub(crate) spellings: Vec<u32>,
    pub(crate) shapes: Vec<u64>,
}

impl Item {
    fn rows_of(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        &self.rows[start..self.ends[at] as usize]
    }
}

/// How the chain learns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// Pull towards 0 with every step.
    pub(crate) decay: f32,
    /// Share of documents, per epoch, that are read without a family: lists, rules, votes.
    pub(crate) leave_out: [f32; 3],
    /// Share of all features that are left out at random.
    pub(crate) thin: f32,
}

pub(crate) struct Chain {
    pub(crate) weights: Vec<Lanes>,
    pub(crate) transitions: Vec<f32>,
    squares: Vec<Lanes>,
    transition_squares: Vec<f32>,
}

/// Working space for one island.
#[derive(Default)]
struct Space {
    scores: Vec<Lanes>,
    forward: Vec<Lanes>,
    backward: Vec<Lanes>,
    active: Vec<u32>,
    ends: Vec<usize>,
    chance: Chance,
}

/// What the sum of squared slopes of a row starts from: with much less, a row seen once or twice jumps to a weight
/// of its own, and the chain learns its texts by heart.
const CALM: f32 = 3.0;

const FAMILY: u32 = 30;
const ROW: u32 = (1 << FAMILY) - 1;

/// Whether label `to` may follow `from`.
fn allowed(from: usize, to: usize) -> bool {
    to == 0 || to % 2 == 1 || from == to || from + 1 == to
}

fn transition(gap: usize, from: usize, to: usize) -> usize {
    (gap * LABELS + from) * LABELS + to
}

impl Chain {
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            weights: vec![[0.0; COUNT]; rows],
            squares: vec![[CALM; COUNT]; rows],
            transitions: vec![0.0; GAPS * LABELS * LABELS],
            transition_squares: vec![1e-2; GAPS * LABELS * LABELS],
        }
    }

    /// Goes over `items` again and again; `kept` says which rows take part.
    pub(crate) fn learn(&mut self, items: &[Item], kept: Option<&[bool]>, pace: Pace, seed: u64) {
        let all: Vec<usize> = (0..items.len()).collect();
        self.learn_from(items, &all, kept, pace, seed);
    }

    /// Goes over `some` of `items`.
    pub(crate) fn learn_some(&mut self, items: &[Item], some: &[usize], pace: Pace) {
        self.learn_from(items, some, None, pace, 3);
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "what, of it which, with what, how, and from where"
    )]
    fn learn_from(
        &mut self,
        items: &[Item],
        some: &[usize],
        kept: Option<&[bool]>,
        pace: Pace,
        seed: u64,
    ) {
        let mut order = some.to_vec();
        let mut space = Space::default();
        let mut chance = Chance(seed);
        for epoch in 0..pace.epochs {
            for at in (1..order.len()).rev() {
                order.swap(at, (chance.next() % (at as u64 + 1)) as usize);
            }
            let rate = pace.rate / (1.0 + 0.15 * epoch as f32);
            let mut loss = 0.0;
            for &at in &order {
                let item = &items[at];
                let out = |family: u64, share: f32| {
                    let draw = Chance(
                        seed ^ (u64::from(item.document) << 20) ^ (epoch as u64 * 4 + family),
                    )
                    .next();
                    ((draw >> 40) as f32) < share * (1u64 << 24) as f32
                };
                let without = u32::from(out(1, pace.leave_out[0])) << 1
                    | u32::from(out(2, pace.leave_out[1])) << 2
                    | u32::from(out(3, pace.leave_out[2])) << 3;
                loss += self.step(item, kept, without, (rate, pace), &mut space);
            }
            println!(
                "  epoch {epoch}: loss {:.4} a word",
                loss / items.iter().map(|item| item.labels.len()).sum::<usize>() as f64
            );
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the innermost step takes what the loop around it holds"
    )]
    fn step(
        &mut self,
        item: &Item,
        kept: Option<&[bool]>,
        without: u32,
        (rate, pace): (f32, Pace),
        space: &mut Space,
    ) -> f64 {
        let count = item.labels.len();
        space.active.clear();
        space.ends.clear();
        space.scores.clear();
        let thin = (pace.thin * 256.0) as u64;
        let more = 1.0 / (1.0 - pace.thin);
        for at in 0..count {
            let mut scores = [0.0; COUNT];
            let mut dice = 0;
            for &row in item.rows_of(at) {
                let cell = row & ROW;
                if without >> (row >> FAMILY) & 1 == 1
                    || kept.is_some_and(|kept| !kept[cell as usize])
                {
                    continue;
                }
                if thin > 0 {
                    if dice < 256 {
                        dice = space.chance.next() | 1 << 63;
                    }
                    let out = dice & 255 < thin;
                    dice >>= 8;
                    if out {
                        continue;
                    }
                }
                space.active.push(cell);
                for (score, weight) in scores.iter_mut().zip(self.weights[cell as usize]) {
                    *score += weight;
                }
            }
            space.ends.push(space.active.len());
            space.scores.push(scores.map(|score| score * more));
        }
        let loss = self.expect(item, space);
        let mut start = 0;
        for at in 0..count {
            // What the labels say, less what the chain expects.
            let mut push = space.forward[at].map(|expected| -expected * item.weight);
            push[usize::from(item.labels[at])] += item.weight;
            for &place in &space.active[start..space.ends[at]] {
                let weights = &mut self.weights[place as usize];
                let squares = &mut self.squares[place as usize];
                for lane in 0..COUNT {
                    let slope = push[lane] - pace.decay * weights[lane];
                    squares[lane] += slope * slope;
                    weights[lane] += rate * slope / squares[lane].sqrt();
                }
            }
            start = space.ends[at];
        }
        self.step_transitions(item, rate, space);
        f64::from(loss * item.weight)
    }

    /// Leaves the chance of each label at each word in `space.forward`, before that the sums of both directions.
    fn expect(&self, item: &Item, space: &mut Space) -> f32 {
        let count = item.labels.len();
        let gap = |at: usize| usize::from(item.gaps[at]);
        space.forward.clear();
        space.backward.clear();
        space.backward.resize(count, [0.0; COUNT]);
        for at in 0..count {
            let mut sums = [f32::NEG_INFINITY; COUNT];
            for (to, sum) in sums.iter_mut().enumerate() {
                *sum =
                    if at == 0 {
                        if allowed(0, to) {
                            self.transitions[transition(gap(0), 0, to)]
                        } else {
                            f32::NEG_INFINITY
                        }
                    } else {
                        let before = space.forward[at - 1];
                        log_sum((0..COUNT).filter(|&from| allowed(from, to)).map(|from| {
                            before[from] + self.transitions[transition(gap(at), from, to)]
                        }))
                    } + space.scores[at][to];
            }
            space.forward.push(sums);
        }
        for at in (0..count - 1).rev() {
            let after = space.backward[at + 1];
            for from in 0..COUNT {
                space.backward[at][from] =
                    log_sum((0..COUNT).filter(|&to| allowed(from, to)).map(|to| {
                        self.transitions[transition(gap(at + 1), from, to)]
                            + space.scores[at + 1][to]
                            + after[to]
                    }));
            }
        }
        let whole = log_sum(space.forward[count - 1].into_iter());
        let mut truth = 0.0;
        let mut from = 0;
        for at in 0..count {
            let to = usize::from(item.labels[at]);
            truth += self.transitions[transition(gap(at), from, to)] + space.scores[at][to];
            from = to;
        }
        // Chances of pairs are needed for the transitions: kept as logs of sums until then.
        let pairs: Vec<Lanes> = space.forward.clone();
        for at in 0..count {
            for label in 0..COUNT {
                space.forward[at][label] =
                    (space.forward[at][label] + space.backward[at][label] - whole).exp();
            }
        }
        for at in 0..count {
            for label in 0..COUNT {
                space.scores[at][label] += space.backward[at][label] - whole;
            }
        }
        space.backward = pairs;
        whole - truth
    }

    /// After [`Self::expect`]: `backward` holds the forward sums, `scores` the scores with the backward sums.
    fn step_transitions(&mut self, item: &Item, rate: f32, space: &Space) {
        let mut from_truth = 0;
        for at in 0..item.labels.len() {
            let gap = usize::from(item.gaps[at]);
            let truth = usize::from(item.labels[at]);
            let before: Lanes = if at == 0 {
                let mut only = [f32::NEG_INFINITY; COUNT];
                only[0] = 0.0;
                only
            } else {
                space.backward[at - 1]
            };
            let old: Vec<f32> = (0..COUNT * COUNT)
                .map(|pair| self.transitions[transition(gap, pair / COUNT, pair % COUNT)])
                .collect();
            for (from, sum) in before
                .into_iter()
                .enumerate()
                .filter(|(_, sum)| sum.is_finite())
            {
                for to in (0..COUNT).filter(|&to| allowed(from, to)) {
                    let expected = (sum + old[from * COUNT + to] + space.scores[at][to])
                        .exp()
                        .min(1.0);
                    let told = f32::from(u8::from(from == from_truth && to == truth));
                    let slope = (told - expected) * item.weight;
                    let cell = transition(gap, from, to);
                    self.transition_squares[cell] += slope * slope;
                    self.transitions[cell] += rate * slope / self.transition_squares[cell].sqrt();
                }
            }
            from_truth = truth;
        }
    }
}

impl Chain {
    /// The best labels of an island.
    pub(crate) fn label(&self, item: &Item) -> Vec<u8> {
        let mut best = [f32::NEG_INFINITY; COUNT];
        best[0] = 0.0;
        let mut path = Vec::new();
        for at in 0..item.labels.len() {
            let mut next = [f32::NEG_INFINITY; COUNT];
            let mut from = [0; COUNT];
            for to in 0..COUNT {
                for before in (0..COUNT).filter(|&before| allowed(before, to)) {
                    let sum = best[before]
                        + self.transitions[transition(usize::from(item.gaps[at]), before, to)];
                    if sum > next[to] {
                        (next[to], from[to]) = (sum, before);
                    }
                }
                next[to] += item
                    .rows_of(at)
                    .iter()
                    .map(|row| self.weights[(row & ROW) as usize][to])
                    .sum::<f32>();
            }
            best = next;
            path.push(from);
        }
        let mut label = (0..COUNT)
            .max_by(|&a, &b| best[a].total_cmp(&best[b]))
            .unwrap_or(0);
        let mut labels: Vec<u8> = path
            .iter()
            .rev()
            .map(|from| {
                let own = label as u8;
                label = from[label];
                own
            })
            .collect();
        labels.reverse();
        labels
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most == f32::NEG_INFINITY {
        return most;
    }
    most + values.map(|value| (value - most).exp()).sum::<f32>().ln()
}

/// Numbers without pattern, the same every time.
#[derive(Default)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
