import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "react-error-boundary";
import { followTheme } from "../actions/theme";
import { Fault } from "../kit/ui/Fault";
import { createSession } from "../session/createSession";
import { parseView } from "../session/view/viewParameters";
import { installEmbed } from "./embed/embed";
import { scriptingOf } from "./embed/scripting";
import { keepOffline } from "./offline/offline";
import "./tokens.css";
import "./base.css";
import { App } from "./App";
import { Embed } from "./embed/Embed";
import { fontsReady } from "./fonts";

const { view } = parseView(location.search);
const session = createSession();
const api = scriptingOf(session);
window.alphascope = api;
// An embedded page takes its theme from the address, not from the stored choice of its reader.
followTheme(session.view, view.theme ?? (view.embed ? "system" : null), document.documentElement);
if (view.chart) session.view.getState().setPresentedChart(view.chart);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
const page = view.embed ? (
  <Embed session={session} sendEvent={installEmbed(session, api)} />
) : (
  <App session={session} />
);
// The worker starts while the fonts load.
fontsReady(document.fonts).then(() =>
  createRoot(root).render(
    <StrictMode>
      {/* The run is outside React: it stays as it is while the page is drawn anew. */}
      <ErrorBoundary FallbackComponent={Fault}>{page}</ErrorBoundary>
    </StrictMode>,
  ),
);

// An embedded page offers no new version, and the single-file build needs no cache.
if (import.meta.env.PROD && import.meta.env.MODE !== "single" && !view.embed) void keepOffline(session);
