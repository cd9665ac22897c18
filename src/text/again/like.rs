//! Finding a quote whose words have changed: by the pairs of words that are still there, and then by alignment.
//!
//! One pass over the text notes where pairs of neighbouring words of a quote stand close together. The best few of
//! these places are compared word by word, with what the words weigh: the cheapest way to turn the quote into a
//! stretch of the text says how alike they are, and where the stretch begins and ends.

use std::collections::HashMap;

use super::{AROUND, Sought};
use crate::text::TextRange;
use crate::text::digest::digest;

/// Fewest words of a quote that is looked for by likeness.
const FEWEST: usize = 4;
/// Places that are compared for one quote.
const PLACES: usize = 6;
/// Most cells of one alignment: some thousand words.
const CELLS: usize = 1 << 26;
/// How like the quote a place must be when no side of it has what stood on that side of the quote, one has, both have.
const ALIKE: [f32; 3] = [0.75, 0.65, 0.5];
/// Quotes of fewer words than this need the most in any case: few words are soon alike.
const FEW: usize = 8;
/// How like it words between more of the old neighbours must be to put a place with fewer of them in doubt.
const REWORDED: f32 = 0.3;
/// By how much a place must be better than the next, and what a side counts in this.
const MARGIN: f32 = 0.15;
const SIDE: f32 = 0.25;
/// Bytes before and after a quote in which others like it are looked for when it is taken.
const NEAR: usize = 256 * 1024;
/// Words that the end of a stretch may be moved by, to where its sentence ends.
const SNAP: usize = 3;

/// A word of a text: its digest in small letters, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Word {
    digest: u64,
    start: usize,
    end: usize,
    /// What it counts: long words say more.
    weight: u32,
}

/// Whether a letter is a word of its own, in scripts that write no spaces.
pub(super) fn is_word_alone(letter: char) -> bool {
    matches!(letter as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0xabff | 0xf900..=0xfaff | 0x20000..)
        && letter.is_alphanumeric()
}

/// Whether a quote has words enough to be looked for by likeness.
pub(super) fn can_weigh(quote: &str) -> bool {
    Words::of(quote, 0).nth(FEWEST - 1).is_some()
}

/// The words of a text, in order.
struct Words<'a> {
    text: &'a str,
    at: usize,
    small: String,
}

impl<'a> Words<'a> {
    fn of(text: &'a str, from: usize) -> Self {
        Self {
            text,
            at: from,
            small: String::new(),
        }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let rest = self.text.get(self.at..)?;
        let skipped = rest.find(char::is_alphanumeric)?;
        let rest = rest.get(skipped..)?;
        let first = rest.chars().next()?;
        let len = if is_word_alone(first) {
            first.len_utf8()
        } else {
            let ends = |letter: char| !letter.is_alphanumeric() || is_word_alone(letter);
            rest.find(ends).unwrap_or(rest.len())
        };
        let word = rest.get(..len)?;
        self.small.clear();
        if word.is_ascii() {
            self.small.push_str(word);
            self.small.make_ascii_lowercase();
        } else {
            self.small.extend(word.chars().flat_map(char::to_lowercase));
        }
        let start = self.at + skipped;
        self.at = start + len;
        Some(Word {
            digest: digest(self.small.as_bytes()),
            start,
            end: self.at,
            weight: match len {
                0..=3 => 1,
                4..=6 => 2,
                _ => 3,
            },
        })
    }
}

/// Finds the quotes numbered `ids`, and writes their places into `found`.
pub(super) fn find(
    text: &str,
    sought: &[Sought<'_>],
    ids: &[usize],
    found: &mut [Option<TextRange>],
) {
    let words_of = |&id: &usize| (id, Words::of(sought[id].quote, 0).collect());
    let quotes: Vec<(usize, Vec<Word>)> = ids
        .iter()
        .map(words_of)
        .filter(|(_, words): &(usize, Vec<Word>)| words.len() >= FEWEST)
        .collect();
    if quotes.is_empty() {
        return;
    }
    let clusters = gather(text, sought, &quotes);
    for ((id, words), clusters) in quotes.iter().zip(clusters) {
        let stretches = clusters.stretches(text, &sought[*id], words);
        found[*id] = decide(text, &sought[*id], stretches);
    }
}

/// How like a quote the likest other place around it is, in per cent: what is told apart by so much only is not told
/// apart at all.
pub(super) fn likest_other(text: &str, own: &Sought<'_>) -> u8 {
    let words: Vec<Word> = Words::of(own.quote, 0).collect();
    if words.len() < FEWEST {
        return 0;
    }
    let end = own.offset + own.quote.len();
    let from = floor(text, own.offset.saturating_sub(NEAR));
    let to = floor(text, end.saturating_add(NEAR));
    let near = text.get(from..to).unwrap_or_default();
    let itself = TextRange::new(own.offset - from, end - from);
    let quotes = [(0, words)];
    let clusters = gather(near, &[*own], &quotes).swap_remove(0);
    let stretches = clusters.stretches(near, own, &quotes[0].1);
    let others = stretches.iter().filter(|it| !it.range.overlaps(itself));
    let likest = others.fold(0.0, |likest: f32, it| it.likeness.max(likest));
    (likest * 100.0).clamp(0.0, 100.0) as u8
}

/// A place where pairs of words of a quote stand close together.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    start: usize,
    end: usize,
    pairs: usize,
}

/// The clusters of one quote, while the text is read.
#[derive(Clone, Debug, Default)]
struct Clusters {
    open: Option<Cluster>,
    best: Vec<Cluster>,
}

impl Clusters {
    fn hit(&mut self, word: Word, len: usize) {
        if let Some(open) = &mut self.open {
            if word.end - open.start <= 2 * len + AROUND {
                open.end = word.end;
                open.pairs += 1;
                return;
            }
            self.close();
        }
        self.open = Some(Cluster {
            start: word.start,
            end: word.end,
            pairs: 1,
        });
    }

    fn stretches(self, text: &str, sought: &Sought<'_>, words: &[Word]) -> Vec<Stretch> {
        let aligned = self.best.iter().map(|it| align(text, sought, words, it));
        aligned.flatten().collect()
    }

    fn close(&mut self) {
        let Some(closed) = self.open.take() else {
            return;
        };
        if self.best.len() < PLACES {
            return self.best.push(closed);
        }
        let least = self.best.iter_mut().min_by_key(|it| it.pairs);
        if let Some(least) = least.filter(|least| least.pairs < closed.pairs) {
            *least = closed;
        }
    }
}

/// Reads the text once, and notes where pairs of the quotes' words stand.
fn gather(text: &str, sought: &[Sought<'_>], quotes: &[(usize, Vec<Word>)]) -> Vec<Clusters> {
    let mut owners: HashMap<u64, Vec<u32>> = HashMap::new();
    for ((_, words), number) in quotes.iter().zip(0..) {
        for pair in words.windows(2) {
            let of = owners.entry(join(pair[0], pair[1])).or_default();
            if of.last() != Some(&number) {
                of.push(number);
            }
        }
    }
    // Nearly no pair of the text is one of the quotes': a table of bits says so at once.
    let mut known = vec![0u64; 1 << 10];
    let bit = |pair: u64| ((pair >> 6) as usize & 1023, 1u64 << (pair & 63));
    for &pair in owners.keys() {
        let (at, mask) = bit(pair);
        known[at] |= mask;
    }
    let mut clusters = vec![Clusters::default(); quotes.len()];
    let mut before: Option<Word> = None;
    for word in Words::of(text, 0) {
        if let Some(before) = before {
            let pair = join(before, word);
            let (at, mask) = bit(pair);
            let of = (known[at] & mask != 0).then(|| owners.get(&pair)).flatten();
            for &number in of.into_iter().flatten() {
                let len = sought[quotes[number as usize].0].quote.len();
                let pair = Word {
                    start: before.start,
                    ..word
                };
                clusters[number as usize].hit(pair, len);
            }
        }
        before = Some(word);
    }
    clusters.iter_mut().for_each(Clusters::close);
    clusters
}

fn join(a: Word, b: Word) -> u64 {
    let mixed = (a.digest.rotate_left(23) ^ b.digest).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// A stretch of the text that a quote was turned into.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    range: TextRange,
    /// From 0 to 1.
    likeness: f32,
}

/// The best stretch around a cluster, and the best that shares no byte with it.
fn align(text: &str, sought: &Sought<'_>, quote: &[Word], cluster: &Cluster) -> Vec<Stretch> {
    let len = sought.quote.len() + AROUND;
    let from = floor(text, cluster.start.saturating_sub(len));
    let to = cluster.end.saturating_add(len);
    let words: Vec<Word> = Words::of(text, from)
        .take_while(|word| word.start < to)
        .collect();
    if words.is_empty() || words.len().saturating_mul(quote.len()) > CELLS {
        return Vec::new();
    }
    let ends = cheapest(quote, &words);
    let total: u32 = quote.iter().map(|word| word.weight).sum();
    let stretch = |end: usize| {
        let (cost, start) = ends[end];
        let same = |own: Option<&Word>, word: &Word| own.is_some_and(|it| it.digest == word.digest);
        let kept = (
            same(quote.first(), &words[start]),
            same(quote.last(), &words[end - 1]),
        );
        Stretch {
            range: edges(text, sought, &words, start..end, kept),
            likeness: 1.0 - cost as f32 / total as f32,
        }
    };
    let best = (1..ends.len())
        .filter(|&end| ends[end].1 < end)
        .min_by_key(|&end| ends[end].0);
    let Some(best) = best else {
        return Vec::new();
    };
    let (start, end) = (ends[best].1, best);
    let apart = |&other: &usize| ends[other].1 < other && (other <= start || ends[other].1 >= end);
    let next = (1..ends.len())
        .filter(apart)
        .min_by_key(|&other| ends[other].0);
    std::iter::once(best).chain(next).map(stretch).collect()
}

/// For every end in `words` (from 0, how many of them stand before it): the least that it costs to turn the quote into
/// words that end there, and the first of these words.
fn cheapest(quote: &[Word], words: &[Word]) -> Vec<(u32, usize)> {
    let mut row: Vec<(u32, usize)> = (0..=words.len()).map(|start| (0, start)).collect();
    for own in quote {
        let mut diagonal = row[0];
        row[0].0 += own.weight + 1;
        for (column, word) in words.iter().enumerate() {
            let changed = if own.digest == word.digest {
                0
            } else {
                own.weight
            };
            let above = row[column + 1];
            // A word that is gone costs more than one that has changed: so the ends take in what replaced them.
            let ways = [
                (diagonal.0 + changed, diagonal.1),
                (above.0 + own.weight + 1, above.1),
                (row[column].0 + word.weight, row[column].1),
            ];
            row[column + 1] = ways.into_iter().min_by_key(|way| way.0).unwrap_or(above);
            diagonal = above;
        }
    }
    row
}

/// Whether a sentence ends in what stands between two words.
fn is_end(gap: &str) -> bool {
    gap.contains(['\n', '.', '!', '?', '…', '。', '！', '？'])
}

/// The stretch of `words[of]` with the marks around it that the quote had too. Where the quote began or ended with its
/// sentence, so does the stretch; `kept` says whether its first and last word are the quote's own.
fn edges(
    text: &str,
    sought: &Sought<'_>,
    words: &[Word],
    of: std::ops::Range<usize>,
    kept: (bool, bool),
) -> TextRange {
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let ends_after = |number: usize| {
        let next = words.get(number + 1).map_or(text.len(), |next| next.start);
        is_end(between(words[number].end, next))
    };
    let begins = |number: usize| number == 0 || ends_after(number - 1);
    let is_letter = char::is_alphanumeric;
    let head = sought.before.trim_end_matches(|it| !is_letter(it)).len();
    let tail = sought.quote.trim_end_matches(|it| !is_letter(it)).len();
    let left = sought.before.get(head..).unwrap_or_default();
    let right = sought.quote.get(tail..).unwrap_or_default();
    let (mut first, mut last) = (of.start, of.end - 1);
    let whole = is_end(right) || sought.after.is_empty() || sought.after.starts_with('\n');
    if whole && !kept.1 {
        // Outwards, or back over what only took the place of words that are gone: whichever is nearer.
        let out = (0..=SNAP).find(|step| last + step < words.len() && ends_after(last + step));
        let back = (1..=SNAP).find(|&step| last >= first + step && ends_after(last - step));
        match (out, back) {
            (out, Some(back)) if out.is_none_or(|out| back < out) => last -= back,
            (out, _) => last += out.unwrap_or(0),
        }
    }
    if (sought.before.is_empty() || is_end(left)) && !kept.0 {
        let out = (0..=SNAP).find(|&step| step <= first && begins(first - step));
        let back = (1..=SNAP).find(|&step| first + step <= last && begins(first + step));
        match (out, back) {
            (out, Some(back)) if out.is_none_or(|out| back < out) => first += back,
            (out, _) => first -= out.unwrap_or(0),
        }
    }
    let marks = |letter: char| !is_letter(letter) && !letter.is_whitespace();
    let (before, after) = (
        between(0, words[first].start),
        between(words[last].end, text.len()),
    );
    let (mut start, mut end) = (words[first].start, words[last].end);
    if sought.quote.starts_with(marks) {
        start = before.trim_end_matches(marks).len();
    }
    if sought.quote.ends_with(marks) {
        end += after.len() - after.trim_start_matches(marks).len();
    }
    TextRange::new(start, end)
}

/// The place that is alike enough, and clearly more so than any other.
fn decide(text: &str, sought: &Sought<'_>, mut stretches: Vec<Stretch>) -> Option<TextRange> {
    let witnesses = |it: &Stretch| witnesses(text, sought, it.range);
    let worth = |it: &Stretch| it.likeness + SIDE * witnesses(it) as f32;
    stretches.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let best = *stretches.first()?;
    let sides = witnesses(&best);
    let rivals = |other: &&Stretch| {
        // Two places that would each do alone are one too many; of two copies one must stand between the old
        // neighbours and the other among strangers.
        let theirs = witnesses(other);
        let copy = other.likeness + MARGIN > best.likeness && (sides < 2 || theirs > 0);
        let as_good = other.likeness >= ALIKE[1] && theirs >= sides;
        let reworded = other.likeness >= REWORDED && theirs > sides;
        let as_good = copy || as_good || reworded;
        !other.range.overlaps(best.range) && (as_good || worth(other) + MARGIN > worth(&best))
    };
    if stretches.iter().any(|other| rivals(&other)) || (sides == 0 && sought.rival.is_some()) {
        return None;
    }
    let few = Words::of(sought.quote, 0).nth(FEW - 1).is_none();
    let least = if few { ALIKE[0] } else { ALIKE[sides] };
    (best.likeness >= least.max(f32::from(sought.likest) / 100.0 + MARGIN / 2.0))
        .then_some(best.range)
}

/// How many sides of `range` have the words that stood on that side of the quote: most of them, and at least two.
fn witnesses(text: &str, sought: &Sought<'_>, range: TextRange) -> usize {
    let side = |kept: &str, cut_first: bool, around: TextRange| {
        let mut kept: Vec<u64> = Words::of(kept, 0).map(|word| word.digest).collect();
        // The outermost word may be half a word.
        if kept.len() > 1 {
            kept.remove(if cut_first { 0 } else { kept.len() - 1 });
        }
        let there: Vec<u64> = Words::of(around.of(text), 0).map(|it| it.digest).collect();
        let same = kept.iter().filter(|word| there.contains(word)).count();
        same >= 2 && same * 5 >= kept.len() * 3
    };
    let near = AROUND + AROUND / 2;
    let from = floor(text, range.start().saturating_sub(near));
    let to = floor(text, range.end() + near);
    let before = TextRange::new(from, range.start());
    let after = TextRange::new(range.end(), to);
    usize::from(side(sought.before, true, before)) + usize::from(side(sought.after, false, after))
}

/// `at` or the end of the text, moved back to the edge of a character.
fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
