//! What a search is good for once it is typed: how it is meant, all its hits, its paragraphs alone, and searching again.

use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::event::Effect;
use crate::tui::hits::HitList;
use crate::tui::keymap::Key;
use crate::tui::line::Input;
use crate::tui::only::Only;
use crate::tui::overlay::Overlay;
use crate::tui::page::Anchor;
use crate::tui::searches::{Asked, Fate, SearchList, manner_words};

const NO_SEARCH: &str = "nothing was searched yet: / begins a search";

/// Whether `action` is about how a search is meant: such keys work while the words are typed.
pub(super) fn is_manner(action: Action) -> bool {
    matches!(
        action,
        Action::WholeWords | Action::Pattern | Action::ExactCase
    )
}

impl App {
    pub(super) fn manner_key(&self, key: Key) -> Option<Action> {
        self.keymap.action(key).filter(|action| is_manner(*action))
    }

    /// Changes how the search is meant and searches again; without a search, how the next one is.
    pub(super) fn toggle_manner(&mut self, action: Action) {
        let before = self.search.manner;
        let manner = &mut self.search.manner;
        match action {
            Action::WholeWords => manner.whole_words = !manner.whole_words,
            Action::Pattern => manner.pattern = !manner.pattern,
            _ => manner.exact_case = !manner.exact_case,
        }
        let manner = self.search.manner;
        if self.search.typing {
            self.reading.anchor = self.search.origin;
            return self.look_for(&Asked::of(&self.search.input, manner));
        }
        let Some(asked) = self.search.asked() else {
            let words = match manner_words(manner).as_str() {
                "" => "the next search: any case, parts of words too".to_owned(),
                words => format!("the next search: {words}"),
            };
            self.notice = Some(words);
            return;
        };
        self.lift_only();
        let changed = Asked { manner, ..asked };
        self.look_for(&changed);
        if let Some(fault) = self.search.fault.take() {
            // The words were no pattern: they go on as they were meant before.
            self.search.manner = before;
            self.look_for(&Asked {
                manner: before,
                ..changed
            });
            self.notice = Some(fault);
        } else {
            self.remember_search(changed);
        }
    }

    /// Lists all hits, by section.
    pub(super) fn list_hits(&mut self) {
        if self.search.query.is_none() {
            self.notice = Some(NO_SEARCH.into());
            return;
        }
        let here = self.reading.anchor.at;
        let hits = self.search.ranges();
        let nearest = hits.partition_point(|hit| hit.start() < here);
        let at = self.search.current.unwrap_or(nearest);
        let list = HitList::new(hits, self.reading.outline(), at);
        self.overlay = Some(Overlay::Hits(list));
    }

    /// From the search line: the hits of what is typed, or what can be searched again when nothing is.
    pub(super) fn list_from_line(&mut self) {
        if let Some(fault) = &self.search.fault {
            self.notice = Some(fault.clone());
        } else if self.search.query.is_some() {
            self.accept_query();
            self.list_hits();
        } else if self.search.past.all().is_empty() {
            self.notice = Some("there is no earlier search".into());
        } else {
            self.accept_query();
            let list = SearchList::new(&self.search.past);
            self.overlay = Some(Overlay::Searches(list));
        }
    }

    pub(super) fn go_to_hit(&mut self, hit: usize) {
        let Some(offset) = self.search.ranges().get(hit).map(|hit| hit.start()) else {
            return;
        };
        self.overlay = None;
        self.search.current = Some(hit);
        let viewport = self.viewport();
        self.reading.show(offset, viewport);
    }

    /// Searches for what is selected in the list of searches.
    pub(super) fn search_selected(&mut self) {
        let Some(Overlay::Searches(list)) = &self.overlay else {
            return;
        };
        let Some(asked) = list.selected().cloned() else {
            return;
        };
        self.overlay = None;
        self.search.manner = asked.manner;
        self.search.input = Input::of(&asked.words);
        self.look_for(&asked);
        self.remember_search(asked);
    }

    /// Makes a search the latest, in this run and the next.
    pub(super) fn remember_search(&mut self, asked: Asked) {
        self.search.past.remember(asked.clone());
        self.effects.push(Effect::KeepSearch(asked, Fate::Latest));
    }

    /// Keeps what is listed to be searched again, or lets go of it.
    pub(super) fn keep_search(&mut self, keep: bool) {
        let asked = match &self.overlay {
            Some(Overlay::Searches(list)) => list.selected().cloned(),
            _ => self.search.asked(),
        };
        let Some(asked) = asked else { return };
        let words = if keep {
            format!(
                "kept: {} (Tab in an empty search line lists it)",
                asked.words
            )
        } else {
            format!("not kept: {}", asked.words)
        };
        self.notice = Some(words);
        let fate = if keep { Fate::Kept } else { Fate::LetGo };
        self.search.past.keep(asked.clone(), keep);
        self.effects.push(Effect::KeepSearch(asked.clone(), fate));
        if let Some(Overlay::Searches(list)) = &mut self.overlay {
            list.rows = self.search.past.all();
            let at = list.rows.iter().position(|row| *row == asked);
            list.cursor.at = at.unwrap_or(0);
        }
    }

    /// Shows only the paragraphs with a hit, or all again.
    pub(super) fn toggle_only(&mut self) {
        if self.reading.only.is_some() {
            self.lift_only();
        } else if self.search.query.is_none() {
            self.notice = Some(format!(
                "{NO_SEARCH}, & then shows only the paragraphs with it"
            ));
        } else if self.search.is_done() {
            self.show_only();
        } else {
            self.search.only_wanted = true;
        }
    }

    pub(super) fn show_only(&mut self) {
        let Some(query) = &self.search.query else {
            return;
        };
        let (document, place) = (&self.reading.document, self.reading.anchor);
        let only = Only::of(document, self.search.ranges(), query.words(), place);
        if only.is_none() {
            self.notice = Some(format!("no paragraph has {}", query.words()));
        }
        self.reading.only = only;
        self.search.had_only = self.reading.only.is_some();
        self.settle_only();
        let anchor = self.reading.anchor;
        if let Some(only) = &mut self.reading.only {
            only.instead = anchor;
        }
    }

    /// Shows all paragraphs again; the place stays.
    pub(super) fn lift_only(&mut self) {
        self.search.only_wanted = false;
        if let Some(only) = self.reading.only.take() {
            self.reading.anchor = only.place_after(self.reading.anchor);
        }
    }

    /// While paragraphs are left out the place is one that is shown; and the reader is told when they are back.
    pub(super) fn settle_only(&mut self) {
        let has = self.reading.only.is_some();
        if std::mem::replace(&mut self.search.had_only, has)
            && !has
            && !self.search.typing
            && !self.search.only_wanted
        {
            let said = self.notice.take();
            self.notice = said.or_else(|| Some("all paragraphs again".into()));
        }
        if !has {
            return;
        }
        let viewport = self.viewport();
        let page = self.reading.page(viewport);
        if !page.hides(self.reading.anchor.at) {
            return;
        }
        let end = page.bottom(viewport.height);
        let rows = page.rows(self.reading.anchor, 1);
        let next = rows
            .first()
            .map_or(end, |row| Anchor::to(row.range().start()));
        self.reading.anchor = if self.reading.anchor.at > end.at {
            end
        } else {
            next
        };
    }
}
