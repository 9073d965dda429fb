//! An inventory and filters that the input describes, written as an export, cut, loaded and asked: against the oracle.
#![no_main]

#[path = "../tests/support/native.rs"]
mod native;
#[path = "../tests/oracle/mod.rs"]
mod oracle;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/worlds/mod.rs"]
mod worlds;

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

use oracle::Row;
use worlds::{CYCLE_START, RULES, World, answer_of, values};

fuzz_target!(|data: &[u8]| {
    let mut input = Unstructured::new(data);
    let _ = ask(&mut input);
});

fn ask(input: &mut Unstructured<'_>) -> Result<()> {
    let mut world = World {
        style: input.arbitrary()?,
        rule: input.choose_index(RULES.len())?,
        with_cycle: input.arbitrary()?,
        piece: input.int_in_range(1..=300)?,
        rows: Vec::new(),
        wanted: Default::default(),
    };
    let filters = input.int_in_range(1..=4)?;
    let as_table: bool = input.arbitrary()?;
    for _ in 0..input.int_in_range(0..=120)? {
        let row = row(input)?;
        // One without any text is left out, which the other target sees to.
        if row.fields.iter().any(|text| !text.is_empty()) {
            world.rows.push(row);
        }
    }
    let text = if as_table { world.csv() } else { world.json() };
    let loaded = native::load(&text, &world.load_options(), world.piece).expect("the export is one");
    for _ in 0..filters {
        for field in 0..8 {
            let wanted = &mut world.wanted[field];
            wanted.clear();
            for _ in 0..input.int_in_range(0..=3)? {
                let value = if input.ratio(1, 4)? { free_text(input)? } else { known_value(input, field)? };
                if !value.is_empty() && !wanted.contains(&value) {
                    wanted.push(value);
                }
            }
        }
        let found = native::ask(&loaded, &world.filter(), &Value::Null).expect("the filter is one").estimate;
        let expected = oracle::answer(&world.rows, &world.wanted, &world.oracle_rule());
        assert_eq!(answer_of(&found), expected, "{world:?}");
    }
    Ok(())
}

fn row(input: &mut Unstructured<'_>) -> Result<Row> {
    let mut fields: [String; 8] = Default::default();
    for (field, text) in fields.iter_mut().enumerate() {
        *text = match input.int_in_range(0..=9)? {
            0 => String::new(),
            1 if field == 5 || field == 7 => free_text(input)?,
            _ => known_value(input, field)?,
        };
    }
    Ok(Row {
        fields,
        charged: input.arbitrary()?,
        scannable: input.ratio(7, 8)?,
        last_scan_time: match input.int_in_range(0..=3)? {
            0 => Some(CYCLE_START - 1),
            1 => Some(CYCLE_START),
            _ => None,
        },
    })
}

fn known_value(input: &mut Unstructured<'_>, field: usize) -> Result<String> {
    Ok(input.choose(&values(field))?.clone())
}

/// Any text that a filter can name: without commas, and without blanks around it.
fn free_text(input: &mut Unstructured<'_>) -> Result<String> {
    let text: &str = input.arbitrary()?;
    let text: String = text.chars().filter(|c| !matches!(c, ',' | '\u{feff}')).take(40).collect();
    Ok(text.trim().to_owned())
}
