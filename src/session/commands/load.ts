import { messageOf } from "../../core/errors";
import type { EngineOptions, LoadRequest } from "../../worker/api";
import { Abandoned } from "../run/supervisor";
import type { CommandParts } from "./commandParts";

/** Playback after a load: paused, as the previous run, or playing. */
type AfterLoad = "pause" | "playOn" | "play";

/** @param request called when the load's turn in the queue has come */
export type Load = (request: () => Asked | Promise<Asked>, after?: AfterLoad) => Promise<void>;

type Asked = Omit<LoadRequest, keyof EngineOptions>;

/** The text of a notice that a run trains on a file that this tab has not opened. */
const lentText = (name: string) =>
  `The run trains on ${name}, the CSV file opened last in this browser. A link contains no rows: open your file to train on its rows.`;

export function createLoad(parts: CommandParts): {
  /** Loads another run. Rejects where that fails; the previous run is then unchanged and plays on if it played. */
  readonly load: Load;
  /** As `load`, and reports the failure as a notice too. */
  readonly loadOrNotify: Load;
} {
  const { run, player, playback, exclusive, sliders, editHistory, comparedRuns, tables, engine, notify } = parts;

  const load: Load = async (request, after = "pause") => {
    const previous = playback.target;
    let loaded = false;
    const loading = exclusive.run(async () => {
      const asked = await request();
      await run.load({ ...asked, ...engine });
      loaded = true;
      const { recipe, table } = run.request;
      if (recipe.dataset === "csv" && !asked.case && table && tables.adopt(table)) notify("info", lentText(table.name));
      playback.recover();
      sliders.clear();
      editHistory.clear();
      comparedRuns.removePreviousBranch();
      player.reset();
    });
    const target = after === "play" || (after === "playOn" && previous) ? { to: null } : null;
    // Requested at once, so that a pause during the load cancels it.
    if (previous || target) playback.play(() => (loaded ? target : previous));
    try {
      await loading;
    } catch (error) {
      if (!run.loaded) playback.fail(error);
      throw error;
    }
  };

  const loadOrNotify: Load = async (...args) => {
    try {
      await load(...args);
    } catch (error) {
      if (run.loaded && !(error instanceof Abandoned)) notify("error", `The run was not loaded: ${messageOf(error)}`);
      throw error;
    }
  };

  return { load, loadOrNotify };
}
