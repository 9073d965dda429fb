use scan_precheck::*;
use scan_precheck::estimate::FacetOptions;
use scan_precheck::sql::*;
use serde_json::{json, Value};
struct R(u64);
impl R { fn n(&mut self, n: usize) -> usize { self.0 ^= self.0 << 13; self.0 ^= self.0 >> 7; self.0 ^= self.0 << 17; (self.0 >> 11) as usize % n } }
fn main() {
    let n: u64 = std::env::args().nth(1).map_or(100, |n| n.parse().unwrap());
    let pools: [&[&str]; 8] = [
        &["acr", "harbor", "CI/CD", "it's"], &["cn-hangzhou", "é", "${x}", " cn-hangzhou "], &["i-1", "i\\2", "", "\u{a0}i-1\t"],
        &["a", "A", "b", "N/A", "\"q\"", "`t`"], &["crr-1", "crr-2", ""], &["centos", "%", "_", "\\'", "名前", "--x"],
        &["sha256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "SHA256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "d1", "D1", "n/a", "sha256:", "sha256:6a5e****", ""],
        &["latest", "1.0", " latest", "v;1", ""],
    ];
    for seed in 1..=n {
        let mut r = R(seed.wrapping_mul(0x9E3779B97F4A7C15) | 1);
        for _ in 0..5 { r.n(2); }
        let rows: Vec<Value> = (0..r.n(25) + 1).map(|_| {
            let mut row = serde_json::Map::new();
            for f in Field::ALL { let p = pools[f.index()]; if (seed % 5 == 0 && f == Field::Digest) || (seed % 5 > 0 && r.n(5) > 0) { row.insert(f.column_name().into(), p[r.n(p.len())].into()); } }
            match r.n(6) { 0 => { row.insert("Charged".into(), true.into()); } 1 => { row.insert("Charged".into(), false.into()); } _ => {} }
            match r.n(4) { 0 => { row.insert("LastScanTime".into(), 500.into()); } 1 => { row.insert("LastScanTime".into(), 1500.into()); } 2 => { row.insert("LastScanTime".into(), 0.into()); } _ => {} }
            if r.n(8) == 0 { row.insert("Scannable".into(), (r.n(2) == 0).into()); }
            Value::Object(row)
        }).collect();
        let count_by = ["digest", "repositoryDigest", "repositoryTag", "image"][r.n(4)];
        let cycle = (r.n(2) == 0).then_some(1000);
        let mut filter = vec![];
        for f in Field::ALL { if r.n(4) == 0 { let p = pools[f.index()]; let v: Vec<&str> = (0..r.n(3) + 1).map(|_| p[r.n(p.len())]).collect(); filter.push((f.js_name(), v.join(","))); } }
        let input = |question: Option<&str>, field: Option<Field>, dialect: &str, bound: bool| {
            let t = |s: &str| Input::Text(s.into());
            let mut o = vec![("dialect".to_string(), t(dialect)), ("table".into(), t("images")), ("chargeModel".into(), Input::Object(vec![("countBy".into(), t(count_by))])), ("parameters".into(), Input::Bool(bound))];
            if let Some(c) = cycle { o.push(("cycleStart".into(), Input::Number(c as f64))); }
            if let Some(q) = question { o.push(("question".into(), t(q))); }
            if let Some(f) = field { o.push(("field".into(), t(f.js_name()))); }
            SqlOptions::from_input(Input::Object(o)).unwrap()
        };
        let model = ChargeModel::from_input(Input::Object(vec![("countBy".into(), Input::Text(count_by.into()))]), cycle.map_or(Input::Absent, |c| Input::Number(c as f64))).unwrap();
        let mut l = InventoryLoader::with_seed(LoadOptions::default(), seed);
        if l.push(serde_json::to_string(&rows).unwrap().as_bytes()).is_err() || l.end_source().is_err() { continue }
        let Ok((e, _)) = l.finish(model) else { continue };
        let f = Filter::from_pairs(filter.iter().map(|(k, v)| (*k, v.as_str()))).unwrap();
        let est = e.estimate(&f, &EstimateOptions::default()).unwrap();
        let field = Field::ALL[r.n(8)];
        let fac = e.facets(&f, &FacetOptions::new(field).with_limit(50)).unwrap();
        let mut sql = serde_json::Map::new();
        for (name, _) in Dialect::ALL { for bound in [false, true] {
            let q = |q: Option<&str>, fd| { let s = to_sql(&f, &input(q, fd, name, bound)).unwrap(); json!([s.text, s.parameters]) };
            sql.insert(format!("{name}{}", if bound { "?" } else { "" }), json!([q(None, None), q(Some("explain"), None), q(Some("facets"), Some(field)), q(Some("chargedDigests"), None)]));
        } }
        println!("{}", json!({"seed": seed, "rows": rows, "countBy": count_by, "cycle": cycle, "filter": filter, "estimate": [est.images, est.quota, est.free.duplicates, est.free.charged, est.unknown_digest, est.not_scannable], "field": field.js_name(), "facets": fac, "sql": sql}));
    }
}
