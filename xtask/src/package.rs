//! `cargo xtask package`: one file for a colleague who has a server and no Rust. It holds the site, the
//! recipes for servers and the sums of both. The same site makes the same file, byte for byte.

use crate::{
    Outcome,
    compress::{beside, files},
    project::{read, root, write},
};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    io::{Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, DateTime, ZipWriter, result::DateTimeRangeError, write::SimpleFileOptions};

/// What everything lies in, so that unpacking it never mixes it with anything else.
const FOLDER: &str = "switchboard";

/// A file of the package: its name below the folder, and what it holds.
type Entry = (String, Vec<u8>);

/// Writes the package of a built site, prints where it is, how large, and its sum.
pub fn package(dist: &Path) -> Outcome {
    let version = version()?;
    let bytes = packed(dist, &root().join("deploy"), &version)?;
    let path = root().join(format!("target/package/switchboard-{version}.zip"));
    write(&path, &bytes)?;
    println!("{}\n{} kB\nSHA-256 {}", path.display(), bytes.len() / 1000, sum(&bytes));
    Ok(())
}

fn packed(dist: &Path, deploy: &Path, version: &str) -> Outcome<Vec<u8>> {
    if !dist.join("index.html").is_file() {
        return Err(format!(
            "There is no site in {}. Build it with `cargo xtask build`, or leave --dist out.",
            dist.display()
        ));
    }
    let mut entries = vec![("README.txt".to_owned(), readme(version).into_bytes())];
    entries.extend(below(dist, "site")?);
    // A host that cannot be told to answer with the page sends this for every place in it.
    for ending in ["", "br", "gz"] {
        let named = |name: &str| match ending {
            "" => PathBuf::from(name),
            _ => beside(Path::new(name), ending),
        };
        let page = content(&dist.join(named("index.html")))?;
        entries.push((named("site/404.html").display().to_string(), page));
    }
    entries.extend(below(deploy, "deploy")?);
    entries.sort();
    entries.dedup_by(|one, other| one.0 == other.0);
    let sums = entries.iter().fold(String::new(), |mut sums, (name, bytes)| {
        let _ = writeln!(sums, "{}  {name}", sum(bytes));
        sums
    });
    entries.push(("SHA256SUMS".to_owned(), sums.into_bytes()));
    zipped(&entries)
}

/// Every file of a folder, named as below another.
fn below(folder: &Path, name: &str) -> Outcome<Vec<Entry>> {
    let entry = |path: PathBuf| {
        let rest = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Ok((format!("{name}/{rest}"), content(&path)?))
    };
    files(folder)?.into_iter().map(entry).collect()
}

fn content(path: &Path) -> Outcome<Vec<u8>> {
    std::fs::read(path).map_err(|problem| format!("Cannot read {}: {problem}.", path.display()))
}

fn zipped(entries: &[Entry]) -> Outcome<Vec<u8>> {
    let failed = |problem: &dyn std::fmt::Display| format!("The package could not be written: {problem}.");
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = options.last_modified_time(time(bytes).map_err(|problem| failed(&problem))?);
        zip.start_file(format!("{FOLDER}/{name}"), options).map_err(|problem| failed(&problem))?;
        zip.write_all(bytes).map_err(|problem| failed(&problem))?;
    }
    Ok(zip.finish().map_err(|problem| failed(&problem))?.into_inner())
}

/// A time made from what a file holds. Servers tell browsers that a file is as it was by its time and its
/// length alone, and `index.html` has the same length in many versions; the time of day would make two
/// packages of one site differ.
fn time(bytes: &[u8]) -> Result<DateTime, DateTimeRangeError> {
    let digits = Sha256::digest(bytes);
    let [year, month, day, hour, minute, half] = [20, 12, 28, 24, 60, 30];
    let of = |at: usize, many: u8| digits[at] % many;
    DateTime::from_date_and_time(
        2000 + u16::from(of(0, year)),
        1 + of(1, month),
        1 + of(2, day),
        of(3, hour),
        of(4, minute),
        // The format counts in steps of two seconds.
        2 * of(5, half),
    )
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// That of the console, not of these commands.
fn version() -> Outcome<String> {
    let manifest = read(&root().join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    line.map(|version| version.trim_matches('"').to_owned())
        .ok_or_else(|| "Cargo.toml names no version. Write one below [package].".to_owned())
}

fn readme(version: &str) -> String {
    format!(
        "Switchboard {version}

site/         the console: static files for any web server
deploy/       recipes for nginx, Caddy, Netlify, Cloudflare Pages and Vercel
SHA256SUMS    check what arrived with: sha256sum -c SHA256SUMS

Begin with deploy/README.md.
"
    )
}

#[cfg(test)]
mod tests {
    use super::{packed, sum};
    use crate::{compress, project::write};
    use std::{
        collections::BTreeMap,
        io::{Cursor, Read},
        path::PathBuf,
    };
    use zip::ZipArchive;

    struct Folder(PathBuf);

    impl Folder {
        /// A site and recipes, as far as the package sees them.
        fn new(name: &str) -> Folder {
            let folder =
                std::env::temp_dir().join(format!("switchboard-package-{name}-{}", std::process::id()));
            for (file, content) in [
                ("dist/index.html", "<h1>page</h1>"),
                ("dist/app-f5d71e33251772c.js", "app"),
                ("dist/snippets/a/b.js", "b"),
                ("deploy/README.md", "# How"),
                ("deploy/nginx/site.conf", "server {}"),
            ] {
                write(&folder.join(file), content).unwrap();
            }
            compress::folder(&folder.join("dist")).unwrap();
            Folder(folder)
        }

        fn packed(&self) -> Vec<u8> {
            packed(&self.0.join("dist"), &self.0.join("deploy"), "1.2.3").unwrap()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn unpacked(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let count = zip.len();
        let read = |at: usize| {
            let mut file = zip.by_index(at).unwrap();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            (file.name().unwrap().strip_prefix("switchboard/").unwrap().to_owned(), content)
        };
        (0..count).map(read).collect()
    }

    #[test]
    fn everything_is_in_it_and_the_sums_are_right() {
        let files = unpacked(Folder::new("whole").packed());
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        for name in ["site/index.html", "site/snippets/a/b.js", "site/404.html"] {
            for ending in ["", ".br", ".gz"] {
                assert!(files.contains_key(&format!("{name}{ending}")), "{name}{ending}");
            }
        }
        for ending in ["", ".br", ".gz"] {
            assert_eq!(files[&format!("site/404.html{ending}")], files[&format!("site/index.html{ending}")]);
        }
        assert_eq!(text("deploy/nginx/site.conf"), "server {}");
        assert!(text("README.txt").contains("deploy/README.md"));
        let sums: BTreeMap<String, String> = text("SHA256SUMS")
            .lines()
            .map(|line| line.split_once("  ").unwrap())
            .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
            .collect();
        let wanted = files.iter().filter(|(name, _)| *name != "SHA256SUMS");
        assert_eq!(sums, wanted.map(|(name, bytes)| (name.clone(), sum(bytes))).collect());
    }

    #[test]
    fn one_site_makes_one_package() {
        let folder = Folder::new("again");
        assert_eq!(sum(&folder.packed()), sum(&folder.packed()));
    }

    /// Or a browser would go on showing the page of the version before.
    #[test]
    fn two_versions_of_a_page_have_different_times() {
        let folder = Folder::new("times");
        let time = || {
            let mut zip = ZipArchive::new(Cursor::new(folder.packed())).unwrap();
            let page = zip.by_name("switchboard/site/index.html").unwrap();
            (page.last_modified().unwrap(), page.size())
        };
        let before = time();
        write(&folder.0.join("dist/index.html"), "<h1>pagE</h1>").unwrap();
        let after = time();
        assert_eq!(before.1, after.1, "of the same length");
        assert_ne!(before.0, after.0);
    }

    /// The first of NIST's examples.
    #[test]
    fn a_sum_is_what_sha256sum_says() {
        assert_eq!(sum(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_folder_without_a_site_is_refused() {
        let folder = Folder::new("none");
        let problem = packed(&folder.0, &folder.0.join("deploy"), "1").unwrap_err();
        assert!(problem.contains("cargo xtask build"), "{problem}");
    }
}
