//! SQL for the package: an export of the module's extra part.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{JsResult, asked, to_js};
use crate::sql::{self, SqlOptions};

/// A filter under a charge model as SQL.
#[wasm_bindgen(js_name = toSql)]
pub fn to_sql(filter: &JsValue, options: &JsValue) -> JsResult<JsValue> {
    let answer = || {
        let (filter, options) = asked(filter, options, SqlOptions::from_input)?;
        sql::to_sql(&filter, &options)
    };
    to_js(answer())
}
