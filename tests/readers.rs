//! Readers that come late: a load that waits for them goes on as if they had been there from the start.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use scan_precheck::load::registries;
use scan_precheck::{ChargeModel, Error, ErrorKind, InventoryLoader, LoadOptions, LoadReport};

const LISTS: [&str; 9] = [
    r#"[{"RepoName": "a", "Tag": "0"}, {"repository_name": "b", "digest": "x", "tags": [{"name": "1"}], "type": "IMAGE"},
 {"RepoName": "a", "Tag": 5}, {"RepoName": "c", "size": 1}]"#,
    r#"{"Images": [{"repoName": "web", "tag": "1"}, {"Tag": "2", "Digest": "y"}, {"Tag": "3"}], "RepoName": "d", "TotalCount": 3}
{"RepoName": "e"}"#,
    r#"{"Repositories": [{"RepoId": "1", "RepoName": "we\"b", "RepoNamespaceName": "é"}], "TotalCount": "1"}
{"body": {"RepoId": "1", "Images": [{"Tag": "1", "Digest": "a"}, {"Tag": "2"}], "PageNo": 1, "TotalCount": "2"}}"#,
    r#"{"repositories": ["a", "b/c"]}{"name": "a", "tags": ["1", "2"]}"#,
    r#"{"Repositories": [], "TotalCount": 0} {"RepoName": "e"}"#,
    r#"{"tags": [{"name": "1\n", "manifest_digest": "a"}], "page": 2, "has_additional": true}"#,
    "sep=;\r\nrepository_name;type;tags\r\na/b;IMAGE;1\r\nc;CHART;2\r\n",
    "\"name\",manifest_digest\n\"1\",a\n2,b",
    "repository_name,tag",
];

/// Loads without readers, which come once the load has asked for them so often; tells whether it asked.
fn late(bytes: &[u8], piece: usize, patience: usize) -> (bool, Result<LoadReport, Error>) {
    let mut loader = InventoryLoader::with_readers(LoadOptions::default(), 1, None);
    let mut asked = 0;
    let mut take = |loader: &mut InventoryLoader, step: Result<(), Error>| match step {
        Err(error) if error.kind() == ErrorKind::ReadersMissing => {
            asked += 1;
            if asked > patience {
                loader.install(registries::readers());
                return loader.push(&[]);
            }
            Ok(())
        }
        step => step,
    };
    for piece in bytes.chunks(piece) {
        let step = loader.push(piece);
        if let Err(error) = take(&mut loader, step) {
            return (asked > 0, Err(error));
        }
    }
    let mut ended = loader.end_source();
    if ended.as_ref().is_err_and(|error| error.kind() == ErrorKind::ReadersMissing) {
        asked += 1;
        loader.install(registries::readers());
        ended = loader.end_source();
    }
    let finished = ended.and_then(|()| loader.finish(ChargeModel::default()));
    (asked > 0, finished.map(|(_, report)| report))
}

fn at_once(bytes: &[u8]) -> Result<LoadReport, Error> {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    loader.push(bytes)?;
    loader.finish(ChargeModel::default()).map(|(_, report)| report)
}

#[test]
fn a_load_goes_on_where_it_waited() {
    for list in LISTS {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(list.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for bytes in [list.as_bytes(), &utf16] {
            let expected = at_once(bytes);
            for piece in [1, 2, 7, 30, 64, 100, usize::MAX] {
                for patience in [0, 1, 5, usize::MAX] {
                    let (asked, found) = late(bytes, piece, patience);
                    assert_eq!(found, expected, "{list} in pieces of {piece}, after {patience}");
                    assert!(asked || !list.contains('\n') && !list.contains('{'), "{list}");
                }
            }
        }
    }
}

/// What is of the service itself needs no other readers.
#[test]
fn own_exports_wait_for_nothing() {
    let exports = [
        r#"{"ImageInstanceList": [{"RepoName": "a", "Tag": "1"}], "PageInfo": {"TotalCount": 1, "CurrentPage": 1, "Count": 1}}"#,
        r#"{"Images": [{"repoName": "a", "tag": "1"}]}"#,
        "{\"RepoName\": \"a\"}\n{\"Digest\": \"b\", \"size\": 3}",
        "RepoName,Tag,Size,Type,Name\na,1,2,IMAGE,x\n",
    ];
    for export in exports {
        let (asked, found) = late(export.as_bytes(), 5, 0);
        assert!(!asked && found == at_once(export.as_bytes()) && found.is_ok(), "{export}");
    }
}
