//! What a server is given: a site, and certificates that openssl makes.

use crate::stack::{CONSOLE, host};
use std::{fs, path::Path, process::Command};
use switchboard::catalogue::provider::Provider;

/// A site as `cargo xtask build` leaves it, as far as a server sees it.
pub fn site(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for (name, content) in [
        ("index.html", "<h1>page</h1>"),
        ("index.html.br", "page, br"),
        ("index.html.gz", "page, gz"),
        ("app-f5d71e33251772c.js", "app"),
        ("app-f5d71e33251772c.js.br", "app, br"),
        ("app-f5d71e33251772c.js.gz", "app, gz"),
        ("app-0123456789abcdef_bg.wasm", "\0asm"),
        ("console.js", "console"),
        ("sw.js", "const BUILD = {};"),
        ("manifest.webmanifest", "{}"),
        ("switchboard.json", "{\"connections\": []}"),
    ] {
        fs::write(folder.join(name), content).expect("it can be written");
    }
}

/// An authority that is trusted, and certificates: the console's, the providers', one of another name,
/// and one of the providers' names that nobody vouches for.
pub fn certificates(folder: &Path) {
    let names = Provider::ALL.map(|provider| format!("DNS:{}", host(provider))).join(",");
    let openssl = |words: &str| {
        let output = Command::new("openssl").args(words.split(' ')).current_dir(folder).output();
        let output = output.expect("openssl starts: `cargo xtask test --native` installs it");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=test";
    openssl(&format!("{new} -keyout authority.key -out authority.pem"));
    let signed = "-CA authority.pem -CAkey authority.key -addext basicConstraints=critical,CA:FALSE";
    for (file, names, signed) in [
        ("console", format!("DNS:{CONSOLE}"), signed),
        ("provider", names.clone(), signed),
        ("other", "DNS:other.example".to_owned(), signed),
        ("nobody", names, ""),
    ] {
        let mut words = format!("{new} -keyout {file}.key -out {file}.pem -addext subjectAltName={names}");
        if !signed.is_empty() {
            words = format!("{words} {signed}");
        }
        openssl(&words);
    }
}
