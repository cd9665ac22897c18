//! A place in its context, on one line: a mention, a hit.

use ratatui::layout::Rect;

use crate::text::show::cut;
use crate::text::{TextRange, width};
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::theme::Slot;

/// Bytes of a place that are looked at: more than any line shows.
const LONGEST: usize = 4096;

/// `p9  … said Reyk, who …`, with the words of `place` marked.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, (place, slot): (TextRange, Slot), line: Rect) {
    let document = &app.reading.document;
    let Some(block) = document.block_at(place.start()) else {
        return;
    };
    let number = app
        .reading
        .paragraph_number(block)
        .map_or(String::new(), |number| format!("p{number}"));
    let quiet = canvas.theme.style(Slot::Quiet);
    canvas.put((line.x + 2, line.y), &number, 6, quiet);
    let x = line.x + 7;
    let room = usize::from(line.right().saturating_sub(x));
    let block = document.blocks[block as usize].range;
    let words = one_line(place.of(&document.text), LONGEST);
    let around = room.saturating_sub(width(&words));
    let before = tail(
        TextRange::new(block.start(), place.start()).of(&document.text),
        around / 2,
    );
    let plain = canvas.theme.style(Slot::Plain);
    let marked = canvas.theme.style(slot);
    let end = canvas.put((x, line.y), &before, room as u16, plain);
    let left = line.right().saturating_sub(end);
    let end = canvas.put((end, line.y), &cut(&words, left), left, marked);
    // A hit may reach into the next paragraph.
    let after = TextRange::new(place.end(), block.end().max(place.end())).of(&document.text);
    let left = line.right().saturating_sub(end);
    let after = one_line(after, usize::from(left) + 1);
    canvas.put((end, line.y), &cut(&after, left), left, plain);
}

/// At most `count` characters of `words`: line breaks and cells are spaces, and no more is copied than can be seen.
fn one_line(words: &str, count: usize) -> String {
    words.chars().take(count).map(flat).collect()
}

fn flat(letter: char) -> char {
    if matches!(letter, '\n' | '\t') {
        ' '
    } else {
        letter
    }
}

/// The end of `words`, at most `columns` wide, beginning at a word.
fn tail(words: &str, columns: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut taken = 0;
    for letter in words.chars().rev() {
        taken += width(letter.encode_utf8(&mut [0; 4]));
        if taken + 2 > columns {
            break;
        }
        kept.push(flat(letter));
    }
    let whole = kept.iter().map(|letter| letter.len_utf8()).sum::<usize>() == words.len();
    let text: String = kept.into_iter().rev().collect();
    match text.split_once(' ') {
        Some((_, rest)) if !whole => format!("… {rest}"),
        _ => text,
    }
}
