//! Long briefings that nobody wrote: sentences drawn from a few moulds, always the same for the same length.
//!
//! They need not be good, only like the real thing in what costs time: names that come back in several forms,
//! words that speak for a role, headings, lists, tables, marked-up words.

const GIVEN: &[&str] = &[
    "Anna", "Peter", "Maria", "Thomas", "Helen", "James", "Laura", "Daniel", "Ruth", "Samuel",
    "Clara", "Victor",
];
const FAMILY: &[&str] = &[
    "Harrow",
    "Lindgren",
    "Moreau",
    "Castellan",
    "Brightwater",
    "Osgood",
    "Petrakis",
    "Vandermeer",
    "Kowalczyk",
    "Adeyemi",
    "Tanaka",
    "Ferreira",
    "Holloway",
    "Novak",
    "Sorensen",
    "Whitfield",
    "Duarte",
    "Marchetti",
];
const OFFICES: &[&str] = &[
    "President",
    "Foreign Minister",
    "Senator",
    "General",
    "Secretary of State",
    "Prime Minister",
    "Judge",
    "Ambassador",
];
const BODIES: &[&str] = &[
    "the Ministry of Defence",
    "the Senate",
    "NATO",
    "the United Nations Security Council",
    "the Central Bank of Norway",
    "the Coast Guard",
    "the European Commission",
    "the Department of Energy",
    "the Supreme Court",
    "the National Cyber Security Centre (NCSC)",
];
const PLACES: &[&str] = &[
    "Geneva", "Oslo", "Vienna", "Nairobi", "Lisbon", "Canberra", "Ottawa", "Warsaw",
];
/// `%p` a person with office, `%s` a surname, `%b` a body, `%l` a place, `%n` a number.
const MOULDS: &[&str] = &[
    "%p signed an order on Tuesday that obliges %b to publish its accounts within %n days.",
    "The directive takes effect at once and applies to every office of %b in %l.",
    "%s met negotiators of both sides in %l and offered %n more weeks for the talks.",
    "A treaty between the two states was discussed for %n hours, officials of %b said.",
    "%p condemned the decision as a mistake and accused %b of hiding its reasons.",
    "Critics in %l protested against the measure, and %s called it “a step into the dark”.",
    "Hackers attacked %n servers of %b last year, according to a report from %l.",
    "The report warns that further attacks on the grid near %l are likely before winter.",
    "%b declined to comment, and a spokesman for %s did not immediately respond.",
    "%p was born in %l and has served in %b for %n years.",
];

/// Numbers that look like chance and never change.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        // The constants of Knuth's MMIX generator.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn sentence(&mut self) -> String {
        let person = format!(
            "{} {} {}",
            self.of(OFFICES),
            self.of(GIVEN),
            self.of(FAMILY)
        );
        let number = (self.below(90) + 2).to_string();
        self.of(MOULDS)
            .replace("%p", &person)
            .replace("%s", self.of(FAMILY))
            .replace("%b", self.of(BODIES))
            .replace("%l", self.of(PLACES))
            .replace("%n", &number)
    }

    fn paragraph(&mut self) -> String {
        let sentences: Vec<String> = (0..self.below(4) + 2).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }
}

/// Some `bytes` of Markdown.
pub(crate) fn markdown(bytes: usize) -> String {
    let mut draw = Draw(1);
    let mut out = String::from("---\ntitle: A long briefing\ndate: 2026-01-15\n---\n\n");
    while out.len() < bytes {
        let place = draw.of(PLACES);
        let part = match draw.below(12) {
            0 => format!("## What happened in {place}\n\n"),
            1 => format!("### Reactions from {place}\n\n"),
            2 => format!(
                "- {}\n- **{place}**: {}\n\n",
                draw.sentence(),
                draw.sentence()
            ),
            3 => format!("> {}\n\n", draw.paragraph()),
            4 => format!(
                "| place | days |\n|---|---|\n| {place} | {} |\n\n",
                draw.below(99)
            ),
            5 => format!(
                "{} See [the record](https://example.org/{place}) and *the note*.\n\n",
                draw.paragraph()
            ),
            _ => draw.paragraph() + "\n\n",
        };
        out.push_str(&part);
    }
    out
}

/// Some `bytes` of plain text, one paragraph per line.
pub(crate) fn text(bytes: usize) -> String {
    let mut draw = Draw(2);
    let mut out = String::from("A long briefing\n");
    while out.len() < bytes {
        let part = match draw.below(8) {
            0 => format!("The view from {}\n", draw.of(PLACES)),
            _ => draw.paragraph() + "\n",
        };
        out.push_str(&part);
    }
    out
}

/// A Word file of about so many bytes as it lies on a disk.
pub(crate) fn word(bytes: usize) -> Vec<u8> {
    let sample = packed(&body(MEGABYTE)).len();
    packed(&body(
        bytes / sample * MEGABYTE + bytes % sample * MEGABYTE / sample,
    ))
}

const MEGABYTE: usize = 1_000_000;

/// The body of a Word file with so many bytes of text: every fifth paragraph has a bold run, every tenth is a heading.
fn body(bytes: usize) -> String {
    let mut draw = Draw(3);
    let (mut out, mut words) = (String::from("<w:document><w:body>"), 0);
    while words < bytes {
        let style = match draw.below(10) {
            0 => "<w:pPr><w:pStyle w:val=\"Heading2\"/><w:outlineLvl w:val=\"1\"/></w:pPr>",
            _ => "<w:pPr><w:pStyle w:val=\"TextBody\"/><w:rPr></w:rPr></w:pPr>",
        };
        let run = match draw.below(5) {
            0 => "<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space=\"preserve\">",
            _ => "<w:r><w:rPr></w:rPr><w:t xml:space=\"preserve\">",
        };
        let text = draw.paragraph();
        words += text.len();
        out.extend(["<w:p>", style, run, text.as_str(), "</w:t></w:r></w:p>"]);
    }
    out + "</w:body></w:document>"
}

fn packed(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options)
        .expect("a part");
    std::io::Write::write_all(&mut zip, body.as_bytes()).expect("in memory");
    zip.finish().expect("in memory").into_inner()
}

/// A web page of about so many bytes: an article between a menu and a footer.
pub(super) fn page(bytes: usize) -> String {
    let mut page = String::from(
        "<!doctype html><html><head><title>A long report</title></head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/news\">News</a></li></ul></nav>\n<article>\n",
    );
    let marked = text(bytes);
    for paragraph in marked.split("\n\n") {
        page.push_str("<p class=\"text\">");
        page.push_str(&paragraph.replace('&', "&amp;").replace('<', "&lt;"));
        page.push_str("</p>\n");
    }
    page.push_str("</article>\n<footer>All rights reserved</footer></body></html>\n");
    page
}
