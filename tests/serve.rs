//! The server as a program: what it says over the wire. What the sandbox answers is tested where the
//! sandbox is.
#![cfg(feature = "serve")]

use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A request without path parameters, so that any sandbox answers it.
const OPERATION: &str = "rapida.create-whatsapp-deployment";
const PATH: &str = "/sandbox/rapida/v1/assistant-deployment/create-whatsapp-deployment";

struct Server {
    child: Child,
    address: String,
    dist: PathBuf,
}

impl Server {
    /// With a site of its own in a folder of that name.
    fn start(name: &str) -> Server {
        let dist = std::env::temp_dir().join(format!("switchboard-serve-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dist).unwrap();
        for (file, content) in [
            ("index.html", "<h1>page</h1>"),
            ("index.html.br", "page, br"),
            ("app-f5d71e33251772c.js", "app"),
            ("app-f5d71e33251772c.js.gz", "app, gz"),
            ("switchboard.json", "{}"),
        ] {
            std::fs::write(dist.join(file), content).unwrap();
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_serve"))
            .args(["--addr", "127.0.0.1:0", "--dist"])
            .arg(&dist)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Switchboard is ready at http://").unwrap().to_owned();
        Server { child, address, dist }
    }

    /// Everything that comes back until the connection closes.
    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Answer {
        let mut stream = self.open(method, path, headers, body);
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        Answer(text)
    }

    fn open(&self, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let length = body.len();
        let host = &self.address;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        )
        .unwrap();
        stream
    }

    fn control(&self, orders: &Value) -> Answer {
        self.send("POST", "/sandbox/_control", "", &orders.to_string())
    }

    fn log(&self) -> Vec<Value> {
        serde_json::from_str(self.send("GET", "/sandbox/_log?after=0", "", "").body()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.dist);
    }
}

struct Answer(String);

impl Answer {
    fn status(&self) -> &str {
        self.0.split(' ').nth(1).unwrap_or("none")
    }

    fn header(&self, name: &str) -> Option<&str> {
        let head = self.0.split("\r\n\r\n").next()?;
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

#[test]
fn the_site_is_served_compressed_and_kept_only_where_named_by_its_content() {
    let server = Server::start("site");
    let page = server.send("GET", "/requests/kapso.send-message", "accept-encoding: gzip, br\r\n", "");
    assert_eq!((page.status(), page.body()), ("200", "page, br"));
    assert_eq!(page.header("content-encoding"), Some("br"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("content-security-policy"), Some("frame-ancestors 'none'"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));

    let app = server.send("GET", "/app-f5d71e33251772c.js", "accept-encoding: gzip\r\n", "");
    assert_eq!((app.status(), app.body()), ("200", "app, gz"));
    assert_eq!(app.header("content-type"), Some("text/javascript"));
    assert_eq!(app.header("cache-control"), Some("public, max-age=31536000, immutable"));

    let missing = server.send("GET", "/app-0000000000000000.js", "", "");
    assert_eq!(missing.status(), "404");
    assert_eq!(missing.header("cache-control"), Some("no-cache"));
    assert_eq!(server.send("GET", "/../Cargo.toml", "", "").body(), "<h1>page</h1>");
    assert_eq!(server.send("POST", "/", "", "").status(), "405");
}

#[test]
fn the_connections_are_the_four_sandboxes() {
    let server = Server::start("connections");
    let file: Value = serde_json::from_str(server.send("GET", "/switchboard.json", "", "").body()).unwrap();
    let rapida = &file["connections"][3];
    assert_eq!(file["connections"].as_array().unwrap().len(), 4);
    assert_eq!(rapida["id"], "sandbox-rapida");
    assert_eq!(rapida["base_url"], "/sandbox/rapida/v1/assistant-deployment");
    assert_eq!(rapida["credential"], "sandbox");
}

#[test]
fn a_path_reaches_the_sandbox_as_it_was_written() {
    let server = Server::start("path");
    server.send("GET", "/sandbox/kapso/api/v1/a%2Fb/c%20d?q=%26", "", "");
    let call = &server.log()[0];
    assert_eq!((call["path"].as_str(), call["query"].as_str()), (Some("/a%2Fb/c%20d"), Some("q=%26")));
    assert_eq!(server.send("GET", "/sandbox/kapso/other", "", "").status(), "404");
}

#[test]
fn pages_of_any_origin_may_call_unless_told_otherwise() {
    let server = Server::start("cors");
    let ask = "origin: https://a.example\r\naccess-control-request-method: PATCH\r\naccess-control-request-headers: authorization,x-b\r\n";
    let allowed = server.send("OPTIONS", PATH, ask, "");
    assert_eq!(allowed.status(), "204");
    assert_eq!(allowed.header("access-control-allow-origin"), Some("*"));
    assert_eq!(allowed.header("access-control-allow-methods"), Some("PATCH"));
    assert_eq!(allowed.header("access-control-allow-headers"), Some("authorization,x-b"));
    let answered = server.send("POST", PATH, "origin: https://a.example\r\n", "{}");
    assert_eq!(answered.header("access-control-expose-headers"), Some("*"));
    assert!(server.log().iter().all(|call| call["method"] != "OPTIONS"));

    server.control(&json!({ "cors": false }));
    for method in ["OPTIONS", "POST"] {
        assert_eq!(server.send(method, PATH, ask, "").header("access-control-allow-origin"), None);
    }
}

#[test]
fn only_a_page_of_this_server_may_control_it() {
    let server = Server::start("control");
    let orders = r#"{"reset":true}"#;
    let own = format!("origin: http://{}\r\n", server.address);
    assert_eq!(server.send("POST", "/sandbox/_control", &own, orders).status(), "200");
    let foreign = server.send("POST", "/sandbox/_control", "origin: https://a.example\r\n", orders);
    assert_eq!(foreign.status(), "403");
    assert_eq!(foreign.header("access-control-allow-origin"), None);
    let wrong = server.control(&json!({ "no-such-key": 1 }));
    assert_eq!(wrong.status(), "400");
    assert!(wrong.body().contains("\"error\""));
    assert_eq!(server.send("POST", "/sandbox/_control", "", "{").status(), "400");
}

#[test]
fn a_dropped_call_gets_not_one_byte() {
    let server = Server::start("drop");
    let fault = json!({ "operation": OPERATION, "times": 1, "when": "before", "answer": "drop" });
    assert_eq!(server.control(&json!({ "faults": [fault] })).status(), "200");
    assert_eq!(server.send("POST", PATH, "x-api-key: k\r\n", "{}").0, "");
    assert_ne!(server.send("POST", PATH, "x-api-key: k\r\n", "{}").status(), "none");
}

#[test]
fn a_hanging_call_ends_with_its_caller_and_holds_up_nobody() {
    let server = Server::start("hang");
    let fault = json!({ "operation": OPERATION, "times": 1, "when": "before", "answer": "hang" });
    server.control(&json!({ "faults": [fault] }));
    let mut hanging = server.open("POST", PATH, "x-api-key: k\r\n", "{}");
    hanging.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(hanging.read(&mut [0]).is_err(), "nothing comes, and the connection stays open");
    assert_ne!(server.send("POST", PATH, "x-api-key: k\r\n", "{}").status(), "none");
}

#[test]
fn a_body_above_ten_megabytes_is_refused() {
    let server = Server::start("large");
    let headers = "content-length: 10485761\r\n";
    let mut stream = TcpStream::connect(&server.address).unwrap();
    write!(stream, "POST {PATH} HTTP/1.1\r\nhost: h\r\n{headers}\r\n").unwrap();
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(&vec![b'a'; 10 << 20]);
    let _ = stream.write_all(b"a");
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 413");
}

#[test]
fn what_cannot_be_served_is_said() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_serve")).args(["--dist", "no-such-folder"]).output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("cargo xtask build"));
}
