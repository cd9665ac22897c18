//! The terminal taken over, and given back on every way out.
//!
//! [`Guard`] enters raw mode, the alternate screen, bracketed paste and mouse capture, and leaves them when it
//! is dropped, on errors and panics too. ratatui's own helpers panic where there is no terminal and give back
//! neither mouse nor paste mode.

use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Mutex;

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{clipboard, cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Bytes gathered before they are written: more than any frame, so that a frame is one write.
const FRAME: usize = 1 << 18;

type Screen = Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal while it is ours.
#[derive(Debug)]
pub struct Guard {
    screen: Screen,
    mouse: bool,
    /// Whether what stands on the screen is not what was drawn last.
    stale: bool,
}

/// What the panic of a worker said, for the loop to tell once the terminal is given back.
static LAST_WORDS: Mutex<Option<String>> = Mutex::new(None);

impl Guard {
    /// Takes the terminal over. Fails, and leaves it as it was, where there is none.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let output = BufWriter::with_capacity(FRAME, io::stdout());
        let screen = Terminal::new(CrosstermBackend::new(output))?;
        let mut guard = Self {
            screen,
            mouse,
            stale: false,
        };
        guard.resume()?;
        Ok(guard)
    }

    /// Takes the terminal over again, after [`Guard::suspend`].
    pub fn resume(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        let output = self.screen.backend_mut();
        queue!(
            output,
            EnterAlternateScreen,
            EnableBracketedPaste,
            cursor::Hide
        )?;
        if self.mouse {
            queue!(output, EnableMouseCapture)?;
        }
        self.forget();
        Ok(())
    }

    /// Gives the terminal back for a while.
    pub fn suspend(&mut self) -> io::Result<()> {
        self.screen.backend_mut().flush()?;
        give_back()
    }

    pub fn capture_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        let output = self.screen.backend_mut();
        if on {
            execute!(output, EnableMouseCapture)
        } else {
            execute!(output, DisableMouseCapture)
        }
    }

    /// Hands words to the terminal's clipboard (OSC 52), which gives no answer.
    pub fn copy(&mut self, words: &str) -> io::Result<()> {
        execute!(
            self.screen.backend_mut(),
            clipboard::CopyToClipboard::to_clipboard_from(words)
        )
    }

    /// Forgets what stands on the screen, so that the next frame draws all of it.
    ///
    /// Not by `Terminal::clear`: that asks the terminal for the cursor and waits for the answer, which costs a
    /// round trip over SSH, competes with the keyboard, and fails where no answer comes.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    pub fn size(&self) -> io::Result<ratatui::layout::Size> {
        self.screen.size()
    }

    /// Draws a frame, shown at once where the terminal knows synchronized output (DEC mode 2026).
    pub fn draw<T>(&mut self, draw: impl FnOnce(&mut Buffer) -> T) -> io::Result<T> {
        queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        if std::mem::take(&mut self.stale) {
            let size = self.size()?;
            self.screen
                .resize(Rect::new(0, 0, size.width, size.height))?;
        }
        let mut drawn = None;
        self.screen
            .draw(|frame| drawn = Some(draw(frame.buffer_mut())))?;
        execute!(self.screen.backend_mut(), EndSynchronizedUpdate)?;
        drawn.ok_or_else(|| io::Error::other("nothing was drawn"))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The terminal may be gone: there is nobody left to tell.
        let _ = self.suspend();
    }
}

/// Leaves every mode that [`Guard`] entered.
fn give_back() -> io::Result<()> {
    let mut output = io::stdout();
    let left = execute!(
        output,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    disable_raw_mode().and(left)
}

/// Makes panics readable: on the main thread the terminal is given back before the words are printed; those
/// of a worker are kept for the loop, which would else draw over them.
pub fn install_panic_hook() {
    let main = std::thread::current().id();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            let _ = give_back();
            before(info);
        } else if let Ok(mut words) = LAST_WORDS.lock() {
            *words = Some(info.to_string());
        }
    }));
}

/// What a panicking worker said last.
pub fn last_words() -> Option<String> {
    LAST_WORDS.lock().ok().and_then(|mut words| words.take())
}
