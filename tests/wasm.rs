//! The compiled module put to the conformance cases and to hostile objects, through its own exports.
//! Run in Node, in headless Chromium and in a worker there, by the environment of the test runner.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

#[path = "support/policies.rs"]
mod policies;
mod support;

use js_sys::{Array, Function, JSON, Object, Reflect};
use scan_precheck::js;
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn every_conformance_case() {
    js::install_registries();
    support::check_all(|case| answer(case).map_err(|thrown| error_value(&thrown)));
}

#[wasm_bindgen_test]
fn every_conformance_case_of_policies() {
    policies::check_all(|policies, request| match js::authorize(&to_js(policies), &to_js(request)) {
        Ok(answer) => Ok(from_js(&answer)),
        Err(thrown) => Err(error_value(&thrown)),
    });
}

fn answer(case: &support::Case) -> Result<support::Answers, JsValue> {
    let inventory = load_all(&case.sources(), &to_js(&case.options))?;
    // Nothing asked for is no filter.
    let filter = case.filter.as_ref().filter(|filter| !filter.is_null());
    let filter = filter.map_or(JsValue::UNDEFINED, |filter| JSON::parse(&filter.to_string()).unwrap());
    let estimate = js::estimate(inventory, &filter, &to_js(&case.estimate_options));
    let precheck = js::precheck(inventory, &filter);
    let report = js::report(inventory)?;
    js::free_inventory(inventory);
    Ok(support::Answers { estimate: from_js(&estimate?), precheck: from_js(&precheck?), report: from_js(&report) })
}

const HEX: &str = "1111111111111111111111111111111111111111111111111111111111111111";

fn small_inventory() -> u32 {
    let rows =
        format!(r#"[{{"RepoName":"web","Tag":"1","Digest":"{HEX}"}},{{"RepoName":"web","Tag":"2","Digest":"{HEX}"}}]"#);
    load(rows.as_bytes(), &JsValue::UNDEFINED).unwrap()
}

/// A throwing getter unwinds to its caller; done thousands of times, nothing may be worn out by it.
#[wasm_bindgen_test]
fn a_getter_that_throws_10_000_times_leaves_the_next_answer_right() {
    let inventory = small_inventory();
    let hostile = evaluate("({ get tags() { throw new Error('no') } })");
    for _ in 0..10_000 {
        let thrown = js::precheck(inventory, &hostile).unwrap_err();
        assert_eq!((code(&thrown).as_str(), text(&thrown, "field").as_str()), ("unreadable", "tags"));
    }
    assert_eq!(counts(inventory, &evaluate("({ tags: '2' })")), (1, 1));
    assert_eq!(counts(inventory, &JsValue::UNDEFINED), (2, 1));
    js::free_inventory(inventory);
}

/// Each with the code it must have. None may be taken for "no filter".
#[wasm_bindgen_test]
fn hostile_filters_are_refused() {
    let inventory = small_inventory();
    let cases = [
        ("({ tags: new Array(4294967295) })", "too-many-values"),
        ("({ tags: new Proxy([], { get: () => 1e9 }) })", "too-many-values"),
        ("({ tags: [,'1'] })", "wrong-type"),
        ("({ tags: new String('1') })", "wrong-type"),
        ("({ tags: (function* () { while (true) yield '1' })() })", "wrong-type"),
        ("({ tags: new Set(['1']) })", "wrong-type"),
        ("({ tags: Symbol('1') })", "wrong-type"),
        ("({ tags: 1n })", "wrong-type"),
        ("({ tags: '\\ud800' })", "invalid-text"),
        ("({ tags: ['1', '\\udc00'] })", "invalid-text"),
        ("({ '\\ud800': '1' })", "not-a-plain-object"),
        ("({ [Symbol('tags')]: '1' })", "not-a-plain-object"),
        ("new Map([['tags', '1']])", "not-a-plain-object"),
        ("new Date()", "not-a-plain-object"),
        ("new (class { tags = '1' })()", "not-a-plain-object"),
        ("Object.create({ tags: '1' })", "not-a-plain-object"),
        ("Object.create(Object.create(null))", "not-a-plain-object"),
        ("(() => {})", "not-a-plain-object"),
        ("null", "not-a-plain-object"),
        ("0", "not-a-plain-object"),
        ("new Proxy({}, { ownKeys() { throw 'no' } })", "unreadable"),
        ("new Proxy({}, { getPrototypeOf() { throw { get message() { throw 1 } } } })", "unreadable"),
        ("(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy })()", "unreadable"),
        ("(() => { const r = Proxy.revocable([], {}); r.revoke(); return { tags: r.proxy } })()", "unreadable"),
        ("(() => { const o = {}; o.tags = o; return o })()", "wrong-type"),
    ];
    for (source, expected) in cases {
        let thrown = js::precheck(inventory, &evaluate(source)).expect_err(source);
        assert_eq!(code(&thrown), expected, "{source}");
        assert!(thrown.is_instance_of::<js_sys::Error>(), "{source}");
    }
    assert_eq!(counts(inventory, &JsValue::UNDEFINED), (2, 1));
    js::free_inventory(inventory);
}

#[wasm_bindgen_test]
fn plain_objects_of_every_kind_are_filters() {
    let inventory = small_inventory();
    for source in
        ["({ tags: '2' })", "Object.assign(Object.create(null), { tags: ['2'] })", "Object.freeze({ Tags: '2' })"]
    {
        assert_eq!(counts(inventory, &evaluate(source)), (1, 1), "{source}");
    }
    let polluted = evaluate("(Object.prototype.tags = '2', {})");
    let found = counts(inventory, &polluted);
    evaluate("delete Object.prototype.tags");
    assert_eq!(found, (2, 1), "what every object inherits is no part of the filter");
    js::free_inventory(inventory);
}

#[wasm_bindgen_test]
fn what_is_gone_says_so() {
    let inventory = small_inventory();
    js::free_inventory(inventory);
    js::free_inventory(inventory);
    assert_eq!(code(&js::precheck(inventory, &JsValue::UNDEFINED).unwrap_err()), "disposed");
    let load = js::start_load(&JsValue::UNDEFINED, None).unwrap();
    assert_eq!(
        code(&js::push_bytes(load, &b"[nothing]".as_slice().into()).and_then(|_| js::end_source(load)).unwrap_err()),
        "invalid-json"
    );
    assert_eq!(code(&js::finish_load(load).unwrap_err()), "disposed");
}

#[wasm_bindgen_test]
fn a_request_id_is_fresh() {
    let inventory = small_inventory();
    let id = || from_js(&js::precheck(inventory, &JsValue::UNDEFINED).unwrap())["RequestId"].to_string();
    assert_ne!(id(), id());
    js::free_inventory(inventory);
}

fn load(export: &[u8], options: &JsValue) -> Result<u32, JsValue> {
    load_all(&[export.to_vec()], options)
}

fn load_all(exports: &[Vec<u8>], options: &JsValue) -> Result<u32, JsValue> {
    let load = js::start_load(options, None)?;
    for export in exports {
        js::push_bytes(load, &export.as_slice().into())?;
        js::end_source(load)?;
    }
    js::finish_load(load)
}

fn counts(inventory: u32, filter: &JsValue) -> (u64, u64) {
    let estimate = from_js(&js::estimate(inventory, filter, &JsValue::UNDEFINED).unwrap());
    (estimate["images"].as_u64().unwrap(), estimate["quota"].as_u64().unwrap())
}

fn evaluate(source: &str) -> JsValue {
    Function::new_no_args(&format!("return ({source})")).call0(&JsValue::NULL).unwrap()
}

fn to_js(value: &Value) -> JsValue {
    if value.is_null() { JsValue::UNDEFINED } else { JSON::parse(&value.to_string()).unwrap() }
}

fn from_js(value: &JsValue) -> Value {
    serde_json::from_str(&String::from(JSON::stringify(value).unwrap())).unwrap()
}

fn text(thrown: &JsValue, key: &str) -> String {
    Reflect::get(thrown, &JsValue::from_str(key)).unwrap().as_string().unwrap_or_default()
}

fn code(thrown: &JsValue) -> String {
    text(thrown, "code")
}

/// The properties of a thrown error that a case can name.
fn error_value(thrown: &JsValue) -> Value {
    let picked = Object::new();
    let keys: Array = ["code", "field", "position", "message"].map(JsValue::from_str).iter().collect();
    for key in keys.iter() {
        Reflect::set(&picked, &key, &Reflect::get(thrown, &key).unwrap()).unwrap();
    }
    from_js(picked.unchecked_ref())
}
