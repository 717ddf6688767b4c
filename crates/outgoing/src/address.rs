//! Which addresses are no part of the public internet.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// What an address that is no part of the public internet is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressClass {
    /// `0.0.0.0/8` and `::`: this host, on systems that accept it.
    Unspecified,
    /// This host.
    Loopback,
    /// RFC 1918, and unique-local addresses of IPv6.
    Private,
    /// The link alone. `169.254.169.254` gives away a cloud machine's credentials.
    LinkLocal,
    /// `100.64.0.0/10`, between a provider and its customers.
    Shared,
    /// Every member of a group.
    Multicast,
    /// Every host on the link.
    Broadcast,
    /// Written in books, routed nowhere.
    Documentation,
    /// Test networks for measuring devices.
    Benchmark,
    /// An IPv4 address in IPv6 notation, which no name server has a reason to
    /// answer.
    Mapped,
    /// A public address that only a cloud's own machines reach, and which
    /// hands them their configuration.
    CloudPlatform,
    /// Everything else that is assigned to no host of the public internet.
    Reserved,
}

impl fmt::Display for AddressClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unspecified => "unspecified",
            Self::Loopback => "loopback",
            Self::Private => "private",
            Self::LinkLocal => "link-local",
            Self::Shared => "carrier-grade NAT",
            Self::Multicast => "multicast",
            Self::Broadcast => "broadcast",
            Self::Documentation => "documentation",
            Self::Benchmark => "benchmark",
            Self::Mapped => "IPv4-mapped",
            Self::CloudPlatform => "cloud platform",
            Self::Reserved => "reserved",
        })
    }
}

/// From the IANA registries of special-purpose addresses for IPv4 and IPv6,
/// read with the host that asks in mind: what is "globally reachable" there but
/// serves no web hook is refused too. The first row that holds an address tells
/// its class.
const NETWORKS: &[(IpNet, AddressClass)] = &[
    (v4([0, 0, 0, 0], 8), AddressClass::Unspecified),
    (v4([10, 0, 0, 0], 8), AddressClass::Private),
    (v4([100, 64, 0, 0], 10), AddressClass::Shared),
    (v4([127, 0, 0, 0], 8), AddressClass::Loopback),
    // Azure's platform: DNS, health probes and the machine's configuration.
    (v4([168, 63, 129, 16], 32), AddressClass::CloudPlatform),
    (v4([169, 254, 0, 0], 16), AddressClass::LinkLocal),
    (v4([172, 16, 0, 0], 12), AddressClass::Private),
    (v4([192, 0, 0, 0], 24), AddressClass::Reserved),
    (v4([192, 0, 2, 0], 24), AddressClass::Documentation),
    // Relays of 6to4, withdrawn by RFC 7526.
    (v4([192, 88, 99, 0], 24), AddressClass::Reserved),
    (v4([192, 168, 0, 0], 16), AddressClass::Private),
    (v4([198, 18, 0, 0], 15), AddressClass::Benchmark),
    (v4([198, 51, 100, 0], 24), AddressClass::Documentation),
    (v4([203, 0, 113, 0], 24), AddressClass::Documentation),
    (v4([224, 0, 0, 0], 4), AddressClass::Multicast),
    (v4([255, 255, 255, 255], 32), AddressClass::Broadcast),
    (v4([240, 0, 0, 0], 4), AddressClass::Reserved),
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 128), AddressClass::Unspecified),
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), AddressClass::Loopback),
    (v6([0, 0, 0, 0, 0, 0xffff, 0, 0], 96), AddressClass::Mapped),
    // Benchmarking lies inside the protocol assignments, with Teredo, ORCHID
    // and other things that are no hosts.
    (v6([0x2001, 2, 0, 0, 0, 0, 0, 0], 48), AddressClass::Benchmark),
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), AddressClass::Reserved),
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), AddressClass::Documentation),
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), AddressClass::Documentation),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), AddressClass::Private),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), AddressClass::LinkLocal),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), AddressClass::Multicast),
];

/// All that IANA has given out of IPv6 for hosts.
const UNICAST: IpNet = v6([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);
const NAT64: IpNet = v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);
const SIX_TO_FOUR: IpNet = v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16);

/// Why `address` is no part of the public internet; `None` where it is.
///
/// An address of NAT64 or 6to4 is what the IPv4 address inside it is.
pub fn class_of(address: IpAddr) -> Option<AddressClass> {
    if let Some((_, class)) = NETWORKS.iter().find(|(network, _)| network.contains(&address)) {
        return Some(*class);
    }
    let IpAddr::V6(v6) = address else { return None };
    if NAT64.contains(&address) {
        return class_of(inside(v6, 6));
    }
    if SIX_TO_FOUR.contains(&address) {
        return class_of(inside(v6, 1));
    }
    (!UNICAST.contains(&address)).then_some(AddressClass::Reserved)
}

/// Why nothing is sent to `address`, unless one of the `allowed` networks holds
/// it in just this notation.
pub(crate) fn refusal(address: IpAddr, allowed: &[IpNet]) -> Option<AddressClass> {
    let excepted = allowed.iter().any(|network| network.contains(&address));
    if excepted { None } else { class_of(address) }
}

/// The IPv4 address in two segments of `address`, from segment `at` on.
fn inside(address: Ipv6Addr, at: usize) -> IpAddr {
    let segments = address.segments();
    let [a, b] = segments[at].to_be_bytes();
    let [c, d] = segments[at + 1].to_be_bytes();
    Ipv4Addr::new(a, b, c, d).into()
}

const fn v4([a, b, c, d]: [u8; 4], prefix: u8) -> IpNet {
    IpNet::new_assert(IpAddr::V4(Ipv4Addr::new(a, b, c, d)), prefix)
}

const fn v6(segments: [u16; 8], prefix: u8) -> IpNet {
    let [a, b, c, d, e, f, g, h] = segments;
    IpNet::new_assert(IpAddr::V6(Ipv6Addr::new(a, b, c, d, e, f, g, h)), prefix)
}

#[cfg(test)]
mod tests;
