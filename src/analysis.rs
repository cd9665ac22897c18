//! The stages in order: Document → mentions → outline → entities.
//!
//! It stands apart so that the workshops never import one another: this is the only place that knows them all.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::{BlockId, Briefing, Document};
use crate::names;
use crate::sections::{Choice, Splitter};
use crate::text::TextRange;

/// Everything that can be told of `blocks`, read through the lens of `choice`; `None` once `cancelled` is set.
pub fn analyze(
    document: &Arc<Document>,
    choice: &Choice,
    blocks: Range<BlockId>,
    cancelled: &AtomicBool,
) -> Option<Briefing> {
    let going = || !cancelled.load(Ordering::Relaxed);
    let splitter = &choice.splitter;
    // A job that was given up while it waited does not begin.
    let found = going().then(|| names::find(document, blocks.clone()))?;
    let ranges: Vec<TextRange> =
        going().then(|| found.iter().map(|found| found.range).collect())?;
    let outline = splitter.outline(document, blocks, &ranges);
    let entities = going().then(|| names::link(document, &found, &outline))?;
    going().then(|| Briefing {
        document: Arc::clone(document),
        lens: Arc::clone(&splitter.lens),
        outline: Arc::new(outline),
        entities: Arc::new(entities),
        lens_notes: choice.notes.clone(),
        faults: faults(splitter),
    })
}

/// What had to be done without, of all that is built in.
fn faults(splitter: &Splitter) -> Arc<[String]> {
    let names = names::fault_sentence(names::model::fault());
    let roles = splitter.fault().map(str::to_owned);
    names.into_iter().chain(roles).collect()
}

/// Everything that can be told of the whole document through the standard lens.
pub fn analyze_whole(document: &Arc<Document>) -> Briefing {
    analyze_through(document, &Choice::standard())
}

/// Everything that can be told of the whole document through the lens of `choice`.
pub fn analyze_through(document: &Arc<Document>, choice: &Choice) -> Briefing {
    let all = 0..document.blocks.len() as BlockId;
    analyze(document, choice, all, &AtomicBool::new(false)).expect("nobody cancels it")
}
