//! A text that names a column that is not there, as far as it can be filled: for whoever is writing it, and
//! never for sending.

use super::fill::Filler;
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Filled(String),
    /// What cannot be filled, as it stands in the text: `{nmae}`, or a brace alone.
    Open(String),
}

impl Piece {
    pub fn text(&self) -> &str {
        match self {
            Piece::Filled(text) | Piece::Open(text) => text,
        }
    }
}

/// The text of one row, in pieces; one piece where nothing is open.
pub fn pieces(text: &str, columns: &[String], cells: &[Cow<'_, str>]) -> Vec<Piece> {
    if let Ok(filler) = Filler::new(text, columns) {
        return vec![Piece::Filled(filler.fill(cells))];
    }
    let mut pieces: Vec<Piece> = vec![];
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(length(rest));
        rest = after;
        match (Filler::new(part, columns), pieces.last_mut()) {
            (Ok(filler), Some(Piece::Filled(before))) => *before += &filler.fill(cells),
            (Ok(filler), _) => pieces.push(Piece::Filled(filler.fill(cells))),
            (Err(_), _) => pieces.push(Piece::Open(part.to_owned())),
        }
    }
    pieces
}

/// Bytes of the first part of a text that is filled by itself: words, a doubled brace, a column.
fn length(text: &str) -> usize {
    match text.find(['{', '}']) {
        Some(0) if text.starts_with("{{") || text.starts_with("}}") => 2,
        Some(0) if text.starts_with('{') => text.find('}').map_or(1, |end| end + 1),
        Some(0) => 1,
        Some(words) => words,
        None => text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn filled(text: &str) -> Vec<Piece> {
        pieces(text, &["name".into()], &["Ana".into()])
    }

    #[test]
    fn an_unknown_column_stands_as_it_is_and_all_else_is_filled() {
        let words = |text: &str| Piece::Filled(text.into());
        let open = |text: &str| Piece::Open(text.into());
        assert_eq!(
            filled("Hello {name}, {{by}} {Typo}!"),
            [words("Hello Ana, {by} "), open("{Typo}"), words("!")]
        );
        assert_eq!(filled("Hello {name"), [words("Hello "), open("{"), words("name")]);
        assert_eq!(filled("}{name}"), [open("}"), words("Ana")]);
        assert_eq!(filled("{}"), [open("{}")]);
        assert_eq!(filled("Hello {name}"), [words("Hello Ana")]);
        assert_eq!(filled(""), [words("")]);
    }

    proptest! {
        #[test]
        fn it_is_open_where_it_cannot_be_filled_and_nowhere_else(text in "[{}a-e name]{0,30}") {
            let columns = ["name".to_owned(), "a".to_owned()];
            let cells = ["Ana".into(), "{x}".into()];
            let all = pieces(&text, &columns, &cells);
            let open = all.iter().any(|piece| matches!(piece, Piece::Open(_)));
            match Filler::new(&text, &columns) {
                Ok(filler) => {
                    prop_assert!(!open);
                    prop_assert_eq!(all.iter().map(Piece::text).collect::<String>(), filler.fill(&cells));
                }
                Err(_) => prop_assert!(open),
            }
        }
    }
}
