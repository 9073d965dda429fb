//! Loading: the bytes of an export → an inventory that can be asked.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BatchSize, Criterion};
use registry::{Registry, load};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new();
    let mut group = criterion.benchmark_group("load");
    group.throughput(registry.throughput()).sample_size(10);
    for (format, export) in [("csv", registry.csv()), ("json", registry.json())] {
        // Giving the inventory's memory back is not measured.
        group.bench_function(format, |bencher| {
            bencher.iter_batched(|| (), |()| load(export.as_bytes()), BatchSize::PerIteration);
        });
    }
    group.finish();
    criterion.final_summary();
}
