//! Finding a place, a number, a conversation or a request by a few letters of its name. What there is to
//! be found comes in from outside.

/// How well an entry fits what was typed; less is better, `None` not at all. Every word has to be in its
/// title or in what is said of it. Spaces, brackets and dashes of a phone number do not count.
pub fn fit(typed: &str, title: &str, detail: &str) -> Option<u32> {
    let (title, detail) = (plain(title), plain(detail));
    let digits = digits_of(typed);
    if digits.len() >= FEWEST {
        let among = |text: &str| digits_of(text).contains(&digits);
        match (among(&title), among(&detail)) {
            (true, _) => return Some(1),
            (false, true) => return Some(3),
            (false, false) => {}
        }
    }
    let typed = plain(typed);
    let words = typed.split_whitespace();
    words.map(|word| fit_word(word, &title, &detail)).sum()
}

/// Digits from which a part of a number is looked for in other groups than it is written in.
const FEWEST: usize = 3;

fn fit_word(word: &str, title: &str, detail: &str) -> Option<u32> {
    let begins = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|part| part.starts_with(word));
    let how =
        [title.starts_with(word), begins(title), title.contains(word), begins(detail), detail.contains(word)];
    (0..).zip(how).find_map(|(cost, fits)| fits.then_some(cost))
}

/// In small letters and without accents, as people type it.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().map(bare).collect()
}

/// A letter of Latin script without its accent; the commonest alone, for names are typed as they are
/// written more often than not.
fn bare(letter: char) -> char {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' | 'ş' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ğ' => 'g',
        'ł' => 'l',
        other => other,
    }
}

/// The digits of what looks like a phone number; nothing of what has letters.
fn digits_of(text: &str) -> String {
    match text.chars().any(char::is_alphabetic) {
        true => String::new(),
        false => text.chars().filter(char::is_ascii_digit).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::fit;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn the_beginning_of_a_title_comes_before_the_rest_of_it_and_that_before_what_is_said() {
        let fits = [
            ("Send a text", ""),
            ("Text to send", ""),
            ("Resend the code", ""),
            ("Inbox", "send and read"),
            ("Inbox", "resent"),
        ]
        .map(|(title, detail)| fit("sen", title, detail));
        assert_eq!(fits, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(fit("sent", "Send a text", "queued"), None);
        assert_eq!(fit("", "Anything", ""), Some(0));
    }

    #[test]
    fn every_word_has_to_fit_and_accents_need_not_be_typed() {
        assert!(fit("jose souza", "José Souza", "").is_some());
        assert!(fit("Müller", "muller", "").is_some());
        assert_eq!(fit("jose lima", "José Souza", ""), None);
        assert!(fit("kapso list", "List conversations", "Kapso").is_some());
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for typed in ["7700900", "+44 7700", "(0)7700 900".trim_start_matches("(0)"), "44-7700"] {
            assert_eq!(fit(typed, "+44 7700 900 000", ""), Some(1), "{typed}");
        }
        assert_eq!(fit("7700901", "+44 7700 900 000", ""), None);
        assert_eq!(fit("+447700900", "Ana Souza", "+44 7700 900 000"), Some(3));
    }

    proptest! {
        #[test]
        fn a_part_of_a_title_finds_it(title in "[a-zé ]{1,20}", from in 0..20usize, length in 1..20usize) {
            let typed: String = title.chars().skip(from).take(length).collect();
            prop_assert!(fit(&typed, &title, "").is_some());
        }

        #[test]
        fn nothing_typed_breaks_it(typed in ".*", title in ".*", detail in ".*") {
            let _ = fit(&typed, &title, &detail);
        }
    }
}
