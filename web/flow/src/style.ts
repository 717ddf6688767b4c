import { css } from "lit";

/** One look for every screen, in the colours of `palette`. */
export const style = css`
  :host {
    color-scheme: light dark;
    color: var(--ink);
    font:
      16px/1.5 system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "PingFang SC",
      "Hiragino Sans GB",
      "Microsoft YaHei",
      "Noto Sans CJK SC",
      "Noto Sans SC",
      "WenQuanYi Micro Hei",
      sans-serif;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  figure {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: clamp(1.35rem, 1.1rem + 1.4vw, 1.7rem);
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
    outline: none;
  }
  h2,
  legend {
    font-size: 1.05rem;
    font-weight: 650;
    line-height: 1.35;
    padding: 0;
  }
  .quiet {
    color: var(--quiet);
  }
  .small {
    font-size: 0.9rem;
  }
  a {
    color: inherit;
    text-underline-offset: 0.2em;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .tight {
    gap: 0.375rem;
  }
  .actions {
    display: grid;
    gap: 0.625rem;
    margin-top: 0.5rem;
  }
  button,
  .button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 48px;
    padding: 0.625rem 1.25rem;
    border: 1.5px solid var(--field);
    border-radius: 12px;
    background: transparent;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  button.first,
  .button.first {
    background: var(--accent);
    border-color: var(--mark);
    color: var(--on-accent);
  }
  button.first:hover:not([aria-disabled="true"]) {
    filter: brightness(1.08);
  }
  button.link {
    min-height: 44px;
    padding: 0.25rem 0.5rem;
    border: 0;
    font-weight: 500;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  button[aria-disabled="true"] {
    cursor: progress;
    opacity: 0.62;
  }
  :focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
    border-radius: 8px;
  }
  /* The reading begins there on a new screen; it is nothing to press. */
  h1:focus-visible {
    outline: none;
  }
  .field {
    display: grid;
    gap: 0.3rem;
  }
  .field > label,
  .field > legend,
  .label {
    font-weight: 600;
  }
  .field > legend {
    font-size: 1rem;
    padding-bottom: 0.3rem;
  }
  input:not([type="checkbox"], [type="radio"], [type="file"]),
  select,
  textarea {
    width: 100%;
    min-height: 48px;
    padding: 0.6rem 0.8rem;
    border: 1.5px solid var(--field);
    border-radius: 10px;
    background: var(--card);
  }
  [aria-invalid="true"]:not(fieldset) {
    border-color: var(--bad) !important;
  }
  .error {
    color: var(--bad);
    font-weight: 500;
    display: flex;
    gap: 0.4rem;
    font-size: 0.94rem;
  }
  .error::before {
    content: "!" / "";
    flex: none;
    width: 1.2em;
    height: 1.2em;
    margin-top: 0.12em;
    border-radius: 50%;
    background: var(--bad);
    color: var(--card);
    font-weight: 700;
    line-height: 1.2em;
    text-align: center;
    font-size: 0.85em;
  }
  .level {
    padding-inline-start: 1rem;
    border-inline-start: 3px solid var(--line);
    font-size: 0.94rem;
  }
  .level h3 {
    font-size: 1rem;
  }
  .fine {
    display: flex;
    gap: 0.5rem;
    color: var(--good);
    font-size: 0.94rem;
    font-weight: 500;
  }
  .fine::before {
    content: "✓" / "";
  }
  input[type="checkbox"],
  input[type="radio"] {
    flex: none;
    width: 1.4rem;
    height: 1.4rem;
    margin: 0.05rem 0 0;
    accent-color: var(--mark);
  }
  .choice {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
    min-height: 48px;
    padding: 0.75rem 0.9rem;
    border: 1.5px solid var(--line);
    border-radius: 12px;
    background: var(--card);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--mark);
    box-shadow: inset 0 0 0 1px var(--mark);
  }
  .choice:has(:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
  .choice :focus-visible {
    outline: none;
  }
  .choice .about {
    display: block;
    color: var(--quiet);
    font-size: 0.9rem;
  }
  .note {
    display: grid;
    gap: 0.25rem;
    padding: 0.8rem 1rem;
    border-radius: 12px;
    background: var(--well);
    border-inline-start: 4px solid var(--field);
  }
  .note.warn {
    background: var(--warn-ground);
    border-color: var(--warn);
  }
  .note.bad {
    background: var(--bad-ground);
    border-color: var(--bad);
  }
  .note.good {
    background: var(--good-ground);
    border-color: var(--good);
  }
  .note strong {
    font-weight: 650;
  }
  .more {
    justify-self: start;
    padding-block: 0.35rem;
    font-size: 0.9rem;
  }
  details summary {
    min-height: 44px;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    cursor: pointer;
    font-weight: 550;
  }
  details summary::before {
    content: "›" / "";
    text-decoration: none;
    display: inline-block;
    transition: transform 0.15s;
  }
  details[open] summary::before {
    transform: rotate(90deg);
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 1.6rem;
    height: 1.6rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .need {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
  }
  .need > .icon {
    color: var(--good);
  }
  .badge {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 50%;
    background: var(--well);
    color: var(--quiet);
  }
  .badge .icon {
    width: 2.1rem;
    height: 2.1rem;
    stroke-width: 2.2;
  }
  .badge.good {
    background: var(--good-ground);
    color: var(--good);
  }
  .badge.bad {
    background: var(--bad-ground);
    color: var(--bad);
  }
  .stack > legend {
    padding-bottom: 0.4rem;
  }
  .consent {
    margin-top: 0.5rem;
  }
  .date {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.75rem;
  }
  .example {
    display: grid;
    gap: 0.4rem;
  }
  .example svg {
    width: 100%;
    max-width: 22rem;
    margin-inline: auto;
    font-family: inherit;
  }
  .paper {
    fill: var(--well);
    stroke: var(--line);
    stroke-width: 1.5px;
  }
  .portrait,
  .filler {
    fill: var(--line);
  }
  .face {
    fill: var(--quiet);
    opacity: 0.6;
  }
  .example .label {
    fill: var(--quiet);
    font-size: 9px;
    font-weight: 400;
  }
  .value {
    fill: var(--ink);
    font-size: 13px;
    font-weight: 700;
  }
  .dot {
    fill: var(--ink);
  }
  .number {
    fill: var(--card);
    font-size: 10px;
    font-weight: 700;
    text-anchor: middle;
  }
  .zone {
    fill: var(--quiet);
    font:
      600 10.5px ui-monospace,
      "DejaVu Sans Mono",
      monospace;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 8px;
    border: 1px solid var(--field);
    border-radius: 4px;
    overflow: hidden;
    background: var(--well);
  }
  progress::-webkit-progress-bar {
    background: var(--well);
  }
  progress::-webkit-progress-value {
    background: var(--mark);
  }
  progress::-moz-progress-bar {
    background: var(--mark);
  }
  .spinner {
    width: 2.5rem;
    height: 2.5rem;
    border: 4px solid var(--line);
    border-top-color: var(--mark);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 3s !important;
      transition: none !important;
    }
  }
`;
