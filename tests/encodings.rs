//! Sources in UTF-16 say what they would say in UTF-8, wherever they are cut; other encodings are refused by name.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use scan_precheck::{ChargeModel, Error, ErrorKind, Filter, InventoryLoader, LoadOptions, LoadReport};
use serde_json::Value;

/// Small exports of each form, with characters of one to four bytes and everything else that a cut can hit.
const EXPORTS: [&str; 5] = [
    r#"{"ImageInstanceList": [{"RepoName": "we\"b é", "Tag": "1🐳"}, {"RepoName": "镜像"}], "PageInfo": {"TotalCount": 2}}"#,
    "[{\"RepoName\": \"镜像\", \"Tag\": \"🐳\"},\r\n {\"RepoName\": \"api\", \"charged\": true}]",
    "{\"RepoName\": \"web\"}\n{\"RepoName\": \"é\", \"LastScanTime\": 5}\n",
    "RepoName,Tag\r\n\"we\"\"b\r\n,🐳\",1\r\n\r\nапи,2\r\nмало\r\n",
    "\n\n\n\r\n\n\n\n\n\n\nRepoName\tTag\nweb\t1",
];

fn utf16(text: &str, little_endian: bool) -> Vec<u8> {
    units(&text.encode_utf16().collect::<Vec<_>>(), little_endian)
}

/// These units behind a byte order mark.
fn units(units: &[u16], little_endian: bool) -> Vec<u8> {
    let bytes = |unit: &u16| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() };
    [0xfeff].iter().chain(units).flat_map(bytes).collect()
}

fn load<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Result<(LoadReport, String), Error> {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    for piece in pieces {
        loader.push(piece)?;
    }
    let (estimator, report) = loader.finish(ChargeModel::default())?;
    let estimate = estimator.estimate(&Filter::default(), &Default::default())?;
    Ok((report, format!("{estimate:?}")))
}

/// Without the bytes, which are those of the source.
fn without_bytes(report: &LoadReport) -> Value {
    let mut report = serde_json::to_value(report).unwrap();
    for source in report["sources"].as_array_mut().unwrap() {
        source.as_object_mut().unwrap().remove("bytes").unwrap();
    }
    report
}

#[test]
fn utf16_says_what_utf8_says_wherever_it_is_cut() {
    for export in EXPORTS {
        let expected = load([export.as_bytes()]).unwrap();
        assert!(expected.0.images > 0);
        for little_endian in [true, false] {
            let bytes = utf16(export, little_endian);
            let whole = load([&*bytes]).unwrap();
            assert_eq!(without_bytes(&whole.0), without_bytes(&expected.0), "{export}");
            assert_eq!(whole.1, expected.1, "{export}");
            assert_eq!(whole.0.sources[0].bytes, bytes.len() as u64);
            for cut in 0..=bytes.len() {
                assert_eq!(load([&bytes[..cut], &bytes[cut..]]).unwrap(), whole, "cut at {cut}: {export}");
            }
            for piece in 1..20 {
                assert_eq!(load(bytes.chunks(piece)).unwrap(), whole, "pieces of {piece}: {export}");
            }
        }
    }
}

/// Every case of tests/conformance that is a text.
#[test]
fn every_conformance_case_in_utf16() {
    for little_endian in [true, false] {
        for piece in [usize::MAX, 1] {
            support::check_all(|case| {
                // What is expected of the bytes themselves is another thing in another encoding.
                let of_bytes = |error: &Value| {
                    error["code"].as_str().is_some_and(|code| code.starts_with("unsupported-"))
                        || error.pointer("/position/byte").is_some()
                };
                let as_it_is = case.hex().is_some() || case.expected_error().is_some_and(of_bytes);
                let wide = |text: String| utf16(&text, little_endian);
                let sources = if as_it_is { case.sources() } else { case.texts().into_iter().map(wide).collect() };
                native::load_all(&sources, &case.options, piece)
                    .and_then(|loaded| {
                        native::ask(&loaded, &case.filter.clone().unwrap_or_default(), &case.estimate_options)
                    })
                    .map_err(|error| native::error(&error))
            });
        }
    }
}

/// What ends too early is an error, or a table that a row or more is missing from: no reader can know that.
#[test]
fn no_truncation_of_utf16_passes_for_the_whole() {
    for export in &EXPORTS[..4] {
        let bytes = utf16(export.trim_end(), true);
        let images = load([&*bytes]).unwrap().0.images;
        for end in 0..bytes.len() {
            match load([&bytes[..end]]) {
                Err(error) => {
                    let at = error.position().unwrap();
                    assert!(at.byte <= end as u64, "{end}: {at:?}");
                    if end % 2 == 1 && end > 1 && error.kind() == ErrorKind::DamagedFile {
                        assert_eq!(at.byte, end as u64 - 1);
                    }
                }
                Ok((report, _)) => {
                    assert!(end % 2 == 0 && report.images <= images, "{end}: {report:?}");
                    assert!(!export.starts_with('[') && !export.starts_with("{\"Image"), "{end}: {report:?}");
                }
            }
        }
    }
}

/// Half of a pair costs its row, as any other text that is no Unicode does, and the places behind it are right.
#[test]
fn half_of_a_surrogate_pair_costs_its_row_alone() {
    let table: Vec<u16> = "RepoName,Tag\nweb,1?2\napi,2\nfew\n".encode_utf16().collect();
    let json: Vec<u16> = "[{\"RepoName\":\"web?\"},\n{\"RepoName\":\"api\"},\n 5]".encode_utf16().collect();
    for half in [0xd83d, 0xdc33, 0xdfff, 0xd800] {
        for (text, column) in [(&table, 1), (&json, 2)] {
            let broken: Vec<u16> =
                text.iter().map(|unit| if *unit == u16::from(b'?') { half } else { *unit }).collect();
            let bytes = units(&broken, false);
            let (report, _) = load([&*bytes]).unwrap();
            assert_eq!((report.images, report.left_out.total, report.complete), (1, 2, false));
            let reasons: Vec<_> =
                report.left_out.places.iter().map(|row| (format!("{:?}", row.reason), row.column)).collect();
            assert_eq!(reasons[0].0, "InvalidText");
            assert_eq!(reasons[1], ("NotARow".to_owned(), column));
            for piece in 1..8 {
                assert_eq!(load(bytes.chunks(piece)).unwrap().0, report);
            }
        }
    }
    // At the very end, and followed by another first half.
    for end in [&[0xd83d][..], &[0xd83d, 0xd83d]] {
        let text: Vec<u16> = "RepoName,Tag\nweb,1\napi,2".encode_utf16().chain(end.iter().copied()).collect();
        let (report, _) = load(units(&text, true).chunks(3)).unwrap();
        assert_eq!((report.images, report.left_out.total), (1, 1));
    }
}

/// Bytes are those of the source, lines and columns those of the text.
#[test]
fn places_are_those_of_the_source() {
    let place = |text: &str| {
        let bytes = utf16(text, true);
        let error = load([&*bytes]).unwrap_err();
        for piece in 1..8 {
            assert_eq!(load(bytes.chunks(piece)).unwrap_err(), error);
        }
        let at = error.position().unwrap();
        (at.byte, at.line, at.column)
    };
    let expected = |before: &str, line: u64, column: u64| {
        let byte = 2 + 2 * before.encode_utf16().count() as u64;
        (byte, line, column)
    };
    assert_eq!(place("[{\"Tag\":\"镜🐳é\"},\n 🐳]"), expected("[{\"Tag\":\"镜🐳é\"},\n ", 2, 2));
    assert_eq!(place("[{\"Tag\":\"🐳\"}, \"🐳\" }"), expected("[{\"Tag\":\"🐳\"}, \"🐳\" ", 1, 19));
    assert_eq!(place("Tag,RepoName\n镜,1\n\"🐳\",2\n\"x\ny"), expected("Tag,RepoName\n镜,1\n\"🐳\",2\n", 4, 1));
    // A second mark behind the first is passed over like the first.
    assert_eq!(place("\u{feff}[}"), expected("\u{feff}[", 1, 2));
}

#[test]
fn a_source_of_each_encoding_in_one_load() {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    let text = |name: &str| format!("RepoName,Tag\n{name},1\n");
    let sources =
        [utf16(&text("镜"), true), text("像").into_bytes(), utf16(&text("é"), false), text("web").into_bytes()];
    for source in &sources {
        loader.push(source).unwrap();
        loader.end_source().unwrap();
    }
    let (_, report) = loader.finish(ChargeModel::default()).unwrap();
    assert_eq!((report.images, report.sources.len(), report.complete), (4, 4, true));
}

#[test]
fn other_encodings_are_refused_by_name() {
    let table = "RepoName,Tag,Note\nweb,1,x\n";
    let utf32 = |mark: [u8; 4]| mark.into_iter().chain(table.chars().flat_map(|c| (c as u32).to_le_bytes())).collect();
    let gb18030 = [b"\xbe\xb5\xcf\xf1,RepoName".as_slice(), b"\nweb,1\n"].concat();
    let ebcdic = b"\xd9\x85\x97\x96\xd5\x81\x94\x85k\xe3\x81\x87\x15\xa6\x85\x82k\xf1\x15".to_vec();
    let cases: [(Vec<u8>, &str); 7] = [
        (utf32([0xff, 0xfe, 0, 0]), "UTF-32"),
        (utf32([0, 0, 0xfe, 0xff]), "UTF-32"),
        (utf16(table, true)[2..].to_vec(), "UTF-16 without a byte order mark"),
        (utf16(table, false)[2..].to_vec(), "UTF-16 without a byte order mark"),
        (gb18030, "GB18030"),
        (b"RepoName,Gr\xf6\xdfe,Tag\nweb,1,2\n".to_vec(), "Latin-1"),
        (ebcdic, "EBCDIC"),
    ];
    for (bytes, named) in cases {
        let error = load([&*bytes]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedEncoding, "{error}");
        assert!(error.message().contains(named) && error.message().contains("UTF-8"), "{error}");
    }
    let row = |cell: &[u8]| {
        let (report, _) = load([b"RepoName,Tag\napi,1\n", cell, b",2\n"]).unwrap();
        assert_eq!((report.images, report.left_out.total, report.complete), (1, 1, false));
        report.left_out.places[0].message.clone()
    };
    assert!(row(b"\xbe\xb5\xcf\xf1").contains("GB18030"));
    assert!(row(b"Gr\xf6\xdfe").contains("Latin-1"));
    assert!(row(b"\x82\x35\x8f\x33\xbe\xb5\xcf\xf1").contains("GB18030"));
}
