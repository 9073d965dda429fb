//! Memory ends at every place of a load, and of the questions after it: an error or the right answer, never another
//! one, and never the end of the program.
//!
//! A limit moved up in small steps lets each allocation in turn be the first that fails, the larger ones of what is
//! left as well, as in a module whose memory has a limit. What is allocated without asking is small, and a step of a
//! load asks for room for it beforehand (`src/memory.rs`); were one of them to fail, the program would end. So each
//! case is tried in a program of its own, which says how far it came.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::alloc::System;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use cap::Cap;
use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::limits::ROOM;
use scan_precheck::{
    ChargeModel, Error, ErrorKind, Estimator, Field, Filter, Input, InventoryLoader, LoadOptions,
    load_options_from_input,
};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

const CASE: &str = "SCAN_PRECHECK_MEMORY_CASE";

/// Moves the limit up by so many bytes at a time where memory ends in something small: with 1, no allocation is passed
/// over, however near to the one before, which takes some minutes.
const STEP: &str = "SCAN_PRECHECK_MEMORY_STEP";

fn step() -> usize {
    std::env::var(STEP).map_or(24, |step| step.parse().unwrap())
}

/// What a loader takes before its first step, without asking: the builder's lists and a piece of the header.
const OF_A_LOADER: usize = 8 * 1024;

/// What an answer takes without asking, as measured here: names, warnings and the values that are told. A load
/// ends only where there is room for as much sixteen times over.
const OF_AN_ANSWER: usize = 16 * 1024;

/// An export, in pieces of which size it is read, and by how many bytes the limit is moved up: of a small one, no two
/// allocations that matter are so near to each other; of one with a huge row, those that matter are larger than the room
/// that is asked for beforehand.
type Export = (String, usize, usize);

fn exports() -> Vec<Export> {
    let mut table = String::from("RegistryType,RepoName,Tag,Digest,LastScanTime,charged,Note\n");
    let mut rows = String::from("{\"ImageInstanceList\":[");
    for row in 0..300 {
        let _ =
            writeln!(table, "acr,\"we\"\"b{}\",1.{row},{:064x},{},,\"{}\"", row % 7, row / 2, row % 3, "x".repeat(row));
        let _ = write!(
            rows,
            "{}{{\"RepoName\":\"é\\n{}\",\"Tag\":\"1.{row}\",\"Digest\":\"{:064x}\",\"charged\":{},\"n{row}\":[1]}}",
            if row > 0 { "," } else { "" },
            row % 7,
            row / 2,
            row % 5 == 0
        );
        if row % 40 == 0 {
            table += "too few\n";
            rows += ",7";
        }
    }
    rows += "],\"PageInfo\":{\"TotalCount\":300}}";
    let huge = "x\\n".repeat(200_000);
    let exports = [(table.clone(), usize::MAX), (table, 1000), (rows.clone(), usize::MAX), (rows, 700)];
    let huge_rows = [
        format!("[{{\"RepoName\":\" {huge} \",\"Tag\":\"{huge}\"}}]"),
        format!("[{{\"Tag\":\"1\",\"charged\":\"{huge}\"}},{{\"Tag\":\"1\"}}]"),
        format!("[{{\"Tag\":\"1\",\"LastScanTime\":{}}},{{\"Tag\":\"1\"}}]", "1".repeat(600_000)),
        format!("[{{\"Tag\":\"1\",\"x\":{}{}}}]", "[".repeat(300_000), "]".repeat(300_000)),
        format!("Tag{}\n1{}\n", ",x".repeat(60_000), ",".repeat(60_000)),
        format!("Tag,{huge}\n1,{huge}\n"),
    ];
    let small = exports.map(|(text, piece)| (text, piece, step())).into_iter();
    small.chain(huge_rows.map(|text| (text, usize::MAX, ROOM / 4))).collect()
}

fn load((export, piece, _): &Export) -> Result<(Estimator, u32), Error> {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    for piece in export.as_bytes().chunks(*piece) {
        loader.push(piece)?;
    }
    loader.finish(charge_model()).map(|(estimator, report)| (estimator, report.left_out.total))
}

fn charge_model() -> ChargeModel {
    let cycle_start = Input::Object(vec![("cycleStart".to_owned(), Input::Number(2.0))]);
    load_options_from_input(cycle_start).unwrap().1
}

/// What is asked, by a number.
fn ask(question: usize, estimator: &Estimator, filter: &Filter) -> Result<[u64; 3], Error> {
    Ok(match question {
        0 => {
            let estimate = estimator.estimate(filter, &Default::default())?;
            [estimate.images.into(), estimate.quota.into(), estimate.unmatched_count.into()]
        }
        1 => {
            let reply = estimator.precheck(filter, String::new())?;
            [reply.data.need_auth_count.into(), reply.data.scan_image_count.into(), 0]
        }
        2 => {
            let facets = estimator.facets(filter, &FacetOptions::new(Field::Tag))?;
            [facets.total.into(), facets.values.iter().map(|value| u64::from(value.quota)).sum(), 0]
        }
        _ => {
            let suggestions = estimator.suggest(filter, &SuggestOptions::new(Field::RepoName))?;
            [suggestions.total.into(), suggestions.suggestions.iter().map(|one| u64::from(one.images)).sum(), 0]
        }
    })
}

const QUESTIONS: usize = 4;

/// Tries something under each limit from one on, until it succeeds for long, and says each limit beforehand.
fn under_limits<T: PartialEq + std::fmt::Debug>(
    from: usize,
    (room, size): (usize, usize),
    expected: &T,
    attempt: impl Fn() -> Result<T, Error>,
) {
    let before = MEMORY.allocated();
    let mut succeeded = 0;
    let mut failed = 0;
    for step in from.. {
        // Does not allocate: standard error is not buffered.
        eprintln!("{step}");
        MEMORY.set_limit(before + room + step * size).unwrap();
        let found = attempt();
        MEMORY.set_limit(usize::MAX).unwrap();
        match found {
            Ok(found) => {
                assert_eq!(&found, expected);
                succeeded += 1;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::OutOfMemory, "{error}");
                failed += 1;
                succeeded = 0;
            }
        }
        if succeeded * size.min(24) > 200 * 24 {
            break;
        }
    }
    eprintln!("{failed} failed");
}

/// The part of the test that runs in a program of its own.
fn run(case: usize, from: usize) {
    let exports = exports();
    let of_load = |loaded: (Estimator, u32)| {
        let (estimator, left_out) = loaded;
        let estimate = estimator.estimate(&Filter::default(), &Default::default());
        estimate.map(|estimate| (estimate.images, estimate.quota, left_out))
    };
    if let Some(export) = exports.get(case) {
        let expected = of_load(load(export).unwrap()).unwrap();
        under_limits(from, (OF_A_LOADER, export.2), &expected, || load(export).and_then(of_load));
        return;
    }
    let question = (case - exports.len()) % QUESTIONS;
    let filter = [("RepoNames", "we\"b1, we\"b2, none"), ("Tags", "1.1,1.2,1.8,1.9,1.15,1.16")];
    let filter = Filter::from_pairs(filter).unwrap();
    let expected = ask(question, &load(exports.first().unwrap()).unwrap().0, &filter).unwrap();
    let estimator = load(exports.first().unwrap()).unwrap().0;
    under_limits(from, (OF_AN_ANSWER, step()), &expected, || ask(question, &estimator, &filter));
}

#[test]
fn memory_that_ends_is_an_error() {
    if let Ok(case) = std::env::var(CASE) {
        let mut numbers = case.split(' ').map(|number| number.parse().unwrap());
        return run(numbers.next().unwrap(), numbers.next().unwrap());
    }
    let mut faults = Vec::new();
    for case in 0..exports().len() + QUESTIONS {
        let mut from = 0;
        let mut ended = 0;
        loop {
            let mut program = Command::new(std::env::current_exe().unwrap());
            program
                .args(["--nocapture", "--test-threads=1"])
                .env(CASE, format!("{case} {from}"))
                .env("RUST_BACKTRACE", "0")
                .stdout(Stdio::null());
            let output = program.output().unwrap();
            if output.status.success() {
                break;
            }
            let said = String::from_utf8_lossy(&output.stderr);
            let last = said.lines().rev().find_map(|line| line.parse::<usize>().ok()).unwrap_or(from);
            let why: Vec<&str> = said.lines().rev().filter(|line| line.parse::<usize>().is_err()).take(4).collect();
            ended += 1;
            if ended < 6 {
                faults.push(format!("case {case}, step {last}: {why:?}"));
            }
            if ended > 40 {
                break;
            }
            from = last + 1;
        }
    }
    assert!(faults.is_empty(), "the program ended {} times:\n{}", faults.len(), faults.join("\n"));
}
