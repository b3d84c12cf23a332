//! Identical reads of one credential become one, for two seconds, where they say that this will do.

use super::{install_all, run, start};
use crate::{
    promises::LIST,
    recipe::Form,
    stack::{Shows, Stack},
};
use serde_json::json;
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

const SHARED: [&str; 2] = ["--header", "cache-control: max-age=2"];
const OWN: [&str; 2] = ["--header", "cache-control: no-cache"];
const KEY: [&str; 2] = ["--header", "x-api-key: a-key-of-kapso"];

fn read(stack: &Stack, how: [&str; 2], key: [&str; 2], path: &str) {
    assert_eq!(stack.ask(&[how, key].concat(), path).status(), 200);
}

/// Waits until two seconds of the clock begin: the cache counts by them.
fn two_seconds_begin() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
    thread::sleep(Duration::from_millis(2_020 - now.as_millis() as u64 % 2_000));
}

#[test]
fn identical_reads_are_one_for_two_seconds() {
    let stack = start("cache", Form::KeyInBrowser);
    let again = |how: [&str; 2], key: [&str; 2], path: &str| {
        two_seconds_begin();
        let before = stack.log().len();
        read(&stack, SHARED, KEY, LIST);
        read(&stack, how, key, path);
        stack.log().len() - before
    };
    assert_eq!(again(SHARED, KEY, LIST), 1, "the second is answered by the relay");
    assert_eq!(again(OWN, KEY, LIST), 2, "what settles an unknown send goes past it");
    assert_eq!(again(["--header", "x-other: 1"], KEY, LIST), 2, "and so does what says nothing");
    assert_eq!(again(SHARED, KEY, &format!("{LIST}?page=2")), 2, "another address");
    assert_eq!(again(SHARED, ["--header", "x-api-key: another"], LIST), 2, "another key");
    two_seconds_begin();
    let before = stack.log().len();
    read(&stack, OWN, KEY, LIST);
    read(&stack, SHARED, KEY, LIST);
    assert_eq!(stack.log().len(), before + 1, "what goes past it fills it");
    two_seconds_begin();
    read(&stack, SHARED, KEY, LIST);
    assert_eq!(stack.log().len(), before + 2, "and after two seconds it is asked again");
}

/// Also where the last answer has become too old, which nginx by itself would let them all find out.
#[test]
fn reads_at_the_same_moment_wait_for_the_first() {
    let mut stack = Stack::as_far_away("cache-lock", Shows::Itself, Duration::from_millis(300));
    install_all(&stack, Form::KeyInBrowser);
    run(&mut stack);
    for round in 1..=2 {
        two_seconds_begin();
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| read(&stack, SHARED, KEY, LIST));
            }
        });
        assert_eq!(stack.log().len(), round);
    }
}

#[test]
fn only_good_reads_are_kept() {
    let stack = start("cache-good", Form::KeyInBrowser);
    let no = json!({"operation": "kapso.list-conversations", "times": 2, "when": "before", "answer": {"status": 500, "headers": {}, "body": "no"}});
    stack.control(&json!({ "faults": [no] }));
    for _ in 0..2 {
        assert_eq!(stack.ask(&[SHARED, KEY].concat(), LIST).status(), 500);
    }
    assert_eq!(stack.log().len(), 2);
    for sent in 1..=2 {
        let write = ["--header", "content-type: application/json", "--data", "{}"];
        stack.ask(&[&SHARED[..], &KEY, &write].concat(), "/relay/kapso/customers");
        assert_eq!(stack.log().len(), 2 + sent, "what writes always arrives");
    }
}

#[test]
fn no_key_is_written_and_nobody_else_reads_the_answers() {
    let stack = start("cache-files", Form::KeyInBrowser);
    read(&stack, SHARED, KEY, LIST);
    let folder = stack.folder.join("answers");
    let mode = fs::metadata(&folder).expect("the folder of the answers").permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    let kept = files(&folder);
    assert_eq!(kept.len(), 1, "{kept:?}");
    for file in
        kept.iter().chain(&files(&stack.folder.join("nginx"))).chain(&files(&stack.folder.join("log")))
    {
        let text = String::from_utf8_lossy(&fs::read(file).expect("we may read all")).into_owned();
        assert!(!text.contains("a-key-of-kapso"), "{}", file.display());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
