//! Word files made in memory, a matter at a time.

use super::super::zipped::{document, read, shown, zipped};
use crate::model::{Document, Inline, LinkTarget};

const STYLES: &str = "<w:styles>
    <w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/></w:style>
    <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>
    <w:style w:styleId='berschrift1'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
    <w:style w:styleId='Kapitel'><w:name w:val='Kapitel'/><w:basedOn w:val='berschrift1'/></w:style>
    <w:style w:styleId='U2'><w:name w:val='Überschrift 2'/></w:style>
    <w:style w:styleId='Zitat'><w:name w:val='Quote'/><w:rPr><w:i/></w:rPr></w:style>
    <w:style w:styleId='Quelltext'><w:name w:val='HTML Preformatted'/></w:style>
    <w:style w:styleId='V1'><w:name w:val='toc 1'/></w:style>
    <w:style w:styleId='Liste'><w:name w:val='List Bullet'/><w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>
    <w:style w:type='character' w:styleId='Fett'><w:name w:val='Strong'/><w:rPr><w:b/></w:rPr></w:style>
    </w:styles>";
const NUMBERING: &str = "<w:numbering>
    <w:abstractNum w:abstractNumId='1'>
      <w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>
      <w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='·'/></w:lvl></w:abstractNum>
    <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>
    <w:num w:numId='2'><w:abstractNumId w:val='2'/></w:num>
    </w:numbering>";
const NOTES: &str = "<w:footnotes><w:footnote w:type='separator' w:id='-1'><w:p/></w:footnote>
    <w:footnote w:id='7'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space='preserve'> Aside.</w:t></w:r></w:p></w:footnote>
    </w:footnotes>";
const CORE: &str = "<c><dc:title>Harbours</dc:title><dc:creator>Ines Caldwell</dc:creator>
    <dcterms:created>2026-11-01T08:00:00Z</dcterms:created><dcterms:modified>2026-11-24T09:00:00Z</dcterms:modified></c>";

fn file(body: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='http://x/{kind}' Target='{target}'/>")
    };
    let top = format!(
        "<r>{}</r>",
        relation("1", "officeDocument", "word/document.xml")
    );
    let below = format!(
        "<r>{}{}{}<Relationship Id='L' Type='x/hyperlink' Target='https://a.example/' TargetMode='External'/></r>",
        relation("2", "styles", "styles.xml"),
        relation("3", "numbering", "numbering.xml"),
        relation("4", "footnotes", "/word/footnotes.xml"),
    );
    let text = format!("<w:document><w:body>{body}<w:sectPr/></w:body></w:document>");
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &top),
        ("word/_rels/document.xml.rels", &below),
        ("word/document.xml", &text),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
        ("word/footnotes.xml", NOTES),
        ("docProps/core.xml", CORE),
    ])
}

fn paragraph(style: &str, inside: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{inside}</w:p>")
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

fn of(body: &str) -> Document {
    document(&file(body), "docx")
}

/// What `body` shows.
fn check(body: &str, expected: &str) {
    assert_eq!(shown(&of(body)), expected, "{body}");
}

#[test]
fn paragraphs_are_what_their_styles_say() {
    let styles = [
        ("Titel", "T"),
        ("berschrift1", "A"),
        ("Standard", "a"),
        ("U2", "B"),
        ("Kapitel", "C"),
        ("Zitat", "q"),
        ("Quelltext", "x  y"),
        ("Quelltext", "z"),
        ("Liste", "i"),
        ("Liste", "j"),
        ("unknown", "b"),
    ];
    let body: String = styles
        .iter()
        .map(|(style, words)| paragraph(style, &run(words)))
        .collect();
    check(
        &body,
        "= T\n# A\na\n## B\n# C\n> q\n` x  y / z\n- i\n- j\nb",
    );
}

#[test]
fn lists_are_numbered_and_headings_keep_their_numbers() {
    let item = |level: u8, words: &str| {
        let place = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>");
        format!("<w:p><w:pPr>{place}</w:pPr>{}</w:p>", run(words))
    };
    let heading =
        "<w:p><w:pPr><w:outlineLvl w:val='1'/><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>";
    let body = [
        item(0, "one"),
        item(1, "first"),
        item(1, "second"),
        item(0, "two"),
        format!("{heading}{}</w:p>", run("Three")),
    ];
    check(
        &body.concat(),
        "1. one\n  . (a) first\n  . (b) second\n2. two\n## 3. Three",
    );
}

#[test]
fn changes_are_shown_as_accepted_and_told() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>thirty</w:delText></w:r></w:del>{}</w:p>\
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p><w:p>{}</w:p>",
        run("within "),
        run("ninety"),
        run(" days."),
        run("one "),
        run("paragraph."),
    );
    let document = of(&body);
    assert_eq!(shown(&document), "within ninety days.\none paragraph.");
    let notice = document.meta.notice.expect("said");
    assert_eq!(
        notice,
        "2 tracked changes are shown as accepted: deleted text is left out"
    );
}

#[test]
fn runs_links_and_notes_are_kept() {
    let body = "<w:p><w:r><w:t>See </w:t></w:r><w:hyperlink r:id='L'><w:r><w:rPr><w:rStyle w:val='Fett'/></w:rPr><w:t>the</w:t></w:r>\
        <w:r><w:t xml:space='preserve'> decree</w:t></w:r></w:hyperlink><w:r><w:rPr><w:i/></w:rPr><w:t>!</w:t></w:r>\
        <w:r><w:footnoteReference w:id='7'/></w:r><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://b.example/\" </w:instrText></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>there</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>";
    let document = of(body);
    assert_eq!(
        shown(&document),
        "See the decree![1].\nthere\n[1]: Aside. ↩"
    );
    let addresses = document.links.iter().filter_map(|link| match &link.target {
        LinkTarget::Url(address) => Some((link.range.of(&document.text), &**address)),
        LinkTarget::Place(_) => None,
    });
    let expected = [
        ("the decree", "https://a.example/"),
        ("there", "https://b.example/"),
    ];
    assert_eq!(addresses.collect::<Vec<_>>(), expected);
    let styles = document
        .styles
        .iter()
        .map(|style| (style.range.of(&document.text), style.inline));
    assert_eq!(
        styles.collect::<Vec<_>>(),
        [("the", Inline::Strong), ("!", Inline::Emphasis)]
    );
}

#[test]
fn tables_of_data_are_rows_and_others_are_paragraphs() {
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let wide = "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr><w:p/><w:p><w:r><w:t>both</w:t></w:r></w:p></w:tc>";
    let row = |cells: &str| format!("<w:tr>{cells}</w:tr>");
    let table = |rows: &str| format!("<w:tbl><w:tblPr/>{rows}</w:tbl>");
    let gone = format!(
        "<w:tr><w:trPr><w:del/></w:trPr>{}{}</w:tr>",
        cell("x"),
        cell("y")
    );
    let rows = [
        row(&(cell("a") + &cell("b"))),
        gone,
        row(wide),
        row(&(cell("") + &cell("c"))),
    ];
    check(&table(&rows.concat()), "|| a | b\n| both | \n|  | c");
    check(&table(&row(&cell("framed"))), "framed");
    let nested = format!("<w:tc>{}</w:tc>", table(&row(&(cell("k") + &cell("v")))));
    check(
        &table(&row(&(nested + &cell("beside")))),
        "|| k | v\nbeside",
    );
}

#[test]
fn what_is_not_text_is_left_out() {
    let shape = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:docPr descr='A crane'/><pic:pic/><w:txbxContent>\
        <w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>\
        <w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback>\
        </mc:AlternateContent></w:r>";
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:commentReference w:id='1'/></w:r>";
    let body = format!(
        "{}<w:p>{}{shape}{hidden}{}</w:p>",
        paragraph("V1", &run("Contents 3")),
        run("Before it, "),
        run("."),
    );
    let document = of(&body);
    assert_eq!(
        shown(&document),
        "Before it, [image: A crane].\nIn the box."
    );
    let notice = document.meta.notice.expect("said");
    for left_out in [
        "1 comment is left out",
        "table of contents",
        "marked as hidden",
    ] {
        assert!(notice.contains(left_out), "{notice}");
    }
}

#[test]
fn the_file_says_who_wrote_it_and_when() {
    let document = of(&format!("<w:p>{}</w:p>", run("The cranes stop.")));
    let meta = &document.meta;
    assert_eq!(
        (meta.title.as_deref(), meta.author.as_deref()),
        (Some("Harbours"), Some("Ines Caldwell"))
    );
    assert_eq!(meta.published.as_deref(), Some("2026-11-24T09:00:00Z"));
    let titled = of(&paragraph("Titel", &run("Cranes")));
    assert_eq!(
        (titled.meta.title.as_deref(), titled.title()),
        (None, Some("Cranes"))
    );
}

#[test]
fn pages_are_those_that_word_laid_out() {
    let body = format!(
        "<w:p>{}</w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p><w:p>{}</w:p>",
        run("one"),
        run("still two")
    );
    let pages: Vec<Option<u32>> = of(&body)
        .blocks
        .iter()
        .map(|block| block.page.map(u32::from))
        .collect();
    assert_eq!(pages, [Some(1), Some(2), Some(2)]);
    let inside = of(
        "<w:p><w:r><w:t>one and </w:t><w:lastRenderedPageBreak/><w:t>two</w:t></w:r></w:p>\
         <w:p><w:r><w:t>both</w:t></w:r></w:p>",
    );
    let page_of = |words: &str| {
        inside
            .page_at(inside.text.find(words).unwrap())
            .map(u32::from)
    };
    assert_eq!(
        ["one", "two", "both"].map(page_of),
        [Some(1), Some(2), Some(2)]
    );
    assert_eq!(
        of(&format!("<w:p>{}</w:p>", run("one"))).blocks[0].page,
        None
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let deep = |name: &str| format!("<w:{name}>").repeat(5000);
    let boxes = "<w:p><w:txbxContent>".repeat(50) + &"</w:txbxContent></w:p>".repeat(50);
    let laughs = (
        "word/document.xml",
        "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><d>&b;</d>",
    );
    for (bytes, sentence) in [
        (
            b"PK\x03\x04 and no more".to_vec(),
            "list of parts is missing",
        ),
        (zipped(&[("a.txt", "words")]), "no text of a word processor"),
        (zipped(&[laughs]), "defines entities of its own"),
        (
            zipped(&[("../../etc/passwd", "x"), ("word/document.xml", "<d/>")]),
            "leads out of it",
        ),
        (file(&deep("sdt")), "nested over 1000 deep"),
        (file(&boxes), "text boxes are nested"),
        (file("<w:p><w:r></w:p>"), "no sound XML"),
    ] {
        let fault = read(&bytes, "docx").expect_err("a fault").to_string();
        assert!(fault.contains(sentence), "{fault}");
    }
}

#[test]
fn tables_in_tables_end() {
    let depth = 200;
    let body = "<w:tbl><w:tr><w:tc>".repeat(depth)
        + "<w:p><w:r><w:t>in</w:t></w:r></w:p>"
        + &"</w:tc></w:tr></w:tbl>".repeat(depth);
    check(&body, "in");
}

#[test]
fn bombs_are_refused() {
    let zeros = " ".repeat(100 << 20);
    let fault = read(&zipped(&[("word/document.xml", &zeros)]), "docx")
        .expect_err("a bomb")
        .to_string();
    assert!(fault.contains("unpacks to more than 32 MB"), "{fault}");
    let names: Vec<String> = (0..21_000).map(|at| format!("word/{at}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let fault = read(&zipped(&parts), "docx")
        .expect_err("too many")
        .to_string();
    assert!(fault.contains("21,000 parts"), "{fault}");
}
