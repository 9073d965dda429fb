//! What is called of the platform. js-sys has all of this and brings its futures along, most of which stay in a module
//! that nothing of them is called in.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect)]
    pub(super) fn get(target: &JsValue, key: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    pub(super) fn get_item(target: &JsValue, index: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect)]
    pub(super) fn set(target: &JsValue, key: &str, value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = ownKeys)]
    pub(super) fn own_keys(target: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = getPrototypeOf)]
    pub(super) fn prototype_of(target: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = getOwnPropertyDescriptor)]
    pub(super) fn own_property(target: &JsValue, key: &str) -> Result<JsValue, JsValue>;

    /// It throws on a revoked proxy.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    pub(super) fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    pub(super) fn parse_json(text: &str) -> Result<JsValue, JsValue>;

    /// Where there is no `crypto`, to name it throws.
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    pub(super) fn fill_by_chance(bytes: &mut [u8]) -> Result<(), JsValue>;

    /// It throws on half of a surrogate pair.
    #[wasm_bindgen(catch, js_name = encodeURIComponent)]
    pub(super) fn encode(text: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["Uint8Array", "prototype", "set"], js_name = call)]
    pub(super) fn copy(to: &mut [u8], from: &Bytes);

    #[wasm_bindgen(js_name = Error)]
    pub(super) type Thrown;

    #[wasm_bindgen(constructor, js_class = "Error")]
    pub(super) fn new(message: &str) -> Thrown;

    /// A `Uint8Array`.
    #[wasm_bindgen(typescript_type = "Uint8Array")]
    pub type Bytes;

    #[wasm_bindgen(method, getter)]
    pub(super) fn length(this: &Bytes) -> u32;

    pub(super) type Text;

    #[wasm_bindgen(method, getter, js_name = length)]
    pub(super) fn units(this: &Text) -> u32;

    /// Older platforms lack it.
    #[wasm_bindgen(catch, method, js_name = isWellFormed)]
    pub(super) fn is_well_formed(this: &Text) -> Result<bool, JsValue>;
}
