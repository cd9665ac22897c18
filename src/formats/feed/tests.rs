//! Feeds of every kind, entries, and feeds that are made to harm.

use std::sync::Arc;

use proptest::prelude::{any, proptest};

use super::*;
use crate::formats::{Options, Read, Source, open, unwatched};
use crate::model::Document;

const RSS: &str = r#"<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbour &amp; Sea</title><link>https://port.example/</link><description>News</description>
<item><title>The quay is shut</title><link>https://port.example/quay</link><author>Ida Brandt</author>
<pubDate>Mon, 02 Nov 2026 09:30:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<h2>What was decided</h2><p>The <b>council</b> shut the quay. <a href="/map">A map</a>.</p>
<table><tr><th>Berth</th><th>State</th></tr><tr><td>1</td><td>shut</td></tr></table><script>alert(1)</script>]]></content:encoded></item>
<item><title>A plain one</title><description>First line.

Second &lt; third.</description></item>
<item><link>https://port.example/bare</link></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Sea</title>
<entry><title type="html">Ships &lt;i&gt;return&lt;/i&gt; &amp;amp; stay</title><id>1</id><updated>2026-11-01T00:00:00Z</updated>
<author><name>Ola Vik</name></author><link href="https://sea.example/1"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They came back.</p></div></content></entry></feed>"#;

const JSON: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Notes","items":[
{"id":"1","title":"One","content_text":"Words & more.","url":"https://notes.example/1","date_published":"2026-11-03T08:00:00Z"}]}"#;

fn shelf(bytes: &[u8]) -> Result<Shelf, Fault> {
    let whole = Whole {
        bytes,
        name: "a feed",
        charset: None,
        options: &Options::default(),
        watch: &unwatched,
    };
    read(&whole, &Arc::from(bytes))
}

fn document(source: &Source) -> Document {
    let opened = open(source, &Options::default(), &unwatched).unwrap();
    let Some(rest) = opened.rest else {
        return opened.document;
    };
    let Read::Document(document) = rest.read(&unwatched).unwrap() else {
        panic!("an entry is one document");
    };
    document
}

#[test]
fn feeds_are_known_by_their_root() {
    for (begin, known) in [
        (RSS, true),
        (ATOM, true),
        (JSON, true),
        (
            "\u{feff}<?xml version='1.0'?><!-- a --><!DOCTYPE rss><rss>",
            true,
        ),
        ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", true),
        ("<rdf:RDF xmlns='http://example.org/'>", false),
        ("<html><body>rss</body></html>", false),
        ("<feedback>", false),
        ("{\"version\": 1}", false),
        ("<?xml", false),
        ("", false),
    ] {
        assert_eq!(knows(begin.as_bytes()), known, "{begin}");
    }
}

#[test]
fn entries_have_title_date_and_the_words_of_their_content() {
    let shelf = shelf(RSS.as_bytes()).unwrap();
    assert_eq!(shelf.title, "Harbour & Sea");
    let rows: Vec<(&str, Option<&str>)> = shelf
        .items
        .iter()
        .map(|item| (&*item.title, item.date.as_deref()))
        .collect();
    assert_eq!(
        rows,
        [
            ("The quay is shut", Some("2026-11-02T09:30:00+00:00")),
            ("A plain one", None),
            ("https://port.example/bare", None),
        ]
    );
    let first = document(&shelf.items[0].source);
    assert_eq!(first.check(), Vec::<String>::new());
    assert_eq!(
        first.text.trim_end(),
        "What was decided\n\nThe council shut the quay. A map.\n\nBerth\tState\n1\tshut\n\nhttps://port.example/quay"
    );
    assert_eq!(first.meta.title.as_deref(), Some("The quay is shut"));
    assert_eq!(first.meta.author.as_deref(), Some("Ida Brandt"));
    assert_eq!(first.meta.publisher.as_deref(), Some("Harbour & Sea"));
    let links: Vec<&LinkTarget> = first.links.iter().map(|link| &link.target).collect();
    let url = |address: &str| LinkTarget::Url(address.into());
    assert_eq!(
        links,
        [
            &url("https://port.example/map"),
            &url("https://port.example/quay")
        ]
    );
    let second = document(&shelf.items[1].source);
    assert_eq!(second.text.trim_end(), "First line.\n\nSecond < third.");
    let third = document(&shelf.items[2].source);
    assert_eq!(third.text.trim_end(), "https://port.example/bare");
}

#[test]
fn atom_and_json_are_read_alike() {
    let atom = shelf(ATOM.as_bytes()).unwrap();
    assert_eq!(atom.items[0].title, "Ships return & stay");
    let entry = document(&atom.items[0].source);
    assert_eq!(
        entry.text.trim_end(),
        "They came back.\n\nhttps://sea.example/1"
    );
    assert_eq!(entry.meta.author.as_deref(), Some("Ola Vik"));
    let json = shelf(JSON.as_bytes()).unwrap();
    let entry = document(&json.items[0].source);
    assert_eq!(
        entry.text.trim_end(),
        "Words & more.\n\nhttps://notes.example/1"
    );
}

#[test]
fn ten_thousand_entries_are_listed() {
    let mut feed = String::from("<rss version='2.0'><channel><title>Many</title>");
    for number in 0..10_000 {
        let item =
            format!("<item><title>Number {number}</title><description>Words.</description></item>");
        feed.push_str(&item);
    }
    feed.push_str("</channel></rss>");
    let shelf = shelf(feed.as_bytes()).unwrap();
    assert_eq!(shelf.items.len(), 10_000);
    assert_eq!(shelf.items[9_999].title, "Number 9999");
}

#[test]
fn feeds_that_are_made_to_harm_are_told_or_read_and_never_expanded() {
    let mut laughs = String::from("<!DOCTYPE rss [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let inner = format!("&a{};", level - 1).repeat(10);
        let entity = format!("<!ENTITY a{level} \"{inner}\">");
        laughs.push_str(&entity);
    }
    laughs.push_str("]><rss version='2.0'><channel><title>&a29;</title><item><title>&a29;</title></item></channel></rss>");
    if let Ok(shelf) = shelf(laughs.as_bytes()) {
        assert!(shelf.title.len() < 1000 && shelf.items[0].title.len() < 1000);
    }
    for element in ["div", "item", "media:group", "entry"] {
        let open = format!("<{element}>").repeat(100_000);
        let close = format!("</{element}>").repeat(100_000);
        let deep = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><title>d</title>\
             <entry><id>1</id><content type='xhtml'>{open}deep{close}</content>{open}{close}</entry></feed>"
        );
        if let Ok(shelf) = shelf(deep.as_bytes()) {
            for item in shelf.items.iter().take(2) {
                let _ = document(&item.source);
            }
        }
    }
    let json = format!(
        "{{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"d\",\"items\":{}",
        "[".repeat(100_000)
    );
    assert!(matches!(shelf(json.as_bytes()), Err(Fault::Damaged(_))));
    let error = shelf(b"<rss><channel><title>a</ti")
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("it is damaged ("), "{error}");
}

proptest! {
    /// Cut anywhere, with bytes changed: a shelf or a fault.
    #[test]
    fn damaged_feeds_never_panic(which in 0..3_usize, cut in any::<u16>(), flips in proptest::collection::vec(any::<(u16, u8)>(), 0..4)) {
        let mut bytes = [RSS, ATOM, JSON][which].as_bytes().to_vec();
        bytes.truncate(usize::from(cut) % (2 * bytes.len()));
        for (at, byte) in flips {
            let length = bytes.len().max(1);
            if let Some(place) = bytes.get_mut(usize::from(at) % length) {
                *place = byte;
            }
        }
        if let Ok(shelf) = shelf(&bytes) {
            for item in &shelf.items {
                let opened = open(&item.source, &Options::default(), &unwatched).unwrap();
                let _ = opened.rest.map(|rest| rest.read(&unwatched));
            }
        }
    }
}
