//! Images as answers tell them: what the inventory says of some rows.

use serde::Serialize;

use super::lists::at;
use crate::error::Error;
use crate::field::Field;
use crate::inventory::{ABSENT, Inventory};
use crate::memory::filled;

/// One image, in the form in which `PublicSyncAndCreateImageScanTask` takes it: what the inventory says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the fields of an image, by their names on the wire")]
#[non_exhaustive]
pub struct ImageRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registry_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repo_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

impl ImageRecord {
    /// What the image holds in a field.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::RegistryType => &self.registry_type,
            Field::RegionId => &self.region_id,
            Field::InstanceId => &self.instance_id,
            Field::RepoNamespace => &self.repo_namespace,
            Field::RepoId => &self.repo_id,
            Field::RepoName => &self.repo_name,
            Field::Digest => &self.digest,
            Field::Tag => &self.tag,
        }
        .as_deref()
    }

    fn member(&mut self, field: Field) -> &mut Option<String> {
        match field {
            Field::RegistryType => &mut self.registry_type,
            Field::RegionId => &mut self.region_id,
            Field::InstanceId => &mut self.instance_id,
            Field::RepoNamespace => &mut self.repo_namespace,
            Field::RepoId => &mut self.repo_id,
            Field::RepoName => &mut self.repo_name,
            Field::Digest => &mut self.digest,
            Field::Tag => &mut self.tag,
        }
    }
}

/// What the inventory says of some rows, in their order.
pub(super) fn records(inventory: &Inventory, rows: &[u32]) -> Result<Vec<ImageRecord>, Error> {
    let mut records =
        filled(rows.len(), ImageRecord::default()).map_err(|_| Error::out_of_memory("telling the images"))?;
    for field in Field::ALL {
        let codes = inventory.codes_of_some(field, rows)?;
        for (place, record) in (0..).zip(&mut records) {
            let code = at(&codes, place);
            if code == ABSENT {
                continue;
            }
            let mut text = String::new();
            inventory.value_text(field, code, &mut text);
            *record.member(field) = Some(text);
        }
    }
    Ok(records)
}
