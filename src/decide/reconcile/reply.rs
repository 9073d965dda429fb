//! The two numbers of a reply, whatever it is wrapped in.

use crate::error::{Error, ErrorKind, quoted};
use crate::input::Input;

/// The two numbers that the service replied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyCounts {
    /// The number of images, which the reply calls `NeedAuthCount`.
    pub images: u32,
    /// The quota, which the reply calls `ScanImageCount`.
    pub quota: u32,
}

/// What the reply may be wrapped in: its own `Data`, and what SDKs put around.
const WRAPPERS: [&str; 4] = ["Data", "data", "body", "Body"];
const QUOTA: [&str; 3] = ["ScanImageCount", "scanImageCount", "quota"];
const IMAGES: [&str; 3] = ["NeedAuthCount", "needAuthCount", "images"];
const MOST: f64 = i32::MAX as f64;

impl ReplyCounts {
    /// The counts of a reply.
    #[must_use]
    pub const fn new(images: u32, quota: u32) -> Self {
        Self { images, quota }
    }

    /// Reads a reply as a caller gave it: the operation's, wrapped or not, or `{ images, quota }`.
    ///
    /// # Errors
    ///
    /// What is no reply, or the service's reply to a request that failed.
    pub fn from_input(input: Input) -> Result<Self, Error> {
        let mut entries = match input {
            Input::Absent => return Err(no_reply("nothing is given")),
            input => input.into_entries("reply")?,
        };
        while let Some(place) = entries.iter().position(|(key, _)| WRAPPERS.contains(&key.as_str())) {
            let (key, inner) = entries.swap_remove(place);
            entries = match inner {
                Input::Absent => return Err(no_reply(&format!("its `{key}` is empty"))),
                inner => inner.into_entries(&format!("`{key}` of the reply"))?,
            };
        }
        let (mut images, mut quota) = (None, None);
        for (key, value) in entries {
            let slot = match key.as_str() {
                name if QUOTA.contains(&name) => &mut quota,
                name if IMAGES.contains(&name) => &mut images,
                "Code" | "code" => {
                    let Input::Text(code) = value else { continue };
                    return Err(no_reply(&format!("it is the error {}", quoted(&code))));
                }
                _ => continue,
            };
            if slot.is_some() {
                return Err(no_reply(&format!("it gives {} under two names", quoted(&key))));
            }
            *slot = value.into_whole_number(&key, 0.0, MOST)?.map(|number| number as u32);
        }
        match (images, quota) {
            (Some(images), Some(quota)) => Ok(Self { images, quota }),
            (Some(_), None) => Err(no_reply("it has no `ScanImageCount`")),
            _ => Err(no_reply("it has no `NeedAuthCount`")),
        }
    }
}

fn no_reply(why: &str) -> Error {
    let message = format!(
        "this is no reply to compare with: {why}; paste what `PublicPreCheckImageScanTask` replied, such as \
         {{ \"Data\": {{ \"ScanImageCount\": 3, \"NeedAuthCount\": 6 }} }}"
    );
    Error::new(ErrorKind::InvalidValue, message).with_field("reply")
}
