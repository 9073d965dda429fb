//! A list that grows without moving what it holds: nothing is copied, and no second place is needed meanwhile.

use std::collections::TryReserveError;

/// Items of one chunk. The last chunk is the only one that can be partly empty.
const CHUNK: usize = 1 << 14;

/// A list of items in chunks of equal length.
#[derive(Debug)]
pub(super) struct Chunked<T> {
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Chunked<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
    }
}

impl<T> Chunked<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.chunks.get_mut(index / CHUNK)?.get_mut(index % CHUNK)
    }

    #[inline]
    pub(super) fn push(&mut self, item: T) -> Result<(), TryReserveError> {
        if self.chunks.last().is_none_or(|chunk| chunk.len() >= chunk.capacity().min(CHUNK)) {
            self.make_room()?;
        }
        if let Some(chunk) = self.chunks.last_mut() {
            chunk.push(item);
        }
        self.len += 1;
        Ok(())
    }

    /// Makes room for one item at least.
    #[inline(never)]
    fn make_room(&mut self) -> Result<(), TryReserveError> {
        if let Some(chunk) = self.chunks.last_mut()
            && chunk.len() < CHUNK
        {
            return chunk.try_reserve_exact(chunk.len().min(CHUNK - chunk.len()));
        }
        let mut chunk = Vec::new();
        // A short list is content with a short chunk.
        chunk.try_reserve_exact(if self.chunks.is_empty() { 16 } else { CHUNK })?;
        self.chunks.try_reserve(1)?;
        self.chunks.push(chunk);
        Ok(())
    }

    /// Adds items one after the other.
    pub(super) fn extend(&mut self, mut items: &[T]) -> Result<(), TryReserveError>
    where
        T: Copy,
    {
        while !items.is_empty() {
            if self.room() == 0 {
                self.make_room()?;
            }
            let (fitting, rest) = items.split_at(items.len().min(self.room()));
            let Some(chunk) = self.chunks.last_mut() else { break };
            chunk.extend_from_slice(fitting);
            self.len += fitting.len();
            items = rest;
        }
        Ok(())
    }

    /// How many items the last chunk has room for as it is.
    fn room(&self) -> usize {
        self.chunks.last().map_or(0, |chunk| chunk.capacity().min(CHUNK) - chunk.len())
    }

    /// The items in stretches of some thousands.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[T]> {
        self.chunks.iter().map(Vec::as_slice)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.chunks.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_places() {
        let mut list = Chunked::default();
        for item in 0..3 * CHUNK + 5 {
            list.push(item).unwrap();
        }
        assert_eq!(list.len(), 3 * CHUNK + 5);
        assert!(list.iter().copied().eq(0..3 * CHUNK + 5));
        assert!((0..list.len()).all(|item| list.get(item) == Some(&item)));
        *list.get_mut(CHUNK).unwrap() = 7;
        assert_eq!([list.get(CHUNK - 1), list.get(CHUNK), list.get(list.len())], [Some(&(CHUNK - 1)), Some(&7), None]);
    }
}
