//! The cues of a built-in lens as the program carries them: bytes that are read where they lie.
//!
//! They stand apart from the table that a person reads (`lens`), as to parse it would cost every start of the program
//! some milliseconds. `train_cues seal` makes them of table and lens; a test sees that they are of one mind.
//!
//! Layout, all numbers little-endian: mark, check sum of what follows, count; habits; a filter of one bit per slot;
//! where each shelf begins; rows, each behind its tag. A cue's key, stirred, gives slot and shelf by its top bits and the tag by others.

use super::LensError;
use super::cues::{Cues, ROLES, Weights};
use super::roles::{Habits, SIZE};
use super::seal;

const MARK: &[u8; 8] = b"cues\0\0\0\x01";
/// Bits of a key that choose the slot of the filter, and the shelf.
const FILTER: u32 = 18;
const SHELF: u32 = 14;
const SHELVES: usize = 1 << SHELF;
/// Tag, roles, boilerplate, evidence, language.
const ROW: usize = 4 + 2 * ROLES + 4;
/// Mark, check sum, count.
const HEAD: usize = 20;

/// Cues in one block of bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a> {
    filter: &'a [u8],
    shelves: &'a [u8],
    rows: &'a [u8],
}

/// Slot, shelf and tag of a key.
fn place(key: u64) -> (usize, usize, u32) {
    let stirred = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let top = |bits: u32| (stirred >> (64 - bits)) as usize;
    (top(FILTER), top(SHELF), (stirred >> 18) as u32)
}

/// Cues and habits as bytes.
pub(super) fn pack(cues: &Cues, habits: &Habits) -> Vec<u8> {
    let mut all: Vec<(usize, u32, usize, &Weights)> = cues
        .iter()
        .map(|(key, weights)| {
            let (slot, shelf, tag) = place(key);
            (shelf, tag, slot, weights)
        })
        .collect();
    all.sort_unstable_by_key(|&(shelf, tag, ..)| (shelf, tag));
    let mut filter = vec![0_u8; 1 << (FILTER - 3)];
    let mut begins = vec![0_u32; SHELVES + 1];
    for &(shelf, _, slot, _) in &all {
        filter[slot / 8] |= 1 << (slot % 8);
        begins[shelf + 1] += 1;
    }
    for shelf in 0..SHELVES {
        begins[shelf + 1] += begins[shelf];
    }
    let mut body = (all.len() as u32).to_le_bytes().to_vec();
    body.extend(habits.numbers().iter().flat_map(|part| part.to_le_bytes()));
    body.extend(filter);
    body.extend(begins.iter().flat_map(|begin| begin.to_le_bytes()));
    for (_, tag, _, weights) in &all {
        body.extend(tag.to_le_bytes());
        let words = weights.roles.iter().chain([&weights.boilerplate]);
        body.extend(words.flat_map(|weight| weight.to_le_bytes()));
        body.extend(weights.evidence.to_le_bytes());
        body.push(u8::from(weights.language));
    }
    let mut bytes = MARK.to_vec();
    bytes.extend(seal::sum(&body).to_le_bytes());
    bytes.extend(body);
    bytes
}

impl<'a> Packed<'a> {
    /// Cues and habits in `bytes`, if they are whole.
    pub(super) fn read(bytes: &'a [u8]) -> Result<(Self, Habits), LensError> {
        let fault = LensError::Packed;
        let (head, rest) = bytes
            .split_at_checked(HEAD)
            .ok_or(fault("they are cut short"))?;
        if !head.starts_with(MARK) {
            return Err(fault("they do not begin as packed cues do"));
        }
        let count = number(head, 16) as usize;
        let sizes = [SIZE * 4, 1 << (FILTER - 3), (SHELVES + 1) * 4, count * ROW];
        if rest.len() != sizes.iter().sum::<usize>() {
            return Err(fault("they have lost or won bytes since they were packed"));
        }
        if bytes[8..16] != seal::sum(&bytes[16..]).to_le_bytes() {
            return Err(fault("their check sum is wrong"));
        }
        let mut rest = rest;
        let [habits, filter, shelves, rows] = sizes.map(|size| {
            let (part, behind) = rest.split_at(size);
            rest = behind;
            part
        });
        let numbers = std::array::from_fn(|at| f32::from_bits(number(habits, at * 4)));
        let packed = Self {
            filter,
            shelves,
            rows,
        };
        Ok((packed, Habits::of_numbers(&numbers)))
    }

    /// The weights of the cue with this key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<Weights> {
        let (slot, drawer, tag) = place(key);
        // Most keys are no cues: this much of the bytes stays in the fastest memory.
        match self.filter[slot / 8] & (1 << (slot % 8)) {
            0 => None,
            _ => self.find(drawer, tag),
        }
    }

    fn find(&self, drawer: usize, tag: u32) -> Option<Weights> {
        let begin = number(self.shelves, drawer * 4) as usize;
        let end = number(self.shelves, drawer * 4 + 4) as usize;
        let rows = self.rows.get(begin * ROW..end * ROW)?;
        let row = rows
            .as_chunks::<ROW>()
            .0
            .iter()
            .find(|row| row.starts_with(&tag.to_le_bytes()))?;
        let weight = |at: usize| i16::from_le_bytes([row[4 + at * 2], row[5 + at * 2]]);
        Some(Weights {
            roles: std::array::from_fn(weight),
            boilerplate: weight(ROLES),
            evidence: i8::from_le_bytes([row[ROW - 2]]),
            language: row[ROW - 1] != 0,
        })
    }

    /// How many cues there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len() / ROW
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sections::features::key;
    use crate::sections::{LENSES, lens};
    use proptest::prelude::{any, prop, prop_assert, proptest};

    const TABLE: &str = include_str!("../../assets/lenses/briefing.tsv");

    #[test]
    fn what_is_packed_is_what_lens_and_table_say() {
        let reading = lens::read(LENSES[0].toml, Some(TABLE)).expect("a sound lens");
        let bytes = LENSES[0].packed.expect("it has learnt cues");
        let same = pack(&reading.cues, &reading.habits) == bytes;
        assert!(same, "lens or table have changed: run `train_cues seal`");
        let (packed, habits) = Packed::read(bytes).expect("whole");
        assert_eq!(packed.len(), reading.cues.len());
        let bits = |habits: &Habits| habits.numbers().map(f32::to_bits);
        assert_eq!(bits(&habits), bits(&reading.habits));
        for (key, weights) in reading.cues.iter() {
            assert_eq!(packed.get(key).as_ref(), Some(weights));
        }
        for other in ["qwzx", "zzz yyy", "#no such shape", "^qwzx"] {
            assert_eq!(packed.get(key(other)), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_changed_or_lost_byte_goes_unseen(at in any::<prop::sample::Index>(), by in 1_u8.., cut in any::<bool>()) {
            let mut cues = Cues::default();
            cues.add("ordered", |weights| weights.roles[0] = 40);
            cues.add("talks with", |weights| weights.roles[1] = -3);
            let mut bytes = pack(&cues, &Habits::default());
            prop_assert!(Packed::read(&bytes).is_ok());
            let at = at.index(bytes.len());
            if cut {
                bytes.truncate(at);
            } else {
                bytes[at] ^= by;
            }
            prop_assert!(Packed::read(&bytes).is_err());
        }
    }
}
