//! What can be scanned within the quota that remains? Prints the namespaces to scan, and what is left for later.
//!
//! ```sh
//! cargo run --example plan -- images.csv 500
//! ```

use std::error::Error;

use scan_precheck::decide::{Parameters, PlanOptions};
use scan_precheck::{ChargeModel, Field, Filter, InventoryLoader, LoadOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, remaining] = arguments.as_slice() else {
        return Err("give a file and the remaining quota".into());
    };
    let mut loader = InventoryLoader::new(LoadOptions::default());
    loader.push(&std::fs::read(path)?)?;
    let (estimator, _) = loader.finish(ChargeModel::default())?;

    let options = PlanOptions::new(remaining.parse()?).with_values_of(Field::RepoNamespace);
    let plan = estimator.plan(&Filter::default(), &options)?;
    println!("{} images within {} of {remaining} quota", plan.images, plan.quota);
    for request in &plan.requests {
        if let Parameters::Filter(parameters) = &request.parameters {
            let written: Vec<String> = parameters.iter().map(|(name, list)| format!("{name}={list}")).collect();
            println!("scan {}: {} images, {} quota", written.join(" "), request.images, request.quota);
        }
    }
    println!("later {} images", plan.left_out.images);
    Ok(())
}
