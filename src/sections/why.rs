//! The evidence for a role in one line a reader can check: which words, which role, what came second.

use std::fmt::Write as _;
use std::sync::LazyLock;

use super::boilerplate::Sign;
use super::cues::Scores;
use super::features::{Scene, Seen};
use super::roles::{best_two, carries};
use super::{Heard, Splitter};
use crate::model::{Document, Paragraph, RoleId};
use crate::text::TextRange;

/// Cues named at most.
const CUES: usize = 3;
/// Weight in hundredths of a nat under which a cue is not worth naming.
const LEAST: i32 = 15;

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
    Paragraph {
        block: scene.block,
        role: None,
        boilerplate: true,
        second: None,
        confidence: 100,
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
    let percent = |role: usize| (shares[role] * 100.0).round() as u8;
    let alone = best_two(&heard.step.score.roles, count).0;
    let mut why = if alone == role {
        let told = cues(splitter, scene, (role, second), CUES);
        told.unwrap_or_else(|| "its place and shape".to_owned())
    } else {
        "taken from the paragraphs around it".to_owned()
    };
    let name = |role: usize| &lens.roles[role].name;
    write!(why, " → {} {} %", name(role), percent(role)).expect("a string takes all");
    if second != role {
        write!(why, "; second: {} {} %", name(second), percent(second))
            .expect("a string takes all");
        if let Some(told) = cues(splitter, scene, (second, role), 1) {
            write!(why, " for {told}").expect("a string takes all");
        }
    }
    Paragraph {
        block: scene.block,
        role: carries(shares[role]).then_some(RoleId(role as u8)),
        boilerplate: false,
        second: (second != role).then_some(RoleId(second as u8)),
        confidence: percent(role),
        why: why.into(),
    }
}

/// Words that speak for a role: of the paragraph, or of its heading.
#[derive(Clone, Copy)]
struct Cue<'a> {
    heading: bool,
    range: TextRange,
    words: &'a str,
}

impl Cue<'_> {
    /// Whether two cues would tell a reader the same thing twice.
    fn repeats(&self, other: &Self) -> bool {
        let same_place = self.heading == other.heading && self.range.overlaps(other.range);
        same_place || self.words.eq_ignore_ascii_case(other.words)
    }
}

/// The cues that speak loudest for the first role and against the other, as they stand in the text, with their weights.
fn cues(
    splitter: &Splitter,
    scene: &Scene<'_>,
    (role, against): (usize, usize),
    most: usize,
) -> Option<String> {
    let mut told: Vec<(i32, Cue<'_>)> = Vec::new();
    splitter.cues.each_in(scene, |seen, weights| {
        let gain = i32::from(weights.roles[role]) - i32::from(weights.roles[against]);
        if gain >= LEAST && weights.roles[role] > 0 {
            told.extend(cue(scene, seen).map(|cue| (gain, cue)));
        }
    });
    told.sort_by_key(|&(gain, _)| -gain);
    let mut kept: Vec<(i32, Cue<'_>)> = Vec::new();
    for (gain, cue) in told {
        if !kept.iter().any(|(_, old)| cue.repeats(old)) && !is_plain(cue.words) {
            kept.push((gain, cue));
        }
        if kept.len() == most {
            break;
        }
    }
    let quoted = |heading: bool| {
        let of = kept.iter().filter(|(_, cue)| cue.heading == heading);
        let one = |(gain, cue): &(i32, Cue<'_>)| {
            format!("“{}” {}.{}", cue.words, gain / 100, gain % 100 / 10)
        };
        of.map(one).collect::<Vec<_>>().join(", ")
    };
    let (heading, body) = (quoted(true), quoted(false));
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

fn cue<'a>(scene: &Scene<'a>, seen: Seen) -> Option<Cue<'a>> {
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
    })
}
