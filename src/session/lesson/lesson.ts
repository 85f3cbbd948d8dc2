import { createStore } from "zustand/vanilla";
import { fetchPart } from "../../core/async/fetchPart";
import type { Table } from "../../core/data/table";
import { InputError, messageOf } from "../../core/errors";
import type { Lesson } from "../../core/lesson/lesson";
import { csvMismatch } from "../../core/lesson/lessonCsv";
import { isOnCsv } from "../../core/lesson/lessonFormat";
import { lessonPart, partsOf } from "../../core/lesson/lessonPart";
import { lessonText } from "../../core/lesson/lessonText";
import { found } from "../../core/untrusted";
import { keepTable } from "../storage/notStored";
import type { SceneSource } from "./addScene";
import { findLesson } from "./findLesson";
import type { LessonHost, LessonOptions, LessonState, Lessons } from "./lessonState";
import { createLessonTable } from "./lessonTable";
import { playScene, setStage } from "./stage";

/** The chart of a scene that is not among the charts of the page; null for any other scene. */
export function chartBesides({ scene }: LessonState): "edge" | "noise" | "fit" | null {
  const chart = scene?.view.chart;
  return chart === "edge" || chart === "noise" || chart === "fit" ? chart : null;
}

/** The present run, view, pinned runs and table, also when they have changed. */
function sourceNow({ store, view, comparedRuns, table }: LessonHost): SceneSource {
  const fixed = <T>(state: T) => ({ getState: () => state });
  const rows = table();
  return {
    store: fixed(store.getState()),
    view: fixed(view.getState()),
    comparedRuns: fixed(comparedRuns.getState()),
    table: () => rows,
  };
}

/** The lessons of a session: each scene loads its run, sets the view and plays. */
export function createLessons(host: LessonHost, options: LessonOptions): Lessons {
  const { place, find = findLesson } = options;
  /** The number of scenes begun: a scene that has been replaced meanwhile does nothing more. */
  let turn = 0;
  /** The scenes that are being added, one after the other. */
  let adding: Promise<void> = Promise.resolve();
  const csv = createLessonTable(options.tables, host);

  const store = createStore<LessonState>()((set, get) => {
    const go = (at: number) => void beginScene(at, false).catch(reportError);
    return {
      lesson: null,
      at: 0,
      scene: null,
      lack: null,
      source: "",
      part: null,
      unsaved: false,
      async open(file, table) {
        await replaceLesson(file, "file");
        place.keep(file);
        return beginScene(0, false, table);
      },
      async find(source) {
        try {
          await replaceLesson(await find(source), source);
          place.keep(null);
          go(0);
        } catch (error) {
          reportError(error);
        }
      },
      go,
      next() {
        const { at, lesson } = get();
        if (lesson && at + 1 < lesson.scenes.length) go(at + 1);
      },
      previous() {
        if (get().at > 0) go(get().at - 1);
      },
      add() {
        // The run may change, and another scene be added, before the writer of lessons is loaded.
        const now = sourceNow(host);
        adding = adding.then(() => addScene(now)).catch(reportError);
        return adding;
      },
      close() {
        turn++;
        offerToReopen();
        set({ lesson: null, scene: null, at: 0, lack: null });
        place.show(null);
        place.keep(null);
      },
    };
  });

  async function addScene(from: SceneSource): Promise<void> {
    const { withScene } = await fetchPart("The writer of lessons", () => import("./addScene"));
    const { lesson, at, source } = store.getState();
    const own = lesson && source === "file" ? lesson : null;
    const next = own ? at + 1 : 0;
    const extended = await withScene(from, own, next);
    const scene = extended.scenes[next] ?? null;
    store.setState({ lesson: extended, scene, at: next, lack: null, source: "file", part: null, unsaved: true });
    storePlace();
  }

  /**
   * @param part the part to show; null shows all scenes
   * @throws InputError where `input` is no lesson
   */
  async function replaceLesson(
    input: unknown,
    source: LessonState["source"],
    part: string | null = null,
  ): Promise<void> {
    // Loaded on demand, to keep the first load small.
    const { parseLesson } = await fetchPart("The reader of lessons", () => import("../../core/lesson/parseLesson"));
    const whole = parseLesson(input);
    const selected = part === null ? null : lessonPart(whole, part);
    if (part !== null && !selected) {
      const allowed = partsOf(whole).join(", ") || "no part, because the lesson has none";
      host.notify("error", `?part in the address: found ${found(part)}; allowed: ${allowed}`);
    }
    offerToReopen();
    csv.reset();
    store.setState({ lesson: selected ?? whole, source, part: selected && part });
  }

  /** Offers to reopen a lesson with unsaved scenes that is being closed. */
  function offerToReopen(): void {
    const { lesson, scene, at, unsaved } = store.getState();
    if (!lesson || !unsaved) return;
    store.setState({ unsaved: false });
    host.notify("info", `“${lesson.title}” was closed. Its added scenes are not saved.`, {
      action: {
        label: "Reopen",
        run() {
          turn++;
          offerToReopen();
          // The run stays, as when the scene was added.
          store.setState({ lesson, scene, at, lack: null, source: "file", part: null, unsaved: true });
          storePlace();
        },
      },
    });
  }

  function reportError(error: unknown): void {
    host.notify("error", messageOf(error));
  }

  function storePlace(): void {
    const { lesson, at, source, part } = store.getState();
    if (lesson && source === "file") place.keep(JSON.parse(lessonText(lesson)));
    place.show({ source, part, scene: at + 1 });
  }

  /**
   * Begins a scene. Rejects where that fails, unless another scene has begun meanwhile.
   *
   * @param offered a table for a scene on a CSV; kept in this browser once the scene has begun
   * @returns whether the scene trains on the offered table
   */
  async function beginScene(at: number, paused: boolean, offered?: Table): Promise<boolean> {
    const { lesson, source, part } = store.getState();
    const scene = lesson?.scenes[at];
    if (!scene) return false;
    const ownTurn = ++turn;
    store.setState({ at, scene, lack: null });
    place.show({ source, part, scene: at + 1 });
    try {
      const found = await csv.tableFor(scene, lesson, offered);
      if (ownTurn !== turn) return false;
      if (found.lack !== null) {
        // The previous run would not fit the texts of this scene.
        host.pause();
        store.setState({ lack: found.lack });
        return false;
      }
      await host.loadScene(scene.recipe, found.table);
      if (offered) void keepTable(options.tables, offered, host.notify);
      if (ownTurn !== turn) return false;
      if (found.table) csv.reportOther(found.table, lesson);
      setStage(host, scene);
      await host.stopWhen(scene.stopWhen);
      await host.advance(scene.play.at);
      if (ownTurn === turn && !paused && !scene.play.paused) playScene(host, scene.play);
      return offered !== undefined && found.table === offered;
    } catch (error) {
      if (ownTurn === turn) throw error;
      return false;
    }
  }

  async function begin(): Promise<boolean> {
    const named = options.source ?? "";
    try {
      const kept = options.source === null ? place.recall() : null;
      await replaceLesson(kept ?? (await find(named)), kept === null ? named : "file", options.part);
    } catch (error) {
      reportError(error);
      return false;
    }
    const { scenes } = store.getState().lesson as Lesson;
    const wanted = options.scene ?? 1;
    if (wanted > scenes.length) {
      host.notify("error", `?scene in the address: found ${wanted}; allowed: 1 to ${scenes.length}`);
    }
    await beginScene(Math.min(wanted, scenes.length) - 1, options.paused).catch(reportError);
    return true;
  }

  async function openTable(table: Table): Promise<boolean> {
    const { lesson, scene, at } = store.getState();
    if (!lesson?.scenes.some(isOnCsv)) {
      await host.trainOn(table);
      return true;
    }
    const other = csvMismatch(lesson.csv, table, "this table");
    if (other) throw new InputError(`${other} Close the lesson to train on this table.`);
    if (scene && isOnCsv(scene)) return beginScene(at, false, table);
    void keepTable(options.tables, table, host.notify);
    return false;
  }

  return { store, begin, openTable };
}
