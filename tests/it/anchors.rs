//! Notes find their words again: 200 generated edits of every text, and where each note ends up.
//!
//! An edited text knows of each of its sentences where it came from, so nothing is judged by looking alike.

use std::path::Path;

use briefing::model::anchor::{self, Anchor};
use briefing::text::TextRange;

/// Edits that are generated, over all texts.
const EDITS: usize = 200;
/// Notes of one text.
const NOTES: usize = 24;

/// A generator of numbers that is the same everywhere (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides.max(1) as u64) as usize
    }
}

/// A sentence, and which one it was before the edit; `None` for one that is new.
#[derive(Clone)]
struct Sentence {
    of: Option<usize>,
    /// Which one it was written after.
    like: Option<usize>,
    words: String,
}

type Text = Vec<Vec<Sentence>>;

/// The paragraphs of a source, cut into sentences.
fn read(source: &str) -> Text {
    let mut text = Text::new();
    for line in source
        .lines()
        .map(|line| line.trim_start_matches(['#', '-', '>', ' ']).trim())
    {
        let mut sentences = Vec::new();
        let mut words = String::new();
        for word in line.split_whitespace() {
            words += if words.is_empty() { "" } else { " " };
            words += word;
            if word
                .trim_end_matches(['"', '”', ')'])
                .ends_with(['.', '!', '?'])
                && word.len() > 3
            {
                sentences.push(std::mem::take(&mut words));
            }
        }
        sentences.extend(Some(words).filter(|rest| !rest.is_empty()));
        let new = |words| Sentence {
            of: None,
            like: None,
            words,
        };
        text.extend(
            Some(sentences.into_iter().map(new).collect::<Vec<_>>()).filter(|it| !it.is_empty()),
        );
    }
    let mut number = 0..;
    text.iter_mut()
        .flatten()
        .for_each(|it| it.of = number.next());
    text
}

/// Where a sentence stands in what was printed.
struct Place {
    of: Option<usize>,
    like: Option<usize>,
    range: TextRange,
}

/// The reading text, and where its sentences stand.
fn print(text: &Text) -> (String, Vec<Place>) {
    let (mut words, mut places) = (String::new(), Vec::new());
    for paragraph in text {
        words += if words.is_empty() { "" } else { "\n\n" };
        for (number, sentence) in paragraph.iter().enumerate() {
            words += if number == 0 { "" } else { " " };
            let start = words.len();
            words += &sentence.words;
            places.push(Place {
                of: sentence.of,
                like: sentence.like,
                range: TextRange::new(start, words.len()),
            });
        }
    }
    (words, places)
}

/// A text, and an anchor for each of its sentences.
struct Noted {
    text: Text,
    anchors: Vec<Anchor>,
}

impl Noted {
    fn new(text: Text) -> Self {
        let (words, places) = print(&text);
        let anchors = places.iter().map(|it| Anchor::of(&words, it.range));
        let anchors = anchors.collect();
        Self { text, anchors }
    }
}

/// What can happen to a text. `other` is another one, of which paragraphs are taken.
const HAPPENINGS: [fn(&mut Text, &Text, &mut Dice); 9] = [
    // Up to a quarter of the words of some sentences are other words.
    |text, other, dice| {
        for _ in 0..=dice.roll(6) {
            let foreign: Vec<String> = words_of(other);
            let sentence = any(text, dice);
            let mut words: Vec<String> = sentence.words.split(' ').map(str::to_owned).collect();
            for _ in 0..=dice.roll(words.len() / 4) {
                let at = dice.roll(words.len());
                words[at].clone_from(&foreign[dice.roll(foreign.len())]);
            }
            sentence.words = words.join(" ");
        }
    },
    // A word more, a word less.
    |text, other, dice| {
        for _ in 0..=dice.roll(6) {
            let foreign: Vec<String> = words_of(other);
            let sentence = any(text, dice);
            let mut words: Vec<String> = sentence.words.split(' ').map(str::to_owned).collect();
            words.insert(
                dice.roll(words.len()),
                foreign[dice.roll(foreign.len())].clone(),
            );
            if words.len() > 5 {
                words.remove(dice.roll(words.len()));
            }
            sentence.words = words.join(" ");
        }
    },
    // A sentence moves to another paragraph.
    |text, _, dice| {
        for _ in 0..=dice.roll(4) {
            let taken = take(text, dice);
            let at = dice.roll(text.len());
            let to = dice.roll(text[at].len() + 1);
            text[at].insert(to, taken);
        }
    },
    // A paragraph moves.
    |text, _, dice| {
        let paragraph = text.remove(dice.roll(text.len()));
        text.insert(dice.roll(text.len() + 1), paragraph);
    },
    // Paragraphs of another text come in.
    |text, other, dice| {
        for _ in 0..=dice.roll(3) {
            let mut paragraph = other[dice.roll(other.len())].clone();
            for sentence in &mut paragraph {
                (sentence.of, sentence.like) = (None, None);
            }
            text.insert(dice.roll(text.len() + 1), paragraph);
        }
    },
    // Sentences go.
    |text, _, dice| {
        for _ in 0..=dice.roll(4) {
            take(text, dice);
        }
    },
    // A paragraph goes.
    |text, _, dice| {
        text.remove(dice.roll(text.len()));
    },
    // A sentence is said twice, as a quote that is pulled out.
    |text, _, dice| {
        let twin = any(text, dice).clone();
        let at = dice.roll(text.len() + 1);
        text.insert(
            at,
            vec![Sentence {
                of: None,
                like: twin.of.or(twin.like),
                ..twin
            }],
        );
    },
    // Two paragraphs become one.
    |text, _, dice| {
        let at = dice.roll(text.len() - 1);
        let next = text.remove(at + 1);
        text[at].extend(next);
    },
];

fn words_of(text: &Text) -> Vec<String> {
    let all = text.iter().flatten().flat_map(|it| it.words.split(' '));
    all.map(str::to_owned).collect()
}

fn any<'a>(text: &'a mut Text, dice: &mut Dice) -> &'a mut Sentence {
    let at = dice.roll(text.len());
    let sentence = dice.roll(text[at].len());
    &mut text[at][sentence]
}

/// Takes a sentence out; a paragraph that is left without any goes too.
fn take(text: &mut Text, dice: &mut Dice) -> Sentence {
    let at = dice.roll(text.len());
    let sentence = dice.roll(text[at].len());
    let taken = text[at].remove(sentence);
    if text[at].is_empty() && text.len() > 2 {
        text.remove(at);
    } else if text[at].is_empty() {
        text[at].push(Sentence {
            of: None,
            like: None,
            words: "Nothing.".into(),
        });
    }
    taken
}

#[derive(Debug, Default)]
struct Tally {
    edits: usize,
    /// Notes whose sentence still exists: at its place to the letter, at its place, lost.
    exactly: usize,
    right: usize,
    lost: usize,
    /// Notes at a place that is not their sentence's.
    wrong: usize,
    /// Notes whose sentence is gone, and that say so.
    gone: usize,
    /// Notes at a copy of their sentence that took its place, among the same words or as the only one left: nobody could
    /// tell.
    copied: usize,
}

impl Tally {
    fn judge(
        &mut self,
        (old, new): (&str, &str),
        found: Option<TextRange>,
        place: Option<TextRange>,
    ) {
        match (found, place) {
            (None, None) => self.gone += 1,
            (None, Some(place)) => {
                self.lost += 1;
                if std::env::var_os("ANCHORS").is_some() {
                    println!("LOST {old:?}\n     {:?}", place.of(new));
                }
            }
            (Some(found), Some(place)) if found == place => {
                self.exactly += 1;
                self.right += 1;
            }
            (Some(found), Some(place)) if is_there(found, place) => {
                self.right += 1;
                if std::env::var_os("ANCHORS").is_some() {
                    println!(
                        "ROUGH {old:?}\n      {:?}\n      {:?}",
                        place.of(new),
                        found.of(new)
                    );
                }
            }
            (Some(found), place) => {
                self.wrong += 1;
                let place = place.map(|place| place.of(new));
                println!(
                    "WRONG {old:?}\n      {:?}\n      not {place:?}",
                    found.of(new)
                );
            }
        }
    }
}

/// Whether what was found lies in its place, or shares most of it.
fn is_there(found: TextRange, place: TextRange) -> bool {
    let both = found.intersect(place).map_or(0, TextRange::len);
    place.covers(found) || 3 * both >= 2 * found.len().max(place.len())
}

fn edit(before: &Noted, other: &Text, dice: &mut Dice, tally: &mut Tally) {
    let mut text = before.text.clone();
    for _ in 0..=dice.roll(4) {
        HAPPENINGS[dice.roll(HAPPENINGS.len())](&mut text, other, dice);
    }
    let (new, places) = print(&text);
    let notes: Vec<usize> = (0..NOTES)
        .map(|_| dice.roll(before.anchors.len()))
        .collect();
    let found = anchor::find(&new, notes.iter().map(|&id| &before.anchors[id]));
    for (id, found) in notes.into_iter().zip(found) {
        let here = |place: &&Place| found.is_some_and(|found| is_there(found, place.range));
        let place = places.iter().find(|it| it.of == Some(id));
        let twin = places
            .iter()
            .filter(|it| it.like == Some(id))
            .any(|it| here(&it));
        let place = place.map(|it| it.range);
        let anchor = &before.anchors[id];
        let framed = |found: TextRange| {
            TextRange::new(0, found.start())
                .of(&new)
                .ends_with(&anchor.before)
                && TextRange::new(found.end(), new.len())
                    .of(&new)
                    .starts_with(&anchor.after)
        };
        if twin && (place.is_none() || found.is_some_and(framed)) {
            tally.copied += 1;
        } else {
            tally.judge((&anchor.quote, &new), found, place);
        }
    }
    tally.edits += 1;
}

fn measure(what: &str, texts: &[Noted], edits: usize) {
    let mut dice = Dice(22);
    let mut tally = Tally::default();
    for number in 0..edits {
        let text = &texts[number % texts.len()];
        let other = &texts[(number + 1 + dice.roll(texts.len() - 1)) % texts.len()];
        edit(text, &other.text, &mut dice, &mut tally);
    }
    let there = tally.right + tally.lost;
    println!(
        "{what}: {tally:?}; {:.1} % of {there} found",
        100.0 * tally.right as f32 / there as f32
    );
    assert_eq!(tally.wrong, 0, "{what}");
    assert!(tally.right * 100 >= there * 95, "{what}: {tally:?}");
    assert!(tally.exactly * 100 >= there * 90, "{what}: {tally:?}");
}

fn texts_in(folder: &Path) -> Vec<Text> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    paths.sort();
    let ours =
        |path: &&std::path::PathBuf| path.extension().is_some_and(|it| it == "md" || it == "txt");
    let read = |path: &std::path::PathBuf| read(&std::fs::read_to_string(path).unwrap_or_default());
    let texts = paths.iter().filter(ours).map(read);
    texts
        .filter(|text| text.len() > 3 && text.iter().flatten().count() > 12)
        .collect()
}

#[test]
fn notes_find_their_sentences_in_edited_texts() {
    let home = crate::project::root();
    let mut texts = texts_in(&home.join("assets/samples"));
    texts.extend(texts_in(&home.join("tests/data")));
    let texts: Vec<Noted> = texts.into_iter().map(Noted::new).collect();
    measure("own texts", &texts, EDITS);
}

#[test]
fn notes_find_their_sentences_in_many_edited_texts() {
    let Some(written) = crate::roles::outside("gold/written") else {
        return;
    };
    // Every fifth: a text takes its time to be noted in a program that is built for tests.
    let texts: Vec<Noted> = texts_in(&written)
        .into_iter()
        .step_by(5)
        .map(Noted::new)
        .collect();
    measure("written texts", &texts, 5 * EDITS);
}
