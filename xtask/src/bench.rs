//! `cargo xtask bench`: how fast the built site is, measured in a real browser.

use crate::{
    Outcome,
    build::{self, Site},
    cargo::{cargo, executable, server},
    chromium,
    project::{command, run},
    test::playwright,
    tools::Tools,
};
use std::{path::PathBuf, process::Stdio};

pub fn bench() -> Outcome {
    build::build(&Site::new(None, Vec::new())?)?;
    let mut measure = playwright("bench", &server()?, &chromium::chromium()?)?;
    measure.env("SWITCHBOARD_FILL", fill(&Tools::ready()?)?);
    measure.args(["--workers=1", "--reporter=./support/table.ts"]);
    run(&mut measure, "A measurement failed; see above.")
}

/// Builds the module that fills a device with messages, as a page loads it; returns its folder, which
/// is no part of the site.
fn fill(tools: &Tools) -> Outcome<PathBuf> {
    let failed = "The module that fills a device could not be built; the lines above say why.";
    let output = cargo()
        .args(["build", "--quiet", "--release", "--target", "wasm32-unknown-unknown"])
        .args(["--features", "fill", "--bin", "fill", "--message-format=json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .map_err(|problem| format!("{failed} ({problem})"))?;
    let module = executable(&String::from_utf8_lossy(&output.stdout));
    let module = module.filter(|_| output.status.success()).ok_or(failed)?;
    let folder = module.with_file_name("fill-module");
    let mut bind = command(&tools.wasm_bindgen);
    bind.args(["--target", "web", "--no-typescript", "--out-name", "fill", "--out-dir"]);
    run(bind.arg(&folder).arg(&module), failed)?;
    Ok(folder)
}
