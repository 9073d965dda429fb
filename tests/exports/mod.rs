//! One small inventory in every form in which it is read: the table that a further form joins as one more line.
#![allow(dead_code, unreachable_pub, reason = "support for several tests, of which each uses a part")]

use serde_json::{Value, json};

/// An export, and where a cut in it can go unseen.
pub struct Export {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub ends: Ends,
}

/// Where an export that is cut off may pass for a whole one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nowhere: brackets are open, or fewer images are there than are announced.
    Nowhere,
    /// Behind any row: nothing says how many there are.
    BehindRows,
    /// Behind any line, and in its last cell, which may be as short as any: that it went on, no reader can know.
    /// Separated by the byte.
    InLastCells(u8),
}

/// Every form. Some of them once more in UTF-16.
pub fn all() -> Vec<Export> {
    let utf8 = forms();
    let utf16 = |form: usize, little_endian, name| Export {
        name,
        bytes: utf16(std::str::from_utf8(&utf8[form].bytes).unwrap(), little_endian),
        ends: utf8[form].ends,
    };
    let wide = [
        utf16(0, true, "a page in UTF-16 LE"),
        utf16(5, false, "rows one a line in UTF-16 BE"),
        utf16(7, true, "a table in UTF-16 LE"),
        utf16(8, false, "a table with semicolons in UTF-16 BE"),
    ];
    utf8.into_iter().chain(wide).collect()
}

/// A text behind a byte order mark.
pub fn utf16(text: &str, little_endian: bool) -> Vec<u8> {
    let bytes = |unit: u16| if little_endian { unit.to_le_bytes() } else { unit.to_be_bytes() };
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn forms() -> Vec<Export> {
    use Ends::{BehindRows, InLastCells, Nowhere};
    let export = |name, text: String, ends| Export { name, bytes: text.into_bytes(), ends };
    let objects: Vec<Value> = (0..ROWS).map(object).collect();
    let pages: Vec<String> = objects.chunks(4).zip(1..).map(|(rows, number)| page(rows, number).to_string()).collect();
    let lines = objects.iter().map(Value::to_string).collect::<Vec<_>>();
    vec![
        export("a page", serde_json::to_string_pretty(&page(&objects, 1)).unwrap() + "\n", Nowhere),
        export("pages one after the other", pages.concat(), Nowhere),
        export("pages one a line", pages.join("\n") + "\n", Nowhere),
        export("an array of pages", format!("[{}]", pages.join(",\r\n")), Nowhere),
        export("an array of rows", format!("\u{feff}[{}]\n", lines.join(", ")), Nowhere),
        export("rows one a line", lines.join("\r\n") + "\n", BehindRows),
        export("a table of a comma", table(",", "\n", &[0, 1, 2, 3, 4, 5]), InLastCells(b',')),
        export("a table of Excel", "\u{feff}".to_owned() + &table(",", "\r\n", &[0, 2, 1, 4, 5, 3]), InLastCells(b',')),
        export("a table of semicolons", table(";", "\r\n", &[5, 4, 3, 2, 0, 1]), InLastCells(b';')),
        export("a table of tabs", table("\t", "\n", &[1, 0, 5, 3, 2, 4]), InLastCells(b'\t')),
        export("the images of a scan task", json!({ "Images": objects }).to_string(), Nowhere),
        export(
            "the images of a scan task in camelCase",
            json!({ "images": in_camel_case(&objects) }).to_string(),
            Nowhere,
        ),
        export("artifacts of Harbor", serde_json::to_string_pretty(&artifacts()).unwrap(), Nowhere),
        export("tags of Quay", json!({ "tags": tags(), "page": 1, "has_additional": false }).to_string(), Nowhere),
        export("tags of ACR", of_acr().to_string(), Nowhere),
        export("tags of OCI", json!({ "name": "library/镜像", "tags": names() }).to_string(), Nowhere),
    ]
}

/// A digest for each row, each met twice.
fn digest(row: usize) -> String {
    format!("sha256:{:02x}", row / 2) + &"5e".repeat(31)
}

fn in_camel_case(objects: &[Value]) -> Vec<Value> {
    let named = |(name, value): (&String, &Value)| {
        let (first, rest) = name.split_at(1);
        (first.to_lowercase() + rest, value.clone())
    };
    objects.iter().map(|object| object.as_object().unwrap().iter().map(named).collect()).collect()
}

fn names() -> Vec<String> {
    (0..ROWS).map(|row| format!("1.{row}-{}", "x".repeat(row))).collect()
}

/// Artifacts with two tags each, the first with one and the last without any.
fn artifacts() -> Vec<Value> {
    let artifact = |place: usize| {
        let names = names();
        let of_place: Vec<Value> = match place {
            0 => vec![json!({ "name": names[0] })],
            9 => {
                return json!({ "type": "IMAGE", "digest": digest(2 * place), "repository_name": "p/镜像/é", "tags": null });
            }
            _ => [2 * place - 1, 2 * place].iter().map(|row| json!({ "name": names[*row], "id": row })).collect(),
        };
        json!({
            "type": "IMAGE", "digest": digest(2 * place), "repository_name": "p/镜像/é", "tags": of_place,
            "extra_attrs": { "os": "linux", "config": { "Cmd": ["[", "\"]}"] } }, "references": null,
        })
    };
    (0..10).map(artifact).collect()
}

fn tags() -> Vec<Value> {
    let tag = |(row, text): (usize, String)| json!({ "name": text, "manifest_digest": digest(row), "size": 1.5e3 });
    names().into_iter().enumerate().map(tag).collect()
}

/// Tags of one repository, with the repository beside them.
fn of_acr() -> Value {
    let tag = |(row, text): (usize, String)| json!({ "Tag": text, "Digest": digest(row), "ImageSize": "4096" });
    let tags: Vec<Value> = names().into_iter().enumerate().map(tag).collect();
    json!({ "RepoId": "crr-1", "RepoName": "镜像", "RepoNamespaceName": "team", "reply": {
        "Code": "success", "Images": tags, "PageNo": 1, "PageSize": 30, "TotalCount": ROWS.to_string(),
    } })
}

/// As many as make some four kilobytes.
const ROWS: usize = 18;

/// The row at a place. Digests are met twice; texts hold characters of one to four bytes, quotes and line ends.
fn object(row: usize) -> Value {
    let registry = ["acr", "harbor", "quay"][row % 3];
    let name = ["web", "we\"b", "镜像/é", "a,b;c\td", "two\nlines", "🐳"][row % 6];
    let mut object = json!({
        "RegistryType": registry,
        "RepoNamespace": format!("team-{}", row % 4),
        "RepoName": name,
        "Tag": format!("1.{row}"),
        "Digest": digest(row),
    });
    match row % 5 {
        0 => object["LastScanTime"] = json!(1_700_000_000_000_u64 + row as u64),
        1 => object["charged"] = json!(true),
        2 => object["scannable"] = json!(!row.is_multiple_of(4)),
        3 => object["Layers"] = json!([{ "Size": 1.5e3 }, [], {}, "\\"]),
        _ => {}
    }
    object
}

fn page(rows: &[Value], number: usize) -> Value {
    json!({
        "ImageInstanceList": rows,
        "PageInfo": { "Count": rows.len(), "CurrentPage": number, "PageSize": 4.max(rows.len()), "TotalCount": ROWS },
        "RequestId": "F9353221-40F4-5F98-B73C-2803DC804033",
    })
}

/// The same rows under a header with columns in this order.
fn table(delimiter: &str, end: &str, order: &[usize]) -> String {
    const COLUMNS: [&str; 6] = ["RegistryType", "Repo Namespace", "repoName", "tag", "DIGEST", "last_scan_time"];
    const NAMES: [&str; 6] = ["RegistryType", "RepoNamespace", "RepoName", "Tag", "Digest", "LastScanTime"];
    let cell = |value: &Value| match value.as_str() {
        Some(text) if text.contains(['"', ',', ';', '\t', '\n']) => format!("\"{}\"", text.replace('"', "\"\"")),
        Some(text) => text.to_owned(),
        None if value.is_null() => String::new(),
        None => value.to_string(),
    };
    let line = |cells: Vec<String>| cells.join(delimiter) + end;
    let mut table = line(order.iter().map(|column| COLUMNS[*column].to_owned()).collect());
    for row in 0..ROWS {
        let object = object(row);
        table += &line(order.iter().map(|column| cell(&object[NAMES[*column]])).collect());
        if row == 7 {
            // Blank lines are none.
            table += end;
        }
    }
    table
}
