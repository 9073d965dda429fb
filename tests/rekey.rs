//! Re-keying: a loaded inventory that goes over to another charge model answers as one that was loaded under it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that panics has failed"
)]

#[path = "support/native.rs"]
mod native;
mod oracle;
mod support;
mod worlds;

use proptest::prelude::*;
use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::{ChargeModel, CountBy, Estimator, Field, Filter, LoadReport};
use serde_json::{Value, json};
use worlds::{CYCLE_START, World, world};

const COUNT_BY: [CountBy; 4] = [CountBy::Digest, CountBy::RepositoryDigest, CountBy::RepositoryTag, CountBy::Image];

/// A rule, by its place, and a start of the cycle.
type Step = (usize, Option<i64>);

fn step() -> impl Strategy<Value = Step> {
    let starts = [None, Some(CYCLE_START - 1), Some(CYCLE_START), Some(CYCLE_START + 1), Some(8_000)];
    (0..COUNT_BY.len(), proptest::sample::select(starts.to_vec()))
}

proptest! {
    #![proptest_config(config(4_000))]

    /// Whatever models it went through, and whatever was asked under them.
    #[test]
    fn small_worlds_answer_as_if_loaded_anew(world in world(24), steps in prop::collection::vec(step(), 1..4)) {
        answers_are_those_of_a_load(&world, &steps);
    }
}

proptest! {
    #![proptest_config(config(500))]

    /// Groups of rows cross the words of a bitmap.
    #[test]
    fn larger_worlds_answer_as_if_loaded_anew(world in world(400), steps in prop::collection::vec(step(), 1..4)) {
        answers_are_those_of_a_load(&world, &steps);
    }

    #[test]
    fn another_start_of_the_cycle_moves_no_row(world in world(100), starts in prop::collection::vec(step(), 2..5)) {
        let steps: Vec<Step> = starts.iter().map(|(_, start)| (world.rule, *start)).collect();
        answers_are_those_of_a_load(&world, &steps);
    }
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}

fn answers_are_those_of_a_load(world: &World, steps: &[Step]) {
    let mut rekeyed = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap();
    // What is kept of filters that were asked before must not outlive the order of the rows.
    answers(&rekeyed, world);
    for (rule, start) in steps {
        let model = ChargeModel::new(COUNT_BY[*rule], *start);
        rekeyed.0.set_charge_model(model).unwrap();
        let options = json!({ "chargeModel": { "countBy": worlds::RULES[*rule].0 }, "cycleStart": start });
        let loaded = native::load(&world.json(), &options, usize::MAX).unwrap();
        assert_eq!(*loaded.0.charge_model(), model);
        assert_eq!(*rekeyed.0.charge_model(), model);
        assert_eq!(rekeyed.0.inventory().grouped_by(), loaded.0.inventory().grouped_by());
        assert_eq!(answers(&rekeyed, world), answers(&loaded, world), "{model:?} {world:?}");
    }
}

/// Everything that can be asked, with so few values told that it shows which come first.
fn answers(loaded: &(Estimator, LoadReport), world: &World) -> Vec<Value> {
    let mut answers = Vec::new();
    for filter in [&world.filter(), &Value::Null] {
        let asked = native::ask(loaded, filter, &json!({ "remaining": 1 })).unwrap();
        answers.extend([asked.estimate, asked.precheck]);
        let filter = Filter::from_input(native::input(filter)).unwrap();
        for field in Field::ALL {
            let facets = loaded.0.facets(&filter, &FacetOptions::new(field).with_limit(2)).unwrap();
            answers.push(serde_json::to_value(facets).unwrap());
            for text in ["", "a", "1"] {
                let options = SuggestOptions::new(field).with_text(text).with_limit(2);
                answers.push(serde_json::to_value(loaded.0.suggest(&filter, &options).unwrap()).unwrap());
            }
        }
    }
    answers
}
