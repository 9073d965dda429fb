//! Why does it cost that? Prints each image that a filter covers with what it consumes and the reason, as lines of a table.
//!
//! ```sh
//! cargo run --example explain -- images.csv Tags=latest
//! ```

use std::error::Error;

use scan_precheck::decide::ExplainOptions;
use scan_precheck::{ChargeModel, Field, Filter, InventoryLoader, LoadOptions};

/// Images are told page by page.
const PAGE: u32 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, filter @ ..] = arguments.as_slice() else {
        return Err("give a file and a filter such as Tags=latest".into());
    };
    let pairs: Option<Vec<(&str, &str)>> = filter.iter().map(|pair| pair.split_once('=')).collect();
    let filter = Filter::from_pairs(pairs.ok_or("a filter has the form Tags=latest,stable")?)?;
    let mut loader = InventoryLoader::new(LoadOptions::default());
    loader.push(&std::fs::read(path)?)?;
    let (estimator, _) = loader.finish(ChargeModel::default())?;

    let mut told = 0;
    loop {
        let page = estimator.explain(&filter, &ExplainOptions::default().with_page(told, PAGE))?;
        for explained in &page.images {
            let text = |field| explained.image.text(field).unwrap_or("-");
            let (name, tag) = (text(Field::RepoName), text(Field::Tag));
            println!("{name}\t{tag}\t{:?}\t{:?}", explained.verdict, explained.reason);
        }
        told += page.images.len() as u32;
        if page.images.is_empty() || told >= page.total {
            return Ok(());
        }
    }
}
