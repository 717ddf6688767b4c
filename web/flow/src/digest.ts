const hexadecimal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 of all of them, one after the other. */
async function digest(...parts: BlobPart[]): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** SHA-256, hexadecimal. */
export const sha256 = async (bytes: Blob): Promise<string> => hexadecimal(await digest(bytes));

/** A digest that goes on with each frame of a recording: of the challenge's nonce and this page's
 * origin first, then of what was before, the frame and its time. */
export class RunningDigest {
  private last: Promise<Uint8Array<ArrayBuffer>>;

  constructor(nonce: string) {
    const bytes = Uint8Array.from(nonce.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
    this.last = digest(bytes, location.origin);
  }

  /** The recording does not wait for it. */
  add(frame: Blob, ms: number): void {
    const before = this.last;
    this.last = (async () => digest(await before, await digest(frame), String(ms)))();
  }

  /** Hexadecimal. */
  async digits(): Promise<string> {
    return hexadecimal(await this.last);
  }
}
