/** Black or white, whichever is easier to read on `colour` (#rrggbb), by WCAG's contrast. */
export function ink(colour: string): string {
  const level = (at: number) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * level(1) + 0.7152 * level(3) + 0.0722 * level(5);
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
}
