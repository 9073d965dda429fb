//! What would a scan of these images consume, and does the remaining quota suffice?
//!
//! ```sh
//! cargo run --example precheck -- images.csv 500 Tags=latest,stable RepoNamespaces=payments
//! ```
//!
//! The first argument is an export of the inventory in any form that is understood, the second the remaining quota, and the
//! others are the filter as the operation takes it.

use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::process::ExitCode;

use scan_precheck::{ChargeModel, EstimateOptions, Filter, InventoryLoader, LoadOptions};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, remaining, filter @ ..] = arguments.as_slice() else {
        return Err("give a file, the remaining quota and a filter such as Tags=latest".into());
    };
    let pairs: Option<Vec<(&str, &str)>> = filter.iter().map(|pair| pair.split_once('=')).collect();
    let filter = Filter::from_pairs(pairs.ok_or("a filter has the form Tags=latest,stable")?)?;

    // Piece by piece: a file may be larger than what there is memory for.
    let mut loader = InventoryLoader::new(LoadOptions::default());
    let (mut file, mut piece) = (File::open(path)?, vec![0; 1 << 20]);
    loop {
        match file.read(&mut piece)? {
            0 => break,
            length => loader.push(piece.get(..length).unwrap_or_default())?,
        }
    }
    let (estimator, report) = loader.finish(ChargeModel::default())?;
    if !report.complete {
        eprintln!("The export is incomplete: more images may be covered.");
    }

    let options = EstimateOptions::default().with_remaining(remaining.parse()?);
    let estimate = estimator.estimate(&filter, &options)?;
    println!("{} images, {} quota", estimate.images, estimate.quota);
    match (estimate.shortfall, estimate.purchase) {
        (Some(shortfall), Some(purchase)) if shortfall > 0 => {
            println!("short by {shortfall}: buy {purchase}");
            Ok(ExitCode::from(2))
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}
