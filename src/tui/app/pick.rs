//! Picking sentences with the keys: what is then copied, highlighted or noted.
//!
//! One end is where picking began; the other grows and shrinks. Moving about takes the pick along, so that any
//! sentence is reached with the keys that lead there anyway.

use crate::model::{BlockKind, Document};
use crate::text::TextRange;
use crate::text::show::plural;
use crate::tui::action::Action;
use crate::tui::app::{App, Pane};
use crate::tui::page::{Anchor, PageRow, Part};

/// Sentences picked: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pick {
    /// Where picking began.
    first: TextRange,
    /// The end that moves; before `first` where the reader went back.
    head: TextRange,
    count: usize,
}

impl Pick {
    pub fn new(sentence: TextRange) -> Self {
        Self {
            first: sentence,
            head: sentence,
            count: 1,
        }
    }

    /// All that is picked.
    pub fn range(self) -> TextRange {
        TextRange::new(
            self.first.start().min(self.head.start()),
            self.first.end().max(self.head.end()),
        )
    }

    /// The sentence at the end that moves.
    pub fn head(self) -> TextRange {
        self.head
    }

    /// `2 sentences`.
    pub fn words(self) -> String {
        plural(self.count, "sentence")
    }

    /// Moves the head to the sentence after or before it, if there is one.
    fn step(&mut self, to: Option<TextRange>) -> bool {
        let Some(to) = to else { return false };
        let away = |head: TextRange| head.start().abs_diff(self.first.start());
        if away(to) > away(self.head) {
            self.count += 1;
        } else {
            self.count -= 1;
        }
        self.head = to;
        true
    }
}

impl App {
    /// Whether keys mean what they mean while picking.
    pub fn is_picking(&self) -> bool {
        self.pick.is_some() && self.overlay.is_none() && self.focus == Pane::Text
    }

    /// What is about picking; whether `action` is that.
    pub(super) fn pick_took(&mut self, action: Action) -> bool {
        match action {
            Action::Pick if self.is_picking() => self.pick = None,
            Action::Pick => {
                self.focus = Pane::Text;
                self.pick_here();
            }
            Action::PickMore => self.stretch(true),
            Action::PickFewer => self.stretch(false),
            Action::PickNext => self.pick_beside(true),
            Action::PickPrevious => self.pick_beside(false),
            Action::NextParagraph if self.is_picking() => self.pick_paragraph(true),
            Action::PreviousParagraph if self.is_picking() => self.pick_paragraph(false),
            Action::Highlight | Action::Note => {}
            _ => return false,
        }
        true
    }

    /// Picks where the reader is: what the mouse was dragged over, the sentence of the hit or mention that was gone
    /// to, else the first that begins on the screen.
    pub(super) fn pick_here(&mut self) {
        if let Some(dragged) = self.dragged() {
            self.selection = None;
            return self.pick_over(dragged);
        }
        match self.sentence_here() {
            Some(sentence) => self.pick = Some(Pick::new(sentence)),
            None => self.notice = Some("there is no sentence here to pick".into()),
        }
        self.show_pick();
    }

    /// The sentence of the hit or mention that was gone to, else the first that begins on the screen.
    pub(super) fn sentence_here(&self) -> Option<TextRange> {
        let hit = self.search.current_hit().map(TextRange::start);
        let marked = [hit, self.spot].into_iter().flatten();
        let marked = marked.into_iter().find(|&at| self.on_screen(at));
        marked
            .and_then(|at| self.reading.document.sentence_at(at))
            .or_else(|| self.first_sentence())
    }

    pub(super) fn pick_at(&mut self, offset: usize) {
        if let Some(sentence) = self.reading.document.sentence_at(offset) {
            self.pick = Some(Pick::new(sentence));
            self.show_pick();
        }
    }

    /// All sentences that `range` touches.
    fn pick_over(&mut self, range: TextRange) {
        let document = &self.reading.document;
        let Some(first) = document.sentence_at(range.start()) else {
            return;
        };
        let mut pick = Pick::new(first);
        while pick.head.end() < range.end() {
            let next = document.sentence_after(pick.head);
            if !pick.step(next.filter(|next| next.start() < range.end())) {
                break;
            }
        }
        self.pick = Some(pick);
    }

    /// The first sentence under a heading that begins on the screen; the one that fills it where none does.
    fn first_sentence(&self) -> Option<TextRange> {
        let viewport = self.viewport();
        let rows = self
            .reading
            .page(viewport)
            .rows(self.reading.anchor, viewport.height);
        let mut words = rows
            .iter()
            .filter(|row| row.part != Part::Above && !row.range().is_empty());
        let (top, last) = (words.next()?.range(), words.next_back());
        let end = last.map_or(top, PageRow::range).end();
        let document = &self.reading.document;
        let here = document.sentence_at(top.start());
        let begun = std::iter::successors(here, |it| document.sentence_after(*it))
            .skip_while(|sentence| sentence.start() < top.start())
            .take_while(|sentence| sentence.start() < end);
        let is_heading = |sentence: &TextRange| {
            let block = document.block_at(sentence.start());
            let kind = block.map(|id| document.blocks[id as usize].kind);
            matches!(kind, Some(BlockKind::Title | BlockKind::Heading))
        };
        let mut begun = begun.peekable();
        let first = begun.peek().copied();
        begun.find(|it| !is_heading(it)).or(first).or(here)
    }

    fn stretch(&mut self, forwards: bool) {
        let Some(mut pick) = self.pick else { return };
        if pick.step(self.beside(pick.head, forwards)) {
            self.pick = Some(pick);
        } else {
            self.notice = Some(edge(forwards).into());
        }
        self.show_pick();
    }

    /// Picks the sentence beside all that is picked, and no other.
    fn pick_beside(&mut self, forwards: bool) {
        let Some(pick) = self.pick else { return };
        let from = if forwards == (pick.head >= pick.first) {
            pick.head
        } else {
            pick.first
        };
        match self.beside(from, forwards) {
            Some(sentence) => self.pick = Some(Pick::new(sentence)),
            None => self.notice = Some(edge(forwards).into()),
        }
        self.show_pick();
    }

    /// Picks the first sentence of the paragraph after or before.
    fn pick_paragraph(&mut self, forwards: bool) {
        let Some(pick) = self.pick else { return };
        let at = pick.range().start();
        match self.reading.paragraph_from(at, forwards) {
            Some(start) => self.pick_at(start),
            None => self.notice = Some(edge(forwards).into()),
        }
    }

    /// The sentence after or before, among those that can be seen.
    fn beside(&self, sentence: TextRange, forwards: bool) -> Option<TextRange> {
        let document = &self.reading.document;
        if forwards {
            return document.sentence_after(sentence);
        }
        let top = self.reading.page(self.viewport()).top().at;
        let before = document.sentence_before(sentence);
        before.filter(|before| before.start() >= top)
    }

    /// Brings the end that moves on the screen: all of it where there is room, else its beginning.
    fn show_pick(&mut self) {
        let Some(pick) = self.pick else { return };
        let (viewport, anchor) = (self.viewport(), self.reading.anchor);
        let page = self.reading.page(viewport);
        let last = pick.head.end().saturating_sub(1).max(pick.head.start());
        let seen = |at: usize| page.row_of(anchor, viewport.height, at).is_some();
        if seen(pick.head.start()) && seen(last) {
            return;
        }
        let lowest = page.up(Anchor::to(last), viewport.height.saturating_sub(1));
        let highest = page.up(Anchor::to(pick.head.start()), 0);
        let down = pick.head.start() >= anchor.at && lowest.at <= highest.at;
        self.reading.anchor = if down { lowest } else { highest };
    }

    /// Keeps what is picked where the new text is the same up to its end.
    pub(super) fn keep_pick(&mut self, new: &Document) {
        let old = &self.reading.document.text;
        self.pick = self.pick.filter(|pick| {
            let end = pick.range().end();
            old.as_bytes().get(..end) == new.text.as_bytes().get(..end)
        });
    }
}

fn edge(forwards: bool) -> &'static str {
    if forwards {
        "this is the last sentence"
    } else {
        "this is the first sentence"
    }
}
