//! Bytes to text: which encoding, what was bad in it, lines ended by `\n` alone.
//!
//! It stands apart because every format of text needs it and no format knows of bytes.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a text is looked at to guess its encoding.
const LOOK: usize = 1 << 20;
/// How much is looked at to tell UTF-16 by its zero bytes.
const LOOK_FOR_ZEROS: usize = 4096;

/// A text, and what a reader should know of how it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) notice: Option<String>,
}

/// The bytes are no text: the first zero byte stands here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ZeroByte(pub(super) usize);

/// The text in `bytes`: UTF-8 or UTF-16, also with some bad bytes, else the likeliest legacy encoding.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<Decoded, ZeroByte> {
    if let Some(encoding) = utf16(&bytes) {
        return decode_utf16(&bytes, encoding);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(ZeroByte(at));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    unix_lines(&mut bytes);
    Ok(String::from_utf8(bytes).map_or_else(
        |error| decode_bad(&error.into_bytes()),
        |text| Decoded { text, notice: None },
    ))
}

/// The text in `bytes`, of which its source may have said that it is `told`.
pub(super) fn decode_told(
    bytes: Vec<u8>,
    told: Option<&'static Encoding>,
) -> Result<Decoded, ZeroByte> {
    let told = told.filter(|told| *told != UTF_8 && Encoding::for_bom(&bytes).is_none());
    // Who writes UTF-8 often states something else; the other way round, no text is sound UTF-8 by chance.
    let sound =
        std::str::from_utf8(&bytes).is_ok_and(|text| !text.is_ascii() || !text.contains('\u{1b}'));
    let Some(told) = told.filter(|_| !sound) else {
        return decode(bytes);
    };
    let (text, _, faults) = told.decode(&bytes);
    let mut bytes = text.into_owned().into_bytes();
    unix_lines(&mut bytes);
    let text = String::from_utf8(bytes).expect("line ends are ASCII");
    let notice = faults.then(|| "bad characters are shown as \u{FFFD}".to_owned());
    Ok(Decoded { text, notice })
}

/// How many of the first `limit` bytes make whole lines, or, in one long line, whole words or characters.
pub(super) fn head_len(bytes: &[u8], limit: usize) -> usize {
    let head = bytes.get(..limit).unwrap_or(bytes);
    if head.len() == bytes.len() {
        return head.len();
    }
    if let Some(encoding) = utf16(head) {
        return utf16_head_len(head, encoding);
    }
    let whole = |at: usize| at + 1;
    memchr::memrchr(b'\n', head)
        .or_else(|| memchr::memrchr(b' ', head))
        .map_or_else(|| head.len() - cut_character(head), whole)
}

/// How many bytes at the end belong to a UTF-8 character that goes on.
fn cut_character(bytes: &[u8]) -> usize {
    let tail = bytes.iter().rev().take(4);
    let continued = tail.take_while(|&&byte| byte & 0xC0 == 0x80).count();
    let lead = bytes.iter().rev().nth(continued);
    if lead.is_some_and(|&byte| byte >= 0xC0) {
        continued + 1
    } else {
        0
    }
}

fn utf16_head_len(head: &[u8], encoding: &'static Encoding) -> usize {
    let unit = |pair: &[u8]| match *pair {
        [a, b] if encoding == UTF_16LE => u16::from_le_bytes([a, b]),
        [a, b] => u16::from_be_bytes([a, b]),
        _ => 0,
    };
    let units: Vec<u16> = head.chunks_exact(2).map(unit).collect();
    let last = |wanted: char| {
        units
            .iter()
            .rposition(|&unit| u32::from(unit) == u32::from(wanted))
    };
    let whole = last('\n').or_else(|| last(' ')).map(|at| at + 1);
    let high = units
        .last()
        .is_some_and(|unit| (0xD800..0xDC00).contains(unit));
    2 * whole.unwrap_or(units.len() - usize::from(high))
}

/// UTF-16 by its mark, or by the zero bytes beside Latin letters.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let look = bytes.get(..LOOK_FOR_ZEROS).unwrap_or(bytes);
    let pairs = look.len() / 2;
    let zeros = |side: usize| {
        look.iter()
            .skip(side)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    // A few characters from other rows are usual; a zero on both sides would be a zero character.
    match (even, odd) {
        (0, odd) if pairs > 1 && odd * 10 > pairs * 4 => Some(UTF_16LE),
        (even, 0) if pairs > 1 && even * 10 > pairs * 4 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_utf16(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, ZeroByte> {
    let (text, _, faults) = encoding.decode(bytes);
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Err(ZeroByte(at));
    }
    let mut bytes = text.into_owned().into_bytes();
    unix_lines(&mut bytes);
    let text = String::from_utf8(bytes).expect("line ends are ASCII");
    let notice = faults.then(|| "bad characters are shown as \u{FFFD}".to_owned());
    Ok(Decoded { text, notice })
}

/// Text that is not sound UTF-8: a few bad bytes are shown as such, many mean another encoding.
fn decode_bad(bytes: &[u8]) -> Decoded {
    let bad: usize = bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    if bad * 100 < bytes.len() {
        let what = if bad == 1 {
            "1 bad byte is"
        } else {
            &format!("{bad} bad bytes are")
        };
        return Decoded {
            text: String::from_utf8_lossy(bytes).into_owned(),
            notice: Some(format!("{what} shown as \u{FFFD}")),
        };
    }
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let look = bytes.get(first.saturating_sub(LOOK / 2)..).unwrap_or(bytes);
    let look = look.get(..LOOK).unwrap_or(look);
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(look, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        notice: Some(format!("read as {}", encoding.name().to_lowercase())),
    }
}

/// Makes `\r\n` and a lone `\r` into `\n`, in place.
fn unix_lines(bytes: &mut Vec<u8>) {
    let Some(first) = memchr::memchr(b'\r', bytes) else {
        return;
    };
    let (mut from, mut to) = (first, first);
    while let Some(&byte) = bytes.get(from) {
        let two = byte == b'\r' && bytes.get(from + 1) == Some(&b'\n');
        bytes[to] = if byte == b'\r' { b'\n' } else { byte };
        from += 1 + usize::from(two);
        to += 1;
    }
    bytes.truncate(to);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<String>) {
        let decoded = decode(bytes.to_vec()).expect("text");
        (decoded.text, decoded.notice)
    }

    fn utf16_bytes(text: &str, mark: bool) -> Vec<u8> {
        let mark = mark.then_some(0xFEFF);
        mark.into_iter()
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect()
    }

    #[test]
    fn marks_and_line_ends_go() {
        assert_eq!(
            read(b"\xEF\xBB\xBFa\r\nb\rc\n\r\n"),
            ("a\nb\nc\n\n".into(), None)
        );
    }

    #[test]
    fn utf16_is_told_by_its_mark_or_its_zeros() {
        for mark in [true, false] {
            assert_eq!(
                read(&utf16_bytes("Hello, Kyïv\r\n", mark)),
                ("Hello, Kyïv\n".into(), None)
            );
        }
    }

    #[test]
    fn few_bad_bytes_are_counted_and_many_are_another_encoding() {
        let mut few = "plain words ".repeat(40).into_bytes();
        few.extend(b"\xFF\xFE.");
        let (text, notice) = read(&few);
        assert!(text.ends_with("\u{FFFD}\u{FFFD}."));
        assert_eq!(notice.as_deref(), Some("2 bad bytes are shown as \u{FFFD}"));
        let (text, notice) =
            read(b"Der B\xFCrgermeister von M\xFCnchen \xE4u\xDFerte sich \x96 sp\xE4ter.");
        assert_eq!(text, "Der Bürgermeister von München äußerte sich – später.");
        assert_eq!(notice.as_deref(), Some("read as windows-1252"));
    }

    #[test]
    fn zero_bytes_are_no_text() {
        assert_eq!(
            decode(b"ELF\0\0\x01\x02 and so on, and on".to_vec()),
            Err(ZeroByte(3))
        );
    }

    #[test]
    fn a_head_cuts_no_line_word_or_character() {
        assert_eq!(head_len(b"one\ntwo", 99), 7);
        assert_eq!(head_len(b"one\ntwo three", 9), 4);
        assert_eq!(head_len(b"one two", 5), 4);
        assert_eq!(head_len("ééé".as_bytes(), 3), 2);
        assert_eq!(head_len("ééé".as_bytes(), 4), 2);
        assert_eq!(head_len(&utf16_bytes("ab\ncd", true), 9), 8);
    }
}
