//! The rules by which roles make sections: where one opens without a heading, and which role a section has.
//!
//! They are those by which people cut labelled documents. A paragraph of another role alone is the commonest noise in
//! reports (a quote, a denial, a reminder) and breaks nothing. Two of a nucleus role in a row are a topic; satellites
//! ride along and need three. They stand apart because three ask them: the splitter, the search for roles that make
//! sections most readings agree on (`agree`), and whoever redraws sections.

use std::ops::Range;

use crate::model::{Lens, RoleId};

/// A run of paragraphs that makes one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Indices into the paragraphs of the part.
    pub(super) paragraphs: Range<usize>,
    pub(super) role: Option<RoleId>,
}

/// The section that is open while paragraphs are read one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Running {
    /// None while it has had satellites and strays only.
    pub(super) role: Option<RoleId>,
    /// How many paragraphs it has, counted to [`OPENING`].
    pub(super) length: u8,
    /// Whether none of them has a nucleus role.
    pub(super) satellites: bool,
}

/// So many satellites at the beginning are a section of their own when a nucleus run follows.
pub(super) const OPENING: u8 = 3;

impl Running {
    /// Opened by the first paragraph of a part.
    pub(super) fn begin(role: Option<RoleId>, lens: &Lens) -> Self {
        let role = role.filter(|&role| lens.role(role).nucleus);
        Self {
            role,
            length: 1,
            satellites: role.is_none(),
        }
    }

    /// What is open after one more paragraph, and whether that paragraph opened it. `ahead` are the roles of this
    /// paragraph and of the two behind it.
    pub(super) fn step(self, ahead: [Option<RoleId>; 3], lens: &Lens) -> (Self, bool) {
        let nucleus = ahead[0].is_some_and(|role| lens.role(role).nucleus);
        let mut next = Self {
            role: self.role,
            length: (self.length + 1).min(OPENING),
            satellites: self.satellites && !nucleus,
        };
        if ahead[0].is_none() || ahead[0] == self.role || !is_run(ahead, nucleus) {
            return (next, false);
        }
        let opens = match self.role {
            Some(_) => true,
            None => nucleus && self.satellites && self.length >= OPENING,
        };
        if opens {
            next.length = 1;
            next.satellites = !nucleus;
        }
        if opens || (self.role.is_none() && nucleus) {
            next.role = ahead[0];
        }
        (next, opens)
    }
}

/// Whether a run begins here: two of three for a nucleus, three in a row for a satellite.
fn is_run(ahead: [Option<RoleId>; 3], nucleus: bool) -> bool {
    let (second, third) = (ahead[1] == ahead[0], ahead[2] == ahead[0]);
    if nucleus {
        second || third
    } else {
        second && third
    }
}

/// The role at `at` and the two behind it.
fn ahead(roles: &[Option<RoleId>], at: usize) -> [Option<RoleId>; 3] {
    std::array::from_fn(|further| roles.get(at + further).copied().flatten())
}

/// Cuts the paragraphs of one part, which has no heading inside, into sections: one at least.
pub(super) fn cut(roles: &[Option<RoleId>], lens: &Lens) -> Vec<Cut> {
    let mut running = Running::begin(roles.first().copied().flatten(), lens);
    let mut cuts: Vec<(usize, Option<RoleId>)> = vec![(0, running.role)];
    for at in 1..roles.len() {
        let opens;
        (running, opens) = running.step(ahead(roles, at), lens);
        match cuts.last_mut() {
            Some(last) if !opens => last.1 = running.role,
            _ => cuts.push((at, running.role)),
        }
    }
    let ends = cuts.iter().skip(1).map(|&(start, _)| start);
    let ends: Vec<usize> = ends.chain([roles.len()]).collect();
    let whole = |(&(start, role), end): (&(usize, Option<RoleId>), usize)| Cut {
        paragraphs: start..end,
        role: role.or_else(|| without_run(&roles[start..end], lens)),
    };
    cuts.iter().zip(ends).map(whole).collect()
}

/// The role of paragraphs that are one section whatever their roles: that of the first nucleus run among them (the
/// first paragraph is a run by itself), else the most frequent.
pub(super) fn role_of_one(roles: &[Option<RoleId>], lens: &Lens) -> Option<RoleId> {
    let nucleus = |at: usize| {
        let role = roles[at].filter(|&role| lens.role(role).nucleus)?;
        (at == 0 || is_run(ahead(roles, at), true)).then_some(role)
    };
    (0..roles.len())
        .find_map(nucleus)
        .or_else(|| without_run(roles, lens))
}

/// The role of a section that has no run of a nucleus role: the most frequent nucleus role when a third of it has
/// one, else the most frequent satellite. Ties go to the earlier.
fn without_run(roles: &[Option<RoleId>], lens: &Lens) -> Option<RoleId> {
    let most = |nucleus: bool| {
        let mut best: Option<(usize, RoleId)> = None;
        let of = roles.iter().flatten();
        for &role in of.filter(|&&role| lens.role(role).nucleus == nucleus) {
            let count = roles.iter().filter(|&&one| one == Some(role)).count();
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, role));
            }
        }
        best.map(|(_, role)| role)
    };
    let of = roles.iter().flatten();
    let nuclei = of.filter(|&&role| lens.role(role).nucleus).count();
    most(true)
        .filter(|_| nuclei * 3 >= roles.len())
        .or_else(|| most(false))
        .or_else(|| most(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::Splitter;
    use crate::text::TextRange;
    use proptest::prelude::*;

    fn by_letter(letters: &str) -> Vec<Option<RoleId>> {
        let lens = &Splitter::standard().lens;
        letters
            .chars()
            .map(|letter| lens.by_letter(letter))
            .collect()
    }

    /// `check("CTTT", "C TTT")`: roles by letter, then the sections that they fall into, each with its role.
    fn check(letters: &str, expected: &[(&str, char)]) {
        let lens = &Splitter::standard().lens;
        let cuts = cut(&by_letter(letters), lens);
        let told: Vec<(&str, char)> = cuts
            .iter()
            .map(|cut| {
                let range = TextRange::new(cut.paragraphs.start, cut.paragraphs.end);
                (
                    range.of(letters),
                    cut.role.map_or('-', |role| lens.role(role).letter),
                )
            })
            .collect();
        assert_eq!(told, expected, "{letters}");
    }

    #[test]
    fn strays_ride_along_and_runs_break() {
        check("OTOrr", &[("OTOrr", 'O')]);
        check("CTTT", &[("C", 'C'), ("TTT", 'T')]);
        check("OOTOO", &[("OOTOO", 'O')]);
        check("OOTOT", &[("OO", 'O'), ("TOT", 'T')]);
        check("OOT", &[("OOT", 'O')]);
        check("ODDCC", &[("O", 'O'), ("DD", 'D'), ("CC", 'C')]);
    }

    #[test]
    fn satellites_need_three_in_a_row() {
        check("OOrr", &[("OOrr", 'O')]);
        check("OOrbr", &[("OOrbr", 'O')]);
        check("OOrrrTT", &[("OO", 'O'), ("rrr", 'r'), ("TT", 'T')]);
    }

    #[test]
    fn an_opening_of_satellites_takes_the_first_nucleus_run() {
        check("rrOO", &[("rrOO", 'O')]);
        check("rrrOO", &[("rrr", 'r'), ("OO", 'O')]);
        check("rTr", &[("rTr", 'T')]);
        check("rTrr", &[("rTrr", 'r')]);
        check("br", &[("br", 'b')]);
        check("", &[("", '-')]);
        check("...", &[("...", '-')]);
    }
    /// The labelled documents were cut by these rules: from their roles come their sections.
    #[test]
    fn labelled_roles_give_labelled_sections() {
        let data = std::env::var("BRIEFING_DATA").unwrap_or_else(|_| "../shared".into());
        let (mut same, mut all) = (0, 0);
        for folder in ["train", "written"] {
            let Ok(files) = std::fs::read_dir(format!("{data}/gold/{folder}")) else {
                println!("skipped: no {data}/gold/{folder}");
                return;
            };
            let paths = files.map(|file| file.expect("a readable folder").path());
            for path in paths.filter(|path| path.extension().is_some_and(|end| end == "json")) {
                let labels = std::fs::read_to_string(&path).expect("labels");
                let labels: serde_json::Value = serde_json::from_str(&labels).expect("JSON");
                let (hits, sections) = compare(&labels);
                (same, all) = (same + hits, all + sections);
            }
        }
        println!("{same} of {all} labelled sections");
        assert!(same * 100 >= all * 97, "{same} of {all}");
    }

    /// How many labelled sections come out with their first paragraph and role, and how many there are.
    fn compare(labels: &serde_json::Value) -> (usize, usize) {
        let lens = &Splitter::standard().lens;
        let list = |name: &str| labels[name].as_array().expect("a list").clone();
        let mut parts: Vec<Vec<(usize, Option<RoleId>)>> = vec![Vec::new()];
        for (at, paragraph) in list("paragraphs").iter().enumerate() {
            let role = paragraph["role"]
                .as_str()
                .and_then(|role| lens.by_name(role));
            if paragraph["is_heading"] == true {
                parts.push(Vec::new());
            } else if role.is_some() {
                parts.last_mut().expect("one part").push((at, role));
            }
        }
        let mut made = Vec::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let known: Vec<Option<RoleId>> = part.iter().map(|&(_, role)| role).collect();
            made.extend(
                cut(&known, lens)
                    .iter()
                    .map(|cut| (part[cut.paragraphs.start].0, cut.role)),
            );
        }
        let sections = list("sections");
        let hit = |section: &&serde_json::Value| {
            let first = section["first_paragraph"].as_u64().expect("an index") as usize;
            let role = section["role"].as_str().and_then(|role| lens.by_name(role));
            let body = first + usize::from(section["heading"].is_string());
            made.iter()
                .any(|&(at, made)| at >= first && at <= body + 1 && made == role)
        };
        (sections.iter().filter(hit).count(), sections.len())
    }

    #[test]
    fn paragraphs_that_are_one_section_have_one_role() {
        let lens = &Splitter::standard().lens;
        for (letters, role) in [("rrOO", 'O'), ("OTT", 'O'), ("rTrr", 'r'), ("rTr", 'T')] {
            let role = lens.by_letter(role);
            assert_eq!(role_of_one(&by_letter(letters), lens), role, "{letters}");
        }
        assert_eq!(role_of_one(&[], lens), None);
    }

    proptest! {
        /// The rules as people have them, said once more in other words.
        #[test]
        fn sections_open_where_the_rules_say(letters in "[ODCTrb.]{0,14}") {
            let lens = &Splitter::standard().lens;
            let roles = by_letter(&letters);
            let cuts = cut(&roles, lens);
            prop_assert_eq!(cuts.iter().map(|cut| cut.paragraphs.len()).sum::<usize>(), roles.len());
            let nucleus = |at: usize| roles[at].is_some_and(|role| lens.role(role).nucleus);
            let has = |at: usize, role: Option<RoleId>| roles.get(at).is_some_and(|one| *one == role);
            for pair in cuts.windows(2) {
                let (before, here) = (&pair[0], &pair[1]);
                let (at, role) = (here.paragraphs.start, roles[here.paragraphs.start]);
                prop_assert!(role.is_some());
                prop_assert_eq!(here.role, role, "the section has the role of what opened it");
                if nucleus(at) {
                    prop_assert!(has(at + 1, role) || has(at + 2, role), "two of three");
                } else {
                    prop_assert!(has(at + 1, role) && has(at + 2, role), "three in a row");
                }
                let first = before.paragraphs.clone();
                let no_nucleus = first.clone().all(|at| !nucleus(at));
                prop_assert!(before.role != role || no_nucleus, "a change of role");
                if no_nucleus && first.start == 0 {
                    prop_assert!(first.len() >= 3, "an opening of satellites");
                }
            }
        }
    }
}
