import { html } from "lit";
import type { Screen, Session } from "./session";
import type { Chosen } from "./screens/choose";
import type { Claims } from "./types";
import "./screens/address";
import "./screens/before";
import "./screens/capture";
import "./screens/choose";
import "./screens/consents";
import "./screens/details";
import "./screens/handoff";
import "./screens/mend";
import "./screens/picture";
import "./screens/result";
import "./screens/send";
import "./screens/waiting";

/** What screens tell the flow. */
export interface Handlers {
  /** Something was done: the server knows what is next. */
  refresh(): void;
  /** A picture is there. */
  taken(): void;
  /** The token opens nothing any more. */
  ended(): void;
  declared(): void;
  chosen(document: Chosen): void;
  unchoose(): void;
  /** What was typed is right: the document is to be taken anew. */
  retake(): void;
  typed(claims: Claims): void;
  /** The last decision was read. */
  read(): void;
  /** It goes on on this device. */
  here(): void;
  /** Another device goes on with it. */
  following(): void;
  /** It is to go on on another one. */
  elsewhere(): void;
}

/** The element of a screen. */
export function show(screen: Screen, session: Session, on: Handlers): unknown {
  switch (screen.name) {
    case "before":
      return html`<bf-before .session=${session} @declared=${on.declared} @ended=${on.ended}></bf-before>`;
    case "handoff":
      return html`<bf-handoff
        .session=${session}
        .following=${screen.following}
        @following=${on.following}
        @ended=${on.ended}
        @here=${on.here}
      ></bf-handoff>`;
    case "consents":
      return html`<bf-consents .session=${session} @refresh=${on.refresh} @ended=${on.ended}></bf-consents>`;
    case "choose":
      return html`<bf-choose
        .session=${session}
        @chosen=${(event: CustomEvent<Chosen>) => on.chosen(event.detail)}
      ></bf-choose>`;
    case "details":
      return html`<bf-details
        .session=${session}
        .told=${screen.reasons}
        @refresh=${on.refresh}
        @ended=${on.ended}
        @typed=${(event: CustomEvent<Claims>) => on.typed(event.detail)}
        @retake=${on.retake}
        @unchoose=${on.unchoose}
      ></bf-details>`;
    case "picture":
      return html`<bf-picture
        .session=${session}
        .place=${screen.place}
        .told=${screen.reasons}
        @taken=${on.taken}
        @refresh=${on.refresh}
        @ended=${on.ended}
        @unchoose=${on.unchoose}
        @elsewhere=${on.elsewhere}
      ></bf-picture>`;
    case "address":
      return html`<bf-address
        .session=${session}
        .told=${screen.reasons}
        @taken=${on.taken}
        @refresh=${on.refresh}
        @ended=${on.ended}
      ></bf-address>`;
    case "capture":
      return html`<bf-capture
        .session=${session}
        .told=${screen.reasons}
        @taken=${on.taken}
        @refresh=${on.refresh}
        @ended=${on.ended}
        @elsewhere=${on.elsewhere}
      ></bf-capture>`;
    case "send":
      return html`<bf-send .session=${session} @refresh=${on.refresh} @ended=${on.ended}></bf-send>`;
    case "waiting":
      return html`<bf-waiting .session=${session} @refresh=${on.refresh} @ended=${on.ended}></bf-waiting>`;
    case "mend":
      return html`<bf-mend .session=${session} @read=${on.read} @ended=${on.ended}></bf-mend>`;
    case "result":
      return html`<bf-result .session=${session} @refresh=${on.refresh} @ended=${on.ended}></bf-result>`;
  }
}
