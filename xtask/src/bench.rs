//! `cargo xtask bench`: how fast the built site is, measured in a real browser.

use crate::{
    Outcome,
    build::{self, Site},
    cargo::server,
    chromium,
    project::run,
    test::playwright,
};

pub fn bench() -> Outcome {
    build::build(&Site::new(None, Vec::new())?)?;
    let mut measure = playwright("bench", &server()?, &chromium::chromium()?)?;
    measure.args(["--workers=1", "--reporter=./support/table.ts"]);
    run(&mut measure, "A measurement failed; see above.")
}
