//! What `deploy/README.md` says, as far as it can be held against something.

use crate::{
    many,
    recipe::{folder, read},
};
use std::process::Command;
use switchboard::domain::connection::{Credential, deployed};

/// What the guide's own commands make.
const MADE: [&str; 1] = ["resolver.conf"];

#[test]
fn every_file_it_names_is_there() {
    let guide = read("README.md");
    let part = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let endings = [".conf", ".caddy", ".caddyfile", ".toml", ".env"];
    let names: Vec<&str> = guide
        .split(|c| !part(c))
        .filter(|word| !word.starts_with('/') && endings.iter().any(|ending| word.ends_with(ending)))
        .filter(|word| !MADE.contains(word))
        .collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let places = ["", "nginx", "nginx/switchboard", "caddy", "caddy/switchboard", "netlify"];
        assert!(places.iter().any(|place| folder().join(place).join(name).is_file()), "{name}");
    }
}

#[test]
fn its_numbers_are_the_measured_ones() {
    let guide = read("README.md");
    for (count, what) in [
        (many::WITHOUT_CACHE, "gone past, each on its own conversation"),
        (many::OWN_THREADS, "used, each on its own conversation"),
        (many::SAME_THREAD, "used, all on the same one"),
    ] {
        assert!(guide.contains(&format!("| {what} | {count} |")), "{what}: {count}");
    }
    assert!(guide.contains(&format!("more than {} people", many::WITHOUT_CACHE)));
}

#[test]
fn its_connections_can_be_read() {
    for (file, credential) in [("key-in-browser", Credential::Ask), ("key-at-relay", Credential::Relay)] {
        let text = read(&format!("connections/{file}.json"));
        let declared = deployed(200, &text).unwrap_or_else(|problem| panic!("{file}: {problem}"));
        assert_eq!(declared.connections.len(), 4);
        for connection in declared.connections {
            assert_eq!(connection.credential, credential);
            assert_eq!(connection.base_url, format!("/relay/{}", connection.provider.id()));
        }
    }
}

/// Its command that writes where nginx looks names up, on what a machine may have.
#[test]
fn its_name_servers_are_those_of_the_machine() {
    let guide = read("README.md");
    let from = guide.find("awk '").expect("the command");
    let command = &guide[from..from + guide[from..].find(" > ").expect("its end")];
    let file = std::env::temp_dir().join(format!("switchboard-resolv-{}", std::process::id()));
    let machine =
        "# a comment\nsearch example.com\nnameserver 10.0.0.2\nnameserver fe80::1%eth0\noptions edns0\n";
    std::fs::write(&file, machine).expect("it can be written");
    let command = command.replace("/etc/resolv.conf", &file.display().to_string());
    let output = Command::new("sh").args(["-c", &command]).output().expect("a shell");
    std::fs::remove_file(&file).expect("it was there");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "resolver 10.0.0.2 [fe80::1] ipv6=off;\n");
}
