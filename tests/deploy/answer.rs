//! What came back, as a caller sees it.

use std::process::Command;

pub struct Answer {
    head: String,
    body: Vec<u8>,
}

impl Answer {
    /// Of curl with `--include`.
    pub fn of(command: &mut Command) -> Answer {
        let output = command.output().expect("curl starts: `cargo xtask test --native` installs it");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "curl: {said} {:?}", command.get_args().collect::<Vec<_>>());
        let end = output.stdout.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&output.stdout[..end]).into_owned();
        Answer { head, body: output.stdout[end + 4..].to_vec() }
    }

    pub fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
    }

    /// All values of a header, with commas between.
    pub fn header(&self, name: &str) -> Option<String> {
        let named = |line: &str| {
            let (other, value) = line.split_once(':')?;
            other.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        };
        let values: Vec<String> = self.head.lines().filter_map(named).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The relay's own word, with its status.
    pub fn refusal(&self) -> (u16, Option<String>) {
        (self.status(), self.header("relay-refusal"))
    }
}

/// What a refusal is compared with.
pub fn refused(status: u16, word: &str) -> (u16, Option<String>) {
    (status, Some(word.to_owned()))
}
