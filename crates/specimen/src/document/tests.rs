use std::sync::LazyLock;

use super::*;
use crate::kind::Field;
use crate::portraits::Portraits;
use crate::truth::Quad;

fn document(kind: Kind, template: u8, seed: u64) -> Document {
    render(&Order { pixels_per_mm: 6.0, ..Order::new(kind, template, seed) })
}

fn render(order: &Order) -> Document {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::find().unwrap());
    static PORTRAITS: LazyLock<Portraits> = LazyLock::new(Portraits::drawn);
    Document::generate(&FONTS, order, &PORTRAITS.of(order.seed).document)
}

fn every_kind_and_template() -> impl Iterator<Item = (Kind, u8)> {
    Kind::ALL.into_iter().flat_map(|kind| (0..Kind::TEMPLATES).map(move |t| (kind, t)))
}

fn overlap(a: &Quad, b: &Quad) -> bool {
    let (a, b) = (a.bounds(), b.bounds());
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[test]
fn the_same_order_gives_the_same_pixels_and_truth() {
    for (kind, template) in every_kind_and_template() {
        let (first, second) = (document(kind, template, 3), document(kind, template, 3));
        assert_eq!(first.content, second.content);
        for (a, b) in first.sides.iter().zip(&second.sides) {
            assert_eq!(a.image, b.image, "{kind} {template}");
            assert_eq!(a.truth, b.truth, "{kind} {template}");
        }
    }
}

#[test]
fn the_mark_and_the_fields_overlap_nothing_else_and_stay_inside() {
    for (kind, template) in every_kind_and_template() {
        for seed in 0..8 {
            for side in document(kind, template, seed).sides {
                let truth = side.truth;
                let mut places: Vec<(String, Quad)> = vec![("mark".into(), truth.specimen_mark)];
                places.extend(truth.fields.iter().map(|(name, f)| (format!("{name:?}"), f.quad)));
                places.extend(truth.mrz.iter().map(|mrz| ("mrz".into(), mrz.quad)));
                places.extend(truth.portrait.map(|quad| ("portrait".into(), quad)));
                places.extend(truth.ghost.map(|quad| ("ghost".into(), quad)));
                for (index, (name, quad)) in places.iter().enumerate() {
                    let context = format!("{kind} {template} seed {seed} {:?}: {name}", truth.side);
                    assert!(quad.0.iter().all(|corner| truth.quad.contains(*corner)), "{context}");
                    for (other, place) in &places[..index] {
                        assert!(!overlap(quad, place), "{context} over {other}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_document_is_of_a_fictional_issuer() {
    for (kind, template) in every_kind_and_template() {
        let document = document(kind, template, 11);
        if kind.is_chinese() {
            let fields = &document.sides[0].truth.fields;
            let number =
                fields.get(&Field::NationalIdNumber).or(fields.get(&Field::DocumentNumber));
            let number = &number.expect("a Chinese document bears its number").value;
            assert!(number.starts_with("990101") || number.starts_with('X'), "{number}");
            continue;
        }
        assert!(document.sides.iter().all(|side| side.truth.country == "UTO"));
        let zones = document.sides.iter().filter_map(|side| side.truth.mrz.as_ref());
        for zone in zones {
            assert!(zone.lines[0][2..5] == *"UTO", "{:?}", zone.lines);
        }
    }
}

#[test]
fn a_chinese_card_prints_what_its_number_says() {
    for seed in 0..20 {
        let document = document(Kind::ChineseId, 0, seed);
        let front = &document.sides[0].truth.fields;
        let number = &front[&Field::NationalIdNumber].value;
        let birth = front[&Field::BirthDate].value.replace('-', "");
        assert_eq!(number[6..14], birth);
        let odd = number[16..17].parse::<u8>().unwrap() % 2 == 1;
        assert_eq!(odd, front[&Field::Sex].value == "M");
    }
}

#[test]
fn seventeen_digits_and_long_validity_are_printed_when_ordered() {
    let order = Order {
        seventeen_digits: true,
        validity: Some(Validity::LongTerm),
        pixels_per_mm: 6.0,
        ..Order::new(Kind::ChineseId, 1, 5)
    };
    let card = render(&order);
    assert_eq!(card.sides[0].truth.fields[&Field::NationalIdNumber].value.len(), 17);
    let expiry = &card.sides[1].truth.fields[&Field::ExpiryDate];
    assert_eq!((expiry.printed.as_str(), expiry.value.as_str()), ("长期", "long_term"));
}

#[test]
fn validity_follows_the_order() {
    for (kind, template) in every_kind_and_template() {
        for (validity, current) in [(Validity::Current, true), (Validity::Expired, false)] {
            let order = Order { validity: Some(validity), ..Order::new(kind, template, 9) };
            let content = Content::of(&order);
            let expiry = content.expiry_date.unwrap();
            assert_eq!(expiry >= order.today, current, "{kind} {validity:?} {expiry}");
            assert!(content.issue_date < expiry && content.issue_date < order.today);
        }
    }
}
