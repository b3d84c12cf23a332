//! `cargo xtask run`: the site and the sandbox, ready to use.

use crate::{
    Outcome,
    build::{self, Site},
    cargo::server,
    project::{become_program, command, dist},
};

pub fn run(addr: Option<String>) -> Outcome {
    build::build(&Site::new(None, Vec::new())?)?;
    let mut server = command(server()?);
    server.arg("--dist").arg(dist());
    if let Some(addr) = addr {
        server.args(["--addr", &addr]);
    }
    become_program(&mut server)
}
