import { css } from "lit";

/**
 * The colours, light and dark, which the screens inherit. The operator's own is `--accent`; drawn
 * alone, as a line or an area beside others, it is `--mark`: half of it is the text's colour, so that
 * it stands out three to one (WCAG 1.4.11) from the card and from the well, whatever it is.
 */
export const palette = css`
  :host {
    --accent: #0a58ca;
    --on-accent: #fff;
    --mark: color-mix(in srgb, var(--accent), var(--ink));
    --ink: #14181f;
    --quiet: #545d6b;
    --line: #d4d9e1;
    --field: #7d8796;
    --card: #fff;
    --ground: #f2f4f8;
    --well: #f2f4f8;
    --good: #0b6b3a;
    --good-ground: #e3f5ea;
    --warn: #7a4a00;
    --warn-ground: #fff3dc;
    --bad: #a81522;
    --bad-ground: #fdeaec;
    --radius: 14px;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: #eef1f6;
      --quiet: #a9b3c2;
      --line: #343c49;
      --field: #7f8a9b;
      --card: #191e27;
      --ground: #0e1218;
      --well: #232a35;
      --good: #7fdca5;
      --good-ground: #12301f;
      --warn: #ffcf7d;
      --warn-ground: #35270b;
      --bad: #ff9aa3;
      --bad-ground: #3c1519;
    }
  }
`;
