//! [`Face`]: what a font says of its letters: which they are, how wide, how heavy.
//!
//! It stands apart because fonts are what PDF files get wrong most often; the rest sees words and widths.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Dict, Name, ObjectIdentifier};

/// Units of a font per size of the text.
const UNITS: f64 = 1000.0;
/// The font weight from which letters are bold.
const BOLD: f32 = 600.0;

/// How letters look, as far as it matters for reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// One font of the document.
pub(super) struct Face<'a> {
    font: Font<'a>,
    pub(super) look: Look,
    /// Its signs stand for pictures: bullets, ticks.
    signs: bool,
    known: RefCell<HashMap<u32, Letter>>,
}

/// One sign of a font.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// What it reads; `None` when the file does not say.
    pub(super) text: Option<Rc<str>>,
    /// How far the pen moves on, in sizes of the text: to the right and up.
    pub(super) advance: (f64, f64),
}

/// The fonts of one document.
pub(super) struct Faces<'a> {
    cache: FontCache<'a>,
    known: HashMap<ObjectIdentifier, Option<Rc<Face<'a>>>>,
    fonts: FontResolverFn,
    maps: CMapResolverFn,
}

impl<'a> Faces<'a> {
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            known: HashMap::new(),
            fonts: Arc::new(|query| match query {
                FontQuery::Standard(standard) => Some(standard.get_font_data()),
                FontQuery::Fallback(wanted) => Some(wanted.pick_standard_font().get_font_data()),
            }),
            maps: Arc::new(hayro_cmap::load_embedded),
        }
    }

    /// The font that a dictionary describes, if it can be used.
    pub(super) fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        if let Some(known) = dict.obj_id().and_then(|id| self.known.get(&id)) {
            return known.clone();
        }
        let font = self.cache.font(dict, &self.fonts, &self.maps);
        let face = font.map(|font| Rc::new(Face::new(font, dict)));
        if let Some(id) = dict.obj_id() {
            self.known.insert(id, face.clone());
        }
        face
    }
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let name = dict.get::<Name<'_>>("BaseFont");
        let name = name.map_or_else(String::new, |name| name.as_str().to_ascii_lowercase());
        let below = dict.get::<hayro_syntax::object::Array<'_>>("DescendantFonts");
        let below = below.and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let about = below
            .as_ref()
            .unwrap_or(dict)
            .get::<Dict<'_>>("FontDescriptor")
            .unwrap_or_default();
        let flags = about.get::<u32>("Flags").unwrap_or_default();
        let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let look = Look {
            bold: named(&["bold", "black", "heavy", "-bd", "medi", "cmbx", "sfbx"])
                || about.get::<f32>("FontWeight").unwrap_or_default() >= BOLD
                || flags & (1 << 18) != 0,
            italic: named(&["italic", "oblique", "-it", "ital", "cmti", "sfti"])
                || flags & (1 << 6) != 0,
        };
        Self {
            font,
            look,
            signs: named(&["symbol", "wingding", "dingbat"]),
            known: RefCell::default(),
        }
    }

    /// The next sign of a string, and how many bytes it has (at least one).
    pub(super) fn next(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// What a sign reads and how wide it is.
    pub(super) fn letter(&self, code: u32) -> Letter {
        if let Some(known) = self.known.borrow().get(&code) {
            return known.clone();
        }
        let glyph = self.font.glyph(self.font.map_code(code), code);
        let text = match glyph {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = text.map(|text| match text {
            BfString::Char(letter) => letter.to_string(),
            BfString::String(letters) => letters,
        });
        let advance = self.font.code_advance(code);
        let letter = Letter {
            text: text.and_then(|text| self.readable(&text)).map(Rc::from),
            advance: (sound(advance.x) / UNITS, sound(advance.y) / UNITS),
        };
        self.known.borrow_mut().insert(code, letter.clone());
        letter
    }

    /// Letters as they are read: ligatures apart, the private signs of a font for signs as a bullet.
    fn readable(&self, text: &str) -> Option<String> {
        let mut read = String::with_capacity(text.len());
        for letter in text.chars() {
            match letter {
                '\u{FB00}' => read.push_str("ff"),
                '\u{FB01}' => read.push_str("fi"),
                '\u{FB02}' => read.push_str("fl"),
                '\u{FB03}' => read.push_str("ffi"),
                '\u{FB04}' => read.push_str("ffl"),
                '\u{FB05}' | '\u{FB06}' => read.push_str("st"),
                '\u{E000}'..='\u{F8FF}' if self.signs => read.push('•'),
                '\u{F0A7}' | '\u{F0B7}' => read.push('•'),
                '\0' | '\u{E000}'..='\u{F8FF}' => {}
                other => read.push(other),
            }
        }
        (!read.is_empty()).then_some(read)
    }
}

/// A number that can be reckoned with.
fn sound(number: f64) -> f64 {
    if number.is_finite() {
        number.clamp(-1e4, 1e4)
    } else {
        0.0
    }
}
