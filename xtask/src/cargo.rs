//! The programs of this repository that the commands start.

use crate::{Outcome, project::command};
use serde_json::Value;
use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

/// Cargo, as it was called.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Builds the server of the site and the sandbox; returns its path.
pub fn server() -> Outcome<PathBuf> {
    let failed = "The server could not be built; the lines above say why.";
    let output = cargo()
        .args(["build", "--quiet", "--features", "serve", "--bin", "serve"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|problem| format!("{failed} ({problem})"))?;
    if !output.status.success() {
        return Err(failed.to_owned());
    }
    executable(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| failed.to_owned())
}

/// Where Cargo says it put the program.
pub fn executable(messages: &str) -> Option<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from)).next_back()
}
