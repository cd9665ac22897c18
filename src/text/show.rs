//! Words made to fit: cut to a width with a sign, numbers in groups.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// `words` if they fit in `columns`, else their beginning and `…`.
pub fn cut(words: &str, columns: u16) -> String {
    let columns = usize::from(columns);
    if width(words) <= columns {
        return words.to_owned();
    }
    let mut kept = String::new();
    let mut taken = 1;
    for cluster in words.graphemes(true) {
        taken += width(cluster);
        if taken > columns {
            break;
        }
        kept.push_str(cluster);
    }
    if columns > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

/// 1234567 as `1,234,567`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 name`, `2 names`, `1,234 names`.
pub fn plural(count: usize, one: &str) -> String {
    format!(
        "{} {one}{}",
        thousands(count),
        if count == 1 { "" } else { "s" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_with_a_sign() {
        for (words, columns, expected) in [
            ("Harbour", 7, "Harbour"),
            ("Harbour", 5, "Harb…"),
            ("政府は", 4, "政…"),
            ("a b c", 3, "a…"),
            ("ab", 0, ""),
        ] {
            assert_eq!(cut(words, columns), expected);
        }
    }

    #[test]
    fn things_are_counted() {
        assert_eq!(
            [0, 1, 2].map(|count| plural(count, "hit")),
            ["0 hits", "1 hit", "2 hits"]
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [7, 1480, 1_234_567].map(thousands),
            ["7", "1,480", "1,234,567"]
        );
    }
}
