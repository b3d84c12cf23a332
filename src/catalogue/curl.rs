//! The same call as a cURL command for bash, PowerShell and cmd. The credential and every secret of
//! the body stand in it as variables: nothing here may read what a secret holds.

use super::{call::Call, provider::Scheme, value::Value};

/// Where a command is pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shell {
    Bash,
    PowerShell,
    Cmd,
}

impl Shell {
    pub const ALL: [Shell; 3] = [Shell::Bash, Shell::PowerShell, Shell::Cmd];

    pub const fn id(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::PowerShell => "powershell",
            Shell::Cmd => "cmd",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Shell::Bash => "bash",
            Shell::PowerShell => "PowerShell",
            Shell::Cmd => "cmd",
        }
    }
}

/// The text a person pastes. Without a scheme it carries no credential: a relay adds it.
pub fn command(call: &Call, base: &str, scheme: Option<&Scheme>, shell: Shell) -> String {
    let request = Request::of(call, base, scheme);
    match shell {
        Shell::Bash => bash(&request),
        Shell::PowerShell => powershell(&request),
        Shell::Cmd => cmd(&request),
    }
}

/// The variables to set before the command runs, in the order in which it names them.
pub fn variables(call: &Call, scheme: Option<&Scheme>) -> Vec<String> {
    Request::of(call, "", scheme).variables
}

/// A call with names in place of its secrets.
struct Request {
    method: &'static str,
    url: String,
    headers: Vec<Header>,
    body: Option<Vec<Piece>>,
    variables: Vec<String>,
}

struct Header {
    text: String,
    /// What follows the text, for the header with the credential.
    variable: Option<&'static str>,
}

/// One stretch of a JSON text.
enum Piece {
    /// Written as it is: brackets, commas, colons, numbers.
    Bare(String),
    Text(String),
    /// A text that is the value of this variable.
    Secret(String),
}

impl Request {
    fn of(call: &Call, base: &str, scheme: Option<&Scheme>) -> Request {
        let header = |text: &str, variable| Header { text: one_line(text), variable };
        let mut headers: Vec<Header> =
            call.headers().iter().map(|(name, value)| header(&format!("{name}: {value}"), None)).collect();
        let mut variables = vec![];
        if let Some(scheme) = scheme {
            headers.push(header(&format!("{}: {}", scheme.header, scheme.prefix), Some(scheme.variable)));
            variables.push(scheme.variable.to_owned());
        }
        let body = call.body().map(|body| {
            headers.push(header("Content-Type: application/json", None));
            let mut writer = Writer { pieces: vec![], variables: &mut variables };
            writer.write("", &body);
            writer.pieces
        });
        Request {
            method: call.operation.method.name(),
            url: one_line(&call.url(base)),
            headers,
            body,
            variables,
        }
    }

    /// Whether curl would take brackets of the address for a pattern: a path field still to be
    /// filled in, or an IPv6 host.
    fn has_pattern(&self) -> bool {
        self.url.contains(['{', '}', '[', ']'])
    }

    /// The JSON text: `text` writes a text with its quotes, `secret` the text that a variable holds.
    fn json(&self, text: &dyn Fn(&str) -> String, secret: &dyn Fn(&str) -> String) -> Option<String> {
        let write = |piece: &Piece| match piece {
            Piece::Bare(bare) => bare.clone(),
            Piece::Text(is) => text(is),
            Piece::Secret(variable) => secret(variable),
        };
        Some(self.body.as_ref()?.iter().map(write).collect())
    }

    fn has_secret(&self) -> bool {
        self.body.iter().flatten().any(|piece| matches!(piece, Piece::Secret(_)))
    }

    /// The comment above the command.
    fn first(&self, mark: &str) -> String {
        match self.variables.as_slice() {
            [] => String::new(),
            names => format!("{mark} Set first: {}\n", names.join(", ")),
        }
    }
}

/// Takes a body apart, in the order in which it is sent.
struct Writer<'a> {
    pieces: Vec<Piece>,
    variables: &'a mut Vec<String>,
}

impl Writer<'_> {
    fn write(&mut self, path: &str, value: &Value) {
        match value {
            Value::Text(text) | Value::Unread(text) => self.pieces.push(Piece::Text(text.clone())),
            Value::Number(number) => self.bare(&number.to_string()),
            Value::Bool(truth) => self.bare(&truth.to_string()),
            Value::Secret(_) => {
                let name = self.name(path);
                self.variables.push(name.clone());
                self.pieces.push(Piece::Secret(name));
            }
            Value::List(rows) => {
                self.bare("[");
                for (at, row) in rows.iter().enumerate() {
                    self.bare(if at == 0 { "" } else { "," });
                    self.write(&format!("{path}.{at}"), row);
                }
                self.bare("]");
            }
            Value::Group(members) => {
                self.bare("{");
                // As in a JSON object, the last of one name is the one that counts.
                let last = |at: usize, name| !members[at + 1..].iter().any(|(later, _)| *later == name);
                let members = members.iter().enumerate().filter(|(at, (name, _))| last(*at, *name));
                for (at, (_, (name, value))) in members.enumerate() {
                    self.bare(if at == 0 { "" } else { "," });
                    self.pieces.push(Piece::Text((*name).to_owned()));
                    self.bare(":");
                    self.write(&format!("{path}.{name}"), value);
                }
                self.bare("}");
            }
        }
    }

    fn bare(&mut self, text: &str) {
        self.pieces.push(Piece::Bare(text.to_owned()));
    }

    /// The last name of a path in capitals, numbered where it is taken.
    fn name(&self, path: &str) -> String {
        let last = path.split('.').rfind(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        let plain: String = last
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' })
            .collect();
        let letter = plain.starts_with(|c: char| c.is_ascii_uppercase());
        let name = if letter { plain } else { format!("SECRET_{plain}") };
        let mut free = name.clone();
        let mut count = 1;
        while self.variables.contains(&free) {
            count += 1;
            free = format!("{name}_{count}");
        }
        free
    }
}

/// Headers and addresses have no line ends, and a shell would take one for the end of the command.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A JSON text with its quotes; `escape` tells what else is written as `\uXXXX`.
fn json_text(text: &str, escape: &dyn Fn(char) -> bool) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if escape(c) || is_invisible(c) => {
                out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            }
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            _ => out.push(c),
        }
    }
    out + "\""
}

/// Controls, and the marks that let a line be read in another order than it runs.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Everything in single quotes, and the body on one line, since bash 3.2 looks for `!` line by line.
fn bash(request: &Request) -> String {
    let inner = |text: &str| text.replace('\'', r"'\''");
    let mut arguments = vec![format!("curl --request {} '{}'", request.method, inner(&request.url))];
    if request.has_pattern() {
        arguments.push("--globoff".into());
    }
    for Header { text, variable } in &request.headers {
        arguments.push(match variable {
            Some(variable) => format!("--header \"{text}${variable}\""),
            None => format!("--header '{}'", inner(text)),
        });
    }
    // Its history expansion also loses track of the quotes around a substitution, so no `!` may
    // stand beside one.
    let bang = request.has_secret();
    let text = |text: &str| inner(&json_text(text, &|c| bang && c == '!'));
    let secret = |name: &str| format!(r#""'"$(printf %s "${name}" | sed 's/[\\"]/\\&/g')"'""#);
    arguments.extend(request.json(&text, &secret).map(|json| format!("--data-raw '{json}'")));
    request.first("#") + &arguments.join(" \\\n  ")
}

/// The arguments go to curl's standard input as a config file, because Windows PowerShell and
/// PowerShell 7 hand quotes to a program differently. The body is ASCII, so the encoding of the pipe
/// does not matter.
fn powershell(request: &Request) -> String {
    let config = |text: &str| text.replace('\\', r"\\").replace('"', "\\\"");
    let literal = |text: &str| config(text).replace('`', "``").replace('$', "`$");
    let credential = |name: &str| format!(r#"$($env:{name}.Replace('\','\\').Replace('"','\"'))"#);

    let mut lines =
        vec![format!("request = \"{}\"", request.method), format!("url = \"{}\"", literal(&request.url))];
    if request.has_pattern() {
        lines.push("globoff".into());
    }
    for Header { text, variable } in &request.headers {
        let rest = variable.map(credential).unwrap_or_default();
        lines.push(format!("header = \"{}{rest}\"", literal(text)));
    }
    let text = |text: &str| literal(&json_text(text, &|c| !c.is_ascii()));
    // Quoted twice: for JSON, and that again for the config file.
    let secret = |name: &str| format!(r#"\"$($env:{name}.Replace('\','\\\\').Replace('"','\\\"'))\""#);
    lines.extend(request.json(&text, &secret).map(|json| format!("data-raw = \"{json}\"")));
    format!("{}@\"\n{}\n\"@ | curl.exe --config -", request.first("#"), lines.join("\n"))
}

/// What a line of cmd may hold, variables included.
const CMD_LONGEST: usize = 8191;

/// Quotes mean one thing to cmd, which keeps `& | < >` inside them, and another to the program. The
/// outer quotes of the body are hidden from cmd by carets, so that it takes each JSON text for a
/// quoted one: whatever is in it, or in the variable of a secret, stays text.
fn cmd(request: &Request) -> String {
    let mut arguments = vec![format!("curl --request {} {}", request.method, cmd_argument(&request.url))];
    if request.has_pattern() {
        arguments.push("--globoff".into());
    }
    for Header { text, variable } in &request.headers {
        arguments.push(match variable {
            Some(variable) => format!("--header \"{text}%{variable}%\""),
            None => format!("--header {}", cmd_argument(text)),
        });
    }
    // `%` and `!` start variables even inside quotes; quotes and backslashes would need both escapes.
    let escape = |c: char| matches!(c, '"' | '\\' | '%' | '!') || !c.is_ascii();
    let text = |text: &str| {
        let quoted = json_text(text, &escape);
        format!("\\\"{}\\\"", quoted.trim_matches('"'))
    };
    let secret = |name: &str| format!("\\\"%{name}%\\\"");
    arguments.extend(request.json(&text, &secret).map(|json| format!("--data-raw ^\"{json}^\"")));
    let command = arguments.join(" ^\n  ");

    let mut notes = request.first("rem");
    if !request.variables.is_empty() {
        notes += "rem Their values must hold no quotes and no backslashes.\n";
    }
    if command.contains("^%") {
        notes += "rem For the prompt only: in a batch file, double each percent sign of the address and headers.\n";
    }
    if command.len() > CMD_LONGEST {
        notes += "rem Too long for cmd, which takes 8191 characters: use PowerShell or bash.\n";
    }
    notes + &command
}

/// One argument as a Windows program and cmd both read it. Quotes and percent signs are safe from cmd
/// only outside its own quotes, behind a caret: `%^2F` names a variable that nobody has.
fn cmd_argument(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut backslashes = 0;
    for c in text.chars() {
        if c == '"' {
            quoted.push_str(&"\\".repeat(backslashes + 1));
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        quoted.push(c);
    }
    quoted.push_str(&"\\".repeat(backslashes));
    quoted.push('"');
    if !text.contains(['"', '%']) {
        return quoted;
    }
    let mut before = ' ';
    let mut out = String::new();
    for c in quoted.chars() {
        let plain = c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '_' | '/' | ':' | '\\');
        if !plain || before == '%' {
            out.push('^');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests;
