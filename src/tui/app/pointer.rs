//! The mouse: wheel, clicks, and dragging over the text.
//!
//! What lies under the pointer comes with the event, as the loop knows what was drawn where; only the text is
//! worked out here, since dragging needs offsets and not targets.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use crate::text::TextRange;
use crate::tui::action::Action;
use crate::tui::app::find::is_manner;
use crate::tui::app::{App, Pane, Selection};
use crate::tui::event::Target;
use crate::tui::links;
use crate::tui::overlay::{Cursor, Overlay};

/// Rows per notch of the wheel.
const WHEEL: usize = 3;

impl App {
    pub(super) fn point(&mut self, mouse: MouseEvent, target: Option<Target>) {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.wheel(mouse, true),
            MouseEventKind::ScrollUp => self.wheel(mouse, false),
            MouseEventKind::Down(MouseButton::Left) => {
                self.notice = None;
                self.asking = None;
                self.selection = None;
                // How to search is asked for while the words are typed.
                let manner = matches!(target, Some(Target::Act(action)) if is_manner(action));
                if !manner {
                    self.accept_query();
                }
                match target {
                    Some(target) => self.click(target),
                    None => self.press(mouse),
                }
            }
            MouseEventKind::Drag(MouseButton::Left) => self.drag(mouse),
            MouseEventKind::Up(MouseButton::Left) => self.release(),
            _ => {}
        }
    }

    fn wheel(&mut self, mouse: MouseEvent, down: bool) {
        let step = if down {
            Action::LineDown
        } else {
            Action::LineUp
        };
        let at = Position::new(mouse.column, mouse.row);
        let areas = self.areas();
        if self.overlay.is_some() {
            for _ in 0..WHEEL {
                self.overlay_took(step);
            }
        } else if areas.contents.contains(at) {
            self.peek(Pane::Contents, down);
        } else if areas.people.contains(at) {
            self.peek(Pane::People, down);
        } else {
            self.scroll_rows(WHEEL, down);
        }
    }

    /// Takes a click on what was drawn last: what has been read or found since may know nothing of it.
    /// Scrolls a pane without selecting anything in it.
    fn peek(&mut self, pane: Pane, down: bool) {
        let areas = self.areas();
        let (count, height, followed) = match pane {
            Pane::Contents => {
                let count = self.reading.outline().sections.len();
                let height = usize::from(areas.contents.height).saturating_sub(4);
                let at = self.reading.section().unwrap_or(0) as usize;
                (count, height, Cursor { at }.window(count, height))
            }
            // Names may have an office below, kinds have headings; the drawing stops at the last line.
            _ => (
                3 * self.reading.cast.len() + 8,
                usize::from(areas.people.height),
                0,
            ),
        };
        let from = self
            .peek
            .filter(|(of, _)| *of == pane)
            .map_or(followed, |(_, first)| first);
        let first = if down {
            from + WHEEL
        } else {
            from.saturating_sub(WHEEL)
        };
        self.peek = Some((pane, first.min(count.saturating_sub(height))));
    }

    fn click(&mut self, target: Target) {
        let briefing = &self.reading.briefing;
        match target {
            Target::Role(role) if usize::from(role.0) >= briefing.lens.roles.len() => {}
            Target::Entity(entity) if entity as usize >= briefing.entities.entities.len() => {}
            Target::Act(action) => self.perform(action, None),
            Target::Role(role) => self.go_to_role(role),
            Target::Section(section) => {
                self.overlay = None;
                self.go_to_section(section as usize);
            }
            Target::Entity(entity) => self.pin(entity),
            Target::Row(row) => {
                if let Some(Overlay::People(people)) = &mut self.overlay {
                    people.names = Cursor { at: row };
                    people.mention = None;
                    people.typing = false;
                    people.remember(&self.reading);
                } else if let Some(Overlay::Copying(_)) = &self.overlay {
                    self.copy_extent(row);
                } else if let Some(Overlay::Census(census)) = &mut self.overlay {
                    census.names = Cursor { at: row };
                    (census.document, census.typing) = (None, false);
                } else if let Some(Overlay::Shelf(list)) = &mut self.overlay {
                    list.cursor = Cursor { at: row };
                    list.typing = false;
                    self.overlay_took(Action::Open);
                } else if let Some(Overlay::Lenses(lenses)) = &mut self.overlay {
                    lenses.cursor = Cursor { at: row };
                    self.overlay_took(Action::Open);
                } else if let Some(Overlay::Hits(hits)) = &mut self.overlay {
                    hits.cursor = Cursor { at: row };
                    self.overlay_took(Action::Open);
                } else if let Some(Overlay::Searches(searches)) = &mut self.overlay {
                    searches.cursor = Cursor { at: row };
                    self.overlay_took(Action::Open);
                } else if let Some(Overlay::Links(links)) = &mut self.overlay {
                    links.cursor = Cursor { at: row };
                    self.overlay_took(Action::Open);
                }
            }
            Target::Mention(at) if self.chose_mention(at) => {}
            Target::Mention(at) => {
                if let Some(Overlay::People(people)) = &mut self.overlay {
                    people.typing = false;
                    people.mention = Some(Cursor { at });
                    self.overlay_took(Action::Open);
                } else if let Some(Overlay::Census(census)) = &mut self.overlay {
                    census.typing = false;
                    census.document = Some(Cursor { at });
                    self.overlay_took(Action::Open);
                }
            }
        }
    }

    fn press(&mut self, mouse: MouseEvent) {
        let at = Position::new(mouse.column, mouse.row);
        if self.overlay.is_some() || !self.areas().text.contains(at) {
            return;
        }
        self.focus = Pane::Text;
        if let Some(offset) = self.offset_under(mouse) {
            self.selection = Some(Selection {
                from: offset,
                to: offset,
                dragging: true,
            });
        }
    }

    fn drag(&mut self, mouse: MouseEvent) {
        if !self.selection.is_some_and(|selection| selection.dragging) {
            return;
        }
        let text = self.areas().text;
        if mouse.row < text.y {
            self.scroll_rows(1, false);
        } else if mouse.row >= text.bottom() {
            self.scroll_rows(1, true);
        }
        let offset = self.offset_under(mouse);
        if let (Some(selection), Some(offset)) = (&mut self.selection, offset) {
            selection.to = offset;
        }
    }

    fn release(&mut self) {
        let Some(selection) = self.selection.filter(|selection| selection.dragging) else {
            return;
        };
        let Some(range) = self.dragged() else {
            self.selection = None;
            return self.click_text(selection.from);
        };
        self.pick = None;
        self.selection = Some(Selection {
            dragging: false,
            ..selection
        });
        self.copy(range);
    }

    /// A click on a word: its sentence is picked where one is being picked; else a name is pinned, a link followed.
    fn click_text(&mut self, offset: usize) {
        if self.is_picking() {
            return self.pick_at(offset);
        }
        if let Some(mention) = self.reading.briefing.entities.at(offset).copied() {
            self.pin(mention.entity);
            self.spot = Some(mention.range.start());
            return;
        }
        let here = TextRange::new(
            offset,
            (offset + 1)
                .min(self.reading.document.text.len())
                .max(offset),
        );
        let found = links::within(&self.reading.document, here);
        if let Some(link) = found.first() {
            self.follow(*link);
        }
    }

    /// The offset of the character under the pointer; the nearest row's where it is beside the text.
    fn offset_under(&self, mouse: MouseEvent) -> Option<usize> {
        let (area, viewport) = (self.areas().text, self.viewport());
        let (x, _) = self.areas().measure(self.widest);
        let rows = self
            .reading
            .page(viewport)
            .rows(self.reading.anchor, viewport.height);
        let row = usize::from(mouse.row.saturating_sub(area.y)).min(rows.len().checked_sub(1)?);
        Some(rows[row].offset_at(&self.reading.document, mouse.column.saturating_sub(x)))
    }
}
