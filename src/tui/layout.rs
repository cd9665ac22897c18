//! [`Areas`]: which part of the screen belongs to what, from its size alone.
//!
//! It stands below `app` and `screen` so that both agree: a page down is as long as the page that is drawn.

use ratatui::layout::{Rect, Size};

/// From this many columns on contents, text and people stand side by side.
const WIDE: u16 = 110;
/// From this many columns on people stand beside the text.
const MEDIUM: u16 = 76;
/// Columns of the contents pane, and what it may take beyond that once text and people have all they want.
const CONTENTS: u16 = 26;
const CONTENTS_MORE: u16 = 12;
/// Widest screen whose columns beyond the panes all go to the text.
const SPARE: u16 = 134;
/// Columns of the people pane beside contents, and without.
const PEOPLE: u16 = 30;
const PEOPLE_NARROW: u16 = 24;
/// Under this size only the text is shown.
const LEAST: Size = Size {
    width: 40,
    height: 10,
};
/// Columns left of the text: the gutter with the letters of roles.
pub const GUTTER: u16 = 3;

/// Parts of the screen; an absent part has no area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Areas {
    /// Title, publisher, length.
    pub title: Rect,
    /// How many sections of each role.
    pub roles: Rect,
    /// Current section and its role.
    pub section: Rect,
    pub contents: Rect,
    /// The text with its gutter.
    pub text: Rect,
    pub people: Rect,
    /// People as one line, where there is no pane for them.
    pub names: Rect,
    pub status: Rect,
    pub keys: Rect,
    /// The lines above and under the panes.
    pub rules: [Rect; 2],
}

/// A screen cut up from the top and from the bottom.
struct Cut(Rect);

impl Cut {
    fn top(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.0.height);
        let taken = Rect {
            height: rows,
            ..self.0
        };
        self.0.y += rows;
        self.0.height -= rows;
        taken
    }

    fn bottom(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.0.height);
        self.0.height -= rows;
        Rect {
            y: self.0.bottom(),
            height: rows,
            ..self.0
        }
    }

    fn left(&mut self, columns: u16) -> Rect {
        let taken = Rect {
            width: columns,
            ..self.0
        };
        self.0.x += columns;
        self.0.width -= columns;
        taken
    }

    fn right(&mut self, columns: u16) -> Rect {
        self.0.width -= columns;
        Rect {
            x: self.0.right(),
            width: columns,
            ..self.0
        }
    }
}

/// The areas of a screen of `size`; with `text_only` there are no panes.
pub fn split(size: Size, text_only: bool) -> Areas {
    let mut cut = Cut(Rect::new(0, 0, size.width, size.height));
    if size.width < LEAST.width || size.height < LEAST.height {
        return Areas {
            text: cut.0,
            ..Areas::default()
        };
    }
    let panes = size.width >= MEDIUM && !text_only;
    let mut areas = Areas {
        title: cut.top(1),
        ..Areas::default()
    };
    if size.height >= 14 && size.width >= MEDIUM {
        areas.roles = cut.top(1);
    }
    if size.width < MEDIUM {
        areas.section = cut.top(1);
    }
    areas.rules[0] = cut.top(1);
    if size.height >= 16 {
        areas.keys = cut.bottom(1);
    }
    areas.status = cut.bottom(1);
    if !panes && !text_only && size.height >= 14 {
        areas.names = cut.bottom(1);
    }
    areas.rules[1] = cut.bottom(1);
    if panes && size.width >= WIDE {
        let more = size.width.saturating_sub(SPARE).min(CONTENTS_MORE);
        areas.contents = cut.left(CONTENTS + more);
        cut.left(1);
    }
    if panes {
        areas.people = cut.right(if size.width >= WIDE {
            PEOPLE
        } else {
            PEOPLE_NARROW
        });
        cut.right(1);
    }
    if size.width >= MEDIUM {
        areas.section = cut.top(1);
        cut.top(u16::from(size.height >= 20));
    }
    areas.text = cut.0;
    areas
}

/// Row `number` of `area`; no row where it has fewer.
pub fn row(area: Rect, number: u16) -> Rect {
    let height = u16::from(number < area.height);
    Rect {
        y: area.y + number.min(area.height),
        height,
        ..area
    }
}

/// `area` without its first `rows`.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}

/// `area` without columns at its left and right.
pub fn inside(area: Rect, left: u16, right: u16) -> Rect {
    let left = left.min(area.width);
    Rect {
        x: area.x + left,
        width: (area.width - left).saturating_sub(right),
        ..area
    }
}

/// The part of a screen of `size` that an overlay fills; around it a title and a line of hints where there is room.
pub fn overlay(size: Size) -> Rect {
    let mut cut = Cut(Rect::new(0, 0, size.width, size.height));
    if size.height >= LEAST.height {
        cut.top(2);
        cut.bottom(2);
    }
    cut.0
}

impl Areas {
    /// Where the words stand in the text area: first column and number of columns, at most `widest`.
    ///
    /// What is left over becomes margin on both sides.
    pub fn measure(&self, widest: u16) -> (u16, u16) {
        let gutter = if self.text.width >= 20 { GUTTER } else { 0 };
        let room = self
            .text
            .width
            .saturating_sub(gutter + u16::from(gutter > 0))
            .max(1);
        let columns = room.min(widest);
        (self.text.x + gutter + (room - columns) / 2, columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_size_overlaps_or_leaves_the_screen() {
        for (width, height) in (1..210)
            .step_by(3)
            .flat_map(|width| (1..60).map(move |height| (width, height)))
        {
            for text_only in [false, true] {
                let areas = split(Size { width, height }, text_only);
                let screen = Rect::new(0, 0, width, height);
                let parts = [
                    areas.title,
                    areas.roles,
                    areas.section,
                    areas.contents,
                    areas.text,
                    areas.people,
                    areas.names,
                    areas.status,
                    areas.keys,
                    areas.rules[0],
                    areas.rules[1],
                ];
                assert!(
                    areas.text.height > 0 && areas.text.width > 0,
                    "{width}×{height}"
                );
                for (at, part) in parts.iter().enumerate().filter(|(_, part)| part.area() > 0) {
                    assert_eq!(
                        part.intersection(screen),
                        *part,
                        "{width}×{height} part {at}"
                    );
                    let clash = parts[at + 1..]
                        .iter()
                        .find(|other| other.area() > 0 && other.intersects(*part));
                    assert_eq!(clash, None, "{width}×{height} part {at}");
                }
                let (x, columns) = areas.measure(72);
                assert!(
                    columns >= 1 && x + columns <= areas.text.right(),
                    "{width}×{height}"
                );
            }
        }
    }
}
