//! [`Archive`]: the parts of a ZIP file, under limits: how many, how large, how tightly packed.
//!
//! It stands apart because Word, OpenDocument and EPUB files are ZIP files and none may trust one. Nothing is
//! ever written to a disk; a file whose parts have names that lead out of it is refused all the same.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Fault, decode};
use crate::text::harmless;

/// More parts than any book has.
const PARTS: usize = 20_000;
/// All that is unpacked of one file, in bytes.
const UNPACKED: u64 = 400 << 20;
/// A part may grow to this size whatever its ratio.
const MODEST: u64 = 32 << 20;
/// Beyond it, this many bytes may come from one: text of an office hardly reaches 30.
const RATIO: u64 = 200;

/// What stands in the way of an encrypted file.
pub(super) const ENCRYPTED: &str = "it is locked with a password, and this program cannot open it; open it with \
     its own program and save it without a password";

/// A ZIP file in memory.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Places of the parts by their names in lower case: names count in either case.
    places: HashMap<String, usize>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_unspecific| Fault::Damaged("its list of parts is missing".into()))?;
        if zip.len() > PARTS {
            let many = crate::text::show::thousands(zip.len());
            return Err(Fault::TooMuch(format!("it has {many} parts")));
        }
        let mut places = HashMap::with_capacity(zip.len());
        for (place, name) in zip.file_names().enumerate() {
            let Ok(name) = name else {
                continue;
            };
            places.entry(name.to_lowercase()).or_insert(place);
            let leads_out = name.starts_with(['/', '\\'])
                || name.as_bytes().get(1) == Some(&b':')
                || name.split(['/', '\\']).any(|step| step == "..");
            if leads_out {
                let name = harmless::line(&name);
                return Err(Fault::TooMuch(format!("its part {name} leads out of it")));
            }
        }
        Ok(Self {
            zip,
            places,
            left: UNPACKED,
        })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// The bytes of a part; `None` where there is none.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let Some(place) = self.place(name) else {
            return Ok(None);
        };
        let shown = harmless::line(name).into_owned();
        let part = self.zip.by_index(place);
        let mut part = part.map_err(|error| unreadable(&shown, &error))?;
        let packed = part.compressed_size();
        let limit = self.left.min(MODEST.max(packed.saturating_mul(RATIO)));
        // What a file states of itself is believed as far as text usually goes.
        let stated = part
            .size()
            .min(limit)
            .min(MODEST.max(packed.saturating_mul(16)));
        let mut bytes = Vec::with_capacity(stated as usize);
        let read = part.by_ref().take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|_detail| Fault::Damaged(format!("{shown} cannot be unpacked")))?;
        if bytes.len() as u64 > limit {
            let many = format!("{shown} unpacks to more than {} MB", limit >> 20);
            return Err(Fault::TooMuch(many));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The words of a part of XML, in whatever encoding; `None` where there is none.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(bytes) = self.bytes(name)? else {
            return Ok(None);
        };
        // What is sound UTF-8 needs no guess.
        let text = String::from_utf8(bytes).or_else(|error| {
            let bytes = error.into_bytes();
            let stated = stated_encoding(&bytes).filter(|_| !bytes.starts_with(&[0xFF, 0xFE]));
            if let Some(encoding) = stated {
                return Ok(encoding.decode(&bytes).0.into_owned());
            }
            let decoded = decode::decode(bytes);
            decoded.map(|decoded| decoded.text).map_err(|_zero| {
                let name = harmless::line(name);
                Fault::Damaged(format!("{name} is no text"))
            })
        });
        text.map(|mut text| {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Some(text)
        })
    }

    /// A part that must be there.
    pub(super) fn needed(&mut self, name: &str) -> Result<String, Fault> {
        self.text(name)?
            .ok_or_else(|| Fault::Damaged(format!("its part {} is missing", harmless::line(name))))
    }

    fn place(&self, name: &str) -> Option<usize> {
        let exact = self.zip.index_for_name(name);
        exact.or_else(|| self.places.get(&name.to_lowercase()).copied())
    }
}

impl std::fmt::Debug for Archive<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Archive")
            .field("parts", &self.zip.len())
            .finish_non_exhaustive()
    }
}

fn unreadable(part: &str, error: &ZipError) -> Fault {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Fault::Unsupported(ENCRYPTED.into())
        }
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            let sentence = format!(
                "{part} is packed in an unusual way; open it with its own program and save it anew"
            );
            Fault::Unsupported(sentence)
        }
        _ => Fault::Damaged(format!("{part} cannot be unpacked")),
    }
}

/// What an XML declaration says the encoding is.
fn stated_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let declaration = bytes.get(..bytes.len().min(200))?;
    let end = memchr::memmem::find(declaration, b"?>")?;
    let declaration = std::str::from_utf8(declaration.get(..end)?).ok()?;
    let (_, stated) = declaration.split_once("encoding=")?;
    let mark = stated.chars().next().filter(|mark| "\"'".contains(*mark))?;
    encoding_rs::Encoding::for_label(stated.split(mark).nth(1)?.as_bytes())
}

/// The names of the parts whose headers stand in `head`, with what follows each.
pub(super) fn members(head: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let zipped = head.starts_with(b"PK\x03\x04");
    let headers = memchr::memmem::find_iter(head, b"PK\x03\x04").filter(move |_| zipped);
    headers.filter_map(|at| {
        let length = |from: usize| {
            let pair = head.get(at + from..at + from + 2)?;
            Some(usize::from(u16::from_le_bytes(pair.try_into().ok()?)))
        };
        let (name, extra) = (length(26)?, length(28)?);
        let rest = head.get(at + 30..)?;
        let (name, after) = rest.split_at_checked(name)?;
        Some((name, after.get(extra..).unwrap_or_default()))
    })
}

/// Whether a ZIP file says in its first part that it is of this type, as OpenDocument and EPUB files do.
pub(super) fn is_of_type(head: &[u8], media_type: &str) -> bool {
    members(head)
        .any(|(name, after)| name == b"mimetype" && after.starts_with(media_type.as_bytes()))
}

/// The name of the part that `target` means, seen from the part `from`: `../a.xml`, `/b.xml`, `c%20d.xml#e`.
pub(super) fn resolve(from: &str, target: &str) -> String {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = unescape(target);
    let mut steps: Vec<&str> = Vec::new();
    if !target.starts_with('/') {
        steps.extend(from.split('/'));
        steps.pop();
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// `%20` and the like as the characters they mean.
fn unescape(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%');
        let digits = code.and_then(|code| std::str::from_utf8(code).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = after
            .get(if byte.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_from_where_they_are_named() {
        for (from, target, expected) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            (
                "word/document.xml",
                "/docProps/core.xml",
                "docProps/core.xml",
            ),
            ("OPS/text/a.xhtml", "../img/b%20c.png#d", "OPS/img/b c.png"),
            ("a.opf", "../../x/./y", "x/y"),
            ("a.opf", "100%.xml", "100%.xml"),
        ] {
            assert_eq!(resolve(from, target), expected, "{from} {target}");
        }
    }

    #[test]
    fn an_encoding_is_taken_as_stated() {
        let stated = |text: &str| stated_encoding(text.as_bytes()).map(encoding_rs::Encoding::name);
        assert_eq!(
            stated("<?xml version='1.0' encoding='ISO-8859-2'?>"),
            Some("ISO-8859-2")
        );
        assert_eq!(stated("<?xml version=\"1.0\"?>"), None);
        assert_eq!(stated("<?xml encoding=utf-8?>"), None);
    }
}
