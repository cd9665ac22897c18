//! Books (.epub): the chapters in the order in which they are to be read, and what the book says of itself.
//!
//! A book is a ZIP of web pages with a list of them (`package`). The pages go through the reader of HTML, one
//! after the other into one document, so that links between chapters lead from place to place.

use std::collections::HashSet;

use super::archive::{self, Archive};
use super::builder::{DocumentBuilder, Opening, notice};
use super::html::{self, Anchors, Base};
use super::{Fault, Progress, Step, Unit, Whole, structure};
use crate::model::{BlockKind, Document, Meta};
use crate::text::harmless;
use crate::text::show::thousands;

mod package;

use package::{Label, Package};

/// A title page is shorter than this, in bytes of its source.
const TITLE_PAGE: usize = 8 * 1024;

/// Whether the head of a file is that of a book.
pub(super) fn knows(head: &[u8]) -> bool {
    archive::is_of_type(head, "application/epub+zip")
        || archive::members(head).any(|(name, _)| name == b"META-INF/container.xml")
}

pub(super) fn read(whole: &Whole<'_>, mut builder: DocumentBuilder) -> Result<Document, Fault> {
    let mut archive = Archive::open(whole.bytes)?;
    refuse_protected(&mut archive)?;
    let package = Package::read(&mut archive)?;
    package.state(builder.meta());
    let labels = package.labels(&mut archive)?;
    let mut book = Book {
        labels,
        builder,
        anchors: Anchors::default(),
        missing: 0,
    };
    let mut read = HashSet::new();
    for (at, chapter) in package.spine.iter().enumerate() {
        let progress = Progress {
            done: at as u64,
            of: Some(package.spine.len() as u64),
            unit: Unit::Parts,
        };
        if !(whole.watch)(Step::Progress(progress)) {
            if book.builder.checkpoint().is_start() {
                return Err(Fault::Stopped);
            }
            notice(
                book.builder.meta(),
                "reading was stopped: the rest is missing",
            );
            break;
        }
        // A book that lists a chapter twice shows it once.
        if read.insert(chapter.as_str()) {
            book.chapter(&mut archive, chapter)?;
        }
    }
    if package.has_contents {
        notice(book.builder.meta(), "its table of contents is left out");
    }
    book.finish(read.len())
}

/// A book that is being written.
struct Book {
    labels: Vec<Label>,
    builder: DocumentBuilder,
    anchors: Anchors,
    missing: usize,
}

impl Book {
    fn chapter(&mut self, archive: &mut Archive<'_>, path: &str) -> Result<(), Fault> {
        let Some(page) = archive.text(path)? else {
            self.missing += 1;
            return Ok(());
        };
        let start = self.builder.checkpoint().is_start();
        if is_title_page(&page, self.builder.meta()) {
            return Ok(());
        }
        if !has_heading(&page) {
            let label = self.labels.iter().find(|label| label.path == path);
            match label {
                Some(label) => {
                    self.builder.open(Opening {
                        kind: BlockKind::Heading,
                        level: label.depth,
                        tight: false,
                        line: 1,
                    });
                    self.builder.words(&label.words);
                    self.builder.close();
                }
                None if start => {}
                None => self.builder.rule(1),
            }
        }
        html::write(
            &page,
            &mut self.builder,
            Base::Member(path),
            &mut self.anchors,
        );
        Ok(())
    }

    fn finish(mut self, chapters: usize) -> Result<Document, Fault> {
        if self.missing == chapters {
            return Err(Fault::Damaged("none of its chapters is in it".into()));
        }
        if self.missing > 0 {
            let sentence = format!(
                "{} of its {} chapters are missing in it",
                thousands(self.missing),
                thousands(chapters)
            );
            notice(self.builder.meta(), &sentence);
        }
        let mut document = self.builder.finish();
        structure::find_only_title(&mut document);
        Ok(document)
    }
}

/// Whether a page says nothing that the book does not state: its title, its author.
fn is_title_page(page: &str, meta: &Meta) -> bool {
    let Some(title) = &meta.title else {
        return false;
    };
    if page.len() > TITLE_PAGE {
        return false;
    }
    let stated = [&meta.author, &meta.publisher, &meta.published];
    let stated: Vec<&str> = stated.into_iter().flatten().map(String::as_str).collect();
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let known: HashSet<String> = words(&format!("{title} {} by", stated.join(" ")))
        .into_iter()
        .collect();
    let mut builder = DocumentBuilder::new(page.len(), Meta::default());
    html::write(page, &mut builder, Base::Unknown, &mut Anchors::default());
    let document = builder.finish();
    words(&document.text)
        .iter()
        .all(|word| known.contains(word))
}

/// Whether there is a heading in a page.
fn has_heading(page: &str) -> bool {
    let bytes = page.as_bytes();
    memchr::memchr_iter(b'<', bytes)
        .any(|at| matches!(bytes.get(at + 1..at + 3), Some([b'h' | b'H', b'1'..=b'6'])))
}

/// Books that only the shop's own program opens.
fn refuse_protected(archive: &mut Archive<'_>) -> Result<(), Fault> {
    let source = archive.text("META-INF/encryption.xml")?.unwrap_or_default();
    // Fonts may be scrambled without harm.
    let algorithms = source.split("Algorithm=").skip(1);
    let locked = algorithms
        .filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next())
        .any(|name| !name.contains("embedding") && !name.ends_with("enc#RC"));
    if !locked {
        return Ok(());
    }
    let sentence =
        "it is protected against copying (DRM), and only the program of its shop opens it";
    Err(Fault::Unsupported(sentence.into()))
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// `words` on one line, harmless; `None` when there are none.
fn line(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = harmless::line(&words.join(" ")).into_owned();
    Some(words).filter(|words| !words.is_empty())
}

#[cfg(test)]
mod tests;
