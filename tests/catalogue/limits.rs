//! Every limit of every field, one below it, at it and above it, in an otherwise valid draft. A broken
//! limit keeps the draft from being sent exactly if it is documented.

use crate::sample::{Sample, every_field, first_row, keeps_limits};
use switchboard::catalogue::{
    evidence::Evidence,
    field::{Field, Kind},
    limit::{Bound, Limit},
    operation::Operation,
    problem::{Fault, Problem},
};

/// One limit of one field, with the draft that it is tried on.
struct Case {
    sample: Sample,
    /// Of the first row of every list.
    path: String,
    field: &'static Field,
    limit: &'static Limit,
}

fn every_limit() -> impl Iterator<Item = Case> {
    every_field().into_iter().flat_map(|(operation, path, field)| {
        field.limits.iter().map(move |limit| {
            let sample = Sample::with(operation, &path, field);
            Case { sample, path: first_row(&path), field, limit }
        })
    })
}

impl Case {
    fn with_text(&self, text: &str) -> Sample {
        let mut sample = self.sample.clone();
        sample.set(&self.path, text);
        sample
    }

    fn with_rows(&self, rows: usize) -> Sample {
        self.sample.clone().with_rows(&self.path, rows)
    }

    fn name(&self) -> String {
        format!("{} {} {:?}", self.sample.operation.id, self.path, self.limit)
    }

    /// Nothing is said of this limit, and nothing keeps the draft from being sent. A second, tighter
    /// limit of the same field may still warn.
    fn is_kept_by(&self, sample: &Sample) {
        let reading = sample.read();
        let evidence = self.limit.evidence;
        let about = |problem: &&Problem| problem.path == self.path && problem.evidence == evidence;
        assert_eq!(reading.problems.iter().find(about), None, "{}", self.name());
        assert!(reading.ready().is_some(), "{}: {:?}", self.name(), reading.problems);
    }

    fn is_broken_by(&self, sample: &Sample, fault: Fault) {
        self.is_found_in(sample, fault, self.limit.evidence.blocks());
    }

    fn is_found_in(&self, sample: &Sample, fault: Fault, blocks: bool) {
        let reading = sample.read();
        let wanted = Problem { path: self.path.clone(), fault, evidence: self.limit.evidence, blocks };
        assert!(reading.problems.contains(&wanted), "{}: {:?}", self.name(), reading.problems);
        assert_eq!(reading.ready().is_none(), blocks, "{}: {:?}", self.name(), reading.problems);
    }
}

/// A text of a field's kind and shapes, so many code points long, most of them `unit`.
fn filled(field: &Field, length: usize, unit: &str) -> Option<String> {
    let around = |before: &str, after: &str| {
        let rest = length.checked_sub(before.len() + after.len())?;
        Some(format!("{before}{}{after}", unit.repeat(rest)))
    };
    let text = match field.kind {
        Kind::Text(_) => around("", ""),
        Kind::Digits => Some("1".repeat(length)).filter(|_| unit.is_ascii()),
        Kind::Url => around("https://example.com/", ""),
        Kind::Email => around("", "@example.com"),
        _ => None,
    };
    text.filter(|text| patterns_fit(field, text))
}

fn patterns_fit(field: &Field, text: &str) -> bool {
    field.limits.iter().all(|limit| !matches!(limit.bound, Bound::Pattern(p) if !(p.fits)(text)))
}

fn plain(case: &Case, length: usize) -> Sample {
    let text = filled(case.field, length, "a");
    case.with_text(&text.unwrap_or_else(|| panic!("{}: no text of length {length}", case.name())))
}

#[test]
fn every_field_can_stand_in_a_request_without_problems() {
    for (operation, path, field) in every_field() {
        let sample = Sample::with(operation, &path, field);
        let reading = sample.read();
        assert_eq!(reading.problems, [], "{} {path}", operation.id);
        let there = reading.sketch().values().at(&first_row(&path)).is_some();
        assert!(there, "{} {path}: {:?}", operation.id, sample.draft);
    }
    for operation in switchboard::catalogue::all() {
        assert_eq!(Sample::least(operation).read().problems, [], "{}", operation.id);
        assert_eq!(Sample::full(operation).read().problems, [], "{}", operation.id);
    }
}

#[test]
fn lengths_are_counted_in_code_points() {
    let mut emoji = 0;
    for case in every_limit() {
        let Bound::Length { min, max } = case.limit.bound else { continue };
        case.is_kept_by(&plain(&case, max - 1));
        case.is_kept_by(&plain(&case, max));
        case.is_broken_by(&plain(&case, max + 1), Fault::TooLong { is: max + 1, max });
        if min > 1 {
            case.is_kept_by(&plain(&case, min));
            case.is_broken_by(&plain(&case, min - 1), Fault::TooShort { is: min - 1, min });
        }
        // Fits in code points; whoever counts UTF-16 may refuse it, so it warns and is still sent.
        if let Some(text) = filled(case.field, max, "😀") {
            emoji += 1;
            let is = text.encode_utf16().count();
            case.is_found_in(&case.with_text(&text), Fault::TooManyUnits { is, max }, false);
            let over = filled(case.field, max + 1, "😀").expect("one more of the same fits as well");
            case.is_broken_by(&case.with_text(&over), Fault::TooLong { is: max + 1, max });
        }
    }
    assert!(emoji > 40, "{emoji}");
}

#[test]
fn bytes_are_those_of_utf8() {
    let mut tried = 0;
    for case in every_limit() {
        let Bound::Bytes { max } = case.limit.bound else { continue };
        tried += 1;
        for length in [max - 1, max] {
            case.is_kept_by(&plain(&case, length));
        }
        case.is_broken_by(&plain(&case, max + 1), Fault::TooManyBytes { is: max + 1, max });
        for (unit, size) in [("é", 2), ("字", 3), ("😀", 4)] {
            let text = |units: usize| case.with_text(&unit.repeat(units));
            case.is_kept_by(&text(max / size));
            let is = (max / size + 1) * size;
            case.is_broken_by(&text(max / size + 1), Fault::TooManyBytes { is, max });
        }
    }
    assert_eq!(tried, 2);
}

#[test]
fn numbers_are_taken_up_to_both_ends() {
    let (mut whole, mut decimal) = (0, 0);
    for case in every_limit() {
        let keeps = |text: String| case.is_kept_by(&case.with_text(&text));
        let breaks = |text: String, fault| case.is_broken_by(&case.with_text(&text), fault);
        match case.limit.bound {
            Bound::Range { min, max } => {
                whole += 1;
                [min, min + 1, max - 1, max].into_iter().for_each(|number| keeps(number.to_string()));
                breaks((i128::from(min) - 1).to_string(), Fault::Below(min));
                breaks((i128::from(max) + 1).to_string(), Fault::Above(max));
                // Beyond what 128 bits hold.
                breaks(format!("-{}", "9".repeat(60)), Fault::Below(min));
                breaks("9".repeat(60), Fault::Above(max));
            }
            Bound::Decimals { min, max } => {
                decimal += 1;
                [min, max].into_iter().for_each(|number| keeps(number.to_string()));
                [min + 1, max - 1].into_iter().for_each(|number| keeps(format!("{number}.999999")));
                breaks(format!("{min}.000001"), Fault::Below(min.into()));
                breaks(format!("{max}.000001"), Fault::Above(max.into()));
            }
            _ => {}
        }
    }
    assert!(whole >= 20 && decimal == 4, "{whole} {decimal}");
}

#[test]
fn rows_are_counted() {
    let mut tried = 0;
    for case in every_limit() {
        let Bound::Count { min, max } = case.limit.bound else { continue };
        tried += 1;
        for rows in [min.max(1), max - 1, max] {
            case.is_kept_by(&case.with_rows(rows));
        }
        case.is_broken_by(&case.with_rows(max + 1), Fault::TooMany { is: max + 1, max });
        assert!(min <= 1, "{}: a least number above one is tried nowhere", case.name());
    }
    assert!(tried >= 10, "{tried}");
}

/// What is left out, and the evidence that it may not be.
fn leave_out(operation: &'static Operation, path: &str, field: &'static Field) -> Option<(Sample, Fault)> {
    let mut sample = Sample::with(operation, path, field);
    let at = first_row(path);
    match field.kind {
        // Always sent, and judged by what is in it.
        Kind::Constant(_) | Kind::Group(_) => None,
        Kind::List(_) => {
            sample.draft.remove_row(&at, 0);
            Some((sample, Fault::TooFew { min: 1 }))
        }
        _ => {
            sample.set(&at, "");
            Some((sample, Fault::Missing))
        }
    }
}

#[test]
fn what_is_required_is_missed() {
    let (mut documented, mut inferred) = (0, 0);
    for (operation, path, field) in every_field() {
        let Some(evidence) = field.required else { continue };
        let Some((sample, fault)) = leave_out(operation, &path, field) else { continue };
        let reading = sample.read();
        let wanted = Problem { path: first_row(&path), fault, evidence, blocks: evidence.blocks() };
        assert!(reading.problems.contains(&wanted), "{} {path}: {:?}", operation.id, reading.problems);
        assert_eq!(reading.ready().is_none(), evidence.blocks(), "{} {path}", operation.id);
        match evidence {
            Evidence::Documented(_) => documented += 1,
            Evidence::Inferred(_) => inferred += 1,
        }
    }
    assert!(documented > 60 && inferred > 5, "{documented} {inferred}");
}

#[test]
fn an_empty_row_is_no_row() {
    for (operation, path, field) in every_field() {
        let Kind::List(item) = field.kind else { continue };
        if matches!(item.kind, Kind::Group(_)) {
            continue;
        }
        let mut sample = Sample::with(operation, &path, field);
        let list = first_row(&path);
        sample.draft.add_row(&list);
        let problems = sample.read().problems;
        let row = format!("{list}.1");
        assert!(
            problems.iter().any(|p| p.path == row && p.fault == Fault::EmptyRow && p.blocks),
            "{} {path}: {problems:?}",
            operation.id
        );
    }
}

/// The samples themselves: a text that broke a shape would make every test above prove less.
#[test]
fn examples_keep_the_limits_of_their_fields() {
    for (operation, path, field) in every_field() {
        let textual = !matches!(field.kind, Kind::List(_) | Kind::Group(_) | Kind::Constant(_));
        if textual && !field.example.is_empty() {
            assert!(keeps_limits(field, field.example), "{} {path}", operation.id);
        }
    }
}
