//! Inputs that are no exports, or no whole ones: none may pass for a smaller inventory, wherever it is cut.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

use std::fmt::Write as _;

use scan_precheck::{ChargeModel, Error, ErrorKind, InventoryLoader, LoadOptions, LoadReport};

/// Small exports of each form, with everything in them that a cut can hit.
const EXPORTS: [&str; 12] = [
    r#"{"ImageInstanceList": [{"RepoName": "we\"b é", "Tag": "1", "x": [{}]}, {"RepoName": "api"}], "PageInfo": {"TotalCount": 2}}"#,
    "[{\"RepoName\": \"镜像\", \"Tag\": \"1\"},\r\n {\"RepoName\": \"api\", \"charged\": true}]",
    "{\"RepoName\": \"web\"}\n{\"RepoName\": \"api\", \"LastScanTime\": 5}",
    r#"{"Repositories": [{"RepoId": "1", "RepoName": "we\"b", "RepoNamespaceName": "é"}], "TotalCount": "1"}
{"body": {"RepoId": "1", "Images": [{"Tag": "1", "Digest": "a"}, {"Tag": "2"}], "PageNo": 1, "TotalCount": "2"}}"#,
    r#"[{"type": "IMAGE", "digest": "sha256:a", "repository_name": "é/b/c", "tags": [{"name": "1"}, {"name": "2"}]},
 {"type": "CHART", "digest": "b", "tags": null, "extra_attrs": {"os": "unknown", "architecture": [{}]}}]"#,
    r#"{"tags": [{"name": "1\n", "manifest_digest": "a", "end_ts": 0}, {"name": "2"}], "page": 1, "has_additional": false}"#,
    r#"{"name": "é/b", "tags": ["1", "2"]}"#,
    r#"{"images": [{"repoName": "web", "tag": "1"}, {"repoName": "é", "tag": "2"}]}"#,
    r#"{"Images": "[{\"repoName\": \"web\", \"tag\": \"1\"}, {\"repoName\": \"é\"}]", "SourceIp": "::1"}"#,
    "\u{feff}RepoName,Tag\r\n\"we\"\"b\r\n,\",1\r\n\r\nапи,2\r\n",
    "sep=;\r\nrepository_name;type;tags\r\na/b;IMAGE;1\r\nc;CHART;2\r\n",
    "\u{feff}name,manifest_digest\r\"1\r\",a\r2,b\r3\r",
];

fn load(bytes: &[u8], piece: usize) -> Result<LoadReport, Error> {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    for piece in bytes.chunks(piece.max(1)) {
        loader.push(piece)?;
    }
    loader.finish(ChargeModel::default()).map(|(_, report)| report)
}

/// A truncated JSON export is an error or announces more than it holds; a table may end after any row, and a
/// cut within one changes what it says, which no reader can know.
#[test]
fn no_truncation_of_json_passes_for_the_whole() {
    for export in &EXPORTS[..9] {
        let whole = load(export.as_bytes(), usize::MAX).unwrap();
        assert_eq!(whole.images, 2);
        for end in 0..export.trim_end().len() {
            match load(&export.as_bytes()[..end], usize::MAX) {
                // A list of repositories, without the tags that follow it.
                Err(error) if error.kind() == ErrorKind::NoImages => assert!(export.starts_with("{\"Repositories")),
                Err(error) => assert!(
                    matches!(error.kind(), ErrorKind::TruncatedJson | ErrorKind::InvalidJson | ErrorKind::EmptyInput),
                    "{end}: {error}"
                ),
                // Rows one after the other: between two of them nothing is missing.
                Ok(report) => assert!(export.starts_with("{\"RepoName") && report.images == 1, "{end}: {report:?}"),
            }
        }
    }
}

/// Every cut in two, and random damage cut at random: the same report or the same error as in one piece.
#[test]
fn cutting_changes_nothing() {
    let mut state = 1u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for export in EXPORTS {
        for piece in 1..=export.len() {
            assert_eq!(
                load(export.as_bytes(), piece),
                load(export.as_bytes(), usize::MAX),
                "pieces of {piece}: {export}"
            );
        }
        for _ in 0..5_000 {
            let mut damaged = export.as_bytes().to_vec();
            for _ in 0..=random(3) {
                let place = random(damaged.len().max(2) - 1);
                match random(3) {
                    _ if damaged.is_empty() => {}
                    0 => damaged[place] = b"\"{}[],:\\\n\x00\xff 1a;\t"[random(16)],
                    1 => drop(damaged.remove(place)),
                    _ => damaged.truncate(place.max(1)),
                }
            }
            let whole = load(&damaged, usize::MAX);
            assert_eq!(load(&damaged, 1 + random(20)), whole, "{}", String::from_utf8_lossy(&damaged));
        }
    }
}

/// A byte that is no UTF-8 must not hide that the row around it is no JSON.
#[test]
fn a_broken_text_does_not_hide_broken_json() {
    let swallowing = b"[{\"a\":\"\xff\",\"b\":[1},{\"RepoName\":\"x\"},{\"RepoName\":\"y\"]}]";
    assert_eq!(load(swallowing, usize::MAX).unwrap_err().kind(), ErrorKind::InvalidJson);
    let alone = b"[{\"RepoName\":\"\xff\"},{\"RepoName\":\"x\"}]";
    let report = load(alone, usize::MAX).unwrap();
    assert_eq!((report.images, report.left_out.total), (1, 1));
}

/// A loader that met an error says so at every further call: what came before it is no inventory.
#[test]
fn an_error_is_final() {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    let error = loader.push(b"{\"RepoName\":\"web\"} ,{\"RepoName\":\"api\"}").unwrap_err();
    assert_eq!(loader.push(b"{}").unwrap_err(), error);
    assert_eq!(loader.finish(ChargeModel::default()).err(), Some(error));
}

#[test]
fn an_error_names_its_source_and_what_that_holds() {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    loader.push(b"[{\"RepoName\":\"web\",\"Foo\":1}]").unwrap();
    loader.end_source().unwrap();
    loader.push(b"[{\"Bar\":1}]").unwrap();
    let error = loader.end_source().unwrap_err();
    assert!(error.message().contains("`Bar`") && !error.message().contains("`Foo`"), "{error}");
    assert!(error.to_string().contains("source 1"), "{error}");
}

/// What is long or deep takes neither the stack nor the time of its square.
#[test]
fn size_is_no_weapon() {
    let deep = format!("[{{\"RepoName\":\"x\",\"y\":{}{}}}]", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(load(deep.as_bytes(), 1 << 16).unwrap().images, 1);
    let blank = format!("{}[]", " ".repeat(1 << 20));
    assert_eq!(load(blank.as_bytes(), 16).unwrap().images, 0);
    let mut names = String::from("[");
    for row in 0..20_000 {
        let _ = write!(names, "{}{{\"n{row}\":1,\"RepoName\":\"r{row}\"}}", if row > 0 { "," } else { "" });
    }
    let report = load((names + "]").as_bytes(), 1 << 16).unwrap();
    assert_eq!((report.images, report.unused_names.len()), (20_000, 100));
    let endless = format!("[{{\"RepoName\":\"{}", "x".repeat(17 << 20));
    let endless_cell = format!("RepoName,Tag\nweb,1\n\"{}", "x\n".repeat(9 << 20));
    for (endless, line, column) in [(endless, 1, 2), (endless_cell, 3, 1)] {
        let error = load(endless.as_bytes(), 1 << 16).unwrap_err();
        let at = error.position().unwrap();
        assert_eq!((error.kind(), at.line, at.column), (ErrorKind::TooLarge, line, column));
    }
}
