import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
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
import "./styles/slowMotion.css";
import "./styles/timeline.css";
import "./styles/overlays.css";
import "./styles/layout.css";
import "./styles/presentation.css";
import { App } from "./ui/App";
import { followTheme } from "./ui/theme";

const session = createSession();
installScripting(session);
followTheme(session.view, parseView(location.search).view.theme, document.documentElement);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
);

if (import.meta.env.PROD && import.meta.env.MODE !== "single") void keepOffline(session);
