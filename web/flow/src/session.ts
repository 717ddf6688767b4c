import { Api, Offline, Refused } from "./api";
import { OWN_BEHALF } from "./types";
import type { Case, Claims, Flow, Language, Need, PicturePlace, Place, Reason, Step } from "./types";
import type { Key, Say } from "./words";

/** What the flow stands on. The server is the truth: nothing here outlives the page. */
export interface Session {
  api: Api;
  /** The address of the installation. */
  server: string;
  flow: Flow;
  case: Case;
  language: Language;
  say: Say;
  /** What was typed, for as long as the page lives. */
  claims: Claims;
  /** The country that issued the chosen document, which need not be the person's own. */
  country: string;
  /** The person came from another device, which shows what this one does. */
  arrived: boolean;
}

/** One screen at a time. */
export type Screen =
  | { name: "before" }
  | { name: "handoff"; following: boolean }
  | { name: "consents" }
  | { name: "choose" }
  | { name: "details"; reasons: Reason[] }
  | { name: "picture"; place: PicturePlace; reasons: Reason[] }
  | { name: "capture"; reasons: Reason[] }
  | { name: "address"; reasons: Reason[] }
  | { name: "send" }
  | { name: "waiting" }
  | { name: "mend" }
  | { name: "result" };

/** What the person has done on this page that the server does not know. */
export interface Local {
  /** That it is for oneself only; nothing where it is as the server knows. */
  declared: boolean | null;
  /** The decision that was read, by the number of attempts. */
  read: number;
  /** The document was chosen. */
  chosen: boolean;
  /** Another document is to be used than the one of before. */
  other: boolean;
  /** What was typed is right: the document is taken anew. */
  retake: boolean;
  /** How many uploads were taken here: what is asked for again afterwards is a screen of its own. */
  taken: number;
  /** It goes on on another device. */
  elsewhere: boolean;
  /** That device goes on with it. */
  following: boolean;
}

/** Consents that are asked for and have no answer yet. */
export function unanswered({ flow, case: { consents } }: Session) {
  return flow.consents.filter(({ kind }) => !consents.some((given) => given.kind === kind));
}

/** Where the person goes on. */
export function screenOf(session: Session, local: Local): Screen {
  const { state, decision, attempts, steps, consents } = session.case;
  if (state === "assessing" || state === "in_review") return { name: "waiting" };
  if (state !== "collecting") return { name: "result" };
  if (local.elsewhere) return { name: "handoff", following: local.following };
  const open = steps.find((step) => ["todo", "again"].includes(step.state.state));
  const retry = decision?.verdict === "retry" && open;
  if (retry && local.read < attempts) return { name: "mend" };
  if (local.other) return local.chosen ? { name: "details", reasons: [] } : { name: "choose" };
  const declared = local.declared ?? consents.some(({ kind }) => kind === OWN_BEHALF);
  const answered = consents.some(({ kind }) => kind !== OWN_BEHALF);
  const begun = answered || steps.some((step) => step.state.state === "done");
  if (!begun && !declared) return { name: "before" };
  if (unanswered(session).some((asked) => asked.required)) return { name: "consents" };
  if (!begun && unanswered(session).length > 0) return { name: "consents" };
  return open ? screenOfStep(session, open, local) : { name: "send" };
}

/**
 * What tells a screen from another one, in which nothing of it is left: each place has its own,
 * and what is asked for again after it was taken.
 */
export function called(screen: Screen, { taken }: Local): string {
  const place = "place" in screen ? screen.place : "";
  const again = ["picture", "capture", "address"].includes(screen.name) ? taken : "";
  return `${screen.name} ${place} ${again}`;
}

function screenOfStep(session: Session, step: Step, local: Local): Screen {
  const reasons = reasonsOf(session, step);
  if (step.need === "details") {
    const document = session.case.steps.find(({ need }) => need === "document");
    if (local.retake && document) return { name: "picture", place: "front", reasons };
    return local.chosen ? { name: "details", reasons } : { name: "choose" };
  }
  if (step.need === "address") return { name: "address", reasons };
  if (step.need === "liveness") return { name: "capture", reasons };
  const meant = (place: Place) => reasonsOf(session, step, place);
  const missing = step.places.find((place) => !step.taken.includes(place));
  const again = step.places.find((place) => meant(place).length > 0);
  const place = missing ?? again ?? step.places[0];
  if (!place || place === "capture" || place === "address") return { name: "send" };
  return { name: "picture", place, reasons: meant(place) };
}

/**
 * What was decided of a step, in words; of `place` what still asks for it again. The step names
 * that picture also where the decision names none, and forgets it once it was taken.
 */
function reasonsOf({ case: { decision } }: Session, { state }: Step, place?: Place): Reason[] {
  if (state.state !== "again") return [];
  const here = ({ slot }: { slot?: Place }) => !place || !slot || slot === place;
  const left = new Set(state.reasons?.filter(here).map(({ code }) => code));
  return (decision?.reasons ?? []).filter((reason) => left.has(reason.code) && here(reason));
}

/** The details that were typed, without those that were not. */
export const told = (claims: Claims): Claims =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));

/** The country of the document by what was typed of it, which does not say it; nothing where it cannot be told. */
export function countryOf(typed: Claims): string {
  const { surname, full_name_native, document_type, nationality = "" } = typed;
  // A name in characters alone is on a document of the mainland, or on a card of these.
  if (full_name_native && !surname) return CHARACTERS_TOO.includes(nationality) ? nationality : "CHN";
  // A card of the mainland has no Latin letters: that of its citizen who lives in Hong Kong has.
  return document_type === "id_card" && nationality === "CHN" ? "" : nationality;
}

/** Their cards have a name in characters, in Latin letters, or both. */
export const CHARACTERS_TOO = ["TWN", "HKG", "MAC"];

/** The steps that the person does here, and how many of them are done. */
export function progress({ case: { steps } }: Session): { done: number; all: number } {
  const own = steps.filter((step) => step.state.state !== "by_person");
  const done = own.filter((step) => step.state.state === "done");
  return { done: done.length, all: own.length };
}

export const needs = (session: Session, need: Need) =>
  session.case.steps.some((step) => step.need === need);

/** By the code of a refusal. */
const TROUBLES: Record<string, Key> = {
  "specimens-only": "trouble.specimens",
  "upload-unreadable": "trouble.unreadable",
  "too-large": "trouble.large",
  "too-many-requests": "trouble.often",
  "uploads-too-many": "trouble.many",
  "messages-too-many": "trouble.messages",
  "tier-gone": "trouble.tier_gone",
  "referral-code-invalid": "before.referral_invalid",
  "referral-code-taken": "before.referral_taken",
};

/** The sentence for something that went wrong, which is said in the language of the moment. */
export function sentence(error: unknown): Key {
  if (error instanceof Offline) return "trouble.offline";
  const known = error instanceof Refused ? TROUBLES[error.code] : undefined;
  return known ?? "trouble.other";
}
