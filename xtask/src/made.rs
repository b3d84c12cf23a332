//! What is made by driving the built console, and kept in the repository: the README's pictures, the
//! icons, and the stores that later versions have to open. How each is made stands in `tests/e2e/made`.

use crate::{
    Outcome,
    build::{self, Site},
    cargo::server,
    chromium,
    project::run,
    test::playwright,
};

/// Builds the site and runs one file of `tests/e2e/made`.
pub fn made(file: &str) -> Outcome {
    build::build(&Site::new(None, Vec::new())?)?;
    let mut making = playwright("made", &server()?, &chromium::headless()?)?;
    // By its whole name: a word of it may stand in the name of the folder that all this is in.
    making.args(["--workers=1", &format!("made/{file}.spec.ts")]);
    run(&mut making, "It could not be made; see above.")
}
