//! What is told to whoever does not see the page, such as that a message came. What it says is for whoever
//! has something to tell.

/// A sentence, and how many came before it: the same one twice is told twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    number: u32,
    words: String,
}

impl Announced {
    pub fn after(before: Option<&Announced>, words: String) -> Announced {
        Announced { number: before.map_or(0, |before| before.number.wrapping_add(1)), words }
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    pub fn words(&self) -> &str {
        &self.words
    }
}
