//! Places that do not exist.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::pick;

/// Towns of Utopia.
pub(crate) const TOWNS: [&str; 14] = [
    "Zenith",
    "Amaurot",
    "Port Halcyon",
    "Northmere",
    "Ellendale",
    "Brightwater",
    "Saint-Aubry",
    "Kaltenbrück",
    "Villanova",
    "Østerby",
    "Lindholm",
    "New Arcady",
    "Westerfold",
    "Aldermoor",
];

const STREETS: [&str; 12] = [
    "Harbour Street",
    "Elm Avenue",
    "Rue du Moulin",
    "Mill Lane",
    "Station Road",
    "Calle Mayor",
    "Lindenallee",
    "Market Square",
    "Orchard Close",
    "Quay Parade",
    "Old Tower Road",
    "Via Roma",
];

pub(super) fn latin(rng: &mut ChaCha8Rng) -> String {
    let (number, postcode) = (rng.random_range(1..240), rng.random_range(10_000..99_999));
    format!("{number} {}, {postcode} {}", pick(rng, &STREETS), pick(rng, &TOWNS))
}

const PROVINCES: [&str; 8] =
    ["云梦省", "东屿省", "南岭省", "望北省", "西原省", "中岳省", "瀚海自治区", "样本省"];
const CITIES: [&str; 12] = [
    "望海市",
    "临川市",
    "青浦市",
    "白鹿市",
    "金沙市",
    "云溪市",
    "安澜市",
    "长宁市",
    "栖霞市",
    "虎丘市",
    "雁门市",
    "星河市",
];
const DISTRICTS: [&str; 12] = [
    "江北区",
    "城东区",
    "高新区",
    "南湖区",
    "石桥区",
    "桃源县",
    "平安县",
    "凤鸣县",
    "清河区",
    "龙泉区",
    "古城区",
    "新港区",
];
const ROADS: [&str; 14] = [
    "人民路",
    "解放大道",
    "中山东路",
    "建设街",
    "和平里",
    "朝阳北路",
    "文化巷",
    "学府路",
    "梧桐街",
    "滨江大道",
    "光明路",
    "幸福街",
    "迎春路",
    "长青巷",
];
const VILLAGES: [&str; 10] = [
    "松树镇莲花村",
    "冷水镇夏家村",
    "大河乡柳树屯",
    "青石镇上坪村",
    "新安乡杏花村",
    "白沙镇前湾村",
    "东山镇石磨村",
    "双桥乡枫林村",
    "红旗镇三道沟村",
    "南坪镇桂花村",
];

/// An address of two or three lines on a card.
pub(super) fn chinese(rng: &mut ChaCha8Rng) -> String {
    let (province, city) = (pick(rng, &PROVINCES), pick(rng, &CITIES));
    let district = pick(rng, &DISTRICTS);
    let place = if rng.random_bool(0.35) {
        format!(
            "{}{}组{}号",
            pick(rng, &VILLAGES),
            rng.random_range(1..13),
            rng.random_range(1..90)
        )
    } else {
        let (number, building) = (rng.random_range(1..400), rng.random_range(1..32));
        let (unit, room) = (rng.random_range(1..5), rng.random_range(101..2604));
        match rng.random_range(0..3) {
            0 => format!("{}{number}号", pick(rng, &ROADS)),
            1 => format!("{}{number}号{building}号楼{room}室", pick(rng, &ROADS)),
            _ => format!("{}{number}号{building}幢{unit}单元{room}室", pick(rng, &ROADS)),
        }
    };
    format!("{province}{city}{district}{place}")
}

/// The office that issues cards in the place of `address`.
pub(crate) fn chinese_authority(rng: &mut ChaCha8Rng) -> String {
    let (city, district) = (pick(rng, &CITIES), pick(rng, &DISTRICTS));
    match district.strip_suffix('县') {
        Some(_) => format!("{district}公安局"),
        None => format!("{city}公安局{}分局", district.trim_end_matches('区')),
    }
}
