//! Mailboxes (.mbox): many messages in one file, each below a line that begins with `From `.
//!
//! It stands apart from the reader of a message because it only finds where each one begins and what it is called.

use std::sync::Arc;

use super::mail;
use super::{FORMATS, Fault, Held, Item, Progress, Shelf, Source, Step, Unit, Whole};
use crate::model::Meta;
use crate::text::harmless;

/// More messages than anybody looks through.
const MESSAGES: usize = 200_000;
/// Messages between two words on progress.
const STRIDE: usize = 64;

/// Whether bytes begin as a mailbox does.
pub(super) fn knows(bytes: &[u8]) -> bool {
    begins(bytes)
}

pub(super) fn read(whole: &Whole<'_>, _shared: &Arc<[u8]>) -> Result<Shelf, Fault> {
    let ranges = messages(whole.bytes);
    if ranges.is_empty() {
        let sentence =
            "it has no line that begins a message (From …); read it as text with --from text";
        return Err(Fault::Unsupported(sentence.into()));
    }
    if ranges.len() > MESSAGES {
        let many = format!("it holds more than {MESSAGES} messages");
        return Err(Fault::TooMuch(many));
    }
    let mut shelf = Shelf {
        title: whole.name.to_owned(),
        ..Shelf::default()
    };
    let mut unread = 0;
    for (at, &message) in ranges.iter().enumerate() {
        if at.is_multiple_of(STRIDE) && at > 0 {
            let progress = Progress {
                done: at as u64,
                of: Some(ranges.len() as u64),
                unit: Unit::Parts,
            };
            if !(whole.watch)(Step::Progress(progress)) {
                shelf.notice = Some(format!(
                    "reading was stopped after {at} messages: the rest is missing"
                ));
                break;
            }
        }
        let name = format!("{}, message {}", whole.name, at + 1);
        match item(message, &name) {
            Some(item) => shelf.items.push(item),
            None => unread += 1,
        }
    }
    if unread > 0 {
        shelf.notice = Some(format!(
            "{unread} messages without sender, subject and date are left out"
        ));
    }
    Ok(shelf)
}

/// One message on the shelf.
fn item(bytes: &[u8], name: &str) -> Option<Item> {
    let bytes = unescaped(bytes);
    let (meta, words) = {
        let message = mail::parse(&bytes);
        let mut meta = Meta::default();
        let words = message.as_ref().ok().map(|message| {
            mail::state(message, &mut meta);
            mail::words(message)
        });
        // What is encrypted is listed, and says why when it is opened.
        (words.is_some() || mail::is_head(&bytes)).then_some((meta, words))?
    };
    let held = Held {
        name: harmless::line(name).into_owned(),
        format: FORMATS.iter().find(|format| format.name == "email"),
        bytes: bytes.into(),
        meta: Meta::default(),
    };
    Some(Item {
        title: meta.title.unwrap_or_else(|| "without a subject".into()),
        date: meta.published,
        words,
        source: Source::Held(Arc::new(held)),
    })
}

/// The messages, without the lines above them.
fn messages(bytes: &[u8]) -> Vec<&[u8]> {
    let found = memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let starts = std::iter::once(0).chain(found).filter(|&at| {
        let after_blank = at == 0
            || matches!(
                bytes.get(..at),
                Some([.., b'\n', b'\n'] | [.., b'\n', b'\r', b'\n'])
            );
        after_blank && bytes.get(at..).is_some_and(begins)
    });
    let starts: Vec<usize> = starts.collect();
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let ranges = starts.iter().zip(ends);
    ranges
        .filter_map(|(&start, end)| {
            let message = bytes.get(start..end)?;
            let line = memchr::memchr(b'\n', message)?;
            message.get(line + 1..)
        })
        .collect()
}

/// Whether a line of a mailbox stands here: who, when with a time and a year, and a head below.
fn begins(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(
        b'\n',
        bytes.get(..bytes.len().min(1000)).unwrap_or_default(),
    ) else {
        return false;
    };
    let line = bytes.get(..end).unwrap_or_default().trim_ascii_end();
    let digits = |word: &[u8]| {
        word.iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b':')
    };
    let words: Vec<&[u8]> = line.split(|&byte| byte == b' ').collect();
    let time = words
        .iter()
        .any(|word| word.len() >= 4 && word.contains(&b':') && digits(word));
    let year = words
        .iter()
        .any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
    let below = bytes.get(end + 1..).unwrap_or_default();
    let next = below
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let name = next.split(|&byte| byte == b':').next().unwrap_or_default();
    let headed =
        name.len() < next.len() && !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    bytes.starts_with(b"From ") && time && year && headed
}

/// `>From ` as it was before the mailbox took the message in.
fn unescaped(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|&byte| byte == b'\n') {
        let signs = line.iter().take_while(|&&byte| byte == b'>').count();
        let escaped = signs > 0
            && line
                .get(signs..)
                .is_some_and(|rest| rest.starts_with(b"From "));
        bytes.extend_from_slice(line.get(usize::from(escaped)..).unwrap_or_default());
    }
    // The blank line before the next message belongs to the mailbox.
    for end in [b"\n".as_slice(), b"\r"] {
        if bytes.ends_with(b"\n\n") || bytes.ends_with(b"\r\n\r\n") || end == b"\r" {
            let kept = bytes.strip_suffix(end).map_or(bytes.len(), <[u8]>::len);
            bytes.truncate(kept);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_at_their_lines_only() {
        let line = "From a@b.example Tue May 20 09:30:00 2025\n";
        let head = "Subject: x\nFrom: a@b.example\nMessage-ID: <1>\n\n";
        let text = "One.\n\nFrom 4 p.m. on: rain\n>From there 1\n\n";
        let source = format!("{line}{head}{text}{line}{head}Two.\n");
        let found = messages(source.as_bytes());
        assert_eq!(found.len(), 2);
        let first = unescaped(found[0]);
        assert_eq!(
            String::from_utf8_lossy(&first),
            format!("{head}{}", "One.\n\nFrom 4 p.m. on: rain\nFrom there 1\n")
        );
        assert!(knows(source.as_bytes()));
        for text in [
            "From 9:30 on in 2025\nit rained: hard",
            "From Riga with love\n",
            "From ",
        ] {
            assert!(!knows(text.as_bytes()), "{text}");
        }
    }
}
