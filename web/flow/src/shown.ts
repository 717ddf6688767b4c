import { type TemplateResult, css, html, svg } from "lit";
import type { Reason } from "./types";
import type { Say } from "./words";

/** A picture that was taken, as the person sees it. */
export const shown = css`
  .shown {
    position: relative;
    display: grid;
    border-radius: var(--radius);
    overflow: hidden;
    background: var(--well);
  }
  .shown > * {
    grid-area: 1 / 1;
    width: 100%;
    height: auto;
    max-height: 60vh;
    object-fit: contain;
  }
  .shown svg {
    height: 100%;
  }
  .fault,
  .halo {
    fill: none;
    stroke: #fff;
    stroke-width: 7px;
    vector-effect: non-scaling-stroke;
    stroke-linejoin: round;
  }
  .fault {
    fill: rgb(226 40 55 / 16%);
    stroke: #c8102e;
    stroke-width: 3.5px;
  }
`;

const marked = (region: [number, number][]) => svg`
  <polygon class="halo" points=${region.map((at) => at.join(",")).join(" ")}/>
  <polygon class="fault" points=${region.map((at) => at.join(",")).join(" ")}/>
`;

/** A picture of so many pixels, and on it where its faults are. */
export interface Judged {
  url: string;
  width: number;
  height: number;
  faults: Reason[];
}

/** The picture in `url`, and how large it is. */
export async function judged(url: string, faults: Reason[]): Promise<Judged> {
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => undefined);
  const [width, height] = [picture.naturalWidth || 4, picture.naturalHeight || 3];
  return { url, width, height, faults };
}

export const withFaults = ({ url, width, height, faults }: Judged, say: Say): TemplateResult => html`
  <div class="shown">
    <img src=${url} alt=${say("picture.yours")} />
    <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
      ${faults.flatMap(({ region }) => (region && region.length > 2 ? [marked(region)] : []))}
    </svg>
  </div>
`;
