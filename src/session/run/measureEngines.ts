import type { EngineKind } from "../../engine/engine";
import type { LoadRequest } from "../../worker/api";
import type { StartTrainer, TrainerClient } from "../../worker/client";

/** The speed of an engine on a run. */
export interface EngineSpeed {
  readonly kind: EngineKind;
  /** null where the browser does not have the engine. */
  readonly stepsPerSecond: number | null;
  /** The reason why the browser does not have the engine, in two or three words. */
  readonly missing: string | null;
}

export interface MeasureOptions {
  /** Ends the measurement, which then rejects with the reason of the signal. */
  readonly signal: AbortSignal;
  /** Called with the share that is done. */
  progressed(share: number): void;
}

interface Timed {
  readonly kind: EngineKind;
  /** Takes steps for some time and adds both up. */
  run(): Promise<void>;
  readonly total: { steps: number; ms: number };
}

const kinds: readonly EngineKind[] = ["cpu", "webgl"];
/** Each engine is timed in this many turns of this length: both then share any change of the machine's speed. */
const turns = 4;
const turnMs = 250;
/** Steps of a call at most: columns are allocated for all of them. */
const maxSteps = 100_000;

/**
 * Times both engines on a run from its first step. Each engine has a worker of its own, and one
 * of them works at a time. The caller keeps the run at rest meanwhile.
 */
export async function measureEngines(
  startTrainer: StartTrainer,
  request: LoadRequest,
  { signal, progressed }: MeasureOptions,
): Promise<EngineSpeed[]> {
  const clients: TrainerClient[] = [];
  const stop = () => {
    for (const client of clients) client.terminate();
  };
  signal.addEventListener("abort", stop);
  const parts = kinds.length * (1 + turns);
  let done = 0;
  const next = () => {
    progressed(++done / parts);
    signal.throwIfAborted();
  };
  try {
    const timed: Timed[] = [];
    const missing = new Map<EngineKind, string>();
    for (const kind of kinds) {
      const client = startTrainer();
      clients.push(client);
      const { engine, start } = await client.load({ ...request, engine: kind });
      if (engine.kind !== kind) missing.set(kind, engine.reason ?? "no reason given");
      else timed.push(await warm(kind, client, () => client.restore(start)));
      next();
    }
    for (let turn = 0; turn < turns; turn++) {
      for (const engine of timed) {
        await engine.run();
        next();
      }
    }
    return kinds.map((kind) => {
      const total = timed.find((engine) => engine.kind === kind)?.total;
      return {
        kind,
        stepsPerSecond: total ? (1000 * total.steps) / total.ms : null,
        missing: missing.get(kind) ?? null,
      };
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}

/** An engine after its first steps, in which it compiles its programs. */
async function warm(kind: EngineKind, client: TrainerClient, restore: () => Promise<void>): Promise<Timed> {
  const total = { steps: 0, ms: 0 };
  await client.advance(maxSteps, turnMs / 2, null);
  return {
    kind,
    total,
    async run() {
      await restore();
      const begin = performance.now();
      const { columns } = await client.advance(maxSteps, turnMs, null);
      total.ms += performance.now() - begin;
      total.steps += columns.count;
    },
  };
}
