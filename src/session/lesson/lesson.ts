import { createStore } from "zustand/vanilla";
import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import type { Lesson, Scene, SceneStart } from "../../core/lesson/lesson";
import { otherThan } from "../../core/lesson/lessonCsv";
import { isOnCsv } from "../../core/lesson/lessonFormat";
import { lessonText } from "../../core/lesson/lessonText";
import { parseLesson } from "../../core/lesson/parseLesson";
import { withScene } from "./addScene";
import { findLesson, type LessonSource } from "./findLesson";
import type { LessonHost, LessonOptions, LessonState, Lessons } from "./lessonState";
import { createLessonTable } from "./lessonTable";

/** Whether a scene shows the edge of stability, which has no place of its own on the page. */
export const showsEdge = ({ scene }: LessonState): boolean => scene?.view.chart === "edge";

/** The lesson of a session: each scene loads its run, sets the view and plays as it says. */
export function createLessons(session: LessonHost, options: LessonOptions): Lessons {
  const { place, find = findLesson } = options;
  let source: LessonSource | "file" = "";
  /** Counts scenes begun: what an earlier one still waits for is then no business of the page. */
  let turn = 0;
  /** Whether scenes have been added to it that no file has. */
  let added = false;
  const csv = createLessonTable(options.tables, session);

  const store = createStore<LessonState>()((set, get) => {
    const begin = (at: number) => void start(at, false).catch(fail);
    return {
      lesson: null,
      at: 0,
      scene: null,
      lack: null,
      async open(file, table) {
        take(file, "file");
        place.keep(file);
        return start(0, false, table);
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
        try {
          const longer = withScene(session, own, after);
          source = "file";
          added = true;
          set({ lesson: longer, scene: longer.scenes[after] ?? null, at: after, lack: null });
          keepPlace();
        } catch (error) {
          fail(error);
        }
      },
      close() {
        turn++;
        offerBack();
        set({ lesson: null, scene: null, at: 0, lack: null });
        place.show(null);
        place.keep(null);
      },
    };
  });

  /** @throws InputError where it is no lesson */
  function take(input: unknown, from: typeof source): void {
    const lesson = parseLesson(input);
    offerBack();
    source = from;
    csv.begin();
    store.setState({ lesson });
  }

  /** A lesson is left by a key, or for another: what was added to it is not lost by that. */
  function offerBack(): void {
    const { lesson, scene, at } = store.getState();
    if (!lesson || !added) return;
    added = false;
    session.notify("info", `“${lesson.title}” was closed. Its added scenes are not saved.`, {
      label: "Reopen",
      run() {
        turn++;
        offerBack();
        [source, added] = ["file", true];
        // The run stays as it is, as where the scene was added.
        store.setState({ lesson, scene, at, lack: null });
        keepPlace();
      },
    });
  }

  function fail(error: unknown): void {
    session.notify("error", messageOf(error));
  }

  function keepPlace(): void {
    const { lesson, at } = store.getState();
    if (lesson && source === "file") place.keep(JSON.parse(lessonText(lesson)));
    place.show({ source, scene: at + 1 });
  }

  /**
   * Begins a scene, on a table that is offered where it is on one: that is kept when it has begun. Rejects unless another
   * has begun meanwhile. @returns whether it trains on what was offered
   */
  async function start(at: number, paused: boolean, offered?: Table): Promise<boolean> {
    const { lesson } = store.getState();
    const scene = lesson?.scenes[at];
    if (!scene) return false;
    const mine = ++turn;
    store.setState({ at, scene, lack: null });
    place.show({ source, scene: at + 1 });
    try {
      const found = await csv.of(scene, lesson, offered);
      if (mine !== turn) return false;
      if (found.lack !== null) {
        // The run before it does not play on under the scene's words.
        session.pause();
        store.setState({ lack: found.lack });
        return false;
      }
      await session.loadScene(scene.recipe, found.table);
      if (offered) options.tables.keep(offered);
      if (mine !== turn) return false;
      if (found.table) csv.used(found.table, lesson);
      look(scene);
      await session.advance(scene.play.at);
      if (mine === turn && !paused && !scene.play.paused) play(scene.play);
      return offered !== undefined && found.table === offered;
    } catch (error) {
      if (mine === turn) throw error;
      return false;
    }
  }

  function play({ to, speed }: SceneStart): void {
    if (to === null) session.play();
    else session.runTo(to, speed);
  }

  /** Sets the stage: nothing of the scene before stays on it. */
  function look({ view, beside, play }: Scene): void {
    const { comparedRuns, remove, pinAlongside } = session.comparedRuns.getState();
    for (const { id } of comparedRuns) remove(id);
    for (const recipe of beside) pinAlongside(recipe);
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
      session.notify("error", `?scene in the address: found ${wanted}; allowed: 1 to ${scenes.length}`);
    }
    await start(Math.min(wanted, scenes.length) - 1, options.paused).catch(fail);
    return true;
  }

  return {
    store,
    begin,
    async openTable(table) {
      const { lesson, scene, at } = store.getState();
      if (!lesson?.scenes.some(isOnCsv)) {
        await session.trainOn(table);
        return true;
      }
      const other = otherThan(lesson.csv, table, "this table");
      if (other) throw new InputError(`${other} Close the lesson to train on this table.`);
      if (scene && isOnCsv(scene)) return start(at, false, table);
      options.tables.keep(table);
      return false;
    },
  };
}
