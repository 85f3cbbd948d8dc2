import { traceOf } from "../../../src/core/history/trace";
import { runOf } from "./runs";

const settings = { optimiser: "adamw", lr: 0.02, beta1: 0.9, beta2: 0.999, batchSize: 4 };

/** A run file of another program with the measurements of a small run; rows 10, minibatches of 4, 4 and 2. */
export async function recordingFile(steps: number, change: object = {}) {
  const { history } = await runOf({ rows: 10, inputs: 3, hidden: [4], batchSize: 4, lr: 0.02 }, steps);
  const tensors = history.tensors.map(({ name, shape }) => ({ name, shape }));
  return {
    format: "alphascope-run",
    version: 1,
    app: "alphascope.py",
    engine: "pytorch",
    recording: {
      name: "a convnet",
      optimiser: "AdamW",
      device: "PyTorch 2.6.0, cpu, float32",
      rows: 10,
      tensors,
      settings,
      ...change,
    },
    trace: traceOf(history),
  };
}
