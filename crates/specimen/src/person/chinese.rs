//! Chinese names with their pinyin, and ethnic groups.

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Sex, pick};

pub(super) struct ChineseName {
    pub characters: String,
    /// In title case, as a passport prints it but for case.
    pub surname_pinyin: String,
    pub given_pinyin: String,
}

/// Family names with their reading as names (a few differ from the usual reading).
const SURNAMES: [(&str, &str); 64] = [
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("黄", "Huang"),
    ("赵", "Zhao"),
    ("吴", "Wu"),
    ("周", "Zhou"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("何", "He"),
    ("林", "Lin"),
    ("高", "Gao"),
    ("罗", "Luo"),
    ("郑", "Zheng"),
    ("梁", "Liang"),
    ("谢", "Xie"),
    ("宋", "Song"),
    ("唐", "Tang"),
    ("许", "Xu"),
    ("韩", "Han"),
    ("冯", "Feng"),
    ("邓", "Deng"),
    ("曹", "Cao"),
    ("彭", "Peng"),
    ("曾", "Zeng"),
    ("萧", "Xiao"),
    ("田", "Tian"),
    ("董", "Dong"),
    ("潘", "Pan"),
    ("袁", "Yuan"),
    ("蔡", "Cai"),
    ("蒋", "Jiang"),
    ("余", "Yu"),
    ("于", "Yu"),
    ("杜", "Du"),
    ("叶", "Ye"),
    ("程", "Cheng"),
    ("魏", "Wei"),
    ("苏", "Su"),
    ("吕", "Lyu"),
    ("丁", "Ding"),
    ("任", "Ren"),
    ("卢", "Lu"),
    ("姚", "Yao"),
    ("沈", "Shen"),
    ("钟", "Zhong"),
    ("姜", "Jiang"),
    ("崔", "Cui"),
    ("谭", "Tan"),
    ("单", "Shan"),
    ("仇", "Qiu"),
    ("解", "Xie"),
    ("区", "Ou"),
    ("欧阳", "Ouyang"),
    ("司马", "Sima"),
    ("诸葛", "Zhuge"),
    ("上官", "Shangguan"),
];

const WOMEN: [(&str, &str); 40] = [
    ("芳", "fang"),
    ("娜", "na"),
    ("敏", "min"),
    ("静", "jing"),
    ("丽", "li"),
    ("艳", "yan"),
    ("娟", "juan"),
    ("霞", "xia"),
    ("秀", "xiu"),
    ("英", "ying"),
    ("玲", "ling"),
    ("桂", "gui"),
    ("兰", "lan"),
    ("婷", "ting"),
    ("雪", "xue"),
    ("慧", "hui"),
    ("颖", "ying"),
    ("琳", "lin"),
    ("欣", "xin"),
    ("怡", "yi"),
    ("梦", "meng"),
    ("琪", "qi"),
    ("诗", "shi"),
    ("涵", "han"),
    ("雨", "yu"),
    ("萱", "xuan"),
    ("思", "si"),
    ("佳", "jia"),
    ("瑶", "yao"),
    ("倩", "qian"),
    ("晓", "xiao"),
    ("月", "yue"),
    ("春", "chun"),
    ("梅", "mei"),
    ("红", "hong"),
    ("燕", "yan"),
    ("珍", "zhen"),
    ("绿", "lyu"),
    ("馨", "xin"),
    ("媛", "yuan"),
];

const MEN: [(&str, &str); 40] = [
    ("伟", "wei"),
    ("强", "qiang"),
    ("磊", "lei"),
    ("洋", "yang"),
    ("勇", "yong"),
    ("军", "jun"),
    ("杰", "jie"),
    ("涛", "tao"),
    ("超", "chao"),
    ("明", "ming"),
    ("刚", "gang"),
    ("平", "ping"),
    ("辉", "hui"),
    ("鹏", "peng"),
    ("华", "hua"),
    ("飞", "fei"),
    ("鑫", "xin"),
    ("波", "bo"),
    ("斌", "bin"),
    ("宇", "yu"),
    ("浩", "hao"),
    ("凯", "kai"),
    ("健", "jian"),
    ("俊", "jun"),
    ("帆", "fan"),
    ("帅", "shuai"),
    ("旭", "xu"),
    ("宁", "ning"),
    ("龙", "long"),
    ("林", "lin"),
    ("建", "jian"),
    ("国", "guo"),
    ("志", "zhi"),
    ("文", "wen"),
    ("博", "bo"),
    ("轩", "xuan"),
    ("泽", "ze"),
    ("铭", "ming"),
    ("毅", "yi"),
    ("政", "zheng"),
];

/// The 56 recognised groups, as a card prints them.
const ETHNICITIES: [&str; 56] = [
    "汉",
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
];

pub(super) fn name(rng: &mut ChaCha8Rng, sex: Sex) -> ChineseName {
    let table = if sex == Sex::F { &WOMEN } else { &MEN };
    let (surname, surname_pinyin) = SURNAMES[rng.random_range(0..SURNAMES.len())];
    let count = if rng.random_bool(0.75) { 2 } else { 1 };
    let mut characters = surname.to_owned();
    let mut pinyin = String::new();
    for _ in 0..count {
        let (character, syllable) = table[rng.random_range(0..table.len())];
        characters.push_str(character);
        pinyin.push_str(syllable);
    }
    let mut letters = pinyin.chars();
    let given_pinyin = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    ChineseName {
        characters,
        surname_pinyin: surname_pinyin.to_owned(),
        given_pinyin,
    }
}

/// Han for six in ten, so that the rest are all met in a few hundred cards.
pub(super) fn ethnicity(rng: &mut ChaCha8Rng) -> &'static str {
    if rng.random_bool(0.6) {
        "汉"
    } else {
        pick(rng, &ETHNICITIES)
    }
}
