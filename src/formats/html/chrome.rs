//! The furniture of pages: what is hidden, what is a menu, an advert, a notice on cookies, a picture's description.
//!
//! It stands apart because these are judgements on one element by how it is called; where an article is, the
//! extraction decides. The words are in `assets/html/chrome.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use dom_query::{Document, Element, NodeRef};

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lines = include_str!("../../../assets/html/chrome.txt").lines();
    let mut words = Words::default();
    for line in lines
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match line.strip_prefix('!') {
            Some(word) => words.everywhere.insert(word),
            None if line.ends_with('-') => {
                words.begin.push(line);
                true
            }
            None => words.whole.insert(line),
        };
    }
    words
});

/// Words of classes and ids.
#[derive(Debug, Default)]
struct Words {
    everywhere: HashSet<&'static str>,
    whole: HashSet<&'static str>,
    begin: Vec<&'static str>,
}

/// Elements that hold the text, whatever they are called.
const OUTER: [&str; 4] = ["html", "body", "main", "article"];
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

/// Takes out of `page` what is left out everywhere. It must go before an article is looked for: where a box holds one
/// paragraph, the search keeps the paragraph and loses what the box was called.
pub(super) fn take_out(page: &Document) {
    let classes: Vec<String> = WORDS
        .everywhere
        .iter()
        .map(|word| format!(".{word}"))
        .collect();
    for node in page.select(&classes.join(",")).nodes() {
        if !OUTER.iter().any(|name| node.has_name(name)) {
            node.remove_from_parent();
        }
    }
}

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
            "class" => {
                let mut words = attribute.value.split_ascii_whitespace();
                !OUTER.contains(&&*element.name.local)
                    && words.any(|word| WORDS.everywhere.contains(word))
            }
            _ => false,
        })
}

/// Whether it is called like the furniture of a page.
pub(super) fn is_chrome(element: &Element) -> bool {
    let name = &*element.name.local;
    if OUTER.contains(&name) {
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

/// What a picture shows, as words to write, where its description says more than the words around it.
pub(super) fn description(node: &NodeRef<'_>) -> Option<String> {
    let alt = node.attr("alt")?;
    let alt = alt.trim();
    let formula = node.class().is_some_and(|class| class.contains("math"));
    if formula {
        let set = alt
            .strip_prefix("{\\displaystyle ")
            .and_then(|rest| rest.strip_suffix('}'));
        return Some(set.unwrap_or(alt).to_owned()).filter(|words| !words.is_empty());
    }
    // One word is a file's name or says no more than that there is a picture.
    let worded = alt.split_whitespace().nth(1).is_some();
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
    (worded && !file && !captioned()).then(|| format!("[image: {alt}]"))
}

fn is_chrome_word(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace('_', "-");
    WORDS.whole.contains(word.as_str()) || WORDS.begin.iter().any(|begin| word.starts_with(begin))
}
