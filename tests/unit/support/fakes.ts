import type { StoreApi } from "zustand/vanilla";
import type { Table } from "../../../src/core/data/table";
import { createSession, type SessionOptions } from "../../../src/session/createSession";
import type { LessonPlace } from "../../../src/session/lesson/lessonPlace";
import type { Frames } from "../../../src/session/run/loop";
import type { Session } from "../../../src/session/session";
import type { Keeper, Kept } from "../../../src/session/storage/keeper";
import { noTab } from "../../../src/session/storage/tab";
import { browserTables, type Tables } from "../../../src/session/storage/tables";
import type { Address } from "../../../src/session/view/address";
import type { ObserverApi, TrainerApi } from "../../../src/worker/api";
import { guardedObserver, guardedTrainer, type StartObserver, type StartTrainer } from "../../../src/worker/client";
import { createObserverApi } from "../../../src/worker/observerApi";
import { createOpenEngine } from "../../../src/worker/open";
import { createTrainerApi } from "../../../src/worker/trainerApi";
import { dataFile } from "./tables";

/** A worker in this thread. Its messages are cloned as by `postMessage`, and it can be made to die. */
export class FakeThread implements Pick<Worker, "addEventListener" | "terminate"> {
  readonly #listeners = new Map<string, ((event: Event) => void)[]>();
  dead = false;

  protected posted<A extends unknown[], R>(ask: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      await new Promise((resolve) => setTimeout(resolve));
      if (this.dead) return new Promise(() => {});
      const answer = structuredClone(await ask(...structuredClone(args)));
      return this.dead ? new Promise(() => {}) : answer;
    };
  }

  addEventListener(type: string, listener: unknown): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener as (event: Event) => void]);
  }

  terminate(): void {
    this.dead = true;
  }

  /** Dies without answering its requests, as a worker does. */
  die(message = "out of memory"): void {
    this.dead = true;
    for (const listener of this.#listeners.get("error") ?? []) listener(Object.assign(new Event("error"), { message }));
  }
}

/** A worker that trains in this thread. */
export class FakeWorker extends FakeThread {
  readonly api: TrainerApi;
  /** Called before steps are taken; a promise delays them. */
  beforeAdvance: () => unknown = () => {};

  constructor(api: TrainerApi = createTrainerApi(createOpenEngine(null))) {
    super();
    const posted = this.posted.bind(this) as FakeThread["posted"];
    this.api = {
      load: posted(api.load),
      advance: posted(async (steps, budgetMs, stop) => {
        await this.beforeAdvance();
        return api.advance(steps, budgetMs, stop);
      }),
      edit: posted(api.edit),
      revise: posted(api.revise),
      restore: posted(api.restore),
    };
  }
}

/** A worker that answers questions in this thread. */
export class FakeObserver extends FakeThread {
  readonly api: ObserverApi;
  /** Called before a question is answered; a promise delays the answer. */
  beforeAnswer: (method: keyof ObserverApi) => unknown = () => {};

  constructor(api: ObserverApi = createObserverApi(createOpenEngine(null))) {
    super();
    const posted = this.posted.bind(this) as FakeThread["posted"];
    const answered = <A extends unknown[], R>(ask: (...args: A) => Promise<R>, method: keyof ObserverApi) =>
      posted(async (...args: A) => {
        await this.beforeAnswer(method);
        return ask(...args);
      });
    this.api = {
      load: posted(api.load),
      inspect: answered(api.inspect, "inspect"),
      slice: answered(api.slice, "slice"),
      probe: answered(api.probe, "probe") as ObserverApi["probe"],
      rangeTest: answered(api.rangeTest, "rangeTest"),
      predict: answered(api.predict, "predict"),
      mark: answered(api.mark, "mark"),
      evaluate: answered(api.evaluate, "evaluate"),
      drop: posted(api.drop),
    };
  }
}

/** Resolves when a request just made has been sent to the worker and not yet answered. */
export const messageSent = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Frames as often as timers allow; each advances its own clock by a sixtieth of a second. */
function fakeFrames(): Frames {
  let now = 0;
  const waiting = new Map<number, ReturnType<typeof setTimeout>>();
  let id = 0;
  return {
    request(frame) {
      const mine = ++id;
      waiting.set(
        mine,
        setTimeout(() => {
          waiting.delete(mine);
          now += 1000 / 60;
          frame(now);
        }, 1),
      );
      return mine;
    },
    cancel(mine) {
      clearTimeout(waiting.get(mine));
      waiting.delete(mine);
    },
  };
}

export interface Fixture {
  readonly session: Session;
  /** Every worker started so far to train. */
  readonly workers: readonly FakeWorker[];
  /** Every worker started so far to answer questions. */
  readonly observers: readonly FakeObserver[];
}

/** An address with a count of its changes by the page. */
export function fakeAddress(hash = ""): Address & { writes: number; go(hash: string): void } {
  let shown = hash;
  let listener = (_: string) => {};
  return {
    writes: 0,
    hash: () => shown,
    replace(next) {
      shown = next;
      this.writes++;
    },
    onChange: (next) => {
      listener = next;
    },
    link: (next) => `https://example.org/alphascope/${next}`,
    go(next) {
      shown = next;
      listener(next);
    },
  };
}

/** Keeps the run of one tab in memory, from one session to the next. */
export function fakeKeeper(): Keeper & { kept: Kept | null } {
  return {
    kept: null,
    async own() {
      return structuredClone(this.kept);
    },
    async closed() {
      return null;
    },
    async keep(run) {
      this.kept = structuredClone(run);
      return true;
    },
  };
}

/** A `LessonPlace` in memory. */
export function fakePlace() {
  return {
    shown: null as Parameters<LessonPlace["show"]>[0],
    kept: null as unknown,
    show(at: Parameters<LessonPlace["show"]>[0]) {
      this.shown = at;
    },
    keep(lesson: unknown) {
      this.kept = structuredClone(lesson);
    },
    recall() {
      return this.kept;
    },
  };
}

/** The tables of a browser, in memory instead of IndexedDB. */
export function fakeTables(): Tables & { asked: string[]; broken: boolean } {
  let own: Table | null = null;
  const fake = {
    asked: [] as string[],
    broken: false,
    ...browserTables(noTab, async (name) => {
      fake.asked.push(name);
      if (fake.broken) throw new Error("404 Not Found");
      return dataFile(name);
    }),
    own: async () => own,
    async keep(table: Table) {
      own = structuredClone(table);
      return true;
    },
  };
  return fake;
}

type Options = SessionOptions & {
  readonly hash?: string;
  readonly makeWorker?: () => FakeWorker;
  readonly makeObserver?: () => FakeObserver;
};

/** A session with fake workers; opens paused by default. */
export function newSession(options: Options = {}): Fixture {
  const workers: FakeWorker[] = [];
  const observers: FakeObserver[] = [];
  const { hash = "", makeWorker = () => new FakeWorker(), makeObserver = () => new FakeObserver(), ...rest } = options;
  const startTrainer: StartTrainer = () => {
    const worker = makeWorker();
    workers.push(worker);
    return guardedTrainer(worker, worker.api);
  };
  const startObserver: StartObserver = () => {
    const observer = makeObserver();
    observers.push(observer);
    return guardedObserver(observer, observer.api);
  };
  return {
    session: createSession({
      address: fakeAddress(hash),
      keeper: fakeKeeper(),
      lessonPlace: fakePlace(),
      tables: fakeTables(),
      search: "?paused",
      frames: fakeFrames(),
      startTrainer,
      startObserver,
      ...rest,
    }),
    workers,
    observers,
  };
}

/** Resolves when the state of a store satisfies `holds`; subscribes to the store until then. */
export function until<T>(
  store: Pick<StoreApi<T>, "getState" | "subscribe">,
  holds: (state: T) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.subscribe(check);
    check(store.getState());
    function check(state: T) {
      if (!holds(state)) return;
      stop();
      resolve();
    }
  });
}
