//! What a document may cost: steps, letters, bytes unpacked.
//!
//! It stands apart because a file that is made to fill a memory or to never end has to be stopped before it is
//! understood: what unpacks files is not ours and knows no limit.

use std::borrow::Cow;
use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use hayro_syntax::object::Stream;
use memchr::memmem;

/// Bytes that one part of a file may unpack to.
const UNPACKED: u64 = 256 << 20;
/// No packed part grows by more than this.
const RATIO: u64 = 1100;
/// Steps of drawing on one page, and in one document.
const PAGE_STEPS: u64 = 20_000_000;
const STEPS: u64 = 400_000_000;

/// What is left to spend.
#[derive(Debug)]
pub(super) struct Budget {
    page: u64,
    document: u64,
    bytes: u64,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            page: PAGE_STEPS,
            document: STEPS,
            bytes: 4 * UNPACKED,
        }
    }

    /// A page begins.
    pub(super) fn turn(&mut self) {
        self.page = PAGE_STEPS.min(self.document);
    }

    /// Takes one step; whether it may be taken.
    pub(super) fn step(&mut self) -> bool {
        let may = self.page > 0 && self.document > 0;
        self.page = self.page.saturating_sub(1);
        self.document = self.document.saturating_sub(1);
        may
    }

    fn unpack(&mut self, bytes: u64) -> bool {
        let may = bytes <= self.bytes;
        self.bytes = self.bytes.saturating_sub(bytes);
        may
    }
}

/// What a stream unpacks to; nothing if it is broken or too much.
pub(super) fn decoded<'a>(stream: &Stream<'a>, budget: &mut Budget) -> Option<Cow<'a, [u8]>> {
    if !is_bearable(stream) {
        return None;
    }
    let bytes = stream.decoded_data().ok()?;
    budget.unpack(bytes.len() as u64).then_some(bytes)
}

/// Whether a stream may be unpacked.
pub(super) fn is_bearable(stream: &Stream<'_>) -> bool {
    let raw = stream.raw_data();
    let packings = stream.filters().len() as u32;
    if (raw.len() as u64).saturating_mul(RATIO.saturating_pow(packings)) <= UNPACKED {
        return true;
    }
    packings == 1 && unpacks_to(&raw) <= UNPACKED
}

/// Whether a file holds a part that unpacks to too much; looked for before anybody unpacks it.
pub(super) fn is_bomb(file: &[u8]) -> bool {
    let ends: Vec<usize> = memmem::find_iter(file, b"endstream").collect();
    let mut ends = ends.into_iter().peekable();
    for at in memmem::find_iter(file, b"stream") {
        let start = at + b"stream".len();
        while ends.next_if(|&end| end < start).is_some() {}
        let end = ends.peek().copied().unwrap_or(file.len());
        let long = (end.saturating_sub(start) as u64).saturating_mul(RATIO) > UNPACKED;
        let packed = file.get(start..end).unwrap_or_default();
        if long && unpacks_to(packed.trim_ascii_start()) > UNPACKED {
            return true;
        }
    }
    false
}

/// How many bytes come out, counted up to one more than are allowed.
fn unpacks_to(packed: &[u8]) -> u64 {
    let mut counted = ZlibDecoder::new(packed).take(UNPACKED + 1);
    let mut seen = 0;
    let mut buffer = vec![0; 64 << 10];
    loop {
        match counted.read(&mut buffer) {
            Ok(0) => return seen,
            Ok(read) => seen += read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // What is broken here is broken for the reader, too.
            Err(_) => return seen,
        }
    }
}
