import { css } from "lit";

/** The camera's picture with what is drawn over it. */
export const viewfinder = css`
  .finder {
    position: relative;
    overflow: hidden;
    border-radius: var(--radius);
    background: #0b0e13;
    --height: 58vh;
    aspect-ratio: var(--ratio, 0.75);
    width: 100%;
    max-width: calc(var(--height) * var(--ratio, 0.75));
    margin-inline: auto;
    --state: #fff;
  }
  .seen .guide {
    border-color: transparent;
    box-shadow: none;
  }
  .ready {
    --state: #4ade80;
  }
  .mend,
  .offline,
  .dark,
  .moving {
    --state: #fbbf24;
  }
  .finder video,
  .finder > svg:not(.guide) {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .mirrored video {
    transform: scaleX(-1);
  }
  .outline {
    fill: rgb(255 255 255 / 8%);
    stroke: var(--state);
    stroke-width: 4px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .guide {
    position: absolute;
    inset: 0;
    margin: auto;
    border: 3px solid var(--state);
    box-shadow: 0 0 0 100vmax rgb(5 8 12 / 45%);
    transition: border-color 0.2s;
  }
  .guide.card {
    width: 88%;
    aspect-ratio: 1.5;
    border-radius: 14px;
  }
  .guide.oval {
    height: 72%;
    aspect-ratio: 0.74;
    border-radius: 50%;
    inset-block: -10% 0;
  }
  svg.guide {
    overflow: visible;
    border: 0;
    fill: none;
    stroke: var(--state);
    stroke-width: 1.2px;
  }
  svg.beside {
    width: 100%;
    height: 100%;
    box-shadow: none;
  }
  svg.guide .done {
    stroke: #4ade80;
    stroke-width: 3.5px;
    stroke-linecap: round;
    stroke-dasharray: 100;
  }
  .hint {
    margin-top: -0.4rem;
    padding: 0.65rem 0.9rem;
    border-radius: 12px;
    background: #10151d;
    border-inline-start: 6px solid var(--state, #fff);
    color: #fff;
    font-weight: 600;
    font-size: 1.05rem;
    text-align: center;
    text-wrap: balance;
  }
  .shutter-row {
    justify-items: center;
  }
  .shutter-row .file {
    width: 100%;
  }
  .shutter {
    width: 76px;
    height: 76px;
    padding: 5px;
    border: 4px solid var(--mark);
    border-radius: 50%;
  }
  .shutter span {
    width: 100%;
    height: 100%;
    border-radius: 50%;
    background: var(--mark);
  }
`;
