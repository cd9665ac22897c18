//! Reading a lens: its roles and hand-written cues from TOML (`lens_file`), its learnt cues from a table of
//! tab-separated values, and both put together.

use super::cues::{Cues, Weights};
use super::lens_file::{self, Evidence, Marks};
use super::roles::Habits;
use super::seal;
use crate::model::{Lens, RoleId};

/// Everything a lens says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) lens: Lens,
    pub(super) cues: Cues,
    pub(super) habits: Habits,
    pub(super) boilerplate: Marks,
    pub(super) evidence: Evidence,
}

/// Why a lens could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    /// Line and column in the file, from 1, and what is wrong there.
    #[error("line {0}, column {1}: {2}")]
    File(usize, usize, String),
    #[error("the table of cues, line {0}: a weight is no whole number: {1}")]
    Number(usize, std::num::ParseIntError),
    #[error("the table of cues, line 1: a role {0:?} that the lens does not have")]
    Column(String),
    #[error("the table of cues, line {0}: {1}")]
    Table(usize, &'static str),
    #[error("the packed cues: {0}")]
    Packed(&'static str),
}

/// Reads a lens and, when it has one, its table of learnt cues.
pub(super) fn read(toml: &str, table: Option<&str>) -> Result<Reading, LensError> {
    let file = lens_file::read(toml)?;
    let mut reading = Reading {
        lens: Lens {
            name: file.name,
            title: file.title,
            roles: file.roles,
            ..Lens::default()
        },
        boilerplate: file.boilerplate,
        evidence: file.evidence,
        ..Reading::default()
    };
    if let Some(table) = table {
        read_table(table, &mut reading)?;
    }
    for (role, weight, cue) in file.cues {
        reading
            .cues
            .add(&cue, |all| add(all, RoleId(role as u8), weight));
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
    let table = seal::open(table)?;
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
        seal::demand(TABLE).expect("a seal: `train_cues seal` makes one");
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
    }
}
