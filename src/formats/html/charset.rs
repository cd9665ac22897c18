//! Bytes of a page to text: by its byte order mark, what the server or the page states, or its look.
//!
//! It stands apart from `decode` because only pages name their encoding in themselves.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use crate::formats::decode::{self, Decoded, ZeroByte};

/// Where a page may name its encoding.
const LOOK: usize = 4096;
/// One zero byte in so many is a slip; more make it something else than a page.
const ZEROS: usize = 100;

/// The text in `bytes`, of which a server may have said that it is `told`.
pub(super) fn decode(bytes: &[u8], told: Option<&'static Encoding>) -> Result<Decoded, ZeroByte> {
    let told = told.or_else(|| stated(bytes));
    decode::decode_told(bytes.to_vec(), told).or_else(|zero| {
        let zeros = memchr::memchr_iter(0, bytes).count();
        if zeros * ZEROS > bytes.len() {
            return Err(zero);
        }
        let kept = bytes.iter().copied().filter(|&byte| byte != 0).collect();
        decode::decode_told(kept, told)
    })
}

/// The encoding that a page names in its first kilobytes. None names UTF-16 rightly: its name could not be read.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let look = bytes.get(..LOOK).unwrap_or(bytes).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let at = memchr::memmem::find(&look, key.as_bytes())? + key.len();
        let value = look.get(at..)?.trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let end = value
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:".contains(byte));
        let label = value.get(..end.unwrap_or(value.len()))?;
        Encoding::for_label(label).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_what_the_mark_the_server_or_the_page_says() {
        let read = |bytes: &[u8], told: &str| {
            decode(bytes, Encoding::for_label(told.as_bytes()))
                .unwrap()
                .text
        };
        assert_eq!(
            read(b"<meta charset='iso-8859-2'>\xb3", ""),
            "<meta charset='iso-8859-2'>ł"
        );
        assert_eq!(
            read(b"<meta charset=windows-1252>\xb3", "iso-8859-2"),
            "<meta charset=windows-1252>ł"
        );
        assert_eq!(
            read(b"<?xml version='1.0' encoding=\"koi8-u\"?>\xb3", ""),
            "<?xml version='1.0' encoding=\"koi8-u\"?>Ё"
        );
        assert_eq!(
            read("<meta charset=latin1>ł".as_bytes(), "latin1"),
            "<meta charset=latin1>ł"
        );
        assert_eq!(read("\u{feff}ł".as_bytes(), "latin1"), "ł");
        assert_eq!(read(b"\x1b$B%F\x1b(B", "iso-2022-jp"), "テ");
        assert_eq!(read(b"<p>a few wo\0rds, and enough of them that one zero byte among them is no more than a slip of somebody's pen.", ""),
            "<p>a few words, and enough of them that one zero byte among them is no more than a slip of somebody's pen.");
        assert!(decode(b"\x7fELF\0\0", None).is_err());
    }
}
