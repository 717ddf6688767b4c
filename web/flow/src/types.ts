// What the server says, as far as the pages read it: /openapi.json describes all of it.

export type Language = "en" | "zh-CN";
export type Place = "front" | "back" | "held" | "selfie" | "capture" | "address";
/** What the camera takes with advice. */
export type PicturePlace = Exclude<Place, "capture" | "address">;
export type Need = "details" | "document" | "held" | "face" | "liveness" | "address" | "video";
export type DocumentType =
  | "passport"
  | "id_card"
  | "visa"
  | "driving_licence"
  | "residence_permit"
  | "travel_permit"
  | "other";
export type Consent = "face_match" | "face_search" | "cohort";
/** That the account is for oneself only: declared before all, not asked for with the others. */
export const OWN_BEHALF = "own_behalf";
export type Action = "blink" | "turn-left" | "turn-right" | "nod" | "look-up" | "open-mouth";

export type Colour = "red" | "green" | "blue" | "yellow" | "cyan" | "magenta" | "white";
/** What a challenge can do without; then a person decides. */
export type Part = "movements" | "light";

export interface Shine {
  colour: Colour;
  from_ms: number;
  to_ms: number;
}

export type Words = Record<Language, string>;
export type Polygon = [number, number][];

export interface Reason {
  code: string;
  step: string;
  slot?: Place;
  field?: string;
  region?: Polygon;
  what: Words;
  fix: Words;
}

export interface Step {
  need: Need;
  places: Place[];
  /** Those of the places that something lies in. */
  taken: Place[];
  /** Each reason of a picture names the one that is still to be taken again. */
  state: {
    state: "todo" | "done" | "again" | "by_person";
    reasons?: { code: string; slot?: Place }[];
  };
}

export interface Case {
  id: string;
  tier: string;
  state:
    | "collecting"
    | "assessing"
    | "in_review"
    | "approved"
    | "declined"
    | "cancelled"
    | "expired";
  attempts: number;
  expires_at: string;
  steps: Step[];
  consents: { kind: Consent | typeof OWN_BEHALF; text_version: string; agreed: boolean }[];
  due_at?: string;
  estimate?: { usual_seconds: number; left_seconds?: number | null };
  decision?: { verdict: "approve" | "retry" | "review" | "decline"; reasons: Reason[] };
  appealed_at?: string;
  appealable_until?: string;
  language: Language | null;
  phrase: string | null;
}

export interface Grant {
  feature: string;
  currency?: string;
  per_day?: string;
  per_month?: string;
}

export interface Tier {
  name: string;
  grants: Grant[];
  needs: Need[];
}

/** What the pages need and cannot know. */
export interface Flow {
  installation: "live" | "sandbox";
  operator: string;
  colour: string;
  logo?: string;
  tier: string;
  tiers: Tier[];
  accepts: {
    document_types: DocumentType[];
    countries: string[];
    countries_refused: string[];
    two_sided: DocumentType[];
  };
  minimum_age: number;
  today: string;
  review_days: number;
  appeal_review_days: number;
  consents: { kind: Consent; text_version: string; required: boolean }[];
  /** The version of the text that declares it. */
  declaration: string;
  referral: boolean;
  light_challenge: boolean;
}

export interface Claims {
  surname?: string;
  given_names?: string;
  full_name_native?: string;
  birth_date?: string;
  document_type?: DocumentType;
  document_number?: string;
  nationality?: string;
}

/** A name in Latin letters, as it may be printed. */
export interface Spelling {
  surname: string;
  given_names: string;
}

export interface Taken {
  id: string;
  faults: Reason[];
}

export interface Transfer {
  id: string;
  length: number;
  offset: number;
  taken?: Taken;
}

export interface Challenge {
  steps: { action: Action; from_ms: number; to_ms?: number }[];
  /** Of these, what was missed before: then only that is asked for, with a new one. */
  again: Action[];
  /** What fills the screen meanwhile. */
  light: Shine[];
  lasts_ms: number;
  /** Hexadecimal. */
  nonce: string;
  expires_at: string;
}

/** A capture that is going to be sent, and what the page is: a sign, which anybody can forge. */
export interface Recorded {
  /** Hexadecimal. */
  sha256: string;
  /** Of the frames one after the other; hexadecimal. */
  chain: string;
  camera: string;
  automated: boolean;
}

export interface Hint {
  outline: Polygon | null;
  hint: Reason | null;
}

/** A session that goes on on another device. */
export interface Handoff {
  state: "issued" | "swapped" | "confirmed" | "refused" | "expired";
  number: number;
}

/** What the other device gets for its code: the token opens nothing before it is confirmed. */
export interface Swapped {
  token: string;
  number: number;
  operator: string;
  account: string;
}
