//! Reads the commands as their shells would, bash by a real bash and the others by models of them,
//! and compares what reaches curl with the call.

use super::{super::*, *};
use crate::catalogue::{
    draft::Draft,
    evidence::Evidence,
    field::{Cover, Field, Wire},
    operation::{Method, Operation},
    provider::{Provider, Scheme},
    value::Secret,
};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use std::{
    io::Write,
    process::{Command, Stdio},
};

mod models;

const BASE: &str = "https://api.example.com/v1";
const TEST: Evidence = Evidence::Documented("a test");

const SCHEME: Scheme = Scheme {
    id: "key",
    label: "Key",
    help: "",
    header: "Authorization",
    prefix: "Bearer ",
    variable: "SOME_KEY",
    token: None,
};

const TOKEN: Field = Field::secret("access_token", "Token", Cover::Hidden, TEST);

static EVERYTHING: Operation = Operation {
    id: "test.everything",
    path: "/things/{id}/parts",
    fields: &[
        Field::text("id", "ID", TEST).in_path(),
        Field::text("search", "Search", TEST).in_query(),
        Field::text("x-auth-id", "Auth", TEST).in_header(),
        Field::long_text("greeting", "Greeting", TEST),
        TOKEN,
        Field::list("users", "Users", &Field::group("user", "User", &[TOKEN], TEST), TEST),
        Field::toggle("active", "Active", Wire::Bool, TEST),
        Field::decimal("amount", "Amount", TEST),
        Field::long_text("last", "Last", TEST),
    ],
    ..rapida::CREATE_WHATSAPP_DEPLOYMENT
};

/// What a person may well type, and what someone else may want them to.
const NASTY: &[&str] = &[
    "plain",
    "it's",
    "''",
    r#"say "hi""#,
    r#"""#,
    r#"\"#,
    r#"\""#,
    r#"ends in \"#,
    r#"C:\new\table\"#,
    "$HOME ${HOME} $(id) `id`",
    "`$HOME",
    "!",
    "!!",
    "!curl !$ !-1",
    "line\nbreak\r\n\ttab",
    "EOF\nEOF",
    "\"@\n\"@ | calc",
    "'@",
    "@file",
    "-d --output x",
    "%PATH%",
    "%2Fb%2F",
    "100 % & 50 %",
    "a & calc | more > x < y ^ z ^",
    "(a) [b] {c} #d ;e ~f *?",
    "😀 👩‍👩‍👧 é ü 漢字",
    "שלום العربية",
    "\u{202e}evil\u{2066}\u{7f}\u{85}",
    "“curly” ‘quotes’",
    "\u{feff}",
    " spaces ",
    r#"},"x":{"#,
];

/// What reached curl.
#[derive(Debug, PartialEq)]
pub struct Sent {
    method: String,
    url: String,
    headers: Vec<String>,
    body: Option<String>,
}

impl Sent {
    fn from_arguments(arguments: Vec<String>) -> Sent {
        let mut sent = Sent { method: String::new(), url: String::new(), headers: vec![], body: None };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("an option has a value");
            match argument.as_str() {
                "--request" => sent.method = value(),
                "--header" => sent.headers.push(value()),
                "--data-raw" => assert_eq!(sent.body.replace(value()), None),
                "--globoff" => {}
                _ => assert_eq!(std::mem::replace(&mut sent.url, argument), "", "one address"),
            }
        }
        sent
    }

    /// What the call says should arrive, the body as its own JSON text.
    fn expected(call: &Call, credential: Option<&str>) -> Sent {
        let mut headers: Vec<String> =
            call.headers().iter().map(|(name, value)| format!("{name}: {value}")).collect();
        headers.extend(credential.map(|credential| format!("Authorization: Bearer {credential}")));
        let body = call.body().map(|body| body.revealed().to_string());
        headers.extend(body.iter().map(|_| "Content-Type: application/json".to_owned()));
        Sent { method: call.operation.method.name().into(), url: call.url(BASE), headers, body }
    }

    /// The body as every JSON text of the same value is written.
    fn plain(mut self) -> Sent {
        self.body = self.body.map(|body| match serde_json::from_str::<Json>(&body) {
            Ok(json) => json.to_string(),
            Err(error) => panic!("{error} in {body}"),
        });
        self
    }
}

/// The values of the variables that a command names.
pub type Variables<'a> = &'a [(&'a str, &'a str)];

/// Runs it in a real bash that looks for `!` as at a prompt, with a curl that tells its arguments.
fn run_bash(command: &str, variables: Variables) -> (Sent, String) {
    let script = format!(
        "HISTFILE=\nset -o history -o histexpand\ncurl() {{ printf '%s\\0' \"$@\"; }}\n: earlier command\n{command}\n"
    );
    let mut bash = Command::new("bash")
        .args(["--norc", "--noprofile"])
        .env("LC_ALL", "C.UTF-8")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = bash.wait_with_output().unwrap();
    let (text, said) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let arguments = text.strip_suffix('\0').unwrap_or_else(|| panic!("curl did not run: {command}"));
    (Sent::from_arguments(arguments.split('\0').map(str::to_owned).collect()), said)
}

fn run(shell: Shell, command: &str, variables: Variables) -> Sent {
    match shell {
        Shell::Bash => {
            let (sent, said) = run_bash(command, variables);
            assert_eq!(said, "", "bash tells what it expanded in {command}");
            sent
        }
        Shell::PowerShell => models::run_powershell(command, variables),
        Shell::Cmd => Sent::from_arguments(models::run_cmd(command, variables)),
    }
}

fn call(operation: &'static Operation, request: Json) -> Call {
    read::json(operation, &request).sketch().clone()
}

fn check(shell: Shell, call: &Call, key: &str, secrets: &[&str]) {
    let command = command(call, BASE, Some(&SCHEME), shell);
    let names = variables(call, Some(&SCHEME));
    let values: Vec<&str> = std::iter::once(key).chain(secrets.iter().copied()).collect();
    assert_eq!(names.len(), values.len(), "{names:?}");
    let variables: Vec<_> = names.iter().map(String::as_str).zip(values).collect();
    let sent = run(shell, &command, &variables).plain();
    assert_eq!(sent, Sent::expected(call, Some(key)), "{}:\n{command}", shell.label());
}

/// A call with one text in every place that takes it.
fn everywhere(text: &str, secret: &str) -> Call {
    let header: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
    let request = json!({
        "id": text, "search": text, "x-auth-id": header, "greeting": text, "access_token": secret,
        "users": [{ "access_token": secret }], "active": false, "amount": 1.5, "last": text,
    });
    call(&EVERYTHING, request)
}

#[test]
fn nasty_texts_arrive_as_typed() {
    for text in NASTY {
        for shell in Shell::ALL {
            check(shell, &everywhere(text, "s3cret"), "key", &["s3cret", "s3cret"]);
        }
    }
}

#[test]
fn nasty_texts_arrive_in_a_documented_request() {
    for text in NASTY {
        let header: String = text.chars().filter(|c| matches!(c, ' '..='~')).collect();
        let create = call(
            &rapida::CREATE_WHATSAPP_DEPLOYMENT,
            json!({
                "x-client-source": "sdk", "x-auth-id": header, "assistantId": "2227823180112723968",
                "whatsappProviderName": text, "greeting": text, "idealTimeout": 30,
                "whatsappOptions": [{ "key": text, "value": text }, { "key": "a", "value": "!!" }],
            }),
        );
        assert!(create.body().is_some_and(|body| body.at("whatsappOptions.1.value").is_some()));
        for shell in Shell::ALL {
            check(shell, &create, "key", &[]);
        }
    }
}

#[test]
fn nasty_secrets_arrive_as_set() {
    for secret in NASTY.iter().filter(|text| !text.contains(['\n', '\r', '\t', '\u{7f}', '\u{85}'])) {
        for shell in Shell::ALL {
            if shell != Shell::Cmd || !secret.contains(['"', '\\']) {
                check(shell, &everywhere("Hi! !! $x", secret), secret, &[secret, secret]);
            }
        }
    }
}

#[test]
fn a_request_without_body_has_neither_data_nor_content_type() {
    static DELETE: Operation =
        Operation { id: "test.delete", method: Method::Delete, ..rapida::GET_WHATSAPP_DEPLOYMENT };
    for operation in [&rapida::GET_WHATSAPP_DEPLOYMENT, &DELETE] {
        let call = call(operation, json!({ "assistantId": "123" }));
        for shell in Shell::ALL {
            let text = command(&call, BASE, None, shell);
            assert!(!text.contains("data-raw") && !text.contains("Content-Type"), "{text}");
            assert!(!text.contains("Set first"), "{text}");
            assert_eq!(run(shell, &text, &[]), Sent::expected(&call, None));
        }
    }
}

#[test]
fn no_secret_reaches_a_command() {
    let mut draft = Draft::default();
    for row in 0..2 {
        draft.add_row("users");
        // A NUL makes it no value of its kind, which must not show it either.
        draft.set(&EVERYTHING, &format!("users.{row}.access_token"), "hunter2secret\0".into());
    }
    draft.set(&EVERYTHING, "access_token", "hunter2secret".into());
    let typed = read::draft(&EVERYTHING, &draft).sketch().clone();
    for call in [typed, everywhere("text", "hunter2secret")] {
        for shell in Shell::ALL {
            let text = command(&call, BASE, Some(&SCHEME), shell);
            assert!(!text.contains("hunter2"), "{text}");
            assert!(text.contains("Set first: SOME_KEY, ACCESS_TOKEN, ACCESS_TOKEN_2"), "{text}");
        }
    }
}

/// Only there do they become variables: an address and a header are written as they are.
#[test]
fn documented_secrets_stand_in_bodies() {
    for operation in all() {
        operation.walk(&mut |path, field| {
            let top = operation.field(path.split('.').next().unwrap()).unwrap();
            assert!(!field.is_secret() || top.place == field::Place::Body, "{} {path}", operation.id);
        });
    }
}

/// They are written into double quotes as they are.
#[test]
fn credential_headers_are_plain() {
    for scheme in Provider::ALL.iter().flat_map(|provider| provider.schemes()) {
        let plain =
            |text: &str, also: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || also.contains(c));
        assert!(plain(scheme.header, "-") && plain(scheme.prefix, " ") && plain(scheme.variable, "_"));
    }
}

#[test]
fn names_of_variables_are_distinct() {
    let values = |names: &[&'static str]| {
        Value::Group(names.iter().map(|name| (*name, Value::Secret(Secret::new("s")))).collect())
    };
    let mut names = vec!["TOKEN".to_owned()];
    let group = Value::Group(vec![
        ("a", values(&["token", "pin"])),
        ("b", Value::List(vec![values(&["token"]), Value::Secret(Secret::new("s"))])),
        ("2fa-code", Value::Secret(Secret::new("s"))),
    ]);
    Writer { pieces: vec![], variables: &mut names }.write("", &group);
    assert_eq!(names, ["TOKEN", "TOKEN_2", "PIN", "TOKEN_3", "B", "SECRET_2FA_CODE"]);
}

#[test]
fn the_commands_read_well() {
    let call = call(
        &EVERYTHING,
        json!({ "id": "a/b", "search": "x y", "x-auth-id": "me", "greeting": "Hé \"you\"!", "access_token": "s" }),
    );
    let text = |shell| command(&call, BASE, Some(&SCHEME), shell);
    assert_eq!(
        text(Shell::Bash),
        r##"# Set first: SOME_KEY, ACCESS_TOKEN
curl --request POST 'https://api.example.com/v1/things/a%2Fb/parts?search=x%20y' \
  --header 'x-auth-id: me' \
  --header "Authorization: Bearer $SOME_KEY" \
  --header 'Content-Type: application/json' \
  --data-raw '{"greeting":"Hé \"you\"\u0021","access_token":"'"$(printf %s "$ACCESS_TOKEN" | sed 's/[\\"]/\\&/g')"'"}'"##
    );
    assert_eq!(
        text(Shell::PowerShell),
        r##"# Set first: SOME_KEY, ACCESS_TOKEN
@"
request = "POST"
url = "https://api.example.com/v1/things/a%2Fb/parts?search=x%20y"
header = "x-auth-id: me"
header = "Authorization: Bearer $($env:SOME_KEY.Replace('\','\\').Replace('"','\"'))"
header = "Content-Type: application/json"
data-raw = "{\"greeting\":\"H\\u00e9 \\\"you\\\"!\",\"access_token\":\"$($env:ACCESS_TOKEN.Replace('\','\\\\').Replace('"','\\\"'))\"}"
"@ | curl.exe --config -"##
    );
    assert_eq!(
        text(Shell::Cmd),
        r##"rem Set first: SOME_KEY, ACCESS_TOKEN
rem Their values must hold no quotes and no backslashes.
rem For the prompt only: in a batch file, double each percent sign of the address and headers.
curl --request POST ^"https://api.example.com/v1/things/a^%^2Fb/parts^?search^=x^%^20y^" ^
  --header "x-auth-id: me" ^
  --header "Authorization: Bearer %SOME_KEY%" ^
  --header "Content-Type: application/json" ^
  --data-raw ^"{\"greeting\":\"H\u00e9 \u0022you\u0022\u0021\",\"access_token\":\"%ACCESS_TOKEN%\"}^""##
    );
}

#[test]
fn a_slot_still_to_be_filled_is_no_pattern() {
    let empty = call(&EVERYTHING, json!({}));
    for shell in Shell::ALL {
        let text = command(&empty, BASE, None, shell);
        assert!(text.contains("globoff"), "{text}");
        assert_eq!(run(shell, &text, &[]), Sent::expected(&empty, None));
    }
}

#[test]
fn cmd_says_when_a_command_is_too_long_for_it() {
    let long = everywhere(&"x".repeat(9000), "s");
    assert!(command(&long, BASE, None, Shell::Cmd).contains("rem Too long for cmd"));
    assert!(!command(&everywhere("x", "s"), BASE, None, Shell::Cmd).contains("Too long"));
}

/// The run in bash would prove nothing about `!` if it did not look for it.
#[test]
fn the_bash_of_these_tests_expands_history() {
    let (sent, said) = run_bash("curl --header \"!!\" u", &[]);
    assert!(said.contains("earlier command"), "{said}");
    assert_eq!(sent.headers, [": earlier command"]);
}

fn nasty_text() -> impl Strategy<Value = String> {
    let odd = "'\"\\$`!%^&|<>(){}[]@#~*?;,= \n\t\ra2F";
    let nasty = proptest::sample::select(odd.chars().collect::<Vec<_>>());
    let any = any::<char>().prop_filter("NUL", |c| *c != '\0');
    proptest::collection::vec(prop_oneof![4 => nasty, 1 => any], 0..24)
        .prop_map(|chars| chars.into_iter().collect())
}

/// What a variable may hold: one line, for cmd without quotes and backslashes.
fn nasty_secret(also_not: &'static [char]) -> impl Strategy<Value = String> {
    nasty_text().prop_map(move |text| {
        let kept: String = text.chars().filter(|c| !c.is_control() && !also_not.contains(c)).collect();
        format!("s{kept}")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_text_arrives_through_powershell(text in nasty_text(), secret in nasty_secret(&[])) {
        check(Shell::PowerShell, &everywhere(&text, &secret), &secret, &[&secret, &secret]);
    }

    #[test]
    fn any_text_arrives_through_cmd(text in nasty_text(), secret in nasty_secret(&['"', '\\'])) {
        check(Shell::Cmd, &everywhere(&text, &secret), &secret, &[&secret, &secret]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    #[test]
    fn any_text_arrives_through_bash(text in nasty_text(), secret in nasty_secret(&[])) {
        check(Shell::Bash, &everywhere(&text, &secret), &secret, &[&secret, &secret]);
    }
}
