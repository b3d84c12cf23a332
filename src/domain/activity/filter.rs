//! Which calls are looked at, as it stands in the address: provider, request, ending, time and words.
//! What is not understood in an address is left out of it.

use super::{
    Outcome, Record,
    calendar::Offset,
    ending::{Ending, Part},
    span::Span,
};
use crate::catalogue::{self, call::encode, provider::Provider};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub provider: Option<Provider>,
    /// Id of a request.
    pub operation: Option<String>,
    /// Any of these; all where it is empty. In their order, each once.
    pub endings: Vec<Ending>,
    pub span: Span,
    /// Each of them has to be in the call somewhere.
    pub words: String,
}

/// One thing by which calls are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    Provider,
    Operation,
    Endings,
    Span,
    Words,
}

impl Facet {
    pub const ALL: [Facet; 5] =
        [Facet::Provider, Facet::Operation, Facet::Endings, Facet::Span, Facet::Words];
}

impl Filter {
    /// What went wrong today.
    pub fn trouble_today() -> Filter {
        Filter { endings: Ending::TROUBLE.to_vec(), span: Span::Today, ..Filter::default() }
    }

    /// Reads it from the parts of a query.
    pub fn read(part: impl Fn(&str) -> Option<String>) -> Filter {
        let text = |name| part(name).unwrap_or_default();
        let endings = text("outcome");
        let mut endings: Vec<Ending> = endings.split(',').filter_map(Ending::from_id).collect();
        endings.sort_unstable();
        endings.dedup();
        Filter {
            provider: Provider::from_id(&text("provider")),
            operation: part("operation").filter(|id| !id.is_empty()),
            endings,
            span: Span::from_id(&text("time"))
                .or_else(|| Span::between(&text("from"), &text("to")))
                .unwrap_or_default(),
            words: text("words"),
        }
    }

    /// Where it is shown, such as `/activity?provider=kapso&outcome=failed`.
    pub fn place(&self) -> String {
        let mut parts = vec![];
        let mut add = |name: &str, text: &str| {
            if !text.is_empty() {
                parts.push(format!("{name}={text}"));
            }
        };
        add("provider", self.provider.map_or("", Provider::id));
        add("operation", &encode(self.operation.as_deref().unwrap_or_default()));
        let endings: Vec<&str> = self.endings.iter().map(|ending| ending.id()).collect();
        add("outcome", &endings.join(","));
        if self.span != Span::All {
            add("time", self.span.id().unwrap_or_default());
        }
        if let Some((from, to)) = self.span.ends() {
            add("from", &encode(&from));
            add("to", &encode(&to));
        }
        add("words", &encode(&self.words));
        if parts.is_empty() { "/activity".into() } else { format!("/activity?{}", parts.join("&")) }
    }

    /// By what it leaves anything out.
    pub fn facets(&self) -> Vec<Facet> {
        Facet::ALL.into_iter().filter(|facet| self.without(*facet) != *self).collect()
    }

    /// The same without one of them.
    pub fn without(&self, facet: Facet) -> Filter {
        let mut filter = self.clone();
        match facet {
            Facet::Provider => filter.provider = None,
            Facet::Operation => filter.operation = None,
            Facet::Endings => filter.endings.clear(),
            Facet::Span => filter.span = Span::All,
            Facet::Words => filter.words.clear(),
        }
        filter
    }

    /// The same from a moment to right before another.
    pub fn within(self, from: u64, until: u64) -> Filter {
        Filter { span: Span::Moments(from, until), ..self }
    }

    /// The same for one provider, without a request of another.
    pub fn of_provider(mut self, provider: Option<Provider>) -> Filter {
        let is_its =
            |id: &String| provider.is_none_or(|provider| id.split('.').next() == Some(provider.id()));
        self.operation = self.operation.filter(is_its);
        Filter { provider, ..self }
    }

    /// The same with an ending more, or without it.
    pub fn with_ending(mut self, ending: Ending, wanted: bool) -> Filter {
        self.endings.retain(|one| *one != ending);
        if wanted {
            self.endings.push(ending);
            self.endings.sort_unstable();
        }
        self
    }

    pub fn has_ending(&self, ending: Ending) -> bool {
        self.endings.is_empty() || self.endings.contains(&ending)
    }

    /// What it lets through at a moment.
    pub fn sieve(&self, now: u64, offset: Offset) -> Sieve<'_> {
        self.sieve_within(self.span.bounds(now, offset))
    }

    /// The same, where the bounds of its span are known already.
    pub fn sieve_within(&self, bounds: (u64, u64)) -> Sieve<'_> {
        let needles = self.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
        Sieve { filter: self, bounds, needles }
    }
}

/// A filter, with what it takes worked out once for many records.
pub struct Sieve<'a> {
    filter: &'a Filter,
    bounds: (u64, u64),
    needles: Vec<String>,
}

impl Sieve<'_> {
    pub fn fits(&self, record: &Record) -> bool {
        let Filter { provider, operation, .. } = self.filter;
        (self.bounds.0..self.bounds.1).contains(&record.at)
            && provider.is_none_or(|provider| record.provider() == Some(provider))
            && operation.as_ref().is_none_or(|id| record.operation == *id)
            && self.parts(record).next().is_some()
            && self.has_words(record)
    }

    /// The calls of a record that it lets through.
    pub fn parts<'r>(&'r self, record: &'r Record) -> impl Iterator<Item = Part> + 'r {
        record.parts().filter(|part| self.filter.has_ending(part.ending))
    }

    fn has_words(&self, record: &Record) -> bool {
        if self.needles.is_empty() {
            return true;
        }
        let hay = haystack(record);
        self.needles.iter().all(|needle| hay.contains(needle))
    }
}

/// Everything of a record in which words are looked for.
fn haystack(record: &Record) -> String {
    let (word, answer) = match &record.outcome {
        Outcome::Open => ("", ""),
        Outcome::Succeeded { answer, .. } => ("", answer.as_str()),
        Outcome::Failed { word, answer, .. } => (word.as_str(), answer.as_str()),
    };
    let title = catalogue::find(&record.operation).map_or("", |operation| operation.title);
    let body = record.body.as_ref().map(ToString::to_string).unwrap_or_default();
    let provider = record.provider().map_or("", Provider::name);
    let Record { operation, method, host, path, connection, .. } = record;
    let parts = [title, operation, method, host, path, connection, provider, word, &body, answer];
    parts.join("\n").to_lowercase()
}

/// Which facet, lifted alone, would show anything, and how many entries. Empty where it takes several.
pub fn lifts<'r>(
    filter: &Filter,
    records: impl Iterator<Item = &'r Record> + Clone,
    now: u64,
    offset: Offset,
) -> Vec<(Facet, usize)> {
    let count = |facet| {
        let without = filter.without(facet);
        let sieve = without.sieve(now, offset);
        (facet, records.clone().filter(|record| sieve.fits(record)).count())
    };
    filter.facets().into_iter().map(count).filter(|(_, count)| *count > 0).collect()
}

#[cfg(test)]
mod tests;
