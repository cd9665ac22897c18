//! [`Keymap`]: from what a terminal sends to an [`Action`], built from the keys printed in [`ACTIONS`].

use std::collections::HashMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::tui::action::{ACTIONS, Action, Group};

/// A key without the differences that terminals make: Shift is in the letter itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub control: bool,
    pub alt: bool,
}

/// The keys in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    single: HashMap<Key, Action>,
    /// What keys mean while a group has them, before what they mean elsewhere.
    scoped: HashMap<(Group, Key), Action>,
    /// Keys that begin a pair, with what may follow.
    pairs: HashMap<(Key, Key), Action>,
}

/// Names of keys that are no single character, as the table prints them.
const NAMED: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Down", KeyCode::Down),
    ("Up", KeyCode::Up),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgDn", KeyCode::PageDown),
    ("PgUp", KeyCode::PageUp),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Backspace", KeyCode::Backspace),
    ("F1", KeyCode::F(1)),
];

impl Key {
    /// `None` for combinations that nothing is bound to.
    pub fn of(event: KeyEvent) -> Option<Self> {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let known = KeyModifiers::CONTROL | KeyModifiers::SHIFT | KeyModifiers::ALT;
        let other = event.modifiers.difference(known);
        let code = match event.code {
            KeyCode::Char(letter) if control => KeyCode::Char(letter.to_ascii_lowercase()),
            // 0x08: what some terminals send for Backspace.
            KeyCode::Char('\u{8}') => KeyCode::Backspace,
            code => code,
        };
        let backspace = control && code == KeyCode::Char('h');
        let key = if backspace {
            Self::plain(KeyCode::Backspace)
        } else {
            Self { code, control, alt }
        };
        other.is_empty().then_some(key)
    }

    fn plain(code: KeyCode) -> Self {
        Self {
            code,
            control: false,
            alt: false,
        }
    }

    /// As the table prints it.
    fn parse(printed: &str) -> Option<Self> {
        if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == printed) {
            return Some(Self::plain(*code));
        }
        if let Some(letter) = printed.strip_prefix("Alt-") {
            let key = Self::parse(letter)?;
            return Some(Self { alt: true, ..key });
        }
        let mut letters = printed.chars();
        match (letters.next()?, letters.next(), letters.next()) {
            (letter, None, _) => Some(Self::plain(KeyCode::Char(letter))),
            ('^', Some(letter), None) => Some(Self {
                code: KeyCode::Char(letter.to_ascii_lowercase()),
                control: true,
                alt: false,
            }),
            _ => None,
        }
    }
}

impl Keymap {
    /// The keys of the table.
    pub fn standard() -> Self {
        let (mut single, mut scoped) = (HashMap::new(), HashMap::new());
        let mut pairs = HashMap::new();
        for row in ACTIONS {
            for printed in row.keys {
                if let Some(key) = Key::parse(printed) {
                    match row.group.scope() {
                        Some(_) => scoped.insert((row.group, key), row.action),
                        None => single.insert(key, row.action),
                    };
                    continue;
                }
                let keys: Vec<Key> = printed
                    .chars()
                    .map(|letter| Key::plain(KeyCode::Char(letter)))
                    .collect();
                if let [first, second] = keys[..] {
                    pairs.insert((first, second), row.action);
                }
            }
        }
        Self {
            single,
            scoped,
            pairs,
        }
    }

    /// What `key` does by itself.
    pub fn action(&self, key: Key) -> Option<Action> {
        self.single.get(&key).copied()
    }

    /// What `key` does while `group` has the keys.
    pub fn within(&self, group: Group, key: Key) -> Option<Action> {
        self.scoped.get(&(group, key)).copied()
    }

    /// What `key` does after `before`.
    pub fn pair(&self, before: Key, key: Key) -> Option<Action> {
        self.pairs.get(&(before, key)).copied()
    }

    /// Whether `key` begins a pair.
    pub fn begins(&self, key: Key) -> bool {
        self.pairs.keys().any(|(first, _)| *first == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lens::TAKEN;
    use std::collections::HashSet;

    #[test]
    fn every_printed_key_is_bound_once() {
        let map = Keymap::standard();
        let (mut seen, mut bound) = (HashSet::new(), HashSet::new());
        for row in ACTIONS {
            assert!(
                !row.keys.is_empty() && !row.help.is_empty() && seen.insert(row.name),
                "{}",
                row.name
            );
            for printed in row.keys {
                let scope = (row.group.scope(), *printed);
                assert!(bound.insert(scope), "{printed} is bound twice");
            }
        }
        let bound: usize = ACTIONS.iter().map(|row| row.keys.len()).sum();
        assert_eq!(
            map.single.len() + map.scoped.len() + map.pairs.len(),
            bound,
            "a printed key was not understood"
        );
    }

    /// Lenses may use the capitals that are left; what a key means in the list of people alone leaves them free.
    #[test]
    fn no_lens_may_have_a_capital_that_is_a_key() {
        let free = ACTIONS
            .iter()
            .filter(|row| row.action != Action::NextOfRole && row.group.scope().is_none());
        for printed in free.flat_map(|row| row.keys) {
            let mut letters = printed.chars();
            let (letter, rest) = (letters.next().unwrap_or(' '), letters.next());
            assert!(
                rest.is_some() || !letter.is_uppercase() || TAKEN.contains(letter),
                "{letter} is a key, so it belongs into TAKEN"
            );
        }
    }

    #[test]
    fn terminals_that_report_shift_mean_the_letter() {
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(
            Key::of(event).and_then(|key| Keymap::standard().action(key)),
            Some(Action::Bottom)
        );
        let interrupt = KeyEvent::new(
            KeyCode::Char('C'),
            KeyModifiers::CONTROL | KeyModifiers::SHIFT,
        );
        assert_eq!(
            Key::of(interrupt).and_then(|key| Keymap::standard().action(key)),
            Some(Action::QuitNow)
        );
    }
}
