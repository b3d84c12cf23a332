//! What one person may ask in a minute: a script that runs away is stopped, the console never is.

use super::{ANNA, ANNA_COOKIE, start};
use crate::{
    answer::refused,
    promises::{LIST, OWN_PAGE},
    recipe::Form,
    stack::Stack,
};

/// Refused among so many at once, and what the last was answered.
fn refused_of(stack: &Stack, count: usize, who: &[&str]) -> usize {
    let options = [&OWN_PAGE[..], &["--header", "cache-control: max-age=2"], who].concat();
    let refusals = (0..count).map(|_| stack.ask(&options, LIST)).filter(|answer| {
        let over = answer.status() == 429;
        assert!(!over || answer.refusal() == refused(429, "rate"), "{}", answer.body());
        assert!(!over || answer.header("retry-after").as_deref() == Some("5"));
        over
    });
    refusals.count()
}

#[test]
fn a_script_that_runs_away_is_stopped_and_nobody_else() {
    let basic = start("rate-basic", Form::Basic);
    let bert = ["--user", "bert:secret"];
    // All that the console ever sends at once, and then some.
    assert_eq!(refused_of(&basic, 55, &ANNA), 0);
    assert!(refused_of(&basic, 60, &ANNA) > 0);
    assert_eq!(refused_of(&basic, 1, &bert), 0, "another person goes on");
    // Whoever only knows a name cannot use up what is that person's.
    let oauth = start("rate-oauth", Form::OAuth2Proxy);
    for _ in 0..100 {
        assert_eq!(oauth.ask(&OWN_PAGE, LIST).status(), 401);
    }
    assert!(refused_of(&oauth, 110, &ANNA_COOKIE) > 0);
    assert_eq!(refused_of(&oauth, 1, &["--cookie", "_oauth2_proxy=bert"]), 0);
}

#[test]
fn without_a_sign_in_an_address_counts_as_a_person() {
    let stack = start("rate-address", Form::KeyInBrowser);
    assert!(refused_of(&stack, 110, &["--header", "x-api-key: k"]) > 0);
}
