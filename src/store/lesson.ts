import { createStore, type StoreApi } from "zustand/vanilla";
import { type Lesson, lessonLimits, type Scene } from "../core/lesson";
import { csvOf, isOnCsv, lackOf, strangerIn } from "../core/lessonCsv";
import { lessonText } from "../core/lessonText";
import { parseLesson } from "../core/parselesson";
import type { Table } from "../core/table";
import { findLesson, type LessonSource } from "./findLesson";
import { InputFault } from "./input";
import type { LessonPlace } from "./lessonPlace";
import type { Session } from "./session";

export interface LessonState {
  /** null while none is shown. */
  readonly lesson: Lesson | null;
  /** The scene that is shown, from 0. */
  readonly at: number;
  readonly scene: Scene | null;
  /** What the scene waits for, in a sentence: it is on a CSV that is not open here. null where it has begun. */
  readonly lack: string | null;
  /** Opens a lesson from a file's content at its first scene. @throws InputFault that names the fault; all stays as it was */
  open(file: unknown): void;
  /** Finds a lesson (of the page's own folder, or "" for the page's own) and opens it. Faults become notices. */
  find(source: LessonSource): Promise<void>;
  /** To a scene, which then begins: also to the one that is shown, again. */
  go(at: number): void;
  next(): void;
  previous(): void;
  /**
   * Adds the run as it stands, the chart and the runs pinned beside it as the scene after the one that is shown; to a
   * lesson of one's own, begun where there is none yet. Its texts are to be written.
   */
  add(): void;
  /** Leaves the lesson; its last scene's run stays. */
  close(): void;
}

/** Whether a scene shows the edge of stability, which has no place of its own on the page. */
export const showsEdge = ({ scene }: LessonState): boolean => scene?.view.chart === "edge";

/** What a lesson directs. */
export type Directed = Pick<
  Session,
  "store" | "load" | "table" | "view" | "ghosts" | "setSpeed" | "advance" | "play" | "pause" | "runTo" | "notify"
>;

export interface LessonOptions {
  readonly place: LessonPlace;
  readonly find?: typeof findLesson;
  /** The CSV that is open in this browser. */
  readonly ownTable: () => Promise<Table | null>;
  /** How the address opens the page: with this lesson (null: none is named), at this scene from 1, standing still. */
  readonly source: LessonSource | null;
  readonly scene: number | null;
  readonly paused: boolean;
}

export interface Lessons {
  readonly store: StoreApi<LessonState>;
  /** Opens what the address names. Resolves to whether that has become a lesson. */
  begin(): Promise<boolean>;
  /** Whether there are scenes on a CSV: one that is opened is then theirs. */
  isOnCsv(): boolean;
  /** Another CSV is open: the scene begins on it, if it is on one. */
  tableOpened(): Promise<void>;
}

/** The lesson of a session: each scene loads its run, sets the view and plays as it says. */
export function createLessons(session: Directed, options: LessonOptions): Lessons {
  const { place, find = findLesson } = options;
  let source: LessonSource | "file" = "";
  /** Counts scenes begun: what an earlier one still waits for is then no business of the page. */
  let turn = 0;
  /** Of which table it has been said that the lesson names another file. */
  let told: Table | null = null;

  const store = createStore<LessonState>()((set, get) => {
    const begin = (at: number) => {
      const { lesson } = get();
      if (lesson) void start(at, false);
    };
    return {
      lesson: null,
      at: 0,
      scene: null,
      lack: null,
      open(file) {
        take(file, "file");
        place.keep(file);
        begin(0);
      },
      async find(wanted) {
        try {
          take(await find(wanted), wanted);
          place.keep(null);
          begin(0);
        } catch (error) {
          fail(error);
        }
      },
      go: begin,
      next() {
        const { at, lesson } = get();
        if (lesson && at + 1 < lesson.scenes.length) begin(at + 1);
      },
      previous() {
        if (get().at > 0) begin(get().at - 1);
      },
      add() {
        const { lesson, at } = get();
        const own = lesson && source === "file" ? lesson : null;
        const after = own ? at + 1 : 0;
        const { title = "My lesson", scenes = [] } = own ?? {};
        const scene = sceneOf(session);
        const table = isOnCsv(scene) ? session.table() : null;
        const csv = own?.csv ?? csvOf(table);
        const lack = table && lackOf(csv, table);
        if (scenes.length >= lessonLimits.scenes)
          return fail(new Error(`A lesson has ${lessonLimits.scenes} scenes at most.`));
        if (lack) return fail(new Error(`A lesson has one CSV. ${lack}`));
        source = "file";
        set({ lesson: { title, csv, scenes: scenes.toSpliced(after, 0, scene) }, scene, at: after, lack: null });
        keepPlace();
      },
      close() {
        turn++;
        set({ lesson: null, scene: null, at: 0, lack: null });
        place.show(null);
        place.keep(null);
      },
    };
  });

  /** @throws InputFault where it is no lesson */
  function take(input: unknown, from: typeof source): void {
    const parsed = parseLesson(input);
    if (!parsed.ok) throw new InputFault(parsed.fault);
    source = from;
    store.setState({ lesson: parsed.lesson });
  }

  function fail(error: unknown): void {
    session.notify("error", error instanceof Error ? error.message : String(error));
  }

  function keepPlace(): void {
    const { lesson, at } = store.getState();
    if (lesson && source === "file") place.keep(JSON.parse(lessonText(lesson)));
    place.show({ source, scene: at + 1 });
  }

  async function start(at: number, paused: boolean): Promise<void> {
    const { lesson } = store.getState();
    const scene = lesson?.scenes[at];
    if (!scene) return;
    const mine = ++turn;
    store.setState({ at, scene, lack: null });
    place.show({ source, scene: at + 1 });
    try {
      if (isOnCsv(scene) && !(await hasTable(lesson, () => mine === turn))) return;
      await session.load(scene.recipe);
      if (mine !== turn) return;
      look(scene);
      await session.advance(scene.play.at);
      if (mine !== turn || paused || scene.play.paused) return;
      if (scene.play.to === null) session.play();
      else session.runTo(scene.play.to, scene.play.speed);
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  /** Whether the lesson's CSV is open. What is missing is said, and the run before it does not play on under the scene's words. */
  async function hasTable({ csv }: Lesson, wanted: () => boolean): Promise<boolean> {
    const table = await options.ownTable();
    if (!wanted()) return false;
    const lack = lackOf(csv, table);
    if (lack) {
      store.setState({ lack });
      session.pause();
      return false;
    }
    const stranger = table && table !== told && strangerIn(csv, table);
    if (stranger) session.notify("info", stranger);
    told = table;
    return true;
  }

  /** Sets the stage: nothing of the scene before stays on it. */
  function look({ view, beside, play }: Scene): void {
    const { ghosts, remove, race } = session.ghosts.getState();
    for (const { id } of ghosts) remove(id);
    for (const recipe of beside) race(recipe);
    const page = session.view.getState();
    page.setCursor(null);
    page.setSpan(view.span);
    if (view.chart) page.setPresentedChart(view.chart);
    if (view.present) page.setPresenting(true);
    session.setSpeed(play.speed);
  }

  async function begin(): Promise<boolean> {
    try {
      const kept = options.source === null ? place.recall() : null;
      take(kept ?? (await find(options.source ?? "")), kept === null ? (options.source ?? "") : "file");
    } catch (error) {
      fail(error);
      return false;
    }
    const { scenes } = store.getState().lesson as Lesson;
    const wanted = options.scene ?? 1;
    if (wanted > scenes.length) {
      session.notify("error", `?scene in the address: found ${wanted}; this lesson has ${scenes.length} scenes.`);
    }
    await start(Math.min(wanted, scenes.length) - 1, options.paused);
    return true;
  }

  return {
    store,
    begin,
    isOnCsv: () => store.getState().lesson?.scenes.some(isOnCsv) ?? false,
    async tableOpened() {
      const { scene, at } = store.getState();
      if (scene && isOnCsv(scene)) await start(at, false);
    },
  };
}

/** The run as a scene, whose words are still to be written. */
function sceneOf({ store, view, ghosts }: Directed): Scene {
  const { recipe, speed } = store.getState();
  const { presentedChart: chart, span } = view.getState();
  return {
    title: "A scene",
    text: "What this run shows, in two or three sentences.",
    question: "What do you think happens next?",
    recipe,
    view: { chart, span, present: false, panel: null },
    beside: ghosts
      .getState()
      .ghosts.filter(({ kind }) => kind === "pinned")
      .map((ghost) => ghost.recipe),
    control: null,
    play: { at: 0, to: null, speed, paused: false },
  };
}
