//! `cargo xtask build`: the site in `dist/`. Trunk compiles and names the files; the content policy
//! and the compressed copies are added here.

use crate::{
    Outcome, compress, html, policy,
    project::{command, dist, read, run, write},
    size::Sizes,
    tools::Tools,
};
use std::path::Path;

/// What a build may be told.
pub struct Site {
    /// Where on its host the site will be; begins and ends with `/`.
    base: String,
    /// Every host the page may call.
    hosts: Vec<String>,
}

impl Site {
    pub fn new(base: Option<String>, connect: Vec<String>) -> Outcome<Site> {
        let base = base.unwrap_or_else(|| "/".to_owned());
        let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~".contains(c);
        if !base.starts_with('/')
            || base.starts_with("//")
            || !base.ends_with('/')
            || !base.chars().all(plain)
        {
            return Err(format!("--base {base} must begin and end with a slash, such as /console/."));
        }
        Ok(Site { base, hosts: policy::hosts(&connect)? })
    }
}

/// Builds, prints the sizes and returns them.
pub fn build(site: &Site) -> Outcome<Sizes> {
    let tools = Tools::ready()?;
    let mut trunk = command(&tools.trunk);
    trunk.env("PATH", &tools.path);
    // Trunk takes NO_COLOR for an option of its own and stops at any value but true or false.
    trunk.env_remove("NO_COLOR");
    trunk.args(["build", "--release", "--public-url", &site.base]);
    run(&mut trunk, "The lines above say why the site could not be built.")?;
    let dist = dist();
    set_version(&dist)?;
    set_policy(&dist, &site.hosts)?;
    compress::folder(&dist)?;
    let sizes = Sizes::of(&dist, &site.base)?;
    println!("{}", sizes.table());
    Ok(sizes)
}

/// Names the build in the page. The modules that load later have fixed names; asked for with this, a
/// cache between cannot pair the script of one build with the code of another.
fn set_version(dist: &Path) -> Outcome {
    let mut digest = flate2::Crc::new();
    for name in LATER {
        let path = dist.join(name);
        digest.update(
            &std::fs::read(&path).map_err(|problem| format!("Cannot read {}: {problem}.", path.display()))?,
        );
    }
    let page = dist.join("index.html");
    let version = format!("data-version=\"{:08x}\" data-js=", digest.sum());
    write(&page, read(&page)?.replacen("data-js=", &version, 1))
}

/// What is loaded by its fixed name.
const LATER: [&str; 4] = ["console.js", "console_bg.wasm", "sandbox.js", "sandbox_bg.wasm"];

/// Writes the policy into the page of a built site.
pub fn set_policy(dist: &Path, hosts: &[String]) -> Outcome {
    let path = dist.join("index.html");
    let page = read(&path)?;
    if let Some(what) = html::inline_code(&page) {
        return Err(format!("index.html has {what}, which the content policy refuses. Move it to a file."));
    }
    write(&path, policy::insert(&page, &policy::policy(hosts))?)?;
    compress::file(&path)
}
