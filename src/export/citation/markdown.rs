//! A citation as Markdown: a quotation, and in its last paragraph where it stands.

use std::fmt::Write;

use super::{Citation, NO_ADDRESS, NO_AUTHOR, NO_DATE, NO_PUBLISHER, NO_TITLE};

/// Characters that mean something to Markdown anywhere in a line.
const SPECIAL: &[char] = &[
    '\\', '`', '*', '_', '[', ']', '<', '>', '~', '|', '&', '$', '^',
];

pub(super) fn write(citation: &Citation) -> String {
    let mut out = String::new();
    let paragraphs: Vec<&str> = citation.words.split("\n\n").collect();
    for paragraph in paragraphs {
        let lines: Vec<String> = paragraph.split('\n').map(line).collect();
        // A break that is the author's stays one.
        let _ = write!(out, "> {}\n>\n", lines.join("\\\n> "));
    }
    let _ = write!(out, "> — {}", source(citation));
    out
}

fn source(citation: &Citation) -> String {
    let stated = |field: &Option<String>, missing: &str| {
        field.as_deref().map_or(missing.to_owned(), escaped)
    };
    let title = citation
        .title
        .as_deref()
        .map(|title| format!("*{}*", escaped(title)));
    let mut parts = vec![
        stated(&citation.author, NO_AUTHOR),
        title.unwrap_or_else(|| NO_TITLE.to_owned()),
        stated(&citation.publisher, NO_PUBLISHER),
        stated(&citation.published, NO_DATE),
    ];
    parts.extend(citation.place(|title| format!("“{}”", escaped(title))));
    let file = citation.file().map(escaped);
    let address = citation.url().map(link).or(file);
    parts.push(address.unwrap_or_else(|| NO_ADDRESS.to_owned()));
    let source = parts.join(", ");
    match &citation.speaker {
        Some(speaker) => format!("{}, as reported in: {source}", escaped(speaker)),
        None => source,
    }
}

/// `<https://…>`, which nothing in the address can end.
fn link(url: &str) -> String {
    let spelt = |letter: char| match letter {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        ' ' => "%20".to_owned(),
        letter => letter.to_string(),
    };
    let url: String = url.chars().map(spelt).collect();
    format!("<{url}>")
}

/// Words that Markdown shows as they are, inside a line.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        if SPECIAL.contains(&letter) {
            out.push('\\');
        }
        out.push(if letter == '\n' { ' ' } else { letter });
    }
    out
}

/// The same for a whole line: what begins it makes no heading, list, rule or code of it.
fn line(words: &str) -> String {
    let words = escaped(words.trim());
    let digits = words.len()
        - words
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    let (number, rest) = words.split_at_checked(digits).unwrap_or(("", &words));
    let marks: &[char] = if digits > 0 {
        &['.', ')']
    } else {
        &['#', '+', '-', '=', ':']
    };
    if rest.starts_with(marks) {
        format!("{number}\\{rest}")
    } else {
        words
    }
}
