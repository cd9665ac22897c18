//! Keys that are text: the search line and the filters of lists.

use crossterm::event::KeyCode;

use crate::text::search::Query;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::event::{Effect, Hits};
use crate::tui::keymap::Key;
use crate::tui::line::{Input, Stroke};
use crate::tui::overlay::Overlay;
use crate::tui::search::Step;
use crate::tui::searches::Asked;

/// What a key did to a line being typed.
pub(super) enum Typed {
    Changed,
    Done,
    Given,
    Nothing,
}

/// Keys that edit a line, as shells have them: key, with Control, what it does.
const STROKES: &[(KeyCode, bool, Stroke)] = &[
    (KeyCode::Left, false, Stroke::Left),
    (KeyCode::Right, false, Stroke::Right),
    (KeyCode::Home, false, Stroke::Start),
    (KeyCode::Char('a'), true, Stroke::Start),
    (KeyCode::End, false, Stroke::End),
    (KeyCode::Char('e'), true, Stroke::End),
    (KeyCode::Backspace, false, Stroke::Backspace),
    (KeyCode::Delete, false, Stroke::Delete),
    (KeyCode::Char('w'), true, Stroke::Word),
    (KeyCode::Char('u'), true, Stroke::ToStart),
    (KeyCode::Char('k'), true, Stroke::ToEnd),
];

/// Edits `input` by one key.
pub(super) fn edit(input: &mut Input, key: Key) -> Typed {
    match (key.code, key.control) {
        (KeyCode::Enter, _) => return Typed::Done,
        (KeyCode::Esc, _) | (KeyCode::Char('c'), true) => return Typed::Given,
        (KeyCode::Backspace, _) if input.text.is_empty() => return Typed::Given,
        _ if key.alt => return Typed::Nothing,
        _ => {}
    }
    let stroke = STROKES
        .iter()
        .find(|(code, control, _)| (*code, *control) == (key.code, key.control));
    let changed = match (stroke, key.code) {
        (Some((_, _, stroke)), _) => input.stroke(*stroke),
        (None, KeyCode::Char(letter)) if !key.control => {
            input.insert(letter.encode_utf8(&mut [0; 4]))
        }
        _ => false,
    };
    if changed {
        Typed::Changed
    } else {
        Typed::Nothing
    }
}

impl App {
    pub(super) fn begin_search(&mut self) {
        self.overlay = None;
        self.lift_only();
        self.search.typing = true;
        self.search.input = Input::default();
        self.search.past.rewind();
        // Other readers may have searched meanwhile.
        self.effects.push(Effect::RecallSearches);
        self.search.origin = self.reading.anchor;
        self.forget_query();
    }

    /// A key while a query is typed. Every change shows its first hit at once.
    pub(super) fn type_query(&mut self, key: Key) {
        if let Some(action) = self.manner_key(key) {
            return self.toggle_manner(action);
        }
        match key.code {
            KeyCode::Up | KeyCode::Down => return self.fetch(key.code == KeyCode::Up),
            KeyCode::Tab => return self.list_from_line(),
            _ => {}
        }
        match edit(&mut self.search.input, key) {
            Typed::Changed => self.look_for_input(),
            Typed::Done if self.search.fault.is_some() => {
                self.notice.clone_from(&self.search.fault);
            }
            Typed::Done => self.accept_query(),
            Typed::Given => {
                self.search.typing = false;
                self.reading.anchor = self.search.origin;
                self.forget_query();
            }
            Typed::Nothing => {}
        }
    }

    /// Ends typing: the hit on the screen is the new place, one jump from where typing began.
    pub(super) fn accept_query(&mut self) {
        if std::mem::take(&mut self.search.typing) {
            let here = std::mem::replace(&mut self.reading.anchor, self.search.origin);
            self.reading.jump(here);
            if let Some(asked) = self.search.asked() {
                self.remember_search(asked);
            }
        }
    }

    /// Puts an earlier or later search into the line.
    fn fetch(&mut self, older: bool) {
        let present = Asked::of(&self.search.input, self.search.manner);
        if let Some(asked) = self.search.past.step(older, present) {
            self.search.input = Input::of(&asked.words);
            self.search.manner = asked.manner;
            self.look_for_input();
        } else if older {
            self.notice = Some("there is no earlier search".into());
        }
    }

    /// Whether keys go into the filter of a list that lies on top.
    pub(super) fn is_filtering(&self) -> bool {
        match &self.overlay {
            Some(Overlay::People(people)) => people.typing,
            Some(Overlay::Shelf(list)) => list.typing,
            Some(Overlay::Census(census)) => census.typing,
            _ => false,
        }
    }

    pub(super) fn type_filter(&mut self, key: Key) {
        let input = match &mut self.overlay {
            Some(Overlay::People(people)) => &mut people.filter,
            Some(Overlay::Shelf(list)) => &mut list.filter,
            Some(Overlay::Census(census)) => &mut census.filter,
            _ => return,
        };
        let step = match key.code {
            KeyCode::Down => Some(Action::LineDown),
            KeyCode::Up => Some(Action::LineUp),
            _ => None,
        };
        match (edit(input, key), step) {
            (Typed::Changed, _) => self.refilter(),
            (Typed::Done, _) => self.finish_filter(true),
            (Typed::Given, _) => self.finish_filter(false),
            (Typed::Nothing, Some(step)) => match &mut self.overlay {
                Some(Overlay::People(people)) => {
                    people.names.step(step, people.listed.len(), 1);
                    people.remember(&self.reading);
                }
                Some(Overlay::Shelf(list)) => {
                    list.cursor.step(step, list.listed.len(), 1);
                }
                Some(Overlay::Census(census)) => {
                    census.names.step(step, census.rows.len(), 1);
                }
                _ => {}
            },
            (Typed::Nothing, None) => {}
        }
    }

    /// The filter of the list that lies on top has changed.
    fn refilter(&mut self) {
        match &mut self.overlay {
            Some(Overlay::People(people)) => {
                people.forget();
                people.list(&self.reading);
                people.remember(&self.reading);
            }
            Some(Overlay::Shelf(list)) => list.list(&self.shelves),
            Some(Overlay::Census(census)) => {
                if let Some(level) = self.shelves.levels.get(census.level) {
                    census.gather(level);
                }
            }
            _ => {}
        }
    }

    fn finish_filter(&mut self, keep: bool) {
        match &mut self.overlay {
            Some(Overlay::People(people)) => people.finish_filter(keep, &self.reading),
            Some(Overlay::Shelf(list)) => list.finish_filter(keep, &self.shelves),
            Some(Overlay::Census(census)) => {
                if let Some(level) = self.shelves.levels.get(census.level) {
                    census.finish_filter(keep, level);
                }
            }
            _ => {}
        }
    }

    pub(super) fn paste(&mut self, words: &str) {
        if self.search.typing {
            if !self.search.input.insert(words) {
                self.notice = Some("the search line takes no more than this".into());
            }
            return self.look_for_input();
        }
        if let Some(input) = self.answer() {
            input.insert(words);
            return;
        }
        let filter = match &mut self.overlay {
            Some(Overlay::People(people)) if people.typing => Some(&mut people.filter),
            Some(Overlay::Shelf(list)) if list.typing => Some(&mut list.filter),
            Some(Overlay::Census(census)) if census.typing => Some(&mut census.filter),
            _ => None,
        };
        if let Some(filter) = filter {
            filter.insert(words);
            return self.refilter();
        }
        self.notice = Some("pasted text is only taken in a search: / begins one".into());
    }

    /// Gives the search up; hits that are still on their way are hits of nothing.
    pub(super) fn forget_query(&mut self) {
        self.search.serial += 1;
        self.search.query = None;
        self.search.fault = None;
        self.search.hits = None;
        self.search.current = None;
        self.search.waiting = None;
        self.search.only_wanted = false;
    }

    fn look_for_input(&mut self) {
        self.reading.anchor = self.search.origin;
        self.look_for(&Asked::of(&self.search.input, self.search.manner));
    }

    /// Asks for the hits of `asked` from where the reader is; a fault in it is kept to be told.
    pub(super) fn look_for(&mut self, asked: &Asked) {
        self.forget_query();
        match Query::new(&asked.words, asked.manner) {
            Ok(query) => self.search.query = query,
            Err(fault) => self.search.fault = Some(fault.to_string()),
        }
        self.search.waiting = Some(Step::Nearest);
        self.send_query();
    }

    /// Looks for the same again, in a document that has grown or changed.
    pub(super) fn search_again(&mut self) {
        self.search.serial += 1;
        self.search.hits = None;
        self.search.current = None;
        self.send_query();
    }

    fn send_query(&mut self) {
        if let Some(query) = &self.search.query {
            let document = std::sync::Arc::clone(&self.reading.document);
            self.effects
                .push(Effect::Search(self.search.serial, query.clone(), document));
        }
    }

    pub(super) fn take_hits(&mut self, hits: Hits) {
        self.search.take(hits);
        if let Some(step) = self.search.waiting.take() {
            self.land(step);
        }
        self.refresh_overlay();
        if self.search.is_done() && std::mem::take(&mut self.search.only_wanted) {
            self.show_only();
        }
    }

    /// `n` and `N`.
    pub(super) fn next_hit(&mut self, step: Step) {
        if self.search.query.is_none() {
            self.notice = Some("nothing was searched yet: / begins a search".into());
        } else if self.search.hits.is_none() {
            self.search.waiting = Some(step);
        } else {
            self.land(step);
        }
    }

    /// Goes to the hit that `step` leads to; the place stays when there is none.
    fn land(&mut self, step: Step) {
        let place = if self.search.typing {
            self.search.origin.at
        } else {
            self.reading.anchor.at
        };
        let landing = self.search.step(step, place);
        if landing.is_none_or(|landing| landing.wrapped) && !self.search.is_done() {
            // What has not been searched yet may hold it.
            self.search.waiting = Some(step);
            return;
        }
        let Some(landing) = landing else {
            self.search.current = None;
            if !self.search.typing {
                let words = self.search.query.as_ref().map_or("", Query::words);
                self.notice = Some(format!("not found: {words}"));
            }
            return;
        };
        self.search.current = Some(landing.hit);
        let viewport = self.viewport();
        let typing = self.search.typing;
        let before = self.reading.anchor;
        self.reading.show(landing.offset, viewport);
        if typing && self.reading.anchor != before {
            // Typing is one jump, remembered when it is done.
            let here = self.reading.anchor;
            self.reading.back();
            self.reading.anchor = here;
        }
        if landing.wrapped {
            let word = if step == Step::Previous {
                "round to the last hit"
            } else {
                "round to the first hit"
            };
            self.notice = Some(word.into());
        }
    }
}
