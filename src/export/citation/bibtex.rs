//! A citation as an entry of BibTeX. Names stand in double braces: they are not taken apart.

use std::fmt::Write;

use super::Citation;

/// Months, as BibTeX abbreviates them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What stands for a character that means something to TeX. Braces are counted by BibTeX even after a backslash.
const SPECIAL: &[(char, &str)] = &[
    ('\\', "\\textbackslash{}"),
    ('{', "\\textbraceleft{}"),
    ('}', "\\textbraceright{}"),
    ('~', "\\textasciitilde{}"),
    ('^', "\\textasciicircum{}"),
    ('#', "\\#"),
    ('$', "\\$"),
    ('%', "\\%"),
    ('&', "\\&"),
    ('_', "\\_"),
    ('\n', " \\par "),
    ('\t', " "),
];

pub(super) fn write(citation: &Citation) -> String {
    let mut out = format!("@misc{{{},\n", key(citation));
    let mut field = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  {name} = {value},");
    };
    let whole = |words: &str| format!("{{{{{}}}}}", escaped(words));
    for (name, value) in [
        ("author", &citation.author),
        ("title", &citation.title),
        ("publisher", &citation.publisher),
    ] {
        if let Some(value) = value {
            field(name, &whole(value));
        }
    }
    let date = citation.date();
    if let Some(year) = date.first() {
        field("year", &format!("{{{year}}}"));
    }
    let month = date
        .get(1)
        .and_then(|month| MONTHS.get((*month as usize).checked_sub(1)?));
    if let Some(month) = month {
        field("month", month);
    }
    if let Some(url) = citation.url() {
        field("url", &format!("{{{}}}", address(url)));
    }
    field("note", &format!("{{{}}}", escaped(&note(citation))));
    field(
        "annote",
        &format!("{{{}}}", escaped(&citation.words.replace("\n\n", "\n"))),
    );
    out.push('}');
    out
}

/// Where in the document, what has no field of its own, and what is missing.
fn note(citation: &Citation) -> String {
    let speaker = citation
        .speaker
        .iter()
        .map(|speaker| format!("said by {speaker}"));
    let published = citation
        .published
        .iter()
        .map(|date| format!("published {date}"));
    let place = citation.place(|title| format!("“{title}”"));
    let given = [
        citation.section.is_some(),
        citation.paragraphs.is_some(),
        citation.pages.is_some(),
    ];
    let place = place.into_iter().zip(given).filter(|(_, given)| *given);
    let file = citation.file().map(|file| format!("read from {file}"));
    let missing = citation.missing().into_iter().map(str::to_owned);
    let parts: Vec<String> = speaker
        .chain(published)
        .chain(place.map(|(words, _)| words))
        .chain(file)
        .chain(missing)
        .collect();
    parts.join("; ")
}

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match SPECIAL.iter().find(|(special, _)| *special == letter) {
            Some((_, spelt)) => out.push_str(spelt),
            None => out.push(letter),
        }
    }
    out
}

/// An address is read as it stands, so only what would end its field is spelt otherwise.
fn address(url: &str) -> String {
    url.replace('{', "%7B")
        .replace('}', "%7D")
        .replace('\\', "%5C")
        .replace(' ', "%20")
}

/// A key that nothing but letters and digits of ASCII stand in: the first long word of the title, year, place.
pub(super) fn key(citation: &Citation) -> String {
    let title = citation.title.as_deref().unwrap_or_default();
    let plain = |word: &str| -> String {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    };
    let word = title
        .split_whitespace()
        .map(plain)
        .find(|word| word.len() > 3);
    let year = citation
        .date()
        .first()
        .map_or(String::new(), u32::to_string);
    let section = citation
        .section
        .as_ref()
        .map_or(String::new(), |(number, _)| format!("s{number}"));
    let paragraph = citation
        .paragraphs
        .map_or(String::new(), |(first, _)| format!("p{first}"));
    let word = word.unwrap_or_else(|| "document".to_owned());
    format!("{word}{year}{section}{paragraph}")
}
