import { css } from "lit";

/** The camera's picture with what is drawn over it. */
export const viewfinder = css`
  .finder {
    position: relative;
    overflow: hidden;
    border-radius: var(--radius);
    background: #0b0e13;
    aspect-ratio: 3 / 4;
    max-height: 62vh;
    width: 100%;
    margin-inline: auto;
    --state: #fff;
  }
  @media (min-aspect-ratio: 1) {
    .finder {
      aspect-ratio: 4 / 3;
    }
  }
  .finder.ready,
  .finder.go {
    --state: #4ade80;
  }
  .finder.mend,
  .finder.dark,
  .finder.moving {
    --state: #fbbf24;
  }
  .finder video,
  .finder > svg {
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
    inset-block: -8% 0;
  }
  .hint {
    position: absolute;
    inset-inline: 0.75rem;
    bottom: 0.75rem;
    padding: 0.6rem 0.9rem;
    border-radius: 12px;
    background: rgb(10 13 18 / 88%);
    border-inline-start: 5px solid var(--state);
    color: #fff;
    font-weight: 600;
    text-align: center;
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
    border: 4px solid var(--accent);
    border-radius: 50%;
  }
  .shutter span {
    width: 100%;
    height: 100%;
    border-radius: 50%;
    background: var(--accent);
  }
`;
