//! The last line of a learnt table: how many lines it has and a sum over them, so that damage is seen.
//!
//! Apart, as who writes a table and who reads it must agree on it. A table cut short at the end of a line would
//! otherwise pass for a whole one, and a changed figure for a learnt one.

use super::LensError;

const MARK: &str = "#sealed";

/// `table`, sealed.
pub fn seal(table: &str) -> String {
    let table = body(table).map_or(table, |(body, _)| body);
    let sum = sum(table.as_bytes());
    format!("{table}{MARK}\t{}\t{sum:016x}\n", lines(table))
}

/// What stands before the seal, and the seal.
fn body(table: &str) -> Option<(&str, &str)> {
    let at = table.rfind(MARK)?;
    table.split_at_checked(at)
}

/// The table without its seal, which must fit. A table that was never sealed is taken as it is.
pub(super) fn open(table: &str) -> Result<&str, LensError> {
    let number = lines(table) + 1;
    let Some((body, sealed)) = body(table) else {
        return Ok(table);
    };
    let mut cells = sealed.trim_end_matches(['\n', '\r']).split('\t').skip(1);
    let (count, stated) = (cells.next(), cells.next());
    if count != Some(lines(body).to_string().as_str()) {
        return Err(LensError::Table(
            number,
            "it has lost or won lines since it was learnt",
        ));
    }
    if stated != Some(format!("{:016x}", sum(body.as_bytes())).as_str()) || cells.next().is_some() {
        return Err(LensError::Table(
            number,
            "it is not what was learnt: its check sum is wrong",
        ));
    }
    Ok(body)
}

/// Fails where a table has no seal: it was cut short, or never sealed.
pub(super) fn demand(table: &str) -> Result<(), LensError> {
    let lost = LensError::Table(lines(table) + 1, "its end is missing: it has no seal");
    body(table).map(|_| ()).ok_or(lost)
}

fn lines(table: &str) -> usize {
    memchr::memchr_iter(b'\n', table.as_bytes()).count()
}

/// A sum that a changed byte changes: by words of eight bytes, as it is made at every start.
pub(super) fn sum(bytes: &[u8]) -> u64 {
    bytes
        .chunks(8)
        .fold(0xCBF2_9CE4_8422_2325, |sum: u64, part| {
            let mut word = [0; 8];
            word[..part.len()].copy_from_slice(part);
            (sum ^ u64::from_le_bytes(word))
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .rotate_left(29)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop, prop_assert, proptest};

    const TABLE: &str = "cue\torder\nordered\t4\nmust\t-3\n";

    #[test]
    fn a_seal_fits_what_it_was_made_for_and_nothing_else() {
        let sealed = seal(TABLE);
        assert_eq!(open(&sealed).expect("a sound seal"), TABLE);
        assert_eq!(seal(&sealed), sealed, "sealed twice is sealed once");
        assert_eq!(open(TABLE).expect("none is needed"), TABLE);
        let told = |table: &str| open(table).expect_err("a fault").to_string();
        assert!(told(&sealed.replace("must\t-3\n", "")).contains("lost or won lines"));
        assert!(told(&sealed.replace("-3", "-8")).contains("check sum"));
        assert!(told("#sealed").contains("lost or won lines"));
    }

    proptest! {
        #[test]
        fn no_changed_letter_goes_unseen(at in any::<prop::sample::Index>(), letter in "[ -~]") {
            let sealed = seal(TABLE);
            let at = at.index(TABLE.len());
            let mut changed = sealed.clone();
            changed.replace_range(at..=at, &letter);
            prop_assert!(changed == sealed || open(&changed).is_err());
        }
    }
}
