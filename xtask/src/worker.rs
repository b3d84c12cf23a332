//! What the service worker keeps: every file of a build by its address, with its digest. The worker
//! itself is `public/sw.js`.

use crate::{
    Outcome, compress,
    html::{self, Tag},
    project::{read, write},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;
use sha2::{Digest, Sha256, Sha384};
use std::{fmt::Write as _, path::Path};

pub const WORKER: &str = "sw.js";
const PAGE: &str = "index.html";

/// Of the host, not of a build.
const DECLARED: &str = "switchboard.json";

/// The line of the worker that this writes.
const LINE: &str = "const BUILD = ";

/// What is asked for by its digest, because its name is fixed.
pub const BY_DIGEST: [&str; 7] = [
    "loader.js",
    "console.css",
    "console.js",
    "console_bg.wasm",
    "sandbox.js",
    "sandbox_bg.wasm",
    "icons.svg",
];

/// As subresource integrity writes it.
pub fn digest(path: &Path) -> Outcome<String> {
    let bytes =
        std::fs::read(path).map_err(|problem| format!("Cannot read {}: {problem}.", path.display()))?;
    Ok(format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))))
}

/// The part of a digest that stands in an address, as `loader.js` writes it too.
pub fn mark(digest: &str) -> String {
    digest[digest.len() - 8..].replace('+', "%2B").replace('/', "%2F")
}

/// Names a build: the same for the same files, whichever hosts their content policy allows.
pub fn id(dist: &Path) -> Outcome<String> {
    let mut all = Sha256::new();
    for (name, digest) in files(dist)? {
        if name != PAGE {
            all.update(format!("{name} {digest}\n"));
        }
    }
    all.update(worker(dist, "")?);
    Ok(all.finalize().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

/// Writes the list of a finished build into its worker. The page is the last to be finished, and may
/// be written again with another policy; so may the list.
pub fn list(dist: &Path) -> Outcome {
    let page = read(&dist.join(PAGE))?;
    let tags = html::tags(&page);
    let id = tags.iter().find_map(|tag: &Tag| tag.attribute("data-build")).ok_or(
        "The page does not name its build, so its service worker cannot either. Run `cargo xtask build`.",
    )?;
    let mut files = files(dist)?;
    files.sort_by_key(|(name, _)| name != PAGE);
    let address = |(name, digest): &(String, String)| {
        let address = match name.as_str() {
            // Some hosts lead from the name of the file to its folder.
            PAGE => "./".to_owned(),
            name if BY_DIGEST.contains(&name) => format!("{name}?v={}", mark(digest)),
            name => name.to_owned(),
        };
        json!([address, digest])
    };
    let build = json!({ "id": id, "files": files.iter().map(address).collect::<Vec<_>>() });
    write(&dist.join(WORKER), worker(dist, &build.to_string())?)?;
    compress::file(&dist.join(WORKER))
}

/// The worker with this in its line.
fn worker(dist: &Path, build: &str) -> Outcome<String> {
    let text = read(&dist.join(WORKER))?;
    if text.matches(LINE).count() != 1 {
        return Err(format!("{WORKER} needs one line `{LINE}null;`, into which the build is written."));
    }
    let lines = text.lines().map(|line| match line.starts_with(LINE) {
        true => format!("{LINE}{build};\n"),
        false => format!("{line}\n"),
    });
    Ok(lines.collect())
}

/// The files of a build, in order, with their digests.
fn files(dist: &Path) -> Outcome<Vec<(String, String)>> {
    let mut files = Vec::new();
    for path in compress::files(dist)? {
        let name = path.strip_prefix(dist).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let copy = path.extension().is_some_and(|ending| ending == "br" || ending == "gz");
        if !copy && name != WORKER && name != DECLARED {
            files.push((name, digest(&path)?));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::{id, list, mark};
    use crate::project::{read, write};
    use std::{env, fs, path::PathBuf, process};

    /// A small build; it is gone with the value.
    struct Build(PathBuf);

    impl Build {
        fn new(test: &str) -> Build {
            let folder = env::temp_dir().join(format!("switchboard-worker-{test}-{}", process::id()));
            for (name, text) in [
                ("index.html", "<script src=/loader.js data-build=\"0123\"></script>"),
                ("index.html.br", "packed"),
                ("loader.js", "1"),
                ("a-0123456789abcdef.css", "2"),
                ("switchboard.json", "{}"),
                ("sw.js", "// keeps\nconst BUILD = null;\nwork();\n"),
            ] {
                write(&folder.join(name), text).unwrap();
            }
            Build(folder)
        }

        fn listed(&self) -> serde_json::Value {
            list(&self.0).unwrap();
            let text = read(&self.0.join("sw.js")).unwrap();
            assert!(text.starts_with("// keeps\n") && text.ends_with("work();\n"), "{text}");
            let line = text.lines().find_map(|line| line.strip_prefix("const BUILD = ")).unwrap();
            serde_json::from_str(line.trim_end_matches(';')).unwrap()
        }
    }

    impl Drop for Build {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn every_file_of_the_build_is_listed_and_nothing_else() {
        let build = Build::new("files");
        let listed = build.listed();
        let addresses: Vec<&str> =
            listed["files"].as_array().unwrap().iter().map(|file| file[0].as_str().unwrap()).collect();
        assert_eq!(addresses[..2], ["./", "a-0123456789abcdef.css"]);
        assert!(addresses[2].starts_with("loader.js?v="), "{addresses:?}");
        assert_eq!((addresses.len(), listed["id"].as_str()), (3, Some("0123")));
    }

    #[test]
    fn a_list_is_written_again_with_the_page() {
        let build = Build::new("again");
        let before = build.listed();
        assert_eq!(before, build.listed());
        write(&build.0.join("index.html"), "<script data-build=\"0123\"></script><!-- policy -->").unwrap();
        let after = build.listed();
        assert_ne!(before["files"][0], after["files"][0]);
        assert_eq!(before["files"][1], after["files"][1]);
    }

    #[test]
    fn a_build_is_named_by_its_files_and_its_worker() {
        let build = Build::new("id");
        let before = id(&build.0).unwrap();
        list(&build.0).unwrap();
        write(&build.0.join("index.html"), "<script data-build=\"0123\"></script>").unwrap();
        assert_eq!(before, id(&build.0).unwrap(), "neither the list nor the page");
        for (name, text) in [("loader.js", "3"), ("sw.js", "const BUILD = null;\nwork(2);\n")] {
            let before = id(&build.0).unwrap();
            write(&build.0.join(name), text).unwrap();
            assert_ne!(before, id(&build.0).unwrap(), "{name}");
        }
    }

    #[test]
    fn a_mark_is_written_as_a_browser_does() {
        assert_eq!(mark("sha384-xxxxab+c/d12"), "ab%2Bc%2Fd12");
    }
}
