//! What a document says, before it is drawn.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Order, Validity, person_of};
use crate::kind::{Field, Kind};
use crate::mrz::MrzData;
use crate::person::{Person, address, pick};
use crate::rng::stream;

/// Everything a document says.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    /// The kind of document.
    pub kind: Kind,
    /// The holder.
    pub person: Person,
    /// The document's own number; empty for the Chinese card.
    pub number: String,
    /// The citizen number as printed (17 or 18 characters); Chinese card only.
    pub national_number: String,
    /// A personal number in the optional data of the zone; often empty.
    pub personal_number: String,
    /// The office that issued it.
    pub authority: String,
    /// The day of issue.
    pub issue_date: Date,
    /// The last day of validity; `None` is 长期.
    pub expiry_date: Option<Date>,
}

impl Content {
    /// The content that follows from `order`.
    pub fn of(order: &Order) -> Self {
        let mut rng = stream(order.seed, "document.content");
        let person = person_of(order);
        let chinese = order.kind.is_chinese();
        let citizen = matches!(order.kind, Kind::ChineseId | Kind::ChineseLicence);
        let kept = if order.seventeen_digits { 17 } else { 18 };
        let national_number = person.national_number.chars().take(kept).collect();
        let (issue_date, expiry_date) = validity(&mut rng, order, &person);
        let has_personal = order.kind == Kind::Passport && rng.random_bool(0.5);
        Self {
            kind: order.kind,
            number: match order.kind {
                Kind::ChineseId => String::new(),
                Kind::ChineseLicence => person.national_number.clone(),
                // Numbers of real permits begin with C, H, L, M or T, or are digits alone.
                Kind::ExitEntryPermit | Kind::HomeReturnPermit => {
                    format!("X{}", random_text(&mut rng, "0123456789", 8))
                }
                _ => number(&mut rng, order),
            },
            national_number: if citizen { national_number } else { String::new() },
            personal_number: if has_personal { personal_number(&mut rng) } else { String::new() },
            authority: if chinese {
                address::chinese_authority(&mut rng)
            } else {
                format!("City of {}", pick(&mut rng, &address::TOWNS))
            },
            issue_date,
            expiry_date,
            person,
        }
    }

    /// What the machine-readable zone says, for the kinds that have one.
    pub fn mrz(&self) -> MrzData {
        MrzData {
            document_code: match self.kind {
                Kind::Passport => "P",
                Kind::VisaA | Kind::VisaB => "V",
                Kind::ExitEntryPermit => "CS",
                _ => "I",
            }
            .to_owned(),
            issuer: "UTO".to_owned(),
            surname: self.person.surname.clone(),
            given_names: self.person.given_names.clone(),
            number: self.number.clone(),
            nationality: "UTO".to_owned(),
            birth_date: self.person.birth_date,
            sex: self.person.sex,
            expiry_date: self.expiry_date.unwrap_or(self.issue_date),
            optional: self.personal_number.clone(),
        }
    }

    /// The value a reader should give for `field`, before any way of printing it.
    pub fn value(&self, field: Field) -> String {
        let person = &self.person;
        match field {
            Field::Surname => person.surname.clone(),
            Field::GivenNames => person.given_names.clone(),
            Field::FullName => format!("{} {}", person.given_names, person.surname),
            Field::FullNameNative => person.native_name.clone().unwrap_or_default(),
            Field::DocumentNumber => self.number.clone(),
            Field::NationalIdNumber => self.national_number.clone(),
            Field::Nationality | Field::IssuingCountry => self.kind.country().to_owned(),
            Field::BirthDate => person.birth_date.to_string(),
            Field::Sex => person.sex.letter().to_owned(),
            Field::Ethnicity => person.ethnicity.clone(),
            Field::Address => person.address.clone(),
            Field::IssuingAuthority => self.authority.clone(),
            Field::IssueDate => self.issue_date.to_string(),
            Field::ExpiryDate => match self.expiry_date {
                Some(date) => date.to_string(),
                None => "long_term".to_owned(),
            },
        }
    }
}

/// The numbers of real issuers follow patterns; each template has its own.
fn number(rng: &mut ChaCha8Rng, order: &Order) -> String {
    const DIGITS: &str = "0123456789";
    const LETTERS: &str = "ABCDEFGHJKLMNPRSTUVWXYZ";
    const MIXED: &str = "CFGHJKLMNPRTVWXYZ0123456789";
    let pattern: &[(&str, usize)] = match order.template % Kind::TEMPLATES {
        0 => &[(LETTERS, 1), (DIGITS, 8)],
        1 => &[(LETTERS, 2), (DIGITS, 7)],
        _ => &[(LETTERS, 1), (MIXED, 8)],
    };
    let mut number = String::new();
    for (alphabet, count) in pattern {
        number.push_str(&random_text(rng, alphabet, *count));
    }
    // One card in eight has a number longer than the zone's nine places.
    if order.kind == Kind::Td1Card && rng.random_bool(0.125) {
        number.push_str(&random_text(rng, DIGITS, 3));
    }
    number
}

fn personal_number(rng: &mut ChaCha8Rng) -> String {
    let length = rng.random_range(9..=13);
    random_text(rng, "0123456789", length)
}

fn random_text(rng: &mut ChaCha8Rng, alphabet: &str, count: usize) -> String {
    let alphabet = alphabet.as_bytes();
    (0..count).map(|_| char::from(alphabet[rng.random_range(0..alphabet.len())])).collect()
}

/// Issue and expiry. A Chinese card runs 5, 10 or 20 years by age, or without end from 46 on.
fn validity(rng: &mut ChaCha8Rng, order: &Order, person: &Person) -> (Date, Option<Date>) {
    let chinese = order.kind == Kind::ChineseId;
    let age = order.today.year() - person.birth_date.year();
    let long_term = match order.validity {
        Some(choice) => choice == Validity::LongTerm,
        None => age >= 50 && rng.random_bool(0.6),
    };
    let years: i64 = match order.kind {
        Kind::ChineseId if age >= 30 => 20,
        Kind::VisaA | Kind::VisaB => 5,
        _ => 10,
    };
    let expired = order.validity == Some(Validity::Expired);
    let days_ago: i64 = if expired {
        years * 366 + rng.random_range(31..700)
    } else {
        rng.random_range(30..(years - 1) * 365 - 30)
    };
    // A current document was never issued to a child: its holder is 18 or more today.
    let issue = shifted(order.today, (-days_ago).days());
    if chinese && long_term {
        return (issue, None);
    }
    let same_day = shifted(issue, years.years());
    let expiry = if order.kind.is_chinese() { same_day } else { shifted(same_day, (-1).days()) };
    (issue, Some(expiry))
}

fn shifted(date: Date, span: Span) -> Date {
    date.checked_add(span).expect("documents are dated within the calendar")
}
