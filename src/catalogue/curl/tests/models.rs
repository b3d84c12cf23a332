//! Models of what PowerShell, cmd, the Microsoft C runtime and curl's config file make of a text.
//! They know nothing of how the commands are written, and refuse what a command should not rely on.

use super::{Sent, Variables};

fn value<'a>(variables: Variables<'a>, name: &str) -> Option<&'a str> {
    variables.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
}

/// PowerShell 5.1 and 7: comments, then one expandable here-string as the standard input of curl.
pub fn run_powershell(command: &str, variables: Variables) -> Sent {
    let mut lines = command.split('\n').skip_while(|line| line.starts_with('#'));
    assert_eq!(lines.next(), Some("@\""));
    let lines: Vec<&str> = lines.collect();
    let end = lines.iter().position(|line| line.starts_with("\"@")).expect("the here-string ends");
    assert_eq!(lines[end..], ["\"@ | curl.exe --config -"]);
    let text = lines[..end].join("\n");
    assert!(text.is_ascii(), "the encoding of the pipe is not known");
    read_config(&expand(&text, variables))
}

/// Backticks and `$(…)` of an expandable here-string.
fn expand(text: &str, variables: Variables) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '`' => {
                let next = rest.chars().next().expect("something follows a backtick");
                assert!(matches!(next, '`' | '$'), "`{next} has a meaning of its own");
                out.push(next);
                rest = &rest[1..];
            }
            '$' => {
                let inner = rest.strip_prefix('(').unwrap_or_else(|| panic!("a bare ${rest}"));
                // Parentheses are counted without regard to quotes.
                let mut depth = 1;
                let end = inner.find(|c| {
                    depth += i32::from(c == '(') - i32::from(c == ')');
                    depth == 0
                });
                let end = end.expect("the parenthesis closes");
                out.push_str(&evaluate(&inner[..end], variables));
                rest = &inner[end + 1..];
            }
            _ => out.push(c),
        }
    }
    out
}

/// `$env:NAME` with any number of `.Replace('…','…')`.
fn evaluate(expression: &str, variables: Variables) -> String {
    let name = expression.strip_prefix("$env:").expect("a variable");
    let (name, mut calls) = name.split_once('.').expect("a call");
    let mut text = value(variables, name).expect("a variable that was set").to_owned();
    while !calls.is_empty() {
        let call = calls.strip_prefix('.').unwrap_or(calls).strip_prefix("Replace('").expect("a Replace");
        let (from, call) = call.split_once("','").unwrap();
        let (to, call) = call.split_once("')").unwrap();
        assert!(!from.contains('\'') && !to.contains('\''));
        text = text.replace(from, to);
        calls = call;
    }
    text
}

/// curl's config file, as its manual has it: `option = "value"`, with `\\ \" \n \t \r \v` in quotes.
fn read_config(input: &str) -> Sent {
    let mut arguments = vec![];
    for line in input.split('\n') {
        let Some((option, quoted)) = line.split_once(" = \"") else {
            assert_eq!(line, "globoff");
            continue;
        };
        let mut text = String::new();
        let mut chars = quoted.chars();
        loop {
            match chars.next().expect("the quotes close on their line") {
                '"' => break,
                '\\' => match chars.next().unwrap() {
                    't' => text.push('\t'),
                    'n' => text.push('\n'),
                    'r' => text.push('\r'),
                    'v' => text.push('\u{b}'),
                    other => text.push(other),
                },
                c => text.push(c),
            }
        }
        assert_eq!(chars.as_str(), "", "curl drops what follows the quotes");
        if option != "url" {
            arguments.push(format!("--{option}"));
        }
        arguments.push(text);
    }
    Sent::from_arguments(arguments)
}

/// The prompt of cmd, then the arguments as a program of the Microsoft C runtime sees them.
pub fn run_cmd(command: &str, variables: Variables) -> Vec<String> {
    let mut rest = command;
    while let Some(comment) = rest.strip_prefix("rem ") {
        let (line, after) = comment.split_once('\n').unwrap();
        assert!(!line.contains(['%', '^', '&', '|', '<', '>']), "{line}");
        rest = after;
    }
    let expanded: Vec<String> = rest.split('\n').map(|line| percent(line, variables)).collect();
    let line = caret(&expanded.join("\n"));
    let mut arguments = argv(&line);
    assert_eq!(arguments.remove(0), "curl");
    arguments
}

/// Percent expansion, at a prompt where every name without a caret is the name of some variable.
fn percent(line: &str, variables: Variables) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let name = after.split_once('%').map(|(name, _)| name.split(':').next().unwrap_or(name));
        match name {
            Some(name) if !name.is_empty() && !name.contains('^') => {
                out.push_str(value(variables, name).unwrap_or("\"&BOOM"));
                rest = after.split_once('%').unwrap().1;
            }
            _ => {
                out.push('%');
                rest = after;
            }
        }
    }
    out + rest
}

/// Carets, quotes and the characters with a meaning, to the one line that the program is given.
fn caret(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                quoted = !quoted;
                out.push('"');
            }
            '\n' => panic!("the command ends early after {out}"),
            '^' if !quoted => match chars.next().expect("something follows a caret") {
                '\n' => out.extend(chars.next()),
                next => out.push(next),
            },
            '&' | '|' | '<' | '>' | '(' | ')' if !quoted => panic!("a bare {c} after {out}"),
            _ => out.push(c),
        }
    }
    assert!(!quoted, "cmd is left inside quotes");
    out
}

/// The C runtime since 2008: `2n` backslashes before a quote are `n`, one more makes the quote a
/// letter, and so does a second quote inside quotes.
fn argv(line: &str) -> Vec<String> {
    let mut arguments = vec![];
    let mut current: Option<String> = None;
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' if !quoted => arguments.extend(current.take()),
            '\\' => {
                let mut count = 1;
                while chars.next_if_eq(&'\\').is_some() {
                    count += 1;
                }
                let quote = chars.peek() == Some(&'"');
                let text = current.get_or_insert_default();
                text.push_str(&"\\".repeat(if quote { count / 2 } else { count }));
                if quote && count % 2 == 1 {
                    text.extend(chars.next());
                }
            }
            '"' => {
                let text = current.get_or_insert_default();
                if quoted && chars.next_if_eq(&'"').is_some() {
                    text.push('"');
                } else {
                    quoted = !quoted;
                }
            }
            _ => {
                assert!(quoted || !matches!(c, '*' | '?'), "a file pattern");
                current.get_or_insert_default().push(c);
            }
        }
    }
    arguments.extend(current);
    arguments
}
