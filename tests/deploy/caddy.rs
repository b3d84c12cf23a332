//! Caddy: what is changed in its recipe to run it here, and the promises of every recipe.

use crate::{
    answer::refused,
    promises::{LIST, OWN_PAGE, answers, refusals, requests, sign_in, site},
    recipe::{Change, Form, RELAY_KEY, change, folder, install, write},
    stack::{Shows, Stack, host},
};
use std::{fs, process::Command};
use switchboard::catalogue::provider::Provider;

fn start(name: &str, form: Form) -> Stack {
    start_before(name, form, Shows::Itself)
}

/// The recipe in that form, before the sandbox.
fn start_before(name: &str, form: Form, shows: Shows) -> Stack {
    let mut stack = Stack::new(&format!("caddy-{name}"), shows);
    install_all(&stack, form);
    run(&mut stack);
    stack
}

fn install_all(stack: &Stack, form: Form) {
    let (to, changes) = (stack.folder.join("caddy"), changes(stack));
    let recipe = if form == Form::KeyInBrowser { "key-in-browser" } else { "key-at-relay" };
    let site = to.join("Caddyfile");
    install(&changes, &folder().join("caddy").join(recipe).with_extension("caddyfile"), &site);
    for file in fs::read_dir(folder().join("caddy/switchboard")).expect("the recipe").flatten() {
        install(&changes, &file.path(), &to.join("switchboard").join(file.file_name()));
    }
    if form == Form::Basic {
        change(&site, "import switchboard/sign-in-oauth2-proxy.caddy", "");
        change(&site, "# import switchboard/sign-in-basic.caddy", "import switchboard/sign-in-basic.caddy");
        let mut hash = Command::new("caddy");
        let output = hash.args(["hash-password", "--plaintext", "secret"]).output().expect("caddy starts");
        let hash = String::from_utf8(output.stdout).expect("a line");
        change(&to.join("switchboard/sign-in-basic.caddy"), "PUT-A-HASH-HERE", hash.trim());
    }
    write(&stack.folder.join("console/switchboard.json"), r#"{"connections": [], "sandbox": false}"#);
}

fn run(stack: &mut Stack) {
    let log = stack.folder.join("log/caddy");
    let file = fs::File::create(&log).expect("a log");
    let mut command = Command::new("caddy");
    command.arg("run").arg("--config").arg(stack.folder.join("caddy/Caddyfile")).envs(keys());
    command.env("XDG_DATA_HOME", &stack.folder).env("XDG_CONFIG_HOME", &stack.folder);
    // Go's own word for where the system keeps the authorities it trusts.
    command.env("SSL_CERT_FILE", stack.folder.join("authority.pem"));
    command.stdout(file.try_clone().expect("it is open")).stderr(file);
    let port = stack.https_port;
    stack.keep(&mut command, port, &log);
}

/// As systemd reads them.
fn keys() -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join("caddy/keys.env")).expect("the recipe");
    let lines =
        text.lines().filter_map(|line| line.split_once('=')).filter(|(name, _)| !name.starts_with('#'));
    lines.map(|(name, _)| (name.to_owned(), format!("{name}-{RELAY_KEY}"))).collect()
}

/// What this machine needs changed in the recipe, and nothing else is.
fn changes(stack: &Stack) -> Vec<Change> {
    let folder = stack.folder.display();
    let own = format!(
        "{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\thttp_port {}\n\thttps_port {}\n\t# Caddy",
        stack.http_port, stack.https_port
    );
    let mut changes = vec![
        ("{\n\t# Caddy".to_owned(), own),
        ("/etc/ssl/switchboard/fullchain.pem".into(), format!("{folder}/console.pem")),
        ("/etc/ssl/switchboard/privkey.pem".into(), format!("{folder}/console.key")),
        ("/etc/switchboard".into(), format!("{folder}/console")),
        ("/srv/switchboard/".into(), format!("{folder}/")),
        ("127.0.0.1:4180".into(), format!("127.0.0.1:{}", stack.sign_in_port)),
    ];
    changes.extend(Provider::ALL.map(|provider| {
        let here = format!("reverse_proxy https://127.0.0.1:{} ", stack.provider_port);
        (format!("reverse_proxy https://{} ", host(provider)), here)
    }));
    changes
}

/// How somebody is signed in, in each form.
const ANNA: [&str; 2] = ["--user", "anna:secret"];
const ANNA_COOKIE: [&str; 2] = ["--cookie", "_oauth2_proxy=anna"];

#[test]
fn the_site() {
    let stack = start("site", Form::KeyInBrowser);
    site::places_are_the_page_and_missing_files_are_missing(&stack);
    site::only_names_with_a_digest_are_kept(&stack);
    site::what_was_compressed_before_is_sent(&stack);
    site::every_answer_carries_the_headers(&stack);
}

#[test]
fn each_documented_request_arrives() {
    requests::each_documented_request_arrives(&start("requests", Form::KeyInBrowser));
}

#[test]
fn no_other_header_arrives() {
    requests::no_other_header_arrives(&start("headers", Form::KeyInBrowser), &[], None);
    requests::no_other_header_arrives(&start("headers-basic", Form::Basic), &ANNA, Some("9999"));
    requests::no_other_header_arrives(&start("headers-oauth", Form::OAuth2Proxy), &ANNA_COOKIE, Some("9999"));
}

#[test]
fn answers_come_back_as_they_were_given() {
    for (stack, who) in
        [(start("answers", Form::KeyInBrowser), &[][..]), (start("answers-basic", Form::Basic), &ANNA)]
    {
        answers::its_own_headers_and_nothing_that_acts_on_the_site(&stack, who);
        answers::a_lost_answer_is_not_called_unreached(&stack, who);
    }
}

#[test]
fn an_answer_that_does_not_come_is_not_called_unreached() {
    let mut stack = Stack::new("caddy-slow", Shows::Itself);
    install_all(&stack, Form::KeyInBrowser);
    let relay = stack.folder.join("caddy/switchboard/relay.caddy");
    change(&relay, "response_header_timeout 25s", "response_header_timeout 1s");
    run(&mut stack);
    answers::a_slow_answer_is_not_called_unreached(&stack);
}

#[test]
fn paths_and_methods_that_are_not_documented_are_refused() {
    refusals::paths_and_methods(&start("refusals", Form::KeyInBrowser));
}

#[test]
fn a_provider_that_is_not_proved_to_be_itself_gets_nothing() {
    for (name, shows) in
        [("other-name", Shows::AnotherName), ("no-authority", Shows::NoAuthority), ("nobody", Shows::Nobody)]
    {
        let stack = start_before(name, Form::KeyInBrowser, shows);
        refusals::unreachable(&stack);
        let log = fs::read_to_string(stack.folder.join("log/caddy")).expect("a log");
        assert!(log.contains("/relay/kapso") && !log.contains("key1"), "no key is written down: {log}");
    }
}

#[test]
fn a_forged_request_is_refused() {
    sign_in::a_forged_request_is_refused(&start("forged-basic", Form::Basic), &ANNA);
    sign_in::a_forged_request_is_refused(&start("forged-oauth", Form::OAuth2Proxy), &ANNA_COOKIE);
}

#[test]
fn an_ended_sign_in_is_said_and_a_page_leads_to_it() {
    let basic = start("ended-basic", Form::Basic);
    sign_in::an_ended_sign_in_is_said(&basic, &ANNA, &[&[], &["--user", "anna:wrong"], &["--user", "x:y"]]);
    let page = basic.ask(&[], "/inbox");
    assert_eq!((page.status(), page.header("www-authenticate").is_some()), (401, true));
    assert_eq!(basic.ask(&ANNA, "/inbox").body(), "<h1>page</h1>");

    let oauth = start("ended-oauth", Form::OAuth2Proxy);
    sign_in::an_ended_sign_in_is_said(&oauth, &ANNA_COOKIE, &[&[], &["--cookie", "other=anna"]]);
    let stranger = ["--cookie", "_oauth2_proxy=stranger"];
    let not_allowed = oauth.ask(&[&stranger[..], &OWN_PAGE].concat(), LIST);
    assert_eq!(not_allowed.refusal(), refused(403, "sign-in"));
    let page = oauth.ask(&[], "/inbox?x=1");
    assert_eq!(page.status(), 302);
    let to = page.header("location").expect("the sign-in");
    assert!(to.ends_with("/oauth2/start?rd=/inbox?x=1"), "{to}");
    assert!(oauth.ask(&[], "/oauth2/start?rd=/inbox").body().starts_with("sign in here"));
    assert_eq!(oauth.ask(&ANNA_COOKIE, "/inbox").body(), "<h1>page</h1>");
}
