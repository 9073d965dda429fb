//! Rows in the order of their values: a field → all rows, those without a value first, then value by value in the order
//! of the texts' bytes.
//!
//! The distinct values are sorted, and their rows put behind each other: rows themselves are never compared.

use std::collections::TryReserveError;

use super::dictionary::ABSENT;
use super::rows_of::RowsOf;
use super::{Inventory, digest};
use crate::error::Error;
use crate::field::Field;

/// Bytes of texts that are compared as one number. An eighth one says how many of them there are.
const CHUNK: usize = 7;
/// In its place: more follow.
const MORE: u64 = CHUNK as u64 + 1;

impl Inventory {
    /// All rows in the order of their values of a field; rows with the same value in their own order.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub(crate) fn rows_by(&self, field: Field) -> Result<Vec<u32>, Error> {
        let mut rows = Vec::new();
        rows.try_reserve_exact(self.rows as usize).map_err(full)?;
        let postings = &self.column(field).postings;
        for code in std::iter::once(ABSENT).chain(self.codes_by_text(field)?) {
            match postings.rows_of(code) {
                RowsOf::Run(run) => rows.extend(run.start..run.end),
                RowsOf::Runs(runs) => runs.iter().for_each(|run| rows.extend(run.start..run.end)),
                RowsOf::List(list) => rows.extend_from_slice(list),
                RowsOf::Set(set) => rows.extend(set.rows()),
            }
        }
        Ok(rows)
    }

    /// The codes of all values of a field in the order of the values' texts.
    fn codes_by_text(&self, field: Field) -> Result<Vec<u32>, Error> {
        let dictionary = &self.column(field).dictionary;
        let mut codes: Vec<u32> = Vec::new();
        codes.try_reserve_exact(dictionary.len() as usize).map_err(full)?;
        codes.extend(1..dictionary.len());
        // Ranges of codes whose texts are equal in so many chunks, and not sorted by what follows.
        let mut ranges = vec![(0..codes.len(), 0)];
        let mut keyed: Vec<[u32; 4]> = Vec::new();
        while let Some((range, chunks)) = ranges.pop() {
            let Some(codes) = codes.get_mut(range.clone()) else { continue };
            keyed.clear();
            keyed.try_reserve(codes.len()).map_err(full)?;
            keyed.extend(codes.iter().map(|code| {
                let key = chunk(field, dictionary.value(*code), chunks);
                [(key >> 32) as u32, key as u32, *code, 0]
            }));
            keyed.sort_unstable();
            codes.iter_mut().zip(&keyed).for_each(|(code, [_, _, sorted, _])| *code = *sorted);
            let mut start = range.start;
            for equal in keyed.chunk_by(|one, other| one.first_chunk::<2>() == other.first_chunk::<2>()) {
                let end = start + equal.len();
                let has_more = equal.first().is_some_and(|[_, low, ..]| u64::from(low & 0xff) == MORE);
                if has_more && equal.len() > 1 {
                    ranges.try_reserve(1).map_err(full)?;
                    ranges.push((start..end, chunks + 1));
                }
                start = end;
            }
        }
        Ok(codes)
    }
}

/// A part of a value's text as a number, by which texts that are equal before it are ordered.
fn chunk(field: Field, value: &[u8], chunks: usize) -> u64 {
    let start = chunks * CHUNK;
    if field == Field::Digest && value.len() == digest::BYTES {
        return number(start, 2 * digest::BYTES, |place| digest::digit(value, place));
    }
    let text = if field == Field::Digest { digest::text_of_key(value) } else { value };
    number(start, text.len(), |place| text.get(place).copied())
}

/// A part of a text of some length as a number, its first byte first and how many bytes it has last.
fn number(start: usize, length: usize, byte: impl Fn(usize) -> Option<u8>) -> u64 {
    let bytes = (start..start + CHUNK).fold(0, |number, place| number << 8 | u64::from(byte(place).unwrap_or(0)));
    let left = length.saturating_sub(start);
    bytes << 8 | if left > CHUNK { MORE } else { left as u64 }
}

fn full(_: TryReserveError) -> Error {
    Error::out_of_memory("sorting the rows")
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::super::InventoryBuilder;
    use super::*;
    use crate::chance::numbers;
    use crate::record::Record;

    /// Texts with long common beginnings, digests among texts like theirs, and rows without a value.
    #[test]
    fn rows_are_sorted_by_text_whatever_a_column_holds() {
        let mut random = numbers(3);
        let mut builder = InventoryBuilder::new(1);
        let beginnings = ["", "a", "a\0", "abcdefg", "abcdefgh", "abcdefgabcdefg", "6a", "\u{e9}", "sha512:"];
        for row in 0..3_000 {
            let mut record = Record::default();
            record.set_text(Field::RepoId, Cow::Owned(format!("r{row}")));
            for field in [Field::RepoName, Field::Tag, Field::Digest] {
                let text = beginnings[random(9) as usize].to_owned() + ["", "z", "z1"][random(3) as usize];
                let text = if field == Field::Digest && random(2) == 0 {
                    format!("{:064x}", u128::from(random(500)) << random(128))
                } else {
                    text
                };
                record.set_text(field, Cow::Owned(text));
            }
            builder.push(&record).unwrap();
        }
        let (inventory, _) = builder.finish(&[Field::Digest]).unwrap();
        for field in [Field::RepoName, Field::Tag, Field::Digest, Field::RegionId] {
            let codes = inventory.row_codes(field).unwrap();
            let mut text = String::new();
            let mut expected: Vec<(String, u32)> = (0..inventory.images())
                .map(|row| {
                    inventory.value_text(field, codes[row as usize], &mut text);
                    (text.clone(), row)
                })
                .collect();
            expected.sort();
            let sorted = inventory.rows_by(field).unwrap();
            assert!(sorted.iter().eq(expected.iter().map(|(_, row)| row)), "{field:?}");
        }
        // Some rows, in no order, and some twice.
        let rows: Vec<u32> = (0..200).map(|_| random(inventory.images())).collect();
        for field in Field::ALL {
            let all = inventory.row_codes(field).unwrap();
            let some = inventory.codes_of_some(field, &rows).unwrap();
            assert!(rows.iter().map(|row| all[*row as usize]).eq(some), "{field:?}");
        }
    }
}
