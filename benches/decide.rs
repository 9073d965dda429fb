//! Plans over 2,000 namespaces and by single images, the reconciliation of replies under other rules, pages of explanations,
//! and the difference of two inventories.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BenchmarkId, Criterion};
use registry::Registry;
use std::time::Instant;

use scan_precheck::decide::{
    Change, DiffClass, DiffOptions, ExplainOptions, MarginOptions, PlanMethod, PlanOptions, Reason, ReplyCounts,
};
use scan_precheck::{EstimateOptions, Estimator, Field, Filter};

const NAMESPACES: u64 = 2_000;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let registry = Registry::new().with_namespaces(NAMESPACES);
    let estimator = registry.estimator();
    let everything = Filter::default();
    let whole = estimator.estimate(&everything, &EstimateOptions::default()).expect("an estimate");

    let mut group = criterion.benchmark_group("plan");
    group.throughput(registry.throughput());
    for (name, field, part) in [
        ("namespaces, a tenth", Some(Field::RepoNamespace), 10),
        ("namespaces, half", Some(Field::RepoNamespace), 2),
        ("repositories, half", Some(Field::RepoName), 2),
        ("tags, half", Some(Field::Tag), 2),
        ("images, half", None, 2),
    ] {
        let mut options = PlanOptions::new(u64::from(whole.quota / part));
        if let Some(field) = field {
            options = options.with_values_of(field);
        }
        for scheduled in [false, true] {
            options.per_cycle = scheduled.then_some(u64::from(whole.quota / 10).max(1));
            let plan = estimator.plan(&everything, &options).expect("a plan");
            assert!(u64::from(plan.quota) <= options.remaining);
            if !scheduled {
                let most = plan.at_most.unwrap_or(plan.images);
                println!(
                    "{name}: {} of at most {most} images, {} of {} quota, {:?}, proven beforehand {:.3}",
                    plan.images, plan.quota, plan.remaining, plan.method, plan.guarantee
                );
                assert!(field.is_some() || plan.method == PlanMethod::Exact);
            }
            let name = if scheduled { format!("{name}, with a schedule") } else { name.to_owned() };
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
                bencher.iter(|| estimator.plan(&everything, &options));
            });
        }
    }
    group.finish();

    let mut group = criterion.benchmark_group("reconcile");
    group.throughput(registry.throughput());
    for (name, reply, expected) in [
        ("swapped", ReplyCounts::new(whole.quota, whole.images), Some("swapped")),
        ("each image", ReplyCounts::new(whole.images, whole.images), None),
        (
            "another start of the cycle",
            ReplyCounts::new(whole.images, whole.quota - whole.quota / 9),
            Some("cycleStart"),
        ),
        ("beyond the rules", ReplyCounts::new(whole.images + 1, whole.quota), Some("otherInventory")),
    ] {
        let found = estimator.reconcile(&everything, &reply).expect("a reconciliation");
        let first: Vec<&str> =
            found.explanations.iter().flat_map(|one| one.changes.first()).map(Change::kind).collect();
        println!("{name}: {first:?}");
        assert!(expected.is_none_or(|kind| first.first() == Some(&kind)), "{first:?}");
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| estimator.reconcile(&everything, &reply));
        });
    }
    group.finish();
    explain(&mut criterion, &registry, &estimator);
    diff(&mut criterion, &registry, &estimator);
    criterion.final_summary();
}

/// Pages of 100 images, wherever they begin and in whichever order.
fn explain(criterion: &mut Criterion, registry: &Registry, estimator: &Estimator) {
    let types = registry.values(Field::RegistryType);
    let filters = [("all", Filter::default()), ("filtered", registry::filter(&[(Field::RegistryType, &types[..2])]))];
    let mut group = criterion.benchmark_group("explain");
    for (filtered, filter) in &filters {
        let total = estimator.explain(filter, &ExplainOptions::default()).expect("an explanation").total;
        for sort in [None, Some(Field::RepoName), Some(Field::Digest), Some(Field::Tag)] {
            let name = sort.map_or("in the inventory's order", Field::js_name);
            let sorted = |options: ExplainOptions| match sort {
                Some(field) => options.with_sort(field, false),
                None => options,
            };
            // Another order takes the place of the one that is kept.
            let other = ExplainOptions::default().with_sort(Field::RegionId, false);
            estimator.explain(filter, &other).expect("an explanation");
            let start = Instant::now();
            estimator.explain(filter, &sorted(ExplainOptions::default())).expect("an explanation");
            println!("{filtered}, {name}: the first page after another order took {:?}", start.elapsed());
            for (place, offset) in [("first", 0), ("middle", total / 2), ("last", total.saturating_sub(100))] {
                let options = sorted(ExplainOptions::default().with_page(offset, 100));
                group.bench_function(BenchmarkId::new(format!("{filtered}, {name}"), place), |bencher| {
                    bencher.iter(|| estimator.explain(filter, &options));
                });
            }
        }
        let options = ExplainOptions::default().with_reasons(&[Reason::SameDigest]).with_page(total / 100, 100);
        group.bench_function(BenchmarkId::new(*filtered, "one reason"), |bencher| {
            bencher.iter(|| estimator.explain(filter, &options));
        });
    }
    group.finish();
}

/// An inventory and a later one, as a whole and under a filter; and what remains in the light of both.
fn diff(criterion: &mut Criterion, registry: &Registry, estimator: &Estimator) {
    let later = registry.later().estimator();
    let everything = Filter::default();
    let found = estimator.diff(&later, &everything, &DiffOptions::default()).expect("a difference");
    for class in &found.classes {
        println!("{:?}: images {:?}, quota {:?}", class.class, class.images, class.quota);
    }
    assert!(found.of(DiffClass::Added).is_some_and(|added| added.images.after > 0));
    let regions = registry.values(Field::RegionId);
    let one_region = registry::filter(&[(Field::RegionId, &regions[..1])]);
    let mut group = criterion.benchmark_group("diff");
    group.sample_size(10);
    for (name, filter) in [("everything", &everything), ("one region", &one_region)] {
        group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
            bencher.iter(|| estimator.diff(&later, filter, &DiffOptions::default()));
        });
    }
    let options = MarginOptions::new(10_000_000).with_dates(0, 86_400_000);
    group.bench_function("margin", |bencher| {
        bencher.iter(|| later.margin(Some(estimator), &everything, &options));
    });
    group.finish();
}
