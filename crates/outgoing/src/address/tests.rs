use proptest::prelude::*;

use super::*;
use AddressClass::{
    Benchmark, Broadcast, CloudPlatform, Documentation, LinkLocal, Loopback, Mapped, Multicast,
    Private, Reserved, Shared, Unspecified,
};

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn check(cases: &[(&str, Option<AddressClass>)]) {
    for (text, expected) in cases {
        assert_eq!(class_of(address(text)), *expected, "{text}");
    }
}

#[test]
fn each_ipv4_network_is_refused_from_its_first_to_its_last_address() {
    check(&[
        ("0.0.0.0", Some(Unspecified)),
        ("0.255.255.255", Some(Unspecified)),
        ("1.0.0.0", None),
        ("9.255.255.255", None),
        ("10.0.0.0", Some(Private)),
        ("10.255.255.255", Some(Private)),
        ("11.0.0.0", None),
        ("100.63.255.255", None),
        ("100.64.0.0", Some(Shared)),
        ("100.100.100.200", Some(Shared)),
        ("100.127.255.255", Some(Shared)),
        ("100.128.0.0", None),
        ("126.255.255.255", None),
        ("127.0.0.1", Some(Loopback)),
        ("127.255.255.255", Some(Loopback)),
        ("128.0.0.0", None),
        ("168.63.129.15", None),
        ("168.63.129.16", Some(CloudPlatform)),
        ("169.253.255.255", None),
        ("169.254.0.0", Some(LinkLocal)),
        ("169.254.169.254", Some(LinkLocal)),
        ("169.255.0.0", None),
        ("172.15.255.255", None),
        ("172.16.0.0", Some(Private)),
        ("172.31.255.255", Some(Private)),
        ("172.32.0.0", None),
        ("192.0.0.192", Some(Reserved)),
        ("192.0.1.0", None),
        ("192.0.2.1", Some(Documentation)),
        ("192.88.99.1", Some(Reserved)),
        ("192.167.255.255", None),
        ("192.168.0.0", Some(Private)),
        ("192.168.255.255", Some(Private)),
        ("192.169.0.0", None),
        ("198.17.255.255", None),
        ("198.18.0.0", Some(Benchmark)),
        ("198.19.255.255", Some(Benchmark)),
        ("198.20.0.0", None),
        ("198.51.100.7", Some(Documentation)),
        ("203.0.113.7", Some(Documentation)),
        ("223.255.255.255", None),
        ("224.0.0.1", Some(Multicast)),
        ("239.255.255.255", Some(Multicast)),
        ("240.0.0.0", Some(Reserved)),
        ("255.255.255.254", Some(Reserved)),
        ("255.255.255.255", Some(Broadcast)),
    ]);
}

#[test]
fn of_ipv6_only_the_unicast_space_of_hosts_is_public() {
    check(&[
        ("::", Some(Unspecified)),
        ("::1", Some(Loopback)),
        ("::2", Some(Reserved)),
        ("::10.0.0.1", Some(Reserved)),
        ("100::1", Some(Reserved)),
        ("2000::1", None),
        ("2001::1", Some(Reserved)),
        ("2001:2::1", Some(Benchmark)),
        ("2001:10::1", Some(Reserved)),
        ("2001:1ff:ffff::", Some(Reserved)),
        ("2001:200::1", None),
        ("2001:db8::1", Some(Documentation)),
        ("2001:db9::1", None),
        ("2606:4700:4700::1111", None),
        ("3fff:fff::1", Some(Documentation)),
        ("3fff:1000::1", None),
        ("4000::1", Some(Reserved)),
        ("5f00::1", Some(Reserved)),
        ("fc00::1", Some(Private)),
        ("fd00:ec2::254", Some(Private)),
        ("fe80::1", Some(LinkLocal)),
        ("febf::1", Some(LinkLocal)),
        ("fec0::1", Some(Reserved)),
        ("ff02::1", Some(Multicast)),
    ]);
}

#[test]
fn an_ipv4_address_inside_an_ipv6_address_is_judged_as_itself() {
    check(&[
        ("::ffff:127.0.0.1", Some(Mapped)),
        ("::ffff:8.8.8.8", Some(Mapped)),
        ("64:ff9b::8.8.8.8", None),
        ("64:ff9b::169.254.169.254", Some(LinkLocal)),
        ("64:ff9b::10.0.0.1", Some(Private)),
        ("64:ff9b:1::8.8.8.8", Some(Reserved)),
        ("2002:808:808::1", None),
        ("2002:7f00:1::1", Some(Loopback)),
        ("2002:a9fe:a9fe::", Some(LinkLocal)),
    ]);
}

#[test]
fn an_exception_holds_for_its_own_notation_only() {
    let allowed: [IpNet; 2] = ["10.1.0.0/16".parse().unwrap(), "fd00::/16".parse().unwrap()];
    let cases = [
        ("10.1.2.3", None),
        ("10.2.0.0", Some(Private)),
        ("fd00::1", None),
        ("fd01::1", Some(Private)),
        ("::ffff:10.1.2.3", Some(Mapped)),
        ("64:ff9b::10.1.2.3", Some(Private)),
        ("8.8.8.8", None),
    ];
    for (text, expected) in cases {
        assert_eq!(refusal(address(text), &allowed), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn a_translation_never_opens_what_is_refused(bits: u32) {
        let plain = Ipv4Addr::from(bits);
        let [high, low] = [(bits >> 16) as u16, bits as u16];
        let nat64 = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low);
        let six_to_four = Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1);
        prop_assert_eq!(class_of(nat64.into()), class_of(plain.into()));
        prop_assert_eq!(class_of(six_to_four.into()), class_of(plain.into()));
        prop_assert_eq!(class_of(plain.to_ipv6_mapped().into()), Some(Mapped));
    }

    #[test]
    fn what_the_standard_library_calls_local_is_never_public(bits: u128, v4: u32) {
        let v6 = Ipv6Addr::from(bits);
        if v6.is_loopback() || v6.is_multicast() || v6.is_unique_local()
            || v6.is_unicast_link_local() || v6.is_unspecified()
        {
            prop_assert!(class_of(v6.into()).is_some());
        }
        let v4 = Ipv4Addr::from(v4);
        if v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_multicast()
            || v4.is_broadcast() || v4.is_documentation() || v4.is_unspecified()
        {
            prop_assert!(class_of(v4.into()).is_some());
        }
    }
}
