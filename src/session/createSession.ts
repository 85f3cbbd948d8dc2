import type { StartObserver, StartTrainer } from "../worker/client";
import { startObserver, startTrainer } from "../worker/startWorkers";
import { createApi } from "./api";
import { boot } from "./boot";
import { createLessons } from "./lesson/lesson";
import { browserPlace, type LessonPlace } from "./lesson/lessonPlace";
import { createParts } from "./parts";
import type { Frames } from "./run/loop";
import type { Session } from "./session";
import { createKeeper, type Keeper } from "./storage/keeper";
import { noTab, openTab } from "./storage/tab";
import { browserTables, type Tables } from "./storage/tables";
import { type Address, pageAddress } from "./view/address";
import { parseView } from "./view/viewParameters";

/** The surroundings of a session; those of the browser by default. */
export interface SessionOptions {
  /** Holds the recipe as a link. */
  readonly address?: Address;
  /** Keeps the run for the next visit. */
  readonly keeper?: Keeper;
  /** Keeps the lesson and its scene for a reload. */
  readonly lessonPlace?: LessonPlace;
  /** The view, as in `location.search`. */
  readonly search?: string;
  readonly startTrainer?: StartTrainer;
  readonly startObserver?: StartObserver;
  readonly frames?: Frames;
  /** Source of the rows of real data. */
  readonly tables?: Tables;
}

const animationFrames: Frames = {
  request: (frame) => requestAnimationFrame(frame),
  cancel: (id) => cancelAnimationFrame(id),
};

/** The page's session: starts the worker, and opens and plays the run of the address. */
export function createSession(options: SessionOptions = {}): Session {
  const { address = pageAddress, frames = animationFrames } = options;
  const { view, errors } = parseView(options.search ?? location.search);
  const tab = view.embed ? noTab : openTab();
  const { tables = browserTables(tab) } = options;
  const parts = createParts({
    startTrainer: options.startTrainer ?? startTrainer,
    startObserver: options.startObserver ?? startObserver,
    tables,
    frames,
    engine: { engine: view.engine, judged: view.judged },
  });
  for (const error of errors) parts.notify("error", error);

  const { commands } = parts;
  const api = createApi(parts, address);
  const lessons = createLessons(
    {
      ...api,
      trainOn: commands.trainOn,
      loadScene: (recipe, table) =>
        commands.load(() => ({ recipe, case: null, table: recipe.dataset === "csv" ? table : null })),
    },
    {
      place: options.lessonPlace ?? browserPlace,
      tables,
      source: view.lesson,
      part: view.part,
      scene: view.scene,
      paused: view.paused,
    },
  );
  // An embedded run belongs to the page around it and is not kept.
  const keeper = view.embed ? null : (options.keeper ?? createKeeper(tab));
  const ready = boot(parts, { view, address, keeper, lessons });
  return { ...api, ready, lesson: lessons.store, openTable: lessons.openTable };
}
