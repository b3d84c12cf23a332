//! nginx: what is changed in its recipe to run it here, and the promises of every recipe.

mod cache;
mod rate;

use crate::{
    answer::refused,
    promises::{LIST, OWN_PAGE, answers, refusals, requests, sign_in, site},
    recipe::{Change, Form, RELAY_KEY, change, folder, install, write},
    stack::{Shows, Stack, main, own_folders},
};
use std::fs;

/// The recipe in that form, before the sandbox.
pub fn start(name: &str, form: Form) -> Stack {
    start_before(name, form, Shows::Itself)
}

fn start_before(name: &str, form: Form, shows: Shows) -> Stack {
    let mut stack = Stack::new(name, shows);
    install_all(&stack, form);
    run(&mut stack);
    stack
}

pub fn run(stack: &mut Stack) {
    let (main, own) = (main(stack, "nginx"), own_folders(stack, "nginx"));
    let folder = stack.folder.display();
    let main = format!("{main} http {{ {own} include {folder}/nginx/sites-enabled/*; }}");
    let port = stack.https_port;
    stack.start_nginx("nginx", &main, port);
}

pub fn install_all(stack: &Stack, form: Form) {
    let (to, changes) = (stack.folder.join("nginx"), changes(stack));
    let recipe = if form == Form::KeyInBrowser { "key-in-browser.conf" } else { "key-at-relay.conf" };
    let site = to.join("sites-enabled/switchboard");
    install(&changes, &folder().join("nginx").join(recipe), &site);
    for file in fs::read_dir(folder().join("nginx/switchboard")).expect("the recipe").flatten() {
        install(&changes, &file.path(), &to.join("switchboard").join(file.file_name()));
    }
    if form == Form::Basic {
        change(&site, "include switchboard/sign-in-oauth2-proxy.conf;", "");
        change(&site, "# include switchboard/sign-in-basic.conf;", "include switchboard/sign-in-basic.conf;");
    }
    // As the guide's command writes it; the addresses of a test need none.
    write(&to.join("switchboard/resolver.conf"), "resolver 127.0.0.53 ipv6=off;");
    write(&stack.folder.join("console/switchboard.json"), r#"{"connections": [], "sandbox": false}"#);
    write(&stack.folder.join("console/people"), "anna:{PLAIN}secret\nbert:{PLAIN}secret\n");
}

/// What this machine needs changed in the recipe, and nothing else is.
fn changes(stack: &Stack) -> Vec<Change> {
    let folder = stack.folder.display();
    let changes = [
        ("listen [::]:80;", String::new()),
        ("listen [::]:443 ssl;", String::new()),
        ("listen 80;", format!("listen 127.0.0.1:{};", stack.http_port)),
        ("listen 443 ssl;", format!("listen 127.0.0.1:{} ssl;", stack.https_port)),
        ("/etc/ssl/switchboard/fullchain.pem", format!("{folder}/console.pem")),
        ("/etc/ssl/switchboard/privkey.pem", format!("{folder}/console.key")),
        ("/etc/ssl/certs/ca-certificates.crt", format!("{folder}/authority.pem")),
        ("/etc/switchboard/", format!("{folder}/console/")),
        ("/srv/switchboard/", format!("{folder}/")),
        ("/srv/switchboard-below", format!("{folder}/below")),
        ("/run/switchboard-relay", format!("{folder}/answers")),
        ("https://$relay_host", format!("https://127.0.0.1:{}", stack.provider_port)),
        ("/var/www/html", format!("{folder}/site")),
        ("127.0.0.1:4180", format!("127.0.0.1:{}", stack.sign_in_port)),
        ("PUT-THE-KAPSO-KEY-HERE", format!("kapso-{RELAY_KEY}")),
        ("PUT-THE-RAPIDA-KEY-HERE", format!("rapida-{RELAY_KEY}")),
        ("PUT-THE-WEBEX-SERVICE-KEY-HERE", format!("webex-{RELAY_KEY}")),
        ("PUT-THE-VONAGE-TOKEN-HERE", format!("vonage-{RELAY_KEY}")),
    ];
    changes.map(|(from, to)| (from.to_owned(), to)).to_vec()
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
    let mut stack = Stack::new("slow", Shows::Itself);
    install_all(&stack, Form::KeyInBrowser);
    change(
        &stack.folder.join("nginx/switchboard/relay.conf"),
        "proxy_read_timeout    25s",
        "proxy_read_timeout 1s",
    );
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
        refusals::unreachable(&start_before(name, Form::KeyInBrowser, shows));
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
    let stranger = ["--cookie", "_oauth2_proxy=stranger"];
    sign_in::an_ended_sign_in_is_said(&oauth, &ANNA_COOKIE, &[&[], &["--cookie", "other=anna"]]);
    let not_allowed = oauth.ask(&[&stranger[..], &OWN_PAGE].concat(), LIST);
    assert_eq!(not_allowed.refusal(), refused(403, "sign-in"));
    let page = oauth.ask(&[], "/inbox?x=1&y=2");
    assert_eq!(page.status(), 302);
    let to = page.header("location").expect("the sign-in");
    assert!(to.ends_with("/oauth2/start?rd=%2Finbox%3Fx%3D1%26y%3D2"), "{to}");
    assert!(oauth.ask(&[], "/oauth2/start?rd=/inbox").body().starts_with("sign in here"));
    assert_eq!(oauth.ask(&ANNA_COOKIE, "/inbox").body(), "<h1>page</h1>");
    assert_eq!(oauth.ask(&[], "/oauth2/auth").status(), 404, "the question itself is nobody's to ask");
}

#[test]
fn a_sign_in_that_cannot_be_asked_lets_nobody_in() {
    let mut stack = Stack::new("no-sign-in", Shows::Itself);
    install_all(&stack, Form::OAuth2Proxy);
    let sign_in = stack.folder.join("nginx/switchboard/sign-in-oauth2-proxy.conf");
    change(&sign_in, &format!("127.0.0.1:{}", stack.sign_in_port), "127.0.0.1:1");
    run(&mut stack);
    let answer = stack.ask(&[&ANNA_COOKIE[..], &OWN_PAGE].concat(), LIST);
    assert_eq!(answer.refusal(), refused(401, "sign-in"));
    assert_eq!(stack.ask(&ANNA_COOKIE, "/inbox").status(), 500);
    assert!(stack.log().is_empty(), "nothing was relayed");
}

/// The site below a path of a server that has another at its root.
#[test]
fn a_site_below_a_path() {
    let mut stack = Stack::new("below", Shows::Itself);
    install_all(&stack, Form::KeyInBrowser);
    let site = stack.folder.join("nginx/sites-enabled/switchboard");
    change(
        &site,
        "include switchboard/site.conf;",
        "include switchboard/site-below.conf; location = / { return 204; }",
    );
    let below = stack.folder.join("below");
    fs::create_dir(&below).expect("it is new");
    std::os::unix::fs::symlink("../site", below.join("console")).expect("a link, as in the guide");
    run(&mut stack);
    for place in ["/console/", "/console/inbox", "/console/requests/kapso.send-message"] {
        assert_eq!(stack.ask(&[], place).body(), "<h1>page</h1>", "{place}");
    }
    let script = stack.ask(&["--header", "accept-encoding: br"], "/console/app-f5d71e33251772c.js");
    assert_eq!(
        (script.body().as_str(), script.header("cache-control").is_some_and(|it| it.contains("immutable"))),
        ("app, br", true)
    );
    assert_eq!(stack.ask(&[], "/console/no-such.js").status(), 404);
    assert_eq!(
        stack.ask(&[], "/console/switchboard.json").body(),
        r#"{"connections": [], "sandbox": false}"#
    );
    assert_eq!(stack.ask(&[], "/console").header("location").as_deref(), Some("/console/"));
    assert_eq!(stack.ask(&[], "/").status(), 204, "what else the server has stays");
    assert_eq!(stack.ask(&OWN_PAGE, LIST).status(), 401, "and the relay is at its usual place");
}
