//! [`Whole`] and [`Fault`]: what a reader of a packed format is given, and how it can fail.
//!
//! It stands apart from the readers of text, which are total and begin with the head of a file: a packed
//! document (web page, PDF, Word file, e-mail) is read from all its bytes, and may be damaged, locked or a trap.

use super::{Options, Watch};

/// All bytes of a document, and what the reader of it may want to know.
#[derive(Clone, Copy)]
pub struct Whole<'a> {
    pub bytes: &'a [u8],
    /// What the source is called; harmless.
    pub name: &'a str,
    /// How its text is encoded, where the source says so.
    pub charset: Option<&'static encoding_rs::Encoding>,
    pub options: &'a Options,
    pub watch: Watch<'a>,
}

/// Why bytes are no document: the part of the sentence after `FILE could not be read as FORMAT: `, what to do
/// included. Words in it that come from the file must be harmless.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is damaged ({0}); get a fresh copy of it")]
    Damaged(String),
    #[error("it is locked; give its password in a file with --password-file")]
    Locked,
    #[error("the password in --password-file does not open it")]
    WrongPassword,
    #[error(
        "it holds pictures of text and no text; run OCR on it first, for example with ocrmypdf"
    )]
    Pictures,
    /// A limit that protects from files made to fill a memory.
    #[error("{0}; a file like this is made to harm, or must be opened with its own program")]
    TooMuch(String),
    #[error("{0}")]
    Unsupported(String),
    #[error("reading was stopped before there was anything to show")]
    Stopped,
}

impl std::fmt::Debug for Whole<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Whole")
            .field("name", &self.name)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}
