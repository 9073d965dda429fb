//! Chosen values cannot make a load slow: such as collide under the common hashes without a key load as random
//! ones do.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

mod collisions;

use std::time::{Duration, Instant};

use collisions::{COUNT, Colliding, Printable};
use scan_precheck::{ChargeModel, InventoryLoader, LoadOptions};

/// How many times as long a load of colliding values may take. Under a hash without a key it is 50 times and more.
const SLOWER: u32 = 3;

/// Loads of either kind, one after the other, before the quickest of each are believed.
const ROUNDS: usize = 4;

#[test]
fn colliding_values_load_as_random_ones() {
    let faults: Vec<String> = collisions::all().iter().filter_map(|values| fault(values).err()).collect();
    assert!(faults.is_empty(), "values that were chosen make a load slow:\n{}", faults.join("\n"));
}

/// Something else that the machine does can only make a load slower. So the quickest of each kind are compared,
/// and no further ones are waited for where these are near enough.
fn fault(values: &Colliding) -> Result<(), String> {
    let (colliding, random) = (table(values), table(&random_like(values)));
    let mut quickest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for (quickest, table) in quickest.iter_mut().zip([&colliding, &random]) {
            *quickest = time_to_load(table).min(*quickest);
        }
        let [of_colliding, of_random] = quickest;
        if of_colliding <= SLOWER * of_random {
            return Ok(());
        }
    }
    let [of_colliding, of_random] = quickest;
    Err(format!("{}: {of_colliding:.1?} instead of {of_random:.1?}", values.name))
}

/// As many random values of the same lengths.
fn random_like(values: &Colliding) -> Colliding {
    let mut printable = Printable(99);
    let mut like = |values: &[Vec<u8>]| values.iter().map(|value| printable.text(value.len())).collect();
    Colliding { name: String::new(), texts: like(&values.texts), digests: values.digests.as_deref().map(like) }
}

/// An inventory of one row for each value, in three columns. Where no digest collides, the texts stand in for them.
fn table(values: &Colliding) -> String {
    let mut table = "RepoName,Tag,Digest\n".to_owned();
    for (place, text) in values.texts.iter().enumerate() {
        let text = str::from_utf8(text).unwrap();
        let digest = values.digests.as_ref().map_or_else(|| text.to_owned(), |digests| hex(&digests[place]));
        table.push_str(&format!("{text},{text},{digest}\n"));
    }
    table
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from_digit(digit.into(), 16).unwrap())
        .collect()
}

fn time_to_load(table: &str) -> Duration {
    let began = Instant::now();
    let mut loader = InventoryLoader::new(LoadOptions::default());
    loader.push(table.as_bytes()).unwrap();
    let (_, report) = loader.finish(ChargeModel::default()).unwrap();
    let time = began.elapsed();
    assert_eq!((report.images as usize, report.left_out.total), (COUNT, 0), "some rows were not read");
    time
}
