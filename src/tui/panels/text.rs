//! The text itself, with the letters of roles in the margin where sections begin.

use ratatui::layout::Rect;

use crate::model::{Heading, SectionId};
use crate::text::TextRange;
use crate::text::show::cut;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{Areas, GUTTER};
use crate::tui::page::{PageRow, Part};
use crate::tui::paint;
use crate::tui::theme::Slot;

pub fn draw(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let area = areas.text;
    let (x, columns) = areas.measure(app.widest);
    let viewport = app.viewport();
    let rows = app
        .reading
        .page(viewport)
        .rows(app.reading.anchor, usize::from(area.height));
    if rows.is_empty() {
        canvas.line(
            Rect {
                x,
                width: columns,
                ..area
            },
            0,
            if app.loading {
                "reading …"
            } else {
                "there is no text in this document"
            },
            Slot::Quiet,
        );
    }
    for (row, y) in rows.iter().zip(area.y..) {
        let begun = begun(app, row);
        if let Some(section) = begun
            && row.part != Part::Above
            && x >= area.x + GUTTER
        {
            letter(canvas, app, section, (x - 2, y));
        }
        if row.part != Part::Above && x >= area.x + GUTTER {
            sign(canvas, app, row, (x - 1, y));
        }
        match row.part {
            Part::Above => {
                let area = Rect {
                    x,
                    y,
                    width: columns,
                    height: 1,
                };
                if let Some(section) = begun {
                    divider(canvas, app, section, area);
                } else if let Some(section) = left_out(app, row) {
                    let lens = &app.reading.briefing.lens;
                    let of = &app.reading.outline().sections[section as usize];
                    let title = of.title(&app.reading.document, lens);
                    rule(canvas, &format!("{} {title}", section + 1), area);
                }
            }
            Part::First | Part::Further => paint::row(canvas, app, row, (x, y), columns),
        }
    }
}

/// The section that begins with this row.
fn begun(app: &App, row: &PageRow) -> Option<SectionId> {
    let start = row.range().start();
    if row.part == Part::Further {
        return None;
    }
    let id = app.reading.outline().last_at(start)?;
    (app.reading.outline().sections[id as usize].range.start() == start).then_some(id)
}

/// The section of a row whose beginning is left out, where the paragraph shown before lies in another.
fn left_out(app: &App, row: &PageRow) -> Option<SectionId> {
    let only = app.reading.only.as_ref()?;
    let blocks = &app.reading.document.blocks;
    let section = |block| {
        let start = blocks.get(block as usize)?.range.start();
        app.reading.outline().last_at(start)
    };
    let here = section(row.block)?;
    (section(only.before(row.block)?) != Some(here)).then_some(here)
}

fn letter(canvas: &mut Canvas<'_>, app: &App, section: SectionId, at: (u16, u16)) {
    let lens = &app.reading.briefing.lens;
    if let Some(id) = app.reading.outline().sections[section as usize].role {
        let style = canvas.theme.role(lens.role(id));
        canvas.put(at, &lens.role(id).letter.to_string(), 1, style);
        canvas.target(
            Rect {
                x: at.0,
                y: at.1,
                width: 1,
                height: 1,
            },
            Target::Role(id),
        );
    }
}

/// In the last column of the margin: where words are highlighted, and where a note on them begins.
fn sign(canvas: &mut Canvas<'_>, app: &App, row: &PageRow, at: (u16, u16)) {
    let range = row.range();
    let mut notes = app.reading.notes.within(range).peekable();
    if notes.peek().is_none() {
        return;
    }
    let begins = |place: TextRange| range.contains(place.start());
    let written = notes.any(|(place, note)| begins(place) && !note.body.is_empty());
    let style = canvas.theme.style(Slot::Key);
    canvas.put(at, if written { "*" } else { "▌" }, 1, style);
}

/// Tells in the blank row above it that a section without a heading begins.
fn divider(canvas: &mut Canvas<'_>, app: &App, section: SectionId, area: Rect) {
    let reading = &app.reading;
    let section = &reading.outline().sections[section as usize];
    let lens = &reading.briefing.lens;
    let words = match section.heading {
        Heading::Stated(heading, _) if heading.start() == section.range.start() => return,
        Heading::Words(_) => section
            .role
            .map_or("", |role| lens.role(role).label.as_str()),
        // A heading that stands further down: the start was moved before it.
        Heading::Stated(..) | Heading::Label(_) | Heading::Opening => {
            section.title(&reading.document, lens)
        }
    };
    rule(canvas, words, area);
}

fn rule(canvas: &mut Canvas<'_>, words: &str, area: Rect) {
    let line = format!("── {words} ");
    canvas.fill(area, '─', Slot::Rule);
    canvas.line(area, 0, &cut(&line, area.width), Slot::Quiet);
}
