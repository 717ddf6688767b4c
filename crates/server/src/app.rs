//! What every request stands on.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use ipnet::IpNet;
use workflow::Installation;

use crate::limits::{Limits, Rates};
use crate::pages::Pages;
use crate::room::Rooms;

/// How the interface is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// How often each may ask.
    pub rates: Rates,
    /// The networks of proxies that are believed when they say whom a request is from. Default:
    /// this machine.
    pub trusted_proxies: Vec<IpNet>,
    /// How long a body may say nothing: a slow line gets through, one that stands does not.
    pub silence: Duration,
    /// How the applicant's pages look.
    pub pages: Pages,
}

impl Default for Settings {
    fn default() -> Self {
        let this_machine = ["127.0.0.0/8", "::1/128"];
        Self {
            rates: Rates::default(),
            trusted_proxies: this_machine
                .map(|text| text.parse().expect("these are networks"))
                .to_vec(),
            silence: Duration::from_secs(20),
            pages: Pages::default(),
        }
    }
}

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) bonafide: Installation,
    pub(crate) limits: Arc<Limits>,
    pub(crate) rooms: Rooms,
    pub(crate) trusted_proxies: Arc<[IpNet]>,
    pub(crate) pages: Arc<Pages>,
}

impl App {
    /// Of `bonafide`, served as the `settings` say.
    pub fn new(bonafide: Installation, settings: Settings) -> Self {
        Self {
            bonafide,
            limits: Arc::new(Limits::new(settings.rates)),
            rooms: Rooms::new(),
            trusted_proxies: settings.trusted_proxies.into(),
            pages: Arc::new(settings.pages),
        }
    }
}

impl FromRef<App> for Installation {
    fn from_ref(app: &App) -> Self {
        app.bonafide.clone()
    }
}

impl FromRef<App> for Arc<Pages> {
    fn from_ref(app: &App) -> Self {
        Arc::clone(&app.pages)
    }
}
