import { noNetwork } from "../session/run/recordedRun";
import type { Action, Page } from "./types";

/** Runs an action by its button or a key; shows the reason where it needs the network and the run is recorded. */
export function runAction({ missing, run }: Action, page: Page, key?: string): void {
  const { session } = page;
  if (missing && session.store.getState().recording) session.notify("info", noNetwork(missing));
  else run(page, key);
}
