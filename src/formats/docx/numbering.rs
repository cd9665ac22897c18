//! The lists of a Word file: what stands before each item, counted as Word counts.
//!
//! It stands apart because numbers are not written in such a file: they follow from definitions and from all
//! numbered paragraphs before.

use std::collections::HashMap;

use super::styles::Place;
use crate::formats::Fault;
use crate::formats::xml::{Node, Tag, Xml};

const LEVELS: usize = 9;

/// What stands before a numbered paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Bullet,
    Number(u32),
    /// Anything else, as it is shown: `(a)`, `IV.`, `2.3`.
    Words(String),
    /// In a list, but without a mark.
    None,
}

/// Definitions and counts.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// By identifier, those that lists refer to.
    patterns: HashMap<u32, Pattern>,
    lists: HashMap<u32, List>,
}

/// An `abstractNum`.
#[derive(Debug, Default)]
struct Pattern {
    levels: [Level; LEVELS],
    counts: [Option<u32>; LEVELS],
}

#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    form: String,
    /// With `%1` for the number of level 1, and so on.
    text: String,
}

/// A `num`: a list that follows a pattern, perhaps with starts of its own.
#[derive(Debug, Default)]
struct List {
    pattern: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
    /// A start of its own counts once.
    begun: bool,
}

impl Numbering {
    pub(super) fn read(source: &str) -> Result<Self, Fault> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(source, "word/numbering.xml");
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else {
                continue;
            };
            match tag.name() {
                "abstractNum" => {
                    let id = tag.number("abstractNumId").unwrap_or_default();
                    let pattern = read_pattern(xml.inside(&tag)?)?;
                    numbering.patterns.insert(id, pattern);
                }
                "num" => {
                    let id = tag.number("numId").unwrap_or_default();
                    let list = read_list(xml.inside(&tag)?)?;
                    numbering.lists.insert(id, list);
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// Counts a paragraph at `place`, and says what stands before it; `None` where it is in no list.
    pub(super) fn next(&mut self, place: Place) -> Option<Label> {
        let id = place.list.filter(|&id| id != 0)?;
        let list = self.lists.get_mut(&id)?;
        let pattern = self.patterns.get_mut(&list.pattern)?;
        let at = usize::from(place.level.unwrap_or_default()).min(LEVELS - 1);
        if !std::mem::replace(&mut list.begun, true) {
            for (count, start) in pattern.counts.iter_mut().zip(list.starts) {
                *count = start.map_or(*count, |start| start.checked_sub(1));
            }
        }
        let level = |at: usize| {
            let own = list.levels.get(at).and_then(Option::as_ref);
            own.unwrap_or(&pattern.levels[at])
        };
        let start = level(at).start.unwrap_or(1);
        let count = pattern.counts[at].map_or(start, |count| count.saturating_add(1));
        pattern.counts[at] = Some(count);
        for deeper in pattern.counts.iter_mut().skip(at + 1) {
            *deeper = None;
        }
        let counted = |at: usize| {
            let start = level(at).start.unwrap_or(1);
            (level(at).form.as_str(), pattern.counts[at].unwrap_or(start))
        };
        Some(label(level(at), at, counted))
    }
}

/// What stands before an item of `level`, the one at place `at`; `counted` gives form and number of any level.
fn label<'l>(level: &Level, at: usize, counted: impl Fn(usize) -> (&'l str, u32)) -> Label {
    if level.form == "bullet" {
        return Label::Bullet;
    }
    if level.form == "none" || level.text.trim().is_empty() {
        return Label::None;
    }
    let own = format!("%{}", at + 1);
    let bare = level.text.trim_matches([' ', '(', ')', '.']);
    if level.form == "decimal" && bare == own {
        return Label::Number(counted(at).1);
    }
    let mut words = String::new();
    let mut rest = level.text.chars();
    while let Some(c) = rest.next() {
        let digit = rest
            .as_str()
            .chars()
            .next()
            .and_then(|next| next.to_digit(10));
        match digit.filter(|&digit| c == '%' && digit > 0) {
            Some(digit) => {
                rest.next();
                let (form, number) = counted((digit as usize - 1).min(LEVELS - 1));
                words.push_str(&spelled(number, form));
            }
            None => words.push(c),
        }
    }
    Label::Words(words.trim().to_owned())
}

fn read_pattern(source: &str) -> Result<Pattern, Fault> {
    let mut pattern = Pattern::default();
    let mut xml = Xml::new(source, "word/numbering.xml");
    while let Some(node) = xml.next()? {
        if let Node::Start(tag) = node
            && tag.name() == "lvl"
        {
            let at = level_of(&tag);
            pattern.levels[at] = read_level(xml.inside(&tag)?)?;
        }
    }
    Ok(pattern)
}

fn read_list(source: &str) -> Result<List, Fault> {
    let mut list = List::default();
    let mut xml = Xml::new(source, "word/numbering.xml");
    let mut at = 0;
    while let Some(node) = xml.next()? {
        let Node::Start(tag) = node else {
            continue;
        };
        match tag.name() {
            "abstractNumId" => list.pattern = tag.number("val").unwrap_or_default(),
            "lvlOverride" => at = level_of(&tag),
            "startOverride" => list.starts[at] = tag.number("val"),
            "lvl" => list.levels[at] = Some(read_level(xml.inside(&tag)?)?),
            _ => {}
        }
    }
    Ok(list)
}

fn read_level(source: &str) -> Result<Level, Fault> {
    let mut level = Level::default();
    let mut xml = Xml::new(source, "word/numbering.xml");
    while let Some(node) = xml.next()? {
        let Node::Start(tag) = node else {
            continue;
        };
        match tag.name() {
            "start" => level.start = tag.number("val"),
            "numFmt" => level.form = tag.get("val").unwrap_or_default().into_owned(),
            "lvlText" => level.text = tag.get("val").unwrap_or_default().into_owned(),
            _ => {}
        }
    }
    Ok(level)
}

fn level_of(tag: &Tag<'_>) -> usize {
    tag.number::<usize>("ilvl")
        .unwrap_or_default()
        .min(LEVELS - 1)
}

/// A number in the form that the file calls `form`.
pub(in crate::formats) fn spelled(number: u32, form: &str) -> String {
    match form {
        "lowerLetter" | "a" => letters(number),
        "upperLetter" | "A" => letters(number).to_uppercase(),
        "lowerRoman" | "i" => roman(number),
        "upperRoman" | "I" => roman(number).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// a, b … z, aa, bb, as Word goes on.
fn letters(number: u32) -> String {
    let place = number.saturating_sub(1);
    let letter = char::from(b'a' + (place % 26) as u8);
    std::iter::repeat_n(letter, (place / 26 + 1).min(20) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number > 3999 {
        return number.to_string();
    }
    let (mut rest, mut words) = (number, String::new());
    for (value, sign) in SIGNS {
        while rest >= value {
            words.push_str(sign);
            rest -= value;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="7">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
          <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
          <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
        </w:abstractNum>
        <w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
        <w:num w:numId="4"><w:abstractNumId w:val="7"/>
          <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
        </w:numbering>"#;

    #[test]
    fn items_are_counted_as_word_counts() {
        let mut numbering = Numbering::read(LISTS).expect("sound");
        let words = |words: &str| Some(Label::Words(words.into()));
        for (list, level, expected) in [
            (3, 0, Some(Label::Number(1))),
            (3, 1, words("1.1")),
            (3, 1, words("1.2")),
            (3, 2, words("(a)")),
            (3, 2, words("(b)")),
            (3, 3, Some(Label::Bullet)),
            (3, 0, Some(Label::Number(2))),
            (3, 1, words("2.1")),
            (4, 0, Some(Label::Number(5))),
            (4, 0, Some(Label::Number(6))),
            (0, 0, None),
            (9, 0, None),
        ] {
            let (list, level) = (Some(list), Some(level));
            assert_eq!(
                numbering.next(Place { list, level }),
                expected,
                "{list:?} {level:?}"
            );
        }
    }

    #[test]
    fn numbers_are_spelled() {
        for (number, form, expected) in [
            (4, "lowerRoman", "iv"),
            (1994, "upperRoman", "MCMXCIV"),
            (27, "lowerLetter", "aa"),
            (0, "lowerLetter", "a"),
            (3, "decimalZero", "03"),
            (12, "ordinal", "12"),
            (4_000_000_000, "upperRoman", "4000000000"),
        ] {
            assert_eq!(spelled(number, form), expected, "{form}");
        }
    }
}
