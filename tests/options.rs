//! What a caller may give beside a filter, and what comes of it: options by name, as values and as builders.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]

#[path = "support/native.rs"]
mod native;
mod support;

use std::net::IpAddr;

use scan_precheck::estimate::{FacetOptions, SuggestOptions};
use scan_precheck::{ChargeModel, CountBy, ErrorKind, EstimateOptions, Field, Filter, Input};
use serde_json::{Value, json};

fn facet_options(value: Value) -> Result<FacetOptions, ErrorKind> {
    FacetOptions::from_input(native::input(&value)).map_err(|error| error.kind())
}

fn suggest_options(value: Value) -> Result<SuggestOptions, ErrorKind> {
    SuggestOptions::from_input(native::input(&value)).map_err(|error| error.kind())
}

#[test]
fn facets_are_asked_for_by_field_and_limit() {
    assert_eq!(facet_options(json!({ "field": "tags", "limit": 7 })), Ok(FacetOptions::new(Field::Tag).with_limit(7)));
    assert_eq!(facet_options(json!({ "field": "RepoNames" })), Ok(FacetOptions::new(Field::RepoName)));
    assert_eq!(facet_options(json!({ "field": "tags", "limit": null })), Ok(FacetOptions::new(Field::Tag)));
    for (wrong, kind) in [
        (json!({ "limit": 7 }), ErrorKind::InvalidValue),
        (json!({ "field": 7 }), ErrorKind::WrongType),
        (json!({ "field": "tag" }), ErrorKind::InvalidValue),
        (json!({ "field": "tags", "limit": 0 }), ErrorKind::InvalidValue),
        (json!({ "field": "tags", "limit": "7" }), ErrorKind::WrongType),
        (json!({ "field": "tags", "text": "" }), ErrorKind::UnknownKey),
        (json!("tags"), ErrorKind::NotAPlainObject),
    ] {
        assert_eq!(facet_options(wrong.clone()), Err(kind), "{wrong}");
    }
}

#[test]
fn suggestions_are_asked_for_by_field_text_and_limit() {
    let all = SuggestOptions::new(Field::Digest).with_text("ab").with_limit(7);
    assert_eq!(suggest_options(json!({ "field": "digests", "text": "ab", "limit": 7 })), Ok(all));
    let few = json!({ "field": "tags", "text": null, "limit": null });
    assert_eq!(suggest_options(few), Ok(SuggestOptions::new(Field::Tag)));
    assert_ne!(SuggestOptions::new(Field::Tag).with_text("a"), SuggestOptions::new(Field::Tag));
    for (wrong, kind) in [
        (json!({ "text": "ab" }), ErrorKind::InvalidValue),
        (json!({ "field": "tags", "text": 7 }), ErrorKind::WrongType),
        (json!({ "field": "tags", "limit": -1 }), ErrorKind::InvalidValue),
        (json!({ "field": "tags", "limits": 7 }), ErrorKind::UnknownKey),
    ] {
        assert_eq!(suggest_options(wrong.clone()), Err(kind), "{wrong}");
    }
}

#[test]
fn an_estimate_is_compared_with_what_it_is_told() {
    let options = EstimateOptions::default().with_remaining(5).with_purchase_step(30);
    assert_eq!((options.remaining, options.purchase_step), (Some(5), 30));
    let given = native::input(&json!({ "remaining": 5, "purchaseStep": 30 }));
    assert_eq!(EstimateOptions::from_input(given), Ok(options));
    let default = native::input(&json!({ "remaining": null, "purchaseStep": null }));
    assert_eq!(EstimateOptions::from_input(default), Ok(EstimateOptions::default()));
}

#[test]
fn a_charge_model_is_read_from_two_options() {
    let read = |model: Value, start: Value| ChargeModel::from_input(native::input(&model), native::input(&start));
    assert_eq!(read(json!({ "countBy": null }), json!(null)), Ok(ChargeModel::default()));
    let expected = ChargeModel::new(CountBy::RepositoryTag, Some(-8_640_000_000_000_000));
    assert_eq!(read(json!({ "countBy": "repositoryTag" }), json!(-8.64e15)), Ok(expected));
    assert_eq!(read(json!({ "countBy": 1 }), json!(null)).unwrap_err().kind(), ErrorKind::WrongType);
    assert_eq!(read(json!({}), json!("today")).unwrap_err().kind(), ErrorKind::WrongType);
    assert_eq!(read(json!({}), json!(-8.65e15)).unwrap_err().kind(), ErrorKind::InvalidValue);
}

#[test]
fn a_filter_gives_back_what_it_was_given() {
    let pairs = [("Tags", " a,, b ,a"), ("digests", "sha256:AB，C"), ("SourceIp", " ::1 ")];
    let filter = Filter::from_pairs(pairs).unwrap();
    assert_eq!(filter.values(Field::Tag).collect::<Vec<_>>(), ["a", "b", "a"]);
    assert_eq!(filter.values(Field::RepoName).next(), None);
    assert_eq!(filter.source_ip(), Some("::1".parse::<IpAddr>().unwrap()));
    assert_eq!(filter.full_width_commas(), [Field::Digest]);
    assert_eq!(Filter::from_pairs([("sourceIp", " ")]).unwrap().source_ip(), None);
    let nothing: [(&str, &str); 0] = [];
    assert_ne!(filter, Filter::from_pairs(nothing).unwrap());
    // Equal are filters with the same values, however these were written.
    let list = Input::List(["a", "b", "a"].map(|tag| Input::Text(tag.into())).into());
    let object =
        [("tags", list), ("Digests", Input::Text("sha256:AB，C,".into())), ("sourceIp", Input::Text("::1".into()))];
    let entries = object.map(|(key, value)| (key.to_owned(), value));
    assert_eq!(Filter::from_input(Input::Object(entries.into())).unwrap(), filter);
}

#[test]
fn a_misspelt_parameter_is_told_the_right_one() {
    for (wrong, right) in [("repoName", "reponames"), ("Digets", "digests"), ("SourceIps", "sourceip")] {
        let error = Filter::from_pairs([(wrong, "web")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnknownKey);
        assert!(error.message().to_lowercase().contains(&format!("`{right}`")), "{error}");
    }
}

/// An inventory says what is known of it.
#[test]
fn an_inventory_knows_which_fields_hold_values() {
    let (estimator, _) = native::load(r#"[{"Tag": "1"}, {"RepoName": "web"}]"#, &Value::Null, usize::MAX).unwrap();
    let inventory = estimator.inventory();
    let held: Vec<Field> = Field::ALL.into_iter().filter(|field| inventory.holds_values(*field)).collect();
    assert_eq!(held, [Field::RepoName, Field::Tag]);
    assert_eq!((inventory.images(), inventory.is_complete()), (2, true));
    assert_eq!(inventory.grouped_by(), [Field::Digest]);
    let (empty, _) = native::load("[]", &Value::Null, usize::MAX).unwrap();
    assert!(!Field::ALL.into_iter().any(|field| empty.inventory().holds_values(field)));
}
