import { expect, it } from "vitest";
import { guarded, WorkerDied } from "../../../src/worker/client";
import { startTrainer } from "../../../src/worker/startTrainer";
import { FakeWorker } from "../support/fakes";

it("startTrainer throws an error that names Web Workers when the browser has none", () => {
  expect(typeof Worker).toBe("undefined");
  expect(startTrainer).toThrow("Web Workers");
});

it("guarded rejects pending and later calls when the worker dies", async () => {
  const worker = new FakeWorker();
  const client = guarded(worker, worker.api);
  const pending = client.advance(1, 10);
  worker.die("out of memory");
  await expect(pending).rejects.toThrow(WorkerDied);
  await expect(pending).rejects.toThrow("out of memory");
  await expect(client.edit({}, 0)).rejects.toThrow("out of memory");
});

it("guarded rejects pending calls when the worker is terminated", async () => {
  const worker = new FakeWorker();
  const client = guarded(worker, worker.api);
  const pending = client.evaluate(Float64Array.of(0));
  client.terminate();
  await expect(pending).rejects.toThrow("stopped");
  expect(worker.dead).toBe(true);
});
