//! The oracle: what an estimate must say, by plain loops over plain rows. It shares no code with the crate.
#![allow(dead_code, unreachable_pub, reason = "support for several tests, of which each uses a part")]

/// The eight fields of an image, in the order of the operation's reference; absent is empty.
pub type Fields = [String; 8];
pub const DIGEST: usize = 6;
pub const TAG: usize = 7;

#[derive(Debug, Clone)]
pub struct Row {
    pub fields: Fields,
    pub charged: Option<bool>,
    pub scannable: bool,
    pub last_scan_time: Option<i64>,
}

pub struct Rule {
    /// The fields in which images that are charged once are equal.
    pub key: &'static [usize],
    pub cycle_start: Option<i64>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub images: usize,
    pub quota: usize,
    pub duplicates: usize,
    pub charged: usize,
    pub unknown_digest: usize,
    pub not_scannable: usize,
    /// Place of the field and value, for each value that no row holds.
    pub unmatched: Vec<(usize, String)>,
}

pub fn answer(rows: &[Row], wanted: &[Vec<String>; 8], rule: &Rule) -> Answer {
    let mut answer = answer_where(rows, rule, |row| matches(row, wanted));
    let rows = without_repetitions(rows, rule);
    for (field, values) in wanted.iter().enumerate() {
        for value in values {
            if !rows.iter().any(|row| &row.fields[field] == value) {
                answer.unmatched.push((field, value.clone()));
            }
        }
    }
    answer
}

/// Whether a row holds one of the values wanted in each field.
pub fn matches(row: &Row, wanted: &[Vec<String>; 8]) -> bool {
    (0..8).all(|field| wanted[field].is_empty() || wanted[field].contains(&row.fields[field]))
}

/// The answer for the rows that something else than a filter chooses, but for its unmatched values.
pub fn answer_where(rows: &[Row], rule: &Rule, chosen: impl Fn(&Row) -> bool) -> Answer {
    let rows = without_repetitions(rows, rule);
    let mut answer = Answer::default();
    let mut counted: Vec<&Row> = Vec::new();
    for row in &rows {
        if !chosen(row) {
            continue;
        }
        if !row.scannable {
            answer.not_scannable += 1;
            continue;
        }
        answer.images += 1;
        let no_digest = charge_key(row, rule).is_none();
        let same_key = |other: &Row| charge_key(row, rule) == charge_key(other, rule);
        let charged = if no_digest {
            row.charged_once(rule)
        } else {
            rows.iter().any(|other| same_key(other) && other.charged_once(rule))
        };
        if charged {
            answer.charged += 1;
        } else if no_digest {
            answer.quota += 1;
            answer.unknown_digest += 1;
        } else if counted.iter().any(|other| same_key(other)) {
            answer.duplicates += 1;
        } else {
            answer.quota += 1;
            counted.push(row);
        }
    }
    answer
}

/// What an image is charged once by, or nothing where each is charged by itself: its values in the key's
/// fields; an untagged one goes by its digest where the key asks for tags. Where the key is all fields, no two images
/// are equal in it, and nothing is assumed of any.
pub fn charge_key(row: &Row, rule: &Rule) -> Option<Vec<String>> {
    let [tag, digest] = [TAG, DIGEST].map(|field| row.fields[field].clone());
    if rule.key.len() == 8 {
        return Some(row.fields.to_vec());
    }
    let by_tag = rule.key.contains(&TAG);
    let identity = match (by_tag, tag.is_empty(), digest.is_empty()) {
        (true, false, _) => format!("tag {tag}"),
        (_, _, false) => format!("digest {digest}"),
        _ => return None,
    };
    let place = rule.key.iter().filter(|field| **field != TAG && **field != DIGEST);
    Some(place.map(|field| row.fields[*field].clone()).chain([identity]).collect())
}

impl Row {
    pub fn charged_once(&self, rule: &Rule) -> bool {
        match (self.charged, self.last_scan_time, rule.cycle_start) {
            (Some(charged), _, _) => charged,
            (None, Some(time), Some(start)) => time >= start,
            _ => false,
        }
    }
}

/// Joins rows that are equal in all fields: charged where any of them is, scannable where all are.
pub fn without_repetitions(rows: &[Row], rule: &Rule) -> Vec<Row> {
    let mut distinct: Vec<Row> = Vec::new();
    for row in rows {
        let charged = row.charged_once(rule);
        match distinct.iter_mut().find(|known| known.fields == row.fields) {
            None => distinct.push(Row { charged: Some(charged), ..row.clone() }),
            Some(known) => {
                known.charged = Some(known.charged == Some(true) || charged);
                known.scannable = known.scannable && row.scannable;
            }
        }
    }
    distinct
}
