import { html, svg, type TemplateResult } from "lit";
import type { Session } from "./session";
import type { Claims, DocumentType } from "./types";

const portrait = (x: number, y: number, size: number) => svg`
  <rect class="portrait" x=${x} y=${y} width=${size} height=${size * 1.25} rx="4"/>
  <circle class="face" cx=${x + size / 2} cy=${y + size * 0.5} r=${size * 0.2}/>
  <path class="face" d="M${x + size * 0.16} ${y + size * 1.25}c0-${size * 0.62} ${size * 0.68}-${size * 0.62} ${size * 0.68} 0Z"/>
`;

const line = (x: number, y: number, label: string, value: string, number?: number) => svg`
  <text class="label" x=${x} y=${y}>${label}</text>
  <text class=${number ? "value marked" : "value"} x=${x} y=${y + 14}>${value}</text>
  ${number ? svg`<circle class="dot" cx=${x - 12} cy=${y + 9} r="7.500"/><text class="number" x=${x - 12} y=${y + 12.5}>${number}</text>` : ""}
`;

const filler = (x: number, y: number, width: number) =>
  svg`<rect class="filler" x=${x} y=${y} width=${width} height="6" rx="3"/>`;

/** Who is on a passport, and its two lines to be read by machines, as far as they are drawn. */
interface Passport {
  labels: [string, string, string];
  values: [string, string, string];
  zone: [string, string];
}

const CHINESE: Passport = {
  labels: ["姓 / Surname", "名 / Given names", "护照号码 / Passport No."],
  values: ["ZHANG", "XIAOMING", "E00000000"],
  zone: ["P<CHNZHANG<<XIAOMING<<<<<<<<<<<", "E000000000CHN9001014M3001019<<<"],
};

/** The specimen of ICAO 9303-4, of a country that is none. */
const ANNA: Passport = {
  labels: ["Surname", "Given names", "Passport No."],
  values: ["ERIKSSON", "ANNA MARIA", "L898902C3"],
  zone: ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<", "L898902C36UTO7408122F1204159ZE1"],
};

function passport({ labels, values, zone }: Passport) {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="208" rx="10"/>
    ${portrait(16, 40, 74)}
    ${filler(16, 18, 90)} ${filler(238, 18, 66)}
    ${labels.map((label, at) => line(122, 48 + 34 * at, label, values[at] ?? "", at + 1))}
    <text class="zone" x="14" y="178">${zone[0]}</text>
    <text class="zone" x="14" y="196">${zone[1]}</text>
  `;
}

function chineseCard() {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${portrait(226, 34, 74)}
    ${line(34, 38, "姓名", "张小明", 1)}
    ${filler(22, 70, 120)} ${filler(22, 90, 150)} ${filler(22, 112, 170)} ${filler(22, 128, 110)}
    ${line(34, 160, "公民身份号码", "11010519491231002X", 2)}
  `;
}

/** The main page of a driving licence: its number, the citizen's, stands above the name. */
function chineseLicence() {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${filler(60, 16, 200)}
    ${line(122, 36, "证号 License No.", "11010519491231002X", 2)}
    ${line(34, 70, "姓名 Name", "张小明", 1)}
    ${filler(150, 84, 40)} ${filler(210, 84, 80)}
    ${filler(22, 112, 190)} ${filler(22, 132, 120)} ${filler(22, 152, 150)} ${filler(22, 172, 130)}
    ${portrait(232, 102, 68)}
  `;
}

function chinesePermit() {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${filler(16, 20, 150)}
    ${portrait(16, 50, 78)}
    ${line(126, 48, "姓名 Name", "张小明", 1)}
    ${filler(126, 78, 120)} ${filler(126, 94, 90)}
    ${line(126, 118, "证件号码 Document No.", "C00000000", 2)}
    ${filler(126, 160, 140)} ${filler(16, 178, 100)}
  `;
}

function card() {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${portrait(16, 54, 74)}
    ${filler(16, 22, 130)}
    ${line(122, 58, "Surname", "ERIKSSON", 1)}
    ${line(122, 94, "Given names", "ANNA MARIA", 2)}
    ${line(122, 130, "Number", "D23145890", 3)}
    ${filler(122, 166, 120)}
  `;
}

function drawing(type: DocumentType | undefined, chinese: boolean) {
  if (type === "passport") return passport(chinese ? CHINESE : ANNA);
  if (!chinese) return card();
  if (type === "id_card") return chineseCard();
  return type === "driving_licence" ? chineseLicence() : chinesePermit();
}

/** The chosen document with the places of what is typed. */
export function example({ document_type }: Claims, { country, say }: Session): TemplateResult {
  const chinese = country === "CHN";
  const whole = chinese && document_type !== "passport";
  return html`
    <figure class="example">
      <svg viewBox="0 0 320 ${document_type === "passport" ? 210 : 202}" role="img" aria-label=${say("details.example")}>
        ${drawing(document_type, chinese)}
      </svg>
      <figcaption class="small quiet">${say(whole ? "details.order_chinese" : "details.order")}</figcaption>
    </figure>
  `;
}
