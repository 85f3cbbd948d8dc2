import { startOf } from "../core/data/start";
import { InputError } from "../core/errors";
import type { RunSoFar } from "../core/files/runfile";
import { stepsFrom } from "./commands/input";
import { noNetwork } from "./run/recordedRun";
import type { Run } from "./run/run";

/** d by tensor, of the latest step by default; empty before the first step.
 *  @throws InputError for a step not taken, or whose d is no longer stored */
export function directionAt(run: Run, step = run.step): { name: string; shape: number[]; values: number[] }[] {
  if (run.step === 0 && step === 0) return [];
  stepsFrom(step, "step", 1, run.step);
  const d = step === run.step ? run.direction : run.history.direction(step);
  if (!d) throw new InputError(`step: found ${step}, whose d is no longer stored; allowed: ${run.step}`);
  return run.history.tensors.map(({ name, shape, offset, size }) => ({
    name,
    shape: [...shape],
    values: Array.from(d.subarray(offset, offset + size)),
  }));
}

/** The run as exports need it. @throws Error where no run is loaded, or the run is recorded */
export function runSoFarOf(run: Run): RunSoFar {
  const { recipe, case: from, table, recording } = run.request;
  if (recording) throw new InputError(noNetwork("only its trace can be saved"));
  const { checkpoint, history, report } = run;
  if (!checkpoint || !report) throw new Error("No run is loaded.");
  const { theta } = checkpoint;
  return { recipe, start: startOf(recipe, from, table), history, theta, engine: report.kind, app: __APP_VERSION__ };
}
