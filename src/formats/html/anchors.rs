//! Where links lead: to addresses, or to places in the same document.
//!
//! It stands apart because a document may be written from several pages (the chapters of a book), and a link in
//! one may lead into another.

use std::collections::HashMap;

use crate::formats::address;
use crate::formats::builder::Anchor;
use crate::model::LinkTarget;
use crate::text::harmless;

/// Where a page lies: what relative links in it mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Base<'a> {
    /// Relative links are kept as they are written.
    Unknown,
    /// An address with a host: relative links are made whole.
    Address(&'a str),
    /// The path of a member of an archive (`OEBPS/text/one.xhtml`): relative links lead to places in the same
    /// document, into other members too.
    Member(&'a str),
}

/// The places that links lead to, over all pages of a document.
#[derive(Debug, Default)]
pub(in crate::formats) struct Anchors {
    known: HashMap<String, Anchor>,
}

impl Anchors {
    /// The place in the page at `base` that is called `id`.
    pub(super) fn of(&mut self, base: Base<'_>, id: &str) -> Anchor {
        let page = match base {
            Base::Member(path) => path,
            Base::Unknown | Base::Address(_) => "",
        };
        self.named(format!("{page}#{id}"))
    }

    /// The start of the page, where links can lead to it.
    pub(super) fn of_whole(&mut self, base: Base<'_>) -> Option<Anchor> {
        match base {
            Base::Member(path) => Some(self.named(path.to_owned())),
            Base::Unknown | Base::Address(_) => None,
        }
    }

    /// What `href` in the page at `base` leads to, if it leads anywhere.
    pub(super) fn target(&mut self, base: Base<'_>, href: &str) -> Option<LinkTarget> {
        let href = href.trim();
        let scheme = href
            .split_once(':')
            .map_or("", |(scheme, _)| scheme)
            .to_ascii_lowercase();
        if href.is_empty() || ["javascript", "data", "about", "blob"].contains(&scheme.as_str()) {
            return None;
        }
        if let Some(id) = href.strip_prefix('#') {
            return (!id.is_empty()).then(|| LinkTarget::Place(self.of(base, &unescaped(id))));
        }
        let whole = match base {
            Base::Address(page) => {
                let whole = address::join(page, href).unwrap_or_else(|| href.to_owned());
                let same = |(to, id): (&str, &str)| {
                    let page = page.split_once('#').map_or(page, |(page, _)| page);
                    (to == page && !id.is_empty()).then(|| unescaped(id))
                };
                if let Some(id) = whole.split_once('#').and_then(same) {
                    return Some(LinkTarget::Place(self.of(base, &id)));
                }
                whole
            }
            Base::Member(page) if !address::has_scheme(href) && !href.starts_with("//") => {
                let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
                let path = address::without_dots(&format!("{folder}/{}", unescaped(href)));
                let path = path.trim_start_matches('/').to_owned();
                return Some(LinkTarget::Place(self.named(path)));
            }
            Base::Member(_) | Base::Unknown => href.to_owned(),
        };
        Some(LinkTarget::Url(harmless::line(&whole).into()))
    }

    fn named(&mut self, name: String) -> Anchor {
        let next = self.known.len() as Anchor;
        *self.known.entry(name).or_insert(next)
    }
}

/// `words` with `%20` and the like carried out, if text comes of it.
fn unescaped(words: &str) -> String {
    let mut bytes = Vec::with_capacity(words.len());
    let mut rest = words.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = digits
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .filter(|_| byte == b'%');
        bytes.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_inside_lead_to_places() {
        let mut anchors = Anchors::default();
        let one = Base::Member("text/one.xhtml");
        let note = anchors.of(Base::Member("text/two words.xhtml"), "n1");
        assert_eq!(
            anchors.target(one, "two%20words.xhtml#n1"),
            Some(LinkTarget::Place(note))
        );
        let whole = anchors.of_whole(one);
        assert_eq!(
            anchors.target(Base::Member("nav.xhtml"), "text/one.xhtml"),
            whole.map(LinkTarget::Place)
        );
        let page = Base::Address("https://a.example/x/y?z");
        let here = anchors.of(page, "n");
        assert_eq!(
            anchors.target(page, "https://a.example/x/y?z#n"),
            Some(LinkTarget::Place(here))
        );
        assert_eq!(anchors.target(page, "#n"), Some(LinkTarget::Place(here)));
        assert_eq!(
            anchors.target(page, "w"),
            Some(LinkTarget::Url("https://a.example/x/w".into()))
        );
        for nothing in ["", "#", "javascript:go()", " JavaScript:go()"] {
            assert_eq!(anchors.target(page, nothing), None, "{nothing}");
        }
    }
}
