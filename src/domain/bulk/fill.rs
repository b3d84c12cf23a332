//! A text with columns: `{name}` stands for a cell of each row, `{{` and `}}` for a brace. What the cells
//! hold is not judged here.

use crate::domain::sheet;
use std::borrow::Cow;

/// A text that was taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filler {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Words(String),
    Column(usize),
}

/// Why a text cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No column has this name.
    NoColumn(String),
    /// A brace that has no counterpart.
    Brace(char),
}

impl Broken {
    pub fn sentence(&self) -> String {
        match self {
            Broken::NoColumn(name) => format!(
                "There is no column “{name}”. Choose one of the columns, or write {{{{ and }}}} for braces that stand as they are."
            ),
            Broken::Brace(brace) => format!(
                "A {brace} stands alone. Write {{column}} for a column, or {brace}{brace} for the sign itself."
            ),
        }
    }
}

/// How a column is written in a text.
pub fn placeholder(column: &str) -> String {
    format!("{{{column}}}")
}

impl Filler {
    /// Takes a text apart; names of columns are compared without regard to case.
    pub fn new(text: &str, columns: &[String]) -> Result<Filler, Broken> {
        let mut pieces: Vec<Piece> = vec![];
        let mut words = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            words.push_str(before);
            if let Some(after) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                words.push_str(&from[..1]);
                rest = after;
                continue;
            }
            let inside = from.strip_prefix('{').ok_or(Broken::Brace('}'))?;
            let (name, after) = inside.split_once('}').ok_or(Broken::Brace('{'))?;
            let wanted = sheet::compared(name.trim());
            let column = columns.iter().position(|column| sheet::compared(column) == wanted);
            let column = column.ok_or_else(|| Broken::NoColumn(name.trim().to_owned()))?;
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(Piece::Column(column));
            rest = after;
        }
        words.push_str(rest);
        pieces.push(Piece::Words(words));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        Ok(Filler { pieces })
    }

    /// Whether the text differs from row to row.
    pub fn has_columns(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Column(_)))
    }

    /// The text of one row.
    pub fn fill(&self, cells: &[Cow<'_, str>]) -> String {
        let words = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Column(at) => cells.get(*at).map(|cell| cell.clone().into_owned()).unwrap_or_default(),
        };
        self.pieces.iter().map(words).collect()
    }

    /// The first column of the text that a row has nothing for.
    pub fn empty(&self, cells: &[Cow<'_, str>]) -> Option<usize> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Column(at) if cells.get(*at).is_none_or(|cell| cell.is_empty()) => Some(*at),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn columns() -> Vec<String> {
        ["name", "Due date", "phone"].map(str::to_owned).to_vec()
    }

    fn filled(text: &str, cells: &[&str]) -> String {
        let cells: Vec<Cow<str>> = cells.iter().map(|cell| (*cell).into()).collect();
        Filler::new(text, &columns()).unwrap().fill(&cells)
    }

    #[test]
    fn columns_are_put_in_their_places() {
        let cells = ["Ana {x}", "3 May", "447700900001"];
        assert_eq!(filled("Hello {name}, by { due DATE }!", &cells), "Hello Ana {x}, by 3 May!");
        assert_eq!(filled("{name}{name}", &cells), "Ana {x}Ana {x}");
        assert_eq!(filled("{{name}} costs }}{{", &cells), "{name} costs }{");
        assert_eq!(filled("", &cells), "");
        assert_eq!(filled("No columns", &[]), "No columns");
        assert_eq!(filled("{name}", &[]), "");
    }

    #[test]
    fn what_cannot_be_filled_is_told() {
        for (text, broken) in [
            ("Hello {nmae}", Broken::NoColumn("nmae".into())),
            ("Hello {}", Broken::NoColumn(String::new())),
            ("Hello {name", Broken::Brace('{')),
            ("Hello name}", Broken::Brace('}')),
        ] {
            assert_eq!(Filler::new(text, &columns()), Err(broken), "{text}");
        }
    }

    #[test]
    fn an_empty_cell_is_found() {
        let filler = Filler::new("{name} {due date}", &columns()).unwrap();
        let empty = |cells: [&str; 3]| filler.empty(&cells.map(Into::into));
        assert_eq!(empty(["Ana", "3 May", ""]), None);
        assert_eq!(empty(["Ana", "", ""]), Some(1));
        assert_eq!(filler.empty(&["Ana".into()]), Some(1), "a row that is too short");
        assert!(filler.has_columns());
        assert!(!Filler::new("{{name}}", &columns()).unwrap().has_columns());
    }

    proptest! {
        /// Whatever the columns of a table are called, the placeholder of each gives its own cell.
        #[test]
        fn each_placeholder_gives_its_own_column(headers in prop::collection::vec("[aAéÉßẞσςΣıİ()2 ]{0,4}", 1..6)) {
            let separator = sheet::Separator::Semicolon;
            let format = sheet::Format { separator, headers: true, quotes: false };
            let cells: Vec<String> = (0..headers.len()).map(|at| format!("cell {at}")).collect();
            let table = format!("x;{}\nx;{}", headers.join(";"), cells.join(";"));
            let sheet = sheet::Sheet::read(&table, format);
            for (at, cell) in cells.iter().enumerate() {
                let filler = Filler::new(&placeholder(&sheet.columns()[at + 1]), sheet.columns()).unwrap();
                prop_assert_eq!(&filler.fill(&sheet.cells(0)), cell);
            }
        }

        #[test]
        fn a_text_whose_braces_are_doubled_stays_as_it_is(text in "[a-z{} é]{0,40}") {
            let doubled = text.replace('{', "{{").replace('}', "}}");
            prop_assert_eq!(filled(&doubled, &[]), text);
        }

        #[test]
        fn no_text_is_too_strange(text in "[{}a name]{0,20}") {
            if let Err(broken) = Filler::new(&text, &columns()) {
                prop_assert!(!broken.sentence().is_empty());
            }
        }
    }
}
