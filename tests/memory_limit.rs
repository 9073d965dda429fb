//! The limit of memory is one number: what the linker is told is what `limits` gives the reason for.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use scan_precheck::limits::MAX_MEMORY;

#[test]
fn the_linker_is_told_the_limit_of_memory() {
    let config = include_str!("../.cargo/config.toml");
    let (_, told) = config.split_once("-Clink-arg=--max-memory=").unwrap();
    let number: u32 = told.split('"').next().unwrap().parse().unwrap();
    assert_eq!(number, MAX_MEMORY);
    // Memory comes in pages; the linker refuses a part of one.
    assert_eq!(MAX_MEMORY % 65_536, 0);
}
