import type { Session } from "./session";
import type { Flow } from "./types";

/** ISO 3166-1: three letters, as documents have them, and two, by which browsers know names. */
const ISO = `
  ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG
  AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL
  BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH
  CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX
  CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES
  ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI
  GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM
  HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
  JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB
  LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD
  MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS
  MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO
  NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP
  PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS
  SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI
  SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
  TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC
  VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
`;

const TWO = new Map(ISO.split(/\s+/).filter(Boolean).map((pair) => [pair.slice(0, 3), pair.slice(3)]));

/** Specimens are of a country that is none (ICAO 9303). */
const UTOPIA = "UTO";

/** The countries whose documents are accepted. */
export function codes({ accepts, installation }: Flow): string[] {
  const all = accepts.countries.length ? accepts.countries : [...TWO.keys()];
  const taken = all.filter((code) => !accepts.countries_refused.includes(code));
  return installation === "sandbox" && !taken.includes(UTOPIA) ? [UTOPIA, ...taken] : taken;
}

/** Every country, for a nationality. */
export const everyone = ({ installation }: Flow): string[] =>
  installation === "sandbox" ? [UTOPIA, ...TWO.keys()] : [...TWO.keys()];

/** The codes in a text of the server by their names, as far as they have one. */
export const named = (text: string, session: Session): string =>
  text.replace(/[A-Z]{3}/g, (code) => nameOf(code, session));

export function nameOf(code: string, { language, say }: Session): string {
  if (code === UTOPIA) return say("choose.utopia");
  const two = TWO.get(code);
  const names = new Intl.DisplayNames([language], { type: "region" });
  return (two && names.of(two)) || code;
}
