//! What `docs/` says of the code is so: floors import only floors below them, every test that is named
//! exists, and every quoted piece of code stands in the file it is quoted from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The floors from the ground up; rooms of one floor do not know each other.
const FLOORS: [&[&str]; 5] = [&["catalogue"], &["domain", "sandbox"], &["browser"], &["state"], &["ui"]];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|problem| panic!("{}: {problem}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![];
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

/// The rooms that a file names after `crate::`, in braces or without.
fn imports(code: &str) -> Vec<&str> {
    let mut found = vec![];
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(inside) => {
                let (mut depth, mut start) = (0, true);
                for (at, sign) in inside.char_indices() {
                    if start && sign.is_alphabetic() && depth == 0 {
                        found.push(word(&inside[at..]));
                        start = false;
                    }
                    match sign {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

#[test]
fn a_floor_imports_only_floors_below_it() {
    let (mut wrong, mut seen) = (vec![], 0);
    for (level, rooms) in FLOORS.iter().enumerate() {
        for room in *rooms {
            // What a test compares with may be of any room.
            let is_test = |file: &PathBuf| file.components().any(|part| part.as_os_str() == "tests");
            let code = files(&root().join("src").join(room)).into_iter();
            for file in code.filter(|file| !is_test(file) && !file.ends_with("tests.rs")) {
                for import in imports(&read(&file)) {
                    let Some(floor) = FLOORS.iter().position(|rooms| rooms.contains(&import)) else {
                        continue;
                    };
                    seen += 1;
                    if floor > level || floor == level && import != *room {
                        wrong.push(format!("{} imports {import}", file.display()));
                    }
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(seen > 300, "{seen}");
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::ui::parts;\nuse crate::{\n    browser::{page, store::{self, Shelf}},\n    state::App,\n};\nfn f() { crate::domain::g() }";
    assert_eq!(imports(code), ["ui", "browser", "state", "domain"]);
}

#[test]
fn the_tests_that_the_documentation_names_exist() {
    let page = read(&root().join("docs/architecture.md"));
    let mut named = 0;
    // `tests/e2e/vault.spec.ts`: a title that is quoted as “…”, or a function in backticks.
    for line in page.lines().filter(|line| line.starts_with('|')) {
        let Some(cell) = line.trim_end_matches('|').rsplit('|').next() else { continue };
        for part in cell.split("; ") {
            let mut ticks = part.split('`').skip(1).step_by(2);
            let Some(file) = ticks.next().filter(|file| file.contains('/')) else { continue };
            let text = read(&root().join(file));
            let quoted =
                part.split('“').skip(1).filter_map(|rest| rest.split_once('”')).map(|(title, _)| title);
            for name in quoted.chain(ticks) {
                named += 1;
                assert!(text.contains(name), "{file} has no {name}");
            }
        }
    }
    assert!(named > 20, "{named}");
}

#[test]
fn the_code_that_the_documentation_quotes_is_the_code() {
    let mut quoted = 0;
    for page in ["README.md", "docs/add-a-provider.md", "docs/architecture.md"] {
        let page = read(&root().join(page));
        for block in page.split("```rust\n").skip(1) {
            let (code, _) = block.split_once("```").expect("a block ends");
            let (file, code) = code.split_once('\n').expect("a block names its file first");
            let file = file.strip_prefix("// ").unwrap_or_else(|| panic!("{file} is no name of a file"));
            let text = read(&root().join(file));
            for piece in code.split("// …\n") {
                quoted += 1;
                assert!(text.contains(piece.trim_matches('\n')), "{file} has no\n{piece}");
            }
        }
    }
    assert!(quoted > 5, "{quoted}");
}

/// Without comments; what stands before each brace is a selector, or the condition of some.
fn selectors(css: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let heads = plain.split(['{', '}', ';']).map(str::trim).filter(|head| head.starts_with('.'));
    heads.flat_map(|head| head.split(',').map(|one| one.trim().to_owned()).collect::<Vec<_>>()).collect()
}

/// Only some styles are there from the start: a class that two files draw would change when the others come.
#[test]
fn no_class_is_drawn_by_two_files() {
    let mut drawn: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(root().join("style")).expect("a folder").flatten() {
        let is_class = |one: &String| !one[1..].contains([' ', '.', ':', '[', '>', '+', '#']);
        for class in selectors(&read(&entry.path())).into_iter().filter(is_class) {
            drawn.entry(class).or_default().insert(entry.path());
        }
    }
    assert!(drawn.len() > 100, "{} classes", drawn.len());
    let twice: Vec<_> = drawn.iter().filter(|(_, files)| files.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// For every element whose style is computed, all that stand before it would be looked at: of a message of ten
/// thousand lines, that takes seconds.
#[test]
fn no_rule_is_for_everything_behind_something() {
    for entry in fs::read_dir(root().join("style")).expect("a folder").flatten() {
        let rules = read(&entry.path());
        let found: Vec<_> =
            rules.lines().filter(|line| line.contains("~ *") && !line.starts_with("/*")).collect();
        assert!(found.is_empty(), "{}: {found:#?}", entry.path().display());
    }
}
