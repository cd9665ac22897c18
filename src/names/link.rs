//! Mentions to entities: who is meant by a surname, which long name an acronym stands for.
//!
//! All by look-up, so that a long document costs no more per name than a short one.

use std::collections::{HashMap, HashSet};

use super::Found;
use super::grounds;
use super::join::{Joined, bodies, fullness, people};
use super::lexicon::Lexicon;
use super::model::asset::Asset;
use super::titles::Around;
use crate::model::{
    BlockId, Document, Entities, Entity, EntityId, EntityKind, Mention, Outline, Reasons, Title,
};
use crate::text::TextRange;
use crate::text::tokens::{self, Word};

/// Joins mentions of the same person or body; reads the offices the text gives them.
pub fn link(document: &Document, found: &[Found], outline: &Outline) -> Entities {
    let text = document.text.as_str();
    let whole = 0..document.blocks.len() as BlockId;
    let usual = super::usual(
        document,
        &super::worded(document, whole),
        Asset::standard().ok(),
    );
    let mut joined = Joined::new(found.len());
    people::join(&usual, found, &mut joined);
    bodies::join(&usual, found, &mut joined);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut ids: HashMap<u32, EntityId> = HashMap::new();
    let mut mentions = Vec::with_capacity(found.len());
    for (found, (group, join)) in found.iter().zip(joined.groups.iter().zip(&joined.joins)) {
        let id = *ids.entry(*group).or_insert_with(|| {
            drafts.push(Draft::default());
            drafts.len() as EntityId - 1
        });
        drafts[id as usize].add((text, &usual), found, mentions.len() as u32);
        mentions.push(Mention {
            range: found.range,
            entity: id,
            section: outline.home(document, found.range.start()),
            reasons: Reasons {
                kind: found.kind,
                rule: found.seen,
                cue: grounds::cue(&usual, found),
                verdict: found.verdict,
                join: *join,
            },
        });
    }
    let mut entities: Vec<Entity> = drafts.into_iter().map(Draft::finish).collect();
    grounds::tell_doubts(joined.open, &ids, &mut entities);
    read_offices((document, &usual), found, &mut mentions, &mut entities);
    read_parents(text, &mentions, &mut entities);
    Entities { entities, mentions }
}

/// An entity while its mentions come in.
#[derive(Default)]
struct Draft<'a> {
    /// As the text has them, and with the usual capitals.
    forms: Vec<(&'a str, &'a str)>,
    seen: HashSet<&'a str>,
    /// How many mentions are of each kind, in the order of [`EntityKind`].
    kinds: [u32; 4],
    mentions: Vec<u32>,
}

const KINDS: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Agency,
    EntityKind::Organization,
    EntityKind::Place,
];

impl<'a> Draft<'a> {
    fn add(&mut self, (text, usual): (&'a str, &'a str), found: &Found, mention: u32) {
        let form = found.range.of(text);
        if self.seen.insert(form) {
            self.forms.push((form, found.range.of(usual)));
        }
        let kind = KINDS.iter().position(|kind| *kind == found.kind);
        self.kinds[kind.expect("all kinds are listed")] += 1;
        self.mentions.push(mention);
    }

    fn finish(self) -> Entity {
        let most = (0..KINDS.len())
            .rev()
            .max_by_key(|&at| self.kinds[at])
            .expect("there are kinds");
        let kind = KINDS[most];
        let mut best = 0;
        // A person's other name, of other words, is not the fuller form of the one that the text uses.
        let of_one = |form: &str, name: &str| {
            kind != EntityKind::Person || people::share_a_word(form, name) || !name.contains(' ')
        };
        for (at, (_, form)) in self.forms.iter().enumerate() {
            let name = self.forms[best].1;
            if fullness(form) > fullness(name) && of_one(form, name) {
                best = at;
            }
        }
        let name = self.forms[best].0;
        let body = matches!(kind, EntityKind::Agency | EntityKind::Organization);
        let short = |(written, form): &&(&str, &str)| {
            *written != name
                && form.len() < 10
                && form.chars().filter(|c| c.is_uppercase()).count() >= 2
                && !form.contains(' ')
        };
        let abbreviation = self.forms.iter().find(short).filter(|_| body);
        let mut forms = vec![name.to_owned()];
        let written = self.forms.iter().map(|(form, _)| *form);
        forms.extend(written.filter(|form| *form != name).map(str::to_owned));
        Entity {
            kind,
            name: name.to_owned(),
            titles: Vec::new(),
            abbreviation: abbreviation.map(|(form, _)| (*form).to_owned()),
            parent: None,
            forms,
            mentions: self.mentions,
            doubts: Vec::new(),
            mended: Vec::new(),
            hidden: false,
        }
    }
}

/// Reads the titles around every mention of a person; `text` is that of `document` with the usual capitals.
fn read_offices(
    (document, text): (&Document, &str),
    found: &[Found],
    mentions: &mut [Mention],
    entities: &mut [Entity],
) {
    let written = document.text.as_str();
    let people: Vec<usize> = (0..found.len())
        .filter(|&at| found[at].kind == EntityKind::Person)
        .collect();
    let mut words: Vec<Word> = Vec::new();
    let mut read = None;
    // The title of the one before, where it is of each of a row of people.
    let mut shared = None;
    for (nth, &at) in people.iter().enumerate() {
        let range = found[at].range;
        let Some(block) = document.block_at(range.start()) else {
            continue;
        };
        let whole = document.blocks[block as usize].range;
        if read != Some(block) {
            tokens::words(text, whole, &mut words);
            read = Some(block);
        }
        let around = Around {
            text,
            words: &words,
            lexicon: Lexicon::standard(),
        };
        let earlier = nth
            .checked_sub(1)
            .map_or(TextRange::new(0, 0), |nth| found[people[nth]].range);
        let later = people
            .get(nth + 1)
            .map_or(TextRange::new(text.len(), text.len()), |&next| {
                found[next].range
            });
        let limit = earlier.end().max(whole.start());
        let row = around.row(range.end(), later.start());
        let mut before = around.before(range, limit, row);
        let farther = before.and_then(|title| around.farther(title, range, limit));
        let of_row = earlier.start() >= whole.start() && around.row(earlier.end(), range.start());
        match before {
            Some(title) => {
                shared = around.singular(title);
                before = shared.or(before);
            }
            None if of_row => before = shared,
            None => shared = None,
        }
        let lost = around.lost(range, later);
        if let Some(title) = before {
            grounds::quote(title, &mut mentions[at].reasons);
        }
        let [letters, stated] = around.after(range, later);
        let titles = &mut entities[mentions[at].entity as usize].titles;
        for office in [farther, before, letters, stated].into_iter().flatten() {
            add_title(written, whole_body(found, at, office), titles);
        }
        // `Ada Ode replaced Tom Moor as minister`: the office is hers.
        let won = limit == earlier.end() && around.one_sentence(limit, range.start());
        let winner = nth.checked_sub(1).map(|nth| people[nth]);
        if let (Some(office), Some(winner), true) = (lost, winner, won) {
            let titles = &mut entities[mentions[winner].entity as usize].titles;
            add_title(written, whole_body(found, winner, office), titles);
        }
    }
}

/// The office with the whole name of the body that it ends within.
fn whole_body(found: &[Found], near: usize, office: TextRange) -> TextRange {
    let reach = near.saturating_sub(6)..found.len().min(near + 7);
    let cut = found[reach].iter().find(|found| {
        let (start, end) = (found.range.start(), found.range.end());
        let body = matches!(found.kind, EntityKind::Agency | EntityKind::Organization);
        body && start > office.start() && start < office.end() && end > office.end()
    });
    TextRange::new(
        office.start(),
        cut.map_or(office.end(), |found| found.range.end()),
    )
}

fn add_title(text: &str, range: TextRange, titles: &mut Vec<Title>) {
    let words = range.of(text);
    let known = |title: &Title| title.text.eq_ignore_ascii_case(words);
    if titles.len() < 32 && !titles.iter().any(known) {
        titles.push(Title {
            text: words.to_owned(),
            range,
        });
    }
}

/// Words between two bodies that make the second the parent of the first.
const PARTS: &[&str] = &[
    "falls under",
    "part of",
    "an agency of",
    "a division of",
    "a unit of",
    "an arm of",
    "a subsidiary of",
    "a branch of",
    "an office of",
    "owned by",
];

fn read_parents(text: &str, mentions: &[Mention], entities: &mut [Entity]) {
    let body = |entities: &[Entity], id: EntityId| {
        matches!(
            entities[id as usize].kind,
            EntityKind::Agency | EntityKind::Organization
        )
    };
    for pair in mentions.windows(2) {
        let (part, whole) = (pair[0].entity, pair[1].entity);
        let (end, start) = (pair[0].range.end(), pair[1].range.start());
        if start - end > 60 || part == whole || !body(entities, part) || !body(entities, whole) {
            continue;
        }
        let between = TextRange::new(end, start).of(text);
        let stated = between.starts_with(", ")
            && !between.contains(['\n', '.', ';'])
            && PARTS.iter().any(|words| between.contains(words));
        if stated
            && entities[part as usize].parent.is_none()
            && entities[whole as usize].parent != Some(part)
        {
            entities[part as usize].parent = Some(whole);
        }
    }
}
