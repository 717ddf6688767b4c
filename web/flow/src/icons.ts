import { html, svg, type TemplateResult } from "lit";

const PATHS = {
  document: svg`<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="11" r="2"/><path d="M5.8 16c.6-1.6 4.800-1.600 5.400 0M14 10h4M14 14h4"/>`,
  phone: svg`<rect x="7" y="2.500" width="10" height="19" rx="2"/><path d="M11 18.500h2"/>`,
  light: svg`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400"/>`,
  network: svg`<path d="M3 9.500a13 13 0 0 1 18 0M6 13a8.500 8.500 0 0 1 12 0M9 16.300a4.500 4.500 0 0 1 6 0"/><path d="M12 19.500v.01"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c1-4.500 4-6 7.500-6s6.500 1.500 7.500 6"/>`,
  passport: svg`<rect x="5" y="2.500" width="14" height="19" rx="2"/><circle cx="12" cy="10" r="3.500"/><path d="M8.500 10h7M12 6.500v7M9 17.500h6"/>`,
  camera: svg`<path d="M4 7.500h3l1.600-2.500h6.800L17 7.500h3a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8.500a1 1 0 0 1 1-1Z"/><circle cx="12" cy="13" r="3.500"/>`,
  check: svg`<path d="m5 12.500 4.500 4.500L19 7.500"/>`,
  cross: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.500l3.500 2"/>`,
  sound: svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z"/><path d="M15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`,
  muted: svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z"/><path d="m16 9.500 5 5M21 9.500l-5 5"/>`,
  shield: svg`<path d="M12 3 4.500 6v5.500c0 4.500 3 7.800 7.500 9.500 4.500-1.700 7.500-5 7.500-9.500V6Z"/><path d="m8.700 12 2.400 2.400 4.200-4.600"/>`,
} as const;

export type Icon = keyof typeof PATHS;

/** A drawing beside words that say the same. */
export const icon = (name: Icon): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${PATHS[name]}</svg>`;
