//! Lists by number, without a panic where a number is past the end: there nothing is found, and nothing is changed.

/// What stands at a place.
#[inline]
pub(super) fn at<T: Copy + Default>(list: &[T], place: u32) -> T {
    list.get(place as usize).copied().unwrap_or_default()
}

/// Changes what stands at a place.
#[inline]
pub(super) fn change<T>(list: &mut [T], place: u32, change: impl FnOnce(&mut T)) {
    if let Some(item) = list.get_mut(place as usize) {
        change(item);
    }
}

/// Texts in one, with something between.
pub(super) fn listed(texts: impl Iterator<Item = impl AsRef<str>>, between: &str) -> String {
    let mut list = String::new();
    for (place, text) in texts.enumerate() {
        list.push_str(if place == 0 { "" } else { between });
        list.push_str(text.as_ref());
    }
    list
}

/// One list of numbers for each of some numbers, in one list.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Where each list ends; it starts where the one before ends.
    ends: Vec<u32>,
    members: Vec<u32>,
}

impl Lists {
    /// Adds a list behind the others.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.members.extend(list);
        self.ends.push(self.members.len() as u32);
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// All members, list by list.
    pub(super) fn members(&self) -> &[u32] {
        &self.members
    }

    /// The members of a list.
    #[inline]
    pub(super) fn of(&self, place: u32) -> &[u32] {
        let start = if place == 0 { 0 } else { at(&self.ends, place - 1) };
        self.members.get(start as usize..at(&self.ends, place) as usize).unwrap_or_default()
    }

    /// The lists in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.len()).map(|place| self.of(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found_by_number() {
        let mut lists = Lists::default();
        for list in [[1, 2].as_slice(), &[], &[3]] {
            lists.push(list.iter().copied());
        }
        assert_eq!(lists.iter().collect::<Vec<_>>(), [[1, 2].as_slice(), &[], &[3]]);
        assert_eq!((lists.len(), lists.of(2), lists.of(3)), (3, [3].as_slice(), [].as_slice()));
        let mut list = [1, 2];
        change(&mut list, 1, |number| *number += 5);
        change(&mut list, 2, |number| *number += 5);
        assert_eq!([at(&list, 0), at(&list, 1), at(&list, 2)], [1, 7, 0]);
    }
}
