//! Facets: the values of each field with images and quota, without a filter and under one.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BenchmarkId, Criterion};
use registry::{Registry, filter};
use scan_precheck::estimate::FacetOptions;
use scan_precheck::{Field, Filter};

/// Values that a page shows of each field.
const SHOWN: u32 = 50;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new();
    let estimator = registry.estimator();
    let filtered = filter(&[
        (Field::RegistryType, &registry.values(Field::RegistryType)[..2]),
        (Field::RepoNamespace, &registry.values(Field::RepoNamespace)[..5]),
        (Field::Tag, &registry.values(Field::Tag)[..2]),
    ]);
    for (name, filter) in [("facets", Filter::default()), ("facets under a filter", filtered)] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(registry.throughput());
        for field in Field::ALL {
            let options = FacetOptions::new(field).with_limit(SHOWN);
            group.bench_function(BenchmarkId::from_parameter(field.js_name()), |bencher| {
                bencher.iter(|| estimator.facets(&filter, &options));
            });
        }
        group.finish();
    }
    criterion.final_summary();
}
