//! Links that the terminal itself knows (OSC 8): which terminals do, and how they are written without shifting a column.
//!
//! A terminal cannot be asked whether it knows links, and one that does not may print the address into the text. So they
//! are written only where the terminal is known to follow them, or where the reader says so. A link is one cell of
//! the buffer that is told to be as wide as its words, so that nothing counts the bytes of the address as columns.

use std::num::NonZeroU16;
use std::rc::Rc;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use crate::text::width;

/// Whether links are written so that the terminal knows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    /// Where the terminal is known to follow them.
    #[default]
    Auto,
    On,
    Off,
}

/// The wishes by the names that are typed, with what they mean.
pub const WISHES: [(&str, Wish, &str); 3] = [
    (
        "auto",
        Wish::Auto,
        "where the terminal is known to follow them",
    ),
    ("on", Wish::On, "always"),
    ("off", Wish::Off, "never"),
];

/// Terminals that follow links, by how `TERM_PROGRAM` begins.
const PROGRAMS: [&str; 9] = [
    "iTerm", "WezTerm", "ghostty", "vscode", "rio", "Tabby", "contour", "mintty", "Hyper",
];
/// Terminals that follow links, by how `TERM` begins.
const TERMS: [&str; 6] = [
    "xterm-kitty",
    "xterm-ghostty",
    "foot",
    "alacritty",
    "contour",
    "wezterm",
];
/// Variables that are set by terminals that follow links.
const VARIABLES: [&str; 4] = ["KITTY_WINDOW_ID", "WT_SESSION", "DOMTERM", "WEZTERM_PANE"];
/// The first version of tmux that hands links on, and of the library of GNOME's terminal that is safe with them.
const TMUX: (u32, u32) = (3, 4);
const VTE: u32 = 5000;

/// Some columns of a row that link to an address.
#[derive(Clone, Debug)]
pub struct Hyperlink {
    pub area: Rect,
    /// The same for all parts of a link that is broken over rows.
    pub id: usize,
    /// Fit to be opened: printable ASCII.
    pub address: Rc<str>,
}

/// Whether links are to be written here.
pub fn are_shown(wish: Wish) -> bool {
    match wish {
        Wish::On => true,
        Wish::Off => false,
        Wish::Auto => are_known(&|name| std::env::var(name).ok()),
    }
}

/// Whether the terminal with these variables is known to follow links.
fn are_known(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| variable(name).filter(|value| !value.is_empty());
    let begins = |name: &str, with: &[&str]| {
        set(name).is_some_and(|value| with.iter().any(|start| value.starts_with(start)))
    };
    if set("TMUX").is_some() {
        // Within tmux the variables of the terminal around it are those of whoever started it.
        return begins("TERM_PROGRAM", &["tmux"])
            && set("TERM_PROGRAM_VERSION").is_some_and(|version| numbers(&version) >= TMUX);
    }
    if set("STY").is_some() || begins("TERM", &["screen", "dumb", "linux"]) {
        return false;
    }
    let vte = set("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    begins("TERM_PROGRAM", &PROGRAMS)
        || begins("TERM", &TERMS)
        || VARIABLES.iter().any(|name| set(name).is_some())
        || vte.is_some_and(|version| version >= VTE)
}

/// The first two numbers of a version such as `3.4a` or `next-3.5`.
fn numbers(version: &str) -> (u32, u32) {
    let mut numbers = version
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|part| part.parse().ok());
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Makes a link of what stands in the cells of its area: each stretch of one style is one cell, as wide as its words.
pub fn weave(buffer: &mut Buffer, link: &Hyperlink) {
    let area = link.area.intersection(buffer.area);
    let mut x = area.left();
    while x < area.right() && area.height > 0 {
        let style = buffer[(x, area.y)].style();
        let (first, mut words) = (x, String::new());
        while x < area.right() && buffer[(x, area.y)].style() == style {
            let cell = &buffer[(x, area.y)];
            words.push_str(cell.symbol());
            x += (width(cell.symbol()) as u16).max(1);
        }
        let Some(columns) = NonZeroU16::new(x.min(area.right()) - first) else {
            return;
        };
        let linked = format!(
            "\x1b]8;id={};{}\x1b\\{words}\x1b]8;;\x1b\\",
            link.id, link.address
        );
        buffer[(first, area.y)]
            .set_symbol(&linked)
            .set_diff_option(CellDiffOption::ForcedWidth(columns));
        // The cells that it covers differ from any words, so that words in their place are drawn, and lose the link.
        for covered in first + 1..first + columns.get() {
            buffer[(covered, area.y)].set_symbol("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_written_where_they_are_known_to_be_followed() {
        for (variables, expected) in [
            (&[("TERM", "xterm-256color")][..], false),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM", "foot-extra")], true),
            (
                &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")],
                true,
            ),
            (&[("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("VTE_VERSION", "7600")], true),
            (&[("VTE_VERSION", "4800")], false),
            (&[("WT_SESSION", "x")], true),
            (&[("WT_SESSION", "")], false),
            (&[("TERM", "linux"), ("VTE_VERSION", "7600")], false),
            (&[("STY", "1.x"), ("VTE_VERSION", "7600")], false),
            (
                &[
                    ("TMUX", "x"),
                    ("TERM_PROGRAM", "tmux"),
                    ("TERM_PROGRAM_VERSION", "3.4"),
                ],
                true,
            ),
            (
                &[
                    ("TMUX", "x"),
                    ("TERM_PROGRAM", "tmux"),
                    ("TERM_PROGRAM_VERSION", "next-3.5"),
                ],
                true,
            ),
            (
                &[
                    ("TMUX", "x"),
                    ("TERM_PROGRAM", "tmux"),
                    ("TERM_PROGRAM_VERSION", "3.3a"),
                ],
                false,
            ),
            (
                &[
                    ("TMUX", "x"),
                    ("WT_SESSION", "x"),
                    ("TERM", "tmux-256color"),
                ],
                false,
            ),
            (&[], false),
        ] {
            let variable = |name: &str| {
                let found = variables.iter().find(|(of, _)| *of == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(are_known(&variable), expected, "{variables:?}");
        }
    }

    fn link(x: u16, columns: u16, address: &str) -> Hyperlink {
        Hyperlink {
            area: Rect::new(x, 0, columns, 1),
            id: 7,
            address: address.into(),
        }
    }

    /// What is drawn when `next` takes the place of `before`: columns and words.
    fn drawn(before: &Buffer, next: &Buffer) -> Vec<(u16, String)> {
        let drawn = before.diff(next).into_iter();
        drawn
            .map(|(x, _, cell)| (x, cell.symbol().to_owned()))
            .collect()
    }

    const OPEN: &str = "\x1b]8;id=7;https://a.example/\x1b\\";
    const CLOSE: &str = "\x1b]8;;\x1b\\";

    #[test]
    fn a_link_is_drawn_at_once_and_what_follows_stays_in_its_column() {
        let empty = Buffer::empty(Rect::new(0, 0, 12, 1));
        let mut screen = Buffer::with_lines(["a 水道 here"]);
        screen.resize(empty.area);
        weave(&mut screen, &link(2, 4, "https://a.example/"));
        let drawn = drawn(&empty, &screen);
        assert!(
            drawn.contains(&(2, format!("{OPEN}水道{CLOSE}"))),
            "{drawn:?}"
        );
        assert!(drawn.contains(&(7, "h".into())), "{drawn:?}");
        assert!(!drawn.iter().any(|(x, _)| (3..6).contains(x)), "{drawn:?}");
    }

    #[test]
    fn words_in_the_place_of_a_link_are_drawn_anew() {
        let mut before = Buffer::with_lines(["see notice now"]);
        weave(&mut before, &link(4, 6, "https://a.example/"));
        let after = Buffer::with_lines(["see notice now"]);
        let columns: Vec<u16> = drawn(&before, &after).iter().map(|(x, _)| *x).collect();
        assert_eq!(columns, [4, 5, 6, 7, 8, 9], "no column stays linked");
        // And the other way round the link is drawn.
        assert_eq!(drawn(&after, &before).len(), 1);
    }

    #[test]
    fn a_link_of_two_styles_is_two_stretches_of_the_same_link() {
        use ratatui::style::Style;
        let mut screen = Buffer::with_lines(["notice"]);
        screen.set_style(
            Rect::new(3, 0, 3, 1),
            Style::new().add_modifier(ratatui::style::Modifier::BOLD),
        );
        weave(&mut screen, &link(0, 6, "https://a.example/"));
        let empty = Buffer::empty(screen.area);
        let expected = [
            (0, format!("{OPEN}not{CLOSE}")),
            (3, format!("{OPEN}ice{CLOSE}")),
        ];
        assert_eq!(drawn(&empty, &screen), expected);
    }
}
