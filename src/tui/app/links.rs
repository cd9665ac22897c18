//! Links: listing them, following one, and asking before an address is opened.

use crossterm::event::KeyCode;

use crate::text::TextRange;
use crate::tui::app::App;
use crate::tui::event::Effect;
use crate::tui::keymap::Key;
use crate::tui::links::{self, Aim, Desktop, Found, LinkList, NO_DESKTOP, Question};
use crate::tui::overlay::Overlay;
use crate::tui::page::{Anchor, Part};

impl App {
    /// Lists all links of the document.
    pub(super) fn list_links(&mut self) {
        let document = &self.reading.document;
        let found = links::within(document, TextRange::new(0, document.text.len()));
        if found.is_empty() {
            self.notice = Some("there is no link in this document".into());
            return;
        }
        let list = LinkList::new(found, false, self.reading.anchor.at);
        self.overlay = Some(Overlay::Links(list));
    }

    /// Enter in the text: follows the link on this page, or asks which where there are several.
    pub(super) fn follow_page(&mut self) {
        let mut found = self.links_of_page();
        match found.len() {
            0 => {
                let words = "nothing to open here: ) pins a name, and no link stands on this page";
                self.notice = Some(words.into());
            }
            1 => self.follow(found.remove(0)),
            _ => self.overlay = Some(Overlay::Links(LinkList::new(found, true, 0))),
        }
    }

    fn links_of_page(&self) -> Vec<Found> {
        let viewport = self.viewport();
        let page = self.reading.page(viewport);
        let rows = page.rows(self.reading.anchor, viewport.height);
        let mut found: Vec<Found> = Vec::new();
        for row in rows.iter().filter(|row| row.part != Part::Above) {
            for link in links::within(&self.reading.document, row.range()) {
                // One that is broken over two rows stands in both.
                if found.last().is_none_or(|last| last.words != link.words) {
                    found.push(link);
                }
            }
        }
        found
    }

    /// Goes where a link leads: to a place at once, to an address after a question.
    pub(super) fn follow(&mut self, link: Found) {
        let document = &self.reading.document;
        match link.aim(document) {
            Some(Aim::Place(at)) => {
                self.overlay = None;
                self.reading.jump(Anchor::to(at));
            }
            Some(Aim::Address(address)) => {
                let question = Question::new(link.words.of(&document.text), address);
                if !matches!(self.overlay, Some(Overlay::Links(_))) {
                    let alone = LinkList::new(vec![link], true, 0);
                    self.overlay = Some(Overlay::Links(alone));
                }
                if let Some(Overlay::Links(list)) = &mut self.overlay {
                    list.question = Some(Box::new(question));
                }
            }
            None => {}
        }
    }

    pub(super) fn follow_selected(&mut self) {
        let selected = match &self.overlay {
            Some(Overlay::Links(list)) => list.selected(),
            _ => None,
        };
        if let Some(link) = selected {
            self.follow(link);
        }
    }

    /// Opens the address that was asked about.
    pub(super) fn browse(&mut self) {
        let Some(question) = self.asked_about() else {
            return;
        };
        match &question.address {
            Err(_) => self.notice = Some("this address is not opened: y copies it".into()),
            Ok(_) if self.desktop == Desktop::None => {
                self.notice = Some(format!("{NO_DESKTOP}: y copies the address"));
            }
            Ok(address) => {
                let words = format!("opening {} in the browser", address.host());
                let effect = Effect::Browse(address.as_str().to_owned());
                self.overlay = None;
                self.notice = Some(words);
                self.effects.push(effect);
            }
        }
    }

    fn asked_about(&self) -> Option<&Question> {
        match &self.overlay {
            Some(Overlay::Links(list)) => list.question.as_deref(),
            _ => None,
        }
    }

    /// A key that means something among links alone; whether it was one.
    pub(super) fn link_key(&mut self, key: Key) -> bool {
        let plain = !key.control && !key.alt;
        if let (KeyCode::Char('y'), true, Some(question)) = (key.code, plain, self.asked_about()) {
            let words = question.copied().to_owned();
            self.hand_out(words, "the address".to_owned());
            return true;
        }
        let Some(Overlay::Links(list)) = &mut self.overlay else {
            return false;
        };
        let digit = match key.code {
            KeyCode::Char(letter) if plain => letter.to_digit(10),
            _ => None,
        };
        let Some(digit) = digit.filter(|_| list.question.is_none()) else {
            return false;
        };
        let digit = digit as usize;
        let longer = self.digits.map(|before| before * 10 + digit);
        let longer = longer.filter(|&number| number <= list.rows.len());
        let number = longer.unwrap_or(digit);
        self.digits = Some(number);
        if (1..=list.rows.len()).contains(&number) {
            list.cursor.at = number - 1;
        } else {
            self.notice = Some(format!("there is no link {number}"));
        }
        true
    }
}
