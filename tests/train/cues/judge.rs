//! What the program says of a labelled document, in the terms of the score: through its own reader, or with the
//! paragraphs and headings that the labels give.

use briefing::analysis::analyze_whole;
use briefing::formats::{self, Options, Source};
use briefing::model::{Document, Lens, Outline, RoleId};
use briefing::sections::Splitter;
use briefing::text::TextRange;

use crate::gold::{Gold, Stretch};
use crate::score::{Line, Score, Told};

/// The standard lens with `table` instead of its own.
pub(crate) fn splitter(table: &str) -> Splitter {
    let lens = std::fs::read_to_string("assets/lenses/briefing.toml").expect("an asset");
    Splitter::read(&lens, Some(table)).expect("a sound lens")
}

/// What `splitter` says when the labels tell it what is a heading and what is not.
pub(crate) fn cut(splitter: &Splitter, gold: &Gold) -> Told {
    let document = &gold.document;
    let outline = splitter.outline(document, 0..document.blocks.len() as u32, &[]);
    told(document, &splitter.lens, &outline, |range| {
        let before = |at: usize| {
            let head = document.text.get(..at).unwrap_or(&document.text);
            head.chars().count() as u64
        };
        (before(range.start()), before(range.end()))
    })
}

/// What the program says of the file.
pub(crate) fn read(gold: &Gold) -> Told {
    let source = &gold.document.text;
    let marked = source.lines().any(|line| line.starts_with('#'));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder
        .path()
        .join(if marked { "gold.md" } else { "gold.txt" });
    std::fs::write(&path, source).expect("a place to write to");
    let read = formats::read(&Source::Path(path), &Options::default()).expect("a text");
    let document = read.document().expect("one document");
    let briefing = analyze_whole(&document.into());
    let place = places(&briefing.document.text, source);
    told(&briefing.document, &briefing.lens, &briefing.outline, place)
}

/// From ranges of the reading text to code points of the file that it was read from.
///
/// Letters and digits of both are the same but for markup, which only the file has: each letter of the reading text
/// is looked for after the one before it, a word at a time.
fn places(text: &str, source: &str) -> impl Fn(TextRange) -> (u64, u64) {
    let words = |all: &str| -> Vec<(String, usize, usize)> {
        let mut words: Vec<(String, usize, usize)> = Vec::new();
        let mut open = false;
        for (point, (at, letter)) in all.char_indices().enumerate() {
            match (letter.is_alphanumeric(), words.last_mut()) {
                (true, Some(word)) if open => word.0.push(letter),
                (true, _) => words.push((letter.to_string(), at, point)),
                _ => {}
            }
            open = letter.is_alphanumeric();
        }
        words
    };
    let (read, written) = (words(text), words(source));
    let mut next = 0;
    let mut known: Vec<(usize, u64, u64)> = Vec::new();
    for (word, at, _) in read {
        /// How many words of markup may stand between two words.
        const MARKUP: usize = 200;
        let ahead = written.iter().enumerate().skip(next).take(MARKUP);
        let found = ahead.into_iter().find(|(_, (other, ..))| *other == word);
        if let Some((found, (_, _, point))) = found {
            known.push((
                at,
                *point as u64,
                *point as u64 + word.chars().count() as u64,
            ));
            next = found + 1;
        }
    }
    move |range: TextRange| {
        let first = known.partition_point(|&(at, ..)| at < range.start());
        let behind = known.partition_point(|&(at, ..)| at < range.end());
        match known.get(first..behind) {
            Some([first, .., last]) => (first.1, last.2),
            Some([only]) => (only.1, only.2),
            _ => (0, 0),
        }
    }
}

fn told(
    document: &Document,
    lens: &Lens,
    outline: &Outline,
    place: impl Fn(TextRange) -> (u64, u64),
) -> Told {
    let name = |role: Option<RoleId>| role.map(|role| lens.role(role).name.clone());
    let line = |(id, block): (u32, &briefing::model::Block)| {
        let (start, end) = place(block.range);
        let paragraph = outline.paragraph(id);
        Line {
            start,
            end,
            role: match paragraph {
                Some(one) if one.boilerplate => Some("boilerplate".to_owned()),
                one => name(one.and_then(|one| one.role)),
            },
            heading: !block.is_body() && !paragraph.is_some_and(|one| one.boilerplate),
            confidence: paragraph.map_or(0, |one| one.confidence),
        }
    };
    let section = |section: &briefing::model::Section| {
        let (start, end) = place(section.range);
        Stretch {
            start,
            end,
            role: name(section.role),
            heading: section.heading_block().is_some(),
            confidence: section.confidence,
        }
    };
    Told {
        lines: (0..).zip(&document.blocks).map(line).collect(),
        sections: outline.sections.iter().map(section).collect(),
    }
}

/// Prints the paragraphs of `gold` that were told wrong; `before` were judged before it.
pub(crate) fn misses(gold: &Gold, score: &Score, before: usize) {
    let labelled = gold.lines.iter().filter(|line| line.role.is_some());
    for (line, (label, told, sure)) in labelled.zip(score.pairs(before)) {
        let words = gold.document.text.chars().skip(line.start as usize);
        let words: String = words.take((line.end - line.start) as usize).collect();
        let mark = if label == told { ' ' } else { '*' };
        println!("{mark} {}\t{label}\t{told}\t{sure}\t{words}", gold.id);
    }
}
