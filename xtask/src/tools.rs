//! The two tools the site is built with, in exactly the versions it needs. They are compiled once per
//! user and version; one on the search path is used where its version matches.

use crate::{
    Outcome,
    project::{command, kept, on_path, path_with, printed, read, root, run},
};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

const TRUNK: &str = "0.21.14";
const WASM: &str = "wasm32-unknown-unknown";

/// Trunk, and the search path on which it finds its `wasm-bindgen`.
pub struct Tools {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
    pub path: OsString,
}

impl Tools {
    /// Installs what is missing, which takes about ten minutes the first time.
    pub fn ready() -> Outcome<Tools> {
        add_wasm_target()?;
        let trunk = tool("trunk", "trunk", TRUNK)?;
        let wasm_bindgen = tool("wasm-bindgen", "wasm-bindgen-cli", &wasm_bindgen_version()?)?;
        let path = path_with(&[folder(&wasm_bindgen)])?;
        Ok(Tools { trunk, wasm_bindgen, path })
    }

    /// The program that `cargo test` hands the browser build of the tests to.
    pub fn test_runner(&self) -> PathBuf {
        let name = format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX);
        folder(&self.wasm_bindgen).join(name)
    }
}

fn folder(program: &Path) -> &Path {
    program.parent().unwrap_or(program)
}

/// `rust-toolchain.toml` asks for the target; where rustup is told not to install by itself, or the
/// toolchain is named on the command line, it may be missing all the same.
fn add_wasm_target() -> Outcome {
    let library = printed(command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    run(
        command("rustup").args(["target", "add", WASM]),
        &format!("Install rustup from https://rustup.rs, then run `rustup target add {WASM}`."),
    )
}

fn tool(program: &str, package: &str, version: &str) -> Outcome<PathBuf> {
    if let Some(found) = on_path(&[program])
        && reports(&found, version)
    {
        return Ok(found);
    }
    let folder = kept(package, version)?;
    let installed = folder.join("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if reports(&installed, version) {
        return Ok(installed);
    }
    eprintln!("Installing {package} {version}, once for this user; this takes some minutes.");
    let package = format!("{package}@{version}");
    run(
        command("cargo").args(["install", "--locked", "--force", &package, "--root"]).arg(&folder),
        &format!(
            "Check the network, then try `cargo install --locked {package} --root {}`.",
            folder.display()
        ),
    )?;
    Ok(installed)
}

fn reports(program: &Path, version: &str) -> bool {
    printed(command(program).arg("--version"))
        .is_some_and(|printed| printed.split_whitespace().any(|word| word == version))
}

/// The tool must be of exactly the version of the crate, so it is read where the crate's stands.
fn wasm_bindgen_version() -> Outcome<String> {
    let lock = read(&root().join("Cargo.lock"))?;
    locked_version(&lock, "wasm-bindgen").ok_or_else(|| {
        "Cargo.lock names no wasm-bindgen. Restore it with `git checkout Cargo.lock`.".to_owned()
    })
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_lock_file_names_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.128\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.128"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
