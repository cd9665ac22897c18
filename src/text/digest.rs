//! [`digest`]: words as one number that is the same on every machine and in every version, to know them again by.
//!
//! It stands apart because the hashes of the standard library may change from one version to the next, and these
//! numbers are kept in files.

/// FNV-1a with 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>. Not against those who want two texts to agree.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The digest of `bytes`.
pub fn digest(bytes: &[u8]) -> u64 {
    go_on(BASIS, bytes)
}

/// The digest of the words of `text`, however they are spaced.
pub fn of_words(text: &str) -> u64 {
    text.split_whitespace().fold(BASIS, |digest, word| {
        go_on(go_on(digest, word.as_bytes()), b" ")
    })
}

fn go_on(digest: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(digest, |digest, &byte| {
        (digest ^ u64::from(byte)).wrapping_mul(PRIME)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples that are published with the method.
    #[test]
    fn it_is_what_others_call_fnv_1a() {
        for (bytes, expected) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(digest(bytes.as_bytes()), expected, "{bytes:?}");
        }
    }

    #[test]
    fn spaces_do_not_count_but_word_ends_do() {
        assert_eq!(of_words("a  quay\nwall "), of_words("a quay wall"));
        assert_ne!(of_words("a quay wall"), of_words("a quaywall"));
    }
}
