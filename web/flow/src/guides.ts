import { type TemplateResult, html, svg } from "lit";
import type { PicturePlace, Polygon } from "./types";

/** The corners of the document that is seen, as shares of a frame of this width and height. */
export const outline = (corners: Polygon, [width, height]: [number, number]) =>
  svg`<polygon class="outline" points=${corners.map(([x, y]) => `${x * width},${y * height}`).join(" ")}/>`;

/** Where face and document go in a frame of this width and height. */
export function guide(place: PicturePlace, [width, height]: [number, number]): TemplateResult {
  if (place === "held") return beside(height > width);
  const shape = place === "selfie" ? "oval" : "card";
  return html`<span class="guide ${shape}" aria-hidden="true"></span>`;
}

/** A face with a card beside it; in an upright picture there is more room below. */
const beside = (upright: boolean) => html`
  <svg class="guide beside" viewBox=${upright ? "0 0 75 100" : "0 0 100 75"} aria-hidden="true">
    ${upright
      ? svg`<ellipse cx="31" cy="36" rx="18" ry="25" /><rect x="42" y="64" width="29" height="19" rx="2" />`
      : svg`<ellipse cx="36" cy="33" rx="18" ry="24" /><rect x="58" y="34" width="33" height="22" rx="2" />`}
  </svg>
`;
