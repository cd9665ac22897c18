//! What comes from the threads: a document that was read, what was found in it, and what went wrong on the way.

use std::sync::Arc;

use crate::tui::app::{App, Wanted};
use crate::tui::event::{Coverage, Effect, Loaded};
use crate::tui::overlay::Overlay;
use crate::tui::page::Anchor;
use crate::tui::reading::Stage;

impl App {
    pub(super) fn take(&mut self, loaded: Loaded) {
        if let Some(opening) = self.opening.take() {
            return self.arrive(opening, loaded);
        }
        let grown = self.loading;
        self.loading = !loaded.is_whole();
        self.progress = self.progress.filter(|_| self.loading);
        self.keep_pick(&loaded.document);
        // What it offers stood in the old text.
        if matches!(self.overlay, Some(Overlay::Copying(_))) {
            self.overlay = None;
        }
        self.selection = None;
        self.spot = None;
        if let Some(notice) = loaded.document.meta.notice.clone() {
            self.notice = Some(notice);
        }
        let resumed = grown && loaded.is_whole() && !self.moved();
        if !grown {
            self.note_changes(&loaded);
        }
        self.search.only_wanted |= self.reading.only.is_some();
        self.reading.replace(loaded);
        if resumed {
            self.resume();
        }
        if self.wanted == Some(Wanted::End) {
            let viewport = self.viewport();
            self.reading.anchor = self.reading.page(viewport).bottom(viewport.height);
        }
        self.analyze();
        self.search_again();
        self.refresh_overlay();
    }

    pub(super) fn load_failed(&mut self, why: String) {
        if let Some(opening) = self.opening.take() {
            return self.opening_failed(&opening, why);
        }
        if self.loading && self.run == 0 {
            // The rest of a file that was only begun: half a document must not pass for the whole.
            return self.effects.push(Effect::Quit(1, Some(why)));
        }
        self.progress = None;
        self.notice = Some(why);
        self.changes.failed();
        if std::mem::take(&mut self.loading) {
            // It was read again while it was still being read, so its rest will not come.
            self.reading.stop_at_what_is_read();
        }
        if self.reading.stage != Stage::Ready {
            // What was being found belongs to the run before, and is not awaited any more.
            self.analyze();
        }
    }

    pub(super) fn analyze(&mut self) {
        let document = Arc::clone(&self.reading.document);
        if !self.loading {
            // Before the analysis, so that sections come as the reader left them.
            let document = Arc::clone(&document);
            self.effects.push(Effect::Recall(self.run, document));
        }
        self.effects.push(Effect::Analyze(
            self.run,
            document,
            self.reading.anchor.at,
            self.lens.place.clone(),
        ));
    }

    /// Says what had to be done without: once, and beside what else there is to say.
    pub(super) fn tell_faults(&mut self, faults: &Arc<[String]>) {
        if self.faults != *faults {
            let said = self.notice.take().into_iter();
            let said: Vec<String> = said.chain(faults.iter().cloned()).collect();
            self.notice = (!said.is_empty()).then(|| said.join("; "));
            self.faults = Arc::clone(faults);
        }
    }

    /// Tells of corrections that fit the text no longer.
    pub(super) fn complain(&mut self, coverage: Coverage) {
        if coverage == Coverage::Whole && !self.loading {
            let lens = &self.reading.briefing.lens.name;
            let sections = self.reading.ledger.complaint(lens);
            let names = self.reading.ledger.names.complaint();
            let both: Vec<String> = sections.into_iter().chain(names).collect();
            if !both.is_empty() {
                self.notice = Some(both.join("; "));
            }
        }
    }

    /// Goes to the place that was asked for, as soon as it is known.
    pub(super) fn open_wanted(&mut self, coverage: Coverage) {
        let Some(Wanted::Place(wanted)) = self.wanted else {
            return;
        };
        let outline = self.reading.outline();
        let (sections, paragraphs) = (outline.sections.len(), outline.paragraphs.len());
        let section = wanted
            .section
            .filter(|number| (1..=sections).contains(number));
        // Around the place only, paragraphs have no numbers yet.
        let known = wanted.paragraph.filter(|_| coverage == Coverage::Whole);
        let paragraph = known.and_then(|number| outline.paragraphs.get(number.checked_sub(1)?));
        let block = paragraph.map(|paragraph| paragraph.block);
        let last = coverage == Coverage::Whole && !self.loading;
        if let Some(block) = block {
            self.wanted = None;
            let start = self.reading.document.blocks[block as usize].range.start();
            let home = self.reading.outline().home(&self.reading.document, start);
            let home = home.map(|id| id as usize + 1);
            if let (Some(paragraph), Some(section)) = (wanted.paragraph, wanted.section)
                && home != Some(section)
            {
                let home = home.map_or("no section".into(), |id| format!("section {id}"));
                self.notice = Some(format!("paragraph {paragraph} is in {home} of this text"));
            }
            return self.reading.jump(Anchor::to(start));
        }
        if let Some(section) = section.filter(|_| wanted.paragraph.is_none() || last) {
            self.wanted = None;
            self.go_to_section(section - 1);
        }
        if last && (section.is_none() || wanted.paragraph.is_some()) {
            self.wanted = None;
            let missing = match (wanted.paragraph, wanted.section) {
                (Some(number), _) => (number, "paragraph", paragraphs),
                (None, number) => (number.unwrap_or(0), "section", sections),
            };
            let (number, what, count) = missing;
            self.notice = Some(format!(
                "there is no {what} {number}: the document has {count}"
            ));
        }
    }
}
