//! What is learnt: weights of cues for roles, with the habit of roles to follow one another (a linear-chain
//! conditional random field), and weights for being boilerplate (a logistic regression).

/// A paragraph as the learner sees it.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) features: Vec<u32>,
    pub(crate) scale: f64,
    /// Index of the role; `roles` for boilerplate.
    pub(crate) label: usize,
    /// How many headings stand before it.
    pub(crate) part: u32,
}

/// Where parameters lie: `features × roles` weights, then two tables of changes, then beginnings.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) features: usize,
    pub(crate) roles: usize,
}

impl Shape {
    pub(crate) fn size(self) -> usize {
        self.features * self.roles + 2 * self.roles * self.roles + self.roles
    }

    pub(crate) fn change(self, heading: bool, from: usize, to: usize) -> usize {
        self.features * self.roles + (usize::from(heading) * self.roles + from) * self.roles + to
    }

    pub(crate) fn begin(self, role: usize) -> usize {
        self.features * self.roles + 2 * self.roles * self.roles + role
    }

    pub(crate) fn scores(self, weights: &[f64], seen: &Seen) -> Vec<f64> {
        let mut sums = vec![0.0; self.roles];
        for &feature in &seen.features {
            let at = feature as usize * self.roles;
            for (sum, weight) in sums.iter_mut().zip(&weights[at..at + self.roles]) {
                *sum += weight * seen.scale;
            }
        }
        sums
    }
}

/// Loss and slope of the chain over `texts`, each with its importance.
pub(crate) fn loss(
    shape: Shape,
    weights: &[f64],
    texts: &[(Vec<Seen>, f64)],
    ridge: f64,
) -> (f64, Vec<f64>) {
    let mut slope: Vec<f64> = weights.iter().map(|weight| ridge * weight).collect();
    let mut total = 0.5 * ridge * weights.iter().map(|weight| weight * weight).sum::<f64>();
    for (text, importance) in texts {
        let body: Vec<&Seen> = text
            .iter()
            .filter(|seen| seen.label < shape.roles)
            .collect();
        if !body.is_empty() {
            total += importance * one(shape, weights, &body, *importance, &mut slope);
        }
    }
    (total, slope)
}

fn one(shape: Shape, weights: &[f64], body: &[&Seen], importance: f64, slope: &mut [f64]) -> f64 {
    let roles = shape.roles;
    let scores: Vec<Vec<f64>> = body
        .iter()
        .map(|seen| shape.scores(weights, seen))
        .collect();
    let crossing = |at: usize| body[at].part != body[at - 1].part;
    let change = |at: usize, from: usize, to: usize| weights[shape.change(crossing(at), from, to)];
    let mut forward = vec![vec![0.0; roles]; body.len()];
    for role in 0..roles {
        forward[0][role] = scores[0][role] + weights[shape.begin(role)];
    }
    for at in 1..body.len() {
        for to in 0..roles {
            let ways: Vec<f64> = (0..roles)
                .map(|from| forward[at - 1][from] + change(at, from, to))
                .collect();
            forward[at][to] = scores[at][to] + log_sum(&ways);
        }
    }
    let mut backward = vec![vec![0.0; roles]; body.len()];
    for at in (0..body.len() - 1).rev() {
        for from in 0..roles {
            let ways: Vec<f64> = (0..roles)
                .map(|to| change(at + 1, from, to) + scores[at + 1][to] + backward[at + 1][to])
                .collect();
            backward[at][from] = log_sum(&ways);
        }
    }
    let all = log_sum(&forward[body.len() - 1]);
    let mut gold = weights[shape.begin(body[0].label)];
    for (at, seen) in body.iter().enumerate() {
        gold += scores[at][seen.label];
        for role in 0..roles {
            let share = (forward[at][role] + backward[at][role] - all).exp();
            let error = importance * (share - f64::from(u8::from(seen.label == role)));
            for &feature in &seen.features {
                slope[feature as usize * roles + role] += error * seen.scale;
            }
            if at == 0 {
                slope[shape.begin(role)] += error;
            }
        }
        if at == 0 {
            continue;
        }
        gold += change(at, body[at - 1].label, seen.label);
        for from in 0..roles {
            for to in 0..roles {
                let share = (forward[at - 1][from]
                    + change(at, from, to)
                    + scores[at][to]
                    + backward[at][to]
                    - all)
                    .exp();
                let hit = body[at - 1].label == from && seen.label == to;
                slope[shape.change(crossing(at), from, to)] +=
                    importance * (share - f64::from(u8::from(hit)));
            }
        }
    }
    all - gold
}

/// Loss and slope of telling boilerplate from the rest.
pub(crate) fn boilerplate(
    features: usize,
    roles: usize,
    weights: &[f64],
    texts: &[(Vec<Seen>, f64)],
    ridge: f64,
) -> (f64, Vec<f64>) {
    let mut slope: Vec<f64> = weights.iter().map(|weight| ridge * weight).collect();
    let mut total = 0.5 * ridge * weights.iter().map(|weight| weight * weight).sum::<f64>();
    assert_eq!(weights.len(), features);
    for (text, importance) in texts {
        for seen in text {
            let score: f64 = seen
                .features
                .iter()
                .map(|&feature| weights[feature as usize])
                .sum::<f64>()
                * seen.scale;
            let is = f64::from(u8::from(seen.label == roles));
            total += importance * (score.max(0.0) - is * score + (-score.abs()).exp().ln_1p());
            let error = importance * (1.0 / (1.0 + (-score).exp()) - is);
            for &feature in &seen.features {
                slope[feature as usize] += error * seen.scale;
            }
        }
    }
    (total, slope)
}

fn log_sum(ways: &[f64]) -> f64 {
    let most = ways.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + ways.iter().map(|way| (way - most).exp()).sum::<f64>().ln()
}
