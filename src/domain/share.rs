//! What leads people to a number: the link that opens a chat with it, and that link as a QR code.
//! Nothing is drawn or stored here; a code is its modules, and a picture of it is text.

use crate::catalogue::call;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// The white margin that readers need around a code, in modules.
const MARGIN: usize = 4;

/// The longest link that a code of our error correction can hold; links are not of the few signs that
/// codes hold more of.
pub const LONGEST: usize = 2_331;

/// The link that opens a chat; `digits` is country code and number, `text` what is filled in.
pub fn link(digits: &str, text: &str) -> String {
    if text.is_empty() {
        format!("https://wa.me/{digits}")
    } else {
        format!("https://wa.me/{digits}?text={}", call::encode(text))
    }
}

/// A QR code with its margin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules along one side, margin included.
    pub side: usize,
    dark: Vec<bool>,
}

/// Dark modules side by side: where they begin, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub x: usize,
    pub y: usize,
    pub length: usize,
}

/// The code of a text, of medium error correction; `None` where no code can hold it.
pub fn qr(text: &str) -> Option<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let inner = usize::try_from(code.size()).ok()?;
    let side = inner + 2 * MARGIN;
    // What is outside the code reads as light.
    let place = |at: usize| i32::try_from(at).map_or(-1, |at| at - MARGIN as i32);
    let module = |at: usize| code.get_module(place(at % side), place(at / side));
    Some(Qr { side, dark: (0..side * side).map(module).collect() })
}

impl Qr {
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.side && self.dark.get(y * self.side + x).is_some_and(|dark| *dark)
    }

    /// The dark modules, row by row.
    pub fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = vec![];
        for y in 0..self.side {
            for x in (0..self.side).filter(|x| self.is_dark(*x, y)) {
                match runs.last_mut() {
                    Some(run) if run.y == y && run.x + run.length == x => run.length += 1,
                    _ => runs.push(Run { x, y, length: 1 }),
                }
            }
        }
        runs
    }

    /// The dark modules as the path of an SVG, one unit each.
    pub fn path(&self) -> String {
        self.runs().into_iter().fold(String::new(), |mut path, Run { x, y, length }| {
            // Writing into a text cannot fail.
            let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            path
        })
    }
}

/// A code as a file of its own: black on white, sharp at every size.
pub fn svg(qr: &Qr) -> String {
    let (side, path) = (qr.side, qr.path());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#ffffff\"/><path d=\"{path}\" fill=\"#000000\"/></svg>\n"
    )
}

#[cfg(test)]
mod tests;
