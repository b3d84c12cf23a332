//! What stands between two cells, and the line by which a file says so itself. What is not said is guessed
//! elsewhere.

use serde::{Deserialize, Serialize};

/// What stands between two cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    Comma,
    Semicolon,
    Tab,
    Pipe,
    /// There is one column: whatever separates stands between two rows.
    List,
}

impl Separator {
    pub const ALL: [Separator; 5] =
        [Separator::Comma, Separator::Semicolon, Separator::Tab, Separator::Pipe, Separator::List];

    pub const fn id(self) -> &'static str {
        match self {
            Separator::Comma => "comma",
            Separator::Semicolon => "semicolon",
            Separator::Tab => "tab",
            Separator::Pipe => "pipe",
            Separator::List => "list",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Separator::Comma => "Comma ,",
            Separator::Semicolon => "Semicolon ;",
            Separator::Tab => "Tab",
            Separator::Pipe => "Pipe |",
            Separator::List => "None: each entry is a person",
        }
    }

    pub(super) const fn byte(self) -> u8 {
        match self {
            Separator::Comma => b',',
            Separator::Semicolon => b';',
            Separator::Tab => b'\t',
            Separator::Pipe => b'|',
            // Nothing that a text may hold, so that a row is one cell.
            Separator::List => 0,
        }
    }
}

/// What a first line such as `sep=;` says, which Excel writes and obeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    /// `None` for a sign that separates nothing here.
    pub separator: Option<Separator>,
}

impl Declared {
    /// What the first line of a text says; `None` where it is a row like others.
    pub fn of(text: &str) -> Option<Declared> {
        let (name, signs) = text.split_at_checked("sep=".len())?;
        let mut signs = signs.chars();
        let sign = signs.next().filter(|sign| !matches!(sign, '\r' | '\n' | '\0'))?;
        let ends = matches!(signs.next(), None | Some('\r' | '\n'));
        let fits = |separator: &Separator| char::from(separator.byte()) == sign;
        (ends && name.eq_ignore_ascii_case("sep="))
            .then(|| Declared { separator: Separator::ALL.into_iter().find(fits) })
    }
}
