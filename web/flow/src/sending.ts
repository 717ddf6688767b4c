// Which upload is on its way: its case and place, and nothing of what it shows, for as long as the
// tab. Whoever comes back after the page went in the middle of it is told why it is asked for again.
import { drop, keep, kept } from "./storage";
import type { Place } from "./types";

const KEY = "bonafide.sending";

/** Does `work`, which sends the upload of a place. */
export async function sending<T>(id: string, place: Place, work: () => Promise<T>): Promise<T> {
  keep(KEY, `${id} ${place}`);
  try {
    return await work();
  } finally {
    forget();
  }
}

/** The page went before this upload was there. */
export const brokenOff = (id: string, place: Place): boolean => kept(KEY) === `${id} ${place}`;

export const forget = (): void => drop(KEY);
