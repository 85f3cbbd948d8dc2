import { expect, it } from "vitest";
import { guardedObserver, guardedTrainer, WorkerDied } from "../../../src/worker/client";
import { startTrainer } from "../../../src/worker/startWorkers";
import { FakeObserver, FakeWorker } from "../support/fakes";

it("startTrainer throws an error that names Web Workers when the browser has none", () => {
  expect(typeof Worker).toBe("undefined");
  expect(startTrainer).toThrow("Web Workers");
});

it("guardedTrainer rejects pending and later calls when the worker dies", async () => {
  const worker = new FakeWorker();
  const client = guardedTrainer(worker, worker.api);
  const pending = client.advance(1, 10, null);
  worker.die("out of memory");
  await expect(pending).rejects.toThrow(WorkerDied);
  await expect(pending).rejects.toThrow("out of memory");
  await expect(client.edit({}, 0)).rejects.toThrow("out of memory");
});

it("guardedObserver rejects pending calls when the worker is terminated", async () => {
  const worker = new FakeObserver();
  const client = guardedObserver(worker, worker.api);
  const pending = client.evaluate({ id: 1 }, Float64Array.of(0));
  client.terminate();
  await expect(pending).rejects.toThrow("stopped");
  expect(worker.dead).toBe(true);
});
