//! Suggestions: the values that begin with or contain what was typed, with what each would add.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::Criterion;
use registry::{Registry, filter};
use scan_precheck::estimate::SuggestOptions;
use scan_precheck::{Field, Filter};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new();
    let estimator = registry.estimator();
    let filtered = filter(&[
        (Field::RegistryType, &registry.values(Field::RegistryType)[..2]),
        (Field::RepoNamespace, &registry.values(Field::RepoNamespace)[..5]),
    ]);
    let asked = [
        ("any tag", Field::Tag, ""),
        ("tags with `1.`", Field::Tag, "1."),
        ("tags with `latest`", Field::Tag, "latest"),
        ("tags with `zzz`", Field::Tag, "zzz"),
        ("repositories with `api`", Field::RepoName, "api"),
        ("digests from `ef0`", Field::Digest, "ef0"),
    ];
    for (name, filter) in [("suggest", Filter::default()), ("suggest under a filter", filtered)] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(registry.throughput());
        for (name, field, text) in asked {
            let options = SuggestOptions::new(field).with_text(text);
            group.bench_function(name, |bencher| bencher.iter(|| estimator.suggest(&filter, &options)));
        }
        group.finish();
    }
    criterion.final_summary();
}
