//! Charge models: the rule by which quota is consumed, as a value that the user chooses and sees.
//!
//! Documented is that an image is billed once per monthly cycle. What makes two rows the same image is
//! not; that it is the digest is an assumption, the best supported one, and so the default.

use serde::Serialize;

use crate::error::{Error, ErrorKind, did_you_mean, quoted};
use crate::field::Field;
use crate::flat::{Reader, Writer, damaged, ensure};
use crate::input::{Input, unknown_key};
use crate::limits::MAX_TIME;

/// The name of the built-in model.
pub const BUILT_IN: &str = "Alibaba Cloud Security Center";

/// What one unit of quota is consumed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum CountBy {
    /// A digest, wherever it is stored.
    #[default]
    Digest,
    /// A digest in a repository.
    RepositoryDigest,
    /// A tag in a repository.
    RepositoryTag,
    /// Each image of the inventory by itself.
    Image,
}

impl CountBy {
    const ALL: [(&'static str, CountBy); 4] = [
        ("digest", CountBy::Digest),
        ("repositoryDigest", CountBy::RepositoryDigest),
        ("repositoryTag", CountBy::RepositoryTag),
        ("image", CountBy::Image),
    ];

    /// The name in options and answers.
    pub(crate) fn name(self) -> &'static str {
        CountBy::ALL.into_iter().find(|(_, count_by)| *count_by == self).map_or("", |(name, _)| name)
    }

    pub(super) fn from_name(name: &str) -> Result<Self, Error> {
        CountBy::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, count_by)| count_by).ok_or_else(|| {
            let known = CountBy::ALL.map(|(known, _)| known);
            Error::new(
                ErrorKind::InvalidValue,
                format!(
                    "`countBy` is {}, but must be one of `{}`{}",
                    quoted(name),
                    known.join("`, `"),
                    did_you_mean(name, &known)
                ),
            )
            .with_field("countBy")
        })
    }
}

/// The rule by which quota is consumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ChargeModel {
    /// What one unit is consumed by.
    pub count_by: CountBy,
    /// When the current cycle began, in milliseconds since 1970: what was scanned since then is charged
    /// already. `None`: only what the inventory says to be charged is.
    pub cycle_start: Option<i64>,
    /// What says that an image is charged.
    #[serde(skip)]
    pub charged_by: ChargedBy,
}

/// What says of an image that it is charged already, and so of all with its charge key. A row that says
/// `charged: false` is not charged by its own scan time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChargedBy {
    /// The flag `charged` of its row.
    pub flag: bool,
    /// The time of its last scan, where that is not before the cycle's start.
    pub scan_time: bool,
}

impl ChargedBy {
    /// Either of both.
    pub const EITHER: Self = Self { flag: true, scan_time: true };
    /// Neither of both: no image is charged already.
    pub const NEITHER: Self = Self { flag: false, scan_time: false };
}

impl Default for ChargedBy {
    fn default() -> Self {
        Self::EITHER
    }
}

impl ChargeModel {
    /// A charge model by what one unit is consumed by, and when the current cycle began, in milliseconds since 1970.
    #[must_use]
    pub const fn new(count_by: CountBy, cycle_start: Option<i64>) -> Self {
        Self { count_by, cycle_start, charged_by: ChargedBy::EITHER }
    }

    /// The same, where only this says that an image is charged already.
    #[must_use]
    pub const fn with_charged_by(mut self, charged_by: ChargedBy) -> Self {
        self.charged_by = charged_by;
        self
    }

    /// The charge key: images that are equal in these fields are charged once.
    #[must_use]
    pub const fn key(&self) -> &'static [Field] {
        use Field::{Digest, InstanceId, RegionId, RegistryType, RepoId, RepoName, RepoNamespace, Tag};
        match self.count_by {
            CountBy::Digest => &[Digest],
            // The repository is known by its name and by its id: where an export has only one of them, that
            // one decides; where it has both, no two repositories are ever taken for one.
            CountBy::RepositoryDigest => &[RegistryType, RegionId, InstanceId, RepoNamespace, RepoId, RepoName, Digest],
            CountBy::RepositoryTag => &[RegistryType, RegionId, InstanceId, RepoNamespace, RepoId, RepoName, Tag],
            // No two images are equal in all fields.
            CountBy::Image => &Field::ALL,
        }
    }

    pub(crate) fn save(&self, writer: &mut Writer) {
        let cycle_start = self.cycle_start.unwrap_or_default() as u64;
        let charged_by = u64::from(self.charged_by.flag) | u64::from(self.charged_by.scan_time) << 1;
        writer.numbers([self.count_by as u64, self.cycle_start.is_some().into(), cycle_start, charged_by]);
    }

    pub(crate) fn restore(reader: &mut Reader) -> Result<Self, Error> {
        let [count_by, has_cycle_start, time, charged_by] = reader.numbers()?;
        let cycle_start = (has_cycle_start == 1).then_some(time as i64);
        let is_time = cycle_start.is_none_or(|time| (-MAX_TIME..=MAX_TIME).contains(&(time as f64)));
        ensure(has_cycle_start <= 1 && (has_cycle_start == 1 || time == 0) && charged_by <= 3 && is_time)?;
        let count_by = CountBy::ALL.into_iter().find(|(_, known)| *known as u64 == count_by);
        let charged_by = ChargedBy { flag: charged_by & 1 != 0, scan_time: charged_by & 2 != 0 };
        Ok(Self { count_by: count_by.ok_or_else(damaged)?.1, cycle_start, charged_by })
    }

    /// Reads a charge model from the options `chargeModel` and `cycleStart` of a load.
    ///
    /// # Errors
    ///
    /// A key that is unknown, or a value that cannot be.
    pub fn from_input(charge_model: Input, cycle_start: Input) -> Result<Self, Error> {
        let mut model = Self::default();
        for (key, value) in charge_model.into_entries("charge model")? {
            match (key.as_str(), value) {
                ("countBy", Input::Absent) => {}
                ("countBy", Input::Text(name)) => model.count_by = CountBy::from_name(&name)?,
                ("countBy", other) => return Err(other.unexpected("countBy", "a text")),
                _ => return Err(unknown_key("charge model", &key, &["countBy"])),
            }
        }
        model.cycle_start = cycle_start.into_time("cycleStart")?;
        Ok(model)
    }
}
