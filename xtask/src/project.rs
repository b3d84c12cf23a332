//! Where things are, and how another program is run. Nothing here knows what for.

use crate::Outcome;
use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The repository.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// The built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The folder of one version of a tool, kept for every clone of this user.
pub fn kept(tool: &str, version: &str) -> Outcome<PathBuf> {
    let caches = match (env::var_os("XDG_CACHE_HOME"), env::home_dir()) {
        (Some(caches), _) if !caches.is_empty() => PathBuf::from(caches),
        (_, Some(home)) => home.join(".cache"),
        (_, None) => {
            return Err("There is no home directory to keep the tools in. Set XDG_CACHE_HOME.".to_owned());
        }
    };
    Ok(caches.join("switchboard").join(format!("{tool}-{version}")))
}

/// A command that runs in the repository.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Runs it with its output shown; `next` is what to do when it fails.
pub fn run(command: &mut Command, next: &str) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}. {next}")),
        Err(problem) => Err(format!("{name} could not be started: {problem}. {next}")),
    }
}

/// Goes on as that program, so that whoever stops us stops it.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Outcome {
    let problem = std::os::unix::process::CommandExt::exec(command);
    Err(format!("{} could not be started: {problem}.", command.get_program().display()))
}

#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Outcome {
    run(command, "The lines above say why.")
}

/// What it prints, where it starts and succeeds.
pub fn printed(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of these names on the search path.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| {
            folders.iter().map(move |folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
        })
        .find(|program| program.is_file())
}

/// The search path with these folders first.
pub fn path_with(first: &[&Path]) -> Outcome<std::ffi::OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().map(|folder| folder.to_path_buf()).chain(env::split_paths(&rest));
    env::join_paths(folders).map_err(|problem| format!("The search path cannot be extended: {problem}."))
}

pub fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|problem| format!("Cannot read {}: {problem}.", path.display()))
}

pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|problem| format!("Cannot make {}: {problem}.", folder.display()))?;
    }
    std::fs::write(path, content).map_err(|problem| format!("Cannot write {}: {problem}.", path.display()))
}
