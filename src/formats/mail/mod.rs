//! E-mail (.eml): subject, sender and date, the text to read, and the names of what is attached.
//!
//! A message often holds its text twice, plain and as HTML: the plain one is read, unless it only says that there
//! is another. What is replied to becomes quotations, however the mail program marked it ([`quoted`]).

use std::collections::HashSet;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::builder::{DocumentBuilder, Opening, notice};
use super::html::{self, Anchors, Base};
use super::{Fault, Reading, Whole, plain, structure};
use crate::model::{BlockKind, Document, Mark, Meta};
use crate::text::harmless;
use crate::text::show::thousands;

mod head;
mod quoted;

pub(super) use head::{is_head, knows};

/// A plain text with fewer than one in this many of the words in the HTML beside it stands for it in name only.
const TOKEN: usize = 4;

pub(super) fn read(whole: &Whole<'_>, mut builder: DocumentBuilder) -> Result<Document, Fault> {
    let message = parse(whole.bytes)?;
    state(&message, builder.meta());
    let subject = builder.meta().title.clone().unwrap_or_default();
    let parts = body(&message);
    if parts.is_empty() && attachments(&message).is_empty() {
        return Err(Fault::Damaged("it ends before its text begins".into()));
    }
    let raw = message.raw_message();
    let mut letter = Letter {
        builder: &mut builder,
        raw,
        subject: &subject,
        anchors: Anchors::default(),
        // The line of a mailbox on top was left out.
        counted: (0, if raw.len() < whole.bytes.len() { 2 } else { 1 }),
    };
    for part in &parts {
        letter.write(part)?;
    }
    // A part without its end mark may have lost its own end.
    if message.parts.iter().any(|part| part.is_encoding_problem) {
        let sentence =
            "the message ends before its end mark, or is damaged: something may be missing";
        notice(builder.meta(), sentence);
    }
    let written = builder.checkpoint().is_start();
    list(&message, &mut builder, !written);
    let mut document = builder.finish();
    let marked = parts.iter().any(|part| part.is_text_html());
    if !marked || !document.blocks.iter().any(crate::model::Block::is_heading) {
        let blocks = document.blocks.len();
        structure::find_headings(&mut document, blocks);
    }
    Ok(document)
}

/// The message in `bytes`, if it is one that can be read.
pub(super) fn parse(bytes: &[u8]) -> Result<Message<'_>, Fault> {
    // Some programs leave the line of a mailbox on top.
    let bytes = match memchr::memchr(b'\n', bytes) {
        Some(end) if bytes.starts_with(b"From ") => bytes.get(end + 1..).unwrap_or_default(),
        _ => bytes,
    };
    let message = MessageParser::default().parse(bytes);
    let headed = |message: &Message<'_>| {
        message.from().is_some() || message.subject().is_some() || message.date().is_some()
    };
    let Some(message) = message.filter(headed) else {
        let sentence =
            "it has no lines with sender, subject or date on top; read it as text with --from text";
        return Err(Fault::Unsupported(sentence.into()));
    };
    let sealed = message.content_type().is_some_and(|kind| {
        let subtype = kind.subtype().unwrap_or_default();
        kind.ctype().eq_ignore_ascii_case("multipart") && subtype.eq_ignore_ascii_case("encrypted")
            || ["pkcs7-mime", "x-pkcs7-mime"]
                .iter()
                .any(|it| subtype.eq_ignore_ascii_case(it))
    });
    if sealed {
        let sentence =
            "it is encrypted; open it in the mail program that holds its key and save the text";
        return Err(Fault::Unsupported(sentence.into()));
    }
    Ok(message)
}

/// Takes what the message says of itself.
pub(super) fn state(message: &Message<'_>, meta: &mut Meta) {
    let line =
        |words: &str| Some(harmless::line(words.trim()).into_owned()).filter(|it| !it.is_empty());
    let sender = message.from().and_then(|from| from.first());
    meta.title = message.subject().and_then(line);
    meta.author = sender
        .and_then(|sender| sender.name().or(sender.address()))
        .and_then(line);
    let date = message.date().filter(|date| date.is_valid());
    meta.published = date.map(mail_parser::DateTime::to_rfc3339);
}

/// How many words there are to read in a message.
pub(super) fn words(message: &Message<'_>) -> usize {
    let texts = (0..message.text_body_count()).filter_map(|at| message.body_text(at));
    texts.map(|text| text.split_whitespace().count()).sum()
}

/// The parts to read, in order.
fn body<'m, 'x>(message: &'m Message<'x>) -> Vec<&'m MessagePart<'x>> {
    let readable = |ids: &[u32]| -> Vec<&'m MessagePart<'x>> {
        let parts = ids.iter().filter_map(|&id| message.part(id));
        parts
            .filter(|part| part.is_text() && !part.is_empty())
            .collect()
    };
    let (text, html) = (readable(&message.text_body), readable(&message.html_body));
    let count = |parts: &[&MessagePart<'_>]| -> usize {
        let words = parts.iter().filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.split_whitespace().count()),
            PartType::Html(html) => {
                let text = mail_parser::decoders::html::html_to_text(html);
                Some(text.split_whitespace().count())
            }
            _ => None,
        });
        words.sum()
    };
    let other =
        html.iter().any(|part| part.is_text_html()) && !text.iter().any(|part| part.is_text_html());
    if text.is_empty() || other && count(&text) * TOKEN < count(&html) {
        if !html.is_empty() {
            return html;
        }
        // A part that was cut off counts as attached: it is all there is.
        let cut = message.parts.iter().filter(|part| part.is_encoding_problem);
        return cut
            .filter(|part| part.is_text() && !part.is_empty())
            .collect();
    }
    text
}

/// The text of a message, being written.
struct Letter<'w> {
    builder: &'w mut DocumentBuilder,
    raw: &'w [u8],
    subject: &'w str,
    anchors: Anchors,
    /// Bytes in which lines were counted, and the line that follows them.
    counted: (usize, u32),
}

impl Letter<'_> {
    fn write(&mut self, part: &MessagePart<'_>) -> Result<(), Fault> {
        let packed = part
            .content_transfer_encoding()
            .is_some_and(|how| how.eq_ignore_ascii_case("base64"));
        if part.is_encoding_problem && packed {
            return Err(Fault::Damaged("it ends in the middle of its text".into()));
        }
        self.builder.close();
        match &part.body {
            PartType::Html(page) => {
                html::write(page, self.builder, Base::Unknown, &mut self.anchors);
            }
            PartType::Text(text) => {
                let text = quoted::mark(&text.replace('\r', ""), self.subject);
                let reading = Reading {
                    text: &text,
                    first_line: self.line_at(part.offset_body as usize),
                    look: &text,
                    whole: true,
                };
                plain::read(&reading, self.builder);
            }
            _ => {}
        }
        self.builder.close();
        Ok(())
    }

    /// The line at an offset; lines are counted once, as parts come in order.
    fn line_at(&mut self, offset: usize) -> u32 {
        let between = self.raw.get(self.counted.0..offset).unwrap_or_default();
        self.counted.1 += memchr::memchr_iter(b'\n', between).count() as u32;
        self.counted.0 = self.counted.0.max(offset);
        self.counted.1
    }
}

/// What is attached, but for pictures that belong to the text.
fn attachments<'m, 'x>(message: &'m Message<'x>) -> Vec<&'m MessagePart<'x>> {
    let apart = |part: &&MessagePart<'_>| {
        let attached = part
            .content_disposition()
            .is_some_and(mail_parser::ContentType::is_attachment);
        let picture = part
            .content_type()
            .is_some_and(|kind| kind.ctype().eq_ignore_ascii_case("image"));
        (attached || !(picture && part.content_id().is_some())) && !part.is_multipart()
    };
    let read: HashSet<u32> = body(message).iter().map(|part| part.offset_body).collect();
    let parts = message
        .attachments
        .iter()
        .filter_map(|&id| message.part(id));
    let parts = parts.filter(apart);
    parts
        .filter(|part| !read.contains(&part.offset_body))
        .collect()
}

/// Lists what is attached, below a rule if there is a text above.
fn list(message: &Message<'_>, builder: &mut DocumentBuilder, below: bool) {
    let parts = attachments(message);
    let heading = match parts.len() {
        0 => return,
        1 => "1 attachment:".to_owned(),
        many => format!("{} attachments:", thousands(many)),
    };
    if below {
        builder.rule(1);
    }
    let mut open = |kind: BlockKind, tight: bool, words: &str| {
        let level = u8::from(matches!(kind, BlockKind::Item(_)));
        builder.open(Opening {
            kind,
            level,
            tight,
            line: 1,
        });
        builder.words(words);
        builder.close();
    };
    open(BlockKind::Paragraph, false, &heading);
    for (at, part) in parts.iter().enumerate() {
        open(BlockKind::Item(Mark::Bullet), at > 0, &described(part));
    }
}

/// `cranes.csv (text/csv, 25 bytes)`.
fn described(part: &MessagePart<'_>) -> String {
    let subject = part.message().and_then(|message| message.subject());
    let name = part
        .attachment_name()
        .or(subject)
        .unwrap_or("without a name");
    let kind = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}, ", kind.ctype()),
        None => format!("{}, ", kind.ctype()),
    });
    let size = match part.message() {
        Some(message) => message.raw_message.len(),
        None => part.len(),
    };
    let size = match size {
        0..1000 => format!("{size} bytes"),
        1000..1_000_000 => format!("{} kB", size / 1000),
        _ => format!("{:.1} MB", size as f64 / 1e6),
    };
    format!("{name} ({}{size})", kind.unwrap_or_default())
}

#[cfg(test)]
mod tests;
