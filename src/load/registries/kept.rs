//! Records that are kept until more is known: all their texts in one, so that keeping fails as an error where memory
//! runs out.

use crate::error::Error;
use crate::field::Field;
use crate::record::Record;

/// Records, one after the other.
#[derive(Debug, Default)]
pub(super) struct Kept {
    texts: String,
    records: Vec<One>,
}

#[derive(Debug)]
struct One {
    start: usize,
    /// How long each text is, where there is one.
    lengths: [Option<u32>; 8],
    charged: Option<bool>,
    scannable: Option<bool>,
    last_scan_time: Option<i64>,
}

impl Kept {
    pub(super) fn len(&self) -> u32 {
        self.records.len() as u32
    }

    pub(super) fn push(&mut self, record: &Record<'_>) -> Result<(), Error> {
        let full = |_| Error::out_of_memory("keeping rows for their repository");
        let start = self.texts.len();
        let mut lengths = [None; 8];
        for (field, length) in Field::ALL.into_iter().zip(&mut lengths) {
            if let Some(text) = record.get(field) {
                self.texts.try_reserve(text.len()).map_err(full)?;
                self.texts.push_str(text);
                *length = u32::try_from(text.len()).ok();
            }
        }
        self.records.try_reserve(1).map_err(full)?;
        let Record { charged, scannable, last_scan_time, .. } = *record;
        self.records.push(One { start, lengths, charged, scannable, last_scan_time });
        Ok(())
    }

    /// One text of a record.
    pub(super) fn text(&self, index: u32, field: Field) -> Option<&str> {
        let one = self.records.get(index as usize)?;
        let before = one.lengths.iter().take(field.index()).flatten();
        let start = one.start + before.map(|length| *length as usize).sum::<usize>();
        self.texts.get(start..start + (*one.lengths.get(field.index())?)? as usize)
    }

    pub(super) fn get(&self, index: u32) -> Option<Record<'_>> {
        let one = self.records.get(index as usize)?;
        let mut record = Record::default();
        record.charged = one.charged;
        record.scannable = one.scannable;
        record.last_scan_time = one.last_scan_time;
        let mut at = one.start;
        for (field, length) in Field::ALL.into_iter().zip(one.lengths) {
            let Some(length) = length else { continue };
            let end = at + length as usize;
            record.fill(field, self.texts.get(at..end)?);
            at = end;
        }
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    #[test]
    fn records_come_back_as_they_were_kept() {
        let mut kept = Kept::default();
        for index in 0..100 {
            let mut record = Record::default();
            record.charged = Some(index % 2 == 0);
            record.last_scan_time = Some(index);
            for field in Field::ALL.into_iter().skip(index as usize % 9) {
                record.set_text(field, Cow::Owned(format!("{index} {field:?} é")));
            }
            kept.push(&record).unwrap();
        }
        for index in 0..100 {
            let record = kept.get(index).unwrap();
            assert_eq!((record.charged, record.last_scan_time), (Some(index % 2 == 0), Some(index.into())));
            for (place, field) in Field::ALL.into_iter().enumerate() {
                let text = (place >= index as usize % 9).then(|| format!("{index} {field:?} é"));
                assert_eq!(record.text(field), text.as_deref());
                assert_eq!(kept.text(index, field), text.as_deref());
            }
        }
        assert!(kept.len() == 100 && kept.get(100).is_none());
    }
}
