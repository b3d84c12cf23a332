//! `cargo xtask test`: from a fresh clone to a verdict.

use crate::{
    Outcome,
    build::{self, Site},
    cargo::{cargo, server},
    chromium,
    node::Node,
    project::{command, dist, root, run},
    system,
    tools::Tools,
};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

const WASM: &str = "wasm32-unknown-unknown";
/// Where on its host the second site of the end-to-end tests is.
const BASE: &str = "/sub/path/";

/// Which part is asked for; none means all.
#[derive(Default)]
pub struct Parts {
    pub native: bool,
    pub e2e: bool,
    /// Part of an end-to-end test's file name or title.
    pub filter: Option<String>,
}

pub fn test(parts: &Parts) -> Outcome {
    let all = !parts.native && !parts.e2e;
    if all || parts.native {
        native()?;
    }
    if all {
        browser()?;
    }
    if all || parts.e2e {
        end_to_end(parts.filter.as_deref())?;
    }
    Ok(())
}

fn native() -> Outcome {
    heading("Native tests");
    // Some run a copied command in a shell, a function in Node, or a server that they name.
    for program in system::NAMED_BY_TESTS {
        system::find(program)?;
    }
    let path = Node::ready()?.path;
    let folders = env::split_paths(&path).chain([PathBuf::from(system::SERVERS)]);
    let path = env::join_paths(folders)
        .map_err(|problem| format!("The search path cannot be extended: {problem}."))?;
    let mut tests = cargo();
    tests.env("PATH", path);
    run(tests.args(["test", "--workspace", "--features", "serve"]), "A native test failed; see above.")
}

/// The same unit tests, compiled for the browser and run in one.
fn browser() -> Outcome {
    heading("The same tests in the browser build");
    let tools = Tools::ready()?;
    let chromium = chromium::chromium()?;
    let settings = root().join("target/webdriver.json");
    chromium::write_driver_settings(&settings, &chromium)?;
    let mut tests = cargo();
    tests
        .args(["test", "--lib", "--target", WASM])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.test_runner())
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &settings)
        .env("CHROMEDRIVER", chromium::driver()?);
    run(&mut tests, "A test of the browser build failed; see above.")
}

fn end_to_end(filter: Option<&str>) -> Outcome {
    heading("Types of the end-to-end tests");
    let mut types = in_node(&["node_modules/typescript/bin/tsc", "--project", "."])?;
    run(&mut types, "A type does not fit; see above.")?;
    heading("End to end, in Chromium");
    let below = root().join("target/below");
    build::build(&Site::new(Some(BASE.to_owned()), Vec::new())?.within(below.clone()))?;
    let sizes = build::build(&Site::new(None, Vec::new())?)?;
    let first: Vec<&str> = sizes.first_load().map(|file| file.name.as_str()).collect();
    let mut tests = playwright("e2e", &server()?, &chromium::headless()?)?;
    tests.env("SWITCHBOARD_FIRST_LOAD", first.join(","));
    tests.env("SWITCHBOARD_BASE", BASE).env("SWITCHBOARD_BELOW", below);
    let failed = "An end-to-end test failed; see above.";
    if let Some(filter) = filter {
        if names_file(filter) {
            tests.arg(filter)
        } else {
            tests.args(["--grep", filter])
        };
        return run(&mut tests, failed);
    }
    run(&mut tests, failed)?;
    sizes.within_budget()
}

/// Whether a filter names a file rather than titles.
fn names_file(filter: &str) -> bool {
    let folder = root().join("tests/e2e");
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    names
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .any(|name| name.ends_with(".spec.ts") && name.contains(filter))
}

/// Playwright, told where everything is that its fixtures start.
pub fn playwright(project: &str, server: &Path, chromium: &Path) -> Outcome<Command> {
    let this = env::current_exe().map_err(|problem| format!("Cannot find this program: {problem}."))?;
    let mut tests =
        in_node(&["node_modules/@playwright/test/cli.js", "test", &format!("--project={project}")])?;
    tests
        .env("SWITCHBOARD_CHROMIUM", chromium)
        .env("SWITCHBOARD_DIST", dist())
        .env("SWITCHBOARD_SERVE", server)
        .env("SWITCHBOARD_XTASK", this);
    Ok(tests)
}

/// A program of the packages of `tests/e2e`, run there.
fn in_node(program: &[&str]) -> Outcome<Command> {
    let node = Node::ready()?;
    node.packages()?;
    let mut command = command(&node.node);
    command.current_dir(root().join("tests/e2e")).env("PATH", &node.path).args(program);
    Ok(command)
}

fn heading(text: &str) {
    println!("\n== {text}\n");
}
