//! Flat arrays: numbers, texts and bytes one after the other, out to a sink and back from a source, under a checksum.
//!
//! All numbers are little-endian. Whatever is written fills whole blocks, with zeros behind it, so that no number
//! lies across the end of a piece that is handed on. What is read was written by anyone: a length is held to the bytes
//! that are left before it is believed.

use std::hash::Hasher;

use twox_hash::XxHash64;

use crate::error::{Error, ErrorKind};

/// The first bytes of a snapshot. No text begins so, nor does any file that is loaded.
pub(crate) const SIGNATURE: &[u8; 8] = b"\x89scanpre";

/// What is being done where memory runs out.
pub(crate) const RESTORING: &str = "restoring a snapshot";

/// Bytes of a block.
pub(crate) const BLOCK: usize = 32;

/// Bytes that are taken at a time: they are read, summed up and put in their place while they are in a near cache.
const PIECE: usize = 64 * 1024;

/// The numbers of a block.
pub(crate) type Numbers = [u64; BLOCK / 8];

/// Takes bytes, in their order.
pub(crate) trait Sink {
    fn write(&mut self, bytes: &[u8]);
}

/// Gives bytes, in their order.
pub(crate) trait Source {
    /// How many it gives in all.
    fn len(&self) -> u64;

    /// Gives the next ones, of which there are as many.
    fn read(&mut self, into: &mut [u8]);
}

/// Writes what can be read by [`Reader`].
pub(crate) struct Writer<'a> {
    /// `None` where bytes are only counted.
    sink: Option<&'a mut dyn Sink>,
    piece: Vec<u8>,
    sum: XxHash64,
    written: u64,
}

impl<'a> Writer<'a> {
    /// Counts the bytes that would be written.
    pub(crate) fn counting() -> Self {
        Self { sink: None, piece: Vec::new(), sum: XxHash64::with_seed(0), written: 0 }
    }

    pub(crate) fn new(sink: &'a mut dyn Sink) -> Result<Self, Error> {
        Ok(Self { sink: Some(sink), piece: piece("saving a snapshot")?, ..Self::counting() })
    }

    // Calls of these are many and cheap: in place they would make the module larger.
    #[inline(never)]
    pub(crate) fn numbers(&mut self, numbers: Numbers) {
        self.put(&numbers, |number| number.to_le_bytes());
    }

    /// How many items follow.
    #[inline(never)]
    pub(crate) fn count(&mut self, items: usize) {
        self.numbers([items as u64, 0, 0, 0]);
    }

    #[inline(never)]
    pub(crate) fn u32s(&mut self, numbers: &[u32]) {
        self.array(numbers, u32::to_le_bytes);
    }

    pub(crate) fn u64s(&mut self, numbers: &[u64]) {
        self.array(numbers, u64::to_le_bytes);
    }

    /// Items, each as bytes of its own.
    pub(crate) fn array<T: Copy, const SIZE: usize>(&mut self, items: &[T], bytes: impl Fn(T) -> [u8; SIZE]) {
        self.count(items.len());
        self.put(items, bytes);
    }

    #[inline(never)]
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.blocks(bytes);
    }

    /// Bytes whose number the reader knows.
    pub(crate) fn blocks(&mut self, bytes: &[u8]) {
        self.put(bytes, |byte| [byte]);
    }

    /// Writes the checksum of all that was written, and tells how many bytes it became.
    pub(crate) fn finish(mut self) -> u64 {
        let sum = self.sum.finish();
        self.numbers([sum, 0, 0, 0]);
        self.written
    }

    fn put<T: Copy, const SIZE: usize>(&mut self, items: &[T], bytes: impl Fn(T) -> [u8; SIZE]) {
        if self.sink.is_none() {
            self.written += (size_of_val(items) as u64).next_multiple_of(BLOCK as u64);
            return;
        }
        for items in items.chunks(PIECE / SIZE) {
            for (place, item) in self.piece.as_chunks_mut().0.iter_mut().zip(items) {
                *place = bytes(*item);
            }
            self.pass_on(size_of_val(items));
        }
    }

    /// Passes so many bytes on.
    #[inline(never)]
    fn pass_on(&mut self, length: usize) {
        let piece = self.piece.get_mut(..length.next_multiple_of(BLOCK)).unwrap_or_default();
        piece.iter_mut().skip(length).for_each(|padding| *padding = 0);
        self.sum.write(piece);
        self.written += piece.len() as u64;
        if let Some(sink) = &mut self.sink {
            sink.write(piece);
        }
    }
}

/// Reads what was written by [`Writer`], or by anyone.
pub(crate) struct Reader<'a> {
    source: &'a mut dyn Source,
    piece: Vec<u8>,
    sum: XxHash64,
    left: u64,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(source: &'a mut dyn Source) -> Result<Self, Error> {
        let left = source.len();
        Ok(Self { source, piece: piece(RESTORING)?, sum: XxHash64::with_seed(0), left })
    }

    /// How many bytes are left.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    #[inline(never)]
    pub(crate) fn numbers(&mut self) -> Result<Numbers, Error> {
        let mut numbers = Numbers::default();
        self.pieces(BLOCK as u64, &mut |bytes| {
            for (number, bytes) in numbers.iter_mut().zip(bytes.as_chunks().0) {
                *number = u64::from_le_bytes(*bytes);
            }
            Ok(())
        })?;
        Ok(numbers)
    }

    #[inline(never)]
    pub(crate) fn u32s(&mut self) -> Result<Vec<u32>, Error> {
        self.array(u32::from_le_bytes)
    }

    /// Numbers, behind some that were not written.
    pub(crate) fn u32s_behind(&mut self, first: &[u32]) -> Result<Vec<u32>, Error> {
        self.array_behind(first, u32::from_le_bytes)
    }

    pub(crate) fn u64s(&mut self) -> Result<Vec<u64>, Error> {
        self.array(u64::from_le_bytes)
    }

    /// Items, each made of bytes of its own.
    pub(crate) fn array<T: Copy, const SIZE: usize>(
        &mut self,
        number: impl Fn([u8; SIZE]) -> T,
    ) -> Result<Vec<T>, Error> {
        self.array_behind(&[], number)
    }

    fn array_behind<T: Copy, const SIZE: usize>(
        &mut self,
        first: &[T],
        number: impl Fn([u8; SIZE]) -> T,
    ) -> Result<Vec<T>, Error> {
        let (mut numbers, bytes) = self.list(first)?;
        self.pieces(bytes, &mut |bytes| {
            numbers.extend(bytes.as_chunks().0.iter().map(|bytes| number(*bytes)));
            Ok(())
        })?;
        Ok(numbers)
    }

    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Error> {
        let (mut list, bytes) = self.list(&[])?;
        self.pieces(bytes, &mut |bytes| {
            list.extend_from_slice(bytes);
            Ok(())
        })?;
        Ok(list)
    }

    pub(crate) fn text(&mut self) -> Result<String, Error> {
        String::from_utf8(self.bytes()?).map_err(|_| damaged())
    }

    /// Hands so many bytes to `take`, in pieces of whole blocks but for the last.
    pub(crate) fn pieces(&mut self, bytes: u64, take: &mut dyn FnMut(&[u8]) -> Result<(), Error>) -> Result<(), Error> {
        let mut rest = bytes;
        while rest > 0 {
            let length = rest.min(PIECE as u64) as usize;
            let blocks = length.next_multiple_of(BLOCK);
            let piece = self.piece.get_mut(..blocks).filter(|_| blocks as u64 <= self.left).ok_or_else(damaged)?;
            self.source.read(piece);
            self.sum.write(piece);
            self.left -= blocks as u64;
            rest -= length as u64;
            let (bytes, padding) = piece.split_at_checked(length).unwrap_or_default();
            ensure(padding.iter().all(|byte| *byte == 0))?;
            take(bytes)?;
        }
        Ok(())
    }

    /// Reads how many items of a size follow; there are as many bytes.
    pub(crate) fn count(&mut self, size: u64) -> Result<u64, Error> {
        match self.numbers()? {
            [count, 0, 0, 0] if count <= self.left / size => Ok(count),
            _ => Err(damaged()),
        }
    }

    /// Reads how many items follow, and makes room for them behind others.
    fn list<T: Copy>(&mut self, first: &[T]) -> Result<(Vec<T>, u64), Error> {
        let size = size_of::<T>() as u64;
        let count = self.count(size)?;
        let mut list = Vec::new();
        // Where 32 bits do not hold it, it cannot be had.
        let room = usize::try_from(count).ok().and_then(|count| count.checked_add(first.len()));
        list.try_reserve_exact(room.unwrap_or(usize::MAX)).map_err(|_| full())?;
        list.extend_from_slice(first);
        Ok((list, count * size))
    }

    /// Holds all that was read to the checksum that follows it, behind which nothing is left.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        let sum = self.sum.finish();
        ensure(self.numbers()? == [sum, 0, 0, 0] && self.left == 0)
    }
}

/// Room for a piece.
fn piece(doing: &str) -> Result<Vec<u8>, Error> {
    let mut piece = Vec::new();
    piece.try_reserve_exact(PIECE).map_err(|_| Error::out_of_memory(doing))?;
    piece.resize(PIECE, 0);
    Ok(piece)
}

/// What is read must be so, or else it is no snapshot any more.
#[inline(always)]
pub(crate) fn ensure(is_so: bool) -> Result<(), Error> {
    if is_so { Ok(()) } else { Err(damaged()) }
}

/// The error for what cannot have been written by [`Writer`].
#[cold]
#[inline(never)]
pub(crate) fn damaged() -> Error {
    Error::new(ErrorKind::DamagedSnapshot, "the snapshot is damaged; load the export again")
}

pub(crate) fn full() -> Error {
    Error::out_of_memory(RESTORING)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Source for &[u8] {
        fn len(&self) -> u64 {
            <[u8]>::len(self) as u64
        }

        fn read(&mut self, into: &mut [u8]) {
            let (bytes, rest) = self.split_at(into.len());
            into.copy_from_slice(bytes);
            *self = rest;
        }
    }

    /// Lists of all lengths about those of blocks and pieces, behind each other in every order of their kinds.
    #[test]
    fn what_was_written_is_read() {
        let around = |length: usize| [length - 1, length, length + 1];
        for length in
            [0, 1].into_iter().chain(around(8)).chain(around(32)).chain(around(PIECE)).chain(around(2 * PIECE))
        {
            let bytes: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let numbers: Vec<u32> = (0..length as u32 / 3).collect();
            let words: Vec<u64> = numbers.iter().map(|number| u64::from(*number) << 31).collect();
            let put = |writer: &mut Writer| {
                writer.bytes(&bytes);
                writer.u32s(&numbers);
                writer.numbers([1, 2, 3, u64::MAX]);
                writer.u64s(&words);
                writer.count(length);
                writer.blocks(&bytes);
            };
            let mut written: Vec<u8> = Vec::new();
            let mut writer = Writer::new(&mut written).unwrap();
            put(&mut writer);
            let length_written = writer.finish();
            let mut counted = Writer::counting();
            put(&mut counted);
            assert_eq!([length_written, counted.finish()], [written.len() as u64; 2]);

            let mut source = written.as_slice();
            let mut reader = Reader::new(&mut source).unwrap();
            assert_eq!(reader.bytes().unwrap(), bytes);
            assert_eq!(reader.u32s().unwrap(), numbers);
            assert_eq!(reader.numbers().unwrap(), [1, 2, 3, u64::MAX]);
            assert_eq!(reader.u64s().unwrap(), words);
            let mut rest = Vec::new();
            let count = reader.count(1).unwrap();
            reader
                .pieces(count, &mut |piece| {
                    rest.extend_from_slice(piece);
                    Ok(())
                })
                .unwrap();
            assert_eq!(rest, bytes);
            reader.finish().unwrap();
        }
    }

    /// A length that is not there makes no room for itself.
    #[test]
    fn a_length_is_held_to_what_is_left() {
        for count in [33, 1 << 20, 1 << 61, 1 << 62, u64::MAX] {
            let bytes = [count.to_le_bytes().as_slice(), &[0; 24], &[1; 12], &[0; 20]].concat();
            for outcome in [
                Reader::new(&mut bytes.as_slice()).unwrap().u64s().map(|_| ()),
                Reader::new(&mut bytes.as_slice()).unwrap().u32s().map(|_| ()),
                Reader::new(&mut bytes.as_slice()).unwrap().bytes().map(|_| ()),
                Reader::new(&mut bytes.as_slice()).unwrap().count(32).map(|_| ()),
            ] {
                assert_eq!(outcome.unwrap_err().kind(), ErrorKind::DamagedSnapshot, "{count}");
            }
        }
    }
}
