//! The conformance cases put to the native crate. `tests/wasm.rs` puts the same ones to the module.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use serde_json::Value;

#[test]
fn every_case_in_one_piece() {
    support::check_all(|case| answer(case, usize::MAX));
}

#[test]
fn every_case_byte_by_byte() {
    support::check_all(|case| answer(case, 1));
}

fn answer(case: &support::Case, piece: usize) -> support::Outcome {
    let filter = case.filter.as_ref().unwrap_or(&Value::Null);
    native::load_all(&case.sources(), &case.options, piece)
        .and_then(|loaded| native::ask(&loaded, filter, &case.estimate_options))
        .map_err(|error| native::error(&error))
}

#[test]
fn every_file_is_put_to_the_engines() {
    let mut files: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance"))
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        // Cases without an inventory: tests/policy.rs puts them to the crate.
        .filter(|name| name != "policy")
        .collect();
    files.sort();
    let suites: Vec<&str> = support::SUITES.iter().map(|(name, _)| *name).collect();
    assert_eq!(files, suites);
    let mut fixtures: Vec<String> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    fixtures.sort();
    assert_eq!(fixtures, support::FIXTURES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}
