//! The labels that documents print beside values, in the languages of most
//! issuers, and where they stand in a line.

use any_ascii::any_ascii;
use domain::field::Field;

use crate::page::Line;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Announced {
    /// A field of the domain.
    Field(Field),
    /// `NAME`: the family name where given names have a label of their own,
    /// else the whole name.
    Name,
    /// Something that no field holds: knowing it keeps it from being a value.
    Nothing,
}

/// Labels as [`folded`] writes them.
const LABELS: [(Announced, &[&str]); 13] = [
    (
        Announced::Field(Field::Surname),
        &[
            "SURNAME",
            "SURNAMES",
            "FAMILY NAME",
            "LAST NAME",
            "NOM",
            "APELLIDOS",
            "APELLIDO",
            "COGNOME",
            "NACHNAME",
            "FAMILIENNAME",
            "APELIDO",
            "APELIDOS",
            "SOBRENOME",
            "EFTERNAVN",
            "EFTERNAMN",
            "ETTERNAVN",
            "SUKUNIMI",
            "NAZWISKO",
            "PRIJMENI",
            "PRIEZVISKO",
            "PREZIME",
            "PRIIMEK",
            "PAVARDE",
            "UZVARDS",
            "PERENIMI",
            "PEREKONNANIMI",
            "SOYADI",
            "SOYAD",
            "CSALADI NEV",
            "NUME",
            "ACHTERNAAM",
            "MBIEMRI",
            "FAMILIYA",
            "PRIMARY IDENTIFIER",
            "IDENTIFIANT PRIMAIRE",
            "EPONYMO",
            "PRESIME",
        ],
    ),
    (
        Announced::Field(Field::GivenNames),
        &[
            "GIVEN NAMES",
            "GIVEN NAME",
            "GIVEN NAME S",
            "FIRST NAME",
            "FIRST NAMES",
            "FORENAMES",
            "FORENAME",
            "FORENAME S",
            "PRENOMS",
            "PRENOM",
            "PRENOM S",
            "NOMBRE",
            "NOMBRES",
            "NOME",
            "NOMI",
            "NOME PROPRIO",
            "VORNAMEN",
            "VORNAME",
            "VORNAME N",
            "FORNAVN",
            "FORNAMN",
            "ETUNIMET",
            "IMIONA",
            "IMIE",
            "IMIE IMIONA",
            "JMENO",
            "MENO",
            "IME",
            "VARDAS",
            "VARDS",
            "EESNIMI",
            "ADI",
            "UTONEV",
            "PRENUME",
            "VOORNAMEN",
            "VOORNAAM",
            "EMRI",
            "SECONDARY IDENTIFIER",
            "IDENTIFIANT SECONDAIRE",
            "ONOMA",
            "NOMS",
        ],
    ),
    (
        Announced::Name,
        &[
            "NAME",
            "FULL NAME",
            "NAMN",
            "NAAM",
            "NAVN",
            "NAME IN FULL",
            "SURNAME GIVEN NAMES",
            "SURNAME GIVEN NAME",
            "NAME SURNAME GIVEN NAMES",
            "SURNAME AND GIVEN NAMES",
            "NOMBRES APELLIDOS",
            "APELLIDOS NOMBRES",
            "NOM PRENOMS",
        ],
    ),
    (
        Announced::Field(Field::DocumentNumber),
        &[
            "PASSPORT NO",
            "PASSPORT NUMBER",
            "DOCUMENT NO",
            "DOCUMENT NUMBER",
            "CARD NO",
            "CARD NUMBER",
            "ID CARD NO",
            "LICENCE NO",
            "LICENSE NO",
            "LICENCE NUMBER",
            "LICENSE NUMBER",
            "NO DU PASSEPORT",
            "N DU PASSEPORT",
            "N DE PASSEPORT",
            "NO DE PASSEPORT",
            "PASSEPORT NO",
            "PASSEPORT N",
            "PASS NR",
            "PASSNUMMER",
            "REISEPASS NR",
            "AUSWEISNUMMER",
            "PASAPORTE NO",
            "PASAPORTE N",
            "NUMERO DE PASAPORTE",
            "NUMERO DE DOCUMENTO",
            "NUMERO DE DOCUMENT",
            "NUM DE DOCUMENTO",
            "NUMERO DOCUMENTO",
            "PASSAPORTO N",
            "CARTA N",
            "NR LETERNJOFTIM",
            "CISLO PASU",
            "CISLO PRUKAZU",
            "NUMER PASZPORTU",
            "NUMER DOWODU",
            "SERIAL NO",
            "DOCUMENT NR",
            "DOKUMENT NR",
        ],
    ),
    (
        Announced::Field(Field::NationalIdNumber),
        &[
            "PERSONAL NO",
            "PERSONAL NUMBER",
            "PERSONAL ID NO",
            "PERSONAL CODE",
            "IDENTITY NO",
            "IDENTIFICATION NO",
            "NATIONAL NUMBER",
            "NATIONAL ID NO",
            "ID NO",
            "ID NUMBER",
            "NO PERSONNEL",
            "N PERSONNEL",
            "NR PERSONAL",
            "PESEL",
            "CNP",
            "DNI",
            "NIF",
            "RODNE CISLO",
            "ASMENS KODAS",
            "ISIKUKOOD",
            "PERSONAS KODS",
            "TC KIMLIK NO",
            "RECORD NO",
            "PERSONNUMMER",
            "BSN",
        ],
    ),
    (
        Announced::Field(Field::BirthDate),
        &[
            "DATE OF BIRTH",
            "BIRTH DATE",
            "BIRTHDATE",
            "DOB",
            "DATE DE NAISSANCE",
            "FECHA DE NACIMIENTO",
            "GEBURTSDATUM",
            "GEBURTSTAG",
            "DATA DI NASCITA",
            "DATA DE NASCIMENTO",
            "GEBOORTEDATUM",
            "DATA URODZENIA",
            "DATUM NAROZENI",
            "DATUM NARODENIA",
            "DATUM RODENJA",
            "DATUM RODJENJA",
            "DATUM ROJSTVA",
            "SYNTYMAAIKA",
            "FODELSEDATUM",
            "FODSELSDATO",
            "DOGUM TARIHI",
            "SZULETESI IDO",
            "SZULETESI DATUM",
            "DATA NASTERII",
            "DATELINDJA",
            "GIMIMO DATA",
            "DZIMSANAS DATUMS",
            "SUNNIAEG",
            "FEC NACIMIENTO",
        ],
    ),
    (
        Announced::Field(Field::Sex),
        &[
            "SEX",
            "SEXE",
            "SEXO",
            "SESSO",
            "GENDER",
            "GESCHLECHT",
            "GESLACHT",
            "PLEC",
            "POHLAVI",
            "POHLAVIE",
            "SPOL",
            "CINSIYET",
            "CINSIYETI",
            "GJINIA",
            "KON",
            "KJONN",
            "NEME",
            "LYTIS",
            "DZIMUMS",
            "SUGU",
            "SEXUL",
        ],
    ),
    (
        Announced::Field(Field::Nationality),
        &[
            "NATIONALITY",
            "NATIONALITE",
            "NACIONALIDAD",
            "STAATSANGEHORIGKEIT",
            "CITTADINANZA",
            "NACIONALIDADE",
            "NATIONALITEIT",
            "OBYWATELSTWO",
            "STATNI OBCANSTVI",
            "STATNE OBCIANSTVO",
            "DRZAVLJANSTVO",
            "UYRUGU",
            "SHTETESIA",
            "CITIZENSHIP",
            "KANSALAISUUS",
            "MEDBORGARSKAP",
        ],
    ),
    (
        Announced::Field(Field::IssueDate),
        &[
            "DATE OF ISSUE",
            "ISSUE DATE",
            "DATE ISSUED",
            "ISSUED ON",
            "DATE DE DELIVRANCE",
            "FECHA DE EXPEDICION",
            "FECHA DE EMISION",
            "AUSSTELLUNGSDATUM",
            "DATA DI RILASCIO",
            "DATA DE EMISSAO",
            "DATUM VAN AFGIFTE",
            "DATA WYDANIA",
            "DATUM VYDANI",
            "DATUM VYDANIA",
            "DATUM IZDAVANJA",
            "DATUM IZDAJE",
            "MYONTAMISPAIVA",
            "UTFARDANDEDATUM",
            "UTSTEDELSESDATO",
            "VERILIS TARIHI",
            "DATA E LESHIMIT",
            "DATA ELIBERARII",
            "ISDAVIMO DATA",
            "VALID FROM",
            "VALIDO A PARTIR DEL",
            "ISS",
        ],
    ),
    (
        Announced::Field(Field::ExpiryDate),
        &[
            "DATE OF EXPIRY",
            "DATE OF EXPIRATION",
            "EXPIRY DATE",
            "EXPIRATION DATE",
            "EXPIRES",
            "EXPIRES ON",
            "EXP",
            "VALID UNTIL",
            "VALID TO",
            "VALID THRU",
            "DATE D EXPIRATION",
            "VALIDE JUSQU AU",
            "FECHA DE CADUCIDAD",
            "FECHA DE VENCIMIENTO",
            "VALIDO HASTA",
            "VALIDO HASTA EL",
            "VALIDEZ",
            "GULTIG BIS",
            "GUELTIG BIS",
            "DATA DI SCADENZA",
            "SCADENZA",
            "DATA DE VALIDADE",
            "VALIDADE",
            "GELDIG TOT",
            "DATA WAZNOSCI",
            "TERMIN WAZNOSCI",
            "PLATNOST DO",
            "VRIJEDI DO",
            "VELJA DO",
            "VIIMEINEN VOIMASSAOLOPAIVA",
            "GILTIGT TILL",
            "GYLDIG TIL",
            "GECERLILIK TARIHI",
            "SON GECERLILIK",
            "DATA E SKADIMIT",
            "DATA EXPIRARII",
            "GALIOJA IKI",
            "DERIGA LIDZ",
            "KEHTIV KUNI",
        ],
    ),
    (
        Announced::Field(Field::IssuingAuthority),
        &[
            "AUTHORITY",
            "ISSUING AUTHORITY",
            "AUTORITE",
            "AUTORIDAD",
            "BEHORDE",
            "AUSSTELLENDE BEHORDE",
            "AUTORITA",
            "AUTORIDADE",
            "AUTORITEIT",
            "INSTANTIE",
            "ORGAN WYDAJACY",
            "VYDAL",
            "IZDAO",
            "MYONTAJA",
            "MYNDIGHET",
            "MYNDIGHED",
            "ISSUED BY",
            "AUTORITETI LESHUES",
            "EMITENTUL",
            "VEREN MAKAM",
        ],
    ),
    (
        Announced::Field(Field::Address),
        &[
            "ADDRESS",
            "ADRESSE",
            "ADRES",
            "DOMICILIO",
            "INDIRIZZO",
            "ANSCHRIFT",
            "MORADA",
            "WOONPLAATS",
            "PERMANENT ADDRESS",
        ],
    ),
    (
        Announced::Nothing,
        &[
            "PLACE OF BIRTH",
            "LIEU DE NAISSANCE",
            "LUGAR DE NACIMIENTO",
            "GEBURTSORT",
            "LUOGO DI NASCITA",
            "BIRTHPLACE",
            "VENDLINDJA",
            "MISTO NAROZENI",
            "SIGNATURE",
            "FIRMA",
            "HOLDERS SIGNATURE",
            "HOLDER S SIGNATURE",
            "SIGNATURE OF HOLDER",
            "SIGNATURE OF BEARER",
            "SIGNATURE DU TITULAIRE",
            "UNTERSCHRIFT",
            "TYPE",
            "TYP",
            "TIPO",
            "CODE",
            "KOD",
            "COUNTRY CODE",
            "CODE DU PAYS",
            "CODE OF ISSUING STATE",
            "PLACE OF ISSUE",
            "LIEU DE DELIVRANCE",
            "LUGAR DE EXPEDICION",
            "HEIGHT",
            "TAILLE",
            "GROSSE",
            "COLOUR OF EYES",
            "COLOR OF EYES",
            "EYES",
            "REMARKS",
            "OBSERVATIONS",
            "ENDORSEMENTS",
            "PASSPORT",
            "PASSEPORT",
            "REISEPASS",
            "PASAPORTE",
            "IDENTITY CARD",
            "CATEGORIES",
            "NO OF ENTRIES",
            "NUM DE ENTRADAS",
            "ALSO KNOWN AS",
            "ANNOTATION",
            "MARITAL STATUS",
            "CARTE D IDENTITE",
            "RESIDENCE PERMIT",
            "PERMIS DE SEJOUR",
            "PERMANENT RESIDENT",
            "PERSONALAUSWEIS",
            "ISSUING POST NAME",
            "RELIGION",
        ],
    ),
];

/// Labels in Chinese characters, the longer before those they contain.
const HAN: [(Announced, &[&str]); 9] = [
    (Announced::Field(Field::BirthDate), &["出生日期", "出生"]),
    (Announced::Field(Field::IssueDate), &["签发日期", "發照日期", "初次领证日期"]),
    (Announced::Field(Field::ExpiryDate), &["有效期至", "效期截止日期", "有效期限"]),
    (Announced::Field(Field::IssuingAuthority), &["签发机关", "發照機關", "发证机关"]),
    (Announced::Field(Field::FullNameNative), &["姓名"]),
    (Announced::Field(Field::Sex), &["性别", "性別"]),
    (Announced::Field(Field::Nationality), &["国籍", "國籍"]),
    (Announced::Field(Field::Address), &["住址"]),
    (
        Announced::Field(Field::DocumentNumber),
        &["护照号码", "护照号", "護照號碼", "证件号码", "证号"],
    ),
];

/// A label in a line, with its translations beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    pub announced: Announced,
    /// First character of the line that belongs to it.
    pub start: usize,
    /// First character after it.
    pub end: usize,
    /// What follows it in the line, up to the next label.
    pub inline: String,
}

/// The labels of a line from left to right; none when it is no label line.
pub(super) fn find(line: &Line) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut at = 0;
    // A middle dot parts translations of a label, but also Chinese writings of
    // names that are not Chinese.
    let han = line.text.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
    let parts = |c: char| matches!(c, '/' | '|' | ':' | '：') || (!han && matches!(c, '·' | '•'));
    for segment in line.text.split(parts) {
        let length = segment.chars().count();
        let mut rest: &str = segment;
        while let Some((announced, taken)) = at_start(rest) {
            let start = at + length - rest.chars().count();
            rest = rest.get(taken..).unwrap_or_default();
            let end = at + length - rest.chars().count();
            match spans.last_mut() {
                // A translation of the label before it.
                Some(last) if last.announced == announced && last.inline.is_empty() => {
                    last.end = end;
                }
                _ => spans.push(Span { announced, start, end, inline: String::new() }),
            }
        }
        let rest = rest.trim_matches(|c: char| c == '.' || c.is_whitespace());
        if let Some(last) = spans.last_mut().filter(|_| !rest.is_empty()) {
            if !last.inline.is_empty() {
                last.inline.push('/');
            }
            last.inline.push_str(rest);
        }
        at += length + 1;
    }
    // PASSPORT OFFICE is a value, PASSPORT a title.
    let only_words = |span: &Span| span.announced == Announced::Nothing;
    if spans.iter().all(only_words) && spans.iter().any(|span| !span.inline.is_empty()) {
        spans.clear();
    }
    spans
}

/// The label that `text` starts with, and the bytes that it takes; a field
/// number before it (`4a.`, `07`) counts to it.
fn at_start(text: &str) -> Option<(Announced, usize)> {
    let unmarked = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let body = match unmarked.split_once([' ', '.']) {
        // The letter of 4a to 4d.
        Some((letter, rest)) if letter.len() == 1 && unmarked.len() < text.len() => {
            rest.trim_start_matches(|c: char| !c.is_alphabetic())
        }
        _ => unmarked,
    };
    let skipped = text.len() - body.len();
    for (announced, labels) in HAN {
        if let Some(label) = labels.iter().find(|label| body.starts_with(**label)) {
            return Some((announced, skipped + label.len()));
        }
    }
    let ends = word_ends(body);
    ends.iter().rev().find_map(|end| {
        let words = body.get(..*end)?;
        Some((announced_by(&folded(words))?, skipped + end))
    })
}

/// Where the first words of `text` end, in bytes, at most [`WORDS`].
fn word_ends(text: &str) -> Vec<usize> {
    let boundaries = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
    let mut ends: Vec<usize> = boundaries.filter(|at| *at > 0).take(WORDS).collect();
    if ends.len() < WORDS {
        ends.push(text.len());
    }
    ends
}

/// No label has more words.
const WORDS: usize = 5;

/// Capitals of A to Z, words parted by one space.
fn folded(text: &str) -> String {
    let ascii = any_ascii(text).to_ascii_uppercase();
    let words = ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What a folded text announces: exactly, or, from [`FUZZY`] letters on, one
/// misread letter in five apart.
fn announced_by(folded: &str) -> Option<Announced> {
    let exact =
        |(announced, labels): &(Announced, &[&str])| labels.contains(&folded).then_some(*announced);
    LABELS.iter().find_map(exact).or_else(|| {
        let near = |label: &&&str| is_near(folded, label);
        LABELS.iter().find_map(|(announced, labels)| labels.iter().find(near).map(|_| *announced))
    })
}

/// Shorter labels must be right in every letter: EXP and EMP are two words.
const FUZZY: usize = 7;

fn is_near(text: &str, label: &str) -> bool {
    // Both are ASCII: bytes are letters.
    let (longer, shorter) = (text.len().max(label.len()), text.len().min(label.len()));
    if label.len() < FUZZY || (longer - shorter) * 5 > longer {
        return false;
    }
    let same_end = text.as_bytes().first() == label.as_bytes().first()
        || text.as_bytes().last() == label.as_bytes().last();
    same_end && strsim::osa_distance(text, label) * 5 <= longer
}

#[cfg(test)]
mod tests {
    use imaging::geometry::Rect;

    use super::*;
    use crate::page::Page;

    fn spans(text: &str) -> Vec<(Announced, String)> {
        let page = Page::of([(Rect::new(0.0, 0.0, 300.0, 20.0).quad(), text, 0.9)]);
        find(&page.lines[0]).into_iter().map(|span| (span.announced, span.inline)).collect()
    }

    #[test]
    fn labels_are_found_in_any_language_translated_and_with_values() {
        let field = |field, inline: &str| (Announced::Field(field), inline.to_owned());
        let cases = [
            ("Surname/Nom/Apellidos", vec![field(Field::Surname, "")]),
            ("Name·Surname", vec![(Announced::Name, String::new()), field(Field::Surname, "")]),
            ("SURMAME / NOM", vec![field(Field::Surname, "")]),
            ("Vornamen", vec![field(Field::GivenNames, "")]),
            ("4. Data e lëshimit/date of issue", vec![field(Field::IssueDate, "")]),
            ("Sex: F", vec![field(Field::Sex, "F")]),
            ("Document No. AB123456", vec![field(Field::DocumentNumber, "AB123456")]),
            (
                "DATE OF ISSUE/DATE DE DELIVRANCE 08 DATE OF EXPIRY/DATE D'EXPIRATION",
                vec![field(Field::IssueDate, ""), field(Field::ExpiryDate, "")],
            ),
            ("出生日期/Date of birth", vec![field(Field::BirthDate, "")]),
            ("性别女", vec![field(Field::Sex, "女")]),
            ("Name", vec![(Announced::Name, String::new())]),
            ("Place of birth / Lieu de naissance", vec![(Announced::Nothing, String::new())]),
            ("ERIKSSON", vec![]),
            ("12 AUG 74", vec![]),
            ("", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(spans(text), expected, "{text}");
        }
    }
}
