import { css } from "lit";
import type { Colour, Shine } from "./types";

/** The colour that the screen has `ms` after the capture began; the last one stays. */
export const shining = (light: Shine[], ms: number): Colour | null =>
  light.findLast(({ from_ms }) => from_ms <= ms)?.colour ?? null;

/** The camera over the whole screen, which takes on a colour. */
export const lamps = css`
  .lamp {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 1rem;
    border: 0;
    overflow: auto;
    background: var(--card);
    color: var(--ink);
    /* Colours of the system would take the light away. */
    forced-color-adjust: none;
    --height: 46vh;
  }
  .lamp::backdrop {
    background: none;
  }
  .lamp > div {
    min-height: 100%;
    max-width: 34rem;
    margin-inline: auto;
    align-content: center;
  }
  .coloured {
    --height: 36vh;
  }
  .coloured h1 {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .coloured .row {
    justify-content: flex-end;
  }
  .coloured .row button {
    background: #10151d;
    color: #fff;
    text-decoration: none;
  }
  .red {
    background: #f00;
  }
  .green {
    background: #0f0;
  }
  .blue {
    background: #00f;
  }
  .yellow {
    background: #ff0;
  }
  .cyan {
    background: #0ff;
  }
  .magenta {
    background: #f0f;
  }
  .white {
    background: #fff;
  }
`;
