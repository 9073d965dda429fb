//! The crate against the oracle, from the bytes of an export to the numbers, on random worlds; and what
//! must hold between answers.
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
use proptest::test_runner::TestCaseResult;
use serde_json::{Value, json};

use worlds::{PARAMETERS, World, answer_of, world};

proptest! {
    #![proptest_config(config(100_000))]

    /// 100,000 worlds of a few rows, where every value meets every other.
    #[test]
    fn small_worlds_agree_with_the_oracle(world in world(24)) {
        agrees(&world, &world.json())?;
    }
}

proptest! {
    #![proptest_config(config(1_000))]

    /// Worlds in which groups of rows cross the words of a bitmap.
    #[test]
    fn larger_worlds_agree_with_the_oracle(world in world(400)) {
        agrees(&world, &world.json())?;
    }

    #[test]
    fn a_table_says_what_json_says(world in world(60)) {
        agrees(&world, &world.csv())?;
    }

    #[test]
    fn the_order_of_rows_does_not_matter(world in world(60), seed in any::<usize>()) {
        let mut turned = world.clone();
        if !turned.rows.is_empty() {
            let middle = seed % turned.rows.len();
            turned.rows.rotate_left(middle);
            turned.rows.reverse();
        }
        prop_assert_eq!(estimate(&world, &world.filter()), estimate(&turned, &world.filter()));
    }

    /// What a field's values cover one by one is what they cover together, and likewise without any.
    #[test]
    fn values_of_a_field_part_its_images(world in world(60), field in 0..8usize) {
        let mut sum = 0;
        let mut all: Vec<&str> = world.rows.iter().map(|row| row.fields[field].as_str()).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        for value in &all {
            sum += estimate(&world, &json!({ PARAMETERS[field]: [value] }))["images"].as_u64().unwrap();
        }
        let together = estimate(&world, &json!({ PARAMETERS[field]: all }));
        let expected = if all.is_empty() { json!(0) } else { together["images"].clone() };
        prop_assert_eq!(json!(sum), expected);
    }

    /// One more value covers no fewer images and consumes no less, and each suggestion says how much more.
    #[test]
    fn a_suggestion_adds_what_it_says(world in world(60), field in 0..8usize) {
        let loaded = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap();
        let filter = scan_precheck::Filter::from_input(native::input(&world.filter())).unwrap();
        let options = scan_precheck::estimate::SuggestOptions::new(scan_precheck::Field::ALL[field]).with_limit(100);
        let suggestions = loaded.0.suggest(&filter, &options).unwrap();
        prop_assert_eq!(suggestions.total as usize, suggestions.suggestions.len());
        let filters = !world.wanted[field].is_empty();
        let before = if filters { estimate(&world, &world.filter()) } else { json!({ "images": 0, "quota": 0 }) };
        for suggestion in suggestions.suggestions {
            let mut with = world.clone();
            with.wanted[field].push(suggestion.value);
            let after = estimate(&with, &with.filter());
            prop_assert_eq!(after["images"].as_u64().unwrap(), before["images"].as_u64().unwrap() + u64::from(suggestion.images));
            prop_assert_eq!(after["quota"].as_u64().unwrap(), before["quota"].as_u64().unwrap() + u64::from(suggestion.quota));
        }
    }
}

proptest! {
    #![proptest_config(config(300))]

    /// A facet is what the filter comes to with this one value in the field.
    #[test]
    fn a_facet_counts_what_a_filter_would(world in world(150), field in 0..8usize) {
        let loaded = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap();
        let filter = scan_precheck::Filter::from_input(native::input(&world.filter())).unwrap();
        let options = scan_precheck::estimate::FacetOptions::new(scan_precheck::Field::ALL[field]).with_limit(1_000);
        let facets = loaded.0.facets(&filter, &options).unwrap();
        prop_assert_eq!(facets.total as usize, facets.values.len());
        let mut images = facets.absent.images;
        for facet in &facets.values {
            let mut only = world.clone();
            only.wanted[field] = vec![facet.value.clone()];
            let expected = oracle::answer(&only.rows, &only.wanted, &only.oracle_rule());
            prop_assert_eq!((facet.images as usize, facet.quota as usize), (expected.images, expected.quota));
            images += facet.images;
        }
        let mut without = world.clone();
        without.wanted[field] = Vec::new();
        let expected = oracle::answer(&without.rows, &without.wanted, &without.oracle_rule());
        prop_assert_eq!(images as usize, expected.images);
    }

    /// What was asked before changes no answer.
    #[test]
    fn any_history_gives_the_same_answer(first in world(100), others in prop::collection::vec(world(1), 1..8)) {
        let loaded = native::load(&first.json(), &first.load_options(), usize::MAX).unwrap();
        for other in others {
            let mut asked = first.clone();
            asked.wanted = other.wanted;
            let kept = native::ask(&loaded, &asked.filter(), &Value::Null).unwrap().estimate;
            prop_assert_eq!(kept, estimate(&asked, &asked.filter()));
            // Some fields stay as they are, some grow, some shrink.
            asked.wanted[5].push("web".into());
            asked.wanted[7].truncate(1);
            let kept = native::ask(&loaded, &asked.filter(), &Value::Null).unwrap().estimate;
            prop_assert_eq!(kept, estimate(&asked, &asked.filter()));
        }
    }
}

fn config(usual_cases: u32) -> ProptestConfig {
    ProptestConfig { cases: support::cases(usual_cases), failure_persistence: None, ..ProptestConfig::default() }
}

/// Loads the text in pieces, asks, and compares with the oracle.
fn agrees(world: &World, text: &str) -> TestCaseResult {
    let loaded = native::load(text, &world.load_options(), world.piece).unwrap();
    let found = &native::ask(&loaded, &world.filter(), &Value::Null).unwrap().estimate;
    prop_assert_eq!(answer_of(found), oracle::answer(&world.rows, &world.wanted, &world.oracle_rule()));
    Ok(())
}

fn estimate(world: &World, filter: &Value) -> Value {
    let loaded = native::load(&world.json(), &world.load_options(), usize::MAX).unwrap();
    native::ask(&loaded, filter, &Value::Null).unwrap().estimate
}
