//! Reading a lens: its roles and hand-written cues from TOML, its learnt cues from a table of tab-separated values.
//!
//! The one place that knows how assets are written. What is wrong in them is said with file and line, so that a
//! lens of a reader's own can be mended.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::cues::{Cues, ROLES, Weights};
use super::roles::Habits;
use crate::model::{Lens, Role, RoleId};

/// Everything a lens says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) lens: Lens,
    pub(super) cues: Cues,
    pub(super) habits: Habits,
    pub(super) boilerplate: Openings,
    pub(super) evidence: Evidence,
}

/// What tells lines that belong to no report: how they begin, and more.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Openings {
    pub(super) openings: Vec<String>,
    pub(super) longest: usize,
    /// Phrases that stand anywhere in them.
    #[serde(default)]
    pub(super) inside: Vec<String>,
    /// Words before a colon in their second half.
    #[serde(default)]
    pub(super) credits: Vec<String>,
    /// Kinds of words, as a glossary shortens them.
    #[serde(default)]
    pub(super) kinds: Vec<String>,
    /// Words of dates.
    #[serde(default)]
    pub(super) dates: Vec<String>,
}

/// Words that tell a report from other writing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Evidence {
    /// What a hundred words must reach.
    pub(super) least: f32,
    pub(super) strong: Vec<String>,
    pub(super) weak: Vec<String>,
    pub(super) against: Vec<String>,
    /// Words of the language that the lens reads, and how many of a hundred they must be.
    #[serde(default)]
    pub(super) language: Vec<String>,
    #[serde(default)]
    pub(super) language_least: f32,
}

/// Why a lens could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    /// Names line and column itself.
    #[error("the lens is not written as expected: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("line {0}, column {1}: a lens has 1 to {ROLES} roles, this one has {2}")]
    Roles(usize, usize, usize),
    #[error("line {0}, column {1}: the lens speaks of a role {2:?} that it does not have")]
    Unknown(usize, usize, String),
    #[error("line {0}, column {1}: the weight {2:?} is no whole number: {3}")]
    Weight(usize, usize, String, std::num::ParseIntError),
    #[error("line {0}, column {1}: two roles have the {2} {3:?}")]
    Twice(usize, usize, &'static str, String),
    #[error("the table of cues, line {0}: a weight is no whole number: {1}")]
    Number(usize, std::num::ParseIntError),
    #[error("the table of cues, line 1: a role {0:?} that the lens does not have")]
    Column(String),
    #[error("the table of cues, line {0}: {1}")]
    Table(usize, &'static str),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    roles: Vec<Spanned<Role>>,
    #[serde(default)]
    cues: BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Vec<String>>>,
    #[serde(default)]
    boilerplate: Openings,
    #[serde(default)]
    evidence: Evidence,
}

/// Line and column, from 1, of a place in `toml`.
fn place(toml: &str, at: usize) -> (usize, usize) {
    let before = toml.get(..at).unwrap_or(toml);
    let line = before.bytes().filter(|&byte| byte == b'\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}

/// Roles are told apart by their names and by the letters they are chosen with.
fn different(toml: &str, roles: &[Spanned<Role>]) -> Result<(), LensError> {
    for (at, one) in roles.iter().enumerate() {
        let (line, column) = place(toml, one.span().start);
        let role = one.get_ref();
        for other in roles.iter().take(at).map(Spanned::get_ref) {
            if other.name == role.name {
                return Err(LensError::Twice(line, column, "name", role.name.clone()));
            }
            if other.letter == role.letter {
                let letter = role.letter.to_string();
                return Err(LensError::Twice(line, column, "letter", letter));
            }
        }
    }
    Ok(())
}

/// Reads a lens and, when it has one, its table of learnt cues.
pub(super) fn read(toml: &str, table: Option<&str>) -> Result<Reading, LensError> {
    let file: File = toml::from_str(toml)?;
    if file.roles.is_empty() || file.roles.len() > ROLES {
        let after = file.roles.get(ROLES).map_or(0, |role| role.span().start);
        let (line, column) = place(toml, after);
        return Err(LensError::Roles(line, column, file.roles.len()));
    }
    different(toml, &file.roles)?;
    let mut reading = Reading {
        lens: Lens {
            name: file.name,
            roles: file.roles.into_iter().map(Spanned::into_inner).collect(),
        },
        boilerplate: file.boilerplate,
        evidence: file.evidence,
        ..Reading::default()
    };
    if let Some(table) = table {
        read_table(table, &mut reading)?;
    }
    for (role, cues) in &file.cues {
        let id = reading.lens.by_name(role.get_ref()).ok_or_else(|| {
            let (line, column) = place(toml, role.span().start);
            LensError::Unknown(line, column, role.get_ref().clone())
        })?;
        for (weight, phrases) in cues {
            let (line, column) = place(toml, weight.span().start);
            let weight: i16 = weight
                .get_ref()
                .parse()
                .map_err(|why| LensError::Weight(line, column, weight.get_ref().clone(), why))?;
            for phrase in phrases {
                reading.cues.add(phrase, |all| add(all, id, weight));
            }
        }
    }
    let evidence = &reading.evidence;
    for (words, tenths) in [
        (&evidence.strong, 10),
        (&evidence.weak, 5),
        (&evidence.against, -4),
    ] {
        for word in words {
            reading.cues.add(word, |all| all.evidence = tenths);
        }
    }
    for word in &evidence.language {
        reading.cues.add(word, |all| all.language = true);
    }
    Ok(reading)
}

fn add(all: &mut Weights, role: RoleId, weight: i16) {
    let at = &mut all.roles[role.0 as usize];
    *at = at.saturating_add(weight);
}

/// A header of role names and `boilerplate`, then a cue and its weights on every line.
fn read_table(table: &str, reading: &mut Reading) -> Result<(), LensError> {
    let mut lines = table.lines().enumerate().map(|(at, line)| (at + 1, line));
    let (_, header) = lines.next().ok_or(LensError::Table(1, "no header"))?;
    let columns: Vec<Option<RoleId>> = header
        .split('\t')
        .skip(1)
        .map(|name| match reading.lens.by_name(name) {
            None if name != "boilerplate" => Err(LensError::Column(name.to_owned())),
            role => Ok(role),
        })
        .collect::<Result<_, _>>()?;
    for (number, line) in lines {
        let mut cells = line.split('\t');
        let cue = cells
            .next()
            .filter(|cue| !cue.is_empty())
            .ok_or(LensError::Table(number, "no cue"))?;
        let mut weights = Weights::default();
        for &column in &columns {
            let cell = cells
                .next()
                .ok_or(LensError::Table(number, "a weight is missing"))?;
            let weight: i16 = cell.parse().map_err(|why| LensError::Number(number, why))?;
            match column {
                Some(role) => weights.roles[role.0 as usize] = weight,
                None => weights.boilerplate = weight,
            }
        }
        if cells.next().is_some() {
            return Err(LensError::Table(number, "a weight too many"));
        }
        match cue.strip_prefix('@') {
            None => reading.cues.add(cue, |all| *all = weights),
            Some(habit) if reading.habits.set(&reading.lens, habit, &weights) => {}
            Some(_) => return Err(LensError::Table(number, "no such habit of roles")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LENS: &str = include_str!("../../assets/lenses/briefing.toml");
    const TABLE: &str = include_str!("../../assets/lenses/briefing.tsv");

    #[test]
    fn the_lens_that_is_built_in_is_sound() {
        let reading = read(LENS, Some(TABLE)).expect("a sound lens");
        let letters: Vec<char> = reading.lens.roles.iter().map(|role| role.letter).collect();
        assert_eq!(letters, ['O', 'D', 'C', 'T', 'r', 'b']);
        for (_, role) in reading.lens.iter() {
            assert_eq!(
                role.nucleus,
                role.letter.is_uppercase(),
                "{}: a letter tells rank",
                role.name
            );
            assert!(
                !role.short.contains(' '),
                "{}: short is one word",
                role.name
            );
        }
        assert!(reading.cues.len() > 1000);
    }

    #[test]
    fn a_lens_without_a_table_still_has_its_own_cues() {
        let reading = read(LENS, None).expect("a sound lens");
        assert!(!reading.cues.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        let told =
            |lens: &str, table: Option<&str>| read(lens, table).expect_err("a fault").to_string();
        let header = TABLE.lines().next().expect("a header");
        let cases = [
            (
                format!("{header}\nordered\t1\t2"),
                "line 2: a weight is missing",
            ),
            (
                format!("{header}\nordered\t1\t2\t3\t4\t5\t6\t7\t8"),
                "line 2: a weight too many",
            ),
            (
                format!("{header}\nordered\t1\t2\tx\t4\t5\t6\t7"),
                "line 2: a weight is no whole number",
            ),
            (
                format!("{header}\n@after lunch\t1\t2\t3\t4\t5\t6\t7"),
                "line 2: no such habit of roles",
            ),
            (
                "cue\tlunch".to_owned(),
                "a role \"lunch\" that the lens does not have",
            ),
            (String::new(), "line 1: no header"),
        ];
        for (table, fault) in cases {
            let told = told(LENS, Some(&table));
            assert!(told.contains(fault), "{told}");
        }
        let unknown = LENS.replace("[cues.order]", "[cues.lunch]");
        let line = 1 + LENS
            .lines()
            .position(|line| line == "[cues.order]")
            .expect("cues");
        let fault = format!("line {line}, column 7: the lens speaks of a role \"lunch\"");
        assert!(
            told(&unknown, None).contains(&fault),
            "{}",
            told(&unknown, None)
        );
        let twice = LENS.replace("letter = \"D\"", "letter = \"O\"");
        assert!(told(&twice, None).contains("two roles have the letter \"O\""));
        assert!(told(&LENS.replace("\n25 = ", "\nmuch = "), None).contains("\"much\""));
        assert!(told("name = 3", None).contains("line 1, column 8"));
        let many = "[[roles]]\nname = \"a\"\nlabel = \"A\"\nshort = \"A\"\nletter = \"a\"\ncolor = \"role1\"\nnucleus = true\n";
        let many = format!("name = \"x\"\n{}", many.repeat(9));
        assert!(told(&many, None).contains("1 to 8 roles, this one has 9"));
    }
}
