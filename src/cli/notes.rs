//! `briefing notes`: writes a reader's notes and highlights, each with the words it is on and where they stand.
//!
//! A document that is not there any more has its notes written with the words that were kept.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Parser;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{
    Arguments as Reading, FAILURE, Through, Writing, lenses, name, reason, say, shown, tell, usage,
};
use crate::export::EXPORTS;
use crate::export::citation::Citation;
use crate::export::notes::{FORMS, Form, Row, Sheet};
use crate::formats::{self, Read, Source};
use crate::memory::{Entry, Key, Memory, Note};
use crate::model::{Document, anchor};

use super::output::Output;

/// Writes your notes and highlights, each with the words it is on and where they stand.
#[derive(Debug, Parser)]
#[command(name = "briefing notes", max_term_width = 100)]
struct Arguments {
    /// Write the notes on this file or address; without one, those on all documents
    #[arg(value_name = "DOCUMENT")]
    document: Option<PathBuf>,

    /// The form to write
    #[arg(long, value_name = "FORMAT", value_parser = forms(), default_value = "markdown")]
    to: &'static Form,

    /// Write to FILE
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn forms() -> impl TypedValueParser<Value = &'static Form> {
    let values = FORMS
        .iter()
        .map(|form| PossibleValue::new(form.name).help(form.about));
    PossibleValuesParser::new(values).map(|name| {
        FORMS
            .iter()
            .find(|form| form.name == name)
            .expect("clap accepts only names of rows")
    })
}

/// Runs `briefing notes` with what was typed after it; gives the exit code.
pub(super) fn run(typed: Vec<OsString>) -> u8 {
    let typed = std::iter::once("briefing notes".into()).chain(typed);
    let arguments = match Arguments::try_parse_from(typed) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let Some(memory) = Memory::of_user() else {
        say("there is no folder for a memory: neither XDG_DATA_HOME nor HOME is set");
        return FAILURE;
    };
    let reading = match Reading::read(["briefing".into()]) {
        Ok(reading) => reading,
        Err(error) => return usage(&error),
    };
    let through = Through {
        rack: lenses::rack(),
        lens: None,
    };
    let mut desk = Desk {
        memory: memory.clone(),
        reader: Writing {
            arguments: &reading,
            through: &through,
            export: &EXPORTS[0],
            output: None,
            memory: Some(memory),
            code: 0,
            told: Vec::new(),
        },
    };
    let written = desk
        .sheets(arguments.document.as_deref())
        .and_then(|sheets| write(&arguments, &sheets));
    match written {
        Ok(()) => desk.reader.code,
        Err(error) => tell(&error),
    }
}

fn write(arguments: &Arguments, sheets: &[Sheet]) -> anyhow::Result<()> {
    let file = arguments
        .output
        .as_deref()
        .filter(|path| *path != Path::new("-"));
    let failed = |error: &std::io::Error| {
        let name = file.map_or_else(|| "standard output".into(), shown);
        anyhow!("{name} could not be written: {}", reason(error))
    };
    let mut output = file
        .map_or_else(|| Ok(Output::stdout()), Output::file)
        .map_err(|error| failed(&error))?;
    let mut all = Ok(());
    for (sheet, number) in sheets.iter().zip(0..) {
        let between = if number > 0 && arguments.to.name == "markdown" {
            "\n"
        } else {
            ""
        };
        all = all
            .and_then(|()| std::io::Write::write_all(&mut output, between.as_bytes()))
            .and_then(|()| arguments.to.write(sheet, &mut output));
    }
    match all.and_then(|()| output.finish()) {
        // Who reads our output has enough of it.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(failed(&error)),
        Ok(()) => Ok(()),
    }
}

struct Desk<'a> {
    memory: Memory,
    reader: Writing<'a>,
}

impl Desk<'_> {
    /// The notes on one document, or on all that have any.
    fn sheets(&mut self, document: Option<&Path>) -> anyhow::Result<Vec<Sheet>> {
        if let Some(path) = document {
            let address = path.to_str().filter(|word| Source::is_address(word));
            let source = address.map_or_else(
                || Source::Path(path.to_owned()),
                |address| Source::Address(address.to_owned()),
            );
            let sheet = self.sheet(&source)?;
            if sheet.notes.is_empty() {
                say(&format!("there are no notes on {}", name(&source)));
            }
            return Ok(vec![sheet]);
        }
        let entries = self.memory.documents()?;
        let noted: Vec<Entry> = entries
            .into_iter()
            .filter(|it| it.count.notes > 0)
            .collect();
        if noted.is_empty() {
            say("there are no notes yet: in a document v picks sentences, and a writes a note");
        }
        noted.iter().map(|entry| self.of_entry(entry)).collect()
    }

    fn sheet(&mut self, source: &Source) -> anyhow::Result<Sheet> {
        match formats::read(source, &formats::Options::default()) {
            Ok(Read::Document(document)) => self.of_document(source, document),
            Ok(Read::Shelf(_)) => Err(anyhow!(
                "{} holds several documents: name one of them",
                name(source)
            )),
            Err(error) => {
                let location = source.location();
                let entry = match location {
                    Some(location) => self.memory.document_at(&location)?,
                    None => None,
                };
                let entry = entry.ok_or(error)?;
                self.unread(&entry)
            }
        }
    }

    /// The notes on a document of the memory: with their places where its file is still there. No address is asked.
    fn of_entry(&mut self, entry: &Entry) -> anyhow::Result<Sheet> {
        let path = entry.location.as_deref().map(PathBuf::from);
        let path = path.filter(|path| path.is_absolute() && path.is_file());
        let Some(source) = path.map(Source::Path) else {
            return self.unread(entry);
        };
        match formats::read(&source, &formats::Options::default()) {
            Ok(Read::Document(document)) => {
                let key = Key::of(&document, source.location());
                // Another text may lie there now.
                let same = self.memory.document(&key)?;
                if same.is_some_and(|same| same.id == entry.id) {
                    return self.of_document(&source, document);
                }
                self.unread(entry)
            }
            _ => self.unread(entry),
        }
    }

    fn of_document(&mut self, source: &Source, document: Document) -> anyhow::Result<Sheet> {
        let key = Key::of(&document, source.location());
        let notes = self.memory.recall(&key)?.notes;
        let briefing = self.reader.briefing(source, document);
        let text = &briefing.document.text;
        let places = anchor::find(text, notes.iter().map(|note| &note.what.anchor));
        let row = |(note, place): (Note, _)| {
            let (citation, place) = Row::cite(&briefing, place, &note.what.anchor.quote);
            row(note, place, citation)
        };
        let mut notes: Vec<Row> = notes.into_iter().zip(places).map(row).collect();
        notes.sort_by_key(|row| (row.place.is_none(), row.place));
        Ok(Sheet {
            title: briefing.document.title().map(str::to_owned),
            notes,
        })
    }

    /// The notes on a document that cannot be read, with the words that were kept.
    fn unread(&mut self, entry: &Entry) -> anyhow::Result<Sheet> {
        let place = entry
            .location
            .as_deref()
            .unwrap_or("a document without a file");
        say(&format!(
            "{place} is not there: its notes are written with the words that were kept"
        ));
        let title = Some(entry.title.clone()).filter(|title| !title.is_empty());
        let whole = Citation {
            title: title.clone(),
            address: entry.location.clone(),
            ..Citation::default()
        };
        let notes = self.memory.notes(entry.id)?;
        let row = |note: Note| {
            let citation = Row::lost(whole.clone(), &note.what.anchor.quote);
            row(note, None, citation)
        };
        Ok(Sheet {
            title,
            notes: notes.into_iter().map(row).collect(),
        })
    }
}

fn row(note: Note, place: Option<(usize, usize)>, citation: Citation) -> Row {
    Row {
        kind: note.what.kind.name(),
        body: note.what.body,
        quote: note.what.anchor.quote,
        place,
        created: note.created,
        changed: note.changed,
        citation,
    }
}
