//! The links of a document, and the list of them that lies on top.
//!
//! A link is what the source marked as one, or an address that stands in the text as words. The list holds ranges; an
//! address is read when it is drawn or followed.

use ratatui::layout::Rect;

use crate::model::{Document, LinkTarget};
use crate::text::TextRange;
use crate::text::address::{self, Address, Refusal};
use crate::text::show::cut;
use crate::text::wrap::{wrap, wrap_code};
use crate::tui::action::Action;
use crate::tui::overlay::{Cursor, Reply};
use crate::tui::theme::Slot;

/// Rows of the screen that a link takes in the list.
pub const ROWS: usize = 2;
/// Columns of the labels in the question.
pub const LABEL: u16 = 9;
const ADDRESS: &str = "address";
/// Why no browser is opened.
pub const NO_DESKTOP: &str = "there is no desktop here to open a browser on";
/// Columns of a link's words that are shown in the question.
const WORDS: u16 = 200;
/// How far beyond a stretch of text an address is looked for that reaches out of it, in bytes.
const REACH: usize = 2048;

/// A link, found in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The words that link.
    pub words: TextRange,
    /// Index into the links of the document; `None` for an address that stands in the text.
    marked: Option<usize>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aim<'a> {
    /// To a place in the text.
    Place(usize),
    /// To an address, harmless for showing.
    Address(&'a str),
}

impl Found {
    pub fn aim(self, document: &Document) -> Option<Aim<'_>> {
        let Some(marked) = self.marked else {
            return Some(Aim::Address(self.words.of(&document.text)));
        };
        document.links.get(marked).map(|link| match &link.target {
            LinkTarget::Place(at) => Aim::Place(*at as usize),
            LinkTarget::Url(address) => Aim::Address(address),
        })
    }
}

/// The links that touch `range`, in order.
pub fn within(document: &Document, range: TextRange) -> Vec<Found> {
    let begins = document.links_in(range).next();
    let begins = begins.map_or(range.end(), |link| link.range.start());
    let first = document
        .links
        .partition_point(|link| link.range.start() < begins);
    let marked = document.links.iter().enumerate().skip(first);
    let marked = marked
        .take_while(|(_, link)| link.range.start() < range.end())
        .filter(|(_, link)| link.range.overlaps(range));
    let mut found: Vec<Found> = marked
        .map(|(at, link)| Found {
            words: link.range,
            marked: Some(at),
        })
        .collect();
    let count = found.len();
    let text = &document.text;
    let wide = widened(text, range);
    for words in address::written(wide.of(text)) {
        let words = TextRange::new(wide.start() + words.start(), wide.start() + words.end());
        let marked = found.get(..count).unwrap_or_default();
        let after = marked.partition_point(|link| link.words.end() <= words.start());
        let covered = marked
            .get(after)
            .is_some_and(|link| link.words.overlaps(words));
        if words.overlaps(range) && !covered {
            found.push(Found {
                words,
                marked: None,
            });
        }
    }
    found.sort_by_key(|link| link.words.start());
    found
}

/// `range` with the words that reach out of it.
fn widened(text: &str, range: TextRange) -> TextRange {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let bytes = text.as_bytes();
    let near = range.start().saturating_sub(REACH);
    let before = bytes.get(near..range.start()).unwrap_or_default();
    let start = before
        .iter()
        .rposition(blank)
        .map_or(near, |at| near + at + 1);
    let far = (range.end() + REACH).min(text.len());
    let after = bytes.get(range.end()..far).unwrap_or_default();
    let end = after
        .iter()
        .position(blank)
        .map_or(far, |at| range.end() + at);
    let wide = TextRange::new(start, end);
    if wide.fits(text) { wide } else { range }
}

/// Where a browser can be opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Desktop {
    #[default]
    Here,
    None,
}

/// What is asked before a link is opened.
#[derive(Debug)]
pub struct Question {
    /// The words that link.
    pub words: String,
    /// Where it leads, as the document has it.
    pub shown: String,
    pub address: Result<Address, Refusal>,
    /// All that may deceive, in sentences.
    warnings: Vec<String>,
    /// The first row that is shown.
    pub scroll: usize,
}

/// A row of the question: label, words and looks.
pub type Fact = (&'static str, String, Slot);

impl Question {
    pub fn new(words: &str, shown: &str) -> Self {
        let address = Address::read(shown);
        let warnings = address.as_ref().map_or_else(
            |_| Vec::new(),
            |address| {
                let belied = address.belied(words).into_iter();
                belied.chain(address.warnings().iter().cloned()).collect()
            },
        );
        Self {
            words: cut(words, WORDS),
            shown: shown.to_owned(),
            address,
            warnings,
            scroll: 0,
        }
    }

    /// The words, the site, what may deceive, and the address to its last character, in rows of so many columns.
    pub fn rows(&self, desktop: Desktop, columns: u16) -> Vec<Fact> {
        let mut facts = vec![("words", self.words.clone(), Slot::Plain)];
        match &self.address {
            Ok(address) => facts.push(("leads to", address.host().to_owned(), Slot::Heading)),
            Err(why) => facts.push(("refused", why.to_string(), Slot::Notice)),
        }
        let warnings = self.warnings.iter();
        facts.extend(warnings.map(|it| ("beware", it.clone(), Slot::Notice)));
        if desktop == Desktop::None {
            facts.push((
                "note",
                format!("{NO_DESKTOP}: y copies the address"),
                Slot::Notice,
            ));
        }
        facts.push((ADDRESS, self.copied().to_owned(), Slot::Plain));
        let rows = facts.into_iter().flat_map(|fact| folded(&fact, columns));
        rows.collect()
    }

    /// What is copied: the address as a browser asks for it, where it is one.
    pub fn copied(&self) -> &str {
        self.address
            .as_ref()
            .map_or(self.shown.as_str(), Address::as_str)
    }
}

/// A fact in rows; the label stands in the first.
fn folded((label, words, slot): &Fact, columns: u16) -> Vec<Fact> {
    let all = TextRange::new(0, words.len());
    let columns = usize::from(columns.max(1));
    let rows = if *label == ADDRESS {
        wrap_code(words, all, columns)
    } else {
        wrap(words, all, columns)
    };
    let row = |(at, range): (usize, TextRange)| {
        let label = if at == 0 { *label } else { "" };
        (label, range.of(words).to_owned(), *slot)
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// Links to choose from, and what is asked about the chosen one.
#[derive(Debug)]
pub struct LinkList {
    pub rows: Vec<Found>,
    pub cursor: Cursor,
    /// Whether these are the links of the page alone.
    pub of_page: bool,
    pub question: Option<Box<Question>>,
}

impl LinkList {
    /// The links, with the first at or after `place` under the cursor.
    pub fn new(rows: Vec<Found>, of_page: bool, place: usize) -> Self {
        let at = rows.partition_point(|link| link.words.end() <= place);
        Self {
            cursor: Cursor {
                at: at.min(rows.len().saturating_sub(1)),
            },
            rows,
            of_page,
            question: None,
        }
    }

    pub fn selected(&self) -> Option<Found> {
        self.rows.get(self.cursor.at).copied()
    }

    /// `area` is where the list is shown; `desktop` whether there is one.
    pub fn update(&mut self, action: Action, area: Rect, desktop: Desktop) -> Reply {
        let page = usize::from(area.height);
        let close = matches!(action, Action::Escape | Action::Quit | Action::Links);
        if let Some(question) = &mut self.question {
            let columns = area.width.saturating_sub(LABEL + 2);
            let rows = question.rows(desktop, columns).len();
            let mut cursor = Cursor {
                at: question.scroll,
            };
            if cursor.step(action, (rows + 1).saturating_sub(page).max(1), page) {
                question.scroll = cursor.at;
                return Reply::Done;
            }
            // A single link was asked about at once: there is no list to go back to.
            if close && self.rows.len() == 1 && self.of_page {
                return Reply::Close;
            }
            if close {
                self.question = None;
            }
            return match action {
                Action::Open => Reply::Browse,
                Action::QuitNow | Action::Suspend | Action::Redraw | Action::Mouse => Reply::Unused,
                _ => Reply::Done,
            };
        }
        match action {
            _ if close => Reply::Close,
            Action::Open if !self.rows.is_empty() => Reply::Link,
            _ if self.cursor.step(action, self.rows.len(), page / ROWS) => Reply::Done,
            _ => Reply::Unused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Link;
    use crate::tui::page::tests::document;

    #[test]
    fn links_are_those_of_the_source_and_those_that_stand_in_the_text() {
        let mut document = document(&[
            "See the notice and https://b.example/x.",
            "Also https://c.example here.",
        ]);
        let link = |from, to, address: &str| Link {
            range: TextRange::new(from, to),
            target: LinkTarget::Url(address.into()),
        };
        let at = document.text.find("https://c").expect("it is there");
        document.links = vec![
            link(4, 14, "https://a.example"),
            link(at, at + 17, "https://d.example"),
        ];
        let all = TextRange::new(0, document.text.len());
        let aims = |range| -> Vec<String> {
            let found = within(&document, range).into_iter();
            found
                .map(|link| format!("{:?}", link.aim(&document).expect("an aim")))
                .collect()
        };
        let (first, second, third) = (
            "Address(\"https://a.example\")",
            "Address(\"https://b.example/x\")",
            "Address(\"https://d.example\")",
        );
        assert_eq!(aims(all), [first, second, third]);
        // A stretch that begins inside an address has all of it.
        assert_eq!(aims(TextRange::new(30, 34)), [second]);
        assert_eq!(aims(TextRange::new(at + 3, at + 4)), [third]);
        assert!(aims(TextRange::new(0, 3)).is_empty());
    }
}
