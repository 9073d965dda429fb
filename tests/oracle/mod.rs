//! The oracle: what an estimate must say, by plain loops over plain rows. It shares no code with the crate.
#![allow(unreachable_pub, reason = "a part of the tests that use it")]

/// The eight fields of an image, in the order of the operation's reference; absent is empty.
pub type Fields = [String; 8];
pub const DIGEST: usize = 6;

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
    let rows = without_repetitions(rows);
    let mut answer = Answer::default();
    for (field, values) in wanted.iter().enumerate() {
        for value in values {
            if !rows.iter().any(|row| &row.fields[field] == value) {
                answer.unmatched.push((field, value.clone()));
            }
        }
    }
    let mut counted: Vec<&Row> = Vec::new();
    for row in &rows {
        let matches = (0..8).all(|field| wanted[field].is_empty() || wanted[field].contains(&row.fields[field]));
        if !matches {
            continue;
        }
        if !row.scannable {
            answer.not_scannable += 1;
            continue;
        }
        answer.images += 1;
        let no_digest = rule.key.contains(&DIGEST) && row.fields[DIGEST].is_empty();
        let same_key = |other: &Row| rule.key.iter().all(|field| row.fields[*field] == other.fields[*field]);
        let charged = if no_digest {
            is_charged(row, rule)
        } else {
            rows.iter().any(|other| same_key(other) && is_charged(other, rule))
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

fn is_charged(row: &Row, rule: &Rule) -> bool {
    match (row.charged, row.last_scan_time, rule.cycle_start) {
        (Some(charged), _, _) => charged,
        (None, Some(time), Some(start)) => time >= start,
        _ => false,
    }
}

/// Joins rows that are equal in all fields.
fn without_repetitions(rows: &[Row]) -> Vec<Row> {
    let mut distinct: Vec<Row> = Vec::new();
    for row in rows {
        match distinct.iter_mut().find(|known| known.fields == row.fields) {
            None => distinct.push(row.clone()),
            Some(known) => {
                known.charged = match (known.charged, row.charged) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (None, None) => None,
                    _ => Some(false),
                };
                known.scannable = known.scannable && row.scannable;
                known.last_scan_time = known.last_scan_time.into_iter().chain(row.last_scan_time).max();
            }
        }
    }
    distinct
}
