//! `cargo xtask build`: the site in `dist/`. Trunk compiles and names the files; the content policy
//! and the compressed copies are added here.

use crate::{
    Outcome, compress, html, policy,
    project::{command, dist, read, run, write},
    size::Sizes,
    tools::Tools,
    worker::{self, WORKER, digest, mark},
};
use std::path::{Path, PathBuf};

/// What a build may be told.
pub struct Site {
    /// Where on its host the site will be; begins and ends with `/`.
    base: String,
    /// Every host the page may call.
    hosts: Vec<String>,
    /// The folder that it is built in.
    dist: PathBuf,
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
        Ok(Site { base, hosts: policy::hosts(&connect)?, dist: dist() })
    }

    /// The same in another folder.
    pub fn within(self, dist: PathBuf) -> Site {
        Site { dist, ..self }
    }
}

/// Builds, prints the sizes and returns them.
pub fn build(site: &Site) -> Outcome<Sizes> {
    let tools = Tools::ready()?;
    let mut trunk = command(&tools.trunk);
    trunk.env("PATH", &tools.path);
    // Trunk takes NO_COLOR for an option of its own and stops at any value but true or false.
    trunk.env_remove("NO_COLOR");
    let dist = &site.dist;
    trunk.args(["build", "--release", "--public-url", &site.base, "--dist"]).arg(dist);
    run(&mut trunk, "The lines above say why the site could not be built.")?;
    split_styles(dist)?;
    set_digests(dist)?;
    set_policy(dist, &site.hosts)?;
    compress::folder(dist)?;
    let sizes = Sizes::of(dist, &site.base)?;
    println!("{}", sizes.table());
    Ok(sizes)
}

/// Puts the styles that the start page does without into one file, which loads with the console module.
fn split_styles(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let mut text = read(&page)?;
    let mut styles = String::new();
    let links: Vec<(String, String)> = html::tags(&text)
        .iter()
        .filter(|tag| tag.name == "link" && tag.attribute("rel") == Some("stylesheet"))
        .filter_map(|tag| Some((text[tag.span.0..tag.span.1].to_owned(), tag.attribute("href")?.to_owned())))
        .collect();
    for (tag, href) in links {
        let name = href.rsplit('/').next().unwrap_or(&href);
        if FIRST_STYLES.iter().any(|first| name.starts_with(&format!("{first}-"))) {
            continue;
        }
        let file = dist.join(name);
        styles += &read(&file)?;
        std::fs::remove_file(&file)
            .map_err(|problem| format!("Cannot remove {}: {problem}.", file.display()))?;
        text = text.replacen(&tag, "", 1);
    }
    write(&dist.join(LATER_STYLES), styles)?;
    write(&page, text)
}

/// The styles of the start page, by the names of their files in `style/`.
const FIRST_STYLES: [&str; 4] = ["tokens", "base", "frame", "home"];
/// Those of every other place.
const LATER_STYLES: &str = "console.css";

/// Names in the page what Trunk leaves out: the digests of what has a fixed name (the loader, asked for
/// by its digest too, the modules that load later, the icons), and the build itself.
fn set_digests(dist: &Path) -> Outcome {
    let page = dist.join("index.html");
    let digest = |name: &str| digest(&dist.join(name));
    let (loader, icons) = (digest("loader.js")?, digest("icons.svg")?);
    let mut named = format!("loader.js?v={}\" integrity=\"{loader}\"", mark(&loader));
    for module in LATER {
        let (script, code) = (digest(&format!("{module}.js"))?, digest(&format!("{module}_bg.wasm"))?);
        named += &format!(" data-{module}=\"{script} {code}\"");
    }
    named += &format!(" data-styles=\"{}\"", digest(LATER_STYLES)?);
    named += &format!(" data-icons=\"icons.svg?v={}\" data-build=\"{}\"", mark(&icons), worker::id(dist)?);
    write(&page, read(&page)?.replacen("loader.js\"", &named, 1))
}

/// The modules that load later, by their fixed names.
const LATER: [&str; 2] = ["console", "sandbox"];

/// Writes the policy into the page of a built site, and the page's digest into its service worker.
pub fn set_policy(dist: &Path, hosts: &[String]) -> Outcome {
    let path = dist.join("index.html");
    let page = read(&path)?;
    if let Some(what) = html::inline_code(&page) {
        return Err(format!("index.html has {what}, which the content policy refuses. Move it to a file."));
    }
    write(&path, policy::insert(&page, &policy::policy(hosts))?)?;
    compress::file(&path)?;
    if dist.join(WORKER).is_file() { worker::list(dist) } else { Ok(()) }
}
