//! Document to [`Outline`]: a role for every paragraph, and sections where roles or headings change.
//!
//! One pass counts the cues of every paragraph (`features`, `cues`), one goes forwards and backwards over them
//! (`roles`), one finds the roles to show (`agree`), and the rules (`rules`) cut them (`split`); a text without the marks of a report gets no roles at all.

pub mod correct;
pub mod cues;
pub mod features;

mod agree;
mod boilerplate;
mod lens;
mod lens_file;
mod packed;
mod rack;
mod roles;
mod rules;
mod seal;
mod split;
mod why;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::model::briefing::damaged;
use crate::model::{Absence, BlockId, Document, Lens, Origin, Outline, Paragraph, RoleId};
use crate::text::TextRange;

pub use lens::LensError;
pub use rack::{Choice, LensRow, Place, Rack};
pub use seal::seal;

/// A lens that is built in.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    pub name: &'static str,
    /// Its roles and the cues that a person wrote.
    pub toml: &'static str,
    /// All its cues, where some were learnt: packed.
    pub packed: Option<&'static [u8]>,
}

/// The lenses that are built in; the first is the one that is used when no other is asked for.
pub const LENSES: &[BuiltIn] = &[
    BuiltIn {
        name: "briefing",
        toml: include_str!("../../assets/lenses/briefing.toml"),
        packed: Some(include_bytes!("../../assets/lenses/briefing.cues")),
    },
    BuiltIn {
        name: "court-ruling",
        toml: include_str!("../../assets/lenses/court-ruling.toml"),
        packed: None,
    },
    BuiltIn {
        name: "incident-report",
        toml: include_str!("../../assets/lenses/incident-report.toml"),
        packed: None,
    },
];

/// A lens made ready for reading: its roles and the cues that tell them.
#[derive(Debug, Default)]
pub struct Splitter {
    pub lens: Arc<Lens>,
    cues: cues::Cues,
    habits: roles::Habits,
    boilerplate: boilerplate::Boilerplate,
    /// Whether cues were learnt. Those that a person wrote are all worth naming.
    learnt: bool,
    /// How many of a hundred words must be words of reports: `absence`.
    evidence: f32,
    /// How many of a hundred must be common words of its language.
    language: f32,
    fault: Option<String>,
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
    /// The lens that is used when no other is asked for, made ready on first use.
    pub fn standard() -> &'static Arc<Self> {
        Self::of(0)
    }

    /// The built-in lens of this name, made ready on first use.
    pub fn by_name(name: &str) -> Option<&'static Arc<Self>> {
        let at = LENSES.iter().position(|lens| lens.name == name)?;
        Some(Self::of(at))
    }

    /// The lens at `at` in [`LENSES`].
    fn of(at: usize) -> &'static Arc<Self> {
        static READY: [OnceLock<Arc<Splitter>>; LENSES.len()] =
            [const { OnceLock::new() }; LENSES.len()];
        READY[at].get_or_init(|| Arc::new(Self::built_in(at, LENSES[at].packed)))
    }

    /// Name and roles of the lens at `at` in [`LENSES`], without the cues, which take long to make ready.
    fn roles_of(at: usize) -> Arc<Lens> {
        Self::built_in(at, None).lens
    }

    fn built_in(at: usize, packed: Option<&'static [u8]>) -> Self {
        let lens = &LENSES[at];
        let half = |bytes: &'static [u8]| {
            let part = if damaged("roles") { 2 } else { 1 };
            bytes.get(..bytes.len() / part).unwrap_or_default()
        };
        let mut splitter = Self::packed_or_plain(lens.name, lens.toml, packed.map(half));
        splitter.set_origin(match at {
            0 => Origin::Standard,
            _ => Origin::BuiltIn,
        });
        splitter
    }

    fn set_origin(&mut self, origin: Origin) {
        Arc::make_mut(&mut self.lens).origin = origin;
    }

    /// A lens as its file writes it, with all its cues packed; where they are damaged one without cues, which knows
    /// why: all it can do is to make sections of the headings.
    pub fn packed_or_plain(name: &str, lens: &str, packed: Option<&'static [u8]>) -> Self {
        let read = || {
            let mut splitter = Self::read(lens, None)?;
            if let Some(bytes) = packed {
                let (packed, habits) = packed::Packed::read(bytes)?;
                splitter.cues = cues::Cues::of_packed(packed);
                splitter.habits = habits;
                splitter.learnt = true;
            }
            Ok(splitter)
        };
        read().unwrap_or_else(|fault: LensError| {
            // The roles themselves may be sound, so that a reader can still set them.
            let roles = lens::read(lens, None).map(|reading| Arc::new(reading.lens));
            Self {
                lens: roles.unwrap_or_default(),
                // More than any text has: nothing passes for a report, so nothing is asked for its role.
                evidence: f32::INFINITY,
                fault: Some(format!(
                    "the lens {name} that is built in cannot be used ({fault}): sections are made of headings alone, \
                     without roles; install the program again"
                )),
                ..Self::default()
            }
        })
    }

    /// All cues of a lens and its table, packed as the program carries them.
    pub fn pack(lens: &str, table: &str) -> Result<Vec<u8>, LensError> {
        seal::demand(table)?;
        let reading = lens::read(lens, Some(table))?;
        Ok(packed::pack(&reading.cues, &reading.habits))
    }

    /// Why this lens finds no roles, when it is damaged.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// A lens as its two files write it; the table of learnt cues may be missing.
    pub fn read(lens: &str, table: Option<&str>) -> Result<Self, LensError> {
        let reading = lens::read(lens, table)?;
        Ok(Self {
            lens: Arc::new(reading.lens),
            cues: reading.cues,
            habits: reading.habits,
            boilerplate: boilerplate::Boilerplate::new(&reading.boilerplate),
            learnt: table.is_some(),
            evidence: reading.evidence.least,
            language: reading.evidence.language_least,
            fault: None,
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
        let absence = self.absence(document, &heard);
        let report = absence.is_none();
        // Only reports have it: elsewhere "See also" and short lines are the author's own.
        let (boilerplate, body): (Vec<&Heard>, Vec<&Heard>) = heard.iter().partition(|heard| {
            report && (heard.sign.is_some() || heard.step.score.boilerplate > 0.0 || heard.repeated)
        });
        let certain = |heard: &&&Heard| heard.sign.is_some() || heard.repeated;
        let certain = boilerplate.iter().filter(certain).map(|heard| heard.block);
        let lines = boilerplate.iter().map(|heard| heard.block);
        let lines = (lines.collect(), certain.collect());
        let (boilerplate, over) =
            boilerplate::with_headings(document, blocks.clone(), lines, &self.boilerplate);
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
        let sections = split::sections(document, self, blocks.clone(), &known, &boilerplate);
        let mut told = body
            .iter()
            .enumerate()
            .map(|(at, heard)| (heard, agreed.roles.get(at).zip(judged.shares.get(at))))
            .peekable();
        let mut paragraphs: Vec<Paragraph> = features::scenes(document, blocks)
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
        if !over.is_empty() {
            paragraphs.extend(over.into_iter().map(why::over_boilerplate));
            paragraphs.sort_unstable_by_key(|paragraph| paragraph.block);
        }
        Outline {
            sections,
            paragraphs,
            absence,
        }
    }

    fn hear(&self, scene: &features::Scene<'_>) -> Heard {
        let score = self.cues.score(scene);
        let at = scene.range.start();
        let sign = self.boilerplate.sign(scene.words, at, score.words);
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
        const AHEAD: f32 = 0.33;
        let scores = self.cues.heading(scene);
        let (best, second) = roles::best_two(&scores, self.lens.roles.len());
        (scores[best] - scores[second] >= AHEAD).then_some(RoleId(best as u8))
    }

    /// Whether too few of the words are words of such texts for roles to mean anything.
    fn absence(&self, document: &Document, heard: &[Heard]) -> Option<Absence> {
        /// Words from which on a language can be told: a quarter of English prose is such words.
        const ENOUGH: f32 = 20.0;
        let (mut words, mut evidence, mut language) = (0_u64, 0_i64, 0_u64);
        for heard in heard {
            words += u64::from(heard.step.score.words);
            evidence += i64::from(heard.step.score.evidence);
            language += u64::from(heard.step.score.language);
        }
        if heard.is_empty() {
            return None;
        }
        let words = words as f32;
        let speaks = language as f32 * 100.0 >= self.language * words;
        if words > 0.0 && speaks && evidence as f32 * 10.0 >= self.evidence * words {
            return None;
        }
        // Numbers are words too, so this is asked last, and only of texts that have few others.
        let lettered = |heard: &Heard| document.words(heard.block).contains(char::is_alphabetic);
        // A line or two may lack the common words of its language by chance.
        Some(match speaks {
            _ if !heard.iter().any(lettered) => Absence::Words,
            _ if words < ENOUGH => Absence::Short,
            false => Absence::Language,
            true => Absence::Kind,
        })
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
