//! Pages and fragments: what is read of them, and that nothing breaks.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Anchors, Base, write};
use crate::formats::builder::DocumentBuilder;
use crate::formats::{FORMATS, Format, Held, LoadError, Options, Source};
use crate::model::{BlockKind, Document, Inline, LinkTarget, Mark, Meta};

fn written(html: &str) -> Document {
    let mut builder = DocumentBuilder::new(html.len(), Meta::default());
    write(html, &mut builder, Base::Unknown, &mut Anchors::default());
    builder.finish()
}

/// Each block as its kind and words.
fn shown(html: &str) -> Vec<String> {
    let document = written(html);
    let show = |block: &crate::model::Block| {
        let words = block
            .range
            .of(&document.text)
            .replace('\n', "/")
            .replace('\t', "|");
        let tight = if block.tight { "=" } else { "" };
        let kind = match block.kind {
            BlockKind::Title => "T".into(),
            BlockKind::Heading => format!("h{}", block.level),
            BlockKind::Paragraph => "p".into(),
            BlockKind::Item(Mark::None) => format!("i{}", block.level),
            BlockKind::Item(Mark::Bullet) => format!("*{}", block.level),
            BlockKind::Item(Mark::Number(number)) => format!("{number}.{}", block.level),
            BlockKind::Item(Mark::Task(done)) => format!("task {done}"),
            BlockKind::Item(Mark::Footnote(number)) => format!("note {number}"),
            BlockKind::Quote => format!("q{}", block.level),
            BlockKind::Code => "code".into(),
            BlockKind::TableRow { header } => if header { "th" } else { "tr" }.into(),
            BlockKind::Rule => "rule".into(),
        };
        format!("{tight}{kind} {words}")
    };
    document.blocks.iter().map(show).collect()
}

#[test]
fn elements_become_blocks() {
    for (html, expected) in [
        (
            "<h2>A <i>b</i></h2><p>c<br>d<p>e<div>f</div>g",
            &["h2 A b", "p c/d", "p e", "p f", "p g"][..],
        ),
        ("a<br><br>b", &["p a", "p b"]),
        (
            "<ul><li>a<li>b<ol start=3><li>c<li value=7>d</ol></ul>",
            &["*1 a", "=*1 b", "=3.2 c", "=7.2 d"],
        ),
        (
            "<ul><li><p>a</p><p>b</p></li><li><input type=checkbox checked>c</ul>",
            &["*1 a", "i1 b", "=task true c"],
        ),
        (
            "<blockquote><p>a</p><blockquote>b</blockquote></blockquote>",
            &["q1 a", "q2 b"],
        ),
        ("<pre>a\n  b<b>c</b></pre>", &["code a/  bc"]),
        ("<dl><dt>a<dd>b</dl>", &["*1 a", "=i1 b"]),
        ("a<hr>b", &["p a", "rule ", "p b"]),
        (
            "<figure><img alt='x' src=y><figcaption>c</figcaption></figure><img alt='a b'>",
            &["p c", "p [image: a b]"],
        ),
        (
            "<q>a</q> x<sup>2</sup> CO<sub>2</sub> 1<sup>st</sup>",
            &["p “a” x² CO2 1st"],
        ),
        (
            "<script>x</script><style>y</style><template>t</template>z<svg><text>s</text></svg>",
            &["p z"],
        ),
        (
            "<p hidden>a</p><p style='color:red; Display : none'>b</p><button>c</button><h3><button>d</button></h3>",
            &["h3 d"],
        ),
        ("a &amp; &eacute;&#x2014;b &lt;i&gt;", &["p a & é—b <i>"]),
    ] {
        assert_eq!(shown(html), expected, "{html}");
    }
}

#[test]
fn tables_of_data_are_rows_and_tables_for_looks_are_not() {
    let data = "<table><caption>c</caption><tr><th>a<th>b<tr><td rowspan=2>1<td><p>2</p><p>3</p><tr><td>4<tr><td colspan=2>5</table>";
    assert_eq!(
        shown(data),
        ["p c", "th a|b", "=tr 1|2 3", "=tr |4", "=tr 5"]
    );
    for looks in [
        "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
        "<table role=presentation><tr><td>a<td>b<tr><td>c</table>",
        "<table><tr><td>a<tr><td>b<tr><td>c</table>",
    ] {
        assert_eq!(shown(looks), ["p a", "p b", "p c"], "{looks}");
    }
}

#[test]
fn styles_and_links_go_on_over_blocks() {
    let document = written("<b>a<p>b <a href='x'>c<i>d</i></a></p></b>e");
    let style = |inline: Inline| -> Vec<&str> {
        let of = document
            .styles
            .iter()
            .filter(|style| style.inline == inline);
        of.map(|style| style.range.of(&document.text)).collect()
    };
    assert_eq!(style(Inline::Strong), ["a", "b cd"]);
    assert_eq!(style(Inline::Emphasis), ["d"]);
    assert_eq!(document.links[0].range.of(&document.text), "cd");
}

#[test]
fn footnotes_lead_there_and_back() {
    let document = written(
        "<p>a<sup><a href='#n1' id='r1'>1</a></sup> b</p><ol><li id='n1'>note <a href='#r1'>↩</a></li></ol>",
    );
    assert_eq!(document.text, "a[1] b\n\nnote ↩");
    let [there, back] = &document.links[..] else {
        panic!("{:?}", document.links);
    };
    assert_eq!(there.target, LinkTarget::Place(8));
    assert_eq!(back.target, LinkTarget::Place(2));
}

#[test]
fn fragments_share_places() {
    let (mut anchors, mut builder) = (
        Anchors::default(),
        DocumentBuilder::new(64, Meta::default()),
    );
    for (path, html) in [
        ("t/1.xhtml", "<p>see <a href='2.xhtml#x'>two</a>"),
        ("t/2.xhtml", "<p>b</p><p id=x>c"),
    ] {
        write(html, &mut builder, Base::Member(path), &mut anchors);
    }
    let document = builder.finish();
    assert_eq!(document.text, "see two\n\nb\n\nc");
    assert_eq!(document.links[0].target, LinkTarget::Place(12));
}
