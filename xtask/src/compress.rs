//! The compressed copies that servers send in place of the files.

use crate::{Outcome, project::write};
use flate2::{Compression, write::GzEncoder};
use std::{
    io::Write,
    path::{Path, PathBuf},
};

const COMPRESSIBLE: &[&str] = &["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// Edited by whoever deploys the site: a compressed copy would go on being sent as it was.
const EDITED: &str = "switchboard.json";

/// Writes `.br` and `.gz` beside every compressible file of the folder.
pub fn folder(dist: &Path) -> Outcome {
    let unedited = |path: &PathBuf| !path.ends_with(EDITED);
    files(dist)?.iter().filter(|path| unedited(path)).try_for_each(|path| file(path))
}

/// Writes `.br` and `.gz` beside the file, where it is compressible.
pub fn file(path: &Path) -> Outcome {
    if !path.extension().is_some_and(|ending| COMPRESSIBLE.iter().any(|known| ending == *known)) {
        return Ok(());
    }
    let content =
        std::fs::read(path).map_err(|problem| format!("Cannot read {}: {problem}.", path.display()))?;
    write(&beside(path, "br"), brotli(&content)?)?;
    write(&beside(path, "gz"), gzip(&content)?)
}

/// The name of the compressed copy.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Every file below the folder, in order.
pub fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let unreadable = |problem: std::io::Error| format!("Cannot read {}: {problem}.", folder.display());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn brotli(content: &[u8]) -> Outcome<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &parameters)
        .map_err(|problem| format!("Brotli failed: {problem}."))?;
    Ok(compressed)
}

fn gzip(content: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let failed = |problem: std::io::Error| format!("Gzip failed: {problem}.");
    encoder.write_all(content).map_err(failed)?;
    encoder.finish().map_err(failed)
}
