//! The codes that may stand for an issuing state or a nationality.

use super::symbol::Symbol;

/// ISO 3166-1 alpha-3, and what ICAO Doc 9303-3, section 5, adds to it:
/// Germany's D, kinds of British nationality, organisations, people without a
/// nationality, the fictional UTO; RKS as Kosovo prints it; and codes of states
/// that are no more but whose documents are still shown.
const CODES: &str = "\
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD \
    BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR \
    COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH \
    ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL \
    GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR \
    JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR \
    MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL \
    NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY \
    PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP \
    SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA \
    UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE \
    D<< EUE GBD GBN GBO GBP GBS UNA UNK UNO UTO XBA XCC XCE XCO XDC XEC XES XIM XMP XOM XPO XXA \
    XXB XXC XXX RKS ANT NTZ ROM SCG SUN TMP YUG ZAR";

/// How much less probable than what was read, as a difference of natural
/// logarithms, a code may be that takes its place because that is none. At 0, when
/// nothing takes a code's place, one zone fewer of 52 narrow tuning photographs is exact.
const MAX_COST: f32 = 6.0;

/// The code that `columns`, the logarithms of three places, most probably show:
/// `read` where it is one, or where none is probable.
pub(super) fn settled(columns: &[[f32; Symbol::COUNT]], read: [Symbol; 3]) -> [Symbol; 3] {
    let score = |code: &[Symbol; 3]| -> f32 {
        code.iter().zip(columns).map(|(symbol, logs)| logs[symbol.index()]).sum()
    };
    let codes = CODES.split(' ').filter_map(symbols);
    let best = codes.max_by(|a, b| score(a).total_cmp(&score(b)));
    best.filter(|best| score(&read) - score(best) <= MAX_COST).unwrap_or(read)
}

fn symbols(code: &str) -> Option<[Symbol; 3]> {
    let symbols: Vec<Symbol> = code.chars().filter_map(Symbol::of).collect();
    symbols.try_into().ok()
}
