//! A lens as a person writes it: TOML, checked key by key.
//!
//! It stands apart from what is made of it because a reader's own file may hold anything. Each fault is told with line
//! and column and with what was expected; a cue that could never be found is a fault too. docs/LENSES.md is the manual.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::boilerplate;
use super::cues::ROLES;
use super::features::{each_word, normal};
use super::lens::LensError;
use crate::model::Role;
use crate::model::lens::{COLORS, TAKEN};
use crate::text::{TextRange, harmless, width};

/// Weights reach from minus this to this, in hundredths of a nat: a factor of 22,000 either way.
const HEAVIEST: i16 = 1000;
/// Columns of a name, label or title, at most.
const LONGEST_NAME: usize = 40;
const LONGEST_TITLE: usize = 80;

/// Shapes and places that a cue may name with `#`.
const SHAPES: [&str; 20] = [
    "any",
    "first",
    "second",
    "third",
    "later",
    "last",
    "last but one",
    "second half",
    "first under heading",
    "under heading",
    "a few words",
    "under ten words",
    "under twenty words",
    "sixty words",
    "no full stop",
    "begins with quote",
    "begins with mark",
    "quote",
    "bar",
    "address",
];

/// A lens that was found sound.
#[derive(Debug)]
pub(super) struct LensFile {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) roles: Vec<Role>,
    /// Role, weight in hundredths of a nat, cue in normal form.
    pub(super) cues: Vec<(usize, i16, String)>,
    pub(super) boilerplate: Marks,
    pub(super) evidence: Evidence,
}

/// What tells lines that belong to no report: how they begin, and more. In normal form.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) openings: Vec<String>,
    /// Phrases that stand anywhere in them.
    pub(super) inside: Vec<String>,
    /// Words before a colon in their second half.
    pub(super) credits: Vec<String>,
    /// Kinds of words, as a glossary shortens them.
    pub(super) kinds: Vec<String>,
    /// Words of dates.
    pub(super) dates: Vec<String>,
    /// Words that such a line may have.
    pub(super) longest: usize,
}

/// Words that tell a report from other writing, in normal form.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// What a hundred words must reach.
    pub(super) least: f32,
    pub(super) strong: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) against: Vec<String>,
    /// Words of the language that the lens reads, and how many of a hundred they must be.
    pub(super) language: Vec<String>,
    pub(super) language_least: f32,
}

type Words = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Spanned<String>,
    title: Option<Spanned<String>>,
    roles: Vec<Spanned<WrittenRole>>,
    #[serde(default)]
    cues: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Words>>,
    #[serde(default)]
    boilerplate: WrittenMarks,
    #[serde(default)]
    evidence: WrittenEvidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRole {
    name: Spanned<String>,
    label: Spanned<String>,
    short: Option<Spanned<String>>,
    letter: Spanned<String>,
    color: Option<Spanned<String>>,
    nucleus: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenMarks {
    #[serde(default)]
    openings: Words,
    #[serde(default)]
    inside: Words,
    #[serde(default)]
    credits: Words,
    #[serde(default)]
    kinds: Words,
    #[serde(default)]
    dates: Words,
    longest: Option<usize>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEvidence {
    least: Option<Spanned<f32>>,
    #[serde(default)]
    strong: Words,
    #[serde(default)]
    weak: Words,
    #[serde(default)]
    against: Words,
    #[serde(default)]
    language: Words,
    language_least: Option<Spanned<f32>>,
}

/// Reads a lens file. The error is the first fault.
pub(super) fn read(toml: &str) -> Result<LensFile, LensError> {
    let checker = Checker { toml };
    let written: Written = toml::from_str(toml).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let what: Vec<&str> = error.message().split_whitespace().collect();
        checker.fault(at, what.join(" "))
    })?;
    checker.lens(&written)
}

/// Finds faults, and where they stand.
#[derive(Clone, Copy)]
struct Checker<'a> {
    toml: &'a str,
}

impl Checker<'_> {
    fn fault(self, at: usize, what: impl Into<String>) -> LensError {
        let (line, column) = place(self.toml, at);
        LensError::File(line, column, what.into())
    }

    fn fault_at<T>(self, of: &Spanned<T>, what: impl Into<String>) -> LensError {
        self.fault(of.span().start, what)
    }

    fn lens(self, written: &Written) -> Result<LensFile, LensError> {
        let name = self.name(&written.name)?;
        let title = match &written.title {
            Some(title) => self.shown(title, LONGEST_TITLE)?,
            None => name.clone(),
        };
        let roles = self.roles(&written.roles)?;
        let mut cues = Vec::new();
        for (role, weights) in &written.cues {
            let id = roles.iter().position(|one| one.name == *role.get_ref());
            let id = id.ok_or_else(|| {
                let names: Vec<&str> = roles.iter().map(|role| role.name.as_str()).collect();
                let what = format!(
                    "the lens speaks of a role {:?} that it does not have: its roles are {}",
                    role.get_ref(),
                    names.join(", ")
                );
                self.fault_at(role, what)
            })?;
            for (weight, phrases) in weights {
                let weight = self.weight(weight)?;
                for phrase in phrases {
                    let cue = cue(phrase.get_ref()).map_err(|what| self.fault_at(phrase, what))?;
                    cues.push((id, weight, cue));
                }
            }
        }
        Ok(LensFile {
            name,
            title,
            roles,
            cues,
            boilerplate: self.openings(&written.boilerplate)?,
            evidence: self.evidence(&written.evidence)?,
        })
    }

    fn roles(self, written: &[Spanned<WrittenRole>]) -> Result<Vec<Role>, LensError> {
        if written.is_empty() || written.len() > ROLES {
            let after = written.get(ROLES).map_or(0, |role| role.span().start);
            let count = written.len();
            let what = format!("a lens has 1 to {ROLES} roles, this one has {count}");
            return Err(self.fault(after, what));
        }
        let mut roles: Vec<Role> = Vec::with_capacity(written.len());
        for (at, row) in written.iter().map(Spanned::get_ref).enumerate() {
            let role = self.role(row, at)?;
            let twice = |what: &str, value: &str| format!("two roles have the {what} {value:?}");
            for other in &roles {
                if other.name == role.name {
                    return Err(self.fault_at(&row.name, twice("name", &role.name)));
                }
                if other.letter == role.letter {
                    let letter = role.letter.to_string();
                    return Err(self.fault_at(&row.letter, twice("letter", &letter)));
                }
            }
            roles.push(role);
        }
        Ok(roles)
    }

    fn role(self, row: &WrittenRole, at: usize) -> Result<Role, LensError> {
        let label = self.shown(&row.label, LONGEST_NAME)?;
        let short = match &row.short {
            Some(short) => self.shown(short, LONGEST_NAME)?,
            None => label.clone(),
        };
        Ok(Role {
            name: self.name(&row.name)?,
            label,
            short,
            letter: self.letter(&row.letter)?,
            color: self.color(row.color.as_ref(), at)?,
            nucleus: row.nucleus.unwrap_or(true),
        })
    }

    /// A name for other programs and for the command line.
    fn name(self, name: &Spanned<String>) -> Result<String, LensError> {
        let of = name.get_ref();
        let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
        if of.is_empty() || !of.chars().all(fits) || width(of) > LONGEST_NAME {
            let what =
                format!("{of:?} is no name: expected 1 to {LONGEST_NAME} letters, digits, - and _");
            return Err(self.fault_at(name, what));
        }
        Ok(of.clone())
    }

    /// Words that stand on the screen.
    fn shown(self, words: &Spanned<String>, longest: usize) -> Result<String, LensError> {
        let of = words.get_ref().trim();
        if of.is_empty() || width(of) > longest || harmless::line(of) != of {
            let what = format!("expected 1 to {longest} columns of plain text, not {of:?}");
            return Err(self.fault_at(words, what));
        }
        Ok(of.to_owned())
    }

    fn letter(self, letter: &Spanned<String>) -> Result<char, LensError> {
        let of = letter.get_ref();
        let mut letters = of.chars();
        let one = letters
            .next()
            .filter(|one| letters.next().is_none() && one.is_alphabetic() && width(of) == 1);
        let Some(one) = one else {
            let what = format!(
                "{of:?} is not one letter: expected a capital, which is a key too, or a small letter, which is a mark only"
            );
            return Err(self.fault_at(letter, what));
        };
        if TAKEN.contains(one) {
            let taken: Vec<String> = TAKEN.chars().map(String::from).collect();
            let what = format!(
                "the letter {one} is a key of the reader already: expected another than {}",
                taken.join(", ")
            );
            return Err(self.fault_at(letter, what));
        }
        Ok(one)
    }

    fn color(self, color: Option<&Spanned<String>>, at: usize) -> Result<String, LensError> {
        let Some(color) = color else {
            return Ok(COLORS[at % 6].to_owned());
        };
        let of = color.get_ref();
        if !COLORS.contains(&of.as_str()) {
            let what = format!("{of:?} is no colour: expected one of {}", COLORS.join(", "));
            return Err(self.fault_at(color, what));
        }
        Ok(of.clone())
    }

    fn weight(self, weight: &Spanned<String>) -> Result<i16, LensError> {
        let read = weight.get_ref().parse::<i16>().ok();
        read.filter(|read| (-HEAVIEST..=HEAVIEST).contains(read))
            .ok_or_else(|| {
                let what = format!(
                    "the weight {:?} is no whole number from -{HEAVIEST} to {HEAVIEST}",
                    weight.get_ref()
                );
                self.fault_at(weight, what)
            })
    }

    fn openings(self, written: &WrittenMarks) -> Result<Marks, LensError> {
        /// Words of a line that is told by its opening, unless the file says otherwise.
        const LONGEST: usize = 30;
        let list = |list: &Words, most: usize| -> Result<Vec<String>, LensError> {
            let one = |one: &Spanned<String>| {
                words(one.get_ref(), most).map_err(|what| self.fault_at(one, what))
            };
            list.iter().map(one).collect()
        };
        Ok(Marks {
            openings: list(&written.openings, boilerplate::LONGEST)?,
            inside: list(&written.inside, boilerplate::LONGEST)?,
            credits: list(&written.credits, 1)?,
            kinds: list(&written.kinds, 1)?,
            dates: list(&written.dates, 1)?,
            longest: written.longest.unwrap_or(LONGEST),
        })
    }

    fn evidence(self, written: &WrittenEvidence) -> Result<Evidence, LensError> {
        let list = |list: &Words| -> Result<Vec<String>, LensError> {
            let one = |one: &Spanned<String>| {
                words(one.get_ref(), 2).map_err(|what| self.fault_at(one, what))
            };
            list.iter().map(one).collect()
        };
        let least = |number: Option<&Spanned<f32>>, lists: &[&Words], names: &str| {
            let Some(number) = number else { return Ok(0.0) };
            let of = *number.get_ref();
            if !(0.0..=100.0).contains(&of) {
                let what = format!("expected 0 to 100, as it counts words of a hundred, not {of}");
                return Err(self.fault_at(number, what));
            }
            if of > 0.0 && lists.iter().all(|list| list.is_empty()) {
                let what = format!("no text could reach this without a list {names}");
                return Err(self.fault_at(number, what));
            }
            Ok(of)
        };
        Ok(Evidence {
            least: least(
                written.least.as_ref(),
                &[&written.strong, &written.weak],
                "`strong` or `weak`",
            )?,
            strong: list(&written.strong)?,
            weak: list(&written.weak)?,
            against: list(&written.against)?,
            language_least: least(
                written.language_least.as_ref(),
                &[&written.language],
                "`language`",
            )?,
            language: list(&written.language)?,
        })
    }
}

/// Line and column, from 1, of a place in `toml`.
fn place(toml: &str, at: usize) -> (usize, usize) {
    let before = toml.get(..at).unwrap_or(toml);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line, last.chars().count() + 1)
}

/// A cue in the form in which it is counted; else why it could never be found.
fn cue(written: &str) -> Result<String, String> {
    let Some((mark, rest)) = written.split_at_checked(1) else {
        return words(written, 2);
    };
    match mark {
        "#" if SHAPES.contains(&rest) => Ok(written.to_owned()),
        "#" => Err(format!(
            "{written:?} names no shape or place: expected # and one of {}",
            SHAPES.join(", ")
        )),
        "^" => Ok(format!("^{}", words(rest, 2)?)),
        ">" | "=" | "+" => Ok(format!("{mark}{}", words(rest, 1)?)),
        _ => words(written, 2),
    }
}

/// At most `most` words in normal form.
fn words(written: &str, most: usize) -> Result<String, String> {
    let mut all = Vec::new();
    each_word(written, |_, start, end| {
        all.push(normal(TextRange::new(start, end).of(written)));
    });
    match all.len() {
        0 => Err(format!("{written:?} has no word in it")),
        count if count > most => {
            let plural = if most == 1 { "" } else { "s" };
            Err(format!(
                "{written:?} has {count} words: expected at most {most} word{plural} here"
            ))
        }
        _ => Ok(all.join(" ")),
    }
}

#[cfg(test)]
mod tests;
