//! Books made in memory.

use super::super::zipped::{document, read, shown, zipped};

const CONTAINER: (&str, &str) = (
    "META-INF/container.xml",
    "<container><rootfiles><rootfile full-path='OPS/p.opf'/></rootfiles></container>",
);

fn book(chapters: &[(&str, &str)]) -> Vec<u8> {
    let item = |(name, _): &(&str, &str)| {
        format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>")
    };
    let items: String = chapters.iter().map(item).collect();
    let order = |(name, _): &(&str, &str)| format!("<itemref idref='{name}'/>");
    let order: String = chapters.iter().map(order).collect();
    let package = format!(
        "<package><metadata><dc:title>The Pier</dc:title><dc:creator>Ada Quill</dc:creator></metadata>\
         <manifest>{items}<item id='toc' href='toc.ncx' media-type='application/x-dtbncx+xml'/></manifest>\
         <spine>{order}</spine></package>"
    );
    let paths: Vec<String> = chapters
        .iter()
        .map(|(name, _)| format!("OPS/{name}"))
        .collect();
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        CONTAINER,
        ("OPS/p.opf", package.as_str()),
    ];
    parts.push((
        "OPS/toc.ncx",
        "<ncx><navMap><navPoint><navLabel><text>Low tide</text></navLabel><content src='b.xhtml'/></navPoint></navMap></ncx>",
    ));
    let written = paths
        .iter()
        .zip(chapters)
        .filter(|(_, (_, page))| !page.is_empty());
    parts.extend(written.map(|(path, (_, page))| (path.as_str(), *page)));
    zipped(&parts)
}

#[test]
fn chapters_come_in_order_under_their_names() {
    let bytes = book(&[
        (
            "t.xhtml",
            "<html><body><h1>The Pier</h1><p>by Ada Quill</p></body></html>",
        ),
        (
            "a.xhtml",
            "<html><body><h1>High tide</h1><p>See <a href='b.xhtml#k'>below</a>.</p></body></html>",
        ),
        (
            "b.xhtml",
            "<html><body><p id='k'>The water fell.</p></body></html>",
        ),
        (
            "c.xhtml",
            "<html><body><p>Nobody called it so.</p></body></html>",
        ),
    ]);
    let document = document(&bytes, "epub");
    assert_eq!(
        shown(&document),
        "# High tide\nSee below.\n# Low tide\nThe water fell.\n---\nNobody called it so."
    );
    assert_eq!(document.meta.title.as_deref(), Some("The Pier"));
    assert_eq!(document.links.len(), 1);
    assert_eq!(document.meta.notice, None);
}

#[test]
fn what_cannot_be_read_is_said() {
    let locked = "<encryption><EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/></encryption>";
    for (bytes, sentence) in [
        (zipped(&[CONTAINER]), "OPS/p.opf is missing"),
        (
            zipped(&[CONTAINER, ("OPS/p.opf", "<package/>")]),
            "lists no chapters",
        ),
        (
            zipped(&[CONTAINER, ("META-INF/encryption.xml", locked)]),
            "DRM",
        ),
        (book(&[("a.xhtml", "")]), "none of its chapters"),
    ] {
        let fault = read(&bytes, "epub").expect_err("a fault").to_string();
        assert!(fault.contains(sentence), "{fault}");
    }
    let some = book(&[("a.xhtml", ""), ("c.xhtml", "<p>Here.</p>")]);
    let notice = document(&some, "epub").meta.notice.expect("said");
    assert!(
        notice.contains("1 of its 2 chapters are missing"),
        "{notice}"
    );
}
