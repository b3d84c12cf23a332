//! Files of this device: their bytes, and an address under which the page can show one. What a file
//! has to be is not known here.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, TextDecodeOptions, TextDecoder, Url};

/// Why a file could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// Nothing that is a file, such as a text that was dragged.
    NoFile,
    Several,
    TooLarge {
        bytes: usize,
        most: usize,
    },
    /// A folder, or a file that the device does not give away.
    Closed,
}

/// The one file of a choice or a drop.
pub fn only(files: Option<FileList>) -> Result<File, FileFault> {
    let files = files.ok_or(FileFault::NoFile)?;
    match files.length() {
        0 => Err(FileFault::NoFile),
        1 => files.get(0).ok_or(FileFault::NoFile),
        _ => Err(FileFault::Several),
    }
}

/// The bytes of a file, unless there are more than `most`: then none is read.
pub async fn bytes(file: &File, most: usize) -> Result<Vec<u8>, FileFault> {
    let bytes = file.size() as usize;
    if bytes > most {
        return Err(FileFault::TooLarge { bytes, most });
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| FileFault::Closed)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A file that is being turned into text by the browser, a part at a time. What does not fit becomes `\u{FFFD}`.
pub struct Decoder {
    decoder: TextDecoder,
    bytes: Vec<u8>,
    at: usize,
    text: String,
}

impl Decoder {
    /// `written` is one of the Encoding Standard's names; `None` where the browser does not know it.
    pub fn new(bytes: Vec<u8>, written: &str) -> Option<Decoder> {
        let decoder = TextDecoder::new_with_label(written).ok()?;
        Some(Decoder { decoder, text: String::with_capacity(bytes.len()), bytes, at: 0 })
    }

    /// Goes on by up to so many bytes; tells whether that was all.
    pub fn advance(&mut self, most: usize) -> bool {
        let rest = &self.bytes[self.at..];
        let part = &rest[..rest.len().min(most)];
        let options = TextDecodeOptions::new();
        // A sign may lie across two parts.
        options.set_stream(part.len() < rest.len());
        // It refuses nothing unless it is asked to.
        let text = self.decoder.decode_with_buffer_source_and_options(&Uint8Array::from(part), &options);
        self.text.push_str(&text.unwrap_or_default());
        self.at += part.len();
        self.at >= self.bytes.len()
    }

    pub fn text(self) -> String {
        self.text
    }
}

/// An address of a file in this tab's memory, which ends with this value.
#[derive(Debug)]
pub struct FileUrl(String);

impl FileUrl {
    pub fn of(file: &Blob) -> Option<FileUrl> {
        Url::create_object_url_with_blob(file).ok().map(FileUrl)
    }

    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for FileUrl {
    fn drop(&mut self) {
        // An address that is gone already needs no end.
        drop(Url::revoke_object_url(&self.0));
    }
}
