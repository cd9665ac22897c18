//! Where sections begin: at every stated heading, and where the role changes for good without one.
//!
//! The rules are those by which people cut labelled documents. A paragraph of another role alone is the commonest
//! noise in reports (a quote, a denial, a reminder) and breaks nothing. Two of a nucleus role in a row are a topic;
//! satellites ride along and need three.

use std::ops::Range;

use super::cues::Scores;
use super::roles::{Drawn, WAYS, carried};
use crate::model::{Basis, BlockId, BlockKind, Document, Heading, Lens, RoleId, Section};
use crate::text::TextRange;

/// What is known of a body paragraph that is no boilerplate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) block: BlockId,
    pub(super) role: Option<RoleId>,
    /// The share of each role; none has any in a text without roles.
    pub(super) shares: Scores,
    /// The role that its heading speaks of.
    pub(super) heading: Option<RoleId>,
}

/// A stretch between two headings.
#[derive(Debug, Default)]
struct Part {
    heading: Option<BlockId>,
    depth: u8,
    /// Blocks that stand in it: all but title, rules and boilerplate.
    blocks: Vec<BlockId>,
}

/// A run of paragraphs that makes one section.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Indices into the paragraphs of the part.
    pub(super) paragraphs: Range<usize>,
    pub(super) role: Option<RoleId>,
}

/// The sections of `blocks`; `known` are its body paragraphs that are no boilerplate, in order.
pub(super) fn sections(
    document: &Document,
    lens: &Lens,
    blocks: Range<BlockId>,
    (known, ways): (&[Known], &[Drawn]),
    boilerplate: &[BlockId],
) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut rest = known;
    let mut rest_ways = ways;
    for part in parts(document, blocks, boilerplate) {
        let body = part
            .blocks
            .iter()
            .filter(|&&id| document.blocks[id as usize].is_body())
            .count();
        let (here, after) = rest.split_at(body.min(rest.len()));
        rest = after;
        let (ways, after) = rest_ways.split_at(here.len().min(rest_ways.len()));
        rest_ways = after;
        part_sections(document, lens, &part, (here, ways), &mut sections);
    }
    name(document, lens, &mut sections);
    sections
}

fn parts(document: &Document, blocks: Range<BlockId>, boilerplate: &[BlockId]) -> Vec<Part> {
    let mut parts = vec![Part::default()];
    let mut open: Vec<u8> = Vec::new();
    for id in blocks {
        let block = &document.blocks[id as usize];
        match block.kind {
            BlockKind::Title | BlockKind::Rule => {}
            BlockKind::Heading => {
                while open.last().is_some_and(|&level| level >= block.level) {
                    open.pop();
                }
                parts.push(Part {
                    heading: Some(id),
                    depth: open.len() as u8,
                    blocks: Vec::new(),
                });
                open.push(block.level);
            }
            _ if boilerplate.binary_search(&id).is_ok() => {}
            _ => parts
                .last_mut()
                .expect("the first part is there from the start")
                .blocks
                .push(id),
        }
    }
    parts
}

/// The sections of one part: always one for a stated heading, none for nothing.
fn part_sections(
    document: &Document,
    lens: &Lens,
    part: &Part,
    (known, ways): (&[Known], &[Drawn]),
    sections: &mut Vec<Section>,
) {
    if part.heading.is_none() && part.blocks.is_empty() {
        return;
    }
    let range = |id: BlockId| document.blocks[id as usize].range;
    let cuts = likely(known, ways, lens);
    for (at, made) in cuts.iter().enumerate() {
        let first = match (at, part.heading) {
            (0, Some(heading)) => heading,
            (0, None) => part.blocks[0],
            _ => known[made.paragraphs.start].block,
        };
        // Code and tables before the next section belong to this one.
        let next = cuts
            .get(at + 1)
            .map_or(BlockId::MAX, |next| known[next.paragraphs.start].block);
        let inside = part.blocks.partition_point(|&id| id < next);
        let last = part.blocks[..inside]
            .last()
            .copied()
            .unwrap_or(first)
            .max(first);
        let of = &known[made.paragraphs.clone()];
        let says = of.first().and_then(|one| one.heading);
        let by_heading =
            at == 0 && part.heading.is_some() && (made.role.is_none() || says == made.role);
        sections.push(Section {
            heading: match part.heading {
                Some(block) if at == 0 => Heading::Stated(range(block), block),
                _ => Heading::Opening,
            },
            range: TextRange::new(range(first).start(), range(last).end()),
            depth: part.depth,
            role: made.role,
            basis: if by_heading {
                Basis::Heading
            } else {
                Basis::Text
            },
            confidence: confidence(of, made.role),
            drawn: false,
            instead: None,
        });
    }
}

/// How sure the paragraphs that have `role` are of it, on the mean.
fn confidence(known: &[Known], role: Option<RoleId>) -> u8 {
    let Some(role) = role else { return 0 };
    let having = known.iter().filter(|one| one.role == Some(role));
    let (count, sum) = having.fold((0.0, 0.0), |(count, sum), one| {
        (count + 1.0, sum + one.shares[role.0 as usize])
    });
    (sum * 100.0 / f32::max(count, 1.0)).round() as u8
}

/// The share of ways that must cut at a place.
const ENOUGH: f32 = 0.4;
/// What a cut one paragraph beside it counts for.
const BESIDE: f32 = 0.3;

/// The cuts that most of the ways agree on in which roles may run through a part.
///
/// Each way is cut by the rules; labelling first and cutting once would let one doubtful paragraph decide.
fn likely(known: &[Known], ways: &[Drawn], lens: &Lens) -> Vec<Cut> {
    if ways.len() != known.len() || known.len() < 2 {
        return cut(known, lens);
    }
    let mut opens = vec![0.0_f32; known.len() + 1];
    let mut votes = vec![Scores::default(); known.len()];
    let mut one: Vec<Known> = known.to_vec();
    for way in 0..WAYS {
        for (known, drawn) in one.iter_mut().zip(ways) {
            known.role = Some(RoleId(drawn[way]));
        }
        for made in cut(&one, lens) {
            opens[made.paragraphs.start] += 1.0 / WAYS as f32;
            for vote in &mut votes[made.paragraphs] {
                if let Some(role) = made.role {
                    vote[role.0 as usize] += 1.0 / WAYS as f32;
                }
            }
        }
    }
    // The first paragraph opens a section in any case: that says nothing of the second.
    opens[0] = 0.0;
    let mut starts = vec![0];
    for at in 1..known.len() {
        let (left, right) = (opens[at - 1], opens[at + 1]);
        let peak = opens[at] > left && opens[at] >= right;
        if peak && opens[at] + BESIDE * (left + right) >= ENOUGH {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([known.len()]);
    let whole = |(&start, end): (&usize, usize)| Cut {
        paragraphs: start..end,
        role: voted(&votes[start..end], lens),
    };
    starts.iter().zip(ends).map(whole).collect()
}

/// The role that most of the ways give to a section, when enough of them do.
fn voted(votes: &[Scores], lens: &Lens) -> Option<RoleId> {
    let mut shares = Scores::default();
    for vote in votes {
        for (sum, vote) in shares.iter_mut().zip(vote) {
            *sum += vote / votes.len() as f32;
        }
    }
    carried(&shares, lens.roles.len())
}

/// Cuts the paragraphs of one part into sections.
pub(super) fn cut(known: &[Known], lens: &Lens) -> Vec<Cut> {
    let nucleus = |role: RoleId| lens.role(role).nucleus;
    let mut cuts = Vec::new();
    let mut start = 0;
    // The role of the section so far; none while it has had satellites and strays only.
    let mut current = known
        .first()
        .and_then(|one| one.role)
        .filter(|&role| nucleus(role));
    for at in 1..known.len() {
        let Some(role) = known[at].role.filter(|&role| Some(role) != current) else {
            continue;
        };
        let run = &known[at..known.len().min(at + 3)];
        if !is_run(run, role, nucleus(role)) {
            continue;
        }
        let satellites = known[start..at]
            .iter()
            .all(|one| one.role.is_none_or(|role| !nucleus(role)));
        let opens = match current {
            Some(_) => true,
            None => nucleus(role) && satellites && at - start >= 3,
        };
        if opens {
            cuts.push(finish(known, start..at, current, lens));
            start = at;
        }
        if opens || (current.is_none() && nucleus(role)) {
            current = Some(role);
        }
    }
    cuts.push(finish(known, start..known.len(), current, lens));
    cuts
}

/// Whether `run` begins one of `role`: two of three for a nucleus, three in a row for a satellite.
fn is_run(run: &[Known], role: RoleId, nucleus: bool) -> bool {
    let has = |ahead: usize| run.get(ahead).is_some_and(|one| one.role == Some(role));
    if nucleus {
        has(1) || has(2)
    } else {
        has(1) && has(2)
    }
}

fn finish(known: &[Known], paragraphs: Range<usize>, current: Option<RoleId>, lens: &Lens) -> Cut {
    let of: Vec<Option<RoleId>> = known[paragraphs.clone()]
        .iter()
        .map(|one| one.role)
        .collect();
    let role = current.or_else(|| {
        let most = |nucleus: bool| {
            let mut best: Option<(usize, RoleId)> = None;
            for &role in of
                .iter()
                .flatten()
                .filter(|&&role| lens.role(role).nucleus == nucleus)
            {
                let count = of.iter().filter(|&&one| one == Some(role)).count();
                // Ties go to the earlier.
                if best.is_none_or(|(most, _)| count > most) {
                    best = Some((count, role));
                }
            }
            best
        };
        let nuclei = of
            .iter()
            .flatten()
            .filter(|&&role| lens.role(role).nucleus)
            .count();
        let nucleus = most(true).filter(|_| nuclei * 3 >= of.len());
        nucleus
            .or_else(|| most(false))
            .or_else(|| most(true))
            .map(|(_, role)| role)
    });
    Cut { paragraphs, role }
}

/// The role of paragraphs with these roles, when they are one section.
pub(super) fn role_of_one(roles: &[Option<RoleId>], lens: &Lens) -> Option<RoleId> {
    let one = |&role: &Option<RoleId>| Known {
        block: 0,
        role,
        shares: Scores::default(),
        heading: None,
    };
    let known: Vec<Known> = roles.iter().map(one).collect();
    let nucleus = |at: usize| {
        let role = known[at].role.filter(|&role| lens.role(role).nucleus)?;
        let run = &known[at..known.len().min(at + 3)];
        (at == 0 || is_run(run, role, true)).then_some(role)
    };
    let current = (0..known.len()).find_map(nucleus);
    finish(&known, 0..known.len(), current, lens).role
}

/// Names the sections that have no heading of their own.
pub(super) fn name(document: &Document, lens: &Lens, sections: &mut [Section]) {
    let mut taken: Vec<bool> = lens
        .roles
        .iter()
        .map(|role| {
            sections.iter().any(|section| match section.heading {
                Heading::Stated(range, _) => {
                    range.of(&document.text).eq_ignore_ascii_case(&role.label)
                }
                _ => false,
            })
        })
        .collect();
    for section in sections
        .iter_mut()
        .filter(|section| section.heading == Heading::Opening)
    {
        let Some(role) = section.role else { continue };
        let taken = &mut taken[role.0 as usize];
        section.heading = if *taken {
            Heading::Words(first_words(document, section.range))
        } else {
            Heading::Label(role)
        };
        *taken = true;
    }
}

/// The first words of `range`, cut after a word near 40 characters.
pub(super) fn first_words(document: &Document, range: TextRange) -> TextRange {
    const NEAR: usize = 40;
    let words = range.of(&document.text);
    let line = words.split('\n').next().unwrap_or(words);
    let mut end = line.len();
    if let Some((limit, _)) = line.char_indices().nth(NEAR) {
        let space = line
            .get(..limit)
            .and_then(|head| head.rfind(char::is_whitespace));
        end = space.filter(|&space| space > 0).unwrap_or(limit);
    }
    let cut = TextRange::new(range.start(), range.start() + end).trim(&document.text);
    let kept = cut
        .of(&document.text)
        .trim_end_matches([',', ';', ':', '–', '—', '-'])
        .len();
    TextRange::new(cut.start(), cut.start() + kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::Splitter;

    /// `check("CTTT", "C TTT")`: roles by letter, then the sections that they fall into, each with its role.
    fn check(letters: &str, expected: &[(&str, char)]) {
        let lens = &Splitter::standard().lens;
        let one = |(at, letter): (usize, char)| Known {
            block: at as BlockId,
            role: lens.by_letter(letter),
            shares: Scores::default(),
            heading: None,
        };
        let known: Vec<Known> = letters.chars().enumerate().map(one).collect();
        let cuts = cut(&known, lens);
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

    /// A section that a reader drew gets its role by the same rule as one that was found.
    #[test]
    fn one_section_has_the_role_that_cutting_gives_it() {
        const LETTERS: [Option<char>; 5] = [None, Some('O'), Some('T'), Some('r'), Some('b')];
        let lens = &Splitter::standard().lens;
        let mut compared = 0;
        for number in 0..5_usize.pow(6) {
            let digit = |at: u32| number / 5_usize.pow(at) % 5;
            let role = |at| LETTERS[digit(at)].and_then(|letter| lens.by_letter(letter));
            let roles: Vec<Option<RoleId>> = (0..6).map(role).collect();
            let one = |&role: &Option<RoleId>| Known {
                block: 0,
                role,
                shares: Scores::default(),
                heading: None,
            };
            let known: Vec<Known> = roles.iter().map(one).collect();
            if let [only] = &cut(&known, lens)[..] {
                assert_eq!(role_of_one(&roles, lens), only.role, "{roles:?}");
                compared += 1;
            }
        }
        assert!(compared > 1000, "{compared}");
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
        let mut parts: Vec<Vec<(usize, Known)>> = vec![Vec::new()];
        for (at, paragraph) in list("paragraphs").iter().enumerate() {
            let role = paragraph["role"]
                .as_str()
                .and_then(|role| lens.by_name(role));
            if paragraph["is_heading"] == true {
                parts.push(Vec::new());
            } else if role.is_some() {
                let known = Known {
                    block: 0,
                    role,
                    shares: Scores::default(),
                    heading: None,
                };
                parts.last_mut().expect("one part").push((at, known));
            }
        }
        let mut made = Vec::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let known: Vec<Known> = part.iter().map(|(_, known)| *known).collect();
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
}
