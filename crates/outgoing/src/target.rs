//! A URL that may be posted to, as far as its text tells.

use std::io;
use std::net::IpAddr;

use http::Uri;
use tokio_rustls::rustls::pki_types::ServerName;
use url::{Host, Position, Url};

use crate::address::refusal;
use crate::config::Config;
use crate::errors::TargetError;

/// Where a request goes, taken from a URL that passed.
#[derive(Debug)]
pub(crate) struct Target {
    /// Scheme, host and port: all that messages tell of the URL.
    pub origin: String,
    pub encrypted: bool,
    pub host: Where,
    pub port: u16,
    /// Host and port as the `Host` header has them.
    pub authority: String,
    pub path: Uri,
}

/// The host of a URL.
#[derive(Debug)]
pub(crate) enum Where {
    /// To be resolved, and its addresses to be judged.
    Name(String),
    /// Judged already.
    Address(IpAddr),
}

impl Where {
    /// What the server's certificate must be for.
    ///
    /// # Errors
    /// A name that no certificate can be for.
    pub fn server_name(&self) -> io::Result<ServerName<'static>> {
        match self {
            Self::Name(name) => ServerName::try_from(name.clone())
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error)),
            Self::Address(address) => Ok(ServerName::from(*address)),
        }
    }
}

impl Target {
    /// Reads `url` and refuses what no answer of its server could make right.
    pub fn parse(url: &str, config: &Config) -> Result<Self, TargetError> {
        let url = Url::parse(url).map_err(TargetError::NotAUrl)?;
        let origin = url.origin().ascii_serialization();
        let encrypted = match url.scheme() {
            "https" => true,
            "http" if config.allow_http => false,
            "http" => return Err(TargetError::PlainHttp { origin }),
            other => return Err(TargetError::Scheme { scheme: other.into() }),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::UserInfo { origin });
        }
        // The parser has brought 0x7f.1, 2130706433 and the like into one form.
        let host = match url.host().ok_or(TargetError::NotAUrl(url::ParseError::EmptyHost))? {
            Host::Domain(name) => Where::Name(name.into()),
            Host::Ipv4(address) => Where::Address(address.into()),
            Host::Ipv6(address) => Where::Address(address.into()),
        };
        if let Where::Address(address) = host
            && let Some(class) = refusal(address, &config.allowed)
        {
            return Err(TargetError::Address { origin, address, class });
        }
        let path = url[Position::BeforePath..Position::AfterQuery]
            .parse()
            .map_err(|source| TargetError::Path { origin: origin.clone(), source })?;
        Ok(Self {
            encrypted,
            host,
            port: url.port().unwrap_or(if encrypted { 443 } else { 80 }),
            authority: url[Position::BeforeHost..Position::AfterPort].into(),
            path,
            origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::AddressClass::{
        LinkLocal, Loopback, Mapped, Private, Reserved, Unspecified,
    };

    fn parse(url: &str) -> Result<Target, TargetError> {
        Target::parse(url, &Config::default())
    }

    #[test]
    fn every_spelling_of_a_refused_address_is_refused() {
        let cases = [
            ("https://127.0.0.1/", Loopback),
            ("https://127.1/", Loopback),
            ("https://127.0.0.1./", Loopback),
            ("https://2130706433/", Loopback),
            ("https://0x7f000001/", Loopback),
            ("https://0x7f.0.0.1/", Loopback),
            ("https://017700000001/", Loopback),
            ("https://0177.0.0.01/", Loopback),
            ("https://%31%32%37.0.0.1/", Loopback),
            ("https://１２７.0.0.1/", Loopback),
            ("https:127.0.0.1", Loopback),
            ("https:\\\\127.0.0.1\\", Loopback),
            ("https://0/", Unspecified),
            ("https://169.254.169.254/latest/meta-data/", LinkLocal),
            ("https://2852039166/", LinkLocal),
            ("https://0xA9FEA9FE/", LinkLocal),
            ("https://0251.0376.0251.0376/", LinkLocal),
            ("https://10.0.0.1:8443/", Private),
            ("https://[::1]/", Loopback),
            ("https://[::]/", Unspecified),
            ("https://[::ffff:127.0.0.1]/", Mapped),
            ("https://[::ffff:a9fe:a9fe]/", Mapped),
            ("https://[::127.0.0.1]/", Reserved),
            ("https://[64:ff9b::a9fe:a9fe]/", LinkLocal),
            ("https://[2002:7f00:1::]/", Loopback),
            ("https://[fd00::1]/", Private),
            ("https://[fe80::1]/", LinkLocal),
        ];
        for (url, expected) in cases {
            let refused = parse(url).unwrap_err();
            let TargetError::Address { class, .. } = refused else { panic!("{url}: {refused}") };
            assert_eq!(class, expected, "{url}");
        }
    }

    #[test]
    fn only_encrypted_urls_without_user_info_pass() {
        let cases = [
            ("https://example.com/hook", "passes"),
            ("https://8.8.8.8/", "passes"),
            ("https://example.com:8443/?a={b}|c", "passes"),
            ("http://example.com/", "would be posted to without encryption"),
            ("ftp://example.com/", "\"ftp\" addresses are not posted to"),
            ("file:///etc/passwd", "\"file\" addresses are not posted to"),
            ("unix:/run/docker.sock", "\"unix\" addresses are not posted to"),
            ("https://me@example.com/", "holds a user name or password"),
            ("https://me:pw@example.com/", "holds a user name or password"),
            ("https://:pw@example.com/", "holds a user name or password"),
            ("https://", "is not a URL"),
            ("https://1.2.3.4.5/", "is not a URL"),
            ("https://256.1.1.1/", "is not a URL"),
            ("https://[fe80::1%25eth0]/", "is not a URL"),
            ("//example.com/", "is not a URL"),
            ("", "is not a URL"),
        ];
        for (url, expected) in cases {
            let said = parse(url).map_or_else(|e| e.to_string(), |_| "passes".into());
            assert!(said.contains(expected), "{url}: {said}");
        }
    }

    #[test]
    fn a_message_tells_the_origin_and_no_more_of_the_url() {
        let urls = [
            "http://example.com/SECRET?SECRET#SECRET",
            "https://SECRET:SECRET@example.com/SECRET",
            "https://10.0.0.1/SECRET?SECRET",
            "https://exa mple.com/SECRET",
            &format!("https://example.com/{}", "SECRET".repeat(20_000)),
        ];
        for url in urls {
            let refused = parse(url).unwrap_err();
            assert!(!format!("{refused} {refused:?}").contains("SECRET"), "{refused:?}");
        }
    }

    #[test]
    fn the_request_names_host_path_and_query_but_no_fragment() {
        let target = parse("https://Example.COM:8443/a/../b?c=d#e").unwrap();
        assert_eq!(target.authority, "example.com:8443");
        assert_eq!(target.path, "/b?c=d");
        assert_eq!(target.port, 8443);
        assert_eq!(target.origin, "https://example.com:8443");
        let target = parse("https://[2606:4700::1111]").unwrap();
        assert_eq!((target.authority.as_str(), target.port), ("[2606:4700::1111]", 443));
    }
}
