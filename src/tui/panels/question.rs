//! The box under the list of people: what is asked before a name is mended, and what the answer will do.

use ratatui::layout::Rect;

use crate::model::Entity;
use crate::text::TextRange;
use crate::text::show::plural;
use crate::text::wrap::wrap;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::canvas::Canvas;
use crate::tui::layout::row;
use crate::tui::line::Input;
use crate::tui::overlay::People;
use crate::tui::panels::hints::Hint;
use crate::tui::question::{Question, called};
use crate::tui::reading::Reading;
use crate::tui::theme::Slot;

/// Draws the question at the foot of `area`; gives what is left above it.
pub fn draw(canvas: &mut Canvas<'_>, app: &App, people: &People, area: Rect) -> Rect {
    let Some(question) = &people.question else {
        return area;
    };
    let columns = usize::from(area.width.max(1));
    let rows: Vec<(String, Slot)> = lines(app, people, question)
        .into_iter()
        .flat_map(|(words, slot)| {
            let rows = wrap(&words, TextRange::new(0, words.len()), columns);
            let rows: Vec<_> = rows
                .iter()
                .map(|row| (row.of(&words).to_owned(), slot))
                .collect();
            rows
        })
        .collect();
    let most = area.height.saturating_sub(2);
    let height = (rows.len() as u16).min(most);
    let left = Rect {
        height: area.height.saturating_sub(height + 1),
        ..area
    };
    let line = Rect {
        y: left.bottom(),
        height: 1,
        ..area
    };
    canvas.fill(line, '─', Slot::Rule);
    // What is typed stands in the last row, and must be seen.
    let skipped = rows.len() - usize::from(height);
    for ((words, slot), number) in rows.iter().skip(skipped).zip(1..) {
        canvas.fill(
            row(
                Rect {
                    y: left.bottom(),
                    height: area.height,
                    ..area
                },
                number,
            ),
            ' ',
            Slot::Plain,
        );
        canvas.line(
            Rect {
                y: left.bottom(),
                height: height + 1,
                ..area
            },
            number,
            words,
            *slot,
        );
    }
    left
}

/// What the keys do while it is open.
pub fn hints(question: &Question) -> Vec<Hint> {
    let open = |word| Hint::of(&[(Action::Open, "Enter")], word);
    let escape = Hint::of(&[(Action::Escape, "Esc")], "give up");
    let select = Hint::of(&[(Action::LineDown, "j"), (Action::LineUp, "k")], "select");
    match question {
        Question::Merge(_) => vec![
            open("merge"),
            escape,
            select,
            Hint::of(&[(Action::Find, "/")], "filter"),
        ],
        Question::Split(..) => vec![
            Hint::of(&[], "Space choose"),
            Hint::of(&[(Action::SplitName, "s")], "all like it"),
            open("go on"),
            escape,
            select,
        ],
        Question::Give(..) => vec![open("give"), escape, Hint::of(&[], "Tab name on the list")],
        Question::Rename(..) => vec![open("rename"), escape],
    }
}

fn lines(app: &App, people: &People, question: &Question) -> Vec<(String, Slot)> {
    let reading = &app.reading;
    let entities = &reading.briefing.entities.entities;
    let Some(entity) = entities.get(question.about() as usize) else {
        return Vec::new();
    };
    let name = &entity.name;
    match question {
        Question::Merge(from) => {
            let other = people.selected().filter(|id| id != from);
            let other = other.and_then(|id| entities.get(id as usize));
            vec![(merged(entity, other), Slot::Notice)]
        }
        Question::Split(_, chosen) => {
            let all = plural(entity.mentions.len(), "mention");
            let words = format!("Which of {all} are not “{name}”? {} chosen.", chosen.len());
            vec![(words, Slot::Notice)]
        }
        Question::Give(_, chosen, input) => {
            let count = plural(chosen.len(), "mention");
            let words = format!(
                "{count} of “{name}” will be of {}:",
                whose(reading, question, entity)
            );
            vec![(words, Slot::Notice), (typed(input), Slot::Key)]
        }
        Question::Rename(_, input) => {
            vec![
                (format!("“{name}” will be called:"), Slot::Notice),
                (typed(input), Slot::Key),
            ]
        }
    }
}

/// What is typed, with a mark where the next letter goes.
fn typed(input: &Input) -> String {
    let (before, after) = input.halves();
    format!("{before}_{after}")
}

/// What merging will do.
fn merged(entity: &Entity, other: Option<&Entity>) -> String {
    let told = |it: &Entity| {
        let kind = it.kind.row().name;
        format!("“{}” ({kind}, {})", it.name, it.mentions.len())
    };
    match other {
        None => format!("Merge {} into which name? Select it.", told(entity)),
        Some(other) => {
            let all = plural(entity.mentions.len() + other.mentions.len(), "mention");
            format!("{} will be {}: one name, {all}.", told(entity), told(other))
        }
    }
}

/// Who the chosen mentions will be of, from what is typed so far.
fn whose(reading: &Reading, question: &Question, entity: &Entity) -> String {
    let Question::Give(id, _, input) = question else {
        return String::new();
    };
    match called(reading, &input.text, *id) {
        Some(other) => format!("this {} on the list", other.kind.row().name),
        None => format!("a new {}", entity.kind.row().name),
    }
}
