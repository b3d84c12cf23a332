//! Whether the quotes of one row are as RFC 4180 has them. A broken one is told, and read as most
//! spreadsheets read it.

/// What is wrong with the quotes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteFault {
    /// A cell begins with a quote that nothing closes.
    Unclosed,
    /// After the closing quote something stands before the next cell.
    Followed,
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    Start,
    Plain,
    Quoted,
    /// After a quote within a quoted cell: its end, or the first of two.
    Quote,
}

/// The first fault of a row.
pub fn fault(row: &str, separator: u8) -> Option<QuoteFault> {
    if !row.contains('"') {
        return None;
    }
    let mut at = At::Start;
    for byte in row.bytes() {
        let ends = byte == separator || matches!(byte, b'\r' | b'\n');
        at = match (at, byte) {
            (At::Start, b'"') => At::Quoted,
            (At::Quoted, b'"') => At::Quote,
            (At::Quote, b'"') | (At::Quoted, _) => At::Quoted,
            (_, _) if ends => At::Start,
            (At::Quote, _) => return Some(QuoteFault::Followed),
            (At::Start | At::Plain, _) => At::Plain,
        };
    }
    (at == At::Quoted).then_some(QuoteFault::Unclosed)
}
