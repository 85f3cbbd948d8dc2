import type { Evaluation } from "../../engine/evaluate";
import type { Inspection, SliceLosses } from "../../engine/inspect/inspector";
import type { ProbeAnswers, ProbeKind, ProbeOptions } from "../../engine/inspect/probes/probes";
import type { MeasuredSteps } from "./measuredSteps";
import { Abandoned, type Supervisor } from "./supervisor";

/**
 * Measurements that a run's worker makes between chunks of training. They never change the run. A worker that dies of one
 * is replaced at the run's own next request, and the measurement rejects.
 */
export class RunObserver {
  /** @param steps the measured steps; throws `Abandoned` while the run is being loaded or replayed */
  constructor(
    private readonly worker: Supervisor,
    private readonly steps: () => MeasuredSteps,
  ) {}

  /**
   * The state and gradient inside a step that has been taken.
   *
   * @param quick for display during play only: see `TrainerApi.inspect`
   */
  async inspect(step: number, quick = false): Promise<Inspection> {
    const from = this.#checkpointBefore(step);
    return this.worker.requestOnce((client) => client.inspect(step, from, quick));
  }

  /** h(α) at each α along d of the step inspected last. */
  async slice(alphas: Float64Array): Promise<SliceLosses> {
    this.steps();
    return this.worker.requestOnce((client) => client.slice(alphas));
  }

  /** A probe of a step that has been taken. */
  async probe<K extends ProbeKind>(
    kind: K,
    step: number,
    options: ProbeOptions,
    quick = false,
  ): Promise<ProbeAnswers[K]> {
    const from = this.#checkpointBefore(step);
    return this.worker.requestOnce((client) => client.probe(kind, step, from, options, quick));
  }

  /** Loss and accuracy after the latest step, on all training rows and on the held-out rows. */
  async evaluate(): Promise<Evaluation> {
    const theta = this.steps().checkpoint?.theta;
    if (!theta) throw new Abandoned();
    return this.worker.requestOnce((client) => client.evaluate(theta));
  }

  #checkpointBefore(step: number) {
    const steps = this.steps();
    const from = steps.checkpointBefore(step);
    if (!from || step > steps.history.length) throw new Error(`Step ${step} has not been taken.`);
    return from;
  }
}
