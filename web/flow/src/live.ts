import { type TemplateResult, css, html, nothing, svg } from "lit";
import { movement } from "./movement";
import type { Action, Colour } from "./types";
import type { Key, Say } from "./words";

/** The moment before a challenge: what is asked for once more, and the count. */
export interface Counting {
  name: "counting";
  colour: Colour | null;
  left: number;
  /** The movements that were missed before, of a challenge that repeats them. */
  again: Action[];
}

/** A moment of a challenge. */
export interface Moving {
  name: "moving";
  /** None where there are no movements. */
  action: Action | null;
  colour: Colour | null;
  share: number;
  seconds: number;
  /** The last movement was too fast. */
  slower: boolean;
}

/** The line round the face has this length. */
const RING = 100;

/** What is to be done now. */
export const prompt = ({ action, slower, seconds }: Moving, say: Say): TemplateResult => html`
  <div class="prompt">
    ${action ? movement(action) : nothing}
    <p>
      <span aria-live="assertive">${say(`capture.${action ?? "look"}` as Key)}</span>
      ${slower
        ? html`<strong class="slower" role="status">${say("capture.slower")}</strong>`
        : html`<small>${say("capture.seconds", { seconds })}</small>`}
    </p>
  </div>
`;

/** That only these movements are asked for once more, and a new one. */
export const repeated = (again: Action[], say: Say): string => {
  const movements = again.map((action) => say(`capture.${action}` as Key));
  return say("capture.repeat", { movements: movements.join(say("common.comma")) });
};

/** Where the face goes, and how much of the time is over. */
export const oval = (share: number): TemplateResult => html`
  <svg class="guide oval" viewBox="0 0 74 100" aria-hidden="true">
    <ellipse cx="37" cy="50" rx="37" ry="50" />
    ${share
      ? svg`<path class="done" d="M37 0a37 50 0 0 1 0 100a37 50 0 0 1 0-100" pathLength=${RING} stroke-dashoffset=${RING * (1 - share)}/>`
      : nothing}
  </svg>
`;

export const prompts = css`
  .prompt {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 1rem;
    min-height: 104px;
    margin-top: -0.4rem;
    padding: 0.4rem 1rem;
    border-radius: 14px;
    background: #10151d;
    color: #fff;
  }
  .prompt p {
    font-size: 1.15rem;
    font-weight: 650;
    line-height: 1.25;
  }
  .prompt small {
    display: block;
    font-size: 0.9rem;
    font-weight: 500;
    opacity: 0.9;
  }
  .slower {
    display: block;
    color: #fbbf24;
  }
  .count {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: #fff;
    font-size: 6rem;
    font-weight: 700;
    text-shadow: 0 2px 18px #000;
  }
`;
