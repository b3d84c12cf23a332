//! Picture files, judged by their own bytes: kind, size, whether they are whole, and what a profile
//! photo has to be. Nothing is decoded here, and where the bytes come from is not this module's matter.

/// Pixels that each side of a profile photo has to have.
pub const SMALLEST_SIDE: u32 = 192;
pub const LARGEST_SIDE: u32 = 640;
/// The documented 5 MB, counted in the way that refuses nothing that may be taken.
const MOST_MEGABYTES: usize = 5;
pub const MOST_BYTES: usize = MOST_MEGABYTES * 1024 * 1024;
/// The stricter figure of the guide to Vonage's dashboard.
pub const GUIDE_BYTES: usize = 800_000;
/// A file beyond this is not even read: it would hold up the page for a picture that nobody takes.
pub const MOST_READ: usize = 20_000_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Png,
    Jpeg,
    Webp,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::Webp => "WebP",
        }
    }

    /// The kind that the first bytes tell; a file's name tells nothing.
    fn of(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(Kind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            _ => None,
        }
    }

    fn is_whole(self, bytes: &[u8]) -> bool {
        match self {
            Kind::Png => png_is_whole(bytes),
            Kind::Jpeg => jpeg_is_whole(bytes),
            Kind::Webp => webp_is_whole(bytes),
        }
    }
}

/// What the bytes of a picture tell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub kind: Kind,
    pub width: u32,
    pub height: u32,
    /// Only WebP is asked.
    pub animated: bool,
    pub bytes: usize,
}

/// Why bytes are no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    /// Of none of the three kinds.
    Foreign,
    /// Begins like a picture of this kind, and does not go on like one.
    Damaged(Kind),
}

impl Unreadable {
    pub fn sentence(self) -> String {
        match self {
            Unreadable::Empty => "This file is empty.".into(),
            Unreadable::Foreign => "This is not a PNG, JPEG or WebP picture, whatever its name says.".into(),
            Unreadable::Damaged(kind) => {
                format!("This begins like a {}, but it is damaged, or its end is missing.", kind.name())
            }
        }
    }
}

/// Reads what a file is.
pub fn read(bytes: &[u8]) -> Result<Picture, Unreadable> {
    if bytes.is_empty() {
        return Err(Unreadable::Empty);
    }
    let kind = Kind::of(bytes).ok_or(Unreadable::Foreign)?;
    let damaged = Unreadable::Damaged(kind);
    let size = imagesize::blob_size(bytes).map_err(|_| damaged)?;
    let side = |pixels: usize| u32::try_from(pixels).ok().filter(|pixels| *pixels > 0).ok_or(damaged);
    let (width, height) = (side(size.width)?, side(size.height)?);
    if !kind.is_whole(bytes) {
        return Err(damaged);
    }
    let animated = kind == Kind::Webp && webp_is_animated(bytes);
    Ok(Picture { kind, width, height, animated, bytes: bytes.len() })
}

/// One thing that was found about a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub sentence: String,
    /// Whether the picture cannot be taken with it.
    pub blocks: bool,
}

impl Finding {
    fn problem(sentence: String) -> Finding {
        Finding { sentence, blocks: true }
    }

    fn warning(sentence: String) -> Finding {
        Finding { sentence, blocks: false }
    }
}

/// What keeps a file from being a profile photo, or should be known of it.
pub fn photo_findings(picture: &Picture) -> Vec<Finding> {
    let mut found = vec![];
    if picture.kind == Kind::Webp {
        found.push(Finding::problem(
            "This is a WebP picture. A profile photo has to be a PNG or a JPEG.".into(),
        ));
    }
    if picture.bytes > MOST_BYTES {
        found.push(Finding::problem(format!(
            "The file has {}; a profile photo may have at most {MOST_MEGABYTES} MB.",
            size(picture.bytes)
        )));
    } else if picture.bytes > GUIDE_BYTES {
        found.push(Finding::warning(format!(
            "The file has {}. The reference of the API allows {MOST_MEGABYTES} MB, but the guide to Vonage's dashboard says at most {}: a smaller file is safer.",
            size(picture.bytes),
            size(GUIDE_BYTES)
        )));
    }
    found.extend(photo_side_findings(picture.width, picture.height));
    found
}

/// The same, where only width and height in pixels are known.
pub fn photo_side_findings(width: u32, height: u32) -> Vec<Finding> {
    let mut found = vec![];
    if width.min(height) < SMALLEST_SIDE {
        found.push(Finding::problem(format!(
            "Too small: {width} × {height} pixels. Each side has to have at least {SMALLEST_SIDE}."
        )));
    }
    if width.max(height) > LARGEST_SIDE {
        found.push(Finding::problem(format!(
            "Too large: {width} × {height} pixels. Each side may have at most {LARGEST_SIDE}."
        )));
    }
    if width != height {
        found.push(Finding::warning(format!(
            "Not square: {width} × {height} pixels. WhatsApp shows the middle of it, as a circle."
        )));
    }
    found
}

/// The size of a file in words, such as `812 kB`.
pub fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Whether the chunks begin with the header and go on to the last one.
fn png_is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    let mut first = true;
    while let Some((&length, after)) = rest.split_first_chunk::<4>() {
        let Some((name, after)) = after.split_first_chunk::<4>() else { return false };
        if first && name != b"IHDR" {
            return false;
        }
        first = false;
        // The check sum that follows each chunk has four bytes.
        let Some(end) = (u32::from_be_bytes(length) as usize).checked_add(4) else { return false };
        let Some(next) = after.get(end..) else { return false };
        if name == b"IEND" {
            return true;
        }
        rest = next;
    }
    false
}

/// Whether the picture's own data is there and ends. Thumbnails in the segments before have ends too.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    const SCAN: u8 = 0xDA;
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let [0xFF, marker, after @ ..] = rest {
        if *marker == SCAN {
            return after.windows(2).any(|pair| pair == [0xFF, 0xD9]);
        }
        let Some(length) = after.first_chunk::<2>() else { return false };
        let Some(next) = after.get(usize::from(u16::from_be_bytes(*length)).max(2)..) else { return false };
        rest = next;
    }
    false
}

fn webp_is_whole(bytes: &[u8]) -> bool {
    let Some(length) = bytes.get(4..).and_then(|rest| rest.first_chunk::<4>()) else { return false };
    let length = u32::from_le_bytes(*length) as usize;
    length.checked_add(8).is_some_and(|whole| bytes.len() >= whole)
}

/// Whether the header says so, or there is a chunk that only animations have.
fn webp_is_animated(bytes: &[u8]) -> bool {
    const ANIMATION: u8 = 0b10;
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let Some((&length, after)) = after.split_first_chunk::<4>() else { return false };
        let flagged = name == b"VP8X" && after.first().is_some_and(|flags| flags & ANIMATION != 0);
        if flagged || name == b"ANIM" {
            return true;
        }
        // A chunk of odd length is followed by one more byte.
        let length = u32::from_le_bytes(length) as usize;
        let next = length.checked_next_multiple_of(2).and_then(|length| after.get(length..));
        let Some(next) = next else { return false };
        rest = next;
    }
    false
}

#[cfg(test)]
mod tests;
