//! Quotes found again, as a table: the text before, the text after, where the quote stands.

use super::*;

/// Marks the quote in a text with `[` and `]`.
fn quoted(marked: &str) -> (String, TextRange) {
    let start = marked.find('[').expect("a quote begins");
    let end = marked.find(']').expect("a quote ends") - 1;
    (marked.replace(['[', ']'], ""), TextRange::new(start, end))
}

#[track_caller]
fn check(before: &str, after: &str) {
    let (old, range) = quoted(before);
    let expected = after.contains('[').then(|| quoted(after));
    let new = expected.as_ref().map_or(after, |(text, _)| text);
    let found = find(new, &[Sought::of(&old, range)])[0];
    let show = |range: TextRange| range.of(new).to_owned();
    assert_eq!(
        found.map(show),
        expected.as_ref().map(|(_, range)| show(*range)),
        "{before}\n{after}"
    );
    assert_eq!(found, expected.map(|(_, range)| range), "{before}\n{after}");
}

const HEAD: &str = "The harbour office opened at dawn. ";
const TAIL: &str = " Nobody else was asked for an answer.";

fn framed(words: &str) -> String {
    format!("{HEAD}{words}{TAIL}")
}

#[test]
fn words_are_found_where_they_stood_and_where_they_went() {
    let quote = "[“We shall keep the cranes running,” said Ilse Marró on the quay.]";
    check(&framed(quote), &framed(quote));
    check(
        &framed(quote),
        &format!("A line was put before all.\n\n{}", framed(quote)),
    );
    check(&framed(quote), &format!("{HEAD}{TAIL}\n\nBelow: {quote}"));
}

#[test]
fn words_that_changed_are_found_by_their_likeness() {
    let old = "[The envoy told the port council that two cranes would stand still until Friday.]";
    for new in [
        "[The envoy told the port council that three cranes would stand still until Friday.]",
        "[The envoy told the port council that two cranes would stand still until Monday morning.]",
        "Yesterday [the envoy told the port council two cranes would stand still until Friday.]",
        "[The envoy has told the harbour council that two cranes would be idle until Friday.]",
    ] {
        check(&framed(old), &framed(new));
    }
    check(
        "[港口办公室表示，起重机将停到星期五为止，没有人被问及。]之后再说。",
        "昨天，[港口办公室表示，起重机将停到星期一为止，没有人被问及。]之后再说。",
    );
}

#[test]
fn what_is_gone_is_lost() {
    let quote = "[The envoy told the port council that two cranes would stand still until Friday.]";
    check(&framed(quote), &framed(""));
    // Another sentence of the same make took its place.
    check(
        &framed(quote),
        &framed("The minister told the port council nothing on tariffs, fish or the weather."),
    );
    check(&framed(quote), "");
}

/// Short words, words cut out of a word, and words that stand in several places need what stood around them.
#[test]
fn doubtful_places_are_no_places() {
    check(
        "One. [No.] Two things follow.",
        "Other things. No. More of them.",
    );
    check(
        "One thing is left: [art] for all of us.",
        "Nothing but a start of it.",
    );
    let reply = "The ministry did not reply to a request for comment.";
    let two =
        format!("Cranes stand still. [{reply}] Ships wait.\n\nMail was read. {reply} Banks wait.");
    check(
        &two,
        &format!("Cranes stand still. Ships wait.\n\nMail was read. {reply} Banks wait."),
    );
    check(
        &two,
        &format!(
            "Fish. Mail was read. {reply} Banks wait.\n\nCranes stand still. [{reply}] Ships wait."
        ),
    );
    let row = "x a\tb\tc x\n";
    let rows = format!("{}x [a\tb\tc] x\n{}", row.repeat(6), row.repeat(6));
    check(&rows, &row.repeat(12));
}

#[test]
fn the_same_text_keeps_even_what_cannot_be_told_apart() {
    let text = "na na na na na na na na na na na na na na na na na na na na na na na na";
    let range = TextRange::new(36, 38);
    let sought = Sought::of(text, range);
    assert_eq!(find(text, &[sought]), [Some(range)]);
    assert_eq!(find(&format!("na {text}"), &[sought]), [None]);
}
