//! Copied commands as a person runs them: a real bash and a real curl against the started server, and
//! then what its log says arrived. What other shells make of them is tested where the commands are.

// Of the samples only some are needed here.
#[allow(dead_code)]
#[path = "catalogue/sample.rs"]
mod sample;

use sample::{DOCUMENTED, Sample};
use serde_json::{Value as Json, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Output, Stdio},
};
use switchboard::catalogue::{
    all,
    call::Call,
    curl::{self, Shell},
    find,
    operation::Operation,
    provider::{Provider, Scheme},
};

const KEY: &str = "a key of 20 letters!";

/// What a shell, curl or JSON could take for something else than text.
const NASTY: [&str; 16] = [
    "it's",
    r#"say "hi" and ""bye"""#,
    r"C:\new\table\",
    r#"ends in \""#,
    "$HOME ${HOME} $(id) `id` $$",
    "! !! !$ !curl !-1",
    "line\nbreak\r\n\ttab\n",
    "EOF\nEOF\n'",
    "@file",
    "-d --next --output x",
    "100 % %41 %PATH%",
    "a & b | c > d < e ; f # g * ? ~ [h] {i,j} (k) ^",
    "😀 👩‍👩‍👧 é 漢字",
    "שלום \u{202e}evil\u{2066}",
    " spaces ",
    r#"","x":{"#,
];

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_serve"))
            .args(["--addr", "127.0.0.1:0", "--no-dist"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("it is piped"))
            .read_line(&mut line)
            .expect("its first line");
        let address =
            line.trim().strip_prefix("Switchboard is ready at http://").expect("its address").to_owned();
        Server { child, address }
    }

    /// Where a provider is answered.
    fn base(&self, provider: Provider) -> String {
        format!("http://{}/sandbox/{}{}", self.address, provider.id(), provider.base_path())
    }

    fn log(&self) -> Vec<Json> {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let host = &self.address;
        write!(stream, "GET /sandbox/_log?after=0 HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n")
            .expect("the server reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("a whole answer");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
        serde_json::from_str(body).expect("a log in JSON")
    }

    /// Runs the copied command of a call and compares what arrived with it.
    fn check(&self, call: &Call, scheme: &Scheme) {
        let operation = call.operation;
        let before = self.log().len();
        let command = curl::command(call, &self.base(operation.provider), Some(scheme), Shell::Bash);
        let output = run(&command, &variables(call, scheme));
        let said = String::from_utf8_lossy(&output.stderr);
        let told = format!("{}\n{command}\n{said}", operation.id);
        let log = self.log();
        assert_eq!(log.len(), before + 1, "one call arrives: {told}");
        let arrived = log.last().expect("it was just counted");

        assert_eq!(arrived["operation"], operation.id, "{told}");
        assert_eq!(arrived["method"], operation.method.name(), "{told}");
        assert_eq!(arrived["path"], call.path(), "{told}");
        assert_eq!(arrived["query"], call.query().trim_start_matches('?'), "{told}");
        let body = call.body().map_or(Json::Null, |body| body.revealed());
        assert_eq!(arrived["body"], body, "{told}");
        for (name, value) in call.headers() {
            assert_eq!(arrived["headers"][name], value, "{told}");
        }
        // The log tells a credential by its end.
        assert_eq!(arrived["headers"][scheme.header.to_ascii_lowercase()], "ers!", "{told}");
        assert_ne!(arrived["status"], 401, "{told}");
        if !body.is_null() {
            assert_eq!(arrived["headers"]["content-type"], "application/json", "{told}");
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The variables that the command names: the credential, then the secrets of the body as they stand in it.
fn variables(call: &Call, scheme: &Scheme) -> Vec<(String, String)> {
    let mut values = vec![KEY.to_owned()];
    if let Some(body) = call.body() {
        secrets(&body.masked(), &body.revealed(), &mut values);
    }
    let names = curl::variables(call, Some(scheme));
    assert_eq!(names.len(), values.len(), "{names:?}");
    names.into_iter().zip(values).collect()
}

/// Whatever a mask hides, in order.
fn secrets(masked: &Json, revealed: &Json, found: &mut Vec<String>) {
    match (masked, revealed) {
        (Json::Object(masked), Json::Object(revealed)) => {
            masked.values().zip(revealed.values()).for_each(|(a, b)| secrets(a, b, found));
        }
        (Json::Array(masked), Json::Array(revealed)) => {
            masked.iter().zip(revealed).for_each(|(a, b)| secrets(a, b, found));
        }
        (masked, Json::String(secret)) if masked != revealed => found.push(secret.clone()),
        _ => {}
    }
}

/// Pasted at a prompt: from standard input, with history and its `!`. No settings of whoever runs the
/// tests, and no proxy, come between.
fn run(command: &str, variables: &[(String, String)]) -> Output {
    let mut bash = Command::new("bash")
        .args(["--norc", "--noprofile"])
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", "/nonexistent")
        .env("CURL_HOME", "/nonexistent")
        .env("NO_PROXY", "127.0.0.1")
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("bash was there a moment ago");
    let script = format!("HISTFILE=\nset -o history -o histexpand\n: earlier command\n{command}\n");
    bash.stdin.take().expect("it is piped").write_all(script.as_bytes()).expect("bash reads");
    let output = bash.wait_with_output().expect("bash ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "curl failed: {said}\n{command}");
    output
}

fn ask_for_tools() {
    for tool in ["bash", "curl"] {
        let there = Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success());
        assert!(
            there,
            "This test runs copied commands in bash with curl: install {tool}, then run it again."
        );
    }
}

fn operation(id: &str) -> &'static Operation {
    find(id).unwrap_or_else(|| panic!("{id}"))
}

fn ready(sample: &Sample) -> Call {
    let reading = sample.read();
    reading.ready().unwrap_or_else(|| panic!("{:?}", reading.problems))
}

#[test]
fn every_documented_request_arrives_as_it_was_copied() {
    ask_for_tools();
    let server = Server::start();
    for id in DOCUMENTED {
        let operation = operation(id);
        for sample in [Sample::least(operation), Sample::full(operation)] {
            for scheme in operation.provider.schemes() {
                server.check(&ready(&sample), scheme);
            }
        }
    }
}

#[test]
fn the_requests_beyond_arrive_as_well() {
    ask_for_tools();
    let server = Server::start();
    for operation in all().filter(|operation| !DOCUMENTED.contains(&operation.id)) {
        server.check(&ready(&Sample::full(operation)), &operation.provider.schemes()[0]);
    }
}

#[test]
fn nasty_texts_arrive_as_typed() {
    ask_for_tools();
    let server = Server::start();
    for text in NASTY {
        let mut message = Sample::least(operation("kapso.send-message"));
        message.set("message.content", text);
        message.set("conversation_id", text);
        server.check(&ready(&message), &Provider::Kapso.schemes()[0]);

        // A header takes fewer signs, and HTTP drops the spaces around it.
        let header: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
        let mut deployment = Sample::least(operation("rapida.create-whatsapp-deployment"));
        deployment.set("x-auth-id", header.trim());
        deployment.set("greeting", text);
        server.check(&ready(&deployment), &Provider::Rapida.schemes()[0]);

        let mut config = Sample::least(operation("kapso.create-whatsapp-config"));
        let secret: String = text.chars().filter(|c| !c.is_control()).collect();
        config.set("whatsapp_config.access_token", &secret);
        server.check(&ready(&config), &Provider::Kapso.schemes()[0]);
    }
}

/// The comparison above would prove nothing if the log told every call alike.
#[test]
fn the_log_tells_one_body_from_another() {
    ask_for_tools();
    let server = Server::start();
    let scheme = &Provider::Kapso.schemes()[0];
    let mut message = Sample::least(operation("kapso.send-message"));
    for text in ["one", "two"] {
        message.set("message.content", text);
        server.check(&ready(&message), scheme);
    }
    let contents: Vec<Json> =
        server.log().iter().map(|entry| entry["body"]["message"]["content"].clone()).collect();
    assert_eq!(contents, [json!("one"), json!("two")]);
}
