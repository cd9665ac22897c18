//! A reader's notes on a document, written out: as Markdown to be read, or as JSON (schema `briefing-notes/1`).
//!
//! It stands beside the forms of a whole briefing, as it writes what the reader made and not what was found. Each note
//! comes with its citation, so that it can be used where the document is not.

use std::fmt::Write as _;
use std::io;

use super::citation::{self, Citation};
use crate::model::Briefing;
use crate::text::TextRange;

const SCHEMA: &str = "briefing-notes/1";

/// The notes on one document.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub title: Option<String>,
    /// Those found in the text in its order, then the lost.
    pub notes: Vec<Row>,
}

/// A note or highlight.
#[derive(Clone, Debug)]
pub struct Row {
    /// `note` or `highlight`.
    pub kind: &'static str,
    /// What was written; empty for a highlight.
    pub body: String,
    /// The words it was put on.
    pub quote: String,
    /// Where they stand now, in code points of the reading text; `None` when they are lost, or the document is.
    pub place: Option<(usize, usize)>,
    /// Seconds since 1970.
    pub created: i64,
    pub changed: i64,
    /// Of the words as they stand now, or of the document alone.
    pub citation: Citation,
}

impl Row {
    /// The citation, and the place in code points, of words at `range`; of `quote` where they are lost.
    pub fn cite(
        briefing: &Briefing,
        range: Option<TextRange>,
        quote: &str,
    ) -> (Citation, Option<(usize, usize)>) {
        let Some(range) = range else {
            let whole = Citation::of(briefing, TextRange::empty(0));
            return (Self::lost(whole, quote), None);
        };
        let text = &briefing.document.text;
        let before = TextRange::new(0, range.start()).of(text).chars().count();
        let end = before + range.of(text).chars().count();
        (Citation::of(briefing, range), Some((before, end)))
    }

    /// The citation of words that stand nowhere in the document of `whole`.
    pub fn lost(whole: Citation, quote: &str) -> Citation {
        Citation {
            words: quote.to_owned(),
            speaker: None,
            section: None,
            paragraphs: None,
            pages: None,
            ..whole
        }
    }
}

/// A form in which notes are written.
#[derive(Debug)]
pub struct Form {
    /// Name for `--to`.
    pub name: &'static str,
    /// One line on it, for `--help`.
    pub about: &'static str,
    write: fn(&Sheet, &mut dyn io::Write) -> io::Result<()>,
}

/// All of them.
pub const FORMS: &[Form] = &[
    Form {
        name: "markdown",
        about: "each with the words it is on and where they stand",
        write: markdown,
    },
    Form {
        name: "json",
        about: "one line for each document (docs/JSON.md)",
        write: json,
    },
];

impl Form {
    /// Writes the notes on one document.
    pub fn write(&self, sheet: &Sheet, out: &mut dyn io::Write) -> io::Result<()> {
        (self.write)(sheet, out)
    }
}

fn markdown(sheet: &Sheet, out: &mut dyn io::Write) -> io::Result<()> {
    let form = citation::Form::by_name("markdown").expect("the table of forms has it");
    let title = sheet.title.as_deref().or_else(|| {
        let address = sheet.notes.first()?.citation.address.as_deref()?;
        address.rsplit('/').find(|part| !part.is_empty())
    });
    let title = title.unwrap_or("a document without a title");
    let mut page = format!("# Notes on {}\n", one_line(title));
    let mut lost = false;
    for row in &sheet.notes {
        if row.place.is_none() && !std::mem::replace(&mut lost, true) {
            page += "\n## Lost: these words are not in the text any more\n";
        }
        let _ = write!(page, "\n{}\n", form.write(&row.citation));
        if !row.body.is_empty() {
            // The reader's own words: Markdown, if that is what she writes.
            let _ = write!(page, "\n{}\n", row.body);
        }
    }
    out.write_all(page.as_bytes())
}

/// Words that shall stay one line of a heading.
fn one_line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

#[derive(serde::Serialize)]
struct JsonSheet<'a> {
    schema: &'static str,
    document: JsonDocument<'a>,
    notes: Vec<JsonRow<'a>>,
}

#[derive(serde::Serialize)]
struct JsonDocument<'a> {
    title: Option<&'a str>,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    published: Option<&'a str>,
    source: Option<&'a str>,
}

#[derive(serde::Serialize)]
struct JsonRow<'a> {
    kind: &'static str,
    basis: &'static str,
    note: Option<&'a str>,
    quote: &'a str,
    /// The words as they stand now.
    text: Option<&'a str>,
    start: Option<usize>,
    end: Option<usize>,
    speaker: Option<&'a str>,
    section: Option<JsonSection<'a>>,
    paragraphs: Option<(usize, usize)>,
    pages: Option<(u32, u32)>,
    created: Option<String>,
    changed: Option<String>,
}

#[derive(serde::Serialize)]
struct JsonSection<'a> {
    number: usize,
    title: &'a str,
}

fn json(sheet: &Sheet, out: &mut dyn io::Write) -> io::Result<()> {
    let first = sheet.notes.first().map(|row| &row.citation);
    let of = |field: fn(&Citation) -> &Option<String>| first.and_then(|it| field(it).as_deref());
    let sheet = JsonSheet {
        schema: SCHEMA,
        document: JsonDocument {
            title: sheet.title.as_deref(),
            author: of(|it| &it.author),
            publisher: of(|it| &it.publisher),
            published: of(|it| &it.published),
            source: of(|it| &it.address),
        },
        notes: sheet.notes.iter().map(JsonRow::of).collect(),
    };
    serde_json::to_writer(&mut *out, &sheet)?;
    out.write_all(b"\n")
}

impl<'a> JsonRow<'a> {
    fn of(row: &'a Row) -> Self {
        let citation = &row.citation;
        let section = citation.section.as_ref();
        Self {
            kind: row.kind,
            basis: "reader",
            note: Some(row.body.as_str()).filter(|body| !body.is_empty()),
            quote: &row.quote,
            text: row.place.map(|_| citation.words.as_str()),
            start: row.place.map(|(start, _)| start),
            end: row.place.map(|(_, end)| end),
            speaker: citation.speaker.as_deref(),
            section: section.map(|(number, title)| JsonSection {
                number: *number,
                title,
            }),
            paragraphs: citation.paragraphs,
            pages: citation.pages,
            created: moment(row.created),
            changed: moment(row.changed),
        }
    }
}

/// ISO 8601; `None` for what is no time.
fn moment(seconds: i64) -> Option<String> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let row = |body: &str, place| Row {
            kind: if body.is_empty() { "highlight" } else { "note" },
            body: body.into(),
            quote: "Two cranes *stand* still.".into(),
            place,
            created: 1_700_000_000,
            changed: 1_700_000_060,
            citation: Citation {
                words: "Two cranes *stand* still.".into(),
                title: Some("Night ferry".into()),
                section: Some((2, "Order".into())),
                paragraphs: Some((3, 3)),
                ..Citation::default()
            },
        };
        let title = Some("Night\nferry".into());
        let notes = vec![row("", Some((4, 29))), row("why?\n\n- who?", None)];
        Sheet { title, notes }
    }

    fn written(name: &str) -> String {
        let form = FORMS.iter().find(|form| form.name == name).expect("a form");
        let mut out = Vec::new();
        form.write(&sheet(), &mut out).expect("memory takes all");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn markdown_has_the_words_where_they_stand_and_the_note() {
        let page = written("markdown");
        assert!(page.starts_with("# Notes on Night ferry\n\n> Two cranes \\*stand\\* still.\n"));
        let (found, lost) = page.split_once("## Lost").expect("one is lost");
        assert!(found.contains("section 2 “Order”, paragraph 3") && !found.contains("why?"));
        assert!(lost.ends_with("\n\nwhy?\n\n- who?\n"), "{lost}");
    }

    #[test]
    fn json_is_one_line_with_every_key() {
        let line = written("json");
        assert_eq!(line.matches('\n').count(), 1);
        let sheet: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
        assert_eq!(sheet["schema"], "briefing-notes/1");
        let (first, second) = (&sheet["notes"][0], &sheet["notes"][1]);
        assert_eq!((&first["start"], &first["end"]), (&4.into(), &29.into()));
        assert!(first["note"].is_null() && second["text"].is_null());
        assert_eq!(second["note"], "why?\n\n- who?");
        assert_eq!(second["created"], "2023-11-14T22:13:20Z");
        assert_eq!(second["basis"], "reader");
    }
}
