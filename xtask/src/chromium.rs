//! The browser of the tests, and the driver that the browser build of the unit tests is run with.

use crate::{
    Outcome,
    project::{on_path, write},
    system::{self, Program},
};
use serde_json::json;
use std::{
    env,
    path::{Path, PathBuf},
};

const CHROMIUM: Program = Program {
    name: "Chromium",
    names: &["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"],
    packages: &["chromium"],
    otherwise: "or Google Chrome from https://www.google.com/chrome; CHROMIUM=/path/to/it names one elsewhere",
};

/// The same browser without windows, in which end-to-end tests take half the time. Debian has it.
const SHELL: Program = Program {
    name: "Chromium's headless shell",
    names: &["chromium-headless-shell", "chrome-headless-shell"],
    packages: &["chromium-headless-shell"],
    otherwise: "or from https://googlechromelabs.github.io/chrome-for-testing",
};

const DRIVER: Program = Program {
    name: "chromedriver, of the same version as Chromium",
    names: &["chromedriver"],
    packages: &["chromium-driver"],
    otherwise: "or from https://googlechromelabs.github.io/chrome-for-testing; CHROMEDRIVER=/path/to/it names one elsewhere",
};

/// Where macOS keeps it.
const MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

pub fn chromium() -> Outcome<PathBuf> {
    if let Some(named) = named("CHROMIUM")? {
        return Ok(named);
    }
    if on_path(CHROMIUM.names).is_none() && Path::new(MACOS).is_file() {
        return Ok(MACOS.into());
    }
    system::find(&CHROMIUM)
}

/// Where nothing is measured the headless shell will do, if the machine has it.
pub fn headless() -> Outcome<PathBuf> {
    if let Some(named) = named("CHROMIUM")? {
        return Ok(named);
    }
    system::find(&SHELL).or_else(|_| chromium())
}

pub fn driver() -> Outcome<PathBuf> {
    match named("CHROMEDRIVER")? {
        Some(named) => Ok(named),
        None => system::find(&DRIVER),
    }
}

fn named(variable: &str) -> Outcome<Option<PathBuf>> {
    match env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => Err(format!("{variable} names {}, which is no file.", path.display())),
        None => Ok(None),
    }
}

/// How the driver starts the browser; without the sandbox of its own, which root has not.
pub fn write_driver_settings(to: &Path, chromium: &Path) -> Outcome {
    let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    let options = json!({ "binary": chromium, "args": arguments });
    write(to, json!({ "goog:chromeOptions": options }).to_string())
}
