//! Mending names: what the keys of the list of people do to the selected name, the questions before it, and undoing.

use std::collections::BTreeSet;
use std::sync::Arc;

use crossterm::event::KeyCode;

use crate::memory::{Kept, Mend, OwnNames};
use crate::model::{Change, Entity, EntityId, EntityKind, NameEdit};
use crate::names::wish::{self, Refusal, Wish};
use crate::text::harmless;
use crate::text::show::plural;
use crate::tui::action::Action;
use crate::tui::app::correct::YOURS;
use crate::tui::app::typing::{Typed, edit};
use crate::tui::app::{App, Asked, Pane};
use crate::tui::event::{Effect, Mending};
use crate::tui::keymap::Key;
use crate::tui::line::Input;
use crate::tui::overlay::{Cursor, Overlay, People};
use crate::tui::question::{self, Question};

/// The keys of the list of people.
pub(super) const MENDING: [Action; 6] = [
    Action::MergeName,
    Action::RenameName,
    Action::SetKind,
    Action::SplitName,
    Action::HideName,
    Action::RejectName,
];

/// The letters of kinds, and each with its article.
const LETTERS: [(char, EntityKind, &str); 4] = [
    ('p', EntityKind::Person, "a person"),
    ('a', EntityKind::Agency, "an agency"),
    ('o', EntityKind::Organization, "an organization"),
    ('l', EntityKind::Place, "a place"),
];

/// Which letter is which kind.
const KINDS: &str = "p person  a agency  o organization  l place";

impl App {
    /// Whether keys mean what they mean in the list of people.
    pub(super) fn in_people(&self) -> bool {
        match &self.overlay {
            None => self.focus == Pane::People,
            Some(overlay) => matches!(overlay, Overlay::People(_)),
        }
    }

    fn list(&mut self) -> Option<&mut People> {
        match &mut self.overlay {
            Some(Overlay::People(people)) => Some(people),
            _ => None,
        }
    }

    fn asked(&mut self) -> Option<&mut Question> {
        self.list()?.question.as_mut()
    }

    /// Forgets what was asked: what it was about may have another number now.
    pub(super) fn drop_questions(&mut self) {
        self.asking = None;
        if let Some(people) = self.list() {
            let question = people.question.take();
            // Choosing mentions is over: the names have the keys again.
            if question.is_some_and(|question| question.chosen().is_some()) {
                people.mention = None;
            }
        }
    }

    /// Does what a key of the list of people asks for.
    pub(super) fn mend(&mut self, action: Action) {
        if !self.in_people() || !self.sections_are_known() {
            return;
        }
        if self.asked().is_some() {
            return self.answer_again(action);
        }
        let in_pane = self.reading.cast.get(self.people.at).map(|row| row.entity);
        let selected = match self.list() {
            Some(people) => people.selected(),
            None => in_pane,
        };
        let Some(id) = selected else {
            self.notice = Some("there is no name to mend".into());
            return;
        };
        let name = self.called(id);
        match action {
            Action::RejectName => {
                self.fulfil(&Wish::Reject(id), |_| format!("“{name}” is no name"));
            }
            Action::HideName if self.reading.is_hidden(id) => {
                self.fulfil(&Wish::Hide(id), |_| format!("“{name}” is listed again"));
            }
            Action::HideName => {
                let told = |_: &Self| format!("“{name}” is hidden, at the end of the list (p)");
                self.fulfil(&Wish::Hide(id), told);
            }
            Action::SetKind => {
                self.notice = Some(format!("kind of “{name}”:  {KINDS}"));
                self.asking = Some(Asked::Kind(id));
            }
            _ => self.ask(id, action),
        }
    }

    /// Asks what must be known before a name is mended, in the list of people.
    fn ask(&mut self, id: EntityId, action: Action) {
        let alone = self.reading.briefing.entities.entities[id as usize]
            .mentions
            .len()
            == 1;
        if action == Action::SplitName && alone {
            self.notice = Some("it has only one mention: r renames it, m merges it".into());
            return;
        }
        let question = match action {
            Action::MergeName => Question::Merge(id),
            Action::SplitName => Question::Split(id, BTreeSet::new()),
            _ => Question::Rename(id, Input::of(&self.called(id))),
        };
        if self.list().is_none() {
            self.open_people(Some(id), false);
        }
        if let Some(people) = self.list() {
            people.mention = (action == Action::SplitName).then(Cursor::default);
            people.question = Some(question);
        }
    }

    /// A key of mending while a question is open: the same key again answers it.
    fn answer_again(&mut self, action: Action) {
        match (self.asked(), action) {
            (Some(Question::Merge(_)), Action::MergeName) => self.settle_question(),
            (Some(Question::Split(..)), Action::SplitName) => self.choose_alike(),
            _ => self.notice = Some("Enter answers the question below, Esc gives it up".into()),
        }
    }

    /// Offers an action to the question that is open; whether it was used up.
    pub(super) fn question_took(&mut self, action: Action) -> bool {
        let Some(question) = self.asked() else {
            return false;
        };
        // The mentions of another name would be chosen.
        let leaves = matches!(question, Question::Split(..))
            && matches!(
                action,
                Action::NextPane | Action::PreviousPane | Action::Find
            );
        match action {
            Action::Escape => self.drop_questions(),
            Action::Open if !self.is_filtering() => self.settle_question(),
            Action::NextPane
            | Action::PreviousPane
            | Action::NextMention
            | Action::PreviousMention => {}
            _ => return leaves,
        }
        true
    }

    /// Enter: does what was asked about, or asks on.
    fn settle_question(&mut self) {
        let Some(people) = self.list() else { return };
        let selected = people.selected();
        match people.question.clone() {
            Some(Question::Merge(from)) => {
                if let Some(into) = selected {
                    self.merge(from, into);
                }
            }
            Some(Question::Split(_, chosen)) if chosen.is_empty() => {
                self.notice = Some(Refusal::NoMention.to_string());
            }
            Some(Question::Split(id, chosen)) => self.ask_whose(id, chosen),
            Some(Question::Give(id, chosen, input)) => {
                let chosen: Vec<usize> = chosen.into_iter().collect();
                let (count, to) = (
                    plural(chosen.len(), "mention"),
                    input.text.trim().to_owned(),
                );
                self.fulfil(&Wish::Split(id, &chosen, &to), |_| {
                    format!("{count} given to “{to}”")
                });
            }
            Some(Question::Rename(id, input)) => {
                let name = self.called(id);
                self.fulfil(&Wish::Rename(id, &input.text), |app| {
                    format!("“{name}” is called “{}”", app.selected_name())
                });
            }
            None => {}
        }
    }

    fn merge(&mut self, from: EntityId, into: EntityId) {
        let (one, other) = (self.called(from), self.called(into));
        self.fulfil(&Wish::Merge(from, into), |_| {
            format!("“{one}” is now “{other}”")
        });
    }

    fn ask_whose(&mut self, id: EntityId, chosen: BTreeSet<usize>) {
        let entities = &self.reading.briefing.entities;
        let all = entities.mentions_of(id).len();
        if chosen.len() == all {
            self.notice = Some(Refusal::AllMentions.to_string());
            return;
        }
        let text = &self.reading.document.text;
        let first = chosen
            .first()
            .and_then(|&at| entities.mentions_of(id).nth(at));
        let words = first.map_or("", |mention| mention.range.of(text));
        // What it is called cannot be the answer.
        let words = if words == self.called(id) { "" } else { words };
        let input = Input::of(words);
        if let Some(question) = self.asked() {
            *question = Question::Give(id, chosen, input);
        }
    }

    /// Space chooses a mention, or not; whether the key was one for that.
    pub(super) fn chooses_mention(&mut self, key: Key) -> bool {
        let Some(people) = self.list() else {
            return false;
        };
        let at = people.mention.map_or(0, |cursor| cursor.at);
        let Some(Question::Split(_, chosen)) = &mut people.question else {
            return false;
        };
        if key.code != KeyCode::Char(' ') {
            return false;
        }
        if !chosen.remove(&at) {
            chosen.insert(at);
        }
        true
    }

    /// A mention that was clicked while some are to be chosen; whether they are.
    pub(super) fn chose_mention(&mut self, at: usize) -> bool {
        let Some(people) = self.list() else {
            return false;
        };
        let Some(Question::Split(_, chosen)) = &mut people.question else {
            return false;
        };
        people.mention = Some(Cursor { at });
        if !chosen.remove(&at) {
            chosen.insert(at);
        }
        true
    }

    /// Chooses all mentions with the words of the selected one.
    fn choose_alike(&mut self) {
        let Some(Overlay::People(people)) = &mut self.overlay else {
            return;
        };
        let at = people.mention.map_or(0, |cursor| cursor.at);
        if let Some(Question::Split(id, chosen)) = &mut people.question {
            let text = &self.reading.document.text;
            let entities = &self.reading.briefing.entities;
            let words = || entities.mentions_of(*id).map(|it| it.range.of(text));
            let own = words().nth(at);
            let alike = words().enumerate().filter(|(_, it)| Some(*it) == own);
            chosen.extend(alike.map(|(at, _)| at));
        }
    }

    /// Whether keys go into the answer to a question.
    pub(super) fn is_answering(&self) -> bool {
        match &self.overlay {
            Some(Overlay::People(people)) => {
                people.question.as_ref().is_some_and(Question::is_typed)
            }
            _ => false,
        }
    }

    pub(super) fn answer(&mut self) -> Option<&mut Input> {
        self.asked()?.input()
    }

    /// A key while an answer is typed.
    pub(super) fn type_answer(&mut self, key: Key) {
        if key.code == KeyCode::Tab {
            return self.complete();
        }
        let Some(input) = self.answer() else { return };
        // An empty line is no wish to leave it: the name before is to be typed anew.
        if key.code == KeyCode::Backspace && input.text.is_empty() {
            return;
        }
        match edit(input, key) {
            Typed::Done => self.settle_question(),
            Typed::Given => self.drop_questions(),
            Typed::Changed | Typed::Nothing => {}
        }
    }

    /// Tab: the first name on the list that begins so.
    fn complete(&mut self) {
        let Some(typed) = self.answer().map(|input| input.text.clone()) else {
            return;
        };
        let name = question::completed(&self.reading, &typed).map(str::to_owned);
        if let (Some(input), Some(name)) = (self.answer(), name) {
            *input = Input::of(&name);
        }
    }

    /// `@`: the words picked with the mouse, or found by a search, are to be a name.
    pub(super) fn add_name(&mut self) {
        if self.overlay.is_some() || !self.sections_are_known() {
            return;
        }
        let Some(range) = self.selected().or_else(|| self.search.current_hit()) else {
            let words = "choose words first: drag over them, or search for them with /; then @ makes them a name";
            self.notice = Some(words.into());
            return;
        };
        match wish::edit(&self.reading.briefing, &Wish::Add(range, EntityKind::Place)) {
            Ok(edit) => {
                self.notice = Some(format!("“{}” is a name:  {KINDS}", edit.subject()));
                self.asking = Some(Asked::Added(range));
            }
            Err(refusal) => self.notice = Some(refusal.to_string()),
        }
    }

    /// The key after `c` or `@`.
    pub(super) fn answer_kind(&mut self, asked: Asked, key: Key) {
        let KeyCode::Char(letter) = key.code else {
            return;
        };
        let row = LETTERS.iter().find(|(of, ..)| *of == letter);
        let Some((_, kind, article)) = row else {
            self.notice = Some(format!("no kind has the letter {letter}. {KINDS}"));
            self.asking = Some(asked);
            return;
        };
        match asked {
            Asked::Role(_) => {}
            Asked::Kind(id) => {
                let name = self.called(id);
                self.fulfil(&Wish::Kind(id, *kind), |_| format!("“{name}” is {article}"));
            }
            Asked::Added(range) => {
                self.selection = None;
                self.fulfil(&Wish::Add(range, *kind), |app| {
                    let id = app.reading.pinned;
                    let entities = &app.reading.briefing.entities.entities;
                    let entity = id.and_then(|id| entities.get(id as usize));
                    entity.map_or(String::new(), |it| {
                        let count = plural(it.mentions.len(), "mention");
                        format!("“{}” is {article}, {count}", it.name)
                    })
                });
            }
        }
    }

    /// Makes the edit that fulfils a wish, and says what was done.
    fn fulfil(&mut self, wish: &Wish, told: impl FnOnce(&Self) -> String) {
        let edit = match wish::edit(&self.reading.briefing, wish) {
            Ok(edit) => edit,
            Err(refusal) => {
                self.notice = Some(refusal.to_string());
                return;
            }
        };
        self.change_names(&Change::Add(edit.clone()));
        self.select(wish::subject(&self.reading.briefing, &edit));
        self.notice = Some(format!("{} {YOURS}", told(self)));
    }

    /// Puts the cursor on a name, wherever there is one.
    fn select(&mut self, id: Option<EntityId>) {
        if let Some(Overlay::People(people)) = &mut self.overlay {
            people.select(id, &self.reading);
        }
        let cast = &self.reading.cast;
        let at = cast.iter().position(|row| Some(row.entity) == id);
        let last = cast.len().saturating_sub(1);
        self.people.at = at.unwrap_or(self.people.at.min(last));
        if self.overlay.is_none() {
            let row = cast.get(self.people.at).map(|row| row.entity);
            let here = row.filter(|_| self.focus == Pane::People);
            self.reading.pinned = id.or(here).or(self.reading.pinned);
        }
    }

    fn change_names(&mut self, change: &Change<NameEdit>) {
        let lens = &self.reading.briefing.lens.name;
        let after = self.reading.ledger.count(lens);
        let mending = match change {
            Change::Add(edit) => {
                let mend = Mend {
                    edit: edit.clone(),
                    after,
                    listed: None,
                };
                Mending::Keep(Arc::clone(&self.reading.document), Box::new(mend))
            }
            Change::Undo(edit) => {
                let (id, listed) = self.reading.ledger.names.place_of(edit);
                Mending::Forget(id, listed)
            }
        };
        self.effects.push(Effect::Mend(mending));
        self.reading.ledger.names.change(change, after);
        self.show_names();
    }

    fn show_names(&mut self) {
        self.drop_questions();
        self.reading.amend();
        self.reading.gather_cast();
        self.refresh_overlay();
    }

    /// The edit that was just made is kept.
    pub fn mend_kept(&mut self, kept: &Kept) {
        self.reading.ledger.names.kept(kept);
        if kept.listed.is_some() {
            self.tell_more(Some("it is in your own list now".into()));
        }
        self.tell_more(kept.trouble.clone());
    }

    /// Says something after what is said already.
    pub fn tell_more(&mut self, words: Option<String>) {
        let said: Vec<String> = self.notice.take().into_iter().chain(words).collect();
        self.notice = (!said.is_empty()).then(|| said.join("; "));
    }

    /// Takes the reader's own list of names.
    pub fn take_own(&mut self, own: OwnNames) {
        let before = &self.reading.own;
        if before.rows() != own.list.rows() {
            self.reading.own = Arc::new(own.list);
            let selected = self.named_here();
            self.show_names();
            self.select_named(selected.as_ref());
        }
        self.reading.ledger.names.faults = own.faults;
    }

    /// What the selected name is called, and its kind.
    fn named_here(&self) -> Option<(String, EntityKind)> {
        let id = match &self.overlay {
            Some(Overlay::People(people)) => people.selected(),
            _ => self.reading.pinned,
        };
        let entity = self.reading.briefing.entities.entities.get(id? as usize);
        entity.map(|it| (it.name.clone(), it.kind))
    }

    fn select_named(&mut self, named: Option<&(String, EntityKind)>) {
        let entities = self.reading.briefing.entities.entities.iter().zip(0..);
        let same = |it: &Entity| {
            Some((&it.name, it.kind)) == named.as_ref().map(|(name, kind)| (name, *kind))
        };
        let id = entities.filter(|(it, _)| same(it)).map(|(_, id)| id).next();
        if id.is_some() {
            self.select(id);
        }
    }

    /// Takes the latest edit of names back.
    pub(super) fn undo_mend(&mut self, edit: &NameEdit) {
        let what = match edit {
            NameEdit::Merge { .. } => "the merging of",
            NameEdit::Split { .. } => "the splitting of",
            NameEdit::Rename { .. } => "the renaming of",
            NameEdit::Kind { .. } => "the kind of",
            NameEdit::Hide { .. } => "the hiding of",
            NameEdit::Show { .. } => "the showing of",
            NameEdit::Reject { .. } => "the rejection of",
            NameEdit::Add { .. } => "the adding of",
        };
        // What was kept may have been changed by anybody.
        let words = format!("undone: {what} “{}”", harmless::line(edit.subject()));
        let about = match edit {
            NameEdit::Merge { name, .. }
            | NameEdit::Split { name, .. }
            | NameEdit::Rename { name, .. }
            | NameEdit::Kind { name, .. }
            | NameEdit::Hide { name }
            | NameEdit::Show { name }
            | NameEdit::Reject { name } => Some(NameEdit::Hide { name: name.clone() }),
            NameEdit::Add { .. } => None,
        };
        self.change_names(&Change::Undo(edit.clone()));
        let id = about.and_then(|it| wish::subject(&self.reading.briefing, &it));
        self.select(id);
        self.notice = Some(words);
    }

    fn called(&self, id: EntityId) -> String {
        let entities = &self.reading.briefing.entities.entities;
        entities
            .get(id as usize)
            .map_or(String::new(), |it| it.name.clone())
    }

    /// What the selected name of the list is called.
    fn selected_name(&self) -> String {
        match &self.overlay {
            Some(Overlay::People(people)) => people
                .selected()
                .map_or(String::new(), |id| self.called(id)),
            _ => String::new(),
        }
    }
}
