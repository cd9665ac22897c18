//! [`Theme`]: how each kind of thing looks, as one table.
//!
//! Colours are the terminal's own sixteen, so a light terminal stays light. Colour never stands alone: every
//! row has a modifier for terminals without colour, used with `NO_COLOR` too. Then no colour command is sent
//! at all, as crossterm 0.29 turns one into a bare reset that wipes bold and reverse.

use std::str::FromStr;

use ratatui::style::{Color, Modifier, Style};

use crate::model::{EntityKind, Inline, Role};

/// What can be styled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    Title,
    Plain,
    /// Second-rank text: counts, offices, hints.
    Quiet,
    /// Lines between panes.
    Rule,
    Heading,
    /// The heading of a pane, and of the one that has the keys.
    Pane,
    PaneFocused,
    Boilerplate,
    Quote,
    Code,
    Strong,
    Emphasis,
    Strike,
    Link,
    Person,
    Body,
    Place,
    Pinned,
    Hit,
    HitCurrent,
    Selection,
    /// The row of a list that the keys act on.
    Cursor,
    /// A key in a hint.
    Key,
    Notice,
}

/// Slot, colour, modifiers with colour, modifiers without.
type Row = (Slot, Color, Modifier, Modifier);

const NONE: Modifier = Modifier::empty();
const BOLD_UNDERLINED: Modifier = Modifier::BOLD.union(Modifier::UNDERLINED);
const BOLD_REVERSED: Modifier = Modifier::BOLD.union(Modifier::REVERSED);
const UNDERLINED_REVERSED: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED);

/// One row per slot, in the order of [`Slot`].
const SLOTS: &[Row] = &[
    (Slot::Title, Color::Reset, Modifier::BOLD, Modifier::BOLD),
    (Slot::Plain, Color::Reset, NONE, NONE),
    (Slot::Quiet, Color::Reset, Modifier::DIM, Modifier::DIM),
    (Slot::Rule, Color::Reset, Modifier::DIM, Modifier::DIM),
    (Slot::Heading, Color::Reset, Modifier::BOLD, Modifier::BOLD),
    (Slot::Pane, Color::Reset, Modifier::BOLD, Modifier::BOLD),
    (
        Slot::PaneFocused,
        Color::Reset,
        BOLD_REVERSED,
        BOLD_REVERSED,
    ),
    (
        Slot::Boilerplate,
        Color::Reset,
        Modifier::DIM,
        Modifier::DIM,
    ),
    (Slot::Quote, Color::Reset, NONE, NONE),
    (Slot::Code, Color::Reset, Modifier::DIM, Modifier::DIM),
    (Slot::Strong, Color::Reset, Modifier::BOLD, Modifier::BOLD),
    (
        Slot::Emphasis,
        Color::Reset,
        Modifier::ITALIC,
        Modifier::ITALIC,
    ),
    (
        Slot::Strike,
        Color::Reset,
        Modifier::CROSSED_OUT,
        Modifier::CROSSED_OUT,
    ),
    (
        Slot::Link,
        Color::Blue,
        Modifier::UNDERLINED,
        Modifier::UNDERLINED,
    ),
    (Slot::Person, Color::Cyan, NONE, Modifier::BOLD),
    (Slot::Body, Color::Green, NONE, Modifier::UNDERLINED),
    (Slot::Place, Color::Reset, NONE, NONE),
    (Slot::Pinned, Color::Cyan, BOLD_UNDERLINED, BOLD_UNDERLINED),
    (
        Slot::Hit,
        Color::Reset,
        Modifier::REVERSED,
        Modifier::REVERSED,
    ),
    (
        Slot::HitCurrent,
        Color::Yellow,
        BOLD_REVERSED,
        BOLD_REVERSED.union(Modifier::UNDERLINED),
    ),
    (
        Slot::Selection,
        Color::Reset,
        Modifier::REVERSED,
        Modifier::REVERSED,
    ),
    (
        Slot::Cursor,
        Color::Reset,
        Modifier::REVERSED,
        UNDERLINED_REVERSED,
    ),
    (Slot::Key, Color::Reset, Modifier::BOLD, Modifier::BOLD),
    (Slot::Notice, Color::Yellow, Modifier::BOLD, Modifier::BOLD),
];

/// Colours for roles, by the names that lenses use; a lens may also name one of the sixteen colours.
const ROLES: [(&str, Color); 6] = [
    ("role1", Color::Yellow),
    ("role2", Color::Blue),
    ("role3", Color::Magenta),
    ("role4", Color::Red),
    ("role5", Color::Reset),
    ("role6", Color::Reset),
];

/// The looks in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// No colour at all, only bold, dim, underline and reverse.
    pub monochrome: bool,
    /// Whether links are written so that the terminal knows them.
    pub links: bool,
}

impl Theme {
    /// As the environment asks: `NO_COLOR` set to anything but nothing means no colour (no-color.org).
    pub fn from_environment() -> Self {
        let asked = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let unable = std::env::var("TERM")
            .is_ok_and(|terminal| terminal == "dumb" || terminal.ends_with("-m"));
        Self {
            monochrome: asked || unable,
            links: false,
        }
    }

    pub fn style(self, slot: Slot) -> Style {
        let (_, color, coloured, plain) = SLOTS[slot as usize];
        if self.monochrome {
            return Style::new().add_modifier(plain);
        }
        let style = Style::new().add_modifier(coloured);
        if color == Color::Reset {
            style
        } else {
            style.fg(color)
        }
    }

    /// The mark of a role: its colour as the lens names it, and bold.
    pub fn role(self, role: &Role) -> Style {
        let style = Style::new().add_modifier(Modifier::BOLD);
        let own = ROLES.iter().find(|(name, _)| *name == role.color);
        let color = own
            .map(|(_, color)| *color)
            .or_else(|| Color::from_str(&role.color).ok());
        match color {
            Some(color) if !self.monochrome => style.fg(color),
            _ => style,
        }
    }
}

/// How names of a kind are marked in the text.
pub fn name_slot(kind: EntityKind) -> Slot {
    match kind {
        EntityKind::Person => Slot::Person,
        EntityKind::Agency | EntityKind::Organization => Slot::Body,
        EntityKind::Place => Slot::Place,
    }
}

/// How an inline style looks.
pub fn inline_slot(inline: Inline) -> Slot {
    match inline {
        Inline::Strong => Slot::Strong,
        Inline::Emphasis => Slot::Emphasis,
        Inline::Strike => Slot::Strike,
        Inline::Code => Slot::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lens::COLORS;

    #[test]
    fn the_table_stands_in_the_order_of_the_slots() {
        for (at, row) in SLOTS.iter().enumerate() {
            assert_eq!(row.0 as usize, at, "{:?}", row.0);
        }
    }

    #[test]
    fn every_colour_that_a_lens_may_name_is_known() {
        for name in COLORS {
            let own = ROLES.iter().any(|(of, _)| *of == name);
            assert!(own || Color::from_str(name).is_ok(), "{name}");
        }
        assert!(ROLES.iter().all(|(name, _)| COLORS.contains(name)));
    }

    #[test]
    fn without_colour_nothing_is_coloured_and_names_still_differ_from_text() {
        let theme = Theme {
            monochrome: true,
            ..Theme::default()
        };
        for (slot, ..) in SLOTS {
            assert_eq!(theme.style(*slot).fg, None, "{slot:?}");
        }
        for slot in [Slot::Person, Slot::Body, Slot::Pinned, Slot::Hit] {
            assert_ne!(theme.style(slot), theme.style(Slot::Plain), "{slot:?}");
        }
    }
}
