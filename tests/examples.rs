//! The programs in `examples/` run as their first lines say, and answer as they should.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use std::path::PathBuf;
use std::process::{Command, Output};

/// Six images in two namespaces: one digest under two tags, one in two namespaces, one that was scanned, one unknown.
const INVENTORY: &str = "\
RepoNamespace,RepoName,Tag,Digest,LastScanTime
pay,api,1.0,d1,
pay,api,latest,d1,
pay,web,1.0,d2,
risk,web,1.0,d2,
risk,job,2.1,d3,1705000000000
risk,job,2.2,,
";

/// Runs an example, which is compiled with the tests and lies beside them.
fn run(example: &str, arguments: &[&str]) -> Output {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("examples").join(example);
    let mut file = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    file.push(format!("{example}.csv"));
    std::fs::write(&file, INVENTORY).unwrap();
    let output = Command::new(&program).arg(file).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{}: {error}; run `cargo build --examples`", program.display()))
}

/// What an example prints where it succeeds.
fn printed(example: &str, arguments: &[&str]) -> String {
    let output = run(example, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn precheck_says_whether_it_fits() {
    assert_eq!(printed("precheck", &["4", "RepoNamespaces=pay,risk"]), "6 images, 4 quota\n");
    let short = run("precheck", &["3"]);
    assert_eq!(String::from_utf8(short.stdout).unwrap(), "6 images, 4 quota\nshort by 1: buy 20\n");
    assert_eq!(short.status.code(), Some(2));
    let wrong = run("precheck", &["3", "Tag=1.0"]);
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("did you mean `tags`"));
}

#[test]
fn plan_says_what_fits() {
    let plan = printed("plan", &["2"]);
    assert_eq!(plan, "3 images within 2 of 2 quota\nscan RepoNamespaces=pay: 3 images, 2 quota\nlater 3 images\n");
}

#[test]
fn explain_gives_a_reason_for_each_image() {
    let told = printed("explain", &["RepoNamespaces=pay"]);
    assert_eq!(told, "api\t1.0\tConsumes\tChargedNow\napi\tlatest\tFree\tSameDigest\nweb\t1.0\tConsumes\tChargedNow\n");
}

#[test]
fn charge_model_compares_the_rules() {
    let compared = printed("charge_model", &["1700000000000"]);
    assert_eq!(
        compared,
        "Digest: 3 quota for 6 images\nRepositoryDigest: 4 quota for 6 images\n\
         RepositoryTag: 5 quota for 6 images\nImage: 5 quota for 6 images\n"
    );
}
