//! [`Tally`]: what an office document holds that is not shown, counted on the way and told at the end.
//!
//! It stands apart because all readers of such documents leave out the same things and say so in the same words.

use super::builder::notice;
use crate::model::Meta;
use crate::text::show::thousands;

/// What was met and left out.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) changes: usize,
    pub(super) comments: usize,
    /// Lines of a table of contents.
    pub(super) contents: usize,
    pub(super) hidden: usize,
    /// Whoever waited did not want the rest.
    pub(super) stopped: bool,
}

impl Tally {
    /// Says it in the notice.
    pub(super) fn tell(&self, meta: &mut Meta) {
        let several = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            count => Some(format!("{} {many}", thousands(count))),
        };
        let changes = several(self.changes, "tracked change is", "tracked changes are")
            .map(|words| format!("{words} shown as accepted: deleted text is left out"));
        let comments = several(self.comments, "comment is", "comments are")
            .map(|words| format!("{words} left out"));
        let says = |holds: bool, sentence: &str| holds.then(|| sentence.to_owned());
        let sentences = [
            changes,
            comments,
            says(self.contents > 0, "its table of contents is left out"),
            says(self.hidden > 0, "text marked as hidden is left out"),
            says(self.stopped, "reading was stopped: the rest is missing"),
        ];
        for sentence in sentences.into_iter().flatten() {
            notice(meta, &sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_said_once() {
        let mut meta = Meta::default();
        Tally::default().tell(&mut meta);
        assert_eq!(meta.notice, None);
        let tally = Tally {
            changes: 2,
            comments: 1,
            ..Tally::default()
        };
        tally.tell(&mut meta);
        let expected = "2 tracked changes are shown as accepted: deleted text is left out; 1 comment is left out";
        assert_eq!(meta.notice.as_deref(), Some(expected));
    }
}
