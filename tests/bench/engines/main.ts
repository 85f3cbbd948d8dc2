import { type Remote, wrap } from "comlink";
import type { Bench } from "./engines.worker";

declare global {
  interface Window {
    bench: Remote<Bench>;
  }
}

window.bench = wrap<Bench>(new Worker(new URL("./engines.worker.ts", import.meta.url), { type: "module" }));
