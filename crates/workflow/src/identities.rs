//! What a person is recognised by without its being kept: keyed hashes.

use domain::document::{Country, DocumentType};
use domain::evidence::{Evidence, Slot};
use domain::field::Field;
use store::{Identity, IdentityKind};

use crate::installation::Installation;

impl Installation {
    /// The keyed hashes of the document and of the national number that was read.
    pub(crate) fn identities(&self, evidence: &Evidence) -> Vec<Identity> {
        let fields = evidence.fields();
        let document = evidence.document(Slot::Front);
        let country = document.and_then(|document| document.country.as_ref());
        let Some((document, country)) = document.zip(country) else { return Vec::new() };
        let value = |field| fields.value(field).map(str::to_owned);
        let national = value(Field::NationalIdNumber);
        let card = document.document_type == DocumentType::IdCard;
        // A card that has only the person's number is known by it.
        let number = value(Field::DocumentNumber).or_else(|| national.clone().filter(|_| card));
        let document = number
            .and_then(|number| self.document_identity(country, document.document_type, &number));
        let national = national.and_then(|number| self.national_identity(country, &number));
        document.into_iter().chain(national).collect()
    }

    /// The keyed hash of a document; `None` where the number has neither letter nor digit.
    pub(crate) fn document_identity(
        &self,
        country: &Country,
        kind: DocumentType,
        number: &str,
    ) -> Option<Identity> {
        let number = bare(number)?;
        Some(self.identity(IdentityKind::Document, &[country.as_str(), kind.as_str(), &number]))
    }

    /// The keyed hash of a national number.
    pub(crate) fn national_identity(&self, country: &Country, number: &str) -> Option<Identity> {
        let number = bare(number)?;
        Some(self.identity(IdentityKind::NationalId, &[country.as_str(), &number]))
    }

    /// The keyed hash of a device, by the operator's own name for it.
    pub(crate) fn device(&self, name: &str) -> Identity {
        self.identity(IdentityKind::Device, &[name])
    }

    fn identity(&self, kind: IdentityKind, parts: &[&str]) -> Identity {
        let lookup = self.parts.lookup.hash(kind.as_str(), parts);
        Identity { kind, key_version: lookup.version, hash: lookup.hash }
    }
}

/// Letters and digits alone, in capitals; `None` where there are none.
fn bare(text: &str) -> Option<String> {
    let bare = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    Some(bare.collect::<String>()).filter(|bare| !bare.is_empty())
}
