import { expect, test } from "vitest";
import { TaskQueue } from "../../../../src/core/async/taskQueue";

/** A task that ends when the test ends it. */
function openTask() {
  let started = false;
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const task = () => {
    started = true;
    return ended;
  };
  return { task, end, started: () => started };
}

const ticks = () => new Promise((resolve) => setTimeout(resolve));

test("TaskQueue starts a task when the task added before it has settled", async () => {
  const queue = new TaskQueue();
  const [first, second] = [openTask(), openTask()];
  const results = [queue.add(first.task), queue.add(second.task)];
  await ticks();
  expect([first.started(), second.started()]).toEqual([true, false]);
  first.end();
  await ticks();
  expect(second.started()).toBe(true);
  second.end();
  await Promise.all(results);
});

test("TaskQueue runs the next task when a task fails, and rejects the failed task's own promise only", async () => {
  const queue = new TaskQueue();
  const failed = queue.add(() => {
    throw new Error("failed");
  });
  const next = queue.add(() => 2);
  await expect(failed).rejects.toThrow("failed");
  expect(await next).toBe(2);
  await queue.idle();
});

test("TaskQueue.idle waits for the tasks added before the call only", async () => {
  const queue = new TaskQueue();
  const [first, second] = [openTask(), openTask()];
  queue.add(first.task);
  let idle = false;
  const waiting = queue.idle().then(() => {
    idle = true;
  });
  queue.add(second.task);
  await ticks();
  expect(idle).toBe(false);
  first.end();
  await waiting;
  second.end();
});
