//! The layer rule: each stage knows those before it and none after it; only `js` knows JavaScript.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the data's way. What is not named here (`date`, `error`, `field`, `flat`, `input`, `limits`, `record`) is
/// the ground that all stand on, and knows none of them.
const STAGES: [&str; 10] =
    ["load", "inventory", "filter", "estimate", "decide", "ingest", "snapshot", "policy", "sql", "js"];

const JAVASCRIPT: [&str; 4] = ["wasm_bindgen", "js_sys", "web_sys", "serde_wasm_bindgen"];

/// Names of pairs of stages that do not know each other though one comes first.
const STRANGERS: [(&str, &str); 8] = [
    ("inventory", "load"),
    ("filter", "load"),
    // Policies are read as JSON is, and know nothing of what else is loaded.
    ("policy", "inventory"),
    ("policy", "filter"),
    ("policy", "estimate"),
    ("policy", "decide"),
    ("policy", "ingest"),
    ("policy", "snapshot"),
];

#[test]
fn no_stage_knows_a_later_one() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let own = stage_of(&file);
        for (number, line) in code_lines(&text) {
            for (order, stage) in STAGES.iter().enumerate() {
                let names = [format!("crate::{stage}"), format!("super::super::{stage}")];
                if !names.iter().any(|name| line.contains(name.as_str())) {
                    continue;
                }
                let allowed = match own {
                    None => file == "lib.rs",
                    Some(own) => order <= own && STAGES.get(own).is_some_and(|own| !STRANGERS.contains(&(own, stage))),
                };
                if !allowed {
                    faults.push(format!("src/{file}:{number}: {}", line.trim()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "a stage knows one that it must not know:\n{}", faults.join("\n"));
}

#[test]
fn only_the_boundary_knows_javascript() {
    for (file, text) in sources() {
        if file.starts_with("js/") {
            continue;
        }
        for (number, line) in code_lines(&text) {
            let known = JAVASCRIPT.iter().find(|name| line.contains(*name));
            assert!(known.is_none(), "src/{file}:{number} knows JavaScript: {}", line.trim());
        }
    }
}

#[test]
fn files_are_small_and_say_what_they_are_for() {
    let mut lengths = Vec::new();
    for (file, text) in sources() {
        assert!(text.starts_with("//! "), "src/{file} does not begin with what it is for");
        let length = text.split("#[cfg(test)]").next().unwrap_or_default().lines().count();
        assert!(length <= 500, "src/{file} has {length} lines without its tests, and at most 500 are a room");
        lengths.push(length);
    }
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    assert!(median <= 150, "the median file has {median} lines, and at most 150 are aimed at");
}

fn stage_of(file: &str) -> Option<usize> {
    let name = file.split(['/', '.']).next().unwrap_or_default();
    STAGES.iter().position(|stage| *stage == name)
}

/// The lines of a file that are no comments, with their numbers.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Every file of the crate, by its path below `src/`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((relative(&path, &root), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(files.len() > 20, "only {} files were found", files.len());
    files
}

fn relative(path: &Path, root: &PathBuf) -> String {
    path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/")
}
