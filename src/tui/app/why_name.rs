//! Why a name is on the list, has its kind and its forms: lines for the page of reasons.
//!
//! Apart from the page, as a name has as many reasons as mentions.

use std::collections::HashSet;

use crate::model::{EntityId, Mention};
use crate::text::TextRange;
use crate::text::show::plural;
use crate::tui::app::App;
use crate::tui::app::open::Lines;
use crate::tui::theme::Slot;

/// So many mentions of the chosen name are told one by one; the export tells all.
const MOST: usize = 200;

impl App {
    /// All that speaks for one name, mention by mention.
    pub(super) fn why_name(&self, id: EntityId) -> Lines {
        let entities = &self.reading.briefing.entities;
        let entity = &entities.entities[id as usize];
        let count = plural(entity.mentions.len(), "mention");
        let mut lines: Lines = vec![
            ("THIS NAME".into(), Slot::Heading),
            (
                format!("{}: {}, {count}", entity.name, entity.kind.row().name),
                Slot::Plain,
            ),
            (
                format!("    {}", entities.why(id, entities.mentions_of(id))),
                Slot::Quiet,
            ),
        ];
        lines.extend(self.doubts(id));
        for mention in entities.mentions_of(id).take(MOST) {
            let form = mention.range.of(&self.reading.document.text);
            lines.push((format!("{} “{form}”", self.place(mention)), Slot::Plain));
            lines.extend(self.grounds(mention));
        }
        if let Some(more) = entity
            .mentions
            .len()
            .checked_sub(MOST)
            .filter(|&more| more > 0)
        {
            let words = format!(
                "{} not shown here: --to json tells all",
                plural(more, "more mention")
            );
            lines.push((words, Slot::Notice));
        }
        lines.push((String::new(), Slot::Plain));
        lines
    }

    /// Every name in `range`, with what speaks for its first mention there.
    pub(super) fn why_names(&self, range: TextRange) -> Lines {
        let entities = &self.reading.briefing.entities;
        let mut seen = HashSet::new();
        let mut lines = Lines::new();
        for mention in entities
            .mentions_in(range)
            .iter()
            .filter(|mention| seen.insert(mention.entity))
        {
            let entity = &entities.entities[mention.entity as usize];
            let form = mention.range.of(&self.reading.document.text);
            let alias = if form == entity.name {
                String::new()
            } else {
                format!(" (here “{form}”)")
            };
            let kind = entity.kind.row().name;
            lines.push((format!("{}{alias}: {kind}", entity.name), Slot::Plain));
            lines.extend(self.grounds(mention));
            lines.extend(self.doubts(mention.entity));
        }
        if lines.is_empty() {
            lines.push(("no name stands here".into(), Slot::Quiet));
        }
        lines
    }

    /// What found, typed and joined one mention.
    fn grounds(&self, mention: &Mention) -> Lines {
        let (text, entities) = (&self.reading.document.text, &self.reading.briefing.entities);
        let kind = mention.reasons.kind.row().name;
        let mut lines = vec![
            format!("    found: {}", mention.found(text)),
            format!("    {kind}: {}", mention.reasons.typed()),
        ];
        lines.extend(
            entities
                .joined(mention, text)
                .map(|joined| format!("    joined: {joined}")),
        );
        lines.into_iter().map(|line| (line, Slot::Quiet)).collect()
    }

    fn doubts(&self, id: EntityId) -> Lines {
        let doubts = self.reading.briefing.entities.doubts(id).into_iter();
        doubts
            .map(|doubt| (format!("    unsure: {doubt}"), Slot::Notice))
            .collect()
    }

    /// The paragraph of a mention: `p9`.
    fn place(&self, mention: &Mention) -> String {
        let block = self.reading.document.block_at(mention.range.start());
        let number = block.and_then(|block| self.reading.paragraph_number(block));
        number.map_or("heading".into(), |number| format!("p{number}"))
    }
}
