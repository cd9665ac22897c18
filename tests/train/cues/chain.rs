//! What is learnt: weights of cues for roles, with the habit of roles to follow one another (a linear-chain
//! conditional random field), and weights for being boilerplate (a logistic regression).

/// A paragraph as the learner sees it.
#[derive(Clone)]
pub(crate) struct Seen {
    pub(crate) features: Vec<u32>,
    pub(crate) scale: f64,
    /// The sum of its words' vectors, scaled.
    pub(crate) dense: Vec<f64>,
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
    /// How many numbers a vector has.
    pub(crate) dense: usize,
}

impl Shape {
    pub(crate) fn size(self) -> usize {
        self.dense_at(self.dense)
    }

    /// Where the weights of one number of the vectors lie: behind all others.
    pub(crate) fn dense_at(self, number: usize) -> usize {
        self.begin(0) + self.roles + number * self.roles
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
        for (number, part) in seen.dense.iter().enumerate() {
            let at = self.dense_at(number);
            for (sum, weight) in sums.iter_mut().zip(&weights[at..at + self.roles]) {
                *sum += weight * part;
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

/// One text and what its cues say, while its slope is added up.
struct Text<'a> {
    shape: Shape,
    weights: &'a [f64],
    body: &'a [&'a Seen],
    scores: Vec<Vec<f64>>,
}

impl Text<'_> {
    fn change_at(&self, at: usize, from: usize, to: usize) -> usize {
        let heading = self.body[at].part != self.body[at - 1].part;
        self.shape.change(heading, from, to)
    }

    fn change(&self, at: usize, from: usize, to: usize) -> f64 {
        self.weights[self.change_at(at, from, to)]
    }

    fn forward(&self) -> Vec<Vec<f64>> {
        let roles = self.shape.roles;
        let begin =
            (0..roles).map(|role| self.scores[0][role] + self.weights[self.shape.begin(role)]);
        let mut forward = vec![begin.collect::<Vec<f64>>()];
        for at in 1..self.body.len() {
            let before = &forward[at - 1];
            let here = (0..roles).map(|to| {
                let ways: Vec<f64> = (0..roles)
                    .map(|from| before[from] + self.change(at, from, to))
                    .collect();
                self.scores[at][to] + log_sum(&ways)
            });
            let here = here.collect();
            forward.push(here);
        }
        forward
    }

    fn backward(&self) -> Vec<Vec<f64>> {
        let roles = self.shape.roles;
        let mut backward = vec![vec![0.0; roles]; self.body.len()];
        for at in (1..self.body.len()).rev() {
            for from in 0..roles {
                let way =
                    |to: usize| self.change(at, from, to) + self.scores[at][to] + backward[at][to];
                let ways: Vec<f64> = (0..roles).map(way).collect();
                backward[at - 1][from] = log_sum(&ways);
            }
        }
        backward
    }
}

fn one(shape: Shape, weights: &[f64], body: &[&Seen], importance: f64, slope: &mut [f64]) -> f64 {
    let scores = body
        .iter()
        .map(|seen| shape.scores(weights, seen))
        .collect();
    let text = Text {
        shape,
        weights,
        body,
        scores,
    };
    let (forward, backward) = (text.forward(), text.backward());
    let whole = log_sum(&forward[body.len() - 1]);
    let hit = |is: bool| f64::from(u8::from(is));
    let mut gold = weights[shape.begin(body[0].label)];
    for (at, seen) in body.iter().enumerate() {
        gold += text.scores[at][seen.label];
        for role in 0..shape.roles {
            let belief = (forward[at][role] + backward[at][role] - whole).exp();
            let error = importance * (belief - hit(seen.label == role));
            for &feature in &seen.features {
                slope[feature as usize * shape.roles + role] += error * seen.scale;
            }
            for (number, part) in seen.dense.iter().enumerate() {
                slope[shape.dense_at(number) + role] += error * part;
            }
            if at == 0 {
                slope[shape.begin(role)] += error;
            }
        }
    }
    for at in 1..body.len() {
        let (left, right) = (body[at - 1].label, body[at].label);
        gold += text.change(at, left, right);
        for from in 0..shape.roles {
            for to in 0..shape.roles {
                let way = forward[at - 1][from]
                    + text.change(at, from, to)
                    + text.scores[at][to]
                    + backward[at][to];
                let error = (way - whole).exp() - hit(left == from && right == to);
                slope[text.change_at(at, from, to)] += importance * error;
            }
        }
    }
    whole - gold
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
            let truth = f64::from(u8::from(seen.label == roles));
            total += importance * (score.max(0.0) - truth * score + (-score.abs()).exp().ln_1p());
            let error = importance * (1.0 / (1.0 + (-score).exp()) - truth);
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
