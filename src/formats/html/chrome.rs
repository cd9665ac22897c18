//! The furniture of pages: what is hidden, what is a menu, an advert, a notice on cookies, a picture's description.
//!
//! It stands apart because these are judgements on one element by how it is called; where an article is, the
//! extraction decides. The words are in `assets/html/chrome.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Element, NodeRef};

static WORDS: LazyLock<(HashSet<&str>, Vec<&str>)> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/html/chrome.txt").lines();
    let words = lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (begin, whole): (Vec<&str>, Vec<&str>) = words.partition(|word| word.ends_with('-'));
    (whole.into_iter().collect(), begin)
});

/// Elements that are furniture by their name.
const ELEMENTS: [&str; 6] = ["aside", "dialog", "footer", "form", "menu", "nav"];
const ROLES: [&str; 9] = [
    "alert",
    "alertdialog",
    "banner",
    "complementary",
    "contentinfo",
    "dialog",
    "menu",
    "navigation",
    "search",
];
/// What pictures' files end in: a description that is a file's name describes nothing.
const PICTURES: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];

/// Whether a browser would not show it.
pub(super) fn is_hidden(element: &Element) -> bool {
    element
        .attrs
        .iter()
        .any(|attribute| match &*attribute.name.local {
            "hidden" => !attribute.value.eq_ignore_ascii_case("until-found"),
            "style" => {
                let style: String = attribute
                    .value
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect();
                let style = style.to_ascii_lowercase();
                style.contains("display:none") || style.contains("visibility:hidden")
            }
            _ => false,
        })
}

/// Whether it is called like the furniture of a page.
pub(super) fn is_chrome(element: &Element) -> bool {
    let name = &*element.name.local;
    if ["html", "body", "main", "article"].contains(&name) {
        return false;
    }
    ELEMENTS.contains(&name)
        || element
            .attrs
            .iter()
            .any(|attribute| match &*attribute.name.local {
                "class" | "id" => attribute.value.split_ascii_whitespace().any(is_chrome_word),
                "role" => ROLES.contains(&&*attribute.value),
                "aria-modal" => &*attribute.value == "true",
                _ => false,
            })
}

/// What a picture shows, where its description says more than the words around it.
pub(super) fn description<'a>(alt: &'a str, node: &NodeRef<'_>) -> Option<&'a str> {
    let alt = alt.trim();
    let file = PICTURES
        .iter()
        .any(|ending| alt.to_ascii_lowercase().ends_with(ending));
    let captioned = || {
        let figure = node
            .ancestors_it(Some(4))
            .find(|around| around.has_name("figure"));
        figure.is_some_and(|figure| {
            figure
                .descendants_it()
                .any(|inside| inside.has_name("figcaption"))
        })
    };
    (!alt.is_empty() && !file && !captioned()).then_some(alt)
}

fn is_chrome_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace('_', "-");
    let (whole, begin) = &*WORDS;
    whole.contains(word.as_str()) || begin.iter().any(|begin| word.starts_with(begin))
}
