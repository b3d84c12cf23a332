//! Files of this device: their bytes, and an address under which the page can show one. What a file
//! has to be is not known here.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileList, Url};

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
