//! Words made to fit: cut to a width with a sign, numbers in groups.

use unicode_segmentation::UnicodeSegmentation;

use super::width;

/// `words` as one line if they fit in `columns`, else their beginning and `…`. No more is looked at than can be shown.
pub fn cut(words: &str, columns: u16) -> String {
    let columns = usize::from(columns);
    let (mut line, mut taken) = (String::new(), 0);
    // How much of the line leaves room for the sign.
    let mut kept = 0;
    for cluster in words.graphemes(true) {
        let cluster = if matches!(cluster, "\n" | "\t") {
            " "
        } else {
            cluster
        };
        taken += width(cluster);
        if taken > columns {
            line.truncate(kept);
            line.truncate(line.trim_end().len());
            line.extend((columns > 0).then_some('…'));
            return line;
        }
        line.push_str(cluster);
        if taken < columns {
            kept = line.len();
        }
    }
    line
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
            ("two\nlines", 9, "two lines"),
            ("two\nlines", 8, "two lin…"),
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
