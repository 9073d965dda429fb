//! Every export cut off at every byte, and cut in two at every byte.
//!
//! What is cut off is an error, or a report that says that rows are missing. The exceptions are what no reader can
//! know: rows one a line may end behind any of them; a table may end behind any line, or in the last cell of one.
//! What is cut in two says what the whole says, in every answer.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod exports;

use exports::{Ends, Export};
use scan_precheck::estimate::{EstimateOptions, FacetOptions};
use scan_precheck::{
    ChargeModel, Error, ErrorKind, Estimator, Field, Filter, InventoryLoader, LoadOptions, LoadReport,
};

type Loaded = Result<(Estimator, LoadReport), Error>;

fn load(pieces: &[&[u8]]) -> Loaded {
    let mut loader = InventoryLoader::with_seed(LoadOptions::default(), 1);
    for piece in pieces {
        loader.push(piece)?;
    }
    loader.finish(ChargeModel::default())
}

fn counts((estimator, _): &(Estimator, LoadReport)) -> (u32, u32) {
    let estimate = estimator.estimate(&Filter::default(), &Default::default()).unwrap();
    (estimate.images, estimate.quota)
}

/// All that can be seen of a load: its report, each value of each field with its counts, and estimates.
fn all_of(loaded: &Loaded) -> String {
    let (estimator, report) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return format!("{error:?}"),
    };
    let mut all = serde_json::to_string(report).unwrap();
    for field in Field::ALL {
        let options = FacetOptions::new(field).with_limit(1_000);
        all += &serde_json::to_string(&estimator.facets(&Filter::default(), &options).unwrap()).unwrap();
    }
    for filter in
        [&[][..], &[("RegistryTypes", "acr,quay")], &[("RepoNames", "镜像/é,two\nlines"), ("Tags", "1.2,1.4,1.8")]]
    {
        let filter = Filter::from_pairs(filter.iter().copied()).unwrap();
        all += &serde_json::to_string(&estimator.estimate(&filter, &Default::default()).unwrap()).unwrap();
    }
    all
}

/// What a cut of a table leaves of it, by a walk over its characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// Behind a line, or behind the separators of empty cells at the beginning of one, which are a blank line.
    BehindLine,
    /// In the last cell of a line, and not between quotes.
    InLastCell,
    InOtherCell,
    BetweenQuotes,
    InHeader,
}

fn cut_of(text: &str, delimiter: u8) -> Cut {
    let delimiter = char::from(delimiter);
    let (mut quoted, mut cells, mut line, mut columns, mut is_blank) = (false, 1, 0, 0, true);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == delimiter && !quoted => cells += 1,
            '\n' if !quoted => {
                if !is_blank {
                    line += 1;
                    columns = if line == 1 { cells } else { columns };
                }
                (cells, is_blank) = (1, true);
                continue;
            }
            _ => {}
        }
        is_blank = is_blank && (matches!(c, '\r' | '\u{feff}') || c == delimiter);
    }
    match () {
        () if quoted => Cut::BetweenQuotes,
        () if line == 0 => Cut::InHeader,
        () if is_blank => Cut::BehindLine,
        () if cells == columns => Cut::InLastCell,
        () => Cut::InOtherCell,
    }
}

/// The text that the bytes of an export are, as far as they are whole characters.
fn text_of(bytes: &[u8]) -> String {
    let units =
        |of: fn([u8; 2]) -> u16| bytes[2..].chunks_exact(2).map(move |unit| of([unit[0], unit[1]])).collect::<Vec<_>>();
    match bytes {
        [0xff, 0xfe, ..] => String::from_utf16_lossy(&units(u16::from_le_bytes)),
        [0xfe, 0xff, ..] => String::from_utf16_lossy(&units(u16::from_be_bytes)),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[test]
fn what_is_cut_off_never_passes_for_the_whole() {
    for Export { name, bytes, ends } in exports::all() {
        let whole = load(&[&bytes]).unwrap();
        assert!(whole.1.complete && whole.1.images == 18, "{name}: {:?}", whole.1);
        let (images, quota) = counts(&whole);
        let text = text_of(&bytes);
        let length = bytes.len() - (text.len() - text.trim_end().len()) * if bytes[0] >= 0xfe { 2 } else { 1 };
        for end in 0..length {
            let cut = &bytes[..end];
            let before = text_of(cut);
            let is_wide = bytes[0] >= 0xfe;
            match load(&[cut]) {
                Err(error) => {
                    let kind = error.kind();
                    let at = error.position().unwrap_or_else(|| panic!("{name}, {end}: {error}"));
                    assert!(at.byte <= end as u64, "{name}, {end}: {error}");
                    match kind {
                        ErrorKind::EmptyInput => assert!(before.trim_matches(['\u{feff}', '\n', '\r']).is_empty()),
                        ErrorKind::TruncatedJson => assert!(!matches!(ends, Ends::InLastCells(_))),
                        ErrorKind::UnclosedQuote => {
                            let Ends::InLastCells(delimiter) = ends else { panic!("{name}, {end}: {error}") };
                            assert_eq!(cut_of(&before, delimiter), Cut::BetweenQuotes, "{name}, {end}");
                        }
                        // A part of a header that names nothing; or of a byte order mark.
                        ErrorKind::DuplicateColumn => assert!(before.ends_with("Repo Name"), "{name}, {end}: {error}"),
                        ErrorKind::NoKnownField => assert!(end < 70, "{name}, {end}: {error}"),
                        ErrorKind::UnsupportedEncoding => assert!(end < 3, "{name}, {end}: {error}"),
                        ErrorKind::DamagedFile => assert!(is_wide && end % 2 == 1, "{name}, {end}: {error}"),
                        _ => panic!("{name}, {end}: {error}"),
                    }
                }
                Ok(loaded) => {
                    let found = counts(&loaded);
                    let report = &loaded.1;
                    let cut = match ends {
                        Ends::InLastCells(delimiter) => Some(cut_of(&before, delimiter)),
                        _ => None,
                    };
                    // A digest or a tag that is cut is another one: so the last row may count once where it did not.
                    let one_more = u32::from(cut == Some(Cut::InLastCell));
                    assert!(found.0 <= images && found.1 <= quota + one_more, "{name}, {end}: {found:?}");
                    assert!(report.rows <= whole.1.rows);
                    if report.complete {
                        let unseen = match ends {
                            Ends::Nowhere => false,
                            Ends::BehindRows => before.trim_end().ends_with('}') && report.rows < whole.1.rows,
                            Ends::InLastCells(_) => !matches!(cut, Some(Cut::InOtherCell | Cut::BetweenQuotes)),
                        };
                        assert!(unseen, "{name}, {end}: {report:?}");
                    }
                    if cut == Some(Cut::InHeader) {
                        assert_eq!(report.rows, 0, "{name}, {end}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_cut_in_two_says_what_the_whole_says() {
    for Export { name, bytes, .. } in exports::all() {
        let whole = all_of(&load(&[&bytes]));
        for end in 0..=bytes.len() {
            assert_eq!(all_of(&load(&[&bytes[..end], &bytes[end..]])), whole, "{name}, cut at {end}");
        }
    }
}

/// Of all lines, the first that is cut is the first that csv-core sees, which takes a mark away from what it sees first.
#[test]
fn a_byte_order_mark_within_a_table_is_text_wherever_it_is_cut() {
    let table = "RepoName,Tag\nweb,1\n\u{feff}api,2\n".as_bytes();
    let of_api = |estimator: &Estimator| {
        let filter = Filter::from_pairs([("repoNames", "\u{feff}api")]).unwrap();
        estimator.estimate(&filter, &EstimateOptions::default()).unwrap().images
    };
    for cut in 0..table.len() {
        let (before, behind) = table.split_at(cut);
        assert_eq!(of_api(&load(&[before, behind]).unwrap().0), 1, "cut at {cut}");
    }
}

/// A header of which the first cell is empty may come again as any other, in one piece or cut.
#[test]
fn a_header_that_comes_again_is_no_row_wherever_it_is_cut() {
    let table = ",RepoName,Tag\n1,web,1\n,RepoName,Tag\n2,api,2\n".as_bytes();
    for cut in 0..table.len() {
        let (before, behind) = table.split_at(cut);
        let (_, report) = load(&[before, behind]).unwrap();
        assert_eq!((report.rows, report.images), (2, 2), "cut at {cut}");
    }
}
