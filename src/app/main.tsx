import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { followTheme } from "../actions/theme";
import { createSession } from "../session/createSession";
import { parseView } from "../session/view";
import { installEmbed } from "./embed/embed";
import { installScripting } from "./embed/scripting";
import { keepOffline } from "./offline/offline";
import "./tokens.css";
import "./base.css";
import { App } from "./App";
import { Embed } from "./embed/Embed";
import { fontsReady } from "./fonts";

const { view } = parseView(location.search);
const session = createSession();
const api = installScripting(session);
// Within another page it looks as that page asks, not as its reader chose for another visit.
followTheme(session.view, view.theme ?? (view.embed ? "system" : null), document.documentElement);
if (view.chart) session.view.getState().setPresentedChart(view.chart);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
const page = view.embed ? <Embed session={session} tell={installEmbed(session, api)} /> : <App session={session} />;
// Meanwhile the worker starts.
fontsReady(document.fonts).then(() => createRoot(root).render(<StrictMode>{page}</StrictMode>));

// A slide is no place to offer a new version, and a file is kept already.
if (import.meta.env.PROD && import.meta.env.MODE !== "single" && !view.embed) void keepOffline(session);
