import type { Polygon, Reason } from "./types";

/** Where the face is to go in the frame. */
export type Move = "closer" | "back" | "centre";

// All four are guesses, in heights of the frame: the oval that the page draws is 0.72 high. They
// are advice; the server takes a face of any size and place that shows enough of it.
const SMALL = 0.25;
const LARGE = 0.8;
const ASIDE = 0.17;
const OFF = 0.2;

/** What spoils the picture wherever the face is in it, and is said first. */
const FIRST = ["FACE_NOT_FOUND", "FACE_MULTIPLE", "FACE_TOO_DARK", "FACE_OVEREXPOSED"];

/**
 * Where a face of these `bounds`, as shares of a frame so much wider than high, is to go; nothing
 * where it is well placed, or the server's `hint` goes before.
 */
export function whereTo(bounds: Polygon, ratio: number, hint: Reason | null): Move | null {
  if (hint && FIRST.includes(hint.code)) return null;
  const [xs, ys] = [bounds.map(([x]) => x), bounds.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  if (bottom - top < SMALL) return "closer";
  if (bottom - top > LARGE) return "back";
  const aside = Math.abs((left + right) / 2 - 0.5) * ratio;
  const off = Math.abs((top + bottom) / 2 - 0.5);
  return aside > ASIDE || off > OFF ? "centre" : null;
}
