//! The role of every paragraph: what its cues say, weighed with the habit of roles to follow one another.
//!
//! Forwards and backwards over the whole stretch, so that every paragraph is judged with all that stands around it
//! and with a share for each role that can be shown to a reader.

use super::cues::{ROLES, Score, Scores, Weights};
use crate::model::Lens;

/// How readily roles begin a text and follow one another: factors, 1 where nothing is known.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    begin: Scores,
    /// From one paragraph to the next; and over a heading.
    after: [[Scores; ROLES]; 2],
    /// What of a share is right, of paragraphs and of sections.
    sure: [Line; 2],
}

/// How many numbers habits are.
pub(super) const SIZE: usize = ROLES + 2 * ROLES * ROLES + 4;

/// How often one is right who is so and so sure: a line, as cross-validation found it.
#[derive(Clone, Copy, Debug)]
struct Line {
    from: f32,
    slope: f32,
}

impl Line {
    fn percent(self, share: f32) -> u8 {
        let right = self.from + self.slope * share;
        (right.clamp(0.0, 1.0) * 100.0).round() as u8
    }
}

/// What is judged of one paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) score: Score,
    /// How many headings stand before it.
    pub(super) part: u32,
}

impl Default for Habits {
    fn default() -> Self {
        Self {
            begin: [1.0; ROLES],
            after: [[[1.0; ROLES]; ROLES]; 2],
            sure: [Line {
                from: 0.0,
                slope: 1.0,
            }; 2],
        }
    }
}

impl Habits {
    /// Sets what `habit` names (`begin`, `after order`, `after heading order`, `sure`); `false` when there is no such thing.
    pub(super) fn set(&mut self, lens: &Lens, habit: &str, weights: &Weights) -> bool {
        let factors = weights
            .roles
            .map(|weight| (f32::from(weight) / 100.0).exp());
        if habit == "begin" {
            self.begin = factors;
            return true;
        }
        if habit == "sure" {
            let at = |at: usize| f32::from(weights.roles[at]) / 100.0;
            self.sure = [0, 2].map(|first| Line {
                from: at(first),
                slope: at(first + 1),
            });
            return true;
        }
        let Some(after) = habit.strip_prefix("after ") else {
            return false;
        };
        let (heading, name) = after
            .strip_prefix("heading ")
            .map_or((0, after), |name| (1, name));
        let Some(role) = lens.by_name(name) else {
            return false;
        };
        self.after[heading][role.0 as usize] = factors;
        true
    }

    /// How sure a paragraph that has this share of its role is to be right, of a hundred.
    pub(super) fn sure(&self, share: f32) -> u8 {
        self.sure[0].percent(share)
    }

    /// The same of a section.
    pub(super) fn sure_of_section(&self, share: f32) -> u8 {
        self.sure[1].percent(share)
    }

    /// All that is known, as numbers.
    pub(super) fn numbers(&self) -> [f32; SIZE] {
        let after = self.after.iter().flatten().flatten();
        let sure = self.sure.iter().flat_map(|line| [&line.from, &line.slope]);
        let mut all = self.begin.iter().chain(after).chain(sure);
        std::array::from_fn(|_| all.next().copied().unwrap_or_default())
    }

    /// The same, read back.
    pub(super) fn of_numbers(numbers: &[f32; SIZE]) -> Self {
        let after = |heading: usize, from: usize, to: usize| {
            numbers[ROLES + (heading * ROLES + from) * ROLES + to]
        };
        let sure = |at: usize| Line {
            from: numbers[SIZE - 4 + at * 2],
            slope: numbers[SIZE - 3 + at * 2],
        };
        Self {
            begin: std::array::from_fn(|role| numbers[role]),
            after: std::array::from_fn(|heading| {
                std::array::from_fn(|from| std::array::from_fn(|to| after(heading, from, to)))
            }),
            sure: std::array::from_fn(sure),
        }
    }

    /// For every step the share of each of the first `roles` roles; the shares of a step add up to 1. With them,
    /// `ways` ways in which the roles may run through the text, drawn by how likely they are.
    pub(super) fn judge(&self, steps: &[Step], roles: usize, ways: usize) -> Judgement {
        let mut shares: Vec<Scores> = Vec::with_capacity(steps.len());
        for (at, step) in steps.iter().enumerate() {
            let come = match at.checked_sub(1) {
                None => self.begin,
                Some(before) => {
                    let table = &self.after[usize::from(steps[before].part != step.part)];
                    along(&shares[before], table, roles)
                }
            };
            shares.push(level(&come, &step.score.roles, roles));
        }
        let ways = self.draw(steps, &shares, roles, ways);
        let mut ahead = [1.0; ROLES];
        for at in (0..steps.len()).rev() {
            let here = normal(
                std::array::from_fn(|role| shares[at][role] * ahead[role]),
                roles,
            );
            shares[at] = here;
            if let Some(before) = at.checked_sub(1) {
                let table = &self.after[usize::from(steps[before].part != steps[at].part)];
                let seen = level(&ahead, &steps[at].score.roles, roles);
                ahead = back(&seen, table, roles);
            }
        }
        Judgement { shares, ways }
    }

    /// From the last step back to the first, each drawn by what stood before and what comes after.
    fn draw(&self, steps: &[Step], forward: &[Scores], roles: usize, ways: usize) -> Vec<Drawn> {
        let mut chance = Chance(0x2545_f491_4f6c_dd1d);
        let mut drawn = vec![[0_u8; WAYS]; steps.len()];
        // Where the ways stand in the paragraph after this one.
        let mut ahead = [0_u8; WAYS];
        for at in (0..steps.len()).rev() {
            let next = steps.get(at + 1);
            for way in ahead.iter_mut().take(ways) {
                let weights = match next {
                    None => forward[at],
                    Some(next) => {
                        let table = &self.after[usize::from(next.part != steps[at].part)];
                        let to = *way as usize;
                        std::array::from_fn(|role| forward[at][role] * table[role][to])
                    }
                };
                *way = chance.pick(&weights, roles);
            }
            drawn[at] = ahead;
        }
        drawn
    }
}

/// Most ways that are drawn.
pub(super) const WAYS: usize = 64;

/// The role of a paragraph in each way.
pub(super) type Drawn = [u8; WAYS];

/// What [`Habits::judge`] finds.
#[derive(Debug, Default)]
pub(super) struct Judgement {
    pub(super) shares: Vec<Scores>,
    pub(super) ways: Vec<Drawn>,
}

/// Numbers that look drawn and are the same every time.
struct Chance(u64);

impl Chance {
    fn pick(&mut self, weights: &Scores, roles: usize) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let all: f32 = weights.iter().take(roles).sum();
        let mut left = (self.0 >> 40) as f32 / (1_u32 << 24) as f32 * all;
        for (role, weight) in weights.iter().enumerate().take(roles) {
            left -= weight;
            if left < 0.0 {
                return role as u8;
            }
        }
        roles.saturating_sub(1) as u8
    }
}

/// Shares after one change of paragraph.
fn along(shares: &Scores, table: &[Scores; ROLES], roles: usize) -> Scores {
    let mut next = [0.0; ROLES];
    for (share, row) in shares.iter().zip(table).take(roles) {
        for (sum, factor) in next.iter_mut().zip(row).take(roles) {
            *sum += share * factor;
        }
    }
    next
}

/// The same, looking back.
fn back(seen: &Scores, table: &[Scores; ROLES], roles: usize) -> Scores {
    std::array::from_fn(|from| {
        table[from]
            .iter()
            .zip(seen)
            .take(roles)
            .map(|(factor, share)| factor * share)
            .sum()
    })
}

/// Shares multiplied by what the cues say, brought back to a sum of 1.
fn level(shares: &Scores, nats: &Scores, roles: usize) -> Scores {
    let most = nats
        .iter()
        .take(roles)
        .copied()
        .fold(f32::NEG_INFINITY, f32::max);
    normal(
        std::array::from_fn(|role| shares[role] * (nats[role] - most).exp()),
        roles,
    )
}

fn normal(shares: Scores, roles: usize) -> Scores {
    let all: f32 = shares.iter().take(roles).sum();
    let over = if all > 0.0 && all.is_finite() {
        1.0 / all
    } else {
        0.0
    };
    std::array::from_fn(|role| match (role < roles, over > 0.0) {
        (false, _) => 0.0,
        (true, true) => shares[role] * over,
        (true, false) => 1.0 / roles as f32,
    })
}

/// The least share by which a role is shown. Below it a role is wrong more often than not by three to one.
const CARRIES: f32 = 0.25;

/// Whether a share is enough for a role to be shown.
pub(super) fn carries(share: f32) -> bool {
    share >= CARRIES
}

/// The best and the second best of `shares`.
pub(super) fn best_two(shares: &Scores, roles: usize) -> (usize, usize) {
    let (mut best, mut second) = (0, 0);
    for role in 1..roles {
        if shares[role] > shares[best] {
            (best, second) = (role, best);
        } else if second == best || shares[role] > shares[second] {
            second = role;
        }
    }
    (best, second)
}
