//! Which roles to show: those that are likely one by one and make sections that most readings agree on.
//!
//! A reading is one way in which roles may run through the text (`roles`). Each is cut by the rules. The roles shown
//! are then the row of roles for which the shares of the paragraphs, and what readings say of the sections that the
//! row makes, come to the most. Labelling first and cutting once would let one doubtful paragraph decide; cutting
//! apart from the roles shown would make sections that no reader could explain by the rules.

use super::cues::{ROLES, Scores};
use super::roles::{Drawn, Judgement, WAYS};
use super::rules::{OPENING, Running};
use crate::model::{Lens, RoleId};

/// The share of readings that must open a section at a place.
const ENOUGH: f32 = 0.38;
/// What an opening one paragraph beside it counts for.
const BESIDE: f32 = 0.3;
/// What an opening that all readings have is worth, beside a share of one paragraph.
const OPENS: f32 = 4.0;
/// What a paragraph in a section of the role that all readings give it is worth.
const INSIDE: f32 = 0.1;

/// The roles to show.
#[derive(Debug, Default)]
pub(super) struct Agreed {
    /// For every paragraph, as an index into the roles of the lens.
    pub(super) roles: Vec<u8>,
    /// For every paragraph the share of readings in which it lies in a section of each role.
    pub(super) votes: Vec<Scores>,
}

/// What is known of one part: a stretch without a heading inside.
struct Part<'a> {
    lens: &'a Lens,
    shares: &'a [Scores],
    votes: &'a [Scores],
    /// What opening a section is worth.
    opens: &'a [f32],
    /// The roles that each paragraph may have, most likely first.
    may: Vec<[u8; MAY]>,
}

/// The roles to show for the paragraphs judged; `parts` says for each in which part it stands.
pub(super) fn agree(judged: &Judgement, parts: &[u32], lens: &Lens) -> Agreed {
    let mut agreed = Agreed::default();
    let count = judged.shares.len();
    let mut start = 0;
    while start < count {
        let same = parts[start..]
            .iter()
            .take_while(|&&part| part == parts[start]);
        let end = start + same.count();
        let (votes, opens) = votes(&judged.ways[start..end], lens);
        let part = Part {
            lens,
            shares: &judged.shares[start..end],
            votes: &votes,
            opens: &opens,
            may: judged.shares[start..end]
                .iter()
                .map(|shares| likely(shares, lens.roles.len()))
                .collect(),
        };
        agreed.roles.extend(part.best());
        agreed.votes.extend(votes);
        start = end;
    }
    agreed
}

/// How the readings of a part vote: on the role of the section each paragraph lies in, and on what opening one there
/// is worth.
fn votes(ways: &[Drawn], lens: &Lens) -> (Vec<Scores>, Vec<f32>) {
    let one = 1.0 / WAYS as f32;
    let mut votes = vec![Scores::default(); ways.len()];
    let mut opened = vec![0.0_f32; ways.len() + 2];
    let mut row: Vec<Option<RoleId>> = vec![None; ways.len()];
    for way in 0..WAYS {
        for (role, drawn) in row.iter_mut().zip(ways) {
            *role = Some(RoleId(drawn[way]));
        }
        for made in super::rules::cut(&row, lens) {
            opened[made.paragraphs.start + 1] += one;
            for vote in &mut votes[made.paragraphs] {
                if let Some(role) = made.role {
                    vote[role.0 as usize] += one;
                }
            }
        }
    }
    // The first paragraph opens a section in any case: that says nothing of the second.
    opened[1] = 0.0;
    let worth = |beside: &[f32]| beside[1] + BESIDE * (beside[0] + beside[2]) - ENOUGH;
    let worth = opened.windows(3).map(worth).collect();
    (votes, worth)
}

/// How many roles a paragraph may have.
const MAY: usize = 3;

fn likely(shares: &Scores, roles: usize) -> [u8; MAY] {
    let mut best = [0_u8; MAY];
    let mut left = *shares;
    for place in &mut best {
        let mut at = 0;
        for role in 1..roles {
            if left[role] > left[at] {
                at = role;
            }
        }
        *place = at as u8;
        left[at] = -1.0;
    }
    best
}

/// What may be open: a section of a role, or one without yet, by length and whether it has satellites only.
const OPEN: usize = ROLES + 2 * OPENING as usize;
/// That, with which of its roles this paragraph has and which the next.
const STATES: usize = OPEN * MAY * MAY;

fn state(running: Running, here: usize, next: usize) -> usize {
    let open = match running.role {
        Some(role) => role.0 as usize,
        None => ROLES + (running.length as usize - 1) * 2 + usize::from(running.satellites),
    };
    (open * MAY + here) * MAY + next
}

fn running(state: usize) -> (Running, usize, usize) {
    let (open, here, next) = (state / MAY / MAY, state / MAY % MAY, state % MAY);
    let running = if open < ROLES {
        Running {
            role: Some(RoleId(open as u8)),
            length: OPENING,
            satellites: false,
        }
    } else {
        Running {
            role: None,
            length: ((open - ROLES) / 2 + 1) as u8,
            satellites: (open - ROLES) % 2 == 1,
        }
    };
    (running, here, next)
}

impl Part<'_> {
    fn role(&self, at: usize, choice: usize) -> Option<RoleId> {
        self.may.get(at).map(|may| RoleId(may[choice]))
    }

    /// How many roles there are to choose from at `at`: one behind the end, where it means nothing.
    fn choices(&self, at: usize) -> usize {
        match self.may.get(at) {
            Some(_) => MAY.min(self.lens.roles.len()),
            None => 1,
        }
    }

    fn share(&self, at: usize, choice: usize) -> f32 {
        self.may
            .get(at)
            .map_or(0.0, |may| self.shares[at][may[choice] as usize])
    }

    fn inside(&self, at: usize, running: Running) -> f32 {
        let vote = |role: RoleId| self.votes[at][role.0 as usize];
        running.role.map_or(0.0, |role| INSIDE * vote(role))
    }

    /// The best row of roles, by dynamic programming over what may be open at every paragraph.
    fn best(&self) -> Vec<u8> {
        let count = self.may.len();
        let mut worth = [f32::NEG_INFINITY; STATES];
        // For every state before paragraph 1 the choice of paragraph 0.
        let mut first = [0_usize; STATES];
        for zero in 0..self.choices(0) {
            let open = Running::begin(self.role(0, zero), self.lens);
            for one in 0..self.choices(1) {
                for two in 0..self.choices(2) {
                    let at = state(open, one, two);
                    let sum = self.share(0, zero)
                        + self.share(1, one)
                        + self.share(2, two)
                        + self.inside(0, open);
                    if sum > worth[at] {
                        (worth[at], first[at]) = (sum, zero);
                    }
                }
            }
        }
        let mut came: Vec<[u8; STATES]> = Vec::with_capacity(count);
        for at in 1..count {
            let mut next = [f32::NEG_INFINITY; STATES];
            let mut from = [0_u8; STATES];
            for (old, &sum) in worth.iter().enumerate() {
                if sum == f32::NEG_INFINITY {
                    continue;
                }
                let (open, here, behind) = running(old);
                for third in 0..self.choices(at + 2) {
                    let ahead = [
                        self.role(at, here),
                        self.role(at + 1, behind),
                        self.role(at + 2, third),
                    ];
                    let (open, opens) = open.step(ahead, self.lens);
                    let new = state(open, behind, third);
                    let opening = if opens { OPENS * self.opens[at] } else { 0.0 };
                    let sum = sum + opening + self.share(at + 2, third) + self.inside(at, open);
                    if sum > next[new] {
                        (next[new], from[new]) = (sum, old as u8);
                    }
                }
            }
            worth = next;
            came.push(from);
        }
        self.back(&worth, &came, &first)
    }

    /// The choices that led to the best state.
    fn back(
        &self,
        worth: &[f32; STATES],
        came: &[[u8; STATES]],
        first: &[usize; STATES],
    ) -> Vec<u8> {
        let best = |best: usize, at: usize| if worth[at] > worth[best] { at } else { best };
        let mut at = (0..STATES).fold(0, best);
        let mut roles = vec![0_u8; self.may.len()];
        for (paragraph, from) in came.iter().enumerate().rev() {
            at = from[at] as usize;
            roles[paragraph + 1] = self.may[paragraph + 1][running(at).1];
        }
        if let Some(zero) = roles.first_mut() {
            *zero = self.may[0][first[at]];
        }
        roles
    }
}
