//! Programs that the machine has to bring: looked for, installed with apt-get where that is ours to
//! do, and otherwise named exactly. A test that cannot run is a failure, never skipped.

use crate::{
    Outcome,
    project::{command, on_path, printed, run},
};
use std::{path::PathBuf, sync::Once};

/// A program that tests need. A server that a test names is one more of these.
pub struct Program {
    /// As it is called in a sentence.
    pub name: &'static str,
    /// Its names on the search path; the first found is taken.
    pub names: &'static [&'static str],
    /// What Debian and Ubuntu call its packages.
    pub packages: &'static [&'static str],
    /// Where else it comes from.
    pub otherwise: &'static str,
}

pub const CURL: Program = Program {
    name: "curl",
    names: &["curl"],
    packages: &["curl", "ca-certificates"],
    otherwise: "any package manager has it as curl",
};

/// What the tests call by name: copied commands are run with it.
pub const NAMED_BY_TESTS: &[Program] = &[CURL];

/// The program, installed if need be.
pub fn find(program: &Program) -> Outcome<PathBuf> {
    if let Some(found) = on_path(program.names) {
        return Ok(found);
    }
    install(program)?;
    on_path(program.names).ok_or_else(|| missing(program))
}

/// Installs the packages of a program where this is Debian or Ubuntu and we are root.
pub fn install(program: &Program) -> Outcome {
    let root = printed(command("id").arg("-u")).is_some_and(|id| id == "0");
    if !root || on_path(&["apt-get"]).is_none() {
        return Err(missing(program));
    }
    eprintln!("Installing {}.", program.packages.join(" "));
    refresh_lists();
    let mut apt = command("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt.args(["install", "--yes", "--no-install-recommends"]).args(program.packages);
    run(&mut apt, &missing(program))
}

fn refresh_lists() {
    static ONCE: Once = Once::new();
    // A list that cannot be refreshed may still do.
    ONCE.call_once(|| drop(run(command("apt-get").args(["update", "--quiet"]), "")));
}

pub fn missing(program: &Program) -> String {
    format!(
        "The tests need {}. Install it with `sudo apt-get install {}` ({}), then run this again.",
        program.name,
        program.packages.join(" "),
        program.otherwise
    )
}

#[cfg(test)]
mod tests {
    use super::{CURL, missing};

    #[test]
    fn a_missing_program_is_named_with_its_packages() {
        let sentence = missing(&CURL);
        assert!(sentence.contains("sudo apt-get install curl ca-certificates"), "{sentence}");
    }
}
