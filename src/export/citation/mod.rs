//! A passage with where it stands: who said it, who wrote it, where, when, and on which page.
//!
//! [`Citation`] is what is known; each of [`FORMS`] writes it its own way. What the source does not state is said to
//! be missing, in every form, and nothing is made up: an author is quoted as one name, as it is stated, and a speaker
//! is named only where the text leaves no doubt.

mod bibtex;
mod csl;
mod markdown;
mod plain;
mod speaker;

#[cfg(test)]
mod tests;

use crate::model::{BlockId, Briefing};
use crate::text::TextRange;

/// A passage and all that is known of where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// The passage itself.
    pub words: String,
    /// Who says it, where the text makes that plain.
    pub speaker: Option<String>,
    pub author: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// ISO 8601, as exact as the source is.
    pub published: Option<String>,
    /// The section it begins in: number from 1, and title.
    pub section: Option<(usize, String)>,
    /// The first and the last paragraph that it touches, from 1.
    pub paragraphs: Option<(usize, usize)>,
    /// The first and the last page, from 1.
    pub pages: Option<(u32, u32)>,
    /// Address or path of the document.
    pub address: Option<String>,
}

/// A form of citation.
#[derive(Debug)]
pub struct Form {
    /// Name for `--cite-as`.
    pub name: &'static str,
    /// What it is called on the screen.
    pub title: &'static str,
    /// One line on it, for `--help`.
    pub about: &'static str,
    write: fn(&Citation) -> String,
}

/// All forms; the first is used until another is chosen.
pub const FORMS: &[Form] = &[
    Form {
        name: "plain",
        title: "plain text",
        about: "the words, and under them where they stand",
        write: plain::write,
    },
    Form {
        name: "markdown",
        title: "Markdown",
        about: "a quotation with its source",
        write: markdown::write,
    },
    Form {
        name: "bibtex",
        title: "BibTeX",
        about: "an entry with the words as its annotation",
        write: bibtex::write,
    },
    Form {
        name: "csl",
        title: "CSL-JSON",
        about: "an item for Zotero, pandoc and others, with the words as its annotation",
        write: csl::write,
    },
];

impl Form {
    /// The form that is called `name`.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        FORMS.iter().find(|form| form.name == name)
    }

    /// The form after this one, round and round.
    pub fn next(&self) -> &'static Self {
        let at = FORMS
            .iter()
            .position(|form| form.name == self.name)
            .unwrap_or(0);
        &FORMS[(at + 1) % FORMS.len()]
    }

    /// The citation in this form, without a line break at its end.
    pub fn write(&self, citation: &Citation) -> String {
        (self.write)(citation)
    }
}

impl Citation {
    /// What is known of `range`.
    pub fn of(briefing: &Briefing, range: TextRange) -> Self {
        let (document, meta) = (&briefing.document, &briefing.document.meta);
        let range = range.trim(&document.text);
        let home = briefing.outline.home(document, range.start());
        let section = home.map(|id| {
            let section = &briefing.outline.sections[id as usize];
            let title = section.title(document, &briefing.lens).to_owned();
            (id as usize + 1, title)
        });
        // Standard input has no address.
        let address = Some(&meta.source).filter(|source| !source.is_empty() && *source != "-");
        Self {
            words: range.of(&document.text).to_owned(),
            speaker: speaker::of(briefing, range).map(str::to_owned),
            author: meta.author.clone(),
            title: document.title().map(str::to_owned),
            publisher: meta.publisher.clone(),
            published: meta.published.clone(),
            section,
            paragraphs: paragraphs(briefing, range),
            pages: pages(briefing, range),
            address: address.cloned(),
        }
    }

    /// The address, where anybody can open it.
    fn url(&self) -> Option<&str> {
        let web =
            |address: &&str| address.starts_with("http://") || address.starts_with("https://");
        self.address.as_deref().filter(web)
    }

    /// The file, where only the reader can open it.
    fn file(&self) -> Option<&str> {
        self.address.as_deref().filter(|_| self.url().is_none())
    }

    /// Year, month and day, as far as they are stated; empty where that is no date.
    fn date(&self) -> Vec<u32> {
        let stated = self.published.as_deref().unwrap_or_default();
        let day = stated.split(['T', ' ']).next().unwrap_or_default();
        let parts: Vec<Option<u32>> = day.split('-').map(|part| part.parse().ok()).collect();
        let sound = |(part, most): (&Option<u32>, u32)| part.is_some_and(|part| part <= most);
        let year = day.split('-').next().is_some_and(|year| year.len() == 4);
        let sound = year && parts.len() <= 3 && parts.iter().zip([9999, 12, 31]).all(sound);
        let parts = parts.into_iter().flatten();
        if sound { parts.collect() } else { Vec::new() }
    }

    /// What is missing, each in words: `no author stated`.
    fn missing(&self) -> Vec<&'static str> {
        let fields = [
            (self.author.is_none(), NO_AUTHOR),
            (self.title.is_none(), NO_TITLE),
            (self.publisher.is_none(), NO_PUBLISHER),
            (self.published.is_none(), NO_DATE),
            (self.section.is_none(), NO_SECTION),
            (self.paragraphs.is_none(), NO_PARAGRAPH),
            (self.pages.is_none(), NO_PAGE),
            (self.address.is_none(), NO_ADDRESS),
        ];
        let missing = fields.into_iter().filter(|(missing, _)| *missing);
        missing.map(|(_, words)| words).collect()
    }

    /// `section 4 “Talks”`, `paragraph 9`, `page 3`, or that there is none; quotation marks as in `quoted`.
    fn place(&self, quoted: impl Fn(&str) -> String) -> [String; 3] {
        let section = self
            .section
            .as_ref()
            .map(|(number, title)| format!("section {number} {}", quoted(title)));
        let paragraphs = self
            .paragraphs
            .map(|(first, last)| span("paragraph", first, last));
        let pages = self
            .pages
            .map(|(first, last)| span("page", first as usize, last as usize));
        [
            section.unwrap_or_else(|| NO_SECTION.to_owned()),
            paragraphs.unwrap_or_else(|| NO_PARAGRAPH.to_owned()),
            pages.unwrap_or_else(|| NO_PAGE.to_owned()),
        ]
    }
}

const NO_AUTHOR: &str = "no author stated";
const NO_TITLE: &str = "no title stated";
const NO_PUBLISHER: &str = "no publisher stated";
const NO_DATE: &str = "no date stated";
const NO_SECTION: &str = "in no section";
const NO_PARAGRAPH: &str = "no paragraph number";
const NO_PAGE: &str = "no page numbers";
const NO_ADDRESS: &str = "no address";

/// `page 3`, `pages 3–4`.
fn span(what: &str, first: usize, last: usize) -> String {
    if first == last {
        format!("{what} {first}")
    } else {
        format!("{what}s {first}–{last}")
    }
}

/// The blocks that `range` touches.
fn blocks(briefing: &Briefing, range: TextRange) -> Option<(BlockId, BlockId)> {
    let first = briefing.document.block_at(range.start())?;
    let last = briefing
        .document
        .block_at(range.end().saturating_sub(1).max(range.start()))?;
    Some((first, last))
}

fn paragraphs(briefing: &Briefing, range: TextRange) -> Option<(usize, usize)> {
    let (first, last) = blocks(briefing, range)?;
    let paragraphs = &briefing.outline.paragraphs;
    let begun = paragraphs.partition_point(|paragraph| paragraph.block < first);
    let ended = paragraphs.partition_point(|paragraph| paragraph.block <= last);
    (begun < ended).then_some((begun + 1, ended))
}

fn pages(briefing: &Briefing, range: TextRange) -> Option<(u32, u32)> {
    let (first, last) = blocks(briefing, range)?;
    let page = |id: BlockId| briefing.document.blocks[id as usize].page.map(u32::from);
    Some((page(first)?, page(last)?))
}
