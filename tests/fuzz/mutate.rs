//! [`Mutator`]: changes to an input, always the same ones from the same number.
//!
//! It stands apart because it knows nothing of what is fuzzed but the signs that stand in such files.

/// Bytes of an input at most.
const LONGEST: usize = 192 << 10;
/// How often something is repeated at most.
const OFTEN: usize = 3000;

/// Numbers at which programs count wrong.
const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
    "1e308",
    "NaN",
    "0.00000001",
];

/// Makes new inputs of old ones.
#[derive(Clone, Debug)]
pub(crate) struct Mutator {
    state: u64,
}

impl Mutator {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
        }
    }

    /// A number below `end` (0 where `end` is 0).
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) as usize % end.max(1)
    }

    /// A new input: one of `pool`, changed a few times.
    pub(crate) fn mutant(&mut self, pool: &[Vec<u8>], signs: &[Vec<u8>]) -> Vec<u8> {
        let mut input = pool[self.below(pool.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut input, pool, signs);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, pool: &[Vec<u8>], signs: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let length = self.length(input.len() - at);
        let end = at + length;
        match self.below(10) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << (self.state & 7);
                }
            }
            1 => {
                let byte =
                    [0, 0xFF, 0x80, b' ', b'\n', b'<', b'\\', 0xC3, 0xED, 0x1B][self.below(10)];
                input.insert(at, byte);
            }
            2 | 3 => self.insert_sign(input, at, signs),
            4 => drop(input.drain(at..end)),
            5 => {
                let piece = input[at..end].to_vec();
                let count = self.often(piece.len());
                input.splice(at..at, piece.repeat(count));
            }
            6 => {
                let other = &pool[self.below(pool.len())];
                let from = self.below(other.len() + 1);
                let length = self.length(other.len() - from);
                input.splice(at..end, other[from..from + length].iter().copied());
            }
            7 => input.truncate(at),
            8 => self.set_number(input, at),
            _ => {
                let piece: Vec<u8> = input.drain(at..end).collect();
                let to = self.below(input.len() + 1);
                input.splice(to..to, piece);
            }
        }
    }

    fn insert_sign(&mut self, input: &mut Vec<u8>, at: usize, signs: &[Vec<u8>]) {
        let sign = &signs[self.below(signs.len())];
        let count = if self.below(12) == 0 {
            self.often(sign.len())
        } else {
            1
        };
        input.splice(at..at, sign.repeat(count));
    }

    /// Puts another number in place of the next one.
    fn set_number(&mut self, input: &mut Vec<u8>, at: usize) {
        let Some(first) = input.iter().skip(at).position(u8::is_ascii_digit) else {
            return;
        };
        let first = at + first;
        let digits = input
            .iter()
            .skip(first)
            .take_while(|it| it.is_ascii_digit())
            .count();
        let number = NUMBERS[self.below(NUMBERS.len())];
        input.splice(first..first + digits, number.bytes());
    }

    /// Short mostly, now and then long.
    fn length(&mut self, most: usize) -> usize {
        let longest = [4, 16, 64, 1024, most][self.below(5)];
        self.below(longest.min(most) + 1)
    }

    fn often(&mut self, size: usize) -> usize {
        let most = [2, 8, 200, OFTEN][self.below(4)];
        1 + self.below(most.min(LONGEST / size.max(1)).max(1))
    }
}

/// The pieces between the places where `between` stands.
pub(crate) fn split<'a>(bytes: &'a [u8], between: &[u8]) -> Vec<&'a [u8]> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(bytes, between) {
        pieces.push(bytes.get(from..at).unwrap_or_default());
        from = at + between.len();
    }
    pieces.push(bytes.get(from..).unwrap_or_default());
    pieces
}
