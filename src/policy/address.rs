//! Ranges of IP addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.

use std::net::IpAddr;

/// The addresses that begin with the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    first: IpAddr,
    length: u8,
}

impl Range {
    /// Reads an address, with the number of bits that count behind a slash. Bits behind those do not count. [A]
    pub(super) fn read(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let written: IpAddr = address.parse().ok()?;
        let first = written.to_canonical();
        let bits = if written.is_ipv4() { 32 } else { 128 };
        let Some(length) = length else { return Some(Self { first, length: if first.is_ipv4() { 32 } else { 128 } }) };
        let is_number = (1..=3).contains(&length.len()) && length.bytes().all(|digit| digit.is_ascii_digit());
        let length = length.parse::<u8>().ok().filter(|length| is_number && *length <= bits)?;
        // An IPv4 address within IPv6 is that address, as long as all that says so counts.
        match (written, length.checked_sub(96)) {
            (IpAddr::V6(_), Some(length)) if first.is_ipv4() => Some(Self { first, length }),
            _ => Some(Self { first: written, length }),
        }
    }

    /// Reads one address.
    pub(super) fn read_one(text: &str) -> Option<Self> {
        if text.contains('/') { None } else { Self::read(text) }
    }

    /// Whether the first address of another range lies in this one. IPv4 and IPv6 have nothing in common.
    pub(super) fn contains(&self, other: &Self) -> bool {
        let [own, others] = [self.first, other.first].map(|address| match address {
            IpAddr::V4(address) => (32, u128::from(address.to_bits())),
            IpAddr::V6(address) => (128, address.to_bits()),
        });
        let differing = own.1 ^ others.1;
        own.0 == others.0 && differing.checked_shr(own.0 - u32::from(self.length)).unwrap_or(0) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(range: &str, address: &str) -> bool {
        Range::read(range).unwrap().contains(&Range::read_one(address).unwrap())
    }

    #[test]
    fn ranges_hold_the_addresses_that_begin_alike() {
        for (range, inside, outside) in [
            ("10.0.0.0/8", "10.255.255.255", "11.0.0.0"),
            ("192.0.2.0/24", "192.0.2.255", "192.0.3.0"),
            ("192.0.2.77/24", "192.0.2.1", "192.0.1.77"),
            ("203.0.113.2", "203.0.113.2", "203.0.113.3"),
            ("203.0.113.2/32", "203.0.113.2", "203.0.113.0"),
            ("203.0.113.2/31", "203.0.113.3", "203.0.113.1"),
            ("0.0.0.0/0", "255.0.0.1", "::1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("2001:db8::1", "2001:DB8:0::1", "2001:db8::2"),
            ("::/0", "2001:db8::1", "10.0.0.1"),
            ("::ffff:10.0.0.0/104", "10.1.2.3", "11.1.2.3"),
            ("10.0.0.0/8", "::ffff:10.1.2.3", "::ffff:11.1.2.3"),
        ] {
            assert!(contains(range, inside), "{range} {inside}");
            assert!(!contains(range, outside), "{range} {outside}");
        }
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in [
            "",
            "*",
            "10.0.0",
            "10.0.0.0/33",
            "10.0.0.0/",
            "10.0.0.0/+8",
            "10.0.0.0/08x",
            "::/129",
            "/8",
            "10.0.0.256",
            " 10.0.0.1",
            "10.0.0.0/8/8",
            "010.0.0.1",
        ] {
            assert_eq!(Range::read(text), None, "{text}");
        }
        assert_eq!(Range::read_one("10.0.0.0/8"), None);
    }
}
