//! What comes from the threads: a document that was read, what was found in it, and what went wrong on the way.

use std::sync::Arc;

use crate::tui::app::{App, Wanted};
use crate::tui::event::{Coverage, Effect, Loaded};
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

    pub(super) fn open_wanted(&mut self, coverage: Coverage) {
        let Some(Wanted::Section(wanted)) = self.wanted else {
            return;
        };
        let count = self.reading.outline().sections.len();
        if wanted >= 1 && wanted <= count {
            self.wanted = None;
            self.go_to_section(wanted - 1);
        } else if coverage == Coverage::Whole && !self.loading {
            self.wanted = None;
            self.notice = Some(format!(
                "there is no section {wanted}: the document has {count}"
            ));
        }
    }
}
