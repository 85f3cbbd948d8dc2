import { fetchPart } from "../../core/async/fetchPart";
import type { TrainerApi } from "../../worker/api";
import type { StartTrainer } from "../../worker/client";

/** The reason why a command has no effect on a recorded run. */
export const noNetwork = (quantity: string): string =>
  `This recorded run has measurements and no network: ${quantity}.`;

/** The message at the last step of a recorded run. */
export const endOf = (steps: number): string => noNetwork(`it ends at step ${steps}`);

/** A trainer that answers for recorded runs itself, and lets the worker train all other runs. */
export function withRecordings(start: StartTrainer): StartTrainer {
  return () => {
    const worker = start();
    /** null while the run is not recorded. */
    let recorded: TrainerApi | null = null;
    const current = (): TrainerApi => recorded ?? worker;
    return {
      async load(request) {
        const { recording } = request;
        const next = recording ? (await loadTrainer()).recordedTrainer(recording) : null;
        const loaded = await (next ?? worker).load(request);
        recorded = next;
        return loaded;
      },
      advance: (steps, budgetMs, stop) => current().advance(steps, budgetMs, stop),
      edit: (change, measuredSteps) => current().edit(change, measuredSteps),
      revise: (recipe) => current().revise(recipe),
      restore: (checkpoint) => current().restore(checkpoint),
      terminate: worker.terminate,
    };
  };
}

const loadTrainer = () => fetchPart("The reader of recorded runs", () => import("./recordedTrainer"));
