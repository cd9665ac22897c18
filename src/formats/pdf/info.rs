//! [`Info`]: what a PDF says of itself: the dictionary of old, and the XMP packet where it knows more.
//!
//! It stands apart because none of it is on a page, and half of it is what a program, not a person, wrote.

use hayro_syntax::Pdf;
use hayro_syntax::object::{DateTime, Dict, Stream};

use super::limits;
use crate::model::Meta;
use crate::text::harmless;

/// Bytes of XMP that are looked at.
const XMP: usize = 1 << 20;
/// Titles that programs give: what they begin or end with.
const FOREIGN: &[&str] = &[
    "microsoft word",
    "microsoft powerpoint",
    "untitled",
    "powerpoint presentation",
];
const FILES: &[&str] = &[
    ".doc", ".docx", ".odt", ".pdf", ".indd", ".qxd", ".qxp", ".rtf", ".tex", ".dvi", ".ps",
    ".ppt", ".pptx", ".xls", ".xlsx", ".txt", ".html", ".htm", ".p65", ".fm", ".pub",
];

/// What a file says of itself, harmless.
#[derive(Debug, Default)]
pub(super) struct Info {
    title: Option<String>,
    author: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
}

impl Info {
    /// Adds it to `meta`.
    pub(super) fn state(self, meta: &mut Meta) {
        meta.title = self.title;
        meta.author = self.author;
        meta.publisher = self.publisher;
        meta.published = self.published;
    }
}

/// What `pdf` says of itself.
pub(super) fn of(pdf: &Pdf) -> Info {
    let old = pdf.metadata();
    let line = |bytes: &[u8]| sane(&text(bytes));
    let mut info = Info {
        title: old
            .title
            .as_deref()
            .and_then(line)
            .filter(|it| is_title(it)),
        author: old.author.as_deref().and_then(line),
        publisher: None,
        published: old.creation_date.map(iso),
    };
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let packet = root.and_then(|root| root.get::<Stream<'_>>("Metadata"));
    let packet = packet
        .filter(|packet| limits::is_bearable(packet))
        .and_then(|packet| packet.decoded_data().ok());
    if let Some(packet) = packet.filter(|packet| packet.len() <= XMP) {
        let packet = String::from_utf8_lossy(&packet);
        let stated = |names: &[&str]| {
            let found = names.iter().find_map(|name| element(&packet, name));
            found.as_deref().and_then(sane)
        };
        let title = stated(&["dc:title"]).filter(|it| is_title(it));
        info.title = info.title.or(title);
        info.author = info.author.or_else(|| stated(&["dc:creator"]));
        info.publisher = stated(&["dc:publisher"]);
        let date = stated(&["dc:date", "prism:publicationDate", "xmp:CreateDate"]);
        let date = date.filter(|date| date.parse::<Date>().is_ok());
        info.published = info.published.or(date);
    }
    info
}

/// A text string of a PDF: UTF-16 or UTF-8 with their marks, else the encoding of old.
pub(super) fn text(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or(harmless::REPLACEMENT))
            .collect()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| old_letter(byte)).collect(),
    }
}

/// A letter of the encoding of old, `PDFDocEncoding`.
fn old_letter(byte: u8) -> char {
    const HIGH: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    match byte {
        0x18..=0x1F => LOW[usize::from(byte - 0x18)],
        0x80..=0x9E => HIGH[usize::from(byte - 0x80)],
        0xA0 => '€',
        other => char::from(other),
    }
}

fn sane(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = harmless::line(words.trim_matches('\0').trim()).into_owned();
    (words.chars().any(char::is_alphanumeric) && words.len() < 500).then_some(words)
}

/// Whether a person may have written this title.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    !FOREIGN.iter().any(|foreign| lower.starts_with(foreign))
        && !FILES.iter().any(|file| lower.ends_with(file))
        && !lower.contains('\\')
}

fn iso(date: DateTime) -> String {
    let DateTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        ..
    } = date;
    let offset = match (date.utc_offset_hour, date.utc_offset_minute) {
        (0, 0) => "Z".to_owned(),
        (hours, minutes) => format!("{hours:+03}:{minutes:02}"),
    };
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{offset}")
}

/// A date as it is kept: `2026`, `2026-11`, `2026-11-22`, with a time behind it or without.
struct Date;

impl std::str::FromStr for Date {
    type Err = ();

    fn from_str(date: &str) -> Result<Self, ()> {
        let day = date.split('T').next().unwrap_or_default();
        let lengths = [4, 2, 2];
        let parts: Vec<&str> = day.split('-').collect();
        let sound = |(part, length): (&&str, usize)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        (parts.len() <= 3 && parts.iter().zip(lengths).all(sound))
            .then_some(Self)
            .ok_or(())
    }
}

/// What stands in an element of XMP, or in an attribute of that name; the first item where it is a list.
fn element(packet: &str, name: &str) -> Option<String> {
    let attribute = format!("{name}=\"");
    if let Some((_, rest)) = packet.split_once(&attribute) {
        return rest.split_once('"').map(|(value, _)| plain(value));
    }
    let (_, rest) = packet.split_once(&format!("<{name}>"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let item = match inside.split_once("<rdf:li") {
        Some((_, item)) => {
            let (_, item) = item.split_once('>')?;
            item.split_once('<')?.0
        }
        None => inside,
    };
    Some(plain(item))
}

fn plain(value: &str) -> String {
    let mut plain = value.to_owned();
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ] {
        plain = plain.replace(entity, letter);
    }
    plain
}
