//! The top of the screen: title, publisher, date, length; sections of each role; the current section.

use ratatui::layout::Rect;

use crate::model::Heading;
use crate::text::show::{cut, thousands};
use crate::text::width;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::Areas;
use crate::tui::reading::Stage;
use crate::tui::theme::Slot;

/// Words read in a minute: the usual figure for careful reading of news.
const WORDS_A_MINUTE: usize = 250;

pub fn draw(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    title(canvas, app, inner(areas.title));
    if areas.roles.area() > 0 {
        roles(canvas, app, inner(areas.roles));
    }
    section(canvas, app, areas);
    for rule in areas.rules {
        canvas.fill(rule, '─', Slot::Rule);
    }
    for pane in [areas.contents, areas.people]
        .into_iter()
        .filter(|pane| pane.area() > 0)
    {
        let x = if pane.x == 0 {
            pane.right()
        } else {
            pane.x - 1
        };
        let line = Rect {
            x,
            width: 1,
            ..pane
        };
        canvas.fill(line, '│', Slot::Rule);
        canvas.fill(
            Rect {
                y: areas.rules[0].y,
                height: 1,
                ..line
            },
            '┬',
            Slot::Rule,
        );
        canvas.fill(
            Rect {
                y: areas.rules[1].y,
                height: 1,
                ..line
            },
            '┴',
            Slot::Rule,
        );
    }
}

/// Without the columns at both ends.
pub fn inner(area: Rect) -> Rect {
    Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    }
}

fn title(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    if area.area() == 0 {
        return;
    }
    let end = canvas.line(area, 0, &app.title(), Slot::Title);
    let meta = &app.reading.document.meta;
    let words = app.reading.words;
    let facts = [
        meta.publisher.clone(),
        meta.published.as_deref().map(day),
        words.map(|words| format!("{} words", thousands(words))),
        words.map(|words| format!("{} min", words.div_ceil(WORDS_A_MINUTE))),
    ];
    let mut room = usize::from(area.right().saturating_sub(end + 2));
    let mut shown: Vec<String> = Vec::new();
    for fact in facts.into_iter().flatten() {
        let taken = width(&fact) + if shown.is_empty() { 0 } else { 3 };
        if taken <= room {
            room -= taken;
            shown.push(fact);
        }
    }
    canvas.line_right(area, 0, &shown.join(" · "), Slot::Quiet);
}

/// An ISO 8601 date as readers write it: `25 Nov 2026`; anything else as it is.
fn day(published: &str) -> String {
    let date = published
        .get(..10)
        .and_then(|day| day.parse::<jiff::civil::Date>().ok());
    date.map_or_else(
        || published.to_owned(),
        |date| date.strftime("%-d %b %Y").to_string(),
    )
}

fn roles(canvas: &mut Canvas<'_>, app: &App, area: Rect) {
    let reading = &app.reading;
    let briefing = &reading.briefing;
    let waiting = match reading.stage {
        Stage::Waiting => "finding sections and names …",
        Stage::Partial => "finding sections and names beyond this stretch …",
        Stage::Ready => "",
    };
    let mut x = area.x;
    if reading.stage != Stage::Waiting {
        for (id, role) in briefing.lens.iter() {
            let count = reading.role_counts.get(id.0 as usize).copied().unwrap_or(0);
            let room = area.right().saturating_sub(x);
            if count == 0 || usize::from(room) < width(&role.short) + 8 {
                continue;
            }
            let from = x;
            let style = canvas.theme.role(role);
            let name = if role.letter.is_uppercase() {
                format!("{} ", role.letter)
            } else {
                String::new()
            };
            x = canvas.put((x, area.y), &name, room, style);
            let plain = canvas.theme.style(Slot::Plain);
            x = canvas.put((x, area.y), &format!("{} {count}", role.short), room, plain);
            canvas.target(
                Rect {
                    x: from,
                    width: x - from,
                    ..area
                },
                Target::Role(id),
            );
            x += 3;
        }
        if reading.other_count > 0 {
            let style = canvas.theme.style(Slot::Quiet);
            let words = if x > area.x { "other" } else { "sections" };
            x = canvas.put(
                (x, area.y),
                &format!("{words} {}", reading.other_count),
                area.right().saturating_sub(x),
                style,
            );
        }
    }
    let left = Rect {
        x: (x + 2).min(area.right()),
        width: area.right().saturating_sub(x + 2),
        ..area
    };
    canvas.line_right(left, 0, &cut(waiting, left.width), Slot::Quiet);
}

/// Which section of how many, what it is called, and what it does.
fn section(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let area = areas.section;
    if area.area() == 0 {
        return;
    }
    let area = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let Some(id) = app.reading.section() else {
        return;
    };
    let sections = &app.reading.outline().sections;
    let section = &sections[id as usize];
    let mut right = area.right();
    if let Some((role, label, basis)) = app.reading.role_of(id) {
        let role_style = canvas.theme.role(app.reading.briefing.lens.role(role));
        let label = label.to_uppercase();
        let basis = format!(" ({basis})");
        right = area
            .right()
            .saturating_sub((width(&label) + width(&basis)) as u16);
        let end = canvas.put((right, area.y), &label, area.right() - right, role_style);
        let quiet = canvas.theme.style(Slot::Quiet);
        canvas.put((end, area.y), &basis, area.right() - end, quiet);
        canvas.target(
            Rect {
                x: right,
                width: area.right() - right,
                ..area
            },
            Target::Role(role),
        );
    }
    let number = format!("{} of {}", id + 1, sections.len());
    let left = Rect {
        width: right.saturating_sub(area.x + 1),
        ..area
    };
    let end = canvas.line(left, 0, &number, Slot::Quiet);
    // Not twice: the heading itself stands right below when its section begins on the top row, and a section
    // called by its role has said its name at the right.
    let below = section.heading_block().is_some() && app.reading.anchor.at == section.range.start();
    let by_role = matches!(section.heading, Heading::Label(_));
    if !by_role && (!below || app.areas().names.area() > 0) {
        let title = section.title(&app.reading.document, &app.reading.briefing.lens);
        let rest = Rect {
            x: end + 2,
            width: left.right().saturating_sub(end + 2),
            ..left
        };
        canvas.line(rest, 0, title, Slot::Heading);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_readers_write_them() {
        for (iso, expected) in [
            ("2026-11-25", "25 Nov 2026"),
            ("2026-11-05T09:30:00Z", "5 Nov 2026"),
            ("2026-11", "2026-11"),
            ("", ""),
        ] {
            assert_eq!(day(iso), expected);
        }
    }
}
