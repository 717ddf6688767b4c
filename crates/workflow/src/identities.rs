//! What a person is recognised by without its being kept: keyed hashes.

use domain::claims::Claims;
use domain::document::{Country, DocumentType};
use domain::evidence::{Evidence, Slot};
use domain::field::Field;
use store::{Identity, IdentityKind};

use crate::installation::Installation;
use crate::report::Report;

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

    /// The keyed hashes by which the person of an approval is known: of what was read, and where
    /// the number of the document was not, of what they typed and a reviewer compared with it.
    pub(crate) fn known_by(&self, report: &Report) -> Vec<Identity> {
        let mut known = self.identities(&report.evidence);
        let read = known.iter().any(|one| one.kind == IdentityKind::Document);
        if report.by_eye.is_some() && !read {
            for identity in self.typed(report).into_iter().flatten() {
                if !known.contains(&identity) {
                    known.push(identity);
                }
            }
        }
        known
    }

    /// The keyed hashes of what was typed; of a country that was seen, or of the nationality.
    fn typed(&self, report: &Report) -> Option<Vec<Identity>> {
        let Claims { document_type, document_number, nationality, .. } = &report.claims;
        let (kind, number) = ((*document_type)?, document_number.as_ref()?);
        let front = report.evidence.document(Slot::Front);
        let seen = front.and_then(|document| document.country.as_ref());
        let country = seen.or(nationality.as_ref())?;
        // A Chinese card has the person's number alone.
        let national = kind == DocumentType::IdCard && country.as_str() == "CHN";
        let national = national.then(|| self.national_identity(country, number)).flatten();
        Some(self.document_identity(country, kind, number).into_iter().chain(national).collect())
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
