//! Filters and counts: filters in turn, of which none profits from the one before, the same filter again, and
//! a filter as it is typed.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BenchmarkGroup, Criterion, measurement::WallTime};
use registry::{Registry, filter};
use scan_precheck::{EstimateOptions, Estimator, Field, Filter};

/// Filters of one kind, asked in turn.
const IN_TURN: usize = 8;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new();
    let estimator = registry.estimator();
    let kinds = kinds(&registry);

    let mut group = criterion.benchmark_group("filter");
    group.throughput(registry.throughput());
    for (name, filters) in &kinds {
        measure(&mut group, name, &estimator, filters);
    }
    group.finish();

    let mut group = criterion.benchmark_group("count");
    group.throughput(registry.throughput());
    for (name, filters) in &kinds {
        measure(&mut group, name, &estimator, &filters[..1]);
    }
    group.finish();

    let mut group = criterion.benchmark_group("typing");
    group.throughput(registry.throughput());
    measure(&mut group, "one key", &estimator, &typed(&registry));
    group.finish();
    criterion.final_summary();
}

/// Estimates by filter after filter, over and over; the time is that of one.
fn measure(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, estimator: &Estimator, filters: &[Filter]) {
    let options = EstimateOptions::default();
    let mut filters = filters.iter().cycle();
    group.bench_function(name, |bencher| {
        bencher.iter(|| estimator.estimate(filters.next().expect("there are filters"), &options));
    });
}

/// Kinds of filters: each with several that begin with another value, so that nothing is kept from one to the next.
fn kinds(registry: &Registry) -> Vec<(&'static str, Vec<Filter>)> {
    let values = |field| registry.values(field);
    let (types, regions) = (values(Field::RegistryType), values(Field::RegionId));
    let (namespaces, names, tags) = (values(Field::RepoNamespace), values(Field::RepoName), values(Field::Tag));
    let one = |field, values: &[&str]| in_turn(|turn| filter(&[(field, &[values[turn % values.len()]])]));
    let many = |field, values: &[&str], count: usize| {
        in_turn(|turn| {
            let mut chosen: Vec<&str> = values.iter().copied().step_by((values.len() / count).max(1)).collect();
            let length = chosen.len();
            chosen.rotate_left(turn % length);
            filter(&[(field, &chosen)])
        })
    };
    vec![
        ("narrow: a rare tag", one(Field::Tag, &tags[tags.len() - IN_TURN..])),
        ("narrow: a repository", one(Field::RepoName, &names[..IN_TURN])),
        ("wide: a registry type", one(Field::RegistryType, &types)),
        ("wide: a region", one(Field::RegionId, &regions)),
        (
            "four fields",
            in_turn(|turn| {
                filter(&[
                    (Field::RegistryType, &[types[turn % 2]]),
                    (Field::RegionId, &[regions[turn % 2], regions[2 + turn % 2]]),
                    (Field::RepoNamespace, &namespaces[turn..turn + 20]),
                    (Field::Tag, &tags[turn..turn + 100]),
                ])
            }),
        ),
        ("many: 500 repositories", many(Field::RepoName, &names, 500)),
        ("many: 5,000 tags", many(Field::Tag, &tags, 5_000)),
        ("many: 5,000 digests", many(Field::Digest, &values(Field::Digest), 5_000)),
    ]
}

fn in_turn(make: impl Fn(usize) -> Filter) -> Vec<Filter> {
    (0..IN_TURN).map(make).collect()
}

/// A person at the filter: a registry type is chosen, then two repositories and a tag are typed key by key.
fn typed<'r>(registry: &'r Registry) -> Vec<Filter> {
    let (names, tags) = (registry.values(Field::RepoName), registry.values(Field::Tag));
    let registry_type = &registry.values(Field::RegistryType)[..1];
    let beginnings = |text: &'r str| (1..=text.len()).filter_map(|length| text.get(..length));
    let mut filters = Vec::new();
    for name in beginnings(names[3]) {
        filters.push(filter(&[(Field::RegistryType, registry_type), (Field::RepoName, &[name])]));
    }
    for name in beginnings(names[30]) {
        filters.push(filter(&[(Field::RegistryType, registry_type), (Field::RepoName, &[names[3], name])]));
    }
    for tag in beginnings(tags[1]) {
        let repositories = &[names[3], names[30]];
        filters.push(filter(&[
            (Field::RegistryType, registry_type),
            (Field::RepoName, repositories),
            (Field::Tag, &[tag]),
        ]));
    }
    filters
}
