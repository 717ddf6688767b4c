// Which upload is on its way: its case and place, and nothing of what it shows, for as long as the
// tab. Whoever comes back after the page went in the middle of it is told why it is asked for again.
import type { Place } from "./types";

const KEY = "bonafide.sending";

/** Does `work`, which sends the upload of a place. */
export async function sending<T>(id: string, place: Place, work: () => Promise<T>): Promise<T> {
  note(`${id} ${place}`);
  try {
    return await work();
  } finally {
    forget();
  }
}

/** The page went before this upload was there. */
export const brokenOff = (id: string, place: Place): boolean =>
  storage()?.getItem(KEY) === `${id} ${place}`;

export const forget = (): void => storage()?.removeItem(KEY);

/** Where there is no room for it nothing is told, and all else goes on. */
function note(what: string): void {
  try {
    storage()?.setItem(KEY, what);
  } catch {
    forget();
  }
}

/** A browser may forbid it to a page in a frame: then nothing is told, and all else goes on. */
function storage(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
