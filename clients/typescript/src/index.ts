import createClient, { type Client } from "openapi-fetch";

import type { components, paths } from "./schema/index.js";

export type { components, operations, paths } from "./schema/index.js";

/** Why a request was refused: a stable `code`, and a sentence with what to do. */
export type Problem = components["schemas"]["Problem"];

/** A request that was refused. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

/**
 * A client of the server at `url`, as whoever holds `secret`: an API key, which stays on your
 * own server, or the token of one applicant.
 */
export function bonafide(url: string, secret: string): Client<paths> {
  return createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${secret}` } });
}

/** What was answered; throws {@link Refused} where it was refused. */
export function done<T>(answer: { data?: T; error?: Problem }): NonNullable<T> {
  if (answer.error) throw new Refused(answer.error);
  return answer.data as NonNullable<T>;
}

/** The options of a request whose body is a picture or a capture, as it is. */
export function file(bytes: Uint8Array) {
  return {
    // The description calls it a string of bytes; it is sent as it is.
    body: bytes as unknown as string,
    bodySerializer: (body: unknown) => body as Uint8Array<ArrayBuffer>,
    headers: { "Content-Type": "application/octet-stream" },
  };
}
