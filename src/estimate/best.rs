//! The best of many: keeps the few that come first, whatever comes.

use std::collections::BinaryHeap;

/// The first `limit` of all that were offered, in their own order.
pub(super) struct Best<T> {
    limit: usize,
    /// The last of those kept is at the top.
    kept: BinaryHeap<T>,
}

impl<T: Ord> Best<T> {
    pub(super) fn new(limit: u32) -> Self {
        Self { limit: limit as usize, kept: BinaryHeap::new() }
    }

    /// Keeps an item where it is among the first.
    #[inline]
    pub(super) fn offer(&mut self, item: T) {
        if self.kept.len() < self.limit {
            self.kept.push(item);
        } else if self.kept.peek().is_some_and(|last| item < *last)
            && let Some(mut last) = self.kept.peek_mut()
        {
            *last = item;
        }
    }

    /// The last of those kept, which an item has to come before; `None` while there is room.
    pub(super) fn last(&self) -> Option<&T> {
        self.kept.peek().filter(|_| self.kept.len() == self.limit)
    }

    /// What was kept, the first first.
    pub(super) fn into_sorted(self) -> Vec<T> {
        self.kept.into_sorted_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept() {
        let items: Vec<u32> = (0..500).map(|n| n * 7_919 % 501).collect();
        let mut sorted = items.clone();
        sorted.sort_unstable();
        for limit in [0, 1, 2, 20, 499, 500, 501] {
            let mut best = Best::new(limit);
            for (offered, item) in items.iter().enumerate() {
                best.offer(*item);
                assert_eq!(best.last().is_some(), limit > 0 && offered + 1 >= limit as usize);
            }
            assert_eq!(best.into_sorted(), sorted[..sorted.len().min(limit as usize)]);
        }
    }
}
