//! The score table: how what was told of labelled documents agrees with the labels.
//!
//! The measures are those by which the labelled documents are scored elsewhere (macro-F1 over seven roles, boundaries
//! between paragraphs, `WindowDiff`, the role of the section), so that a choice can be made in one run.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::gold::{Gold, Stretch};

/// A paragraph or heading as the program sees it, in code points of the labelled file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// Role, `boilerplate`, or nothing.
    pub(crate) role: Option<String>,
    pub(crate) heading: bool,
    /// How sure of its role it is, of a hundred.
    pub(crate) confidence: u8,
}

/// What was told of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    pub(crate) lines: Vec<Line>,
    pub(crate) sections: Vec<Stretch>,
}

/// Hits, false ones and missed ones.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    hits: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> f64 {
        ratio(self.hits, self.hits + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.hits, self.hits + self.missed)
    }

    fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 {
            2.0 * precision * recall / (precision + recall)
        } else {
            0.0
        }
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Everything that is counted, over all documents so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    documents: usize,
    /// Label, what was told (`heading` and `none` among it), and how sure.
    pairs: Vec<(String, String, u8)>,
    headings: Count,
    boundaries: Count,
    unheaded: Count,
    /// For every unit whether its section has the role that was labelled, whether it has any, and how sure.
    role_of_section: Vec<(bool, bool, u8)>,
    windows: Vec<f64>,
}

impl Score {
    pub(crate) fn add(&mut self, gold: &Gold, told: &Told) {
        self.documents += 1;
        self.add_roles(gold, told);
        self.add_headings(gold, told);
        self.add_sections(gold, told);
    }

    /// How many labelled paragraphs were judged.
    pub(crate) fn told(&self) -> usize {
        self.pairs.len()
    }

    /// Label, what was told and how sure, from the one numbered `from`.
    pub(crate) fn pairs(&self, from: usize) -> &[(String, String, u8)] {
        self.pairs.get(from..).unwrap_or_default()
    }

    fn add_roles(&mut self, gold: &Gold, told: &Told) {
        for line in gold.lines.iter().filter(|line| line.role.is_some()) {
            let shared = |other: &&Line| overlap((line.start, line.end), (other.start, other.end));
            let best = told.lines.iter().rev().max_by_key(shared);
            let best = best.filter(|best| shared(best) > 0);
            let name = match best {
                Some(best) if best.heading => "heading",
                Some(best) => best.role.as_deref().unwrap_or("none"),
                None => "none",
            };
            let sure = best.map_or(0, |best| best.confidence);
            let label = line.role.clone().unwrap_or_default();
            self.pairs.push((label, name.to_owned(), sure));
        }
    }

    fn add_headings(&mut self, gold: &Gold, told: &Told) {
        let half = |one: (u64, u64), other: (u64, u64)| 2 * overlap(one, other) >= one.1 - one.0;
        let span = |line: &Line| (line.start, line.end);
        let ignored = |line: &Line| {
            let of = gold.lines.iter().zip(&gold.ignored);
            of.filter(|(_, ignored)| **ignored)
                .any(|(other, _)| half(span(line), span(other)))
        };
        let mut found: Vec<&Line> = told
            .lines
            .iter()
            .filter(|line| line.heading && !ignored(line))
            .collect();
        let headings = gold.lines.iter().zip(&gold.ignored);
        for (line, _) in headings.filter(|(line, ignored)| line.heading && !**ignored) {
            let same =
                |other: &&Line| half(span(line), span(other)) && half(span(other), span(line));
            match found.iter().position(same) {
                Some(at) => {
                    found.remove(at);
                    self.headings.hits += 1;
                }
                None => self.headings.missed += 1,
            }
        }
        self.headings.wrong += found.len();
    }

    fn add_sections(&mut self, gold: &Gold, told: &Told) {
        let body = |line: &&Line| !line.heading && line.role.as_deref() != Some("boilerplate");
        let units: Vec<&Line> = gold.lines.iter().filter(body).collect();
        let (here, there) = (homes(&units, &gold.sections), homes(&units, &told.sections));
        let role = |home: Option<usize>, of: &[Stretch]| home.and_then(|at| of[at].role.clone());
        for (home, other) in here.iter().zip(&there) {
            let shown = role(*other, &told.sections);
            let same = role(*home, &gold.sections) == shown;
            let sure = other.map_or(0, |at| told.sections[at].confidence);
            self.role_of_section.push((same, shown.is_some(), sure));
        }
        let cuts = |homes: &[Option<usize>]| -> BTreeSet<usize> {
            let of = 1..homes.len().max(1);
            of.filter(|&at| homes[at] != homes[at - 1]).collect()
        };
        let (true_cuts, made) = (cuts(&here), cuts(&there));
        let headed = |at: &usize| here[*at].is_some_and(|at| gold.sections[at].heading);
        let unheaded: BTreeSet<usize> =
            true_cuts.iter().copied().filter(|at| !headed(at)).collect();
        let wrong = made.difference(&true_cuts).count();
        for (count, true_cuts) in [
            (&mut self.boundaries, &true_cuts),
            (&mut self.unheaded, &unheaded),
        ] {
            count.hits += true_cuts.intersection(&made).count();
            count.wrong += wrong;
            count.missed += true_cuts.difference(&made).count();
        }
        self.windows
            .extend(window_difference(units.len(), &true_cuts, &made));
    }

    /// Macro-F1 over the roles that are labelled, and accuracy.
    pub(crate) fn roles(&self) -> (f64, f64) {
        let all: BTreeSet<&str> = self.pairs.iter().map(|(label, ..)| &**label).collect();
        let sum: f64 = all.iter().map(|role| self.of(role).f1()).sum();
        let right = self.pairs.iter().filter(|(label, told, _)| label == told);
        (
            sum / all.len().max(1) as f64,
            ratio(right.count(), self.pairs.len()),
        )
    }

    fn section_role(&self) -> f64 {
        let right = self.role_of_section.iter().filter(|(right, ..)| *right);
        ratio(right.count(), self.role_of_section.len())
    }

    /// How sure each is that shows a role, and whether it is right: of paragraphs, and of sections by paragraph.
    pub(crate) fn sure(&self) -> [Vec<(u8, bool)>; 2] {
        let judged = |told: &str| !matches!(told, "none" | "heading" | "boilerplate");
        let paragraphs = self.pairs.iter().filter(|(_, told, _)| judged(told));
        let sections = self.role_of_section.iter().filter(|(_, shown, _)| *shown);
        [
            paragraphs
                .map(|(label, told, sure)| (*sure, label == told))
                .collect(),
            sections.map(|&(right, _, sure)| (sure, right)).collect(),
        ]
    }

    fn of(&self, role: &str) -> Count {
        let mut count = Count::default();
        for (label, told, _) in &self.pairs {
            count.hits += usize::from(label == role && told == role);
            count.wrong += usize::from(label != role && told == role);
            count.missed += usize::from(label == role && told != role);
        }
        count
    }

    fn window(&self) -> f64 {
        self.windows.iter().sum::<f64>() / self.windows.len().max(1) as f64
    }

    /// One line: macro-F1, accuracy, section role, boundary F1, `WindowDiff`, unheaded recall and F1, boilerplate.
    pub(crate) fn short(&self) -> String {
        let (macro_f1, accuracy) = self.roles();
        format!(
            "roles {macro_f1:.3} {accuracy:.3} | section {:.3} | boundary {:.3} WindowDiff {:.3} | unheaded {:.3} {:.3} | boilerplate {:.3}",
            self.section_role(),
            self.boundaries.f1(),
            self.window(),
            self.unheaded.recall(),
            self.unheaded.f1(),
            self.of("boilerplate").f1(),
        )
    }

    /// The whole table.
    pub(crate) fn long(&self) -> String {
        let (macro_f1, accuracy) = self.roles();
        let mut out = format!(
            "{} documents, {} labelled paragraphs\nrole macro-F1 {macro_f1:.3}, accuracy {accuracy:.3}\n",
            self.documents,
            self.pairs.len()
        );
        let row = |out: &mut String, name: &str, count: Count| {
            writeln!(
                out,
                "  {name:<20} precision {:.3}  recall {:.3}  F1 {:.3}  ({} labelled)",
                count.precision(),
                count.recall(),
                count.f1(),
                count.hits + count.missed
            )
            .expect("a string takes all");
        };
        let all: BTreeSet<&str> = self.pairs.iter().map(|(label, ..)| &**label).collect();
        for role in &all {
            row(&mut out, role, self.of(role));
        }
        row(&mut out, "headings", self.headings);
        row(&mut out, "boundaries", self.boundaries);
        row(&mut out, "without heading", self.unheaded);
        writeln!(
            out,
            "WindowDiff {:.3}, role of the section {:.3}",
            self.window(),
            self.section_role()
        )
        .expect("a string takes all");
        out + &self.confused(&all) + &self.reliability()
    }

    /// What was told for each label: rows are labels.
    fn confused(&self, all: &BTreeSet<&str>) -> String {
        let mut told: BTreeSet<&str> = all.clone();
        told.extend(self.pairs.iter().map(|(_, told, _)| &**told));
        let mut out = format!("{:<14}", "label \\ told");
        for name in &told {
            write!(out, "{name:>13}").expect("a string takes all");
        }
        out.push('\n');
        for label in all {
            write!(out, "{label:<14}").expect("a string takes all");
            for name in &told {
                let same = self
                    .pairs
                    .iter()
                    .filter(|(a, b, _)| a == label && b == name);
                write!(out, "{:>13}", same.count()).expect("a string takes all");
            }
            out.push('\n');
        }
        out
    }

    /// How often those are right that are so and so sure, and the mean distance (expected calibration error); then how
    /// many would be left, and how often right, were only those shown that are so sure at least.
    fn reliability(&self) -> String {
        let mut out = String::new();
        for (name, all) in ["paragraphs", "in sections"].iter().zip(self.sure()) {
            let mut error = 0.0;
            writeln!(out, "confidence   {name:>12}   said   right").expect(TAKES);
            for bin in 0..10_u8 {
                let (low, high) = (bin * 10, if bin == 9 { 101 } else { bin * 10 + 10 });
                let inside = || all.iter().filter(|(sure, _)| (low..high).contains(sure));
                let of = inside().count();
                if of == 0 {
                    continue;
                }
                let said = inside()
                    .map(|(sure, _)| f64::from(*sure) / 100.0)
                    .sum::<f64>()
                    / of as f64;
                let right = ratio(inside().filter(|(_, right)| *right).count(), of);
                error += (said - right).abs() * of as f64 / all.len() as f64;
                let high = high.min(100);
                writeln!(
                    out,
                    "{low:>3} to {high:>3}   {of:>12}   {said:.2}    {right:.2}"
                )
                .expect(TAKES);
            }
            writeln!(out, "expected calibration error {error:.3}").expect(TAKES);
            for least in [0, 20, 30, 40, 50, 60, 70] {
                let left = || all.iter().filter(|(sure, _)| *sure >= least);
                let shown = ratio(left().count(), all.len());
                let right = ratio(left().filter(|(_, right)| *right).count(), left().count());
                writeln!(
                    out,
                    "from {least:>2} %: {shown:.2} shown, {right:.2} of them right"
                )
                .expect(TAKES);
            }
        }
        out
    }
}

/// Why writing to a string cannot fail.
const TAKES: &str = "a string takes all";

fn overlap(one: (u64, u64), other: (u64, u64)) -> u64 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

/// For each unit the section that has most of it.
fn homes(units: &[&Line], sections: &[Stretch]) -> Vec<Option<usize>> {
    let home = |unit: &&Line| {
        let shared = |at: &usize| {
            overlap(
                (unit.start, unit.end),
                (sections[*at].start, sections[*at].end),
            )
        };
        let best = (0..sections.len()).rev().max_by_key(shared);
        best.filter(|at| shared(at) > 0)
    };
    units.iter().map(home).collect()
}

/// `WindowDiff` over windows of half the mean length of a labelled section; none for a document too short for it.
fn window_difference(
    units: usize,
    true_cuts: &BTreeSet<usize>,
    made: &BTreeSet<usize>,
) -> Option<f64> {
    let half = units as f64 / (true_cuts.len() + 1) as f64 / 2.0;
    let window = (half.round_ties_even() as usize).max(2);
    if units < 4 || units <= window {
        return None;
    }
    let differs = |at: &usize| {
        let inside = at + 1..at + window + 1;
        true_cuts.range(inside.clone()).count() != made.range(inside).count()
    };
    Some((0..units - window).filter(differs).count() as f64 / (units - window) as f64)
}
