//! Addresses as a browser reads them: where one truly leads, what about it may deceive, and whether it may be opened.
//!
//! Only an address that came through here is ever handed to a browser or to the terminal. Its parts are told apart by
//! the rules that browsers follow (the URL standard), as a parser of our own would be deceived where they are not.

use std::sync::LazyLock;

use regex::Regex;
use url::{Host, Url};

use super::harmless;

/// What may be opened.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// Bytes of the longest address that all terminals and browsers take.
const LONGEST: usize = 2000;
/// What a letter to be written may be given besides its words; mail programs know more, such as files to attach.
const LETTER: [&str; 6] = ["subject", "body", "to", "cc", "bcc", "in-reply-to"];
/// Scripts whose letters are taken for one another; those of East Asia are one, as they are written together.
const SCRIPTS: [(&str, &str); 9] = [
    ("Latin", r"^\p{Latin}"),
    ("Cyrillic", r"^\p{Cyrillic}"),
    ("Greek", r"^\p{Greek}"),
    ("Armenian", r"^\p{Armenian}"),
    ("Georgian", r"^\p{Georgian}"),
    ("Cherokee", r"^\p{Cherokee}"),
    ("Hebrew", r"^\p{Hebrew}"),
    ("Arabic", r"^\p{Arabic}"),
    (
        "East Asian",
        r"^[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}]",
    ),
];

/// An address that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// As a browser asks for it: printable ASCII and nothing else.
    whole: String,
    /// Who is asked, with the port if it is an unusual one; for a letter who it goes to.
    host: String,
    warnings: Vec<String>,
}

/// Why an address is not opened: a sentence for the reader.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

impl Address {
    /// Reads an address as a document has it, made harmless for showing.
    pub fn read(address: &str) -> Result<Self, Refusal> {
        let refused = |why: String| Err(Refusal(why));
        if address.contains(is_sign) {
            return refused("it holds characters that cannot be shown, and is not opened".into());
        }
        let url = match Url::parse(address) {
            Ok(url) => url,
            Err(url::ParseError::RelativeUrlWithoutBase) => {
                return refused("it names no site, so it leads nowhere from here".into());
            }
            Err(why) => return refused(format!("it is no address: {why}")),
        };
        if !SCHEMES.contains(&url.scheme()) {
            let scheme = harmless::line(url.scheme()).into_owned();
            return refused(format!(
                "only http, https and mailto are opened, and this is {scheme}"
            ));
        }
        let whole = url.as_str().to_owned();
        let plain = whole.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain || whole.len() > LONGEST {
            return refused(format!(
                "it is longer than {LONGEST} characters, or has blanks in it"
            ));
        }
        let mut warnings = Vec::new();
        let host = match url.host() {
            Some(host) => of_host(&url, &host, &mut warnings),
            None => match letter(&url) {
                Ok(receiver) => receiver,
                Err(why) => return refused(why),
            },
        };
        Ok(Self {
            whole,
            host,
            warnings,
        })
    }

    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// Where it leads: the host, or who a letter goes to.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What about it may deceive, in sentences.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// What is wrong with `words` as words for it: they name another site.
    pub fn belied(&self, words: &str) -> Option<String> {
        let words = words.trim();
        let dotted = words.contains('.') && !words.contains(char::is_whitespace);
        if !dotted || self.whole.contains(words) {
            return None;
        }
        let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_owned();
        let named = Url::parse(words).or_else(|_| Url::parse(&format!("https://{words}")));
        let named = named.ok()?;
        let named = named.host_str().filter(|host| !host.is_empty())?;
        // `report.pdf` and `3.5` are no sites.
        let site = words.contains("://") || words.starts_with("www.") || is_site(named);
        let differs = bare(named) != bare(&self.host);
        (site && differs).then(|| format!("its words name {named}, which is another site"))
    }
}

/// Whether a name may be that of a site that is written without `https://`: by the ending that it has.
fn is_site(name: &str) -> bool {
    const ENDINGS: [&str; 9] = [
        "com", "org", "net", "gov", "edu", "int", "info", "mil", "eu",
    ];
    let ending = name.rsplit('.').next().unwrap_or_default();
    ENDINGS.contains(&ending)
        || (ending.len() == 2 && ending.bytes().all(|b| b.is_ascii_lowercase()))
}

/// What is shown in place of something that is not there.
fn is_sign(letter: char) -> bool {
    letter == harmless::REPLACEMENT || ('\u{2400}'..='\u{2421}').contains(&letter)
}

fn of_host(url: &Url, host: &Host<&str>, warnings: &mut Vec<String>) -> String {
    let name = host.to_string();
    match host {
        Host::Domain(name) if name.contains("xn--") => warnings.push(foreign(name)),
        Host::Domain(_) => {}
        Host::Ipv4(_) | Host::Ipv6(_) => {
            warnings.push("it leads to a number, not to a named site".into());
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        let who = harmless::line(url.username()).into_owned();
        warnings.push(format!(
            "“{who}” before the @ is a user name: the site is {name}"
        ));
    }
    url.port()
        .map_or(name.clone(), |port| format!("{name}:{port}"))
}

/// What to say of a host with letters outside ASCII.
fn foreign(host: &str) -> String {
    static SCRIPT: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
        let compiled = |(name, pattern)| (name, Regex::new(pattern).expect("a fixed pattern"));
        SCRIPTS.map(compiled).into()
    });
    let shown = url::quirks::domain_to_unicode(host);
    let shown = harmless::line(&shown).into_owned();
    let scripts = |label: &str| -> Vec<&str> {
        let has = |pattern: &Regex| {
            let mut letters = label.char_indices();
            letters.any(|(at, _)| label.get(at..).is_some_and(|rest| pattern.is_match(rest)))
        };
        let found = SCRIPT.iter().filter(|(_, pattern)| has(pattern));
        found.map(|(name, _)| *name).collect()
    };
    let mixed = shown.split('.').map(scripts).find(|found| found.len() > 1);
    match mixed {
        Some(found) => format!(
            "its site reads {shown}, a name that mixes {} letters to look like another",
            found.join(" and ")
        ),
        None => format!("its site reads {shown}, in letters that may look like others"),
    }
}

/// Who a letter goes to.
fn letter(url: &Url) -> Result<String, String> {
    let odd = url
        .query_pairs()
        .find(|(key, _)| !LETTER.contains(&key.to_ascii_lowercase().as_str()));
    match odd {
        Some((key, _)) => Err(format!(
            "it asks the mail program for more than words ({}), and is not opened",
            harmless::line(&key)
        )),
        None => Ok(url.path().to_owned()),
    }
}

/// The addresses that stand in `text` as words, each without the punctuation after it.
pub fn written(text: &str) -> impl Iterator<Item = super::TextRange> + '_ {
    static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:https?://|mailto:)[^\s<>"“”«»„]+"#).expect("a fixed pattern")
    });
    WRITTEN.find_iter(text).map(|found| {
        let mut words = found.as_str();
        while let Some(last) = words.chars().next_back() {
            let closes = [(')', '('), (']', '[')]
                .iter()
                .any(|(close, open)| last == *close && !words.contains(*open));
            if !closes
                && !matches!(
                    last,
                    '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_'
                )
            {
                break;
            }
            words = words.strip_suffix(last).unwrap_or_default();
        }
        super::TextRange::new(found.start(), found.start() + words.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_it_leads() {
        for (address, whole, host) in [
            (
                "https://a.example/b?c#d",
                "https://a.example/b?c#d",
                "a.example",
            ),
            ("HTTP://A.Example:80", "http://a.example/", "a.example"),
            (
                "https://a.example:8443/é",
                "https://a.example:8443/%C3%A9",
                "a.example:8443",
            ),
            ("https:\\\\a.example\\b", "https://a.example/b", "a.example"),
            (
                "mailto:desk@a.example?subject=x",
                "mailto:desk@a.example?subject=x",
                "desk@a.example",
            ),
        ] {
            let read = Address::read(address).expect(address);
            assert_eq!((read.as_str(), read.host()), (whole, host), "{address}");
            assert!(
                read.warnings().is_empty(),
                "{address}: {:?}",
                read.warnings()
            );
        }
    }

    #[test]
    fn what_may_deceive_is_said() {
        for (address, warned) in [
            (
                "https://bank.example@evil.example/",
                "“bank.example” before the @ is a user name: the site is evil.example",
            ),
            (
                "http://192.0.2.7/x",
                "it leads to a number, not to a named site",
            ),
            (
                "http://3221225991/",
                "it leads to a number, not to a named site",
            ),
            (
                "https://p\u{430}y.example/",
                "its site reads p\u{430}y.example, a name that mixes Latin and Cyrillic letters to look like another",
            ),
            (
                "https://xn--bcher-kva.example/",
                "its site reads bücher.example, in letters that may look like others",
            ),
        ] {
            let read = Address::read(address).expect(address);
            assert_eq!(read.warnings(), [warned], "{address}");
        }
    }

    #[test]
    fn what_is_not_opened_says_why() {
        for (address, why) in [
            (
                "javascript:alert(1)",
                "only http, https and mailto are opened, and this is javascript",
            ),
            ("file:///etc/passwd", "and this is file"),
            ("annex.html", "it names no site"),
            ("//a.example", "it names no site"),
            ("https://", "it is no address: empty host"),
            (
                "https://a.example/\u{fffd}",
                "characters that cannot be shown",
            ),
            ("https://a.example/␛]0;x", "characters that cannot be shown"),
            (
                "mailto:a@b.example?attach=/etc/passwd",
                "more than words (attach)",
            ),
            ("mailto:a b@c.example", "blanks"),
        ] {
            let refusal = Address::read(address).expect_err(address).to_string();
            assert!(refusal.contains(why), "{address}: {refusal}");
        }
        let long = format!("https://a.example/{}", "x".repeat(LONGEST));
        assert!(Address::read(&long).is_err());
    }

    #[test]
    fn words_that_name_another_site_are_told() {
        let address = Address::read("https://evil.example/a/report.pdf").expect("an address");
        for (words, belied) in [
            ("the notice", false),
            ("https://bank.example/", true),
            ("www.bank.example", true),
            ("bank.com", true),
            ("www.evil.example", false),
            ("evil.example", false),
            ("report.pdf", false),
            ("3.5", false),
            ("see bank.com", false),
        ] {
            assert_eq!(address.belied(words).is_some(), belied, "{words}");
        }
    }

    #[test]
    fn written_addresses_end_before_what_follows_them() {
        let text = "See https://a.example/b_(c), (http://d.example). “mailto:x@y.example” https://é.example!";
        let found: Vec<&str> = written(text).map(|range| range.of(text)).collect();
        assert_eq!(
            found,
            [
                "https://a.example/b_(c)",
                "http://d.example",
                "mailto:x@y.example",
                "https://é.example"
            ]
        );
    }
}
