//! Where the values of a dictionary lie: texts one after the other, or digests of 32 bytes each.

use std::collections::TryReserveError;

use super::chunked::Chunked;
use super::digest;
use crate::bytes::append;
use crate::error::Error;
use crate::flat::{Reader, Writer, damaged, ensure, full};

/// Values by code. Code 0 is the empty value.
pub(super) enum Values {
    Texts(Texts),
    Digests(Digests),
}

impl Values {
    pub(super) fn texts() -> Self {
        Values::Texts(Texts::default())
    }

    pub(super) fn digests() -> Self {
        Values::Digests(Digests::default())
    }

    /// How many there are, the empty one included.
    pub(super) fn len(&self) -> usize {
        match self {
            Values::Texts(texts) => texts.bounds.len() - 1,
            Values::Digests(digests) => digests.keys.len() + 1,
        }
    }

    /// The value of a code; the empty one where there is no such code.
    #[inline]
    pub(super) fn get(&self, code: u32) -> &[u8] {
        match self {
            Values::Texts(texts) => texts.get(code),
            Values::Digests(digests) => digests.get(code),
        }
    }

    /// The values of some codes, each in the place of its code.
    pub(super) fn get_all<'v, const MOST: usize>(&'v self, codes: &[u32], values: &mut [&'v [u8]; MOST]) {
        match self {
            Values::Texts(texts) => texts.get_all(codes, values),
            Values::Digests(digests) => {
                values.iter_mut().zip(codes).for_each(|(value, code)| *value = digests.get(*code));
            }
        }
    }

    /// Adds a value, which gets the next code.
    pub(super) fn push(&mut self, value: &[u8]) -> Result<(), TryReserveError> {
        match self {
            Values::Texts(texts) => texts.push(value),
            Values::Digests(digests) => digests.push(value),
        }
    }

    pub(super) fn save(&self, writer: &mut Writer) {
        match self {
            Values::Texts(texts) => texts.save(writer),
            Values::Digests(digests) => digests.save(writer),
        }
    }

    pub(super) fn restore_texts(reader: &mut Reader) -> Result<Self, Error> {
        let texts = Texts::restore(reader)?;
        let text = str::from_utf8(&texts.bytes).map_err(|_| damaged())?;
        ensure(texts.parts().1.iter().all(|end| text.is_char_boundary(*end as usize)))?;
        Ok(Values::Texts(texts))
    }

    pub(super) fn restore_digests(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Values::Digests(Digests::restore(reader)?))
    }
}

/// Texts of any length.
pub(super) struct Texts {
    bytes: Vec<u8>,
    /// Where in `bytes` the value of each code begins, and where the last one ends.
    bounds: Vec<u32>,
}

impl Default for Texts {
    fn default() -> Self {
        Self { bytes: Vec::new(), bounds: vec![0, 0] }
    }
}

impl Texts {
    /// All texts one after the other, and where each ends, from code 1 on.
    pub(super) fn parts(&self) -> (&[u8], &[u32]) {
        (&self.bytes, self.bounds.get(2..).unwrap_or_default())
    }

    #[inline]
    pub(super) fn get(&self, code: u32) -> &[u8] {
        let Some([start, end, ..]) = self.bounds.get(code as usize..) else { return &[] };
        self.bytes.get(*start as usize..*end as usize).unwrap_or_default()
    }

    fn get_all<'v, const MOST: usize>(&'v self, codes: &[u32], values: &mut [&'v [u8]; MOST]) {
        // All bounds are asked for before the first are looked at.
        let mut starts = [0; MOST];
        for (start, code) in starts.iter_mut().zip(codes) {
            *start = self.bounds.get(*code as usize).copied().unwrap_or(0);
        }
        for ((value, code), start) in values.iter_mut().zip(codes).zip(starts) {
            let end = self.bounds.get(*code as usize + 1).copied().unwrap_or(0);
            *value = self.bytes.get(start as usize..end as usize).unwrap_or_default();
        }
    }

    pub(super) fn push(&mut self, value: &[u8]) -> Result<(), TryReserveError> {
        // Offsets have 32 bits: to ask for more than there can be is an error of the same kind.
        let end = u32::try_from(self.bytes.len() + value.len());
        self.bytes.try_reserve(if end.is_ok() { 0 } else { usize::MAX })?;
        self.bounds.try_reserve(1)?;
        append(value, &mut self.bytes)?;
        self.bounds.extend(end);
        Ok(())
    }

    fn save(&self, writer: &mut Writer) {
        writer.bytes(&self.bytes);
        writer.u32s(self.parts().1);
    }

    /// Texts of which none is empty, as those with a code are not.
    fn restore(reader: &mut Reader) -> Result<Self, Error> {
        let bytes = reader.bytes()?;
        let bounds = reader.u32s_behind(&[0, 0])?;
        let ends = bounds.get(1..).unwrap_or_default();
        let ascending = ends.windows(2).all(|ends| ends.is_sorted_by(|end, next| end < next));
        ensure(ascending && ends.last().map_or(0, |end| *end as usize) == bytes.len())?;
        Ok(Self { bytes, bounds })
    }
}

/// The 32 bytes of SHA-256 digests. What else stands in the place of a digest is kept as a text.
#[derive(Default)]
pub(super) struct Digests {
    /// The digest of each code from 1 on; or the mark and the code of a text.
    keys: Chunked<[u8; digest::BYTES]>,
    pub(super) texts: Texts,
    /// The code of each text.
    codes_of_texts: Vec<u32>,
}

/// Begins the key of what is kept as a text. No digest that begins so is known; one would be kept as a text too.
const MARK: [u8; 24] = [0xff; 24];

impl Digests {
    /// The keys in the order of their codes from 1 on, in pieces.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[[u8; digest::BYTES]]> {
        self.keys.chunks()
    }

    /// All in the order of their codes from 1 on.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.keys.iter().map(|key| self.value(key))
    }

    /// What is kept as a text, with its code.
    pub(super) fn texts(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.codes_of_texts.iter().zip(1..).map(|(code, text)| (*code, self.texts.get(text)))
    }

    #[inline]
    fn get(&self, code: u32) -> &[u8] {
        let key = (code as usize).checked_sub(1).and_then(|place| self.keys.get(place));
        key.map_or(b"", |key| self.value(key))
    }

    /// The value that a key is, or stands for.
    #[inline]
    pub(super) fn value<'a>(&'a self, key: &'a [u8; digest::BYTES]) -> &'a [u8] {
        // Nearly every key is told from the mark by its first byte, without a call that compares.
        if key.first() != MARK.first() {
            return key;
        }
        match key.strip_prefix(&MARK) {
            None => key,
            Some(text) => self.texts.get(text.try_into().map_or(0, u64::from_le_bytes) as u32),
        }
    }

    fn push(&mut self, value: &[u8]) -> Result<(), TryReserveError> {
        if let Ok(key) = value.try_into()
            && !value.starts_with(&MARK)
        {
            return self.keys.push(key);
        }
        self.codes_of_texts.try_reserve(1)?;
        self.texts.push(value)?;
        self.codes_of_texts.push(self.keys.len() as u32 + 1);
        let text = (self.texts.bounds.len() as u64 - 2).to_le_bytes();
        let mut key = [0xff; digest::BYTES];
        for (byte, of_text) in key.iter_mut().skip(MARK.len()).zip(text) {
            *byte = of_text;
        }
        self.keys.push(key)
    }

    fn save(&self, writer: &mut Writer) {
        writer.count(self.keys.len());
        self.keys.chunks().for_each(|keys| writer.blocks(keys.as_flattened()));
        self.texts.save(writer);
    }

    /// Keys and texts as digests are read from an export: each text stands behind one key, in the same order.
    fn restore(reader: &mut Reader) -> Result<Self, Error> {
        let (mut keys, mut texts, mut codes_of_texts) = (Chunked::default(), 0u64, Vec::new());
        let count = reader.count(digest::BYTES as u64)?;
        reader.pieces(count * digest::BYTES as u64, &mut |bytes| {
            let (read, _) = bytes.as_chunks();
            let codes = keys.len() as u32 + 1..;
            // Nearly every key is told from the mark by its first byte.
            let marked = codes.zip(read).filter(|(_, key)| key.first() == MARK.first());
            for (code, number) in marked.filter_map(|(code, key)| Some((code, key.strip_prefix(&MARK)?))) {
                texts += 1;
                ensure(number == texts.to_le_bytes())?;
                codes_of_texts.try_reserve(1).map_err(|_| full())?;
                codes_of_texts.push(code);
            }
            keys.extend(read).map_err(|_| full())
        })?;
        let digests = Self { keys, texts: Texts::restore(reader)?, codes_of_texts };
        ensure(digests.texts.parts().1.len() as u64 == texts)?;
        let (mut text, mut key) = (String::new(), Vec::new());
        for value in (1..=texts).map(|number| digests.texts.get(number as u32)) {
            text.try_reserve(value.len() + 64).and_then(|()| key.try_reserve(value.len() + 2)).map_err(|_| full())?;
            digest::read_key(value, &mut text);
            key.clear();
            digest::write_given_key(&text, &mut key);
            ensure(key == value && (key.len() != digest::BYTES || key.starts_with(&MARK)))?;
        }
        Ok(digests)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_any_kind_keep_their_codes() {
        let long = vec![7; 300];
        let samples: [&[u8]; 6] = [&[1; 32], &[0xff; 32], b"\xffshort", &long, &[0xff; 24], &[2; 32]];
        for mut values in [Values::texts(), Values::digests()] {
            for sample in samples {
                values.push(sample).unwrap();
            }
            assert_eq!(values.len(), 7);
            assert!((1..).zip(samples).all(|(code, sample)| values.get(code) == sample));
            if let Values::Digests(digests) = &values {
                assert!(digests.iter().eq(samples));
                let texts = (1..).zip(samples).filter(|(_, sample)| sample.len() != 32 || sample.starts_with(&MARK));
                assert!(digests.texts().eq(texts));
            }
            assert_eq!([values.get(0), values.get(7)], [b"", b""]);
        }
    }
}
