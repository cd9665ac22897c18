use super::*;
use crate::model::{Document, Meta};

fn document(text: &str) -> Document {
    windowed(text, WINDOW)
}

fn windowed(text: &str, window: usize) -> Document {
    let mut builder = DocumentBuilder::new(text.len(), Meta::default());
    let reading = Reading {
        text,
        first_line: 1,
        look: text,
        whole: true,
    };
    read_in_windows(
        &reading,
        &mut builder,
        if acts_from_afar(text) {
            text.len()
        } else {
            window
        },
    );
    builder.finish()
}

/// One line per block: kind, level, mark of tightness, line, words.
fn shown(text: &str) -> String {
    let document = document(text);
    let line = |block: &crate::model::Block| {
        let tight = if block.tight { "·" } else { "" };
        format!(
            "{:?}/{}{tight} {}: {:?}\n",
            block.kind,
            block.level,
            block.line,
            block.range.of(&document.text)
        )
    };
    document.blocks.iter().map(line).collect()
}

#[test]
fn debug() {
    println!(
        "{}",
        shown(
            "# Title *x*\n\nPara one\ntwo  \nthree `co  de` ![alt *x*](u) ![](y)\n\n- a\n- [x] b\n  - c\n\n> quote\n>> deeper\n\n1. one\n\n   more\n2. two\n\n```rs\n\tfn x() {}\n\n```\n\n|a|b|\n|-|-|\n||2|\n\n<div>Some <b>html</b><p>x</div>\n\n***\n\nNote[^n] and [^m].\n\n[^n]: The note.\n[^m]: Other\n\n    Para\n"
        )
    );
}
