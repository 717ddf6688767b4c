// The hosted page: the element with the token of the address.
import type { BonafideFlow } from "./flow";
import "./flow";
import { arrived, forget, keep, speak, spoken } from "./token";

/** What marks our entry of the history. */
const OURS = "bonafide";

function show(): void {
  const flow = document.createElement("bonafide-flow");
  const { token, handoff, came } = arrived();
  if (token) flow.setAttribute("token", token);
  if (handoff) flow.setAttribute("handoff", handoff);
  if (came) flow.setAttribute("arrived", "");
  const language = spoken();
  if (language) flow.setAttribute("language", language);
  flow.addEventListener("bonafide-language", (event) => speak((event as CustomEvent<string>).detail));
  flow.addEventListener("bonafide-token", (event) => keep((event as CustomEvent<string>).detail, true));
  flow.addEventListener("bonafide-forget", forget);
  flow.addEventListener("bonafide-words", (event) => {
    const { language, title } = (event as CustomEvent<{ language: string; title: string }>).detail;
    document.documentElement.lang = language;
    document.title = title;
  });
  document.querySelector("#flow")?.replaceChildren(flow);
}

show();

/** One entry of the history is ours, so that the way back goes a step back and loses nothing. */
function guard(): void {
  if (history.state !== OURS) history.pushState(OURS, "");
}

guard();
addEventListener("pageshow", guard);
addEventListener("bonafide-stay", guard);
addEventListener("popstate", ({ state }) => {
  // A new link, see below, or the way forward.
  if (location.hash || state === OURS) return;
  const flow = document.querySelector<BonafideFlow>("bonafide-flow");
  if (flow?.previous()) guard();
  else history.back();
});
// A new link in a page that is open already.
addEventListener("hashchange", () => location.hash && show());
