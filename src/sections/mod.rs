//! Document to [`Outline`]: a role for every paragraph, and sections where roles or headings change.
//!
//! One pass counts the cues of every paragraph (`features`, `cues`), one goes forwards and backwards over them
//! (`roles`), one finds the roles to show (`agree`), and the rules (`rules`) cut them (`split`); a text without the marks of a report gets no roles at all.

pub mod cues;
pub mod features;

mod agree;
mod boilerplate;
mod lens;
mod roles;
mod rules;
mod split;
mod why;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::model::{BlockId, Document, Lens, Outline, RoleId};
use crate::text::TextRange;

pub use lens::LensError;

/// A lens that is built in.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    /// Its roles and the cues that a person wrote.
    pub toml: &'static str,
    /// The cues that were learnt, where some were.
    pub table: Option<&'static str>,
}

/// The lenses that are built in; the first is the one that is used when no other is asked for.
pub const LENSES: &[BuiltIn] = &[
    BuiltIn {
        name: "briefing",
        toml: include_str!("../../assets/lenses/briefing.toml"),
        table: Some(include_str!("../../assets/lenses/briefing.tsv")),
    },
    BuiltIn {
        name: "court-ruling",
        toml: include_str!("../../assets/lenses/court-ruling.toml"),
        table: None,
    },
    BuiltIn {
        name: "incident-report",
        toml: include_str!("../../assets/lenses/incident-report.toml"),
        table: None,
    },
];

/// A lens made ready for reading: its roles and the cues that tell them.
#[derive(Debug, Default)]
pub struct Splitter {
    pub lens: Arc<Lens>,
    cues: cues::Cues,
    habits: roles::Habits,
    boilerplate: boilerplate::Boilerplate,
    /// How many of a hundred words must be words of reports: `is_report`.
    evidence: f32,
    /// How many of a hundred must be common words of its language.
    language: f32,
}

/// What one pass over a body paragraph finds.
#[derive(Debug)]
struct Heard {
    block: BlockId,
    step: roles::Step,
    sign: Option<boilerplate::Sign>,
    /// Whether all of its words stand in another paragraph too: it was pulled out for show.
    repeated: bool,
    /// The role that its heading speaks of, when it is the first under it.
    heading: Option<RoleId>,
}

impl Splitter {
    /// The lens that is built in, made ready on first use.
    pub fn standard() -> &'static Self {
        static STANDARD: OnceLock<Splitter> = OnceLock::new();
        STANDARD.get_or_init(|| Self::built_in(&LENSES[0]))
    }

    /// The built-in lens of this name, made ready on first use.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        static OTHERS: [OnceLock<Splitter>; LENSES.len()] =
            [const { OnceLock::new() }; LENSES.len()];
        let at = LENSES.iter().position(|lens| lens.name == name)?;
        Some(match at {
            0 => Self::standard(),
            _ => OTHERS[at].get_or_init(|| Self::built_in(&LENSES[at])),
        })
    }

    fn built_in(lens: &BuiltIn) -> Self {
        Self::read(lens.toml, lens.table)
            .expect("the lenses that are built in are sound: a test reads them")
    }

    /// A lens as its two files write it; the table of learnt cues may be missing.
    pub fn read(lens: &str, table: Option<&str>) -> Result<Self, LensError> {
        let reading = lens::read(lens, table)?;
        Ok(Self {
            lens: Arc::new(reading.lens),
            cues: reading.cues,
            habits: reading.habits,
            boilerplate: boilerplate::Boilerplate::new(&reading.boilerplate),
            evidence: reading.evidence.least,
            language: reading.evidence.language_least,
        })
    }

    /// The outline of `blocks`. `names` are the names found in them, sorted.
    pub fn outline(
        &self,
        document: &Document,
        blocks: Range<BlockId>,
        names: &[TextRange],
    ) -> Outline {
        let _ = names;
        let blocks = features::within(document, &blocks);
        let mut heard: Vec<Heard> = features::scenes(document, blocks.clone())
            .map(|scene| self.hear(&scene))
            .collect();
        boilerplate::mark_repeated(document, &mut heard);
        let report = self.is_report(&heard);
        // Only reports have it: elsewhere "See also" and short lines are the author's own.
        let (boilerplate, body): (Vec<&Heard>, Vec<&Heard>) = heard.iter().partition(|heard| {
            report
                && (heard.sign.is_some() || heard.step.score.boilerplate > 0.0 || heard.repeated)
        });
        let boilerplate: Vec<BlockId> = boilerplate.iter().map(|heard| heard.block).collect();
        let judged = if report {
            let steps: Vec<roles::Step> = body.iter().map(|heard| heard.step).collect();
            self.habits
                .judge(&steps, self.lens.roles.len(), roles::WAYS)
        } else {
            roles::Judgement::default()
        };
        let parts: Vec<u32> = body.iter().map(|heard| heard.step.part).collect();
        let agreed = agree::agree(&judged, &parts, &self.lens);
        let known: Vec<split::Known> = body
            .iter()
            .enumerate()
            .map(|(at, heard)| know(heard, &judged, &agreed, at))
            .collect();
        let sections = split::sections(document, &self.lens, blocks.clone(), &known, &boilerplate);
        let mut told = body
            .iter()
            .enumerate()
            .map(|(at, heard)| (heard, agreed.roles.get(at).zip(judged.shares.get(at))))
            .peekable();
        let paragraphs = features::scenes(document, blocks)
            .zip(&heard)
            .map(
                |(scene, heard)| match told.next_if(|(body, _)| body.block == scene.block) {
                    None => why::boilerplate(document, &scene, heard),
                    Some((_, Some((&role, shares)))) => {
                        why::paragraph(self, &scene, heard, (role, shares))
                    }
                    Some((_, None)) => why::without_role(&scene),
                },
            )
            .collect();
        Outline {
            sections,
            paragraphs,
        }
    }

    fn hear(&self, scene: &features::Scene<'_>) -> Heard {
        let score = self.cues.score(scene);
        let sign = self.boilerplate.sign(scene, score.words);
        let heading = (scene.under == 0)
            .then(|| self.heading_says(scene))
            .flatten();
        Heard {
            block: scene.block,
            step: roles::Step {
                score,
                part: scene.part,
            },
            sign,
            repeated: false,
            heading,
        }
    }

    /// The role that the heading of `scene` speaks of by itself.
    fn heading_says(&self, scene: &features::Scene<'_>) -> Option<RoleId> {
        /// How far the best must be ahead of the second, in nats.
        const AHEAD: f32 = 0.5;
        let scores = self.cues.heading(scene);
        let (best, second) = roles::best_two(&scores, self.lens.roles.len());
        (scores[best] - scores[second] >= AHEAD).then_some(RoleId(best as u8))
    }

    /// Whether enough of the words are words of reports for roles to mean anything.
    fn is_report(&self, heard: &[Heard]) -> bool {
        let (mut words, mut evidence, mut language) = (0_u64, 0_i64, 0_u64);
        for heard in heard {
            words += u64::from(heard.step.score.words);
            evidence += i64::from(heard.step.score.evidence);
            language += u64::from(heard.step.score.language);
        }
        let words = words as f32;
        words > 0.0
            && evidence as f32 * 10.0 >= self.evidence * words
            && language as f32 * 100.0 >= self.language * words
    }
}

/// What the cutting needs to know of a body paragraph; it has no role where nothing was judged.
fn know(
    heard: &Heard,
    judged: &roles::Judgement,
    agreed: &agree::Agreed,
    at: usize,
) -> split::Known {
    let shown = agreed.roles.get(at).copied().filter(|&role| {
        let shares = judged.shares.get(at);
        shares.is_some_and(|shares| roles::carries(shares[role as usize]))
    });
    split::Known {
        block: heard.block,
        role: shown.map(RoleId),
        votes: agreed.votes.get(at).copied().unwrap_or_default(),
        heading: heard.heading,
    }
}
