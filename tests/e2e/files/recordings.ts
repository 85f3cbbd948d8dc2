import type { Trace } from "../../../src/core/history/trace";

/** The run file of another program, with the measurements of a run on the page and tensors of these names. */
export const recordingOf = (trace: Trace, names: readonly string[]) => ({
  format: "alphascope-run",
  version: 1,
  app: "alphascope.py",
  engine: "pytorch",
  recording: {
    name: "a transformer",
    optimiser: "Muon",
    device: "PyTorch 2.6.0, cuda, float32",
    rows: null,
    tensors: names.map((name) => ({ name, shape: [4, 4] })),
    settings: { lr: 0.01, beta1: 0.9, batchSize: 32 },
  },
  trace,
});
