import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { installEmbed } from "./embed";
import { keepOffline } from "./offline";
import { installScripting } from "./scripting";
import { createSession } from "./store/createSession";
import { parseView } from "./store/view";
import "katex/dist/katex-swap.min.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/header.css";
import "./styles/panels.css";
import "./styles/ruler.css";
import "./styles/controls.css";
import "./styles/charts.css";
import "./styles/arithmetic.css";
import "./styles/slice.css";
import "./styles/network.css";
import "./styles/probes.css";
import "./styles/slowMotion.css";
import "./styles/timeline.css";
import "./styles/lesson.css";
import "./styles/overlays.css";
import "./styles/files.css";
import "./styles/schedule.css";
import "./styles/layout.css";
import "./styles/presentation.css";
import "./styles/embed.css";
import { App } from "./ui/App";
import { Embed } from "./ui/Embed";
import { fontsReady } from "./ui/fonts";
import { followTheme } from "./ui/theme";

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
