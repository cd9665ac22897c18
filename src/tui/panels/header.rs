//! The top of the screen: title, publisher, date, length; sections of each role; the current section.

use ratatui::layout::Rect;

use crate::model::Heading;
use crate::text::show::thousands;
use crate::text::width;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::event::Target;
use crate::tui::layout::{Areas, inside};
use crate::tui::panels::contents::counted;
use crate::tui::reading::Stage;
use crate::tui::theme::Slot;

/// Words read in a minute: the usual figure for careful reading of news.
const WORDS_A_MINUTE: usize = 250;

/// From this many columns on roles are counted by name.
const SPELT_OUT: u16 = 108;

pub fn draw(canvas: &mut Canvas<'_>, app: &App, areas: &Areas) {
    let rest = title(canvas, app, inner(areas.title));
    if areas.roles.area() > 0 {
        let area = inner(areas.roles);
        let end = roles(canvas, app, area);
        let room = inside(area, end - area.x + 2, 0);
        facts_at_right(canvas, room, &rest);
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
    inside(area, 1, 1)
}

/// Title and what is known of the document; gives the facts there was no room for.
fn title(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> Vec<String> {
    let end = canvas.line(area, 0, &app.title(), Slot::Title);
    let meta = &app.reading.document.meta;
    let words = app.reading.words;
    let facts = [
        meta.publisher.clone(),
        meta.published.as_deref().map(day),
        words.map(|words| format!("{} words", thousands(words))),
        words.map(|words| format!("{} min", words.div_ceil(WORDS_A_MINUTE))),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let shown = facts_at_right(canvas, inside(area, end - area.x + 2, 0), &facts);
    facts.into_iter().skip(shown).collect()
}

/// Writes as many facts as there is room for at the right of `area`; gives their number.
fn facts_at_right(canvas: &mut Canvas<'_>, area: Rect, facts: &[String]) -> usize {
    let fits = |count: &usize| {
        facts
            .get(..*count)
            .is_some_and(|facts| width(&facts.join(" · ")) <= usize::from(area.width))
    };
    let count = (0..=facts.len()).rev().find(fits).unwrap_or(0);
    canvas.line_right(
        area,
        0,
        &facts.get(..count).unwrap_or_default().join(" · "),
        Slot::Quiet,
    );
    count
}

/// An ISO 8601 date as readers write it: `25 Nov 2026`; anything else as it is.
pub fn day(published: &str) -> String {
    let date = published
        .get(..10)
        .and_then(|day| day.parse::<jiff::civil::Date>().ok());
    date.map_or_else(
        || published.to_owned(),
        |date| date.strftime("%-d %b %Y").to_string(),
    )
}

/// The lens, where it is another than the standard one.
pub fn lens(app: &App) -> Option<&str> {
    let lens = &app.reading.briefing.lens;
    (!lens.is_standard()).then_some(lens.name.as_str())
}

/// How many sections do what; gives the column after the last.
fn roles(canvas: &mut Canvas<'_>, app: &App, area: Rect) -> u16 {
    let reading = &app.reading;
    let quiet = canvas.theme.style(Slot::Quiet);
    if reading.stage == Stage::Waiting {
        return canvas.line(area, 0, "finding sections and names …", Slot::Quiet);
    }
    // On narrow screens the letter alone stands for the role, and roles without a key are counted together.
    let brief = area.width < SPELT_OUT;
    let mut other = reading.other_count;
    let begin = lens(app).map_or(area.x, |lens| {
        canvas.put((area.x, area.y), lens, area.width / 3, quiet) + 3
    });
    let mut x = begin;
    for (id, role) in reading.briefing.lens.iter() {
        let count = reading.role_counts.get(id.0 as usize).copied().unwrap_or(0);
        let keyed = role.letter.is_uppercase();
        let letter = if keyed {
            format!("{} ", role.letter)
        } else {
            String::new()
        };
        let words = if brief {
            count.to_string()
        } else {
            format!("{} {count}", role.short)
        };
        let room = area.right().saturating_sub(x);
        if (brief && !keyed) || width(&letter) + width(&words) + 3 > usize::from(room) {
            other += count;
            continue;
        }
        if count == 0 {
            continue;
        }
        let style = canvas.theme.role(role);
        let plain = canvas.theme.style(Slot::Plain);
        let end = canvas.put((x, area.y), &letter, room, style);
        let end = canvas.put((end, area.y), &words, room, plain);
        canvas.target(
            Rect {
                x,
                width: end - x,
                ..area
            },
            Target::Role(id),
        );
        x = end + 3;
    }
    let mut rest = Vec::new();
    if other > 0 {
        let words = if x > begin { "other" } else { "sections" };
        rest.push(format!("{words} {other}"));
    }
    if reading.stage == Stage::Partial {
        rest.push("finding more …".into());
    }
    canvas.put(
        (x, area.y),
        &rest.join("   "),
        area.right().saturating_sub(x),
        quiet,
    )
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
    // As in contents: its extent is the reader's.
    let drawn = if section.drawn { "*" } else { "" };
    let number = format!("{}{drawn} of {}", id + 1, counted(app, sections.len()));
    let left = Rect {
        width: right.saturating_sub(area.x + 1),
        ..area
    };
    let end = canvas.line(left, 0, &number, Slot::Quiet);
    // Not twice: the heading itself stands right below when its section begins on the top row, and a section
    // called by its role has said its name at the right.
    let start = section.range.start();
    let headed = matches!(section.heading, Heading::Stated(heading, _) if heading.start() == start);
    let below = headed && app.reading.anchor.at == start;
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
