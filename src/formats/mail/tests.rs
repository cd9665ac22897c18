//! Messages as programs write them, and as they arrive damaged.

use super::super::{FORMATS, Options, Whole, unwatched};
use super::*;

fn read_bytes(bytes: &[u8]) -> Result<Document, Fault> {
    let format = FORMATS
        .iter()
        .find(|format| format.name == "email")
        .expect("a row");
    let meta = Meta {
        format: format.name,
        ..Meta::default()
    };
    let options = Options::default();
    let whole = Whole {
        bytes,
        name: "a.eml",
        charset: None,
        options: &options,
        watch: &unwatched,
    };
    read(&whole, DocumentBuilder::new(bytes.len(), meta))
}

fn shown(document: &Document) -> String {
    let blocks = document.blocks.iter().map(|block| {
        let words = block.range.of(&document.text);
        match block.kind {
            BlockKind::Quote => format!("{} {words}", ">".repeat(usize::from(block.level))),
            BlockKind::Item(_) => format!("- {words}"),
            BlockKind::Rule => "---".to_owned(),
            BlockKind::Heading => format!("# {words}"),
            _ => words.to_owned(),
        }
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn message(head: &str, body: &str) -> Vec<u8> {
    let top = "From: =?utf-8?q?J=C3=BCrgen?= <j@b.example>\nSubject: Tariffs\nDate: Tue, 20 May 2025 09:30:00 +0200\n";
    format!("{top}{head}\n{body}").into_bytes()
}

#[test]
fn a_message_says_who_wrote_it_and_when() {
    let document = read_bytes(&message("", "Yes.\n\n> No?\n>> Why?\n")).expect("readable");
    let meta = &document.meta;
    assert_eq!(meta.title.as_deref(), Some("Tariffs"));
    assert_eq!(meta.author.as_deref(), Some("Jürgen"));
    assert_eq!(meta.published.as_deref(), Some("2025-05-20T09:30:00+02:00"));
    assert_eq!(shown(&document), "Yes.\n> No?\n>> Why?");
}

#[test]
fn the_html_is_read_where_the_text_only_points_to_it() {
    let both = |text: &str| {
        let head = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=B\n";
        let page = "<p>The tariff of <b>12 percent</b> holds from the first of June on.</p>";
        let part = |kind: &str, words: &str| {
            format!("--B\nContent-Type: text/{kind}; charset=utf-8\n\n{words}\n")
        };
        message(
            head,
            &format!("{}{}--B--\n", part("plain", text), part("html", page)),
        )
    };
    let document = read_bytes(&both("Use HTML.")).expect("readable");
    assert_eq!(
        shown(&document),
        "The tariff of 12 percent holds from the first of June on."
    );
    assert_eq!(document.styles.len(), 1);
    let document =
        read_bytes(&both("The tariff of 12 percent holds from June on.")).expect("readable");
    assert_eq!(
        shown(&document),
        "The tariff of 12 percent holds from June on."
    );
}

#[test]
fn what_is_attached_is_listed_by_name() {
    let head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n";
    let file = "--B\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=\"Plan \
                2025.pdf\"\nContent-Transfer-Encoding: base64\n\nAAAA\n";
    let picture = "--B\nContent-Type: image/png\nContent-ID: <1>\nContent-Transfer-Encoding: base64\n\nAAAA\n";
    let body = format!("--B\nContent-Type: text/plain\n\nRead it.\n{file}{picture}--B--\n");
    let document = read_bytes(&message(head, &body)).expect("readable");
    let expected = "Read it.\n---\n1 attachment:\n- Plan 2025.pdf (application/pdf, 3 bytes)";
    assert_eq!(shown(&document), expected);
    assert_eq!(document.meta.notice, None);
}

#[test]
fn legacy_encodings_are_read() {
    let mut bytes = message("Content-Type: text/plain; charset=windows-1251\n", "");
    bytes.extend(b"\xCF\xF0\xE8\xE2\xE5\xF2");
    assert_eq!(shown(&read_bytes(&bytes).expect("readable")), "Привет");
}

#[test]
fn what_cannot_be_read_is_said() {
    let sealed = message(
        "MIME-Version: 1.0\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n",
        "AAAA",
    );
    let cut = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n";
    let cut_text =
        "--B\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+VGhlIHRh";
    for (bytes, sentence) in [
        (
            b"Only words.\n\nMore words.".to_vec(),
            "no lines with sender",
        ),
        (sealed, "it is encrypted"),
        (message(cut, cut_text), "ends in the middle of its text"),
        (message("", ""), "ends before its text begins"),
    ] {
        let fault = read_bytes(&bytes).expect_err("a fault").to_string();
        assert!(fault.contains(sentence), "{fault}");
    }
}

#[test]
fn a_message_cut_in_its_text_says_so() {
    let head = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n";
    let document = read_bytes(&message(
        head,
        "--B\nContent-Type: text/plain\n\nThe tariff of 12 per",
    ))
    .expect("readable");
    assert_eq!(shown(&document), "The tariff of 12 per");
    assert!(
        document
            .meta
            .notice
            .is_some_and(|notice| notice.contains("end mark"))
    );
}
