//! What the fuzzer began with and what it found, read again, and a few changes of each: a minute's worth of it.
//!
//! `tests/fuzz` looks for more: `.ci/long`.

use std::time::{Duration, Instant};

use crate::mutate::Mutator;
use crate::targets::{TARGETS, Target};

/// Of each target's inputs changed at random: so many, or as many as go into this time.
const MUTANTS: usize = 60;
const TIME: Duration = Duration::from_secs(2);
/// Of so many inputs, the shortest.
const FEW: usize = 6;

fn sound(target: &Target, input: &[u8], what: &str) {
    if let Err(fault) = target.run(input) {
        panic!("{} {what}: {fault}", target.name);
    }
}

#[test]
fn what_readers_were_broken_with_is_read_or_refused() {
    for target in TARGETS {
        let (mut seeds, signs) = (target.seeds(), target.signs());
        assert!(!seeds.is_empty(), "{}", target.name);
        for (seed, at) in seeds.iter().zip(0..) {
            sound(target, seed, &format!("beginning {at}"));
        }
        let until = Instant::now() + TIME;
        let mut mutator = Mutator::new(7);
        // Small ones, so that there are many.
        seeds.sort_by_key(Vec::len);
        seeds.truncate(FEW);
        for at in 0..MUTANTS {
            if Instant::now() > until {
                break;
            }
            let input = mutator.mutant(&seeds, &signs);
            sound(target, &input, &format!("mutant {at}"));
        }
    }
}
