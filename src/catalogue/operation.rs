//! A documented request as data. A new one is one constant of this type in its provider's module.

use super::{
    evidence::Evidence,
    field::{Field, Kind, Place, When},
    provider::Provider,
    rule::Rule,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

impl Method {
    pub const fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// Whether a call can change anything at the provider.
    pub const fn writes(self) -> bool {
        !matches!(self, Method::Get)
    }
}

/// One documented request.
#[derive(Debug)]
pub struct Operation {
    /// `provider.verb-thing`: used in addresses, tests and the sandbox's control.
    pub id: &'static str,
    pub provider: Provider,
    /// The heading of the provider's documentation that it stands under.
    pub section: &'static str,
    pub title: &'static str,
    /// One or two sentences: what it does.
    pub summary: &'static str,
    pub method: Method,
    /// Below the base address, with `{name}` for each path field.
    pub path: &'static str,
    pub fields: &'static [Field],
    pub rules: &'static [Rule],
    /// The documented HTTP status of success.
    pub success: u16,
    /// Documented errors of this request, besides those of its provider.
    pub errors: &'static [Explained],
    /// Evidence that the request exists.
    pub evidence: Evidence,
    /// What the button that sends it says, such as `Delete the sticker`.
    pub action: &'static str,
}

/// What lists say of an operation. A table of these is made while the console is compiled, so a module
/// that only lists requests carries none of their fields.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading {
    pub id: &'static str,
    pub section: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    pub method: Method,
    pub path: &'static str,
}

/// A documented error in words an admin can act on.
#[derive(Debug, PartialEq)]
pub struct Explained {
    /// HTTP status, or 0 where the code alone identifies it.
    pub status: u16,
    /// The provider's own code; empty where the status alone identifies it.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub meaning: &'static str,
    /// What to do next, in one sentence.
    pub next: &'static str,
    /// Path of the field it is about; empty for the whole request.
    pub field: &'static str,
    pub evidence: Evidence,
}

impl Explained {
    pub const fn new(
        status: u16,
        code: &'static str,
        meaning: &'static str,
        next: &'static str,
        evidence: Evidence,
    ) -> Explained {
        Explained { status, code, meaning, next, field: "", evidence }
    }

    pub const fn about(mut self, field: &'static str) -> Explained {
        self.field = field;
        self
    }
}

impl Operation {
    pub const fn heading(&self) -> Heading {
        Heading {
            id: self.id,
            section: self.section,
            title: self.title,
            summary: self.summary,
            method: self.method,
            path: self.path,
        }
    }

    pub fn fields_in(&self, place: Place) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| field.place == place)
    }

    /// The one object that is the whole body, by its key, and its members.
    pub fn body_root(&self) -> Option<(&'static str, &'static [Field])> {
        let mut fields = self.fields_in(Place::Body);
        match (fields.next(), fields.next()) {
            (Some(Field { kind: Kind::Group(members), name, required: Some(_), .. }), None) => {
                Some((name, members))
            }
            _ => None,
        }
    }

    /// What a body is made of, with the paths: the one object around a whole body is no part of it.
    pub fn body_fields(&self) -> Vec<(String, &'static Field)> {
        match self.body_root() {
            Some((root, members)) => {
                members.iter().map(|field| (format!("{root}.{}", field.name), field)).collect()
            }
            None => self.fields_in(Place::Body).map(|field| (field.name.to_owned(), field)).collect(),
        }
    }

    /// The field at a path; list positions may be numbers or `*`. A name may stand more than once
    /// under conditions that exclude each other: then this is the first, see [`Self::field_now`].
    pub fn field(&self, path: &str) -> Option<&'static Field> {
        let mut parts = path.split('.');
        let first = parts.next()?;
        let top = self.fields.iter().find(|field| field.name == first)?;
        parts.try_fold(top, |field, part| field.step(part))
    }

    /// The field at a path that belongs to the request, given what the other fields hold.
    pub fn field_now(&self, path: &str, get: &dyn Fn(&str) -> String) -> Option<&'static Field> {
        let first = self.field(path)?;
        let siblings = match path.rsplit_once('.') {
            None => self.fields,
            Some((parent, _)) => match self.field(parent)?.kind {
                Kind::Group(members) => members,
                _ => return Some(first),
            },
        };
        let of_name = siblings.iter().filter(|field| field.name == first.name);
        of_name.into_iter().find(|field| self.applies(field, get)).or(Some(first))
    }

    /// Whether a field belongs to the request, given what the other fields hold. `get` answers the
    /// text at an absolute path, empty when there is none.
    pub fn applies(&self, field: &Field, get: &dyn Fn(&str) -> String) -> bool {
        match field.when {
            When::Always => true,
            When::Filled { path } => self.reached(path, get).is_some_and(|text| !text.is_empty()),
            When::Is { path, values } => {
                self.reached(path, get).is_some_and(|text| values.contains(&text.as_str()))
            }
        }
    }

    /// The text of a field that itself applies, or its default.
    fn reached(&self, path: &str, get: &dyn Fn(&str) -> String) -> Option<String> {
        let field = self.field(path)?;
        if !self.applies(field, get) {
            return None;
        }
        let text = get(path);
        Some(if text.is_empty() { field.default.to_owned() } else { text })
    }

    /// Calls `visit` for every field, at every depth, with its path; rows of lists are `*`.
    pub fn walk(&self, visit: &mut dyn FnMut(&str, &'static Field)) {
        for field in self.fields {
            walk(field.name.to_owned(), field, visit);
        }
    }
}

fn walk(path: String, field: &'static Field, visit: &mut dyn FnMut(&str, &'static Field)) {
    visit(&path, field);
    match field.kind {
        Kind::Group(members) => {
            for member in members {
                walk(format!("{path}.{}", member.name), member, visit);
            }
        }
        Kind::List(item) => walk(format!("{path}.*"), item, visit),
        _ => {}
    }
}
