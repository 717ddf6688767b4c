import { css, html, svg, type TemplateResult } from "lit";
import type { Action } from "./types";

const eyes = svg`<ellipse class="eye" cx="37" cy="45" rx="5" ry="4.500"/><ellipse class="eye" cx="63" cy="45" rx="5" ry="4.500"/>`;
const arrow = (d: string) => svg`<path class="arrow" d=${d}/>`;

const ARROWS: Partial<Record<Action, TemplateResult>> = {
  // The picture is a mirror: one's own left is on the left.
  "turn-left": arrow("M22 96H4m7-7-7 7 7 7"),
  "turn-right": arrow("M78 96h18m-7-7 7 7-7 7"),
  nod: arrow("M94 40v24m-7-7 7 7 7-7"),
  "look-up": arrow("M94 64V40m-7 7 7-7 7 7"),
};

/** A face that makes the movement, beside words that say it. */
export const movement = (action: Action): TemplateResult => html`
  <svg class="movement ${action}" viewBox="0 0 104 108" aria-hidden="true">
    <path class="head" d="M50 8c22 0 33 16 33 40S68 98 50 98 17 72 17 48 28 8 50 8Z" />
    <g class="features">
      ${eyes}
      <path class="nose" d="M50 50v12l-4 2" />
      <path class="mouth" d="M38 77q12 6 24 0" />
      <ellipse class="open" cx="50" cy="79" rx="9" ry="10" />
    </g>
    ${ARROWS[action] ?? ""}
  </svg>
`;

export const movements = css`
  .movement {
    flex: none;
    width: 84px;
    height: 88px;
    fill: none;
    stroke: #fff;
    stroke-width: 3.5px;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .eye {
    fill: #fff;
    stroke: none;
    transform-box: fill-box;
    transform-origin: center;
  }
  .arrow {
    stroke: #4ade80;
    stroke-width: 4.5px;
  }
  .open {
    display: none;
  }
  .open-mouth .open {
    display: inline;
    transform-box: fill-box;
    transform-origin: top;
    animation: mouth 1.6s ease-in-out infinite alternate;
  }
  .open-mouth .mouth {
    display: none;
  }
  .blink .eye {
    animation: blink 1.6s ease-in-out infinite;
  }
  .turn-left .features {
    animation: left 1.6s ease-in-out infinite alternate;
  }
  .turn-right .features {
    animation: right 1.6s ease-in-out infinite alternate;
  }
  .nod .features {
    animation: down 1.6s ease-in-out infinite alternate;
  }
  .look-up .features {
    animation: up 1.6s ease-in-out infinite alternate;
  }
  @keyframes blink {
    40%,
    60% {
      transform: scaleY(0.08);
    }
  }
  @keyframes mouth {
    from {
      transform: scaleY(0.15);
    }
  }
  @keyframes left {
    to {
      transform: translateX(-15px);
    }
  }
  @keyframes right {
    to {
      transform: translateX(15px);
    }
  }
  @keyframes down {
    to {
      transform: translateY(13px);
    }
  }
  @keyframes up {
    to {
      transform: translateY(-15px);
    }
  }
`;
