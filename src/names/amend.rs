//! What a reader's edits make of the names: a layer over what was found.
//!
//! Nothing is found or joined anew: names and mentions are moved about, and what an edit does not touch stays as it
//! was. An edit that fits the text no longer changes nothing and is told.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::model::reasons::{Bond, Join, Seen};
use crate::model::{
    Briefing, By, Entities, Entity, EntityId, EntityKind, Mended, Mention, NameEdit, Named,
    OwnList, OwnName, Reasons, Spot, Title, What,
};
use crate::text::TextRange;

/// The rule of a mention that the reader added: a row of `RULES`.
const MARKED: &str = "marked by the reader";
/// The entity of a mention that is no mention any more.
const NOBODY: EntityId = EntityId::MAX;

/// Names with edits in them.
#[derive(Clone, Debug)]
pub struct Amended {
    pub entities: Arc<Entities>,
    /// What became of each edit.
    pub fits: Vec<Fit>,
}

/// What became of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Whole,
    /// Some of the mentions that it is about are not in the text.
    Part,
    /// The name or the words that it is about are not there: nothing is changed.
    Lost,
}

/// The names as the reader's own list has them, and then as she edited them; those that were found where nothing is
/// changed.
pub fn amended(found: &Briefing, list: &OwnList, edits: &[NameEdit]) -> Amended {
    let listed = listed(&found.entities, list);
    if edits.is_empty() && listed.is_empty() {
        return Amended {
            entities: Arc::clone(&found.entities),
            fits: Vec::new(),
        };
    }
    let mut desk = Desk::new(found);
    for (row, names) in &listed {
        desk.take_row(&list.rows()[*row], names);
    }
    let fits: Vec<Fit> = edits.iter().map(|edit| desk.take(edit)).collect();
    let entities = if listed.is_empty() && fits.iter().all(|fit| *fit == Fit::Lost) {
        Arc::clone(&found.entities)
    } else {
        Arc::new(desk.entities())
    };
    Amended { entities, fits }
}

/// The names that rows of the list are about, row by row, those first in the text first.
fn listed(entities: &Entities, list: &OwnList) -> BTreeMap<usize, Vec<EntityId>> {
    let mut listed: BTreeMap<usize, Vec<EntityId>> = BTreeMap::new();
    if !list.is_empty() {
        for (id, name) in (0..).zip(&entities.entities) {
            if let Some(row) = list.row_of(&name.name) {
                listed.entry(row).or_default().push(id);
            }
        }
    }
    listed
}

/// Names while edits are made. Names keep their numbers; new ones come after them.
struct Desk<'a> {
    found: &'a Briefing,
    text: &'a str,
    /// `None` is no name any more.
    names: Vec<Option<Entity>>,
    /// Those found, in order, then those added; of [`NOBODY`] when they are none any more.
    mentions: Vec<Mention>,
}

impl<'a> Desk<'a> {
    fn new(found: &'a Briefing) -> Self {
        let entities = &found.entities;
        Self {
            found,
            text: &found.document.text,
            names: entities.entities.iter().cloned().map(Some).collect(),
            mentions: entities.mentions.clone(),
        }
    }

    /// Makes one edit.
    fn take(&mut self, edit: &NameEdit) -> Fit {
        let by = By::Reader;
        let done = match edit {
            NameEdit::Merge { name, into } => {
                self.find(name).zip(self.find(into)).map(|(from, to)| {
                    if from == to {
                        let merged = What::Merged(name.name.clone());
                        self.take_over(to, |what| *what == merged);
                    }
                    self.merge(from, to, by);
                })
            }
            NameEdit::Split { name, mentions, to } => {
                return self
                    .find(name)
                    .map_or(Fit::Lost, |name| self.split(name, mentions, to));
            }
            NameEdit::Rename { name, to } => self.find(name).map(|name| self.rename(name, to, by)),
            NameEdit::Kind { name, kind } => {
                self.find(name).map(|name| self.set_kind(name, *kind, by))
            }
            NameEdit::Hide { name } => self.find(name).map(|name| self.hide(name, by)),
            NameEdit::Show { name } => self.find(name).map(|name| self.show(name)),
            NameEdit::Reject { name } => self.find(name).map(|name| self.reject(name)),
            NameEdit::Add { at, kind } => at.find(self.text).map(|range| self.add(range, *kind)),
        };
        done.map_or(Fit::Lost, |()| Fit::Whole)
    }

    /// Makes names as a row of the list has them: all of `names` are one. Where some are of its kind and others are
    /// not, it is about those that are.
    fn take_row(&mut self, row: &OwnName, names: &[EntityId]) {
        let by = By::List;
        let of_kind = |id: &EntityId| {
            let name = self.names[*id as usize].as_ref();
            row.kind.is_none() || name.map(|it| it.kind) == row.kind
        };
        let own: Vec<EntityId> = names.iter().copied().filter(of_kind).collect();
        let names = if own.is_empty() { names } else { &own };
        let called = |id: &&EntityId| {
            let name = self.names[**id as usize].as_ref();
            name.is_some_and(|it| it.name == row.name)
        };
        let first = names.iter().find(called).or(names.first());
        let Some(&id) = first else { return };
        for &other in names {
            self.merge(other, id, by);
        }
        self.rename(id, &row.name, by);
        if let Some(kind) = row.kind {
            self.set_kind(id, kind, by);
        }
        if row.hidden {
            self.hide(id, by);
        }
    }

    /// The names there are, with their numbers.
    fn all(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let names = (0..).zip(&self.names);
        names.filter_map(|(id, name)| Some((id, name.as_ref()?)))
    }

    fn name(&mut self, id: EntityId) -> &mut Entity {
        self.names[id as usize]
            .as_mut()
            .expect("edits hold on to names that are there")
    }

    /// Who is meant: the one that is called so, else the one whose mention stands at the place.
    fn find(&self, name: &Named) -> Option<EntityId> {
        let called: Vec<EntityId> = self.called(&name.name).collect();
        let kind = |id: &&EntityId| self.names[**id as usize].as_ref().map(|it| it.kind);
        let mut same = called.iter().filter(|id| kind(id) == Some(name.kind));
        match (same.next(), same.next(), &called[..]) {
            (Some(&only), None, _) | (None, _, &[only]) => Some(only),
            _ => {
                let range = name.at.find(self.text)?;
                let at = self.over(range).next()?;
                Some(self.mentions[at as usize].entity)
            }
        }
    }

    /// All that are called `name`.
    fn called(&self, name: &str) -> impl Iterator<Item = EntityId> {
        let all = self.all();
        all.filter(move |(_, it)| it.name == name).map(|(id, _)| id)
    }

    /// The mentions that overlap `range`, by their places in the list.
    fn over(&self, range: TextRange) -> impl Iterator<Item = u32> {
        let found = self.found.entities.mentions.len();
        let (found, added) = self.mentions.split_at(found);
        let first = found.partition_point(|it| it.range.end() <= range.start());
        let end = found.partition_point(|it| it.range.start() < range.end());
        let numbers = (first..end.max(first)).chain(found.len()..found.len() + added.len());
        numbers
            .filter(move |&at| {
                let mention = &self.mentions[at];
                mention.entity != NOBODY && mention.range.overlaps(range)
            })
            .map(|at| at as u32)
    }

    fn merge(&mut self, from: EntityId, into: EntityId, by: By) {
        // A later analysis may have joined them by itself.
        if from == into {
            return;
        }
        let Some(merged) = self.names[from as usize].take() else {
            return;
        };
        let first = self.name(into).mentions[0];
        for &at in &merged.mentions {
            let mention = &mut self.mentions[at as usize];
            mention.entity = into;
            mention.reasons.join.get_or_insert(Join {
                bond: Bond::Reader,
                to: first,
            });
        }
        let name = self.name(into);
        for title in merged.titles {
            let known = |it: &Title| it.text.eq_ignore_ascii_case(&title.text);
            if !name.titles.iter().any(known) {
                name.titles.push(title);
            }
        }
        name.abbreviation = name.abbreviation.take().or(merged.abbreviation);
        name.parent = name.parent.or(merged.parent);
        name.doubts.extend(merged.doubts);
        name.mentions.extend(merged.mentions);
        // What it was called, and its kind, are not those of the one it is now.
        let told =
            |it: &Mended| !matches!(it.what, What::Renamed(_) | What::Kind(_) | What::Hidden);
        name.mended.extend(merged.mended.into_iter().filter(told));
        name.mended.push(Mended {
            by,
            what: What::Merged(merged.name),
        });
        self.point_to(from, into);
        self.reform(into);
    }

    /// What spoke of `from` speaks of `into`.
    fn point_to(&mut self, from: EntityId, into: EntityId) {
        for name in self.names.iter_mut().flatten() {
            if name.parent == Some(from) {
                name.parent = Some(into);
            }
            let others = name.doubts.iter_mut().flat_map(|doubt| &mut doubt.others);
            for other in others.filter(|other| **other == from) {
                *other = into;
            }
        }
    }

    fn split(&mut self, from: EntityId, spots: &[Spot], to: &str) -> Fit {
        let places = spots.iter().filter_map(|spot| {
            let range = spot.find(self.text)?;
            let mut over = self.over(range);
            over.find(|&at| self.mentions[at as usize].range == range)
        });
        let places = places.filter(|&at| self.mentions[at as usize].entity == from);
        let mut moved: Vec<u32> = places.collect();
        // In another text two spots may be one.
        moved.sort_unstable();
        moved.dedup();
        if moved.is_empty() {
            return Fit::Lost;
        }
        let before = self.name(from).clone();
        let called = self.called(to).filter(|&id| id != from);
        let called: Vec<EntityId> = called.collect();
        let same = |id: &&EntityId| {
            let name = self.names[**id as usize].as_ref();
            name.is_some_and(|it| it.kind == before.kind)
        };
        let known = called.iter().find(same).or(called.first()).copied();
        let into = known.unwrap_or_else(|| self.begin(to, before.kind));
        for &at in &moved {
            self.mentions[at as usize].entity = into;
            self.mentions[at as usize].reasons.join = None;
        }
        let name = self.name(into);
        let (by, called) = (By::Reader, name.name.clone());
        name.mentions.extend(&moved);
        let what = What::Split(before.name.clone());
        name.mended.push(Mended { by, what });
        let name = self.name(from);
        name.mentions.retain(|at| !moved.contains(at));
        let what = What::Given(called);
        name.mended.push(Mended { by, what });
        self.share_titles(&before, (from, into));
        for id in [from, into] {
            self.reform(id);
        }
        if moved.len() == spots.len() {
            Fit::Whole
        } else {
            Fit::Part
        }
    }

    /// Every title goes with the mention that it stands nearest to.
    fn share_titles(&mut self, before: &Entity, (from, into): (EntityId, EntityId)) {
        for title in &before.titles {
            let far = |at: &&u32| {
                let range = self.mentions[**at as usize].range;
                let gap = range.start().saturating_sub(title.range.end());
                gap.max(title.range.start().saturating_sub(range.end()))
            };
            let nearest = before.mentions.iter().min_by_key(far);
            let moved = nearest.is_some_and(|&at| self.mentions[at as usize].entity == into);
            if moved {
                self.name(from).titles.retain(|it| it != title);
                self.name(into).titles.push(title.clone());
            }
        }
    }

    /// A new name without mentions.
    fn begin(&mut self, name: &str, kind: EntityKind) -> EntityId {
        self.names.push(Some(Entity {
            kind,
            name: name.to_owned(),
            titles: Vec::new(),
            abbreviation: None,
            parent: None,
            forms: Vec::new(),
            mentions: Vec::new(),
            doubts: Vec::new(),
            mended: Vec::new(),
            hidden: false,
        }));
        self.names.len() as EntityId - 1
    }

    fn rename(&mut self, id: EntityId, to: &str, by: By) {
        let name = self.name(id);
        if name.name == to {
            return self.take_over(id, |what| matches!(what, What::Renamed(_)));
        }
        let what = What::Renamed(std::mem::replace(&mut name.name, to.to_owned()));
        name.mended.push(Mended { by, what });
        self.reform(id);
    }

    fn set_kind(&mut self, id: EntityId, kind: EntityKind, by: By) {
        let name = self.name(id);
        if name.kind == kind {
            return self.take_over(id, |what| matches!(what, What::Kind(_)));
        }
        let what = What::Kind(std::mem::replace(&mut name.kind, kind));
        name.mended.push(Mended { by, what });
    }

    fn hide(&mut self, id: EntityId, by: By) {
        let name = self.name(id);
        if !std::mem::replace(&mut name.hidden, true) {
            let what = What::Hidden;
            return name.mended.push(Mended { by, what });
        }
        self.take_over(id, |what| *what == What::Hidden);
    }

    /// What the list did already is the reader's own deed where she did it here too.
    fn take_over(&mut self, id: EntityId, is: impl Fn(&What) -> bool) {
        for mended in self.name(id).mended.iter_mut().filter(|it| is(&it.what)) {
            mended.by = By::Reader;
        }
    }

    fn show(&mut self, id: EntityId) {
        let name = self.name(id);
        name.hidden = false;
        name.mended.retain(|it| it.what != What::Hidden);
    }

    fn reject(&mut self, id: EntityId) {
        let rejected = self.names[id as usize].take();
        for at in rejected.map_or(Vec::new(), |it| it.mentions) {
            self.mentions[at as usize].entity = NOBODY;
        }
    }

    /// Makes the words of `range` a name: there, and wherever else they stand and are no other name's.
    fn add(&mut self, range: TextRange, kind: EntityKind) {
        let words = range.of(self.text);
        let own = self.over(range).collect::<Vec<_>>();
        let named = |at: u32| {
            let mention = &self.mentions[at as usize];
            let name = self.names[mention.entity as usize].as_ref();
            mention.range == range && name.is_some_and(|name| name.kind == kind)
        };
        // A later analysis may have found it by itself.
        if own.iter().any(|&at| named(at)) {
            return;
        }
        for at in own {
            self.drop_mention(at);
        }
        let known = self
            .all()
            .find(|(_, name)| name.kind == kind && name.forms.iter().any(|form| form == words));
        let known = known.map(|(id, _)| id);
        let id = known.unwrap_or_else(|| self.begin(words, kind));
        for other in alone(self.text, words) {
            let over: Vec<u32> = self.over(other).collect();
            let inside = |&at: &u32| {
                let range = self.mentions[at as usize].range;
                range != other && other.covers(range)
            };
            if other != range && !over.iter().all(inside) {
                continue;
            }
            for at in over {
                self.drop_mention(at);
            }
            self.mention(other, (id, kind));
        }
        // Taken out of the name itself: `of` and `alone` see the same words, but the ends of a word may be cut.
        if self.over(range).next().is_none() {
            self.mention(range, (id, kind));
        }
        let (by, what) = (By::Reader, What::Added);
        self.name(id).mended.push(Mended { by, what });
        self.reform(id);
    }

    fn mention(&mut self, range: TextRange, (entity, kind): (EntityId, EntityKind)) {
        let outline = &self.found.outline;
        let at = self.mentions.len() as u32;
        self.mentions.push(Mention {
            range,
            entity,
            section: outline.home(&self.found.document, range.start()),
            reasons: Reasons {
                kind,
                rule: Some(Seen {
                    rule: MARKED,
                    kind,
                    exact: true,
                }),
                cue: None,
                verdict: None,
                join: None,
            },
        });
        self.name(entity).mentions.push(at);
    }

    /// A mention is none any more; its name goes with its last one.
    fn drop_mention(&mut self, at: u32) {
        let id = std::mem::replace(&mut self.mentions[at as usize].entity, NOBODY);
        let name = self.name(id);
        name.mentions.retain(|&it| it != at);
        if name.mentions.is_empty() {
            self.names[id as usize] = None;
        } else {
            self.reform(id);
        }
    }

    /// Brings a name's mentions, forms and short form in line; a name without mentions is none.
    fn reform(&mut self, id: EntityId) {
        let mentions = &self.mentions;
        let Some(name) = &mut self.names[id as usize] else {
            return;
        };
        if name.mentions.is_empty() {
            self.names[id as usize] = None;
            return;
        }
        name.mentions.sort_by_key(|&at| mentions[at as usize].range);
        let mut forms: Vec<&str> = Vec::new();
        let mut seen = HashSet::new();
        for &at in &name.mentions {
            let form = mentions[at as usize].range.of(self.text);
            if seen.insert(form) {
                forms.push(form);
            }
        }
        let given = |it: &Mended| matches!(it.what, What::Renamed(_) | What::Split(_));
        if !seen.contains(name.name.as_str()) && !name.mended.iter().any(given) {
            let fullest = forms.iter().rev().max_by_key(|form| form.len());
            let fullest: &str = fullest.map_or("", |form| form);
            fullest.clone_into(&mut name.name);
        }
        name.abbreviation = name
            .abbreviation
            .take()
            .filter(|short| seen.contains(short.as_str()));
        let others = forms.into_iter().filter(|form| *form != name.name);
        let others: Vec<String> = others.map(str::to_owned).collect();
        name.forms = std::iter::once(name.name.clone()).chain(others).collect();
    }

    /// Everything in order again: mentions as they stand in the text, names as they come in it.
    fn entities(self) -> Entities {
        let mut order: Vec<u32> = (0..self.mentions.len() as u32).collect();
        order.retain(|&at| self.mentions[at as usize].entity != NOBODY);
        order.sort_by_key(|&at| self.mentions[at as usize].range);
        let (mut places, mut ids) = (
            vec![u32::MAX; self.mentions.len()],
            vec![NOBODY; self.names.len()],
        );
        let mut old_ids = Vec::new();
        for (&at, new) in order.iter().zip(0..) {
            places[at as usize] = new;
            let old = self.mentions[at as usize].entity;
            if ids[old as usize] == NOBODY {
                ids[old as usize] = old_ids.len() as EntityId;
                old_ids.push(old);
            }
        }
        let mut mentions: Vec<Mention> =
            order.iter().map(|&at| self.mentions[at as usize]).collect();
        for mention in &mut mentions {
            let of = mention.entity;
            mention.entity = ids[of as usize];
            let kept = |join: &Join| self.mentions[join.to as usize].entity == of;
            let join = mention.reasons.join.filter(kept);
            mention.reasons.join = join.map(|join| Join {
                to: places[join.to as usize],
                ..join
            });
        }
        let mut names = self.names;
        let mut entities: Vec<Entity> = old_ids
            .iter()
            .filter_map(|&old| names[old as usize].take())
            .collect();
        for (name, id) in entities.iter_mut().zip(0..) {
            for at in &mut name.mentions {
                *at = places[*at as usize];
            }
            let known =
                |old: EntityId| Some(ids[old as usize]).filter(|&new| new != NOBODY && new != id);
            name.parent = name.parent.and_then(known);
            for doubt in &mut name.doubts {
                let others = doubt.others.iter().filter_map(|&old| known(old));
                let mut seen = HashSet::new();
                doubt.others = others.filter(|&id| seen.insert(id)).collect();
            }
            name.doubts.retain(|doubt| !doubt.others.is_empty());
        }
        Entities { entities, mentions }
    }
}

/// Where `words` stand in `text` as whole words.
fn alone<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = TextRange> + use<'a> {
    let inside = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let places = memchr::memmem::find_iter(text.as_bytes(), words.as_bytes());
    places
        .map(|start| TextRange::new(start, start + words.len()))
        .filter(move |range| {
            let before = text
                .get(..range.start())
                .and_then(|it| it.chars().next_back());
            let after = text.get(range.end()..).and_then(|it| it.chars().next());
            !inside(before) && !inside(after)
        })
}
