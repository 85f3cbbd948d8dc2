import { expect, it } from "vitest";
import { guarded, startTrainer, WorkerDied } from "../../../src/worker/client";
import { FakeWorker } from "../support/fakes";

it("says what is missing where there are no workers", () => {
  expect(typeof Worker).toBe("undefined");
  expect(startTrainer).toThrow("Web Workers");
});

it("rejects what a dead worker was asked, and all it is asked later", async () => {
  const worker = new FakeWorker();
  const client = guarded(worker, worker.api);
  const asked = client.advance(1, 10);
  worker.die("out of memory");
  await expect(asked).rejects.toThrow(WorkerDied);
  await expect(asked).rejects.toThrow("out of memory");
  await expect(client.edit({}, 0)).rejects.toThrow("out of memory");
});

it("rejects what a terminated worker was asked", async () => {
  const worker = new FakeWorker();
  const client = guarded(worker, worker.api);
  const asked = client.evaluate(Float64Array.of(0));
  client.terminate();
  await expect(asked).rejects.toThrow("stopped");
  expect(worker.dead).toBe(true);
});
