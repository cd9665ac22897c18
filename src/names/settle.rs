//! Overlapping candidates to disjoint ones: the surest stays, of equals the longer, then the earlier.

use super::candidate::Candidate;

/// Leaves in `candidates` those that stand, in reading order. `taken` is working space.
pub(super) fn settle(candidates: &mut Vec<Candidate>, taken: &mut Vec<bool>, words: usize) {
    let length = |candidate: &Candidate| candidate.last - candidate.first;
    candidates.sort_by(|a, b| {
        b.weight
            .cmp(&a.weight)
            .then(length(b).cmp(&length(a)))
            .then(a.first.cmp(&b.first))
    });
    taken.clear();
    taken.resize(words, false);
    candidates.retain(|candidate| {
        let span = candidate.first..=candidate.last;
        let free = taken
            .get(span.clone())
            .is_some_and(|span| !span.contains(&true));
        if free {
            taken[span].fill(true);
        }
        free
    });
    candidates.sort_by_key(|candidate| candidate.first);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityKind;

    #[test]
    fn the_surest_stays_then_the_longest() {
        let candidate = |first, last, weight| Candidate {
            first,
            last,
            kind: Some(EntityKind::Person),
            weight,
            rule: "",
        };
        let mut list = vec![
            candidate(0, 1, 50),
            candidate(1, 3, 50),
            candidate(3, 4, 60),
        ];
        settle(&mut list, &mut Vec::new(), 5);
        assert_eq!(list, [candidate(0, 1, 50), candidate(3, 4, 60)]);
    }
}
