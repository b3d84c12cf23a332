//! Drafts made from nothing but the constants of the catalogue: the least that an operation takes, the
//! least with one field in it, and everything at once. What is wrong with a draft is asked elsewhere.

use switchboard::catalogue::{
    self,
    draft::Draft,
    field::{Field, Kind, When},
    limit::Bound,
    operation::Operation,
    read::{self, Reading},
    rule::Check,
};

/// The requests of the providers' own pages.
pub const DOCUMENTED: [&str; 21] = [
    "rapida.create-whatsapp-deployment",
    "kapso.create-whatsapp-config",
    "kapso.send-message",
    "webex.send-text",
    "vonage.create-deployment",
    "vonage.get-deployment",
    "vonage.delete-deployment",
    "vonage.resend-otp",
    "vonage.verify",
    "vonage.get-profile",
    "vonage.update-profile",
    "vonage.get-photo",
    "vonage.update-photo",
    "vonage.list-stickerpacks",
    "vonage.create-stickerpack",
    "vonage.list-whatsapp-stickerpacks",
    "vonage.get-stickerpack",
    "vonage.list-stickers",
    "vonage.create-sticker",
    "vonage.get-sticker",
    "vonage.delete-sticker",
];

/// Texts for fields without an example; the first that keeps every limit of its field is taken.
const TEXTS: [&str; 4] = ["x", "en", "2023-11-07", "wamid.x"];

/// A draft in the making.
#[derive(Clone)]
pub struct Sample {
    pub operation: &'static Operation,
    pub draft: Draft,
    /// Whether optional fields are filled in as well.
    whole: bool,
}

/// Every field of every operation, at every depth, with its path; rows of lists are `*`.
pub fn every_field() -> Vec<(&'static Operation, String, &'static Field)> {
    let mut found = vec![];
    for operation in catalogue::all() {
        operation.walk(&mut |path, field| found.push((operation, path.to_owned(), field)));
    }
    found
}

/// The path of the first row, such as `buttons.0.title` for `buttons.*.title`.
pub fn first_row(path: &str) -> String {
    path.replace(".*", ".0")
}

impl Sample {
    /// The least that can be sent.
    pub fn least(operation: &'static Operation) -> Sample {
        Sample { operation, draft: Draft::default(), whole: false }.completed()
    }

    /// The least that can be sent with this field in it. Fields that share a path are told apart by
    /// their conditions.
    pub fn with(operation: &'static Operation, path: &str, field: &'static Field) -> Sample {
        let mut sample = Sample { operation, draft: Draft::default(), whole: false };
        sample.reach(path, field);
        sample.completed()
    }

    /// Everything that can be sent at once while every choice stays at its first value.
    pub fn full(operation: &'static Operation) -> Sample {
        Sample { operation, draft: Draft::default(), whole: true }.completed()
    }

    /// The same draft with so many rows in a list, completed for them.
    pub fn with_rows(mut self, list: &str, rows: usize) -> Sample {
        while self.draft.rows(list) < rows {
            self.draft.add_row(list);
        }
        while self.draft.rows(list) > rows {
            self.draft.remove_row(list, self.draft.rows(list) - 1);
        }
        self.completed()
    }

    pub fn set(&mut self, path: &str, text: &str) {
        self.draft.set(self.operation, path, text.to_owned());
    }

    pub fn read(&self) -> Reading {
        read::draft(self.operation, &self.draft)
    }

    /// What is required and what the rules ask for depend on each other, so both are asked until
    /// neither adds anything.
    fn completed(mut self) -> Sample {
        loop {
            let before = self.draft.clone();
            self.fill_members("", self.operation.fields);
            self.keep_rules();
            if self.draft == before {
                return self;
            }
        }
    }

    fn fill_members(&mut self, at: &str, members: &'static [Field]) {
        for field in members {
            if !self.applies(field) {
                continue;
            }
            let path = if at.is_empty() { field.name.to_owned() } else { format!("{at}.{}", field.name) };
            let wanted = field.required.is_some() || (self.whole && !self.has_rival(&path));
            if wanted {
                self.give(&path, field);
            }
            if wanted || self.is_given(&path, field) {
                self.fill_within(&path, field);
            }
        }
    }

    fn fill_within(&mut self, path: &str, field: &'static Field) {
        match field.kind {
            Kind::Group(members) => self.fill_members(path, members),
            Kind::List(item) => {
                for row in 0..self.draft.rows(path) {
                    let row = format!("{path}.{row}");
                    self.give(&row, item);
                    self.fill_within(&row, item);
                }
            }
            _ => {}
        }
    }

    /// Puts a field and all it stands in into the draft, and makes its conditions true.
    fn reach(&mut self, path: &str, field: &'static Field) {
        let mut at = String::new();
        let parts: Vec<&str> = path.split('.').collect();
        for (depth, part) in parts.iter().enumerate() {
            if *part == "*" && self.draft.rows(&at) == 0 {
                self.draft.add_row(&at);
            }
            let part = if *part == "*" { "0" } else { part };
            at = if at.is_empty() { part.to_owned() } else { format!("{at}.{part}") };
            let here = if depth + 1 == parts.len() { field } else { self.field(&at) };
            self.meet(here.when);
        }
        self.give(&at, field);
        if let Kind::Group(members) = field.kind
            && !self.is_given(&at, field)
            && let Some(first) = members.iter().find(|member| !matches!(member.kind, Kind::Constant(_)))
        {
            self.reach(&format!("{path}.{}", first.name), first);
        }
    }

    fn meet(&mut self, when: When) {
        match when {
            When::Always => {}
            When::Filled { path } => self.reach(path, self.field(path)),
            When::Is { path, values } => {
                let on = self.field(path);
                self.meet(on.when);
                let typed = self.draft.text(path);
                let text = if typed.is_empty() { on.default } else { typed };
                if !values.contains(&text) {
                    self.set(path, values[0]);
                }
            }
        }
    }

    /// Puts a value at a path where there is none; for a list a row, whose content comes later.
    fn give(&mut self, path: &str, field: &'static Field) {
        if self.is_given(path, field) {
            return;
        }
        match field.kind {
            Kind::Constant(_) | Kind::Group(_) => {}
            Kind::List(_) => self.draft.add_row(path),
            _ => self.set(path, &text_for(path, field)),
        }
    }

    fn keep_rules(&mut self) {
        for rule in self.operation.rules {
            match rule.check {
                Check::ExactlyOne { of } | Check::AtLeastOne { of } => self.give_one(of),
                Check::AtLeastOneInRow { list, of } => {
                    for row in 0..self.draft.rows(list) {
                        let paths: Vec<String> =
                            of.iter().map(|member| format!("{list}.{row}.{member}")).collect();
                        self.give_one(&paths.iter().map(String::as_str).collect::<Vec<_>>());
                    }
                }
                Check::RequiredFrom { list, rows, member } if self.draft.rows(list) >= rows => {
                    for row in 0..self.draft.rows(list) {
                        self.give_all(&[&format!("{list}.{row}.{member}")]);
                    }
                }
                Check::Requires { any_of, needs } if self.any_given(any_of) => self.give_all(&[needs]),
                Check::Together { of } if self.any_given(of) => self.give_all(of),
                // Texts differ by their rows, and nothing here adds a row too many.
                _ => {}
            }
        }
    }

    fn give_one(&mut self, of: &[&str]) {
        let applying = of.iter().find(|path| self.applies(self.field(path)));
        if let Some(first) = applying.filter(|_| !self.any_given(of)) {
            self.give_all(&[first]);
        }
    }

    fn give_all(&mut self, paths: &[&str]) {
        for path in paths {
            self.give(path, self.field(path));
        }
    }

    fn any_given(&self, of: &[&str]) -> bool {
        of.iter().any(|path| self.is_given(path, self.field(path)))
    }

    /// Whether another field is there of which there may be only one.
    fn has_rival(&self, path: &str) -> bool {
        self.operation.rules.iter().any(|rule| match rule.check {
            Check::ExactlyOne { of } => of.contains(&path) && self.any_given(of),
            _ => false,
        })
    }

    fn is_given(&self, path: &str, field: &'static Field) -> bool {
        match field.kind {
            Kind::Constant(_) => false,
            Kind::List(_) => self.draft.rows(path) > 0,
            Kind::Group(members) => {
                members.iter().any(|member| self.is_given(&format!("{path}.{}", member.name), member))
            }
            _ => !self.draft.text(path).is_empty(),
        }
    }

    fn applies(&self, field: &Field) -> bool {
        self.operation.applies(field, &|path| self.draft.text(path).to_owned())
    }

    fn field(&self, path: &str) -> &'static Field {
        self.operation.field(path).unwrap_or_else(|| panic!("{} has no {path}", self.operation.id))
    }
}

/// The documented example, or something of the field's kind. Texts carry the numbers of their rows, so
/// that no two rows have the same.
fn text_for(path: &str, field: &Field) -> String {
    if !field.example.is_empty() {
        return field.example.to_owned();
    }
    let rows: Vec<&str> = path.split('.').filter(|part| part.parse::<usize>().is_ok()).collect();
    match field.kind {
        Kind::Choice(choices) => choices[0].value.to_owned(),
        Kind::Toggle(_) => "true".to_owned(),
        Kind::Digits => "1234567".to_owned(),
        Kind::Integer => least_of(field).to_string(),
        Kind::Decimal => "1.5".to_owned(),
        Kind::Url => "https://example.com/a.png".to_owned(),
        Kind::Email => "you@example.com".to_owned(),
        Kind::Phone(_) => "+447700900123".to_owned(),
        Kind::Emoji => "🐥".to_owned(),
        Kind::Secret(_) => "123456".to_owned(),
        _ => TEXTS
            .iter()
            .map(|text| if *text == "x" { format!("x{}", rows.join("_")) } else { (*text).to_owned() })
            .find(|text| keeps_limits(field, text))
            .unwrap_or_else(|| panic!("no sample text keeps the limits of {path}: add one")),
    }
}

fn least_of(field: &Field) -> i64 {
    let range = field.limits.iter().find_map(|limit| match limit.bound {
        Bound::Range { min, .. } => Some(min),
        _ => None,
    });
    range.unwrap_or(1)
}

/// Whether a text has the shapes and the least length that its field asks for.
pub fn keeps_limits(field: &Field, text: &str) -> bool {
    field.limits.iter().all(|limit| match limit.bound {
        Bound::Pattern(pattern) => (pattern.fits)(text),
        Bound::Length { min, .. } => text.chars().count() >= min,
        _ => true,
    })
}
