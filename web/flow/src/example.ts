import { html, svg, type TemplateResult } from "lit";
import type { Session } from "./session";
import type { Claims } from "./types";

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

function passport() {
  return svg`
    <rect class="paper" x="1" y="1" width="318" height="208" rx="10"/>
    ${portrait(16, 40, 74)}
    ${filler(16, 18, 90)} ${filler(238, 18, 66)}
    ${line(122, 48, "Surname / 姓", "ZHANG", 1)}
    ${line(122, 82, "Given names / 名", "XIAO MING", 2)}
    ${line(122, 116, "Passport No. / 护照号", "E00000000", 3)}
    <text class="zone" x="14" y="178">P&lt;CHNZHANG&lt;&lt;XIAO&lt;MING&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;</text>
    <text class="zone" x="14" y="196">E000000000CHN9001011M3001019&lt;&lt;&lt;</text>
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

/** The chosen document with the places of what is typed. */
export function example({ document_type }: Claims, { country, say }: Session): TemplateResult {
  const chinese = country === "CHN" && document_type !== "passport";
  const [drawing, order] = chinese
    ? [chineseCard(), "details.order_chinese" as const]
    : [document_type === "passport" ? passport() : card(), "details.order" as const];
  return html`
    <figure class="example">
      <svg viewBox="0 0 320 ${document_type === "passport" ? 210 : 202}" role="img" aria-label=${say("details.example")}>
        ${drawing}
      </svg>
      <figcaption class="small quiet">${say(order)}</figcaption>
    </figure>
  `;
}
