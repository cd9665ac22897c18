//! A quick hash for short words, and the maps that use it.
//!
//! The hash of the standard library withstands those who make keys meet on purpose, and costs more than the rest of a
//! look-up. Here keys are words of one text, and of lists: who makes them meet waits for his own document.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

type Hashing = BuildHasherDefault<Quick>;

pub(super) type QuickMap<K, V> = HashMap<K, V, Hashing>;
pub(super) type QuickSet<K> = HashSet<K, Hashing>;

#[derive(Debug, Default)]
pub(super) struct Quick(u64);

impl Quick {
    fn mix(&mut self, word: u64) {
        let mixed = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((eight, after)) = rest.split_first_chunk() {
            self.mix(u64::from_le_bytes(*eight));
            rest = after;
        }
        // The tail as two halves that may overlap, so that no byte is copied by itself.
        let half = |four: Option<&[u8; 4]>| four.map(|four| u64::from(u32::from_le_bytes(*four)));
        let tail = match (half(rest.first_chunk()), half(rest.last_chunk())) {
            (Some(first), Some(last)) => first << 32 | last,
            _ => rest
                .iter()
                .fold(0, |tail, &byte| tail << 8 | u64::from(byte)),
        };
        self.mix(tail ^ (rest.len() as u64) << 56);
    }

    /// The end of a `str`: its length is mixed in already.
    fn write_u8(&mut self, _: u8) {}

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_alike_are_told_apart() {
        let hash = |word: &str| {
            let mut quick = Quick::default();
            std::hash::Hash::hash(word, &mut quick);
            quick.finish()
        };
        let words = [
            "",
            "a",
            "b",
            "aa",
            "aaa",
            "aaaa",
            "aaaaa",
            "aaaaaaaa",
            "aaaaaaaaa",
            "abab",
            "baba",
            "ababab",
            "bababa",
            "ab",
            "ba",
            "a\0",
            "\0",
            "\0\0",
        ];
        let hashes: HashSet<u64> = words.iter().map(|word| hash(word)).collect();
        assert_eq!(hashes.len(), words.len());
    }
}
