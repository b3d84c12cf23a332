//! Rules over several fields, named, with their evidence. Limits of a single field are in `limit`;
//! how a rule is checked is in `check`.

use super::evidence::Evidence;

#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Says the rule in a few words; shown in the documentation of the operation.
    pub name: &'static str,
    pub check: Check,
    pub evidence: Evidence,
}

/// Paths are absolute; `*` stands for every row of a list.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One of these fields, and no two.
    ExactlyOne { of: &'static [&'static str] },
    /// Any of these fields.
    AtLeastOne { of: &'static [&'static str] },
    /// In every row of a list, any of these members.
    AtLeastOneInRow { list: &'static str, of: &'static [&'static str] },
    /// No two of these values are the same.
    Unique { of: &'static str },
    /// The number of all these values together.
    Total { of: &'static str, min: usize, max: usize },
    /// These are required once their list has so many rows.
    RequiredFrom { list: &'static str, rows: usize, member: &'static str },
    /// One field is required once any of the others is given.
    Requires { any_of: &'static [&'static str], needs: &'static str },
    /// All of these fields or none.
    Together { of: &'static [&'static str] },
}

impl Rule {
    pub const fn new(name: &'static str, check: Check, evidence: Evidence) -> Rule {
        Rule { name, check, evidence }
    }
}
