//! Plans over 2,000 namespaces and by single images, and the reconciliation of replies under other rules.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a benchmark that panics has failed")]

mod registry;

use criterion::{BenchmarkId, Criterion};
use registry::Registry;
use scan_precheck::decide::{Change, PlanMethod, PlanOptions, ReplyCounts};
use scan_precheck::{EstimateOptions, Field, Filter};

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
    criterion.final_summary();
}
