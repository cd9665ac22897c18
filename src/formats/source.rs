//! Where bytes come from: a file, an address, standard input, the sample; and what can go wrong with them.
//!
//! It stands apart because it is, with `web`, all the I/O of this folder: the rest works on what lies in memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::builder::notice;
use super::{Fault, Format, Held, Progress, Refusal, Step, Unit, Watch, address, web};
use crate::model::Meta;
use crate::text::harmless;

/// Ranges are 32 bits wide.
const LIMIT: u64 = u32::MAX as u64;

/// A document that is built in.
#[derive(Debug, PartialEq, Eq)]
pub struct Sample {
    /// That of the lens it shows.
    pub name: &'static str,
    /// One line on it, for `--help`.
    pub about: &'static str,
    words: &'static str,
}

/// The documents that are built in; the first is shown when no document is named.
pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "briefing",
        about: "a news report",
        words: include_str!("../../assets/samples/briefing.md"),
    },
    Sample {
        name: "court-ruling",
        about: "an invented ruling, read through the lens of that name",
        words: include_str!("../../assets/samples/court-ruling.md"),
    },
    Sample {
        name: "incident-report",
        about: "an invented report on an outage, read through the lens of that name",
        words: include_str!("../../assets/samples/incident-report.md"),
    },
];

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Path(PathBuf),
    /// A page on the web, as the reader named it.
    Address(String),
    Stdin,
    /// One of [`SAMPLES`].
    Sample(&'static Sample),
    /// Lies in memory, inside another source.
    Held(Arc<Held>),
}

impl Sample {
    /// What it is called where a file has its name.
    pub fn spoken(&self) -> String {
        if self.name == SAMPLES[0].name {
            "sample".to_owned()
        } else {
            format!("sample {}", self.name)
        }
    }
}

impl Source {
    /// The sample that is shown when no document is named.
    pub fn sample() -> Self {
        Self::Sample(&SAMPLES[0])
    }

    /// The file it is, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }

    /// Where it lies, in words that say the same from every folder: an absolute path or an address; `None` for what
    /// lies nowhere by itself.
    pub fn location(&self) -> Option<String> {
        match self {
            Self::Path(path) => {
                let settled = path.canonicalize().or_else(|_| std::path::absolute(path));
                let path = settled.unwrap_or_else(|_| path.clone());
                Some(path.to_string_lossy().into_owned())
            }
            Self::Address(address) => Some(address.clone()),
            _ => None,
        }
    }

    /// Whether it may take long, or for ever, until there is anything to show.
    pub fn is_slow(&self) -> bool {
        matches!(self, Self::Stdin | Self::Address(_))
    }

    /// Whether `word`, typed where a document is named, is an address: `https://…`.
    pub fn is_address(word: &str) -> bool {
        word.split_once("://")
            .is_some_and(|(scheme, _)| address::has_scheme(&format!("{scheme}:")))
    }
}

/// Why a document could not be read: one sentence for the reader (what, where, why, what to do).
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("{name} does not exist: check the spelling and the folder")]
    Missing { name: String },
    #[error("{name} may not be read: you have no permission for it")]
    Forbidden { name: String },
    #[error("{name} is a folder: name a file in it")]
    Folder { name: String },
    #[error("{name} has no document of a known format in it: name a file, or another folder")]
    Bare { name: String },
    #[error("{name} holds more than {most} documents: name a folder in it")]
    Crowded { name: String, most: String },
    #[error("{name} could not be read: {source}")]
    Read { name: String, source: io::Error },
    #[error("{name} is empty: there is nothing to read in it")]
    Empty { name: String },
    #[error("{name} is not text: it has a zero byte at {at}; convert it to text or Markdown first")]
    Binary { name: String, at: usize },
    #[error("{name} is larger than 4 GiB: split it and open the parts")]
    TooLarge { name: String },
    #[error("{name} could not be fetched: {refusal}")]
    Fetch { name: String, refusal: Refusal },
    #[error("{name} could not be read as {format}: {fault}")]
    Fault {
        name: String,
        /// Name of the format's row.
        format: &'static str,
        fault: Fault,
    },
}

/// Types of media, as servers state them, and the ending of files that hold them.
const KINDS: &[(&str, &str)] = &[
    ("text/html", "html"),
    ("application/xhtml+xml", "xhtml"),
    ("text/markdown", "md"),
    ("text/plain", "txt"),
    ("application/pdf", "pdf"),
    ("application/epub+zip", "epub"),
    ("application/rss+xml", "rss"),
    ("application/atom+xml", "atom"),
    ("application/feed+json", "feed"),
    ("message/rfc822", "eml"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/vnd.oasis.opendocument.text", "odt"),
];

/// Bytes that are read between two words on progress.
const STRIDE: usize = 4 << 20;

/// A source that is open.
pub(super) struct Input {
    /// Harmless; for messages and `Meta::source`.
    pub(super) name: String,
    /// Of the file's name, lower case, without the dot.
    pub(super) extension: Option<String>,
    /// Expected size, where it is known.
    size: Option<u64>,
    /// What the source says it is.
    pub(super) told: Option<&'static Format>,
    /// How the source says that text in it is encoded.
    pub(super) charset: Option<&'static encoding_rs::Encoding>,
    /// What the source states about the document.
    stated: Meta,
    /// What a reader should know of how it came.
    notice: Option<String>,
    bytes: Box<dyn Read + Send>,
}

/// Bytes held in memory, as a reader.
struct Shared(Arc<Held>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl std::fmt::Debug for Input {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Input")
            .field("name", &self.name)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Input {
    pub(super) fn open(source: &Source, watch: Watch<'_>) -> Result<Self, LoadError> {
        match source {
            Source::Path(path) => Self::open_file(path),
            Source::Address(address) => Self::open_address(address, watch),
            Source::Stdin => Ok(Self::new("-", io::stdin())),
            Source::Sample(sample) => {
                let mut input = Self::new(&sample.spoken(), sample.words.as_bytes());
                input.extension = Some("md".to_owned());
                Ok(input)
            }
            Source::Held(held) => {
                let mut input = Self::new(&held.name, io::Cursor::new(Shared(Arc::clone(held))));
                (input.told, input.stated) = (held.format, held.meta.clone());
                Ok(input)
            }
        }
    }

    /// Bytes of unknown size, without an extension.
    pub(super) fn new(name: &str, bytes: impl Read + Send + 'static) -> Self {
        Self {
            name: name.to_owned(),
            extension: None,
            size: None,
            told: None,
            charset: None,
            stated: Meta::default(),
            notice: None,
            bytes: Box::new(bytes),
        }
    }

    fn open_file(path: &Path) -> Result<Self, LoadError> {
        let name = harmless::line(&path.to_string_lossy()).into_owned();
        let failed = |error: io::Error| failure(name.clone(), error);
        let about = std::fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return Err(LoadError::Folder { name });
        }
        if about.len() > LIMIT {
            return Err(LoadError::TooLarge { name });
        }
        let file = File::open(path).map_err(failed)?;
        let mut input = Self::new(&name, file);
        input.extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        input.size = about.is_file().then_some(about.len());
        Ok(input)
    }

    fn open_address(address: &str, watch: Watch<'_>) -> Result<Self, LoadError> {
        let page = web::fetch(address, watch).map_err(|refusal| LoadError::Fetch {
            name: harmless::line(address).into_owned(),
            refusal,
        })?;
        let mut input = Self::new(&page.address, io::Cursor::new(page.bytes));
        let (kind, charset) = page.kind.split_once(';').unwrap_or((&page.kind, ""));
        input.extension = extension_of(&kind.trim().to_ascii_lowercase(), &page.address);
        let label = charset
            .split_once('=')
            .map(|(_, label)| label.trim_matches(['"', ' ', '\'']));
        input.charset = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
        input.notice = page.notice;
        Ok(input)
    }

    /// Adds to `meta` what the source states and the document does not.
    pub(super) fn state(&self, meta: &mut Meta) {
        if let Some(sentence) = &self.notice {
            notice(meta, sentence);
        }
        let stated = &self.stated;
        for (known, told) in [
            (&mut meta.title, &stated.title),
            (&mut meta.author, &stated.author),
            (&mut meta.publisher, &stated.publisher),
            (&mut meta.published, &stated.published),
        ] {
            if known.is_none() {
                known.clone_from(told);
            }
        }
    }

    /// Reads on until `bytes` holds more than `enough`, or everything.
    pub(super) fn read_past(
        &mut self,
        enough: usize,
        bytes: &mut Vec<u8>,
    ) -> Result<(), LoadError> {
        let wanted = (enough + 1).saturating_sub(bytes.len()) as u64;
        self.bytes
            .by_ref()
            .take(wanted)
            .read_to_end(bytes)
            .map_err(|error| failure(self.spoken(), error))?;
        Ok(())
    }

    /// Reads all that is left; whether it came to the end and was not stopped by `watch`.
    pub(super) fn read_all(
        &mut self,
        bytes: &mut Vec<u8>,
        watch: Watch<'_>,
    ) -> Result<bool, LoadError> {
        let left = self
            .size
            .map_or(0, |size| size.saturating_sub(bytes.len() as u64));
        bytes.reserve_exact(left as usize + 1);
        loop {
            let before = bytes.len();
            self.read_past(before + STRIDE, bytes)?;
            if bytes.len() as u64 > LIMIT {
                let name = self.spoken();
                return Err(LoadError::TooLarge { name });
            }
            if bytes.len() <= before + STRIDE {
                return Ok(true);
            }
            let progress = Progress {
                done: bytes.len() as u64,
                of: self.size,
                unit: Unit::Bytes,
            };
            if !watch(Step::Progress(progress)) {
                return Ok(false);
            }
        }
    }

    /// The name in a sentence.
    pub(super) fn spoken(&self) -> String {
        if self.name == "-" {
            "standard input".into()
        } else {
            self.name.clone()
        }
    }
}

/// The ending of the name that a page would have as a file: by what its server says it is, or by its address where
/// that says no more than that it is text, or bytes.
fn extension_of(kind: &str, address: &str) -> Option<String> {
    let told = KINDS
        .iter()
        .find(|(known, _)| *known == kind)
        .map(|(_, extension)| (*extension).to_owned());
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit_once('/').map_or("", |(_, name)| name);
    let named = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    if ["", "text/plain", "application/octet-stream"].contains(&kind) {
        return named.or(told);
    }
    told.or(named)
}

fn failure(name: String, source: io::Error) -> LoadError {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => LoadError::Missing { name },
        io::ErrorKind::PermissionDenied => LoadError::Forbidden { name },
        io::ErrorKind::IsADirectory => LoadError::Folder { name },
        _ => LoadError::Read { name, source },
    }
}
