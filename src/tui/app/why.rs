//! `K`: which words spoke for the role of the section and of each paragraph on the page, which for the runner-up.
//! What found the names is said in `why_name`.

use std::ops::Range;

use crate::model::{Basis, BlockId, EntityId, Lens, Paragraph, Reason, RoleId, Section, SectionId};
use crate::text::TextRange;
use crate::text::show::cut;
use crate::tui::app::App;
use crate::tui::app::open::Lines;
use crate::tui::layout;
use crate::tui::page::Part;
use crate::tui::reading::basis_word;
use crate::tui::theme::Slot;

/// Words named for a section at most: three paragraphs' worth.
const WORDS: usize = 6;

/// Words that spoke for a role, each with its weight in hundredths of a nat.
type Told<'a> = Vec<(&'a str, bool, i16)>;

impl App {
    /// Why the chosen name, the section, the paragraphs and the names on this page are labelled as they are.
    pub(super) fn why(&self, chosen: Option<EntityId>) -> Lines {
        let mut lines = chosen.map_or(Lines::new(), |id| self.why_name(id));
        let reading = &self.reading;
        if let Some(id) = reading.section() {
            lines.push(("THIS SECTION".into(), Slot::Heading));
            lines.extend(self.why_section(id));
            lines.push((String::new(), Slot::Plain));
        }
        let viewport = self.viewport();
        let rows = reading.page(viewport).rows(reading.anchor, viewport.height);
        let shown: Vec<_> = rows.iter().filter(|row| row.part != Part::Above).collect();
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else {
            return lines;
        };
        lines.push(("PARAGRAPHS ON THIS PAGE".into(), Slot::Heading));
        lines.extend(self.why_roles(first.block..last.block + 1));
        lines.push((String::new(), Slot::Plain));
        lines.push(("NAMES ON THIS PAGE".into(), Slot::Heading));
        lines.extend(self.why_names(TextRange::new(first.range().start(), last.range().end())));
        lines
    }

    /// What the section does, what in its paragraphs spoke for that, and what for the role that came next.
    fn why_section(&self, id: SectionId) -> Lines {
        let reading = &self.reading;
        let (document, lens) = (&reading.document, &reading.briefing.lens);
        let section = &reading.outline().sections[id as usize];
        let title = section.title(document, lens);
        let Some((role, label, basis)) = reading.role_of(id) else {
            let why = reading.outline().absence.map(|why| why.words(lens));
            let line = format!("{}. {title}: no role", id + 1);
            let why = why.map(|why| (format!("    {why}"), Slot::Quiet));
            let lines = std::iter::once((line, Slot::Plain)).chain(why);
            return lines.chain(why_yours(section, lens)).collect();
        };
        let sure = match section.basis {
            Basis::Reader => String::new(),
            _ => format!(", {} % sure", section.confidence),
        };
        let line = format!("{}. {title}: {label} ({basis}){sure}", id + 1);
        let mut lines = vec![(line, Slot::Plain)];
        lines.extend(why_yours(section, lens));
        let paragraphs: Vec<&Paragraph> = self.paragraphs_in(section.range).collect();
        let having = paragraphs.iter().filter(|one| one.role == Some(role));
        let (having, all) = (having.count(), paragraphs.len());
        let told = self.told(&paragraphs, role);
        let words = spoken(&told).unwrap_or_else(|| "no word alone".to_owned());
        lines.push((format!("    for it: {words}"), Slot::Quiet));
        lines.push((
            format!("    {having} of {all} paragraphs have this role"),
            Slot::Quiet,
        ));
        if let Some(second) = runner_up(&paragraphs, role, lens.roles.len()) {
            let told = self.told(&paragraphs, second);
            let words = spoken(&told).unwrap_or_else(|| "no word alone".to_owned());
            let label = &lens.role(second).label;
            lines.push((format!("    runner-up {label}: {words}"), Slot::Quiet));
        }
        lines
    }

    /// The paragraphs in `range` that are no boilerplate.
    fn paragraphs_in(&self, range: TextRange) -> impl Iterator<Item = &Paragraph> {
        let blocks = &self.reading.document.blocks;
        let paragraphs = &self.reading.outline().paragraphs;
        let start = |one: &Paragraph| blocks[one.block as usize].range.start();
        let first = paragraphs.partition_point(|one| start(one) < range.start());
        paragraphs[first..]
            .iter()
            .take_while(move |one| start(one) < range.end())
            .filter(|one| !one.boilerplate)
    }

    /// The loudest words for `role` in `paragraphs`, each once.
    fn told(&self, paragraphs: &[&Paragraph], role: RoleId) -> Told<'_> {
        let of = |one: &&Paragraph| one.reasons.to_vec();
        let mut reasons: Vec<Reason> = paragraphs
            .iter()
            .flat_map(of)
            .filter(|reason| reason.role == role)
            .collect();
        reasons.sort_by_key(|reason| -reason.weight);
        let mut told: Told<'_> = Vec::new();
        for reason in reasons {
            let words = reason.words.of(&self.reading.document.text);
            let known = |(old, ..): &(&str, bool, i16)| old.eq_ignore_ascii_case(words);
            if told.len() < WORDS && !told.iter().any(known) {
                told.push((words, reason.heading, reason.weight));
            }
        }
        told
    }

    fn why_roles(&self, blocks: Range<BlockId>) -> Lines {
        let reading = &self.reading;
        let known = |block| {
            reading
                .outline()
                .paragraph(block)
                .zip(reading.paragraph_number(block))
        };
        let mut lines = Lines::new();
        for (paragraph, number) in blocks.filter_map(known) {
            lines.extend(self.why_paragraph(paragraph, number));
        }
        if lines.is_empty() {
            lines.push(("no paragraph has a role here".into(), Slot::Quiet));
        } else if !reading.briefing.lens.roles.is_empty() {
            let scale = "Numbers are weights in nats: 0.7 doubles the odds of a role, 2.3 makes them tenfold.";
            lines.push((scale.into(), Slot::Quiet));
        }
        lines
    }

    fn why_paragraph(&self, paragraph: &Paragraph, number: usize) -> Lines {
        let lens = &self.reading.briefing.lens;
        let words = self.reading.document.words(paragraph.block);
        let words: Vec<&str> = words.split_whitespace().take(6).collect();
        let role = match paragraph.role {
            Some(role) => format!("{} {} %", lens.role(role).label, paragraph.confidence),
            None if paragraph.boilerplate => "boilerplate".to_owned(),
            None => "no role".to_owned(),
        };
        let line = format!("p{number} {role}  “{} …”", words.join(" "));
        let line = cut(&line, layout::overlay(self.size).width.saturating_sub(2));
        let mut lines = vec![(line, Slot::Plain)];
        // What is said before the arrow: words, or that it was taken from around.
        let lead = paragraph.why.split(" → ").next().unwrap_or_default();
        let Some(second) = paragraph.second else {
            if !lead.is_empty() {
                lines.push((format!("    {lead}"), Slot::Quiet));
            }
            return lines;
        };
        let (best, other): (Vec<Reason>, Vec<Reason>) = paragraph
            .reasons
            .iter()
            .partition(|reason| reason.role != second);
        let of = |reasons: &[Reason]| {
            let text = &self.reading.document.text;
            let one = |reason: &Reason| (reason.words.of(text), reason.heading, reason.weight);
            spoken(&reasons.iter().map(one).collect::<Told<'_>>())
        };
        let words = of(&best).unwrap_or_else(|| lead.to_owned());
        lines.push((format!("    for it: {words}"), Slot::Quiet));
        let label = &lens.role(second).label;
        let share = paragraph.second_confidence;
        let words = of(&other).unwrap_or_else(|| "no word alone".to_owned());
        lines.push((
            format!("    runner-up {label} {share} %: {words}"),
            Slot::Quiet,
        ));
        lines
    }
}

/// The role that has most in `paragraphs` after `role`.
fn runner_up(paragraphs: &[&Paragraph], role: RoleId, roles: usize) -> Option<RoleId> {
    let mut shares = vec![0_u32; roles];
    for one in paragraphs {
        let both = [
            (one.role, one.confidence),
            (one.second, one.second_confidence),
        ];
        for (role, share) in both {
            let sum = role.and_then(|role| shares.get_mut(role.0 as usize));
            if let Some(sum) = sum {
                *sum += u32::from(share);
            }
        }
    }
    let others = (0_u8..)
        .map(RoleId)
        .zip(shares)
        .filter(|&(id, share)| id != role && share > 0);
    others.max_by_key(|&(_, share)| share).map(|(id, _)| id)
}

/// `heading “Talks” 1.6, “ordered” 0.9`; nothing for none.
fn spoken(told: &Told<'_>) -> Option<String> {
    let one = |(words, heading, weight): &(&str, bool, i16)| {
        let place = if *heading { "heading " } else { "" };
        format!("{place}“{words}” {:.1}", f32::from(*weight) / 100.0)
    };
    (!told.is_empty()).then(|| told.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// What the reader set of a section, and what would stand there otherwise.
fn why_yours(section: &Section, lens: &Lens) -> Lines {
    let mut lines = Lines::new();
    if let Some(instead) = section.instead {
        let role = instead.role.map_or("no role".to_owned(), |role| {
            let basis = basis_word(instead.basis);
            let label = &lens.role(role).label;
            format!("{label} ({basis}), {} % sure", instead.confidence)
        });
        lines.push((
            format!("    you set the role; it was found to be: {role}"),
            Slot::Quiet,
        ));
    }
    if section.drawn {
        let words = "    you drew where it begins or ends";
        lines.push((words.into(), Slot::Quiet));
    }
    lines
}
