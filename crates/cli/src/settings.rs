//! From the configuration to what the server and the way to the outside are set to.

use std::path::Path;
use std::time::Duration;

use outgoing::{Client, Config, IpNet, Trust};
use server::{Logo, Pages, Rate, Rates, Settings};
use workflow::Keep;

use crate::configuration::{self, Audit, Configuration, Webhooks};
use crate::exit::Refused;

/// The highest rate and burst: more is no limit.
const MOST: u32 = 1_000_000;
/// A logo is at most so large, bytes.
const MOST_OF_A_LOGO: usize = 256 * 1024;
/// Hours or days for which something is kept at the longest.
const LONGEST_KEPT: u64 = 100_000;

/// How the interface is served.
///
/// # Errors
/// [`Refused`] when a network is none, or a limit is out of range.
pub fn server(configuration: &Configuration) -> Result<Settings, Refused> {
    let limits = &configuration.limits;
    let rate = |per_minute, burst| {
        let right = |limit| (1..=MOST).contains(&limit);
        let text = format!("[limits]: each limit must be 1 to {MOST}; 0 would refuse everything");
        let rate = Rate { per_minute, burst };
        (right(per_minute) && right(burst)).then_some(rate).ok_or(Refused(text))
    };
    Ok(Settings {
        rates: Rates {
            key: rate(limits.key_per_minute, limits.key_burst)?,
            applicant: rate(limits.applicant_per_minute, limits.applicant_burst)?,
            failures: rate(limits.failures_per_minute, limits.failures_burst)?,
        },
        trusted_proxies: networks("server.trusted_proxies", &configuration.server.trusted_proxies)?,
        pages: pages(&configuration.pages)?,
        ..Settings::default()
    })
}

/// How the applicant's pages look.
fn pages(pages: &configuration::Pages) -> Result<Pages, Refused> {
    let colour = pages.colour.parse().map_err(|_| {
        Refused(format!("pages.colour: {:?} is no colour; write it as #0a58ca", pages.colour))
    })?;
    let origin = |text: &String| {
        text.parse().map_err(|_| {
            let wanted = "is no site; write it as https://www.example.com";
            Refused(format!("pages.framed_by: {text:?} {wanted}"))
        })
    };
    let logo = &pages.logo;
    Ok(Pages {
        operator: pages.operator.clone(),
        colour,
        logo: (!logo.as_os_str().is_empty()).then(|| self::logo(logo)).transpose()?,
        framed_by: pages.framed_by.iter().map(origin).collect::<Result<_, _>>()?,
    })
}

fn logo(path: &Path) -> Result<Logo, Refused> {
    let refuse = |why: String| Refused(format!("pages.logo: {}: {why}", path.display()));
    let kind = match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webp") => "image/webp",
        _ => return Err(refuse("name a file .svg, .png or .webp".to_owned())),
    };
    let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    if bytes.len() > MOST_OF_A_LOGO {
        return Err(refuse("it is larger than 256 KiB".to_owned()));
    }
    Ok(Logo { kind, bytes })
}

/// How often a root of the audit logs is signed.
///
/// # Errors
/// [`Refused`] when it is out of range.
pub fn roots_every(audit: &Audit) -> Result<Duration, Refused> {
    match audit.every_seconds {
        seconds @ 1..=86_400 => Ok(Duration::from_secs(seconds)),
        _ => Err(Refused("audit.every_seconds must be 1 to 86400".to_owned())),
    }
}

/// How long what was done is kept.
///
/// # Errors
/// [`Refused`] when a time is out of range.
pub fn keep(keep: &configuration::Keep) -> Result<Keep, Refused> {
    let hours = |name, number, hours: u64| match number {
        1..=LONGEST_KEPT => Ok(Duration::from_hours(number * hours)),
        _ => Err(Refused(format!("keep.{name} must be 1 to {LONGEST_KEPT}"))),
    };
    Ok(Keep {
        idempotency: hours("idempotency_hours", keep.idempotency_hours, 1)?,
        jobs: hours("jobs_days", keep.jobs_days, 24)?,
        events: hours("events_days", keep.events_days, 24)?,
    })
}

/// The way to the outside.
///
/// # Errors
/// [`Refused`] when the configuration cannot work.
pub fn outgoing(webhooks: &Webhooks) -> Result<Client, Refused> {
    let total_timeout = Duration::from_secs(webhooks.timeout_seconds);
    if total_timeout.is_zero() || total_timeout > workflow::LONGEST_TIMEOUT {
        return Err(Refused("webhooks.timeout_seconds must be 1 to 60".to_owned()));
    }
    let authorities = &webhooks.authorities;
    let trust = if authorities.as_os_str().is_empty() {
        Trust::System
    } else {
        Trust::Pem(std::fs::read_to_string(authorities).map_err(|error| {
            Refused(format!("webhooks.authorities: {}: {error}", authorities.display()))
        })?)
    };
    let default = Config::default();
    let config = Config {
        allow_http: webhooks.allow_http,
        allowed: networks("webhooks.allowed_networks", &webhooks.allowed_networks)?,
        connect_timeout: default.connect_timeout.min(total_timeout),
        total_timeout,
        trust,
        ..default
    };
    Client::new(config).map_err(|error| Refused(error.to_string()))
}

fn networks(setting: &str, texts: &[String]) -> Result<Vec<IpNet>, Refused> {
    let network = |text: &String| {
        text.parse().map_err(|_| {
            Refused(format!("{setting}: {text:?} is no network; write it as 10.1.2.0/24"))
        })
    };
    texts.iter().map(network).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(variable: &'static str, value: &'static str) -> Configuration {
        let environment = |name: &str| (name == variable).then(|| value.to_owned());
        Configuration::load(None, environment).unwrap()
    }

    #[test]
    fn the_default_configuration_is_the_servers_default() {
        let default = Configuration::load(None, |_| None).unwrap();
        assert_eq!(keep(&default.keep).unwrap(), Keep::default());
        assert_eq!(server(&default).unwrap(), Settings::default());
    }

    #[test]
    fn what_cannot_work_is_refused_with_its_name() {
        let cases = [
            ("BONAFIDE_SERVER_TRUSTED_PROXIES", "localhost", "server.trusted_proxies"),
            ("BONAFIDE_PAGES_COLOUR", "blue", "pages.colour"),
            ("BONAFIDE_PAGES_LOGO", "logo.gif", "pages.logo"),
            ("BONAFIDE_PAGES_LOGO", "nowhere.png", "pages.logo"),
            ("BONAFIDE_PAGES_FRAMED_BY", "https://a.example; b", "pages.framed_by"),
            ("BONAFIDE_LIMITS_KEY_BURST", "0", "[limits]"),
            ("BONAFIDE_LIMITS_KEY_BURST", "1000001", "[limits]"),
            ("BONAFIDE_WEBHOOKS_TIMEOUT_SECONDS", "0", "webhooks.timeout_seconds"),
            ("BONAFIDE_WEBHOOKS_TIMEOUT_SECONDS", "61", "webhooks.timeout_seconds"),
            ("BONAFIDE_WEBHOOKS_ALLOWED_NETWORKS", "10.0.0.1/99", "webhooks.allowed_networks"),
            ("BONAFIDE_KEEP_JOBS_DAYS", "0", "keep.jobs_days"),
            ("BONAFIDE_KEEP_EVENTS_DAYS", "100001", "keep.events_days"),
            ("BONAFIDE_AUDIT_EVERY_SECONDS", "0", "audit.every_seconds"),
            ("BONAFIDE_WEBHOOKS_AUTHORITIES", "nowhere.pem", "webhooks.authorities"),
        ];
        for (variable, value, named) in cases {
            let configuration = changed(variable, value);
            let refused = server(&configuration).map(drop);
            let refused = refused.and_then(|()| roots_every(&configuration.audit).map(drop));
            let refused = refused.and_then(|()| keep(&configuration.keep).map(drop));
            let refused = refused.and_then(|()| outgoing(&configuration.webhooks).map(drop));
            assert!(refused.unwrap_err().0.contains(named), "{variable}");
        }
    }
}
