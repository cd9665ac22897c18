//! The container of old and of encrypted Office files: not read, but told apart, so that the sentence helps.
//!
//! It stands apart because such a file bears the name of a format that is read, and is none of them.

use super::Fault;
use super::archive::ENCRYPTED;

/// Names of streams, and what a file that has them is.
const KINDS: &[(&str, &str)] = &[
    ("EncryptedPackage", ENCRYPTED),
    (
        "WordDocument",
        "it is a Word file of the old kind (.doc); save it as .docx in Word or LibreOffice",
    ),
    (
        "__substg1.0_",
        "it is a message of Outlook (.msg); save it as .eml",
    ),
    (
        "Workbook",
        "it is a spreadsheet of the old kind (.xls), and holds no text of a word processor",
    ),
    (
        "PowerPoint Document",
        "it is a presentation of the old kind (.ppt), and holds no text of a word processor",
    ),
];

/// Whether bytes begin as this container does.
pub(super) fn knows(head: &[u8]) -> bool {
    head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// Why `bytes` cannot be read. The names of the streams stand in the file in UTF-16.
pub(super) fn fault(bytes: &[u8]) -> Fault {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    let kind = KINDS.iter().find(|(name, _)| has(name));
    let sentence = kind.map_or(
        "it is an Office file of the old kind; save it as .docx with its own program",
        |(_, sentence)| sentence,
    );
    Fault::Unsupported(sentence.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_in_the_old_container_are_told_apart() {
        for (stream, expected) in [
            ("EncryptedPackage", "locked with a password"),
            ("WordDocument", "old kind (.doc)"),
            ("__substg1.0_0037001F", ".msg"),
            ("Something", "save it as .docx"),
        ] {
            let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            assert!(knows(&bytes));
            let sentence = fault(&bytes).to_string();
            assert!(sentence.contains(expected), "{sentence}");
        }
    }
}
