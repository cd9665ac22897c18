//! A printing press: documents as PDF files, in the plainest way, for tests and benches.
//!
//! Apart from the tests, because benches print as well. Real programs made the files in `tests/fixtures`.

use std::fmt::Write;

use briefing::model::{BlockKind, Document};

/// Letters on a line; all are equally wide.
const COLUMNS: usize = 78;
/// Lines on a page.
const LINES: usize = 52;

/// What is printed on one line.
struct Line {
    bold: bool,
    size: u32,
    words: String,
}

/// Prints `document`, so many pages of it at most: headings larger and bold, an empty line between paragraphs, a number
/// at the foot of each page.
pub(crate) fn print(document: &Document, most: usize) -> Vec<u8> {
    let mut lines: Vec<Line> = Vec::new();
    for block in &document.blocks {
        let (bold, size) = match block.kind {
            BlockKind::Title => (true, 16),
            BlockKind::Heading => (true, 13),
            _ => (false, 10),
        };
        let columns = COLUMNS * 10 / size as usize;
        for words in textwrap::wrap(block.range.of(&document.text), columns) {
            let words = words.into_owned();
            lines.push(Line { bold, size, words });
        }
        lines.push(Line {
            bold: false,
            size: 10,
            words: String::new(),
        });
    }
    let pages: Vec<String> = lines
        .chunks(LINES)
        .take(most)
        .zip(1..)
        .map(|(lines, number)| page(lines, number))
        .collect();
    file(&pages, "", &[])
}

/// A file with these pages; `more` goes into the resources of each, `others` behind the pages, which take two each
/// from number 5 on.
pub(crate) fn file(pages: &[String], more: &str, others: &[&str]) -> Vec<u8> {
    let font = |name: &str| {
        format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
    };
    let kids: Vec<String> = (0..pages.len())
        .map(|page| format!("{} 0 R", 5 + page * 2))
        .collect();
    let kids = kids.join(" ");
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()).into_bytes(),
        font("Courier").into_bytes(),
        font("Courier-Bold").into_bytes(),
    ];
    for (page, at) in pages.iter().zip(0..) {
        let contents = 6 + at * 2;
        let resources = format!("<</Font<</F 3 0 R/B 4 0 R>>{more}>>");
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents} 0 R/Resources{resources}>>")
                .into_bytes(),
        );
        let (letters, _, _) = encoding_rs::WINDOWS_1252.encode(page);
        let mut stream = format!("<</Length {}>>stream\n", letters.len()).into_bytes();
        stream.extend_from_slice(&letters);
        stream.extend_from_slice(b"\nendstream");
        objects.push(stream);
    }
    objects.extend(others.iter().map(|object| object.as_bytes().to_vec()));
    assemble(&objects)
}

fn page(lines: &[Line], number: usize) -> String {
    let mut page = String::from("BT 60 790 Td 13 TL\n");
    for Line { bold, size, words } in lines {
        let font = if *bold { "B" } else { "F" };
        let words = words
            .replace('\\', "\\\\")
            .replace('(', "\\(")
            .replace(')', "\\)");
        let _ = writeln!(page, "/{font} {size} Tf ({words}) Tj T*");
    }
    let _ = writeln!(page, "ET BT /F 9 Tf 290 40 Td ({number}) Tj ET");
    page
}

/// Objects, numbered from 1, as a file with a table of their places.
fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(file.len());
        file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        file.extend_from_slice(object);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    let size = objects.len() + 1;
    let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(end, "{place:010} 00000 n ");
    }
    let _ = write!(
        end,
        "trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.extend_from_slice(end.as_bytes());
    file
}
