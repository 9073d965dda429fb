//! Snapshots: an inventory that can be asked → bytes, and back; and what the first question takes after that.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BatchSize, Criterion};
use registry::{Registry, filter, load_with_report};
use scan_precheck::snapshot::{self, RestoreOptions};
use scan_precheck::{EstimateOptions, Estimator, Field};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new();
    let (estimator, report) = load_with_report(registry.csv().as_bytes());
    let bytes = snapshot::save(&estimator, &report).expect("there is memory for it");
    // Without a seed of chance, so that two runs do the same.
    let restore = || snapshot::restore_with_seed(&bytes, &RestoreOptions::default(), 1).expect("it is whole").0;
    let asked = filter(&[
        (Field::Tag, &registry.values(Field::Tag)[..2]),
        (Field::Digest, &registry.values(Field::Digest)[..2]),
    ]);
    let ask = |estimator: Estimator| estimator.estimate(&asked, &EstimateOptions::default()).map(|_| estimator);

    let mut group = criterion.benchmark_group("snapshot");
    group.throughput(registry.throughput()).sample_size(20);
    group.bench_function("save", |bencher| bencher.iter(|| snapshot::save(&estimator, &report)));
    // Giving the inventory's memory back is not measured.
    group.bench_function("restore", |bencher| bencher.iter_batched(|| (), |()| restore(), BatchSize::PerIteration));
    group.bench_function("first question", |bencher| bencher.iter_batched(restore, ask, BatchSize::PerIteration));
    group.finish();
    criterion.final_summary();
}
