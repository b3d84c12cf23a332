//! Programs that the machine has to bring: looked for, installed with apt-get where that is ours to
//! do, and otherwise named exactly. A test that cannot run is a failure, never skipped.

use crate::{
    Outcome,
    project::{command, kept, on_path, printed, run, write},
};
use std::{
    path::{Path, PathBuf},
    sync::Once,
};

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

pub const OPENSSL: Program = Program {
    name: "openssl",
    names: &["openssl"],
    packages: &["openssl"],
    otherwise: "any package manager has it as openssl",
};

pub const NGINX: Program = Program {
    name: "nginx with three modules of Debian",
    names: &["nginx"],
    packages: &[
        "nginx",
        "libnginx-mod-http-brotli-static",
        "libnginx-mod-http-headers-more-filter",
        "libnginx-mod-http-set-misc",
    ],
    otherwise: "Debian 12, Ubuntu 24.04 or newer",
};

pub const CADDY: Program = Program {
    name: "Caddy",
    names: &["caddy"],
    packages: &["caddy"],
    otherwise: "or from https://caddyserver.com",
};

/// What the tests call by name: copied commands are run with curl, the recipes of `deploy` with the rest.
pub const NAMED_BY_TESTS: &[Program] = &[CURL, OPENSSL, NGINX, CADDY];

/// Where Debian says that the modules of nginx are to be loaded.
const NGINX_MODULES: &str = "/etc/nginx/modules-enabled";

/// Where servers are, which is not on everybody's search path.
pub const SERVERS: &str = "/usr/sbin";

/// The program, installed if need be.
pub fn find(program: &Program) -> Outcome<PathBuf> {
    if let Some(found) = there(program) {
        return Ok(found);
    }
    install(program)?;
    there(program).ok_or_else(|| missing(program))
}

/// Where the program is, with everything that belongs to it.
fn there(program: &Program) -> Option<PathBuf> {
    let beside =
        || program.names.iter().map(|name| Path::new(SERVERS).join(name)).find(|path| path.is_file());
    let found = on_path(program.names).or_else(beside)?;
    let modules = program.packages.iter().filter_map(|package| package.strip_prefix("libnginx-"));
    let loaded = |module: &str| {
        let files = std::fs::read_dir(NGINX_MODULES).into_iter().flatten().flatten();
        files.map(|file| file.file_name()).any(|name| name.to_string_lossy().contains(module))
    };
    modules.into_iter().all(loaded).then_some(found)
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
    apt.arg("-o").arg(format!("DPkg::Path={}:/usr/sbin:/usr/bin:/sbin:/bin", nothing_starts()?.display()));
    run(&mut apt, &missing(program))
}

/// A folder of commands that do nothing, in place of those by which a package starts its server now and at
/// every start of the machine. Tests start servers of their own, and whoever runs them may have another on
/// port 80. A `policy-rc.d` would do the same, but stays behind when the installation is interrupted.
fn nothing_starts() -> Outcome<PathBuf> {
    let folder = kept("nothing-starts", "1")?;
    for name in ["invoke-rc.d", "deb-systemd-invoke", "deb-systemd-helper"] {
        let script = folder.join(name);
        write(&script, "#!/bin/sh\nexit 0\n")?;
        executable(&script)?;
    }
    Ok(folder)
}

#[cfg(unix)]
fn executable(script: &Path) -> Outcome {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(script, std::fs::Permissions::from_mode(0o755))
        .map_err(|problem| format!("Cannot make {} executable: {problem}.", script.display()))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> Outcome {
    Ok(())
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
