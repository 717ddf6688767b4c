import type {
  Case,
  Challenge,
  Claims,
  Consent,
  Flow,
  Handoff,
  Hint,
  OWN_BEHALF,
  Part,
  Place,
  Recorded,
  Spelling,
  Swapped,
  Taken,
  Transfer,
} from "./types";

/** Longer than any answer takes; a line that says nothing for so long is broken. */
const PATIENCE_MS = 90_000;
/** An answer about a frame that comes later is about one that is long gone; a guess. */
const HINT_PATIENCE_MS = 8_000;
/** The server takes no shorter parts. */
const PART = 256 * 1024;
/** Between two tries over a broken line. */
const WAITS_MS = [500, 1000, 2000, 4000, 8000];

/** The server refused, with a stable code and one sentence. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly retryAfter: number | null,
  ) {
    super(detail);
  }
}

/** No answer came. */
export class Offline extends Error {}

/** None came in time, and the line may be as it was. */
export class Late extends Error {}

/** What becomes of an upload on its way. */
export interface Watcher {
  /** Share of it that is there, 0 to 1. */
  progress(share: number): void;
  /** The line broke, or is back. */
  broken(broken: boolean): void;
}

/** The applicant's side of the server, opened by the token of one case. */
export class Api {
  constructor(
    private readonly token: string,
    private readonly server: string,
  ) {}

  case = () => this.ask<Case>("GET", "case");
  flow = () => this.ask<Flow>("GET", "flow");
  details = (claims: Claims) => this.ask<Case>("PUT", "details", claims);
  typed = () => this.ask<Claims>("GET", "details");
  spelling = (name: string) => this.ask<Spelling[]>("POST", "spelling", { name });
  consent = (kind: Consent | typeof OWN_BEHALF, text_version: string, agreed: boolean) =>
    this.ask<Case>("PUT", `consents/${kind}`, { text_version, agreed });
  referral = (code: string) => this.ask<void>("PUT", "referral", { code });
  challenge = (without: Part[], signal: AbortSignal) =>
    this.ask<Challenge>("POST", "challenge", { without }, signal);
  announce = (recorded: Recorded, watch: Watcher, signal: AbortSignal) =>
    this.untilThere(
      () => this.ask<void>("POST", "challenge/answer", recorded, signal),
      watch,
      signal,
    );
  submit = () => this.ask<unknown>("POST", "submit");
  cancel = () => this.ask<unknown>("POST", "cancel");
  appeal = (statement: string) => this.ask<Case>("POST", "appeal", { statement });
  message = (text: string) => this.ask<unknown>("POST", "messages", { text });
  handoff = () => this.ask<{ code: string; number: number }>("POST", "handoff");
  handoffState = () => this.ask<Handoff>("GET", "handoff");
  confirm = () => this.ask<unknown>("POST", "handoff/confirm");
  refuse = () => this.ask<unknown>("POST", "handoff/refuse");
  /** On the other device: its person did not start this. */
  disown = () => this.ask<unknown>("POST", "handoff/disown");
  /** `width` is that of the picture that the camera would take. */
  async preview(
    frame: Blob,
    { of, width }: { of: Place; width: number },
    signal: AbortSignal,
  ): Promise<Hint> {
    const late = AbortSignal.timeout(HINT_PATIENCE_MS);
    const path = `preview?of=${of}&width=${width}`;
    try {
      return await this.ask<Hint>("POST", path, frame, either(signal, late));
    } catch (error) {
      throw late.aborted && navigator.onLine ? new Late() : error;
    }
  }

  /** Sends an upload in parts, which goes on where it was when the line is back. */
  async upload(place: Place, bytes: Blob, watch: Watcher, signal: AbortSignal): Promise<Taken> {
    const again = <T>(work: () => Promise<T>) => this.untilThere(work, watch, signal);
    const length = bytes.size;
    let transfer = await again(() =>
      this.ask<Transfer>("POST", "transfers", { place, length }, signal),
    );
    for (;;) {
      const { id, offset } = transfer;
      const end = Math.min(offset + PART, length);
      const rest = length - end;
      // The last part may not be too short: it takes the rest with it.
      const part = bytes.slice(offset, rest < PART / 2 ? length : end);
      const path = `transfers/${id}?offset=${offset}`;
      transfer = await again(async () => {
        try {
          return await this.ask<Transfer>("PATCH", path, part, signal);
        } catch (error) {
          // The part came, and its answer got lost: the server says where it is.
          if (!(error instanceof Refused && error.code === "offset-wrong")) throw error;
          return await this.ask<Transfer>("GET", `transfers/${id}`, undefined, signal);
        }
      });
      watch.progress(transfer.offset / length);
      if (transfer.taken) return transfer.taken;
    }
  }

  private async untilThere<T>(
    work: () => Promise<T>,
    watch: Watcher,
    signal: AbortSignal,
  ): Promise<T> {
    for (let tries = 0; ; tries += 1) {
      try {
        const done = await work();
        watch.broken(false);
        return done;
      } catch (error) {
        if (signal.aborted || !(error instanceof Offline)) throw error;
        watch.broken(true);
        await back(WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 0, signal);
      }
    }
  }

  private ask<T>(
    method: string,
    path: string,
    body?: object | Blob,
    signal?: AbortSignal,
  ): Promise<T> {
    const headers = { Authorization: `Bearer ${this.token}` };
    const url = `${this.server}/v1/applicant/${path}`;
    return answered<T>(url, { method, headers }, body, signal);
  }
}

/** Swaps the code that another device shows for a token. */
export const swap = (server: string, code: string): Promise<Swapped> =>
  answered<Swapped>(`${server}/v1/handoff`, { method: "POST", headers: {} }, { code });

async function answered<T>(
  url: string,
  { method, headers }: { method: string; headers: Record<string, string> },
  body?: object | Blob,
  signal?: AbortSignal,
): Promise<T> {
  const raw = body instanceof Blob;
  const kind = raw ? "application/octet-stream" : "application/json";
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: body ? { ...headers, "Content-Type": kind } : headers,
      body: raw ? body : body ? JSON.stringify(body) : null,
      signal: signal ? either(signal, patience) : patience,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new Offline();
  }
  if (response.status === 204) return undefined as T;
  const said = await response.json().catch(() => null);
  if (response.ok) return said as T;
  // A proxy's own page is no answer of the server: it may be there again in a moment.
  if (!said?.code) throw new Offline();
  const wait = Number(response.headers.get("Retry-After"));
  throw new Refused(response.status, said.code, said.detail, wait || null);
}

function either(a: AbortSignal, b: AbortSignal): AbortSignal {
  const both = new AbortController();
  for (const one of [a, b]) {
    if (one.aborted) both.abort();
    one.addEventListener("abort", () => both.abort(), { once: true });
  }
  return both.signal;
}

/** Ends after `ms`, or as soon as the browser says that the line is back. */
function back(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done, { once: true });
    signal.addEventListener("abort", done, { once: true });
  });
}
