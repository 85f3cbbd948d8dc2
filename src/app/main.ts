import { followTheme } from "../actions/theme";
import { fetchPart } from "../core/async/fetchPart";
import { messageOf } from "../core/errors";
import { createSession } from "../session/createSession";
import { parseView } from "../session/view/viewParameters";
import { installEmbed } from "./embed/embed";
import { scriptingOf } from "./embed/scripting";
import { firstPaint } from "./firstPaint";
import { fontsReady } from "./fonts";
import { keepOffline } from "./offline/offline";
import "./tokens.css";
import "./base.css";
import "./shell.css";

const { view } = parseView(location.search);
const session = createSession();
const scripting = scriptingOf(session);
// The worker starts while the page and its fonts are loaded.
const drawn = drawPage();
const ready = Promise.all([scripting.ready, drawn]).then(() => {});
// The page shows the reason.
ready.catch(() => {});
const api = { ...scripting, ready };
window.alphascope = api;
const sendEvent = view.embed ? installEmbed(session, api) : null;
// An embedded page takes its theme from the address, not from the stored choice of its reader.
followTheme(session.view, view.theme ?? (view.embed ? "system" : null), document.documentElement);
if (view.chart) session.view.getState().setPresentedChart(view.chart);

// An embedded page offers no new version, and the single-file build needs no cache.
if (import.meta.env.PROD && import.meta.env.MODE !== "single" && !view.embed) void keepOffline(session);

/** Draws the page in the place of the text of index.html, after the browser has shown that text. */
async function drawPage(): Promise<void> {
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root.");
  await firstPaint();
  const loaded = Promise.all([fetchPart("The page", () => import("./page")), fontsReady(document.fonts)]);
  loaded.catch((error: unknown) => showReason(root, error));
  const [{ draw }] = await loaded;
  await draw(root, session, sendEvent, view.sweep);
}

function showReason(root: HTMLElement, error: unknown): void {
  const reason = document.createElement("p");
  reason.textContent = messageOf(error);
  root.querySelector(".waiting")?.replaceWith(reason);
}
