import { css } from "lit";
import type { Colour, Shine } from "./types";

/** The colour that the screen has `ms` after the capture began. */
export const shining = (light: Shine[], ms: number): Colour | null =>
  light.find(({ from_ms, to_ms }) => from_ms <= ms && ms < to_ms)?.colour ?? null;

/** The whole screen in a colour, and the camera's picture small on it. */
export const lamps = css`
  .lamp {
    position: fixed;
    inset: 0;
    z-index: 10;
    display: grid;
    align-content: center;
    gap: 1rem;
    padding: 1rem;
    background: #fff;
    --height: 36vh;
  }
  .lamp .prompt {
    width: 100%;
    max-width: 34rem;
    margin-inline: auto;
  }
  .lamp .row {
    justify-content: flex-end;
    width: 100%;
    max-width: 34rem;
    margin-inline: auto;
  }
  .lamp h1 {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .lamp .sound {
    background: #10151d;
    color: #fff;
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
