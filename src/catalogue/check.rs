//! Checks the rules over several fields: reads the values of a request and says which field has to
//! change, in the rule's own words.

use super::{
    operation::Operation,
    problem::{Fault, Problem},
    rule::{Check, Rule},
    value::Value,
};

/// What the values break of a rule.
pub fn check(rule: &Rule, operation: &Operation, values: &Value) -> Vec<Problem> {
    let ask = Ask { operation, values };
    let found = match rule.check {
        Check::ExactlyOne { of } => ask.exactly_one(of),
        Check::AtLeastOne { of } => ask.at_least_one(of),
        Check::AtLeastOneInRow { list, of } => ask.at_least_one_in_row(list, of),
        Check::Unique { of } => ask.unique(of),
        Check::Total { of, min, max } => ask.total(of, min, max),
        Check::RequiredFrom { list, rows, member } => ask.required_from(list, rows, member),
        Check::Requires { any_of, needs } => ask.requires(any_of, needs),
        Check::Together { of } => ask.together(of),
    };
    found
        .into_iter()
        .map(|(path, sentence)| Problem::new(path, Fault::Rule(sentence), rule.evidence))
        .collect()
}

/// Every value a path with `*` stands for, with its own path.
fn expand<'v>(values: &'v Value, path: &str) -> Vec<(String, &'v Value)> {
    let mut found = vec![(String::new(), values)];
    for part in path.split('.') {
        found = found
            .into_iter()
            .flat_map(|(at, value)| match (part, value) {
                ("*", Value::List(rows)) => rows
                    .iter()
                    .enumerate()
                    .map(|(row, value)| (join(&at, &row.to_string()), value))
                    .collect::<Vec<_>>(),
                _ => value.step(part).map(|value| (join(&at, part), value)).into_iter().collect(),
            })
            .collect();
    }
    found
}

fn join(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

type Found = Vec<(String, String)>;

struct Ask<'a> {
    operation: &'a Operation,
    values: &'a Value,
}

impl Ask<'_> {
    fn given(&self, path: &str) -> bool {
        self.values.at(path).is_some()
    }

    /// The fields of these that belong to the request as it stands.
    fn applying(&self, of: &[&'static str]) -> Vec<&'static str> {
        let get = |path: &str| self.values.text_at(path);
        of.iter()
            .copied()
            .filter(|path| {
                self.operation.field(path).is_some_and(|field| self.operation.applies(field, &get))
            })
            .collect()
    }

    fn label(&self, path: &str) -> &'static str {
        self.operation.field(path).map_or("", |field| field.label)
    }

    fn labels(&self, of: &[&'static str]) -> String {
        of.iter().map(|path| self.label(path)).collect::<Vec<_>>().join(" or ")
    }

    fn exactly_one(&self, of: &[&'static str]) -> Found {
        let of = self.applying(of);
        let given: Vec<_> = of.iter().copied().filter(|path| self.given(path)).collect();
        match (of.first(), given.as_slice()) {
            (Some(first), []) => vec![((*first).into(), format!("Give {}.", self.labels(&of)))],
            (_, [_, second, ..]) => {
                vec![((*second).into(), format!("Give either {}, not both.", self.labels(&of)))]
            }
            _ => vec![],
        }
    }

    fn at_least_one(&self, of: &[&'static str]) -> Found {
        let of = self.applying(of);
        match of.first() {
            Some(first) if !of.iter().any(|path| self.given(path)) => {
                vec![((*first).into(), format!("Give at least one of {}.", self.labels(&of)))]
            }
            _ => vec![],
        }
    }

    fn at_least_one_in_row(&self, list: &str, of: &[&'static str]) -> Found {
        expand(self.values, &format!("{list}.*"))
            .into_iter()
            .filter(|(_, row)| !of.iter().any(|member| row.step(member).is_some()))
            .map(|(path, _)| {
                let paths: Vec<String> = of.iter().map(|member| format!("{list}.*.{member}")).collect();
                let labels: Vec<&str> = paths.iter().map(|path| self.label(path)).collect();
                (format!("{path}.{}", of[0]), format!("Give {}.", labels.join(" or ")))
            })
            .collect()
    }

    fn unique(&self, of: &str) -> Found {
        let mut seen = std::collections::HashSet::new();
        expand(self.values, of)
            .into_iter()
            .filter_map(|(path, value)| Some((path, value.as_text()?)))
            .filter(|(_, text)| !seen.insert(*text))
            .map(|(path, text)| (path, format!("Must differ from the others: “{text}” is there already.")))
            .collect()
    }

    fn total(&self, of: &str, min: usize, max: usize) -> Found {
        let top = of.split(".*").next().unwrap_or(of);
        if !self.given(top) {
            return vec![];
        }
        let is = expand(self.values, of).len();
        let label = self.label(of.trim_end_matches(".*")).to_lowercase();
        if is < min {
            vec![(top.into(), format!("Add at least {min} of {label}."))]
        } else if is > max {
            vec![(top.into(), format!("All {label} together: at most {max} are allowed; there are {is}."))]
        } else {
            vec![]
        }
    }

    fn required_from(&self, list: &str, rows: usize, member: &str) -> Found {
        let found = expand(self.values, &format!("{list}.*"));
        if found.len() < rows {
            return vec![];
        }
        found
            .into_iter()
            .filter(|(_, row)| row.step(member).is_none())
            .map(|(path, _)| {
                (
                    format!("{path}.{member}"),
                    format!("Fill this in: it is required as soon as there are {rows}."),
                )
            })
            .collect()
    }

    fn requires(&self, any_of: &[&'static str], needs: &'static str) -> Found {
        match any_of.iter().find(|path| self.given(path)) {
            Some(path) if !self.given(needs) => {
                vec![(needs.into(), format!("Fill this in: “{}” needs it.", self.label(path)))]
            }
            _ => vec![],
        }
    }

    fn together(&self, of: &[&'static str]) -> Found {
        let of = self.applying(of);
        let Some(given) = of.iter().find(|path| self.given(path)) else { return vec![] };
        of.iter()
            .filter(|path| !self.given(path))
            .map(|path| ((*path).into(), format!("Fill this in: “{}” needs it.", self.label(given))))
            .collect()
    }
}

#[cfg(test)]
mod tests;
