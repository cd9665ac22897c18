//! OpenDocument texts made in memory, a matter at a time.

use super::super::zipped::{document, read, shown, zipped};
use crate::model::Document;

const STYLES: &str = "<s>
    <style:style style:name='P1' style:family='paragraph' style:parent-style-name='Quotations'/>
    <style:style style:name='P2' style:family='paragraph' style:parent-style-name='Überschrift_20_2'/>
    <style:style style:name='Titel' style:display-name='Title' style:family='paragraph'/>
    <style:style style:name='T1' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>
    <style:style style:name='T2' style:family='text'><style:text-properties text:display='none'/></style:style>
    <text:list-style style:name='L1'><text:list-level-style-bullet text:level='1'/>
      <text:list-level-style-number text:level='2' style:num-format='a' style:num-suffix=')'/></text:list-style>
    <text:list-style style:name='L2'><text:list-level-style-number text:level='1' style:num-format='1'/></text:list-style>
    </s>";

fn of(body: &str) -> Document {
    let text = format!("<c><office:body><office:text>{body}</office:text></office:body></c>");
    let meta = "<m><dc:title>Cranes</dc:title><meta:initial-creator>Ines Caldwell</meta:initial-creator>\
                <dc:creator>Somebody</dc:creator><dc:date>2026-11-24T09:00:00</dc:date></m>";
    let kind = "application/vnd.oasis.opendocument.text";
    let parts = [
        ("mimetype", kind),
        ("content.xml", text.as_str()),
        ("styles.xml", STYLES),
        ("meta.xml", meta),
    ];
    document(&zipped(&parts), "odt")
}

#[test]
fn every_kind_of_block_is_read() {
    for (body, expected) in [
        (
            "<text:p text:style-name='Titel'>T</text:p><text:h text:outline-level='1'>A</text:h><text:p>a</text:p>\
             <text:p text:style-name='P2'>B</text:p><text:p text:style-name='P1'>q</text:p>",
            "= T\n# A\na\n## B\n> q",
        ),
        (
            "<text:list text:style-name='L1'><text:list-item><text:p>one</text:p><text:p>more</text:p><text:list>\
             <text:list-item><text:p>first</text:p></text:list-item><text:list-item><text:p>second</text:p></text:list-item>\
             </text:list></text:list-item></text:list>",
            "- one\n. more\n  . a) first\n  . b) second",
        ),
        (
            "<text:list text:style-name='L2'><text:list-item><text:p>one</text:p></text:list-item></text:list><text:p>x</text:p>\
             <text:list text:style-name='L2' text:continue-numbering='true'><text:list-item><text:p>two</text:p></text:list-item></text:list>",
            "1. one\nx\n2. two",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>\
             <text:p>b</text:p><text:p>c</text:p></table:table-cell></table:table-row></table:table>",
            "|| a | b c",
        ),
        (
            "<text:p>One<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Aside.</text:p>\
             </text:note-body></text:note> more.</text:p>",
            "One[1] more.\n[1]: Aside. ↩",
        ),
        (
            "<text:p><draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>Words \
             <draw:frame><draw:image/><svg:desc>A pier</svg:desc></draw:frame><text:line-break/>here.</text:p>",
            "Words [image: A pier] / here.\nBoxed.",
        ),
    ] {
        assert_eq!(shown(&of(body)), expected, "{body}");
    }
}

#[test]
fn what_is_left_out_is_told() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>\
        </text:changed-region></text:tracked-changes><text:table-of-content><text:p>A 1</text:p></text:table-of-content>\
        <text:p>The <text:span text:style-name='T1'>bold</text:span><text:span text:style-name='T2'> not</text:span> \
        <office:annotation><text:p>why?</text:p></office:annotation><text:a xlink:href='https://a.example/'>one</text:a>.</text:p>";
    let document = of(body);
    assert_eq!(shown(&document), "The bold one.");
    assert_eq!((document.styles.len(), document.links.len()), (1, 1));
    let notice = document.meta.notice.as_deref().unwrap_or_default();
    for sentence in [
        "1 tracked change is",
        "1 comment is",
        "table of contents",
        "hidden",
    ] {
        assert!(notice.contains(sentence), "{notice}");
    }
    let meta = &document.meta;
    assert_eq!(
        (meta.title.as_deref(), meta.author.as_deref()),
        (Some("Cranes"), Some("Ines Caldwell"))
    );
}

#[test]
fn what_cannot_be_read_is_said() {
    let locked = (
        "META-INF/manifest.xml",
        "<m><manifest:encryption-data/></m>",
    );
    let table = "<table:table><table:table-row><table:table-cell>".repeat(20);
    let deep = format!(
        "<office:text>{table}{}</office:text>",
        "</table:table-cell></table:table-row></table:table>".repeat(20)
    );
    for (parts, sentence) in [
        (vec![locked, ("content.xml", "?")], "locked with a password"),
        (
            vec![("content.xml", "<office:spreadsheet/>")],
            "no text of a word processor",
        ),
        (vec![("styles.xml", "<s/>")], "content.xml is missing"),
        (
            vec![("content.xml", "<office:text><text:p>cut")],
            "ends in the middle",
        ),
        (vec![("content.xml", deep.as_str())], "nested over 8 deep"),
    ] {
        let fault = read(&zipped(&parts), "odt")
            .expect_err("a fault")
            .to_string();
        assert!(fault.contains(sentence), "{fault}");
    }
}
