//! [`Input`]: one line of typed text, and where in it the next letter goes.
//!
//! The search line and the filters of lists are all this. It moves by what a reader takes for one character.

use unicode_segmentation::UnicodeSegmentation;

/// Characters that a line takes: more than anybody looks for, and little enough to be looked through at every key.
const LONGEST: usize = 2000;

/// One line of typed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    pub text: String,
    /// Where letters go: a byte offset between two characters.
    cursor: usize,
}

/// A change or a movement in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    Left,
    Right,
    Start,
    End,
    /// Deletes the character before.
    Backspace,
    /// Deletes the character at the cursor.
    Delete,
    /// Deletes the word before.
    Word,
    /// Deletes all before.
    ToStart,
    /// Deletes all behind.
    ToEnd,
}

impl Input {
    /// A line that says `text`, to be written on at its end.
    pub fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
        }
    }

    /// What stands before the cursor, and what behind it.
    pub fn halves(&self) -> (&str, &str) {
        self.text
            .split_at_checked(self.cursor)
            .unwrap_or((&self.text, ""))
    }

    /// Puts what a terminal may safely show again at the cursor; `false` when not all of it has room.
    pub fn insert(&mut self, words: &str) -> bool {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let mut letters = words.chars();
        for letter in letters.by_ref().take(room) {
            let letter = if letter.is_control() { ' ' } else { letter };
            self.text.insert(self.cursor, letter);
            self.cursor += letter.len_utf8();
        }
        letters.next().is_none()
    }

    /// Whether the text changed; a mere movement does not change it.
    pub fn stroke(&mut self, stroke: Stroke) -> bool {
        let (before, after) = self.halves();
        let (at, length) = (before.len(), after.len());
        let left = before.graphemes(true).next_back().map_or(0, str::len);
        let right = after.graphemes(true).next().map_or(0, str::len);
        let word = at - before.trim_end().rfind(' ').map_or(0, |space| space + 1);
        match stroke {
            Stroke::Left => self.cursor = at - left,
            Stroke::Right => self.cursor = at + right,
            Stroke::Start => self.cursor = 0,
            Stroke::End => self.cursor = at + length,
            Stroke::Backspace => return self.cut(left, 0),
            Stroke::Delete => return self.cut(0, right),
            Stroke::Word => return self.cut(word, 0),
            Stroke::ToStart => return self.cut(at, 0),
            Stroke::ToEnd => return self.cut(0, length),
        }
        false
    }

    /// Deletes so many bytes before and behind the cursor.
    fn cut(&mut self, before: usize, behind: usize) -> bool {
        let from = self.cursor - before;
        self.text.replace_range(from..self.cursor + behind, "");
        self.cursor = from;
        before + behind > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_control_characters_do_not_stay() {
        let mut input = Input::default();
        input.insert("a\u{1b}[2J\nb");
        assert_eq!(input.text, "a [2J b");
        input.stroke(Stroke::Word);
        assert_eq!(input.text, "a [2J ");
    }

    #[test]
    fn strokes_move_and_delete_whole_characters() {
        use Stroke::{Backspace, Delete, End, Left, Right, Start, ToEnd, ToStart, Word};
        // `|` stands for the cursor.
        for (before, strokes, after) in [
            ("ab|", &[Left][..], "a|b"),
            ("e\u{301}x|", &[Left, Left], "|e\u{301}x"),
            ("a👩\u{200d}💻|", &[Backspace], "a|"),
            ("|🇺🇳b", &[Delete], "|b"),
            ("|ab", &[Left, Right, Right, Right], "ab|"),
            ("ab|cd", &[Start, Delete], "|bcd"),
            ("ab|cd", &[End, Backspace], "abc|"),
            ("one two|", &[Word], "one |"),
            ("one two |x", &[Word], "one |x"),
            ("one t|wo", &[Word], "one |wo"),
            ("ab|cd", &[ToStart], "|cd"),
            ("ab|cd", &[ToEnd], "ab|"),
            ("|", &[Backspace, Delete, Word, Left, Right], "|"),
        ] {
            let (start, end) = before.split_once('|').expect("a cursor");
            let mut input = Input::of(start);
            input.text.push_str(end);
            for stroke in strokes {
                input.stroke(*stroke);
            }
            let (start, end) = input.halves();
            assert_eq!(format!("{start}|{end}"), after, "{before} {strokes:?}");
        }
    }

    #[test]
    fn a_line_has_an_end() {
        let mut input = Input::default();
        assert!(input.insert(&"é".repeat(LONGEST)));
        assert!(!input.insert("x"));
        assert_eq!(input.text.chars().count(), LONGEST);
    }
}
