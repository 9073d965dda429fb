//! Any bytes as an export: no panic, the same however they are cut, a report that adds up, an error with its place.
//!
//! The last two bytes of an input say where it is cut and what options it is loaded with, so that what stands before
//! them is the export as it is.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scan_precheck::estimate::FacetOptions;
use scan_precheck::load::Format;
use scan_precheck::{ChargeModel, Error, Estimator, Field, Filter, InventoryLoader, LoadOptions, LoadReport};

type Loaded = (Estimator, LoadReport);

fuzz_target!(|data: &[u8]| {
    let [export @ .., cut, options] = data else { return };
    let whole = load([export], *options);
    let piece = usize::from(*cut >> 1) + 1;
    let pieces = if cut & 1 == 0 { load(export.chunks(piece), *options) } else { load(halves(export, piece), *options) };
    assert_eq!(seen(&whole), seen(&pieces), "cut by {cut}");
    match &whole {
        Ok((estimator, report)) => adds_up(estimator, report, export.len() as u64),
        Err(error) => {
            let at = error.position().expect("a fault of a source has a place");
            assert!(at.byte <= export.len() as u64 && at.line > 0 && at.column > 0, "{error:?}");
            assert!(!error.message().is_empty());
        }
    }
});

fn load<'a>(pieces: impl IntoIterator<Item = &'a [u8]>, options: u8) -> Result<Loaded, Error> {
    let mut told = LoadOptions::default();
    match options & 7 {
        1 => told = told.with_format(Format::Json),
        2 => told = told.with_format(Format::Csv),
        3 => told = told.with_default(Field::RegistryType, "acr").expect("a registry has a default"),
        _ => {}
    }
    let mut loader = InventoryLoader::with_seed(told, 1);
    if options & 8 > 0 {
        loader = loader.with_bytes_in_all(1 << 20);
    }
    for piece in pieces {
        loader.push(piece)?;
    }
    loader.finish(ChargeModel::default())
}

fn halves(export: &[u8], piece: usize) -> [&[u8]; 2] {
    // Counted from the end: the beginning is cut by the pieces.
    let (first, second) = export.split_at(export.len().saturating_sub(piece));
    [first, second]
}

/// All that can be seen of a load.
fn seen(loaded: &Result<Loaded, Error>) -> String {
    let (estimator, report) = match loaded {
        Ok(loaded) => loaded,
        Err(error) => return format!("{error:?}"),
    };
    let mut seen = format!("{report:?}");
    for field in Field::ALL {
        let options = FacetOptions::new(field).with_limit(10_000);
        seen += &format!("{:?}", estimator.facets(&Filter::default(), &options));
    }
    seen
}

fn adds_up(estimator: &Estimator, report: &LoadReport, bytes: u64) {
    assert_eq!(report.rows, report.images + report.duplicates + report.left_out.total);
    assert_eq!(report.left_out.total, report.left_out.by_reason.iter().map(|count| count.rows).sum::<u32>());
    assert_eq!(report.left_out.places.len(), report.left_out.total.min(100) as usize);
    assert_eq!(report.sources.iter().map(|source| source.bytes).sum::<u64>(), bytes);
    assert!(!report.complete || report.left_out.total == 0);
    let estimate = estimator.estimate(&Filter::default(), &Default::default()).expect("there is memory");
    assert_eq!(estimate.images, estimate.quota + estimate.free.duplicates + estimate.free.charged);
    assert_eq!(estimate.images + estimate.not_scannable, report.images);
    assert_eq!(estimate.complete, report.complete);
}
