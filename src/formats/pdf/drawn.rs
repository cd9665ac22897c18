//! [`draw`]: a page's instructions to the letters they put on it.
//!
//! It stands apart because it is the language of PDF: letters come out with places, and nobody below looks at an
//! operator again. Only what moves the pen of text is followed; lines and pictures are counted at most.

use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Do;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, String as Bytes};
use hayro_syntax::page::{Page, Resources};

use super::face::{Face, Faces, Look};
use super::limits::{self, Budget};
use super::matrix::Matrix;

/// How deep pictures may hold pictures.
const DEPTH: usize = 8;

/// One sign on the page. Places are points from the upper left corner of the page as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it reads; `None` when the file does not say.
    pub(super) text: Option<Rc<str>>,
    /// Where the pen stands before and after it.
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
    /// Height of the letters.
    pub(super) size: f64,
    pub(super) look: Look,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// In the order in which they are drawn.
    pub(super) glyphs: Vec<Glyph>,
    pub(super) pictures: usize,
    /// It was too much: the rest of the page is missing.
    pub(super) cut: bool,
}

/// What `q` keeps and `Q` gives back.
#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// A stretch of marked content.
enum Marked {
    Plain,
    /// A running header, a page number: no part of the text, as the file says itself.
    Furniture,
    /// Says itself how it reads; from this glyph on.
    Actual(usize, String),
}

struct Pen<'a, 'f> {
    faces: &'f mut Faces<'a>,
    budget: &'f mut Budget,
    drawn: Drawn,
    state: State<'a>,
    kept: Vec<State<'a>>,
    /// Where the next sign goes, and where its line began.
    text: Matrix,
    line: Matrix,
    marked: Vec<Marked>,
}

/// What stands on `page`.
pub(super) fn draw<'a>(page: &Page<'a>, faces: &mut Faces<'a>, budget: &mut Budget) -> Drawn {
    let start = Matrix(page.initial_transform(true).as_coeffs());
    let mut pen = Pen {
        faces,
        budget,
        drawn: Drawn::default(),
        state: State {
            page: start,
            face: None,
            size: 1.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        kept: Vec::new(),
        text: Matrix::SAME,
        line: Matrix::SAME,
        marked: Vec::new(),
    };
    pen.follow(page.typed_operations(), page.resources(), 0);
    pen.drawn
}

impl<'a> Pen<'a, '_> {
    fn follow(&mut self, mut steps: TypedIter<'_>, resources: &Resources<'a>, depth: usize) {
        let floor = self.kept.len();
        while let Some(step) = steps.next() {
            if !self.budget.step() {
                self.drawn.cut = true;
                return;
            }
            match step {
                Do::SaveState(_) if self.kept.len() < 1000 => self.kept.push(self.state.clone()),
                Do::RestoreState(_) if self.kept.len() > floor => {
                    self.state = self.kept.pop().expect("there are more than the floor");
                }
                Do::Transform(m) => {
                    let map = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                    self.state.page = map.then(self.state.page);
                }
                Do::XObject(name) => self.picture(name.0, resources, depth),
                Do::InlineImage(_) => self.drawn.pictures += 1,
                Do::TextFont(font) => {
                    let dict = resources.get_font(font.0);
                    self.state.face = dict.and_then(|dict| self.faces.face(&dict));
                    self.state.size = font.1.as_f64();
                }
                Do::SetGraphicsState(name) => self.set_graphics_state(name.0, resources),
                Do::BeginMarkedContent(mark) => self.begin(mark.0, None),
                Do::BeginMarkedContentWithProperties(mark) => {
                    let properties = match mark.1 {
                        Object::Dict(dict) => Some(dict.clone()),
                        Object::Name(name) => resources.properties.get::<Dict<'_>>(name),
                        _ => None,
                    };
                    self.begin(mark.0, properties.as_ref());
                }
                Do::EndMarkedContent(_) => self.end(),
                other => self.write(&other),
            }
        }
        self.kept.truncate(floor);
    }

    /// The steps that write.
    fn write(&mut self, step: &Do<'_, '_>) {
        match step {
            Do::BeginText(_) => (self.text, self.line) = (Matrix::SAME, Matrix::SAME),
            Do::CharacterSpacing(by) => self.state.between_letters = by.0.as_f64(),
            Do::WordSpacing(by) => self.state.between_words = by.0.as_f64(),
            Do::HorizontalScaling(by) => self.state.stretch = by.0.as_f64() / 100.0,
            Do::TextLeading(by) => self.state.leading = by.0.as_f64(),
            Do::TextRise(by) => self.state.rise = by.0.as_f64(),
            Do::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Do::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Do::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Do::SetTextMatrix(m) => {
                self.line = matrix([m.0, m.1, m.2, m.3, m.4, m.5]);
                self.text = self.line;
            }
            Do::ShowText(text) => self.show(text.0),
            Do::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0);
            }
            Do::ShowTextWithParameters(text) => {
                self.state.between_words = text.0.as_f64();
                self.state.between_letters = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2);
            }
            Do::ShowTexts(texts) => self.show_all(texts.0),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.moved(x, y);
        self.text = self.line;
    }

    fn set_graphics_state(&mut self, name: &Name<'_>, resources: &Resources<'a>) {
        let font = resources
            .get_ext_g_state(name)
            .and_then(|state| state.get::<Array<'a>>("Font"));
        if let Some(font) = font {
            let mut parts = font.flex_iter();
            let dict = parts.next::<Dict<'a>>();
            self.state.face = dict.and_then(|dict| self.faces.face(&dict));
            self.state.size = parts.next::<f64>().unwrap_or(self.state.size);
        }
    }

    /// A picture, or a form: a page in the page.
    fn picture(&mut self, name: &Name<'_>, resources: &Resources<'a>, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else {
            return;
        };
        let dict = stream.dict();
        match dict.get::<Name<'_>>("Subtype") {
            Some(kind) if kind.as_str() == "Image" => self.drawn.pictures += 1,
            Some(kind) if kind.as_str() == "Form" && depth < DEPTH => {
                let Some(steps) = limits::decoded(&stream, self.budget) else {
                    self.drawn.cut = true;
                    return;
                };
                let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
                let map = dict.get::<[f64; 6]>("Matrix").map_or(Matrix::SAME, Matrix);
                let (before, text, line) = (self.state.clone(), self.text, self.line);
                self.state.page = map.then(self.state.page);
                let marks = self.marked.len();
                self.follow(
                    TypedIter::new(&steps),
                    own.as_ref().unwrap_or(resources),
                    depth + 1,
                );
                while self.marked.len() > marks {
                    self.end();
                }
                (self.state, self.text, self.line) = (before, text, line);
            }
            Some(kind) if kind.as_str() == "Form" => self.drawn.cut = true,
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Name<'_>, properties: Option<&Dict<'_>>) {
        let marked = match properties {
            Some(it) if tag.as_str() == "Artifact" && is_pagination(it) => Marked::Furniture,
            Some(it) => match it.get::<Bytes<'_>>("ActualText") {
                Some(words) => {
                    let words = super::info::text(words.as_bytes());
                    Marked::Actual(self.drawn.glyphs.len(), words)
                }
                None => Marked::Plain,
            },
            None => Marked::Plain,
        };
        if self.marked.len() < 1000 {
            self.marked.push(marked);
        }
    }

    fn end(&mut self) {
        let Some(Marked::Actual(first, words)) = self.marked.pop() else {
            return;
        };
        // The words stand where the signs did: on the first of them, which reaches to the last.
        let glyphs = &mut self.drawn.glyphs;
        let Some(to) = glyphs.get(first..).and_then(<[_]>::last).map(|it| it.to) else {
            return;
        };
        let of_one_line = |glyph: &Glyph| (glyph.from.1 - to.1).abs() < glyph.size / 2.0;
        if glyphs.get(first).is_some_and(of_one_line) {
            glyphs.truncate(first + 1);
            (glyphs[first].to, glyphs[first].text) = (to, Some(words.into()));
        }
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(&text),
                Object::Number(back) => {
                    let by = -back.as_f64() / 1000.0 * self.state.size;
                    let down = self.state.face.as_ref();
                    if down.is_none_or(|face| face.is_horizontal()) {
                        self.text = self.text.moved(by * self.state.stretch, 0.0);
                    } else {
                        self.text = self.text.moved(0.0, by);
                    }
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &Bytes<'_>) {
        let Some(face) = self.state.face.clone() else {
            return;
        };
        let hidden = self.marked.iter().any(|it| matches!(it, Marked::Furniture));
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !self.budget.step() {
                self.drawn.cut = true;
                return;
            }
            let (code, length) = face.next(bytes, at);
            let letter = face.letter(code);
            let state = &self.state;
            let whole = self.text.then(state.page);
            let (x, y) = (letter.advance.0 * state.size, letter.advance.1 * state.size);
            let space = if code == 32 && length == 1 {
                state.between_words
            } else {
                0.0
            };
            let after = if face.is_horizontal() {
                (x * state.stretch, 0.0)
            } else {
                (0.0, y)
            };
            let from = whole.place(0.0, state.rise);
            let to = whole.place(after.0, after.1 + state.rise);
            let (up, over) = whole.step(0.0, state.size);
            let size = up.hypot(over);
            at += length;
            if !hidden
                && [from.0, from.1, to.0, to.1, size]
                    .iter()
                    .all(|it| it.is_finite())
            {
                self.drawn.glyphs.push(Glyph {
                    text: letter.text,
                    from,
                    to,
                    size,
                    look: face.look,
                });
            }
            let extra = state.between_letters + space;
            self.text = if face.is_horizontal() {
                self.text.moved(after.0 + extra * state.stretch, 0.0)
            } else {
                self.text.moved(0.0, after.1 + extra)
            };
        }
    }
}

fn is_pagination(properties: &Dict<'_>) -> bool {
    let is = |key: &str, names: &[&str]| {
        let name = properties.get::<Name<'_>>(key);
        name.is_some_and(|name| names.contains(&name.as_str()))
    };
    is("Type", &["Pagination"]) || is("Subtype", &["Header", "Footer", "Watermark"])
}

fn matrix(numbers: [Number; 6]) -> Matrix {
    Matrix(numbers.map(|number| number.as_f64()))
}
