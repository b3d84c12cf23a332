//! The commands of this repository: `cargo xtask help`. Each has a module of its own; this one reads
//! the command line and nothing else.

mod bench;
mod build;
mod cargo;
mod chromium;
mod compress;
mod dev;
mod html;
mod made;
mod node;
mod openapi;
mod package;
mod policy;
mod project;
mod run;
mod size;
mod system;
mod test;
mod tools;
mod worker;

use build::Site;
use pico_args::Arguments;
use std::{path::PathBuf, process::ExitCode};

/// What a command comes to. An error is a sentence that says what to do next.
pub type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "The commands of this repository.

cargo xtask run [--addr HOST:PORT]
    Builds the site and serves it with the sandbox, at http://127.0.0.1:8080 unless told otherwise.

cargo xtask test [--native] [--e2e [FILTER]]
    Everything to a verdict: native tests, the same in the browser build, end-to-end in Chromium.
    --native  only what needs no browser
    --e2e     only end-to-end; FILTER is part of a test's file name or title

cargo xtask build [--base /path/] [--connect https://HOST]...
    The site in dist/, with .br and .gz beside every compressible file, and a table of sizes.
    --base     where on its host the site will be, / unless given
    --connect  one more host the content policy lets the page call

cargo xtask package [--base /path/] [--connect https://HOST]... | --dist DIR
    One file for a colleague who has a server and no Rust: the site, deploy/ and their sums.
    --dist  packs a site that is built already

cargo xtask openapi
    Every request of the catalogue as one OpenAPI file, docs/openapi.json.

cargo xtask screenshots
    The pictures of the README in docs/, from the sandbox.

cargo xtask icons
    The icons of the installed console in public/, from icon.svg.

cargo xtask freeze
    What the console keeps on a device now, as a file that later versions have to open.

cargo xtask bench
    The performance figures, as a table.

cargo xtask dev
    The site with live reload, and the sandbox behind it.

cargo xtask policy --dist DIR [--connect https://HOST]...
    Writes the content policy of a site that is built already, with other hosts.";

fn main() -> ExitCode {
    match command(Arguments::from_env()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn command(mut given: Arguments) -> Outcome {
    let name = given.subcommand().map_err(unreadable)?;
    if given.contains(["-h", "--help"]) {
        println!("{HELP}");
        return Ok(());
    }
    match name.as_deref() {
        Some("run") => {
            let addr = given.opt_value_from_str("--addr").map_err(unreadable)?;
            finish(given)?;
            run::run(addr)
        }
        Some("test") => test::test(&parts(given)?),
        Some("build") => {
            let base: Option<String> = given.opt_value_from_str("--base").map_err(unreadable)?;
            let connect = given.values_from_str("--connect").map_err(unreadable)?;
            finish(given)?;
            build::build(&Site::new(base, connect)?).map(|_| ())
        }
        Some("package") => {
            let dist: Option<PathBuf> = given.opt_value_from_str("--dist").map_err(unreadable)?;
            let base: Option<String> = given.opt_value_from_str("--base").map_err(unreadable)?;
            let connect: Vec<String> = given.values_from_str("--connect").map_err(unreadable)?;
            finish(given)?;
            match dist {
                Some(dist) if base.is_none() && connect.is_empty() => package::package(&dist),
                Some(_) => {
                    Err("--dist packs a site as it was built. Leave out --base and --connect.".to_owned())
                }
                None => {
                    build::build(&Site::new(base, connect)?)?;
                    package::package(&project::dist())
                }
            }
        }
        Some("openapi") => finish(given).and_then(|()| openapi::openapi()),
        Some("screenshots") => finish(given).and_then(|()| made::made("screens")),
        Some("icons") => finish(given).and_then(|()| made::made("icons")),
        Some("freeze") => finish(given).and_then(|()| made::made("store")),
        Some("bench") => finish(given).and_then(|()| bench::bench()),
        Some("dev") => finish(given).and_then(|()| dev::dev()),
        Some("dev-policy") => finish(given).and_then(|()| dev::policy()),
        Some("policy") => {
            let dist: PathBuf = given.value_from_str("--dist").map_err(unreadable)?;
            let connect: Vec<String> = given.values_from_str("--connect").map_err(unreadable)?;
            finish(given)?;
            build::set_policy(&dist, &policy::hosts(&connect)?)
        }
        None | Some("help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => Err(format!("There is no command {other}.\n\n{HELP}")),
    }
}

/// `--e2e` takes a filter only where a word follows that is no option, which `pico-args` cannot say.
fn parts(given: Arguments) -> Outcome<test::Parts> {
    let mut parts = test::Parts::default();
    let mut words = given.finish().into_iter().map(|word| word.to_string_lossy().into_owned()).peekable();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--native" => parts.native = true,
            "--e2e" => {
                parts.e2e = true;
                parts.filter = words.next_if(|next| !next.starts_with('-'));
            }
            _ => return Err(format!("{word} is not an option of test.\n\n{HELP}")),
        }
    }
    Ok(parts)
}

fn finish(given: Arguments) -> Outcome {
    match given.finish().first() {
        None => Ok(()),
        Some(word) => Err(format!("{} is not an option of this command.\n\n{HELP}", word.display())),
    }
}

fn unreadable(problem: pico_args::Error) -> String {
    format!("{problem}.\n\n{HELP}")
}
