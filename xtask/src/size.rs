//! What the site weighs, and whether its first load stays within the budget.

use crate::{Outcome, compress, html, project::read};
use std::{collections::BTreeSet, path::Path};

/// Bytes that the start page may load, compressed with Brotli.
pub const BUDGET: u64 = 170_000;

/// What the service worker fetches once the page is idle, beside every other file of the build: counted
/// apart, because nobody waits for it and it does not come again.
const ONCE_IDLE: &str = "fetched once the page is idle, to be kept for opening without a network";

/// What the start page fetches though `index.html` does not name it.
const FETCHED_BY_THE_APP: &[&str] = &["icons.svg", "switchboard.json"];

/// The modules that are loaded only where they are needed, and when that is.
const LATER: &[(&str, &str)] =
    &[("console", "loaded when the start page is left"), ("sandbox", "loaded where it is used")];

pub struct File {
    /// Below the folder of the site.
    pub name: String,
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
}

pub struct Sizes {
    pub files: Vec<File>,
    first: BTreeSet<String>,
}

impl Sizes {
    /// Of a built site; `base` is its place on the host.
    pub fn of(dist: &Path, base: &str) -> Outcome<Sizes> {
        let page = read(&dist.join("index.html"))?;
        let mut files = Vec::new();
        for path in compress::files(dist)? {
            if path.extension().is_some_and(|ending| ending == "br" || ending == "gz") {
                continue;
            }
            let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let raw = length(&path).unwrap_or(0);
            let copy = |ending| length(&compress::beside(&path, ending)).unwrap_or(raw);
            files.push(File { name, raw, gzip: copy("gz"), brotli: copy("br") });
        }
        Ok(Sizes { files, first: named_in(&page, base) })
    }

    /// The files the start page fetches.
    pub fn first_load(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| self.first.contains(&file.name))
    }

    /// Bytes of the first load, compressed with Brotli.
    pub fn first_load_bytes(&self) -> u64 {
        self.first_load().map(|file| file.brotli).sum()
    }

    /// Bytes of a module that is loaded later, compressed with Brotli.
    fn module_bytes(&self, module: &str) -> u64 {
        let of_module = |file: &&File| {
            file.name.strip_prefix(module).is_some_and(|rest| [".css", ".js", "_bg.wasm"].contains(&rest))
        };
        self.files.iter().filter(of_module).map(|file| file.brotli).sum()
    }

    /// Bytes that the service worker fetches beyond the first load, compressed with Brotli.
    fn idle_bytes(&self) -> u64 {
        let rest = self.files.iter().filter(|file| !self.first.contains(&file.name));
        rest.map(|file| file.brotli).sum()
    }

    pub fn within_budget(&self) -> Outcome {
        let bytes = self.first_load_bytes();
        if bytes <= BUDGET {
            return Ok(());
        }
        Err(format!(
            "The first load is {} kB (brotli), over the budget of {} kB. `cargo xtask build` shows which file grew.",
            kilobytes(bytes),
            kilobytes(BUDGET)
        ))
    }

    /// The table of every file, the first load marked, and the sums.
    pub fn table(&self) -> String {
        let width = self.files.iter().map(|file| file.name.len()).max().unwrap_or(0).max(32);
        let mut lines = vec![format!("  {:width$} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli")];
        for file in &self.files {
            let mark = if self.first.contains(&file.name) { '*' } else { ' ' };
            lines.push(format!(
                "{mark} {:width$} {:>10} {:>10} {:>10}",
                file.name, file.raw, file.gzip, file.brotli
            ));
        }
        lines.push(format!(
            "* first load (brotli): {} kB of {} kB",
            kilobytes(self.first_load_bytes()),
            kilobytes(BUDGET)
        ));
        for (module, when) in LATER {
            lines.push(format!("  {module}, {when}: {} kB", kilobytes(self.module_bytes(module))));
        }
        lines.push(format!("  the rest, {ONCE_IDLE}: {} kB", kilobytes(self.idle_bytes())));
        lines.join("\n")
    }
}

fn length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|known| known.len())
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1000, bytes % 1000 / 100)
}

/// The page and what any attribute of it points to; an icon for the home screen is fetched when a person
/// puts it there.
fn named_in(page: &str, base: &str) -> BTreeSet<String> {
    let tags = html::tags(page);
    let fetched = tags.iter().filter(|tag| tag.attribute("rel") != Some("apple-touch-icon"));
    let values = fetched.flat_map(|tag| &tag.attributes).map(|(_, value)| *value);
    let named = values.map(|value| value.strip_prefix(base).unwrap_or(value));
    let named = named.map(|value| value.split_once('?').map_or(value, |(path, _)| path));
    let fixed = FETCHED_BY_THE_APP.iter().copied().chain(["index.html"]);
    named.chain(fixed).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{kilobytes, named_in};

    #[test]
    fn the_first_load_is_what_the_page_names() {
        let page = "<link href='/sub/a.css'><link rel=apple-touch-icon href=/sub/b.png><script src=/sub/loader.js?v=1 data-wasm=\"/sub/a_bg.wasm\"></script>";
        let named = named_in(page, "/sub/");
        for name in ["index.html", "a.css", "loader.js", "a_bg.wasm", "switchboard.json"] {
            assert!(named.contains(name), "{name}");
        }
        for name in ["sandbox_bg.wasm", "b.png"] {
            assert!(!named.contains(name), "{name}");
        }
    }

    #[test]
    fn a_kilobyte_is_a_thousand() {
        assert_eq!(kilobytes(169_960), "169.9");
    }
}
