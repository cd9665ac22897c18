//! The evidence for a role in one line a reader can check: which words, which role, what came second.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::boilerplate::Sign;
use super::cues::Scores;
use super::features::{Scene, Seen};
use super::roles::{best_two, carries};
use super::{Heard, Splitter};
use crate::model::{BlockId, Document, Paragraph, Reason, RoleId};
use crate::text::TextRange;

/// Cues named at most.
const CUES: usize = 3;
/// Weight in hundredths of a nat under which a cue is not worth naming.
const LEAST: i32 = 15;

/// Said where none of the cues that a person wrote stands.
const NOTHING: &str = "no cue of the lens";

/// A paragraph that belongs to no report.
pub(super) fn boilerplate(document: &Document, scene: &Scene<'_>, heard: &Heard) -> Paragraph {
    let words = |range: TextRange| range.of(&document.text);
    let why = match heard.sign {
        Some(Sign::Begins(range)) => format!("begins “{}” → boilerplate", words(range)),
        Some(Sign::Has(range)) => format!("has “{}” → boilerplate", words(range)),
        Some(Sign::Date) => "a date alone → boilerplate".to_owned(),
        Some(Sign::Definition) => "says what a word means → boilerplate".to_owned(),
        Some(Sign::Wordless) => "has no words → boilerplate".to_owned(),
        None if heard.repeated => "repeats words of another paragraph → boilerplate".to_owned(),
        None => "looks like a byline, a credit or a link → boilerplate".to_owned(),
    };
    no_part(scene.block, why)
}

/// A heading over nothing but such paragraphs.
pub(super) fn over_boilerplate(heading: BlockId) -> Paragraph {
    let why = "heads lines that are boilerplate, and nothing else → boilerplate";
    no_part(heading, why.to_owned())
}

fn no_part(block: BlockId, why: String) -> Paragraph {
    Paragraph {
        block,
        role: None,
        boilerplate: true,
        second: None,
        confidence: 100,
        second_confidence: 0,
        reasons: Box::default(),
        why: why.into(),
    }
}

/// A paragraph of a text that has no roles.
pub(super) fn without_role(scene: &Scene<'_>) -> Paragraph {
    Paragraph {
        block: scene.block,
        role: None,
        boilerplate: false,
        second: None,
        confidence: 0,
        second_confidence: 0,
        reasons: Box::default(),
        why: Box::default(),
    }
}

/// A paragraph with its role, and why.
pub(super) fn paragraph(
    splitter: &Splitter,
    scene: &Scene<'_>,
    heard: &Heard,
    (role, shares): (u8, &Scores),
) -> Paragraph {
    let lens = &splitter.lens;
    let count = lens.roles.len();
    let role = usize::from(role);
    let second = match best_two(shares, count) {
        (best, second) if best == role => second,
        (best, _) => best,
    };
    let sure = splitter.habits.sure(shares[role]);
    // What is left of the share is not made larger by doubt.
    let left = |other: usize| sure.min((shares[other] * 100.0).round() as u8);
    let percent = |other: usize| if other == role { sure } else { left(other) };
    let alone = best_two(&heard.step.score.roles, count).0;
    let mut reasons = Vec::new();
    let [told, told_of_second] = cues(splitter, scene, (role, second));
    let mut why = if alone == role {
        reasons.extend(told.iter().map(|told| told.reason(scene, role)));
        let shape = if splitter.learnt {
            "its place and shape"
        } else {
            NOTHING
        };
        quoted(&told).unwrap_or_else(|| shape.to_owned())
    } else {
        "taken from the paragraphs around it".to_owned()
    };
    let name = |role: usize| &lens.roles[role].name;
    write!(why, " → {} {} %", name(role), percent(role)).expect("a string takes all");
    if second != role {
        write!(why, "; second: {} {} %", name(second), percent(second))
            .expect("a string takes all");
        let told = told_of_second;
        reasons.extend(told.iter().map(|told| told.reason(scene, second)));
        if let Some(told) = quoted(told.get(..1).unwrap_or_default()) {
            write!(why, " for {told}").expect("a string takes all");
        }
    }
    Paragraph {
        block: scene.block,
        role: carries(shares[role]).then_some(RoleId(role as u8)),
        boilerplate: false,
        second: (second != role).then_some(RoleId(second as u8)),
        confidence: percent(role),
        second_confidence: if second == role { 0 } else { percent(second) },
        reasons: reasons.into(),
        why: why.into(),
    }
}

/// Words that speak for a role: of the paragraph, or of its heading.
#[derive(Clone, Copy)]
struct Cue<'a> {
    heading: bool,
    /// In the paragraph, or in the heading.
    range: TextRange,
    words: &'a str,
    /// In hundredths of a nat.
    gain: i32,
}

impl Cue<'_> {
    /// Whether two cues would tell a reader the same thing twice.
    fn repeats(&self, other: &Self) -> bool {
        let same_place = self.heading == other.heading && self.range.overlaps(other.range);
        same_place || self.words.eq_ignore_ascii_case(other.words)
    }

    fn reason(&self, scene: &Scene<'_>, role: usize) -> Reason {
        let from = if self.heading {
            scene.heading_at
        } else {
            scene.range.start()
        };
        let most = i32::from(i16::MAX);
        Reason {
            role: RoleId(role as u8),
            words: TextRange::new(from + self.range.start(), from + self.range.end()),
            heading: self.heading,
            weight: self.gain.min(most) as i16,
        }
    }
}

/// The cues that speak loudest for the first role and against the second, loudest first; and the other way round.
fn cues<'a>(
    splitter: &Splitter,
    scene: &Scene<'a>,
    (role, second): (usize, usize),
) -> [Vec<Cue<'a>>; 2] {
    let mut told = [Vec::new(), Vec::new()];
    splitter.cues.each_in(scene, |seen, weights| {
        let gain = i32::from(weights.roles[role]) - i32::from(weights.roles[second]);
        let (side, speaks) = if gain > 0 { (0, role) } else { (1, second) };
        let speaks = weights.roles[speaks];
        if gain.abs() >= LEAST && speaks > 0 {
            told[side].extend(cue(scene, seen, gain.abs()));
        }
    });
    told.map(|told| loudest(told, splitter.learnt))
}

fn loudest(mut told: Vec<Cue<'_>>, learnt: bool) -> Vec<Cue<'_>> {
    told.sort_by_key(|cue| -cue.gain);
    let mut kept: Vec<Cue<'_>> = Vec::new();
    for cue in told {
        let plain = learnt && is_plain(cue.words);
        if !plain && !kept.iter().any(|old| cue.repeats(old)) {
            kept.push(cue);
        }
        if kept.len() == CUES {
            break;
        }
    }
    kept
}

/// Cues as they stand in the text, with their weights in nats.
fn quoted(told: &[Cue<'_>]) -> Option<String> {
    let part = |heading: bool| {
        let of = told.iter().filter(|cue| cue.heading == heading);
        let one =
            |cue: &Cue<'_>| format!("“{}” {}.{}", cue.words, cue.gain / 100, cue.gain % 100 / 10);
        of.map(one).collect::<Vec<_>>().join(", ")
    };
    let (heading, body) = (part(true), part(false));
    match (heading.is_empty(), body.is_empty()) {
        (true, true) => None,
        (true, false) => Some(body),
        (false, true) => Some(format!("heading says {heading}")),
        (false, false) => Some(format!("heading says {heading}; {body}")),
    }
}

/// Whether a reader learns nothing from `words`: each is one of those that hold sentences together, or a number.
fn is_plain(words: &str) -> bool {
    static PLAIN: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let list = include_str!("../../assets/lenses/plain-words.txt");
        let mut words: Vec<&str> = list.split_whitespace().collect();
        words.sort_unstable();
        words
    });
    let one = |word: &str| {
        let word = word.to_lowercase();
        word.chars().all(|letter| !letter.is_alphabetic()) || PLAIN.binary_search(&&*word).is_ok()
    };
    words.split_whitespace().all(one)
}

fn cue<'a>(scene: &Scene<'a>, seen: Seen, gain: i32) -> Option<Cue<'a>> {
    let (heading, start, end) = match seen {
        Seen::Heading(start, end) | Seen::Above(start, end) => (true, start, end),
        Seen::Word(start, end)
        | Seen::Pair(start, end)
        | Seen::Start(start, end)
        | Seen::Lead(start, end)
        | Seen::Quoted(start, end)
        | Seen::Apart(start, end)
        | Seen::NameThen(start, end)
        | Seen::ThenName(start, end) => (false, start, end),
        Seen::Shape(_) => return None,
    };
    let range = TextRange::new(start, end);
    let of = if heading { scene.heading? } else { scene.words };
    Some(Cue {
        heading,
        range,
        words: range.of(of),
        gain,
    })
}
