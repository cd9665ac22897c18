//! Whether bytes begin as a message or a mailbox does.
//!
//! It stands apart because it must say no to texts that look alike: memoranda begin with `From:` and `Date:` too.

/// Lines that only mail programs write.
const MACHINE: &[&str] = &[
    "received",
    "message-id",
    "mime-version",
    "return-path",
    "delivered-to",
    "dkim-signature",
    "content-transfer-encoding",
    "x-mailer",
];
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// Lines that are looked at.
const LINES: usize = 200;

/// Whether bytes begin as a message does: lines of a head up to a blank one, with a sender, and with a line that
/// no person writes or a date as mail programs write it.
pub(in crate::formats) fn knows(bytes: &[u8]) -> bool {
    is_head(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
}

/// Whether a message begins here.
pub(in crate::formats) fn is_head(bytes: &[u8]) -> bool {
    let (mut sender, mut machine, mut dated, mut count) = (false, false, false, 0);
    for line in bytes.split(|&byte| byte == b'\n').take(LINES) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if count == 0 {
                return false;
            }
            continue;
        }
        let Some((name, value)) = header(line) else {
            // The head may be longer than what is looked at.
            return false;
        };
        count += 1;
        sender |= name == "from" && value.contains('@');
        machine |= MACHINE.contains(&name.as_str());
        dated |= name == "date" && is_date(&value);
    }
    count >= 3 && (sender && (machine || dated) || machine && dated)
}

/// Name in lower case, and value.
fn header(line: &[u8]) -> Option<(String, String)> {
    let colon = memchr::memchr(b':', line)?;
    let (name, value) = line.split_at_checked(colon)?;
    let named = !name.is_empty() && name.iter().all(|byte| (b'!'..=b'~').contains(byte));
    let name = named.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())?;
    let value = value.get(1..).unwrap_or_default();
    Some((name, String::from_utf8_lossy(value).into_owned()))
}

/// Whether it is a date as programs write it: `Tue, 20 May 2025 09:30:00 +0200`.
fn is_date(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let month = words
        .iter()
        .any(|word| MONTHS.contains(&word.to_ascii_lowercase().as_str()));
    let zone = words.iter().any(|word| {
        let digits = word.strip_prefix(['+', '-']);
        digits.is_some_and(|digits| {
            digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
        }) || matches!(
            *word,
            "GMT" | "UTC" | "UT" | "EST" | "EDT" | "PST" | "PDT" | "CST" | "CDT"
        )
    });
    month && zone && value.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_known_by_its_head() {
        for (head, expected) in [
            (
                "From: a@b.example\r\nDate: Tue, 20 May 2025 09:30:00 +0200\r\nSubject: x\r\n\r\nHi",
                true,
            ),
            (
                "Received: from x\n by y\nMessage-ID: <1>\nFrom: a@b\n\n",
                true,
            ),
            (
                "Subject: x\nFrom: a@b.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=x\n",
                true,
            ),
            // Memoranda and minutes are texts.
            (
                "From: the Minister\nTo: all\nDate: 20 May 2025\nSubject: Cranes\n\nThe cranes",
                false,
            ),
            (
                "FROM: press@ministry.example\nDATE: Tuesday, 20 May\nRE: Cranes\n\nThe cranes",
                false,
            ),
            ("From: a@b.example\n\nwords", false),
            (
                "From: where we stood we saw\nthe sea: it was calm.\n",
                false,
            ),
            ("Date: Tue, 20 May 2025 09:30:00 +0200\n\nwords", false),
            (" From: a@b.example\nMessage-ID: <1>\nDate: x\n", false),
            ("", false),
        ] {
            assert_eq!(knows(head.as_bytes()), expected, "{head}");
        }
    }
}
