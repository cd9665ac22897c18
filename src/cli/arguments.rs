//! What can be typed after `briefing`, as clap reads it.
//!
//! The values of `--from` and `--to` come from the tables of formats and exports, so that a new row there is
//! an option here, in `--help` and in messages.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::export::citation::{FORMS, Form};
use crate::export::{EXPORTS, Export};
use crate::formats::{FORMATS, Format, Options, SAMPLES, Sample, Source};
use crate::memory::Memory;
use crate::model::Fragment;
use crate::text::harmless;
use crate::tui::hyperlinks::{WISHES, Wish};

/// What `--help` ends with.
const COMMANDS: &str = "\
briefing memory [DOCUMENT]  Show what is remembered of documents, and forget it; --help tells more
\
A document of that very name is ./memory";

/// Reads a news report, government release or advisory in sections by what each part does, beside the people
/// and agencies it names.
#[derive(Clone, Debug, Parser)]
#[command(name = "briefing", version, max_term_width = 100, after_help = COMMANDS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that can be typed by itself"
)]
pub struct Arguments {
    /// What to read: files, addresses (https://…), with a place as in report.md#s4p9 (section 4, paragraph 9); `-` is standard input. Without any: standard input when something is piped in, else a sample
    #[arg(value_name = "DOCUMENT")]
    pub documents: Vec<PathBuf>,

    /// Read the documents named in FILE, a path on each line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,

    /// Read a document that is built in
    #[arg(long, value_name = "NAME", value_parser = samples(), conflicts_with_all = ["documents", "files_from"])]
    pub sample: Option<&'static Sample>,

    /// Read through this lens (a set of roles): a name from --list-lenses, or a file that ends in .toml
    #[arg(long, value_name = "LENS")]
    pub lens: Option<String>,

    /// List the lenses with their roles, and where they come from
    #[arg(long)]
    pub list_lenses: bool,

    /// Read documents as this format, whatever they look like
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub from: Option<&'static Format>,

    /// Open locked documents with the password on the first line of FILE
    #[arg(long = "password-file", value_name = "FILE", value_parser = password)]
    pub password: Option<Arc<str>>,

    /// Write this instead of opening a screen; `text` when standard output is no terminal
    #[arg(long, value_name = "FORMAT", value_parser = exports())]
    pub to: Option<&'static Export>,

    /// Write to FILE; without --to, how FILE ends tells the format
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Open at section N of the contents; when writing, write nothing else
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub section: Option<u32>,

    /// How passages are copied: their form of citation, until another is chosen
    #[arg(long, value_name = "FORM", value_parser = forms(), default_value = FORMS[0].name)]
    pub cite_as: &'static Form,

    /// Columns of text, 40 to 120
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=120))]
    pub width: Option<u16>,

    /// Write links so that the terminal knows them (OSC 8)
    #[arg(long, value_name = "WHEN", value_parser = wishes(), default_value = WISHES[0].0, hide_default_value = true)]
    pub links: Wish,

    /// Do not read a file anew when it changes on disk
    #[arg(long)]
    pub no_watch: bool,

    /// Leave the mouse to the terminal
    #[arg(long)]
    pub no_mouse: bool,

    /// Read without what is remembered of documents, and without writing a byte
    #[arg(long)]
    pub no_memory: bool,
}

/// What to do, once the arguments are read.
#[derive(Clone, Debug)]
pub enum Face {
    Screen,
    Export(&'static Export),
}

impl Arguments {
    /// Reads what was typed. The error is for [`super::usage`]: help and version are errors to clap.
    pub fn read(typed: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let typed: Vec<OsString> = typed.into_iter().collect();
        let conflict = |sentence: &str| {
            let kind = clap::error::ErrorKind::ArgumentConflict;
            Err(clap::Error::raw(kind, format!("{sentence}\n")))
        };
        // Before it is taken for an option.
        let split = |word: &OsString| Fragment::split(word.to_str()?).map(|(name, _)| name == "-");
        if typed.iter().any(|word| split(word) == Some(true)) {
            return conflict("standard input has no places: '-' stands alone");
        }
        let read = Self::try_parse_from(typed)?;
        let listed = read.files_from.iter();
        let pipes = read.documents.iter().chain(listed);
        let pipes = pipes.filter(|it| is_dash(it)).count();
        if pipes > 1 {
            return conflict("standard input can be read only once, so '-' can stand only once");
        }
        let placed = read.documents.iter().filter_map(|typed| placed(typed));
        let placed: Vec<(&str, Fragment)> = placed.collect();
        match placed.as_slice() {
            [] => Ok(read),
            _ if read.documents.len() > 1 => {
                conflict("a place can be given to one document only, and several are named")
            }
            _ if read.section.is_some() => {
                conflict("the place behind the document and --section cannot both be given")
            }
            _ => Ok(read),
        }
    }

    /// How documents are read.
    pub fn reading(&self) -> Options {
        Options {
            from: self.from,
            password: self.password.clone(),
        }
    }

    /// What to read, in order; never empty. Fails when the list of documents cannot be read, or is empty.
    pub fn sources(&self, stdin_is_terminal: bool) -> anyhow::Result<Vec<Source>> {
        let mut sources = self.named(stdin_is_terminal);
        if let Some(list) = &self.files_from {
            if self.documents.is_empty() {
                sources.clear();
            }
            sources.extend(listed(list)?);
        }
        Ok(sources)
    }

    /// The place to open at, from behind the document's name or from `--section`.
    pub fn place(&self) -> Option<Fragment> {
        let typed = self.documents.first().and_then(|typed| placed(typed));
        let section = self
            .section
            .map(|number| Fragment::section(number as usize));
        typed.map(|(_, place)| place).or(section)
    }

    /// Whether a place stands behind a document's name.
    pub fn is_placed(&self) -> bool {
        self.documents.iter().any(|typed| placed(typed).is_some())
    }

    /// Whether there is a list to choose from even when it holds one document.
    pub fn is_list(&self) -> bool {
        self.files_from.is_some()
    }

    fn named(&self, stdin_is_terminal: bool) -> Vec<Source> {
        if let Some(sample) = self.sample {
            return vec![Source::Sample(sample)];
        }
        if self.documents.is_empty() {
            let source = if stdin_is_terminal {
                Source::sample()
            } else {
                Source::Stdin
            };
            return vec![source];
        }
        let source = |path: &PathBuf| {
            let bare = placed(path).map(|(name, _)| PathBuf::from(name));
            let path = bare.as_ref().unwrap_or(path);
            if is_dash(path) {
                Source::Stdin
            } else if let Some(address) = path.to_str().filter(|word| Source::is_address(word)) {
                Source::Address(address.to_owned())
            } else {
                Source::Path(path.clone())
            }
        };
        self.documents.iter().map(source).collect()
    }

    /// What is remembered of documents, if anything.
    pub fn memory(&self) -> Option<Memory> {
        (!self.no_memory).then(Memory::of_user).flatten()
    }

    /// The file to write to; `-o -` is standard output.
    pub fn file(&self) -> Option<&PathBuf> {
        self.output.as_ref().filter(|path| !is_dash(path))
    }

    /// A screen, unless something else was asked for or there is no terminal to show it on.
    pub fn face(&self, stdout_is_terminal: bool) -> Face {
        if let Some(export) = self.to {
            return Face::Export(export);
        }
        if self.output.is_none() && stdout_is_terminal {
            return Face::Screen;
        }
        let told = self
            .file()
            .and_then(|path| path.extension())
            .and_then(|ending| EXPORTS.iter().find(|export| ending == export.ending));
        Face::Export(told.unwrap_or(&EXPORTS[0]))
    }
}

/// The first line of a file, without its end.
fn password(file: &str) -> Result<Arc<str>, String> {
    let words = std::fs::read_to_string(file)
        .map_err(|error| format!("the file with the password could not be read: {error}"))?;
    match words.lines().next() {
        Some(line) if !line.is_empty() => Ok(line.into()),
        _ => Err("the password stands on the first line of the file, and that is empty".into()),
    }
}

/// The documents that the file `list` names, a path or an address on each line.
fn listed(list: &Path) -> anyhow::Result<Vec<Source>> {
    let name = if is_dash(list) {
        "standard input".into()
    } else {
        harmless::line(&list.to_string_lossy()).into_owned()
    };
    let mut bytes = Vec::new();
    let read = if is_dash(list) {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.with_context(|| format!("the list of documents {name} could not be read"))?;
    let lines = bytes.split(|byte| *byte == b'\n');
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let source = |line: &[u8]| match std::str::from_utf8(line) {
        Ok(word) if Source::is_address(word) => Source::Address(word.to_owned()),
        _ => Source::Path(OsStr::from_bytes(line).into()),
    };
    let sources: Vec<Source> = lines.filter(|line| !line.is_empty()).map(source).collect();
    if sources.is_empty() {
        anyhow::bail!("the list of documents {name} is empty: write a path on each line");
    }
    Ok(sources)
}

/// The name and the place of a document that a place stands behind. A file of that very name is that file.
fn placed(typed: &Path) -> Option<(&str, Fragment)> {
    let found = Fragment::split(typed.to_str()?)?;
    (!typed.exists()).then_some(found)
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn formats() -> impl TypedValueParser<Value = &'static Format> {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)).map(|name| {
        FORMATS
            .iter()
            .find(|format| format.name == name)
            .expect("clap accepts only names of rows")
    })
}

fn samples() -> impl TypedValueParser<Value = &'static Sample> {
    let values = SAMPLES
        .iter()
        .map(|sample| PossibleValue::new(sample.name).help(sample.about));
    PossibleValuesParser::new(values).map(|name| {
        SAMPLES
            .iter()
            .find(|sample| sample.name == name)
            .expect("clap accepts only names of rows")
    })
}

fn forms() -> impl TypedValueParser<Value = &'static Form> {
    let values = FORMS
        .iter()
        .map(|form| PossibleValue::new(form.name).help(form.about));
    PossibleValuesParser::new(values)
        .map(|name| Form::by_name(&name).expect("clap accepts only names of rows"))
}

fn wishes() -> impl TypedValueParser<Value = Wish> {
    let values = WISHES.map(|(name, _, about)| PossibleValue::new(name).help(about));
    PossibleValuesParser::new(values).map(|typed| {
        let found = WISHES.iter().find(|(name, ..)| *name == typed);
        found.expect("clap accepts only names of rows").1
    })
}

fn exports() -> impl TypedValueParser<Value = &'static Export> {
    let values = EXPORTS
        .iter()
        .map(|export| PossibleValue::new(export.name).help(export.about));
    PossibleValuesParser::new(values)
        .map(|name| Export::by_name(&name).expect("clap accepts only names of rows"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &[&str]) -> Result<Arguments, clap::Error> {
        Arguments::read(["briefing"].iter().chain(typed).map(OsString::from))
    }

    fn export(typed: &[&str], stdout_is_terminal: bool) -> Option<&'static str> {
        match read(typed).unwrap().face(stdout_is_terminal) {
            Face::Screen => None,
            Face::Export(export) => Some(export.name),
        }
    }

    #[test]
    fn clap_finds_no_fault_in_the_definition() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_screen_needs_a_terminal_and_no_other_wish() {
        assert_eq!(export(&["a.txt"], true), None);
        assert_eq!(export(&["a.txt"], false), Some("text"));
        assert_eq!(export(&["--to", "json"], true), Some("json"));
        assert_eq!(export(&["-o", "x.json"], true), Some("json"));
        assert_eq!(export(&["-o", "x"], true), Some("text"));
        assert_eq!(export(&["-o", "-"], true), Some("text"));
        assert_eq!(
            export(&["-o", "x.json", "--to", "text"], true),
            Some("text")
        );
    }

    #[test]
    fn without_documents_a_pipe_is_read_and_a_terminal_gets_the_sample() {
        assert_eq!(
            read(&[]).unwrap().sources(true).unwrap(),
            [Source::sample()]
        );
        assert_eq!(read(&[]).unwrap().sources(false).unwrap(), [Source::Stdin]);
        let both = read(&["a", "-"]).unwrap().sources(true).unwrap();
        assert_eq!(both, [Source::Path("a".into()), Source::Stdin]);
    }

    #[test]
    fn a_place_stands_behind_the_name_of_a_document() {
        let file = |name: &str| Source::Path(name.into());
        let page = Source::Address("https://a.example/b#c".into());
        let place = |section, paragraph| Some(Fragment { section, paragraph });
        let dir = tempfile::tempdir().unwrap();
        let own = dir.path().join("own#s4");
        std::fs::write(&own, "words").unwrap();
        let own = own.to_str().unwrap();
        for (typed, source, expected) in [
            (&["a.md#s4p9"][..], file("a.md"), place(Some(4), Some(9))),
            (&["a.md#p9"], file("a.md"), place(None, Some(9))),
            (&["https://a.example/b#c#s4"], page, place(Some(4), None)),
            (&["a.md#intro"], file("a.md#intro"), None),
            (
                &["a.md", "--section", "3"],
                file("a.md"),
                place(Some(3), None),
            ),
            (&[own], file(own), None),
        ] {
            let read = read(typed).unwrap();
            assert_eq!(read.sources(true).unwrap(), [source], "{typed:?}");
            assert_eq!(read.place(), expected, "{typed:?}");
        }
    }

    #[test]
    fn wrong_values_are_refused() {
        for typed in [
            &["--width", "39"][..],
            &["--width", "121"],
            &["--section", "0"],
            &["--to", "xml"],
            &["--from", "xlsx"],
            &["-", "-"],
            &["-#s4"],
            &["a.md#s4", "b.md"],
            &["a.md#s4", "--section", "3"],
            &["--cite-as", "apa"],
            &["--nonsense"],
        ] {
            assert!(read(typed).is_err(), "{typed:?}");
        }
    }
}
