//! Charge models of documents as flat arrays, and back.

use super::{Cost, Cycle, Date, ModelDocument, Units};
use crate::error::Error;
use crate::estimate::charge_model::ChargeModel;
use crate::flat::{Reader, Writer, damaged, ensure};
use crate::limits::{MAX_ASSUMPTIONS, MAX_COST, MAX_MODEL_TEXT, MAX_TIME};

const NO_CYCLE: u64 = 0;
const FOREVER: u64 = 1;
const MONTHLY: u64 = 2;

/// The most by which a clock is before or behind UTC.
const MAX_OFFSET: i32 = 14 * 60;

impl ModelDocument {
    /// Saves all but what the charge model says that was taken from it.
    pub(crate) fn save(&self, writer: &mut Writer) {
        let Date { year, month, day } = self.date;
        writer.numbers([year as u64, month.into(), day.into(), 0]);
        let (kind, from_day, offset) = match self.cycle {
            Cycle::None => (NO_CYCLE, 0, 0),
            Cycle::Forever => (FOREVER, 0, 0),
            Cycle::Monthly { from_day, utc_offset_minutes } => (MONTHLY, from_day, utc_offset_minutes),
        };
        writer.numbers([kind, from_day.into(), i64::from(offset) as u64, 0]);
        writer.numbers([self.cost.first.millionths(), self.cost.repeat.millionths(), 0, 0]);
        writer.bytes(self.name.as_bytes());
        writer.bytes(self.source.as_bytes());
        writer.count(self.assumptions.len());
        self.assumptions.iter().for_each(|assumption| writer.bytes(assumption.as_bytes()));
    }

    /// A document as it was saved, that a charge model was taken from.
    pub(crate) fn restore(reader: &mut Reader, model: &ChargeModel) -> Result<Self, Error> {
        let date = match reader.numbers()? {
            [year @ 0..=9999, month @ 0..=12, day @ 0..=31, 0] => Date::new(year as i64, month as u8, day as u8),
            _ => None,
        };
        let cycle = match reader.numbers()? {
            [NO_CYCLE, 0, 0, 0] => Cycle::None,
            [FOREVER, 0, 0, 0] => Cycle::Forever,
            [MONTHLY, from_day @ 1..=28, offset, 0] => {
                let offset = i32::try_from(offset as i64).map_err(|_| damaged())?;
                ensure((-MAX_OFFSET..=MAX_OFFSET).contains(&offset))?;
                Cycle::Monthly { from_day: from_day as u8, utc_offset_minutes: offset }
            }
            _ => return Err(damaged()),
        };
        let cost = match reader.numbers()? {
            [first, repeat, 0, 0] => Cost { first: Units::of_millionths(first), repeat: Units::of_millionths(repeat) },
            _ => return Err(damaged()),
        };
        ensure(cost.first.max(cost.repeat) <= Units::whole(MAX_COST))?;
        let (name, source) = (text(reader)?, text(reader)?);
        let count = reader.count(1)?;
        ensure(count <= MAX_ASSUMPTIONS as u64)?;
        let assumptions = (0..count).map(|_| text(reader)).collect::<Result<_, _>>()?;
        let ChargeModel { count_by, charged_by, cycle_start } = *model;
        let date = date.ok_or_else(damaged)?;
        let document = Self { name, date, source, count_by, charged_by, cycle, cost, assumptions };
        document.check().map_err(|_| damaged())?;
        ensure(match cycle {
            Cycle::None => cycle_start.is_none(),
            Cycle::Forever => cycle_start == Some(-MAX_TIME as i64),
            Cycle::Monthly { .. } => true,
        })?;
        Ok(document)
    }
}

/// A text that a document may have.
fn text(reader: &mut Reader) -> Result<String, Error> {
    let text = reader.text()?;
    ensure(!text.trim().is_empty() && text.chars().count() <= MAX_MODEL_TEXT)?;
    Ok(text)
}
