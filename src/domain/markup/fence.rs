//! Where three backticks make code, and whether that code has its lines for itself. What else is in a
//! text is not looked at: code comes before every other mark.

const FENCE: &str = "```";

/// Two groups of three backticks and what is between them, as places in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fence {
    pub start: usize,
    /// Behind the last backtick.
    pub end: usize,
}

/// All code of a text, in its order. Backticks with nothing to be seen between them are no code.
pub fn fences(text: &str) -> Vec<Fence> {
    let mut fences = vec![];
    let mut open: Option<usize> = None;
    let mut at = 0;
    // Each place is looked at once, also where what closes nothing opens the next.
    while let Some(found) = text[at..].find(FENCE).map(|found| at + found) {
        at = found + FENCE.len();
        match open {
            Some(start) if !text[start + FENCE.len()..found].trim().is_empty() => {
                fences.push(Fence { start, end: at });
                open = None;
            }
            _ => open = Some(found),
        }
    }
    fences
}

impl Fence {
    pub const fn mark() -> &'static str {
        FENCE
    }

    pub fn inner(self, text: &str) -> &str {
        &text[self.start + FENCE.len()..self.end - FENCE.len()]
    }

    /// Code of several lines, or alone on its line. Other code stays in its line, as the app shows it.
    pub fn is_block(self, text: &str) -> bool {
        let alone = (self.start == 0 || text[..self.start].ends_with('\n'))
            && (self.end == text.len() || text[self.end..].starts_with('\n'));
        alone || self.inner(text).contains('\n')
    }
}
