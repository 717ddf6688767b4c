//! Whose request it is, by address, behind proxies that are trusted to say so.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use ipnet::IpNet;

/// The header in which each proxy adds whom it had the request from.
const FORWARDED: &str = "x-forwarded-for";

/// The address of who asked: of the connection, or, where that is one of the `trusted`
/// proxies', the last one that it was forwarded for and that is no trusted proxy's. What stands
/// before could be anyone's invention. `None` where no address is known.
pub fn client(parts: &Parts, trusted: &[IpNet]) -> Option<IpAddr> {
    let ConnectInfo(peer) = parts.extensions.get::<ConnectInfo<SocketAddr>>()?;
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut client = peer.ip().to_canonical();
    let values = parts.headers.get_all(FORWARDED).iter();
    let lines: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(&client) {
            break;
        }
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
    }
    Some(client)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn only_a_trusted_proxy_says_whom_a_request_is_from() {
        let trusted = ["127.0.0.0/8".parse().unwrap(), "10.0.0.0/24".parse().unwrap()];
        let cases: [(&str, &[&str], &str); 9] = [
            ("203.0.113.9:1", &[], "203.0.113.9"),
            ("203.0.113.9:1", &["1.1.1.1"], "203.0.113.9"),
            ("127.0.0.1:1", &[], "127.0.0.1"),
            ("127.0.0.1:1", &["1.1.1.1"], "1.1.1.1"),
            ("127.0.0.1:1", &["6.6.6.6, 1.1.1.1"], "1.1.1.1"),
            ("127.0.0.1:1", &["6.6.6.6", "1.1.1.1, 10.0.0.7"], "1.1.1.1"),
            ("127.0.0.1:1", &["1.1.1.1, nonsense"], "127.0.0.1"),
            ("127.0.0.1:1", &["::ffff:1.1.1.1"], "1.1.1.1"),
            ("[::ffff:127.0.0.1]:1", &["2001:db8::1"], "2001:db8::1"),
        ];
        for (peer, forwarded, expected) in cases {
            let mut request = Request::builder();
            for line in forwarded {
                request = request.header(FORWARDED, *line);
            }
            let peer: SocketAddr = peer.parse().unwrap();
            let request = request.extension(ConnectInfo(peer)).body(()).unwrap();
            let found = client(&request.into_parts().0, &trusted);
            assert_eq!(found, Some(expected.parse().unwrap()), "{peer} {forwarded:?}");
        }
        assert_eq!(client(&Request::new(()).into_parts().0, &trusted), None);
    }
}
