//! Pages without a total, of which each says whether another one follows.

use crate::error::Error;
use crate::limits::MAX_LINKED_PAGES;

/// By number: how many pages another one said would follow, and how many came.
#[derive(Debug, Default)]
pub(super) struct LinkedPages(Vec<(u32, u32)>);

impl LinkedPages {
    /// A page without a total told its number, and whether another one follows.
    pub(super) fn add(&mut self, number: u32, is_followed: bool) -> Result<(), Error> {
        let follows = is_followed.then_some((number.saturating_add(1), (1, 0)));
        for (number, (by_follows, by_came)) in std::iter::once((number, (0, 1))).chain(follows) {
            let place = (number as usize).min(MAX_LINKED_PAGES);
            if self.0.len() <= place {
                self.0.try_reserve(MAX_LINKED_PAGES).map_err(|_| Error::out_of_memory("counting the pages"))?;
                self.0.resize(place + 1, (0, 0));
            }
            if let Some((follows, came)) = self.0.get_mut(place) {
                *follows = follows.saturating_add(by_follows);
                *came = came.saturating_add(by_came);
            }
        }
        Ok(())
    }

    /// How many pages did not come that another one said would follow, or that must stand before one that came.
    pub(super) fn missing(&self) -> u32 {
        let missing = self.0.iter().enumerate().map(|(number, (follows, came))| match follows {
            0 if number > 1 => u32::from(*came > 0),
            _ => follows.saturating_sub(*came),
        });
        missing.fold(0, u32::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_must_follow_is_missed() {
        let missing = |pages: &[(u32, bool)]| {
            let mut linked = LinkedPages::default();
            pages.iter().for_each(|(number, is_followed)| linked.add(*number, *is_followed).unwrap());
            linked.missing()
        };
        assert_eq!(missing(&[(1, false)]), 0);
        assert_eq!(missing(&[(1, true)]), 1);
        assert_eq!(missing(&[(2, false), (1, true)]), 0);
        assert_eq!(missing(&[(1, true), (1, true), (2, false)]), 1);
        assert_eq!(missing(&[(1, false), (3, false)]), 1);
        assert_eq!(missing(&[(1, true), (2, false), (2, false)]), 0);
        assert_eq!(missing(&[(4095, true)]), 2);
        assert_eq!(missing(&[(1, true), (u32::MAX, true)]), 1);
    }
}
