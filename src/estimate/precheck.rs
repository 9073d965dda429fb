//! The operation's own reply, to the letter of `PublicPreCheckImageScanTask`.

use serde::Serialize;

use super::count::Counts;

/// The reply. Mind the names: `ScanImageCount` is the **quota**, `NeedAuthCount` is the **number of images**.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PrecheckReply {
    /// The id of the request, an upper-case UUID.
    pub request_id: String,
    /// The two counts.
    pub data: PrecheckData,
}

/// The two counts of the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct PrecheckData {
    /// The quota that the scan would consume.
    pub scan_image_count: u32,
    /// The number of images that the scan covers.
    pub need_auth_count: u32,
}

impl PrecheckReply {
    pub(super) fn new(counts: &Counts, request_id: String) -> Self {
        Self { request_id, data: PrecheckData { scan_image_count: counts.quota, need_auth_count: counts.images } }
    }
}

/// Makes an upper-case UUID of version 4 from 16 random bytes, as the service gives to each request.
#[must_use]
pub fn request_id(random: [u8; 16]) -> String {
    const VERSION_4: u128 = 0x4 << 76;
    const VARIANT_1: u128 = 0x2 << 62;
    let bits = u128::from_be_bytes(random) & !(0xf << 76) & !(0x3 << 62) | VERSION_4 | VARIANT_1;
    format!(
        "{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
        bits >> 96,
        bits >> 80 & 0xffff,
        bits >> 64 & 0xffff,
        bits >> 48 & 0xffff,
        bits & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_a_uuid_of_version_4_in_upper_case() {
        assert_eq!(request_id([0xff; 16]), "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF");
        assert_eq!(request_id([0x00; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(request_id(*b"0123456789abcdef"), "30313233-3435-4637-B839-616263646566");
    }
}
