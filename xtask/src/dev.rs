//! `cargo xtask dev`: the site with live reload, and the sandbox behind it. The addresses of the
//! sandbox stand in `Trunk.toml` as well, where Trunk's proxy reads them.

use crate::{
    Outcome,
    cargo::server,
    policy,
    project::{command, read, run, write},
    tools::Tools,
};
use std::{env, path::PathBuf};

/// Where `Trunk.toml` expects the sandbox.
const SANDBOX: &str = "127.0.0.1:8089";

pub fn dev() -> Outcome {
    let tools = Tools::ready()?;
    let mut sandbox = command(server()?)
        .args(["--no-dist", "--addr", SANDBOX])
        .spawn()
        .map_err(|problem| format!("The sandbox could not be started: {problem}."))?;
    let mut trunk = command(&tools.trunk);
    trunk.env("PATH", &tools.path).env_remove("NO_COLOR").arg("serve");
    let ended = run(&mut trunk, "The lines above say why.");
    // It ends with us anyway; this is for the case that Trunk ended by itself.
    let _ = sandbox.kill();
    let _ = sandbox.wait();
    ended
}

/// Called by Trunk after every build: the content policy of a development build, so that what it
/// refuses is seen while writing. A release build gets its own from `build`.
pub fn policy() -> Outcome {
    let given = |name| env::var_os(name).ok_or("Trunk calls this command; `cargo xtask dev` starts Trunk.");
    if given("TRUNK_PROFILE")? == "release" {
        return Ok(());
    }
    let page = PathBuf::from(given("TRUNK_STAGING_DIR")?).join("index.html");
    let policy = policy::dev_policy(&policy::hosts(&[])?);
    write(&page, policy::insert(&read(&page)?, &policy)?)
}
