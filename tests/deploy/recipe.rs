//! The files of `deploy/`, and how they are put in place for a test: copied, with the changes that this
//! machine needs.

use std::{
    fs,
    path::{Path, PathBuf},
};

#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    KeyInBrowser,
    Basic,
    OAuth2Proxy,
}

/// What the recipes' own keys become. The sandbox tells a credential by its last four characters.
pub const RELAY_KEY: &str = "of-the-relay-9999";

/// What a text becomes.
pub type Change = (String, String);

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy")
}

pub fn read(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap_or_else(|problem| panic!("{file}: {problem}"))
}

pub fn install(changes: &[Change], from: &Path, to: &Path) {
    let text = fs::read_to_string(from).expect("a file of the recipe");
    write(to, &changes.iter().fold(text, |text, (from, to)| text.replace(from, to)));
}

pub fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
    fs::write(file, text).expect("it can be written");
}

/// Changes a file in place; it has to make a difference.
pub fn change(file: &Path, from: &str, to: &str) {
    let before = fs::read_to_string(file).expect("an installed file");
    let after = before.replace(from, to);
    assert_ne!(before, after, "{} has no “{from}”", file.display());
    write(file, &after);
}
