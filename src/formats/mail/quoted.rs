//! [`mark`]: what a message replies to, marked with `>` where the mail program did not.
//!
//! It stands apart because it is about the habits of mail programs; the words they use are data, in
//! `assets/formats/replies.txt`.

use std::sync::LazyLock;

const WORDS: &str = include_str!("../../../assets/formats/replies.txt");

#[derive(Debug, Default)]
struct Words {
    original: Vec<&'static str>,
    from: Vec<&'static str>,
    sent: Vec<&'static str>,
    forward: Vec<&'static str>,
}

static KNOWN: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once(':') else {
            continue;
        };
        let list = list.split(';').map(str::trim);
        match kind {
            "original" => words.original.extend(list),
            "from" => words.from.extend(list),
            "sent" => words.sent.extend(list),
            _ => words.forward.extend(list),
        }
    }
    words
});

/// `text` with the original marked as a quotation, and the dashes above a signature as a rule. In a message that
/// is passed on the original is what there is to read, and stays.
pub(super) fn mark(text: &str, subject: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let prefix = subject
        .split_once(':')
        .map_or("", |(prefix, _)| prefix.trim());
    let passed_on = KNOWN
        .forward
        .iter()
        .any(|known| prefix.eq_ignore_ascii_case(known));
    let original = (0..lines.len()).find(|&at| begins_original(&lines, at));
    let answered = |at: &usize| lines.iter().take(*at).any(|line| !line.trim().is_empty());
    let original = original.filter(answered).filter(|_| !passed_on);
    let original = original.unwrap_or(lines.len());
    let mut marked = String::with_capacity(text.len() + lines.len() * 2);
    for (at, line) in lines.iter().enumerate() {
        let blank_before = at == 0 || lines.get(at - 1).is_some_and(|line| line.trim().is_empty());
        let signs = *line == "-- " || *line == "--";
        if at > 0 {
            marked.push('\n');
        }
        match line {
            _ if at >= original && line.trim().is_empty() => marked.push('>'),
            _ if at >= original => {
                marked.push_str("> ");
                marked.push_str(line);
            }
            _ if signs && blank_before => marked.push_str("---"),
            _ if signs => {}
            line => marked.push_str(line),
        }
    }
    marked
}

/// Whether the original begins on this line: words between dashes, or a copied head.
fn begins_original(lines: &[&str], at: usize) -> bool {
    let line = lines[at].trim();
    let bare = line.trim_matches(['-', '_', ' ', '*']);
    if bare.len() < line.len() && is_one_of(bare, &KNOWN.original) {
        return true;
    }
    let label = |line: &str| {
        let (label, _) = line.split_once(':')?;
        Some(label.trim_matches(['*', ' ', '\u{A0}']).to_lowercase())
    };
    let is = |line: &str, known: &[&str]| label(line).is_some_and(|label| is_one_of(&label, known));
    let mut below = lines.iter().skip(at + 1).take(3);
    is(line, &KNOWN.from) && below.any(|line| is(line.trim(), &KNOWN.sent))
}

fn is_one_of(words: &str, known: &[&str]) -> bool {
    let words = words.to_lowercase();
    known.iter().any(|known| *known == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replied_to_is_marked() {
        for (text, subject, expected) in [
            (
                "Yes.\n\n-----Original Message-----\nFrom: A\n\nNo?",
                "Re: x",
                "Yes.\n\n> -----Original Message-----\n> From: A\n>\n> No?",
            ),
            (
                "Ja.\n\nVon: A\nGesendet: heute\nAn: B\n\nNein?",
                "AW: x",
                "Ja.\n\n> Von: A\n> Gesendet: heute\n> An: B\n>\n> Nein?",
            ),
            // What is passed on is to be read.
            (
                "See.\n\nFrom: A\nSent: now\n\nNews",
                "FW: x",
                "See.\n\nFrom: A\nSent: now\n\nNews",
            ),
            (
                "From: A\nSent: now\n\nNews",
                "x",
                "From: A\nSent: now\n\nNews",
            ),
            ("From: here on\nit rained", "x", "From: here on\nit rained"),
            ("Yes.\n\n-- \nA", "x", "Yes.\n\n---\nA"),
            ("Yes.\n--\nA", "x", "Yes.\n\nA"),
        ] {
            assert_eq!(mark(text, subject), expected, "{text}");
        }
    }
}
