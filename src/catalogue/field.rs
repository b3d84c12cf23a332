//! One field of a request, declared once: name, label, help, place, kind, limits, condition, evidence.
//! Reading typed text into a field is in `read`; checking limits in `check`.

use super::{
    evidence::Evidence,
    limit::{Bound, Limit},
};

/// One value of a request, or a list or group of values.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Key in the JSON object, query, header or path template, spelled as the provider spells it.
    pub name: &'static str,
    pub label: &'static str,
    /// One or two sentences; may be empty.
    pub help: &'static str,
    pub place: Place,
    pub kind: Kind,
    /// Evidence that the field may not be left out; `None` for optional fields.
    pub required: Option<Evidence>,
    pub limits: &'static [Limit],
    pub when: When,
    /// Evidence that the field exists.
    pub evidence: Evidence,
    /// The documented example, as typed; for lists and groups empty.
    pub example: &'static str,
    /// What the provider assumes when the field is left out; empty where nothing is documented.
    pub default: &'static str,
}

/// Where in the HTTP request a top-level field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
    Body,
}

/// What kind of value a field takes, and how it is written in the request.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Any text, sent as typed.
    Text(Lines),
    /// Digits kept as text: ids, codes, numbers with leading zeros.
    Digits,
    /// A whole number, sent as a JSON number.
    Integer,
    /// A decimal number, sent as a JSON number.
    Decimal,
    /// One of a closed list.
    Choice(&'static [Choice]),
    /// Yes or no.
    Toggle(Wire),
    /// An absolute `http` or `https` address.
    Url,
    Email,
    /// A phone number; spaces, brackets and hyphens are dropped.
    Phone(Plus),
    Emoji,
    /// Masked everywhere but in its own field, and never stored.
    Secret(Cover),
    /// Always sent with this value and not asked.
    Constant(&'static str),
    List(&'static Field),
    Group(&'static [Field]),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    One,
    Many,
}

/// How a toggle is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    Bool,
    /// `"true"` or `"false"`, as the provider's examples have it.
    Text,
}

/// Whether a phone number is sent with a leading `+`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plus {
    Always,
    Never,
}

/// How a secret's own input shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    Hidden,
    /// A short-lived code that the person reads from a phone.
    OneTimeCode,
}

#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

impl Choice {
    pub const fn new(value: &'static str, label: &'static str) -> Choice {
        Choice { value, label }
    }

    /// A choice whose value is a readable name.
    pub const fn named(value: &'static str) -> Choice {
        Choice { value, label: value }
    }
}

/// When a field belongs to the request. Paths are absolute, such as `message.message_type`.
#[derive(Clone, Copy, Debug)]
pub enum When {
    Always,
    /// Another field has one of these values (its default counts when it is left out).
    Is {
        path: &'static str,
        values: &'static [&'static str],
    },
    /// Another field has any value.
    Filled {
        path: &'static str,
    },
}

impl Field {
    const fn new(name: &'static str, label: &'static str, kind: Kind, evidence: Evidence) -> Field {
        Field {
            name,
            label,
            help: "",
            place: Place::Body,
            kind,
            required: None,
            limits: &[],
            when: When::Always,
            evidence,
            example: "",
            default: "",
        }
    }

    pub const fn text(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Text(Lines::One), evidence)
    }

    pub const fn long_text(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Text(Lines::Many), evidence)
    }

    pub const fn digits(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Digits, evidence)
    }

    pub const fn integer(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Integer, evidence)
    }

    pub const fn decimal(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Decimal, evidence)
    }

    pub const fn choice(
        name: &'static str,
        label: &'static str,
        choices: &'static [Choice],
        evidence: Evidence,
    ) -> Field {
        Field::new(name, label, Kind::Choice(choices), evidence)
    }

    pub const fn toggle(name: &'static str, label: &'static str, wire: Wire, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Toggle(wire), evidence)
    }

    pub const fn url(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Url, evidence)
    }

    pub const fn email(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Email, evidence)
    }

    pub const fn phone(name: &'static str, label: &'static str, plus: Plus, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Phone(plus), evidence)
    }

    pub const fn emoji(name: &'static str, label: &'static str, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Emoji, evidence)
    }

    pub const fn secret(name: &'static str, label: &'static str, cover: Cover, evidence: Evidence) -> Field {
        Field::new(name, label, Kind::Secret(cover), evidence)
    }

    pub const fn constant(name: &'static str, value: &'static str, evidence: Evidence) -> Field {
        Field::new(name, name, Kind::Constant(value), evidence)
    }

    pub const fn list(
        name: &'static str,
        label: &'static str,
        item: &'static Field,
        evidence: Evidence,
    ) -> Field {
        Field::new(name, label, Kind::List(item), evidence)
    }

    pub const fn group(
        name: &'static str,
        label: &'static str,
        members: &'static [Field],
        evidence: Evidence,
    ) -> Field {
        Field::new(name, label, Kind::Group(members), evidence)
    }

    /// Required on the same evidence as the field itself.
    pub const fn required(self) -> Field {
        let evidence = self.evidence;
        self.required_by(evidence)
    }

    pub const fn required_by(mut self, evidence: Evidence) -> Field {
        self.required = Some(evidence);
        self
    }

    pub const fn help(mut self, help: &'static str) -> Field {
        self.help = help;
        self
    }

    pub const fn limits(mut self, limits: &'static [Limit]) -> Field {
        self.limits = limits;
        self
    }

    pub const fn when(mut self, path: &'static str, values: &'static [&'static str]) -> Field {
        self.when = When::Is { path, values };
        self
    }

    pub const fn when_filled(mut self, path: &'static str) -> Field {
        self.when = When::Filled { path };
        self
    }

    pub const fn example(mut self, example: &'static str) -> Field {
        self.example = example;
        self
    }

    pub const fn default(mut self, default: &'static str) -> Field {
        self.default = default;
        self
    }

    pub const fn in_path(mut self) -> Field {
        self.place = Place::Path;
        self.required = Some(self.evidence);
        self
    }

    pub const fn in_query(mut self) -> Field {
        self.place = Place::Query;
        self
    }

    pub const fn in_header(mut self) -> Field {
        self.place = Place::Header;
        self
    }

    /// The one group that is all there is in this one: a box around a box, which a person need not see.
    pub fn wraps(&self) -> Option<&'static Field> {
        match self.kind {
            Kind::Group([one]) if matches!((one.kind, one.when), (Kind::Group(_), When::Always)) => Some(one),
            _ => None,
        }
    }

    /// Whether a request without it is not sent; `None` where it is not needed at all.
    pub fn must_be_given(&self) -> Option<bool> {
        self.required.map(Evidence::blocks)
    }

    /// The hints shown beside the label before anything is typed.
    pub fn hints(&self) -> Vec<String> {
        let kind = match self.kind {
            Kind::Digits => "digits only",
            Kind::Emoji => "one emoji",
            Kind::Phone(_) => "with country code",
            _ => "",
        };
        std::iter::once(kind.to_owned())
            .chain(self.limits.iter().filter(|limit| !self.is_within_advice(limit)).map(Limit::hint))
            .filter(|hint| !hint.is_empty())
            .collect()
    }

    /// The greatest length of a text that a person is told, in code points: the documented one, or a smaller one
    /// that is advised.
    pub fn longest(&self) -> Option<usize> {
        let max = |limit: &Limit| match limit.bound {
            Bound::Length { max, .. } => Some(max),
            _ => None,
        };
        self.limits.iter().filter_map(max).min()
    }

    /// Whether a narrower bound of the same kind is advised, so that whoever keeps to that keeps to this.
    fn is_within_advice(&self, limit: &Limit) -> bool {
        self.limits.iter().any(|other| !other.evidence.blocks() && other.bound.is_within(&limit.bound))
    }

    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }

    /// The field at one further part of a path: a member of a group, or the item of a list.
    pub fn step(&self, part: &str) -> Option<&'static Field> {
        match self.kind {
            Kind::Group(members) => members.iter().find(|member| member.name == part),
            Kind::List(item) if part == "*" || part.parse::<usize>().is_ok() => Some(item),
            _ => None,
        }
    }
}
