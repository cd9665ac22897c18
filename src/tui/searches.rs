//! [`Past`]: what was searched before, and what the reader keeps to search again.

use crate::text::search::Manner;
use crate::tui::action::Action;
use crate::tui::line::Input;
use crate::tui::overlay::{Cursor, Reply};

/// Searches that are remembered, beside those that are kept.
const PAST: usize = 200;

/// Words that were searched for, and how they were meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub words: String,
    pub manner: Manner,
}

/// What was searched before, and which search of it stands in the line.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// The latest last; none twice.
    asked: Vec<Asked>,
    /// Those that the reader keeps, in the order they were kept.
    kept: Vec<Asked>,
    /// Which of `asked` stands in the line.
    at: Option<usize>,
    /// What was being typed before one of them was fetched.
    draft: Asked,
}

/// What becomes of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is the latest.
    Latest,
    /// It is kept to be searched again.
    Kept,
    LetGo,
}

impl Past {
    /// What is remembered: the latest last, and what is kept in the order it was kept.
    pub fn of(asked: Vec<Asked>, kept: Vec<Asked>) -> Self {
        let far = asked.len().saturating_sub(PAST);
        Self {
            asked: asked.into_iter().skip(far).collect(),
            kept,
            ..Self::default()
        }
    }

    /// The latest search.
    pub fn remember(&mut self, asked: Asked) {
        self.asked.retain(|it| *it != asked);
        self.asked.push(asked);
        let far = self.asked.len().saturating_sub(PAST);
        self.asked.drain(..far);
    }

    /// Typing begins anew.
    pub fn rewind(&mut self) {
        self.at = None;
    }

    /// The search before the one that stands in the line, or the one after it; `present` is what stands there.
    pub fn step(&mut self, older: bool, present: Asked) -> Option<Asked> {
        let at = self.at.unwrap_or(self.asked.len());
        let next = if older {
            at.checked_sub(1)?
        } else {
            self.at? + 1
        };
        if self.at.is_none() {
            self.draft = present;
        }
        self.at = (next < self.asked.len()).then_some(next);
        Some(self.asked.get(next).unwrap_or(&self.draft).clone())
    }

    pub fn is_kept(&self, asked: &Asked) -> bool {
        self.kept.contains(asked)
    }

    /// Keeps a search, or lets go of it.
    pub fn keep(&mut self, asked: Asked, keep: bool) {
        self.kept.retain(|it| *it != asked);
        if keep {
            self.kept.push(asked);
        }
    }

    /// All there are to choose from: those that are kept, then the latest first.
    pub fn all(&self) -> Vec<Asked> {
        let latest = self.asked.iter().rev();
        let latest = latest.filter(|it| !self.kept.contains(it));
        self.kept.iter().chain(latest).cloned().collect()
    }
}

impl Asked {
    /// What stands in `input`.
    pub fn of(input: &Input, manner: Manner) -> Self {
        Self {
            words: input.text.clone(),
            manner,
        }
    }
}

const PATTERN: &str = "regex";
const WHOLE_WORDS: &str = "whole words";
const EXACT_CASE: &str = "exact case";

/// How the search is meant that `words` say, as [`manner_words`] says them.
pub fn manner_of(words: &str) -> Manner {
    Manner {
        pattern: words.contains(PATTERN),
        whole_words: words.contains(WHOLE_WORDS),
        exact_case: words.contains(EXACT_CASE),
    }
}

/// Words for how a search is meant, for the line, for lists and for the memory.
pub fn manner_words(manner: Manner) -> String {
    let words = [
        (manner.pattern, PATTERN),
        (manner.whole_words, WHOLE_WORDS),
        (manner.exact_case, EXACT_CASE),
    ];
    let said: Vec<&str> = words
        .iter()
        .filter(|(on, _)| *on)
        .map(|(_, word)| *word)
        .collect();
    said.join(" · ")
}

/// The list of searches to choose from.
#[derive(Debug)]
pub struct SearchList {
    pub rows: Vec<Asked>,
    pub cursor: Cursor,
}

impl SearchList {
    pub fn new(past: &Past) -> Self {
        Self {
            rows: past.all(),
            cursor: Cursor::default(),
        }
    }

    pub fn selected(&self) -> Option<&Asked> {
        self.rows.get(self.cursor.at)
    }

    pub fn update(&mut self, action: Action, page: usize) -> Reply {
        match action {
            Action::Escape | Action::Quit => Reply::Close,
            Action::Open if !self.rows.is_empty() => Reply::Search,
            Action::Wider | Action::Narrower => Reply::Keep(action == Action::Wider),
            Action::Find => Reply::Through,
            _ if self.cursor.step(action, self.rows.len(), page) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &str) -> Asked {
        Asked {
            words: words.into(),
            manner: Manner::default(),
        }
    }

    #[test]
    fn the_past_is_stepped_through_and_what_was_typed_comes_back() {
        let mut past = Past::default();
        for words in ["a", "b", "a", "c"] {
            past.remember(asked(words));
        }
        let mut line = asked("typed");
        let mut seen = Vec::new();
        for older in [true, true, true, true, false, false, false, false] {
            if let Some(next) = past.step(older, line.clone()) {
                line = next;
            }
            seen.push(line.words.clone());
        }
        assert_eq!(seen, ["c", "a", "b", "b", "a", "c", "typed", "typed"]);
    }

    #[test]
    fn how_a_search_is_meant_is_read_as_it_is_written() {
        for bits in 0..8 {
            let manner = Manner {
                pattern: bits & 1 > 0,
                whole_words: bits & 2 > 0,
                exact_case: bits & 4 > 0,
            };
            assert_eq!(manner_of(&manner_words(manner)), manner);
        }
    }

    #[test]
    fn kept_searches_stand_first_and_once() {
        let mut past = Past::default();
        for words in ["a", "b", "c"] {
            past.remember(asked(words));
        }
        past.keep(asked("a"), true);
        past.keep(asked("x"), true);
        let all = |past: &Past| {
            past.all()
                .into_iter()
                .map(|it| it.words)
                .collect::<Vec<_>>()
        };
        assert_eq!(all(&past), ["a", "x", "c", "b"]);
        past.keep(asked("x"), false);
        past.keep(asked("a"), false);
        assert_eq!(all(&past), ["c", "b", "a"]);
    }
}
