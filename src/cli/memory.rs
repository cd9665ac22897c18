//! `briefing memory`: what is remembered of documents, and forgetting it.
//!
//! It stands apart from the options of reading: nothing is shown or exported here, and a document need not be there
//! any more to be forgotten.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Write as _};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::Parser;

use super::{FAILURE, USAGE, name, print, say, shown, tell, usage};
use crate::formats::{self, Options, Read, Source};
use crate::memory::{Count, Entry, Key, Memory, Recalled};
use crate::model::{Document, Edit};
use crate::text::harmless;
use crate::text::show::{cut, plural, thousands};

/// Columns of words that are shown of a place or a note.
const COLUMNS: u16 = 60;

/// Shows what is remembered of documents: where the file is, how large, and what it knows of each document or of one.
#[derive(Debug, Parser)]
#[command(name = "briefing memory", max_term_width = 100)]
struct Arguments {
    /// Show all that is known of this file or address; it need not be there any more
    #[arg(value_name = "DOCUMENT", conflicts_with_all = ["forget", "forget_all"])]
    document: Option<PathBuf>,

    /// Forget all that is known of this file or address
    #[arg(long, value_name = "DOCUMENT", conflicts_with = "forget_all")]
    forget: Option<PathBuf>,

    /// Forget everything, after asking
    #[arg(long)]
    forget_all: bool,

    /// Do not ask
    #[arg(long, requires = "forget_all")]
    yes: bool,
}

/// Runs `briefing memory` with what was typed after it; gives the exit code.
pub(super) fn run(typed: Vec<OsString>) -> u8 {
    let typed = std::iter::once("briefing memory".into()).chain(typed);
    let arguments = match Arguments::try_parse_from(typed) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let Some(memory) = Memory::of_user() else {
        say("there is no folder for a memory: neither XDG_DATA_HOME nor HOME is set");
        return FAILURE;
    };
    let mut desk = Desk { memory };
    let done = match (&arguments.document, &arguments.forget) {
        (Some(document), _) => desk.show_one(document),
        (_, Some(document)) => desk.forget(document),
        _ if arguments.forget_all => desk.forget_all(arguments.yes),
        _ => desk.show_all(),
    };
    if let Some(notice) = desk.memory.notice() {
        say(&notice);
    }
    done.unwrap_or_else(|error| tell(&error))
}

struct Desk {
    memory: Memory,
}

impl Desk {
    fn show_all(&mut self) -> anyhow::Result<u8> {
        let (entries, searches) = (self.memory.documents()?, self.memory.searches()?);
        let mut out = self.heading();
        let all = entries.iter().fold(Count::default(), |all, it| Count {
            edits: all.edits + it.count.edits,
            name_edits: all.name_edits + it.count.name_edits,
            marks: all.marks + it.count.marks,
            notes: all.notes + it.count.notes,
        });
        let mut counts = vec![plural(entries.len(), "document")];
        counts.extend(told(all));
        if !searches.is_empty() {
            counts.push(format!("searches: {}", searches.len()));
        }
        line(&mut out, &counts.join(", "));
        for entry in &entries {
            line(&mut out, "");
            line(&mut out, &title(entry));
            line(&mut out, &format!("  {}", knows(entry)));
        }
        Ok(print(&out))
    }

    /// The file and its size.
    fn heading(&self) -> String {
        let file = self.memory.file();
        let size = match std::fs::metadata(file) {
            Ok(metadata) => {
                let kilobytes = usize::try_from(metadata.len().div_ceil(1000));
                format!("{} kB", thousands(kilobytes.unwrap_or(usize::MAX)))
            }
            Err(_) => "not there: nothing is remembered yet".to_owned(),
        };
        format!("{} ({size})\n", shown(file))
    }

    fn show_one(&mut self, document: &Path) -> anyhow::Result<u8> {
        let (source, read) = read(document)?;
        let Some(entry) = self.entry(&source, read.as_ref())? else {
            return Ok(unknown(&source));
        };
        let recalled = self.memory.recall_entry(entry.id)?;
        let mut out = format!("{}\n", title(&entry));
        details(&mut out, &recalled);
        Ok(print(&out))
    }

    fn forget(&mut self, document: &Path) -> anyhow::Result<u8> {
        let (source, read) = read(document)?;
        let Some(entry) = self.entry(&source, read.as_ref())? else {
            return Ok(unknown(&source));
        };
        self.memory.forget(entry.id)?;
        let mut out = format!("forgotten: {}\n  {}\n", title(&entry), knows(&entry));
        for file in self.memory.left_behind() {
            let file = shown(&file);
            line(
                &mut out,
                &format!(
                    "{file} may still hold some of it; remove it yourself, or use --forget-all"
                ),
            );
        }
        Ok(print(&out))
    }

    fn forget_all(&mut self, yes: bool) -> anyhow::Result<u8> {
        let count = self.memory.documents()?.len();
        if !yes {
            if !io::stdin().is_terminal() {
                say("nothing was forgotten: there is no terminal to ask on; --yes does not ask");
                return Ok(USAGE);
            }
            let what = plural(count, "document");
            write!(io::stdout(), "Forget everything, {what}? [y/N] ")?;
            io::stdout().flush()?;
            let mut answer = String::new();
            io::stdin().lock().read_line(&mut answer)?;
            if !matches!(answer.trim(), "y" | "Y" | "yes") {
                return Ok(print("nothing was forgotten\n"));
            }
        }
        let removed = self.memory.forget_all()?;
        let mut out = format!("forgotten: {}\n", plural(count, "document"));
        for file in removed {
            line(&mut out, &format!("removed: {file}"));
        }
        Ok(print(&out))
    }

    /// What the memory has of a document, by its words when they could be read, else by where it lay.
    fn entry(&mut self, source: &Source, read: Option<&Document>) -> anyhow::Result<Option<Entry>> {
        let location = source.location();
        let entry = match (read, &location) {
            (Some(document), _) => self.memory.document(&Key::of(document, location))?,
            (None, Some(location)) => self.memory.document_at(location)?,
            (None, None) => None,
        };
        Ok(entry)
    }
}

/// What was named, and its words; none for an address, which nobody is asked for, and for a file that is gone.
fn read(named: &Path) -> anyhow::Result<(Source, Option<Document>)> {
    if let Some(address) = named.to_str().filter(|word| Source::is_address(word)) {
        return Ok((Source::Address(address.to_owned()), None));
    }
    let source = if named.as_os_str() == "-" {
        Source::Stdin
    } else {
        Source::Path(named.to_owned())
    };
    if matches!(&source, Source::Path(path) if !path.exists()) {
        return Ok((source, None));
    }
    match formats::read(&source, &Options::default())? {
        Read::Document(document) => Ok((source, Some(document))),
        Read::Shelf(_) => Err(anyhow!(
            "{} is a list of documents: name one of them",
            name(&source)
        )),
    }
}

fn unknown(source: &Source) -> u8 {
    say(&format!("nothing is known of {}", name(source)));
    FAILURE
}

/// When, what, and where.
fn title(entry: &Entry) -> String {
    let date = jiff::Timestamp::from_second(entry.seen).unwrap_or_default();
    let title = cut(&harmless::line(&entry.title), COLUMNS);
    let location = entry.location.as_deref().map(harmless::line);
    let location = location.map_or(String::new(), |it| format!(" · {it}"));
    format!("{} {title}{location}", date.strftime("%Y-%m-%d"))
}

/// What is kept of it, in one line.
fn knows(entry: &Entry) -> String {
    let place = entry.place.then(|| "where it was left".to_owned());
    let parts: Vec<String> = place.into_iter().chain(told(entry.count)).collect();
    if parts.is_empty() {
        "nothing any more".to_owned()
    } else {
        parts.join(", ")
    }
}

fn told(count: Count) -> Vec<String> {
    let rows = [
        (count.edits, "corrected section"),
        (count.name_edits, "corrected name"),
        (count.marks, "mark"),
        (count.notes, "note or highlight"),
    ];
    let some = rows.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, one)| match one {
        "note or highlight" => format!("notes and highlights: {count}"),
        one => plural(usize::try_from(count).unwrap_or(0), one),
    })
    .collect()
}

/// All that is kept of a document, a line each.
fn details(out: &mut String, recalled: &Recalled) {
    let quoted = |words: &str| format!("“{}”", cut(&harmless::line(words), COLUMNS));
    let mut row = |label: &str, words: &str| line(out, &format!("  {label:<11}{words}"));
    if let Some(place) = &recalled.places.left {
        row("left at", &quoted(&place.quote));
    }
    for (name, place) in &recalled.places.marks {
        row(&format!("mark {name}"), &quoted(&place.quote));
    }
    for sheet in &recalled.sheets {
        for edit in &sheet.corrections.edits {
            let what = match edit {
                Edit::Role { .. } => "role set",
                Edit::Move { .. } => "start moved",
                Edit::Merge { .. } => "merged",
                Edit::Split { .. } => "split",
            };
            let lens = harmless::line(&sheet.lens);
            row(
                "section",
                &format!("{what} ({lens}): {}", quoted(&edit.at().quote)),
            );
        }
    }
    for edit in &recalled.name_edits {
        row("names", &cut(&harmless::line(&edit.edit), COLUMNS));
    }
    for note in &recalled.notes {
        let body = &note.what.body;
        let body = if body.is_empty() {
            String::new()
        } else {
            format!(" {}", cut(&harmless::line(body), COLUMNS))
        };
        let words = quoted(&note.what.anchor.quote);
        row(note.what.kind.name(), &format!("{words}{body}"));
    }
}

fn line(out: &mut String, words: &str) {
    writeln!(out, "{words}").expect("a string takes all");
}
