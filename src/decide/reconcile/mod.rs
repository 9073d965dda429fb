//! Reconciliation: the service's own reply beside ours, and where they differ, what would make them equal.
//!
//! A rule has a few parts. Each is changed alone and together with each other one, and what comes out is compared with
//! the reply: for each rule of counting, from the times at which the keys were charged last, without an estimate for each.

mod answer;
mod keys;
mod reply;
mod times;

pub use answer::{Change, Explanation, Reconciliation};
pub use reply::ReplyCounts;

use crate::error::Error;
use crate::estimate::{CountBy, Counted, Estimator};
use crate::filter::Filter;
use crate::inventory::row_set::RowSet;
use crate::limits::MAX_EXPLANATIONS;
use crate::order::sort_by;
use keys::{Keyed, sorted};
use times::Times;

/// The most changes that are tried together.
const MOST_CHANGES: usize = 2;

impl Estimator {
    /// Compares a reply of the service with what is counted here, and where they differ, looks for the smallest change of
    /// the rule that explains it.
    ///
    /// # Errors
    ///
    /// Where memory runs out.
    pub fn reconcile(&self, filter: &Filter, reply: &ReplyCounts) -> Result<Reconciliation, Error> {
        let matched = self.matched(filter)?;
        let counts = self.counts_of(&matched);
        let ours = Counted { images: counts.images, quota: counts.quota };
        let reply = Counted { images: reply.images, quota: reply.quota };
        let equal = ours == reply;
        let explanations = if equal { Vec::new() } else { self.explanations(&matched, ours, reply)? };
        Ok(Reconciliation { equal, ours, reply, explanations })
    }

    fn explanations(&self, matched: &RowSet, ours: Counted, reply: Counted) -> Result<Vec<Explanation>, Error> {
        let inventory = self.inventory();
        let covered = RowSet::shared(&[matched, &inventory.marks().scannable], inventory.images())?;
        let mut found: Vec<Explanation> = Vec::new();
        let mut places = None;
        // No rule changes how many images there are, but for those that cannot be scanned.
        let could_be = |images: u32| images == covered.count() || images == matched.count();
        let is_possible = could_be(reply.images) || could_be(reply.quota);
        for rule in rules(self.charge_model().count_by).filter(|_| is_possible) {
            let keyed = match rule {
                None => Keyed::AsGrouped,
                Some(CountBy::Image) => Keyed::EachAlone,
                Some(count_by) => sorted(inventory, count_by, &mut places)?,
            };
            let sets = [&covered, matched];
            let times = Times::find(inventory, &keyed, self.charge_model().charged_by, sets)?;
            if let Keyed::Sorted { places: Some(known), .. } = keyed {
                places = Some(known);
            }
            for (place, (set, times)) in sets.into_iter().zip(&times).enumerate() {
                let images = set.count();
                // Where every image can be scanned, both sets are one.
                if place == 1 && images == ours.images {
                    continue;
                }
                let mut changes: Vec<Change> = rule.map(Change::CountBy).into_iter().collect();
                changes.extend((place == 1).then_some(Change::NotScannableCounted));
                for swapped in [false, true] {
                    let (their_images, their_quota) =
                        if swapped { (reply.quota, reply.images) } else { (reply.images, reply.quota) };
                    if their_images != images || (swapped && their_images == their_quota) {
                        continue;
                    }
                    let mut changes = changes.clone();
                    changes.extend(swapped.then_some(Change::Swapped));
                    self.explain_charges(times, their_quota, &changes, &mut found);
                }
            }
        }
        let mut explanations = smallest(found);
        explanations.truncate(MAX_EXPLANATIONS);
        let by = |theirs: u32, ours: u32| i64::from(theirs) - i64::from(ours);
        explanations.push(if ours.images == reply.images {
            Explanation::new(vec![Change::OtherCharges(by(reply.quota, ours.quota))], false)
        } else {
            Explanation::new(vec![Change::OtherInventory(by(reply.images, ours.images))], false)
        });
        Ok(explanations)
    }

    /// Adds the changes of what is charged that make the quota come out, beside others.
    fn explain_charges(&self, times: &Times, quota: u32, others: &[Change], found: &mut Vec<Explanation>) {
        let start = self.charge_model().cycle_start;
        let mut explain = |change: Option<Change>| {
            let changes: Vec<Change> = others.iter().copied().chain(change).collect();
            if changes.len() <= MOST_CHANGES {
                found.push(Explanation::new(changes, true));
            }
        };
        if times.consuming(start) == quota {
            // Whatever else would be changed is not needed.
            return explain(None);
        }
        if start.is_some() && times.consuming(None) == quota {
            explain(Some(Change::NoCycleStart));
        }
        if times.keys() == quota {
            explain(Some(Change::NothingCharged));
        }
        // Without the latest of the starts the cycle has none, which is told above.
        if let Some(starts) = times.starts_for(quota).filter(|starts| starts.up_to.is_some())
            && !starts.hold(start)
            && let Some(nearest) = starts.nearest(start)
        {
            explain(Some(Change::CycleStart { after: starts.after, up_to: starts.up_to, nearest }));
        }
    }
}

/// The rules of counting: that of the inventory, then all others.
fn rules(own: CountBy) -> impl Iterator<Item = Option<CountBy>> {
    let all = [CountBy::Digest, CountBy::RepositoryDigest, CountBy::RepositoryTag, CountBy::Image];
    std::iter::once(None).chain(all.into_iter().filter(move |count_by| *count_by != own).map(Some))
}

/// The explanations that are worth telling, the smallest first: none of which a part explains everything alone, and none
/// with a start of the cycle beside another change where less explains everything, since some start fits nearly always.
fn smallest(found: Vec<Explanation>) -> Vec<Explanation> {
    let least = found.iter().map(|one| one.changes.len()).min().unwrap_or(0);
    let moves_start = |one: &Explanation| one.changes.iter().any(|change| matches!(change, Change::CycleStart { .. }));
    let is_larger = |one: &Explanation| {
        let is_part = |other: &Explanation| other.changes.iter().all(|change| one.changes.contains(change));
        found.iter().any(|other| other.changes.len() < one.changes.len() && is_part(other))
    };
    let is_told = |one: &Explanation| !is_larger(one) && (one.changes.len() == least || !moves_start(one));
    let mut order: Vec<u32> = (0..).zip(&found).filter(|(_, one)| is_told(one)).map(|(place, _)| place).collect();
    let rank = |place: u32| found.get(place as usize).map(Explanation::rank);
    sort_by(&mut order, &|one, other| rank(one).cmp(&rank(other)));
    order.into_iter().filter_map(|place| found.get(place as usize).cloned()).collect()
}
