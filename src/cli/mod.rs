//! The command line: reads the arguments, decides on a face (a screen or an export), tells what went wrong.
//!
//! Every problem is one sentence on standard error that begins with `briefing: `. The exit code is 0, or 1 when
//! something could not be read or written, or 2 for arguments that make no sense.

mod arguments;
mod lenses;
mod memory;
mod notes;
mod output;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::anyhow;
use clap::error::ErrorKind;

pub use arguments::Arguments;

use crate::analysis;
use crate::export::{Export, WIDTH, Wish};
use crate::formats::{self, Item, Options, Read, Shelf, Source, unwatched};
use crate::memory::{Key, Memory, Sheet};
use crate::model::{Briefing, Corrections, Document};
use crate::names::amend::{self, Fit};
use crate::sections::{Place, Rack, correct};
use crate::text::harmless;
use crate::text::show::plural;
use crate::tui::{self, Thing};
use arguments::Face;
use output::Output;

const FAILURE: u8 = 1;
const USAGE: u8 = 2;
/// Lists in lists (a folder, a mailbox in it, a message in that) are followed so far.
const DEEPEST: usize = 4;

/// What has a word of its own after `briefing`, and what runs it with the rest. A document of that name is `./memory`.
type Command = fn(Vec<OsString>) -> u8;
const COMMANDS: &[(&str, Command)] = &[("memory", memory::run), ("notes", notes::run)];

/// Runs the program; gives the exit code.
pub fn run(typed: impl IntoIterator<Item = OsString>) -> u8 {
    let typed: Vec<OsString> = typed.into_iter().collect();
    let command = typed.get(1);
    let command = command.and_then(|word| COMMANDS.iter().find(|(name, _)| word == name));
    if let Some((_, run)) = command {
        return run(typed.into_iter().skip(2).collect());
    }
    let arguments = match Arguments::read(typed) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let rack = lenses::rack();
    if arguments.list_lenses {
        return print(&lenses::list(&rack));
    }
    let lens = match lenses::asked(arguments.lens.as_deref(), &rack) {
        Ok(lens) => lens,
        Err(why) => {
            say(&format!("{why} (--list-lenses tells more)"));
            return USAGE;
        }
    };
    let through = Through { rack, lens };
    let sources = match arguments.sources(io::stdin().is_terminal()) {
        Ok(sources) => sources,
        Err(error) => return tell(&error),
    };
    match arguments.face(io::stdout().is_terminal()) {
        Face::Screen => screen(&arguments, through, sources),
        Face::Export(_) if arguments.is_placed() => {
            say(
                "a place behind a document is for the screen: --section N writes one section of it (try --help)",
            );
            USAGE
        }
        Face::Export(export) => write(&arguments, &through, export, &sources),
    }
}

/// The lens that was asked for, and where others are found.
struct Through {
    rack: Rack,
    lens: Option<Place>,
}

/// Writes every document that can be read, then tells of the others by the exit code.
fn write(arguments: &Arguments, through: &Through, export: &Export, sources: &[Source]) -> u8 {
    // Before anything is written: the document may come later in the list than what would replace it.
    for source in sources {
        if let Err(error) = spare(arguments, source) {
            return tell(&error);
        }
    }
    let mut writing = Writing {
        arguments,
        through,
        export,
        output: None,
        memory: arguments.memory(),
        code: 0,
        told: Vec::new(),
    };
    let mut code = 0;
    for source in sources {
        match writing.source(source, 0) {
            Ok(told) => code = code.max(told),
            Err(Failure::Pipe) => return code.max(writing.code),
            Err(Failure::Reading(error)) => code = tell(&error),
            // The others would fail in the same way.
            Err(Failure::Writing(error)) => return tell(&error),
        }
    }
    // Written, but not through the lens that was asked for.
    if through.lens.is_some() && !writing.told.is_empty() {
        code = code.max(FAILURE);
    }
    match writing.finish() {
        Ok(()) | Err(Failure::Pipe) => code.max(writing.code),
        Err(Failure::Reading(error) | Failure::Writing(error)) => tell(&error),
    }
}

/// Documents on their way into one output, which is opened when the first of them has been read.
struct Writing<'a> {
    arguments: &'a Arguments,
    through: &'a Through,
    export: &'a Export,
    output: Option<Output>,
    /// What is remembered of documents.
    memory: Option<Memory>,
    /// What the memory has to say to the exit code.
    code: u8,
    /// What was said of lenses and damaged models.
    told: Vec<String>,
}

enum Failure {
    Reading(anyhow::Error),
    Writing(anyhow::Error),
    /// Who read our output has enough of it: no error.
    Pipe,
}

impl Writing<'_> {
    /// Writes what a source holds: one document, or one after the other. Gives the exit code: those of several
    /// that cannot be read are told, and the others written.
    fn source(&mut self, source: &Source, depth: usize) -> Result<u8, Failure> {
        // In a folder or a list the output may be found as well.
        spare(self.arguments, source).map_err(Failure::Writing)?;
        let read = formats::read(source, &self.arguments.reading());
        let several = match read.map_err(|error| Failure::Reading(error.into()))? {
            Read::Document(document) => return self.document(source, document).map(|()| 0),
            Read::Shelf(several) => several,
        };
        if depth == DEEPEST {
            let name = name(source);
            let why = anyhow!("{name} lies too deep: lists in lists in lists are not followed");
            return Err(Failure::Reading(why));
        }
        if let Some(notice) = &several.notice {
            say(&format!("{}: {notice}", name(source)));
        }
        let mut code = 0;
        for item in &several.items {
            match self.source(&item.source, depth + 1) {
                Ok(told) => code = code.max(told),
                Err(Failure::Reading(error)) => code = tell(&error),
                Err(other) => return Err(other),
            }
        }
        Ok(code)
    }

    /// What is found in a document, as the reader corrected it.
    fn briefing(&mut self, source: &Source, document: Document) -> Briefing {
        let choice = self
            .through
            .rack
            .choose(self.through.lens.as_ref(), &document);
        self.say_once(&choice.notes);
        let briefing = analysis::analyze_through(&Arc::new(document), &choice);
        self.say_once(&briefing.faults);
        self.corrected(briefing, source)
    }

    fn document(&mut self, source: &Source, document: Document) -> Result<(), Failure> {
        let briefing = self.briefing(source, document);
        let sections = briefing.outline.sections.len();
        let wish = Wish {
            section: section(self.arguments.section, sections)
                .map_err(|error| Failure::Reading(anyhow!("{}: {error}", name(source))))?,
            width: self.arguments.width.unwrap_or(WIDTH),
        };
        let (mut output, between) = match self.output.take() {
            Some(output) => (output, self.export.between),
            None => (self.open().map_err(|error| self.failure(&error))?, ""),
        };
        output
            .write_all(between.as_bytes())
            .and_then(|()| self.export.write(&briefing, wish, &mut output))
            .map_err(|error| self.failure(&error))?;
        self.output = Some(output);
        Ok(())
    }

    /// The briefing as the reader corrected it. What cannot be recalled or found again is told, and stops nothing.
    fn corrected(&mut self, briefing: Briefing, source: &Source) -> Briefing {
        let Some(memory) = &mut self.memory else {
            return briefing;
        };
        let key = Key::of(&briefing.document, source.location());
        let recalled = match memory.recall(&key) {
            Ok(recalled) => recalled,
            Err(error) => {
                self.code = tell(&error.into());
                // It would be told again of every document.
                self.memory = None;
                return briefing;
            }
        };
        if let Some(notice) = &recalled.notice {
            say(notice);
        }
        let own = memory.own_names();
        self.say_once(&own.faults);
        let (mends, unread) = recalled.mends();
        self.say_once(unread.as_slice());
        let its = |sheet: &&Sheet| sheet.lens == briefing.lens.name;
        let sheet = recalled.sheets.iter().find(its);
        let corrections = sheet.map_or_else(Corrections::default, |it| it.corrections.clone());
        let corrected = correct::corrected(&briefing, &corrections);
        let edits: Vec<_> = mends.into_iter().map(|(_, mend)| mend.edit).collect();
        let amended = amend::amended(&corrected.briefing, &own.list, &edits);
        let unfit = amended.fits.iter().filter(|fit| **fit != Fit::Whole);
        let lost = corrected.lost.len() + unfit.count();
        if lost > 0 {
            let corrections = plural(lost, "correction");
            say(&format!(
                "{}: {corrections} could not be found again in this text, and stay kept",
                name(source)
            ));
        }
        Briefing {
            entities: amended.entities,
            ..corrected.briefing
        }
    }

    /// Says what was not said before: once is enough for all documents.
    fn say_once(&mut self, sentences: &[String]) {
        for sentence in sentences {
            if !self.told.contains(sentence) {
                say(sentence);
                self.told.push(sentence.clone());
            }
        }
    }

    fn open(&self) -> io::Result<Output> {
        self.arguments
            .file()
            .map_or_else(|| Ok(Output::stdout()), |path| Output::file(path))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        match self.output.take() {
            Some(output) => output.finish().map_err(|error| self.failure(&error)),
            None => Ok(()),
        }
    }

    fn failure(&self, error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::Pipe;
        }
        let name = self
            .arguments
            .file()
            .map_or_else(|| "standard output".into(), |path| shown(path));
        Failure::Writing(anyhow!("{name} could not be written: {}", reason(error)))
    }
}

/// Refuses to write over what is to be read.
fn spare(arguments: &Arguments, source: &Source) -> anyhow::Result<()> {
    match arguments.file() {
        Some(path) if output::would_replace(path, source) => Err(anyhow!(
            "{} is the document itself and was not overwritten; give -o another name",
            shown(path)
        )),
        _ => Ok(()),
    }
}

/// Shows the document, or the list of several; what the list names and is not there is told when it is closed.
fn screen(arguments: &Arguments, through: Through, sources: Vec<Source>) -> u8 {
    if let Err(error) = keyboard() {
        return tell(&error);
    }
    // Said again when the screen is closed, so that it is not lost with the first key.
    let fault = through.lens.as_ref().and_then(|lens| lens.splitter().err());
    let mut unread: Vec<anyhow::Error> = fault.map(|fault| anyhow!(fault)).into_iter().collect();
    let missing = unread.len();
    let thing = match <[Source; 1]>::try_from(sources) {
        Ok([source]) if !arguments.is_list() => {
            // What is slow may have no end yet: it is read beside the screen.
            let opened = (!source.is_slow())
                .then(|| formats::open(&source, &arguments.reading(), &unwatched))
                .transpose();
            match opened {
                Ok(opened) => Thing::Document(source, opened.map(Box::new)),
                Err(error) => return tell(&error.into()),
            }
        }
        Ok([source]) => Thing::Shelf(list(vec![source])),
        Err(sources) => {
            unread.extend(absent(&sources, &arguments.reading()));
            if unread.len() - missing == sources.len() {
                return unread.iter().map(tell).max().unwrap_or(FAILURE);
            }
            Thing::Shelf(list(sources))
        }
    };
    let shown = tui::run(options(arguments, through, thing));
    let mut code = shown.unwrap_or_else(|error| tell(&error));
    for error in &unread {
        code = code.max(tell(error));
    }
    code
}

/// The documents that were named, as a list to choose from.
fn list(sources: Vec<Source>) -> Shelf {
    let item = |source: Source| Item {
        title: name(&source),
        date: None,
        words: None,
        source,
    };
    Shelf {
        items: sources.into_iter().map(item).collect(),
        ..Shelf::default()
    }
}

/// Why each of the files that are not there cannot be read.
fn absent(sources: &[Source], options: &Options) -> Vec<anyhow::Error> {
    let absent = |source: &&Source| matches!(source, Source::Path(path) if !path.exists());
    let absent = sources.iter().filter(absent);
    absent
        .filter_map(|source| formats::open(source, options, &unwatched).err())
        .map(anyhow::Error::from)
        .collect()
}

fn options(arguments: &Arguments, through: Through, thing: Thing) -> tui::Options {
    tui::Options {
        thing,
        reading: arguments.reading(),
        place: arguments.place(),
        form: arguments.cite_as,
        width: arguments.width,
        mouse: !arguments.no_mouse,
        memory: arguments.memory(),
        lens: through.lens,
        rack: through.rack,
        links: arguments.links,
        watch: !arguments.no_watch,
    }
}

/// Fails when there is nothing to press keys on.
fn keyboard() -> anyhow::Result<()> {
    if io::stdin().is_terminal() {
        return Ok(());
    }
    match std::fs::File::open("/dev/tty") {
        Ok(_) => Ok(()),
        Err(_) => Err(anyhow!(
            "there is no terminal to take keys from; --to text writes instead of opening a screen"
        )),
    }
}

/// The index of the section that readers call `number`.
fn section(number: Option<u32>, sections: usize) -> anyhow::Result<Option<u32>> {
    let Some(number) = number else {
        return Ok(None);
    };
    if number as usize <= sections {
        return Ok(Some(number - 1));
    }
    Err(match sections {
        0 => anyhow!("there are no sections, so there is no section {number}"),
        1 => anyhow!("there is only 1 section, so there is no section {number}"),
        _ => anyhow!("there are only {sections} sections, so there is no section {number}"),
    })
}

fn name(source: &Source) -> String {
    match source {
        Source::Path(path) => shown(path),
        Source::Address(address) => harmless::line(address).into_owned(),
        Source::Stdin => "standard input".into(),
        Source::Sample(sample) => format!("the {}", sample.spoken()),
        Source::Held(held) => held.name.clone(),
    }
}

/// A file name that is safe to show.
fn shown(path: &Path) -> String {
    harmless::line(&path.to_string_lossy()).into_owned()
}

/// Why, without the number of the error.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let words = error.to_string();
    match words.split_once(" (os error ") {
        Some((before, after)) => {
            let after = after.split_once(')').map_or("", |(_, after)| after);
            format!("{before}{after}")
        }
        None => words,
    }
}

/// Shows help and version, or tells in one sentence what is wrong with the arguments.
fn usage(error: &clap::Error) -> u8 {
    let words = error.render();
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return print(&words.to_string());
    }
    let words = words.to_string();
    let sentence = words.split("\n\n").next().unwrap_or_default();
    let sentence = sentence.strip_prefix("error: ").unwrap_or(sentence);
    let sentence: Vec<&str> = sentence.split_whitespace().collect();
    say(&format!("{} (try --help)", sentence.join(" ")));
    USAGE
}

/// Writes to standard output; gives the exit code.
fn print(words: &str) -> u8 {
    match write!(io::stdout(), "{words}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => tell(&error.into()),
        _ => 0,
    }
}

/// Says what went wrong; gives the exit code for it.
fn tell(error: &anyhow::Error) -> u8 {
    let mut sentence = String::new();
    // Some errors name their cause in their own words: it is not said twice.
    for cause in error.chain().map(reason) {
        if !sentence.contains(&cause) {
            let colon = if sentence.is_empty() { "" } else { ": " };
            sentence.push_str(colon);
            sentence.push_str(&cause);
        }
    }
    say(&sentence);
    FAILURE
}

fn say(sentence: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "briefing: {}", harmless::line(sentence));
}
