//! A citation to be read: the words, and under them where they stand.

use super::{Citation, NO_ADDRESS, NO_AUTHOR, NO_DATE, NO_PUBLISHER, NO_TITLE};

pub(super) fn write(citation: &Citation) -> String {
    format!("{}\n— {}", citation.words, source(citation, quoted))
}

fn quoted(words: &str) -> String {
    format!("“{words}”")
}

/// `Ode, as reported in: no author stated, “Night ferry”, …`, with titles in the marks that `quoted` gives.
fn source(citation: &Citation, quoted: fn(&str) -> String) -> String {
    let stated =
        |field: &Option<String>, missing: &str| field.clone().unwrap_or(missing.to_owned());
    let title = citation.title.as_deref().map(quoted);
    let mut parts = vec![
        stated(&citation.author, NO_AUTHOR),
        stated(&title, NO_TITLE),
        stated(&citation.publisher, NO_PUBLISHER),
        stated(&citation.published, NO_DATE),
    ];
    parts.extend(citation.place(quoted));
    parts.push(stated(&citation.address, NO_ADDRESS));
    let source = parts.join(", ");
    match &citation.speaker {
        Some(speaker) => format!("{speaker}, as reported in: {source}"),
        None => source,
    }
}
