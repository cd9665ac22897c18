//! Addresses: what an address on the web is made of, and where a relative one leads.
//!
//! It stands apart because links in a page and redirects of a server are resolved by the same rules (RFC 3986).

/// What `link` means in a document that lies at `base`, if `base` is an address with a host.
pub(super) fn join(base: &str, link: &str) -> Option<String> {
    let (scheme, rest) = base.split_once("://")?;
    let (host, path) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    let link = link.trim();
    if has_scheme(link) {
        return Some(link.to_owned());
    }
    if let Some(other) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{other}"));
    }
    let path = path.split_once('#').map_or(path, |(path, _)| path);
    if link.is_empty() {
        return Some(format!("{scheme}://{host}{path}"));
    }
    if link.starts_with('#') {
        return Some(format!("{scheme}://{host}{path}{link}"));
    }
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    if link.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{link}"));
    }
    let joined = if link.starts_with('/') {
        link.to_owned()
    } else {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{link}")
    };
    let (joined, query) =
        joined.split_at_checked(joined.find(['?', '#']).unwrap_or(joined.len()))?;
    Some(format!("{scheme}://{host}{}{query}", without_dots(joined)))
}

/// Whether `link` begins with the name of a scheme: `https:`, `mailto:`.
pub(super) fn has_scheme(link: &str) -> bool {
    let Some((scheme, _)) = link.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// `path` with `.` and `..` carried out.
pub(super) fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let absolute = path.starts_with('/');
    let mut parts = path.split('/').skip(usize::from(absolute)).peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    kept.pop();
                }
                if last {
                    kept.push("");
                }
            }
            part => kept.push(part),
        }
    }
    let slash = if absolute { "/" } else { "" };
    format!("{slash}{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_where_the_standard_says() {
        let base = "https://a.example/b/c/d?q#f";
        for (link, expected) in [
            ("g", "https://a.example/b/c/g"),
            ("./g/", "https://a.example/b/c/g/"),
            ("/g", "https://a.example/g"),
            ("//h/g", "https://h/g"),
            ("?y", "https://a.example/b/c/d?y"),
            ("g?y#s", "https://a.example/b/c/g?y#s"),
            ("#s", "https://a.example/b/c/d?q#s"),
            ("", "https://a.example/b/c/d?q"),
            (".", "https://a.example/b/c/"),
            ("..", "https://a.example/b/"),
            ("../../../g", "https://a.example/g"),
            ("../g?a/../b", "https://a.example/b/g?a/../b"),
            ("mailto:x@y.example", "mailto:x@y.example"),
            ("http://z/", "http://z/"),
        ] {
            assert_eq!(join(base, link).as_deref(), Some(expected), "{link}");
        }
        assert_eq!(
            join("https://a.example", "x").as_deref(),
            Some("https://a.example/x")
        );
        assert_eq!(join("report.html", "x"), None);
    }

    #[test]
    fn a_path_never_leaves_its_root() {
        for (path, expected) in [
            ("a/../b", "b"),
            ("../../b", "b"),
            ("/a/./b/", "/a/b/"),
            ("a/b/..", "a/"),
        ] {
            assert_eq!(without_dots(path), expected, "{path}");
        }
    }
}
