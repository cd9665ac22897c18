//! Words that are heard alike while cues are learnt: by what they do (`classes.txt`), and by how they begin.
//!
//! A family is a cue of its own for the learner, so that a rare word is heard like its fellows. As all is linear,
//! what is learnt of a family is added to each of its words, and nothing of families is shipped.

use std::collections::HashMap;

use briefing::sections::features;

/// How many letters make a stem, of words that are longer.
const STEM: usize = 5;
/// Marks of single words: anywhere, first, among the first, quoted, in a heading. `features::key` knows them.
const MARKS: [&str; 6] = ["", "^", ">", "\"", "=", "+"];

/// Which families a word has.
#[derive(Debug)]
pub(crate) struct Families {
    classes: HashMap<String, Vec<String>>,
}

impl Families {
    pub(crate) fn read() -> Self {
        let mut classes: HashMap<String, Vec<String>> = HashMap::new();
        let list = include_str!("classes.txt");
        let lines = list.lines().filter(|line| !line.starts_with('#'));
        for (class, words) in lines.filter_map(|line| line.split_once(':')) {
            for word in words.split_whitespace() {
                let of = classes.entry(features::normal(word)).or_default();
                if !of.iter().any(|old| old == class) {
                    of.push(class.to_owned());
                }
            }
        }
        Self { classes }
    }

    /// The families of a cue as assets write it; none for more than one word.
    pub(crate) fn of(&self, cue: &str) -> Vec<String> {
        let (mark, word) = split(cue);
        let mut all = Vec::new();
        if word.contains(' ') || word.starts_with('#') {
            return all;
        }
        let classes = crate::learn::choice("CLASSES", ">.".to_owned());
        let stems = crate::learn::choice("STEMS", ".".to_owned());
        let on = |list: &str| list.contains(if mark.is_empty() { "." } else { mark });
        if on(&classes) {
            let of = self.classes.get(word).into_iter().flatten();
            all.extend(of.map(|class| format!("{mark}%{class}")));
        }
        if on(&stems) && word.chars().count() > STEM && word.chars().all(char::is_alphabetic) {
            let stem: String = word.chars().take(STEM).collect();
            all.push(format!("{mark}%{stem}-"));
        }
        all
    }

    /// Every cue that a class could speak for.
    pub(crate) fn cues(&self) -> impl Iterator<Item = String> {
        self.classes
            .keys()
            .flat_map(|word| MARKS.map(|mark| format!("{mark}{word}")))
    }
}

/// A cue without its mark, and the mark.
fn split(cue: &str) -> (&str, &str) {
    match cue.split_at_checked(1) {
        Some((mark @ ("^" | ">" | "\"" | "=" | "+"), word)) => (mark, word),
        _ => ("", cue),
    }
}
