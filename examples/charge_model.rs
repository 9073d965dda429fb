//! How much depends on what counts as one image? Asks the same inventory under each rule, without loading it again.
//!
//! ```sh
//! cargo run --example charge_model -- images.csv 1764547200000
//! ```
//!
//! The second argument is when the billing cycle began, in milliseconds since 1970.

use std::error::Error;

use scan_precheck::estimate::model::{CycleOptions, Model};
use scan_precheck::{ChargeModel, CountBy, EstimateOptions, Filter, InventoryLoader, LoadOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, cycle_start] = arguments.as_slice() else {
        return Err("give a file and the start of the billing cycle".into());
    };
    let cycle_start = cycle_start.parse()?;
    let mut loader = InventoryLoader::new(LoadOptions::default());
    loader.push(&std::fs::read(path)?)?;
    let (mut estimator, _) = loader.finish(ChargeModel::new(CountBy::Digest, Some(cycle_start)))?;

    for count_by in [CountBy::Digest, CountBy::RepositoryDigest, CountBy::RepositoryTag, CountBy::Image] {
        estimator.go_over(Model::CountBy(count_by), &CycleOptions::default().with_cycle_start(cycle_start))?;
        let estimate = estimator.estimate(&Filter::default(), &EstimateOptions::default())?;
        println!("{count_by:?}: {} quota for {} images", estimate.quota, estimate.images);
    }
    Ok(())
}
