//! Whose certificates are believed.

use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use crate::errors::BuildError;

/// The certificate authorities that a server's certificate must lead to.
#[derive(Debug, Clone)]
pub enum Trust {
    /// Those of the operating system, kept current by it. Where the standard
    /// variables `SSL_CERT_FILE` or `SSL_CERT_DIR` are set, those of that file
    /// or folder instead.
    System,
    /// Those in this PEM text and no others.
    Pem(String),
}

/// Prepares TLS 1.2 and 1.3 with the `authorities`.
pub(crate) fn connector(authorities: &Trust) -> Result<TlsConnector, BuildError> {
    let mut roots = RootCertStore::empty();
    match authorities {
        // A system's store holds odd certificates; one that is not understood
        // is one authority less.
        Trust::System => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Trust::Pem(text) => {
            for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
                roots.add(certificate.map_err(BuildError::Pem)?).map_err(BuildError::Authority)?;
            }
        }
    }
    if roots.is_empty() {
        return Err(BuildError::NoAuthorities);
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(BuildError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsConnector::from(Arc::new(config)))
}
