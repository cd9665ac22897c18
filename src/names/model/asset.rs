//! The trained model as it lies in the binary: checked once, then read in place.
//!
//! Apart, so that nothing else knows the layout. Tables map a hash to a few bytes: the rows of
//! weights, and the weights that tell agencies from organizations; a third says how words and pairs of words are
//! usually written.
//!
//! ```text
//! "BRNAMES\0"  version u32  length u32  check u64  { bits u32  entries u32 } × 3   transitions i16 × 8·8·8
//! each table:  starts u32 × (2^bits + 1)   prints u16 × entries   cells × entries
//! ```

use std::sync::OnceLock;

use thiserror::Error;

use crate::model::briefing::damaged;

const MAGIC: &[u8; 8] = b"BRNAMES\0";
const VERSION: u32 = 2;
const HEAD: usize = 8 + 4 + 4 + 8 + 3 * 8;
const TRANSITIONS: usize = GAPS * LABELS * LABELS * 2;

/// Lanes of a vector of scores; one more than there are labels.
pub const LABELS: usize = 8;
/// Classes of what stands between two words.
pub const GAPS: usize = 8;
/// Bytes for an entry of each table.
pub const WIDTHS: [usize; 3] = [7, 1, 1];

/// Why a model cannot be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    #[error("the model of names is no model: it does not begin with {MAGIC:?}")]
    Magic,
    #[error("the model of names is of version {0}, this program reads version {VERSION}")]
    Version(u32),
    #[error("the model of names is cut short: {0} bytes where it says {1}")]
    Length(usize, usize),
    #[error("the model of names is damaged: its check sum is wrong")]
    Check,
}

/// A hash table that lies in the asset.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    bits: u32,
    width: usize,
    starts: &'a [u8],
    prints: &'a [u8],
    cells: &'a [u8],
}

impl<'a> Table<'a> {
    /// The cells kept for `key`, if any.
    pub fn get(&self, key: u64) -> Option<&'a [u8]> {
        let bucket = (key >> (64 - self.bits)) as usize * 4;
        let start = number(self.starts, bucket)? as usize;
        let end = number(self.starts, bucket + 4)? as usize;
        let print = key as u16;
        let (prints, _) = self.prints.get(start * 2..end * 2)?.as_chunks();
        let at = prints
            .iter()
            .position(|one| u16::from_le_bytes(*one) == print)?
            + start;
        self.cells.get(at * self.width..(at + 1) * self.width)
    }
}

/// The model, ready to be asked.
#[derive(Clone, Copy, Debug)]
pub struct Asset<'a> {
    pub weights: Table<'a>,
    pub kinds: Table<'a>,
    /// How a word, or a pair, is written within sentences: see [`super::usual`].
    pub usual: Table<'a>,
    transitions: &'a [u8],
}

impl Asset<'static> {
    /// The model that is built in.
    pub fn standard() -> Result<&'static Self, &'static Fault> {
        static STANDARD: OnceLock<Result<Asset<'static>, Fault>> = OnceLock::new();
        STANDARD
            .get_or_init(|| {
                let bytes: &[u8] = include_bytes!("../../../assets/names.model");
                let cut = if damaged("names") {
                    bytes.len() / 2
                } else {
                    bytes.len()
                };
                Asset::read(bytes.get(..cut).unwrap_or(bytes))
            })
            .as_ref()
    }
}

impl<'a> Asset<'a> {
    /// Checks `bytes` and gives the model that lies in them.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        let cut = |wanted: usize| Fault::Length(bytes.len(), wanted);
        if !bytes.starts_with(MAGIC) {
            return Err(Fault::Magic);
        }
        let version = number(bytes, 8).ok_or(cut(HEAD))?;
        if version != VERSION {
            return Err(Fault::Version(version));
        }
        let length = number(bytes, 12).ok_or(cut(HEAD))? as usize;
        if length != bytes.len() || length < HEAD + TRANSITIONS {
            return Err(cut(length));
        }
        let (head, body) = bytes.split_at(HEAD);
        if head.get(16..24) != Some(&(check(body) ^ check(&head[24..])).to_le_bytes()) {
            return Err(Fault::Check);
        }
        let (transitions, mut rest) = body.split_at(TRANSITIONS);
        let mut tables = Vec::with_capacity(WIDTHS.len());
        for (at, width) in WIDTHS.into_iter().enumerate() {
            let bits = number(head, 24 + at * 8).ok_or(Fault::Check)?;
            let entries = number(head, 28 + at * 8).ok_or(Fault::Check)? as usize;
            let mut take = |size: usize| {
                let (part, after) = rest.split_at_checked(size).ok_or(cut(length))?;
                rest = after;
                Ok(part)
            };
            if !(1..=24).contains(&bits) {
                return Err(Fault::Check);
            }
            tables.push(Table {
                bits,
                width,
                starts: take(((1 << bits) + 1) * 4)?,
                prints: take(entries * 2)?,
                cells: take(entries * width)?,
            });
        }
        Ok(Self {
            weights: tables[0],
            kinds: tables[1],
            usual: tables[2],
            transitions,
        })
    }

    /// The weight of going from label `from` to label `to` over a gap of class `gap`.
    pub(super) fn transition(&self, gap: usize, from: usize, to: usize) -> i32 {
        let at = ((gap * LABELS + from) * LABELS + to) * 2;
        self.transitions
            .get(at..at + 2)
            .map_or(0, |pair| i32::from(i16::from_le_bytes([pair[0], pair[1]])))
    }
}

/// An asset under way, for the trainer.
#[derive(Debug, Default)]
pub struct Draft {
    /// `(key, cells)` for each table.
    pub tables: [Vec<(u64, Vec<u8>)>; 3],
    pub transitions: Vec<i16>,
}

impl Draft {
    /// The bytes of the asset: the same for the same content, in whatever order it came.
    pub fn bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for at in 0..TRANSITIONS / 2 {
            body.extend(self.transitions.get(at).copied().unwrap_or(0).to_le_bytes());
        }
        let mut sizes = Vec::new();
        for (table, width) in self.tables.iter().zip(WIDTHS) {
            let mut rows: Vec<&(u64, Vec<u8>)> = table.iter().collect();
            let bits = (rows.len() / 8)
                .next_power_of_two()
                .trailing_zeros()
                .clamp(1, 24);
            rows.sort_unstable_by_key(|(key, _)| (key >> (64 - bits), *key as u16, *key));
            rows.dedup_by_key(|(key, _)| (*key >> (64 - bits), *key as u16));
            let mut at = 0;
            for bucket in 0..=1u64 << bits {
                while rows
                    .get(at)
                    .is_some_and(|(key, _)| key >> (64 - bits) < bucket)
                {
                    at += 1;
                }
                body.extend((at as u32).to_le_bytes());
            }
            body.extend(rows.iter().flat_map(|(key, _)| (*key as u16).to_le_bytes()));
            body.extend(
                rows.iter()
                    .flat_map(|(_, cells)| cells.iter().copied().take(width)),
            );
            sizes.extend(bits.to_le_bytes());
            sizes.extend((rows.len() as u32).to_le_bytes());
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(((HEAD + body.len()) as u32).to_le_bytes());
        bytes.extend((check(&body) ^ check(&sizes)).to_le_bytes());
        bytes.extend(sizes);
        bytes.extend(body);
        bytes
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// A sum that a changed byte changes.
fn check(bytes: &[u8]) -> u64 {
    let mut sums = [0xCBF2_9CE4_8422_2325_u64; 4];
    let blocks = bytes.chunks_exact(32);
    let rest = blocks.remainder();
    let mix = |sum: u64, word: u64| {
        (sum ^ word)
            .wrapping_mul(0x0000_0100_0000_01B3)
            .rotate_left(23)
    };
    for block in blocks {
        for (sum, part) in sums.iter_mut().zip(block.chunks_exact(8)) {
            let mut word = [0; 8];
            word.copy_from_slice(part);
            *sum = mix(*sum, u64::from_le_bytes(word));
        }
    }
    let whole = sums.into_iter().fold(bytes.len() as u64, mix);
    rest.iter()
        .fold(whole, |sum, &byte| mix(sum, u64::from(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::{any, prop, prop_assert, proptest};

    fn draft() -> Vec<u8> {
        let rows = |width: usize| {
            (0..100_u64)
                .map(move |at| {
                    (
                        at.wrapping_mul(0x9E37_79B9_7F4A_7C15),
                        vec![at as u8; width],
                    )
                })
                .collect()
        };
        let transitions = (0..512).collect();
        Draft {
            tables: [rows(7), rows(1), rows(1)],
            transitions,
        }
        .bytes()
    }

    #[test]
    fn what_is_put_in_is_found_again() {
        let bytes = draft();
        let asset = Asset::read(&bytes).expect("a sound draft");
        for at in 0..100_u64 {
            let key = at.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            assert_eq!(asset.weights.get(key), Some([at as u8; 7].as_slice()));
            assert_eq!(asset.kinds.get(key), Some([at as u8].as_slice()));
        }
        assert_eq!(asset.weights.get(12345), None);
        assert_eq!(asset.transition(1, 2, 3), 64 + 16 + 3);
    }

    #[test]
    fn a_damaged_asset_is_refused_with_a_reason() {
        let sound = draft();
        assert_eq!(Asset::read(b"none").err(), Some(Fault::Magic));
        let mut bytes = sound.clone();
        bytes[8] = 9;
        assert_eq!(Asset::read(&bytes).err(), Some(Fault::Version(9)));
        let cut = &sound[..sound.len() - 5];
        assert_eq!(
            Asset::read(cut).err(),
            Some(Fault::Length(cut.len(), sound.len()))
        );
        for at in (24..sound.len()).step_by(37) {
            let mut bytes = sound.clone();
            bytes[at] ^= 1;
            assert!(Asset::read(&bytes).is_err(), "byte {at}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(
            noise in vec(any::<u8>(), 0..2000),
            at in any::<prop::sample::Index>(),
            cut in any::<prop::sample::Index>(),
            bit in 0..8_u32,
        ) {
            let sound = draft();
            let mut changed = sound.clone();
            changed[at.index(sound.len())] ^= 1 << bit;
            prop_assert!(Asset::read(&changed).is_err(), "a changed bit goes unseen");
            prop_assert!(Asset::read(&sound[..cut.index(sound.len())]).is_err());
            // Behind a head that is right in all that can be seen of it.
            let mut hostile = MAGIC.to_vec();
            hostile.extend(VERSION.to_le_bytes());
            hostile.extend(((HEAD + TRANSITIONS + noise.len()) as u32).to_le_bytes());
            hostile.extend(&sound[16..HEAD + TRANSITIONS]);
            hostile.extend(&noise);
            if hostile[HEAD..] != sound[HEAD..] {
                prop_assert!(Asset::read(&hostile).is_err());
            }
        }

        #[test]
        fn tables_of_nonsense_have_nothing_and_do_not_panic(
            starts in vec(any::<u8>(), 0..200),
            prints in vec(any::<u8>(), 0..60),
            cells in vec(any::<u8>(), 0..60),
            bits in 1..8_u32,
            key in any::<u64>(),
        ) {
            let table = Table { bits, width: 7, starts: &starts, prints: &prints, cells: &cells };
            prop_assert!(table.get(key).is_none_or(|cells| cells.len() == 7));
        }
    }

    #[test]
    fn the_asset_that_is_built_in_is_sound() {
        assert_eq!(Asset::standard().err(), None);
    }
}
