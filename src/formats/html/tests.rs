//! Pages and fragments: what is read of them, and that nothing breaks.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Anchors, Base, write};
use crate::formats::builder::DocumentBuilder;
use crate::formats::{self, FORMATS, Held, LoadError, Options, Source, Step};
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

/// Opens bytes as a file called `page.html` would be.
fn opened(bytes: &[u8]) -> Result<Document, LoadError> {
    let held = Held {
        name: "page.html".into(),
        format: FORMATS.iter().find(|format| format.name == "html"),
        bytes: Arc::from(bytes),
        meta: Meta::default(),
    };
    let read = formats::read(&Source::Held(Arc::new(held)), &Options::default())?;
    Ok(read.document().expect("a page is one document"))
}

const PAGE: &str = include_str!("../../../tests/data/release.html");

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

#[test]
fn a_release_keeps_its_parts_and_loses_its_furniture() {
    let document = opened(PAGE.as_bytes()).expect("readable");
    let meta = &document.meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("Harbour Board closes the northern locks until spring")
    );
    assert_eq!(meta.author.as_deref(), Some("Mara Quist, Ole Brandt"));
    assert_eq!(meta.publisher.as_deref(), Some("Harbour Board"));
    assert_eq!(meta.published.as_deref(), Some("2026-11-19T09:00:00+01:00"));
    assert_eq!(meta.notice, None);
    assert_eq!(document.blocks[0].kind, BlockKind::Title);
    let headings: Vec<(&str, u32)> = document
        .blocks
        .iter()
        .filter(|block| block.is_heading())
        .map(|block| (block.range.of(&document.text), block.line))
        .collect();
    assert_eq!(
        headings,
        [
            ("What changes", 40),
            ("Dates", 49),
            ("Reactions", 56),
            ("Notes for editors", 63)
        ]
    );
    for kept in [
        "Ships over 60 metres",
        "Lock\tCloses\tOpens",
        "“nobody asked us”",
        "The survey is of 12 October",
        "at night.[1]",
    ] {
        assert!(document.text.contains(kept), "{kept}: {}", document.text);
    }
    for gone in [
        "cookies",
        "Subscribe",
        "Home",
        "Advertisement",
        "angry_skipper",
        "tracker",
        "Read also",
        "color",
    ] {
        assert!(!document.text.contains(gone), "{gone}: {}", document.text);
    }
}

#[test]
fn a_page_without_an_article_is_shown_whole_and_says_so() {
    let links: String = (0..30)
        .map(|at| format!("<li><a href='/{at}'>Report number {at}</a></li>"))
        .collect::<Vec<_>>()
        .concat();
    let page = format!(
        "<!doctype html><title>Reports</title><nav><a href='/'>Home</a></nav><ul>{links}</ul><footer>Imprint</footer>"
    );
    let document = opened(page.as_bytes()).expect("readable");
    assert!(
        document.text.contains("Report number 0\nReport number 1")
            && document.text.contains("number 29")
    );
    assert!(!document.text.contains("Home") && !document.text.contains("Imprint"));
    assert!(
        document
            .meta
            .notice
            .is_some_and(|notice| notice.contains("no article was found"))
    );
    for short in [
        "<html><body><p>One sentence.",
        "<html><nav>Only a menu</nav>",
        "<!doctype html>Bare words",
    ] {
        let document = opened(short.as_bytes()).expect("readable");
        assert!(document.blocks.len() == 1, "{short}: {}", document.text);
    }
}

#[test]
fn a_long_page_is_begun_before_it_is_read() {
    let paragraphs: String = (0..12_000)
        .map(|at| format!("<p>In part {at} the harbour office says, at length, <b>what</b> ships must do.</p>\n"))
        .collect::<Vec<_>>().concat();
    let page = format!(
        "<!doctype html><title>Long</title><nav><a href=/>Home</a></nav><article>{paragraphs}</article>"
    );
    let held = Held {
        name: "long.html".into(),
        format: None,
        bytes: Arc::from(page.as_bytes()),
        meta: Meta::default(),
    };
    let heads = std::cell::RefCell::new(Vec::new());
    let watch = |step: Step| {
        if let Step::Head(head) = step {
            heads.borrow_mut().push(*head);
        }
        true
    };
    let opened =
        formats::open(&Source::Held(Arc::new(held)), &Options::default(), &watch).expect("open");
    let rest = opened.rest.expect("a page is read beside the screen");
    let whole = rest
        .read(&watch)
        .expect("readable")
        .document()
        .expect("one document");
    let [begun] = &heads.borrow()[..] else {
        panic!("no beginning")
    };
    assert_eq!(begun.check(), Vec::<String>::new());
    assert!(begun.blocks.len() > 1000 && begun.blocks.len() < whole.blocks.len());
    assert!(
        whole.text.starts_with(&begun.text),
        "the place of the reader would be lost"
    );
}

#[test]
fn what_is_a_page_is_known_by_how_it_begins() {
    for page in [
        "<!DOCTYPE html>",
        "\u{feff} \n<!doctype HTML PUBLIC",
        "<html lang=en>",
        "<!-- a --><HTML>",
        "<?xml version='1.0'?>\n<!DOCTYPE html>",
        "<body>",
    ] {
        assert!(super::knows(page.as_bytes()), "{page}");
    }
    for other in [
        "# Title",
        "<div align=center>",
        "<htmlx>",
        "text <html>",
        "<!-- never closed <html>",
        "<?xml?><rss>",
        "",
    ] {
        assert!(!super::knows(other.as_bytes()), "{other}");
    }
}

#[test]
fn what_is_no_page_is_told() {
    let text = opened(b"One line.\n\nAnother, 1 < 2.\n").expect("readable");
    assert_eq!(text.blocks.len(), 2);
    assert!(
        text.meta
            .notice
            .is_some_and(|notice| notice.contains("no HTML"))
    );
    let program = opened(b"\x7fELF\x02\0\0\0\0 and so on")
        .expect_err("no text")
        .to_string();
    assert_eq!(
        program,
        "page.html could not be read as html: it has a zero byte at 5, so it is no text; open it with its own program"
    );
    let empty = opened(b"<html><script>only()</script></html>")
        .expect_err("nothing in it")
        .to_string();
    assert!(empty.contains("is empty"), "{empty}");
}

#[test]
fn hostile_pages_cost_no_more_than_their_size() {
    let fonts: String = (0..300)
        .map(|size| format!("<font size={size}>"))
        .collect::<Vec<_>>()
        .concat();
    let attributes: String = (0..100_000)
        .map(|at| format!(" a{at}=x"))
        .collect::<Vec<_>>()
        .concat();
    for page in [
        format!("<html>{}deep", "<div>".repeat(100_000)),
        format!(
            "<html>{}deep{}",
            "<ul><li>".repeat(100_000),
            "</li></ul>".repeat(100_000)
        ),
        format!("<html>{}deep", "<blockquote><p>".repeat(50_000)),
        format!("<html>{}deep", "<table><tr><td>".repeat(50_000)),
        format!("<html>{fonts}{}deep", "<p>x".repeat(50_000)),
        format!("<html><p{attributes}>deep"),
        format!("<html>{}deep", "<br>".repeat(100_000)),
        format!("<html>{}deep", "<a><div></a>".repeat(50_000)),
        format!("<html>{}deep", "<span><div></span>".repeat(50_000)),
        format!("<html>{}deep", "<svg>".repeat(100_000)),
        format!("<html>{}deep", "<sup>1".repeat(50_000)),
        format!("<html><table>{}deep", "<b>x<tr>".repeat(20_000)),
    ] {
        let begun = std::time::Instant::now();
        let document = opened(page.as_bytes()).unwrap_or_else(|why| panic!("{page:.40}: {why}"));
        assert!(document.text.contains("deep"), "{page:.40}");
        assert!(
            begun.elapsed().as_secs() < 20,
            "{page:.40}: {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_page_that_breaks_off_is_read_as_far_as_it_goes() {
    for end in (0..PAGE.len())
        .step_by(97)
        .filter(|end| PAGE.is_char_boundary(*end))
    {
        match opened(PAGE.get(..end).expect("a boundary").as_bytes()) {
            Ok(document) => assert_eq!(document.check(), Vec::<String>::new()),
            Err(LoadError::Empty { .. }) => {}
            Err(why) => panic!("{end}: {why}"),
        }
    }
}

/// Stretches that pages are made of, sound and broken.
const PIECES: [&str; 40] = [
    "<p>",
    "</p>",
    "<div id=a>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "<th rowspan=3>",
    "</table>",
    "<ul>",
    "<ol start=4294967295>",
    "<li>",
    "</ul>",
    "<b>",
    "</b>",
    "<a href=#a>",
    "</a>",
    "<sup>",
    "</sup>",
    "1",
    "word ",
    " ",
    "\n",
    "<br>",
    "<pre>",
    "</pre>",
    "<blockquote>",
    "</blockquote>",
    "<h1>",
    "</h1>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
    "&amp;",
    "\u{1b}[2J",
    "<img alt='a b'>",
    "<q>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_pieces_make_a_sound_document(picked in prop::collection::vec(0..PIECES.len(), 0..60)) {
        let html: String = picked.iter().map(|&at| PIECES[at]).collect();
        let document = written(&html);
        prop_assert_eq!(document.check(), Vec::<String>::new());
        if let Ok(page) = opened(format!("<html><body>{html}").as_bytes()) {
            prop_assert_eq!(page.check(), Vec::<String>::new());
            let bare = page.text.contains('\u{1b}');
            prop_assert!(!bare);
        }
    }

    #[test]
    fn flipped_bytes_break_nothing(flips in prop::collection::vec((0..PAGE.len(), any::<u8>()), 1..20)) {
        let mut bytes = PAGE.as_bytes().to_vec();
        for (at, byte) in flips {
            bytes[at] = byte;
        }
        if let Ok(page) = opened(&bytes) {
            prop_assert_eq!(page.check(), Vec::<String>::new());
        }
    }
}
