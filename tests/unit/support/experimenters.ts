import { guardedExperimenter, type StartExperimenter } from "../../../src/worker/client";
import { createExperimentApi } from "../../../src/worker/experiment/experimentApi";
import type { ExperimentApi } from "../../../src/worker/experiment/protocol";
import { FakeThread } from "./fakes";

/** A worker that trains the runs of a sweep in this thread. */
export class FakeExperimenter extends FakeThread {
  readonly api: ExperimentApi;
  /** Called when a run has begun. */
  afterBegin: () => void = () => {};

  constructor(api: ExperimentApi = createExperimentApi()) {
    super();
    const posted = this.posted.bind(this) as FakeThread["posted"];
    this.api = {
      load: posted(api.load),
      begin: posted(async (recipe, steps) => {
        await api.begin(recipe, steps);
        this.afterBegin();
      }),
      advance: posted(api.advance),
    };
  }
}

/** Starts fake workers, and lists them. */
export function startFakes(onStart: (worker: FakeExperimenter, index: number) => void = () => {}) {
  const started: FakeExperimenter[] = [];
  const start: StartExperimenter = () => {
    const worker = new FakeExperimenter();
    onStart(worker, started.length);
    started.push(worker);
    return guardedExperimenter(worker, worker.api);
  };
  return { start, started };
}
