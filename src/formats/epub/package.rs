//! [`Package`]: what a book lists: its pages in order, its title and author, its table of contents.
//!
//! It stands apart because it is all bookkeeping in XML; the pages themselves are HTML.

use std::collections::{HashMap, HashSet};

use super::line;
use crate::formats::Fault;
use crate::formats::archive::{Archive, resolve};
use crate::formats::xml::{Node, Tag, Xml};
use crate::model::Meta;

/// The list of a book.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// Paths of the chapters, in order, the table of contents left out.
    pub(super) spine: Vec<String>,
    /// Whether a table of contents was among them.
    pub(super) has_contents: bool,
    /// Paths of what may say how chapters are called, best first.
    contents: Vec<String>,
    titles: Vec<String>,
    creators: Vec<String>,
    publisher: Option<String>,
    date: Option<String>,
}

/// What the table of contents calls a chapter.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) path: String,
    pub(super) words: String,
    /// From 1.
    pub(super) depth: u8,
}

#[derive(Debug, Default)]
struct Item {
    path: String,
    kind: String,
    properties: String,
}

impl Package {
    pub(super) fn read(archive: &mut Archive<'_>) -> Result<Self, Fault> {
        let container = archive.needed("META-INF/container.xml")?;
        let mut xml = Xml::new(&container, "META-INF/container.xml");
        let mut path = None;
        while let Some(node) = xml.next()? {
            if let Node::Start(tag) = node
                && tag.name() == "rootfile"
            {
                path = path.or_else(|| Some(resolve("", &tag.get("full-path")?)));
            }
        }
        let path = path.ok_or_else(|| {
            Fault::Damaged("it does not say where its list of chapters is".into())
        })?;
        let source = archive.needed(&path)?;
        Self::parse(&source, &path)
    }

    fn parse(source: &str, path: &str) -> Result<Self, Fault> {
        let mut package = Self::default();
        let mut items: HashMap<String, Item> = HashMap::new();
        let (mut order, mut guide) = (Vec::new(), HashSet::new());
        let mut xml = Xml::new(source, path);
        while let Some(node) = xml.next()? {
            let Node::Start(tag) = node else {
                continue;
            };
            let of = |name: &str| tag.get(name).unwrap_or_default().into_owned();
            match tag.name() {
                "item" => {
                    let item = Item {
                        path: resolve(path, &of("href")),
                        kind: of("media-type"),
                        properties: of("properties"),
                    };
                    items.insert(of("id"), item);
                }
                "itemref" if of("linear") != "no" => order.push(of("idref")),
                "reference" if of("type") == "toc" => {
                    guide.insert(resolve(path, &of("href")));
                }
                "title" | "creator" | "publisher" | "date" => package.stated(&mut xml, &tag)?,
                _ => {}
            }
        }
        let is_nav = |item: &Item| item.properties.split_whitespace().any(|it| it == "nav");
        let is_list = |item: &Item| item.kind.contains("dtbncx");
        for wanted in [&is_nav as &dyn Fn(&Item) -> bool, &is_list] {
            let found = items.values().filter(|item| wanted(item));
            package.contents.extend(found.map(|item| item.path.clone()));
        }
        for item in order.iter().filter_map(|id| items.get(id)) {
            if is_nav(item) || guide.contains(&item.path) {
                package.has_contents = true;
            } else if item.kind.contains("html") || item.kind.is_empty() {
                package.spine.push(item.path.clone());
            }
        }
        if package.spine.is_empty() {
            return Err(Fault::Damaged("it lists no chapters".into()));
        }
        Ok(package)
    }

    fn stated<'x>(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        let Some(words) = line(&xml.words(tag)?) else {
            return Ok(());
        };
        match tag.name() {
            "title" => self.titles.push(words),
            "creator" => self.creators.push(words),
            "publisher" => self.publisher = self.publisher.take().or(Some(words)),
            _ => {
                let published = tag.get("event").as_deref() == Some("publication");
                if published || self.date.is_none() {
                    self.date = Some(words);
                }
            }
        }
        Ok(())
    }

    /// Says what the book says of itself.
    pub(super) fn state(&self, meta: &mut Meta) {
        meta.title = self.titles.first().cloned();
        meta.author = (!self.creators.is_empty()).then(|| self.creators.join(", "));
        meta.publisher.clone_from(&self.publisher);
        meta.published.clone_from(&self.date);
    }

    /// What the table of contents calls the chapters. One that cannot be read says nothing.
    pub(super) fn labels(&self, archive: &mut Archive<'_>) -> Result<Vec<Label>, Fault> {
        for path in &self.contents {
            let source = archive.text(path)?.unwrap_or_default();
            let labels = labels(&source, path).unwrap_or_default();
            if !labels.is_empty() {
                return Ok(labels);
            }
        }
        Ok(Vec::new())
    }
}

/// The labels in a table of contents: `navPoint`s, or a `nav` with links in lists.
fn labels(source: &str, path: &str) -> Result<Vec<Label>, Fault> {
    let mut xml = Xml::new(source, path);
    let (mut labels, mut depth, mut words) = (Vec::new(), 0_u8, None);
    let mut known = HashSet::new();
    let mut add = |target: &str, words: &str, depth: u8| {
        let path = resolve(path, target);
        if let Some(words) = line(words)
            && known.insert(path.clone())
        {
            let depth = depth.clamp(1, 6);
            labels.push(Label { path, words, depth });
        }
    };
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(tag) => match tag.name() {
                "navPoint" | "ol" => depth = depth.saturating_add(1),
                "text" => words = Some(xml.words(&tag)?),
                "content" => {
                    if let (Some(words), Some(target)) = (words.take(), tag.get("src")) {
                        add(&target, &words, depth);
                    }
                }
                "a" => {
                    let words = xml.words(&tag)?;
                    if let Some(target) = tag.get("href") {
                        add(&target, &words, depth);
                    }
                }
                _ => {}
            },
            Node::End(end) if matches!(end.name(), "navPoint" | "ol") => {
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_from_both_kinds_of_contents() {
        let nav = "<nav><ol><li><a href='a.xhtml#x'>One <b>A</b></a><ol><li><a href='b%20c.xhtml'>Two</a></li></ol></li></ol></nav>";
        let list = "<ncx><navMap><navPoint><navLabel><text>One A</text></navLabel><content src='a.xhtml#x'/><navPoint>\
                    <navLabel><text>Two</text></navLabel><content src='b c.xhtml'/></navPoint></navPoint></navMap></ncx>";
        let label = |path: &str, words: &str, depth| Label {
            path: path.into(),
            words: words.into(),
            depth,
        };
        for source in [nav, list] {
            let found = labels(source, "OPS/nav.xhtml").expect("sound");
            assert_eq!(
                found,
                [
                    label("OPS/a.xhtml", "One A", 1),
                    label("OPS/b c.xhtml", "Two", 2)
                ]
            );
        }
    }

    #[test]
    fn the_list_gives_order_and_names() {
        let source = "<package><metadata><dc:title>T</dc:title><dc:creator>A</dc:creator><dc:creator>B</dc:creator>\
            <dc:date opf:event='modification'>2026</dc:date><dc:date opf:event='publication'>2025-05</dc:date></metadata>\
            <manifest><item id='2' href='x/b.xhtml' media-type='application/xhtml+xml'/>\
            <item id='1' href='a.xhtml' media-type='application/xhtml+xml'/>\
            <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/></manifest>\
            <spine><itemref idref='n'/><itemref idref='1'/><itemref idref='2'/><itemref idref='2' linear='no'/></spine></package>";
        let package = Package::parse(source, "OPS/p.opf").expect("sound");
        assert_eq!(package.spine, ["OPS/a.xhtml", "OPS/x/b.xhtml"]);
        assert!(package.has_contents);
        let mut meta = Meta::default();
        package.state(&mut meta);
        assert_eq!(meta.author.as_deref(), Some("A, B"));
        assert_eq!(meta.published.as_deref(), Some("2025-05"));
    }
}
