//! [`Canvas`]: a screen being drawn, and what on it can be clicked.
//!
//! Everything is drawn through it, so nothing is written outside the screen whatever its size, and a hint and
//! its click target cannot drift apart.

use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::show::cut;
use crate::text::width;
use crate::tui::event::Target;
use crate::tui::hyperlinks::{self, Hyperlink};
use crate::tui::theme::{Slot, Theme};

/// What can be clicked, as drawn last.
pub type Targets = Vec<(Rect, Target)>;

/// A buffer, the looks, and the targets drawn so far.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    pub theme: Theme,
    pub targets: Targets,
    /// What of the text links to where, for a terminal that can follow links.
    pub links: Vec<Hyperlink>,
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        Self {
            buffer,
            theme,
            targets: Vec::new(),
            links: Vec::new(),
        }
    }

    pub fn area(&self) -> Rect {
        self.buffer.area
    }

    /// Writes `words` from column `x`, at most `room` columns; gives the column after the last.
    pub fn put(&mut self, (x, y): (u16, u16), words: &str, room: u16, style: Style) -> u16 {
        let area = self.buffer.area;
        if x >= area.right() || y >= area.bottom() {
            return x;
        }
        let room = room.min(area.right() - x);
        self.buffer
            .set_stringn(x, y, words, usize::from(room), style)
            .0
    }

    /// Writes one row of `area`, cut with `…` where it is too long.
    pub fn line(&mut self, area: Rect, row: u16, words: &str, slot: Slot) -> u16 {
        if row >= area.height {
            return area.x;
        }
        let style = self.theme.style(slot);
        self.put(
            (area.x, area.y + row),
            &cut(words, area.width),
            area.width,
            style,
        )
    }

    /// Writes so that the last column is the last of `area`; gives the first column used.
    pub fn line_right(&mut self, area: Rect, row: u16, words: &str, slot: Slot) -> u16 {
        let taken = (width(words) as u16).min(area.width);
        let x = area.right() - taken;
        if row < area.height {
            let style = self.theme.style(slot);
            self.put((x, area.y + row), words, taken, style);
        }
        x
    }

    /// Fills `area` with one character.
    pub fn fill(&mut self, area: Rect, with: char, slot: Slot) {
        let style = self.theme.style(slot);
        // What lies under it is no longer seen.
        self.links.retain(|link| !link.area.intersects(area));
        for position in area.intersection(self.buffer.area).positions() {
            // What stood there before must not shine through: styles only add up.
            let cell = &mut self.buffer[position];
            cell.reset();
            cell.set_char(with).set_style(style);
        }
    }

    /// Adds a style to what stands in `area`.
    pub fn paint(&mut self, area: Rect, style: Style) {
        self.buffer
            .set_style(area.intersection(self.buffer.area), style);
    }

    /// Makes columns of one row a link; more of the link before where they follow it.
    pub fn link(&mut self, area: Rect, (id, address): (usize, &Rc<str>)) {
        if let Some(last) = self.links.last_mut()
            && (last.id, last.area.y, last.area.right()) == (id, area.y, area.x)
        {
            last.area.width += area.width;
            return;
        }
        self.links.push(Hyperlink {
            area,
            id,
            address: Rc::clone(address),
        });
    }

    /// Writes the links into the screen, when all else is drawn.
    pub fn weave_links(&mut self) {
        for link in std::mem::take(&mut self.links) {
            hyperlinks::weave(self.buffer, &link);
        }
    }

    /// Makes `area` clickable. What is drawn later lies on top.
    pub fn target(&mut self, area: Rect, target: Target) {
        self.targets.push((area, target));
    }
}

/// What lies at a position: the target drawn last there.
pub fn target_at(targets: &Targets, column: u16, row: u16) -> Option<Target> {
    let at = Position::new(column, row);
    targets
        .iter()
        .rev()
        .find(|(area, _)| area.contains(at))
        .map(|(_, target)| *target)
}
