//! What the server is told on its command line.

use std::path::PathBuf;

const HELP: &str = "serve [--addr HOST:PORT] [--dist DIR | --no-dist]

  --addr HOST:PORT   where to listen, 127.0.0.1:8080 unless given; port 0 takes a free one
  --dist DIR         the folder of the built site, dist unless given
  --no-dist          the sandbox alone";

pub struct Arguments {
    pub addr: String,
    /// The folder of the built site; none for the sandbox alone.
    pub dist: Option<PathBuf>,
}

impl Arguments {
    pub fn read(mut given: impl Iterator<Item = String>) -> Result<Arguments, String> {
        let mut read = Arguments { addr: "127.0.0.1:8080".to_owned(), dist: Some(PathBuf::from("dist")) };
        while let Some(argument) = given.next() {
            let mut value = |what: &str| given.next().ok_or(format!("{argument} needs {what}.\n\n{HELP}"));
            match argument.as_str() {
                "--addr" => read.addr = value("HOST:PORT")?,
                "--dist" => read.dist = Some(value("a folder")?.into()),
                "--no-dist" => read.dist = None,
                _ => return Err(format!("{argument} is not an option.\n\n{HELP}")),
            }
        }
        Ok(read)
    }
}
