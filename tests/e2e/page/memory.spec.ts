import type { CDPSession, Page } from "@playwright/test";
import { advance, expect, open, test, timed } from "../fixtures";

interface Answer {
  readonly id?: number;
  readonly result?: { readonly usedSize?: number };
}

/** Sends DevTools commands to the trainer's worker: the page's session wraps them in messages. */
async function attachWorker(page: Page): Promise<(method: string) => Promise<Answer>> {
  const session = await page.context().newCDPSession(page);
  const attached = new Promise<string>((resolve) =>
    session.on("Target.attachedToTarget", ({ sessionId }) => resolve(sessionId)),
  );
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false });
  const sessionId = await attached;
  let last = 0;
  return async (method) => {
    const id = ++last;
    const answer = new Promise<Answer>((resolve) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const parsed = JSON.parse(message) as Answer;
        if (parsed.id === id) resolve(parsed);
      });
    });
    await session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  };
}

/** Bytes of live objects in the page and in its worker after garbage collection in both. */
async function heaps(session: CDPSession, worker: (method: string) => Promise<Answer>): Promise<[number, number]> {
  await session.send("HeapProfiler.collectGarbage");
  await worker("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return [usedSize, (await worker("Runtime.getHeapUsage")).result?.usedSize ?? Number.NaN];
}

/** Steps that fill charts and log, and the steps after them. */
for (const [engine, warmUp, steps] of [
  ["cpu", 5000, 50_000],
  ["webgl", 500, 2000],
] as const) {
  test(`${steps} more steps on ${engine} do not grow the heaps of page and worker`, timed, async ({ page }) => {
    await open(page, `?engine=${engine}&paused`);
    const session = await page.context().newCDPSession(page);
    const worker = await attachWorker(page);
    await advance(page, warmUp);
    await expect(page.locator(".slice-step-name, .update-lines .at-step").first()).toContainText(`step ${warmUp}`);
    const [pageBefore, workerBefore] = await heaps(session, worker);
    await advance(page, steps);
    // Measurements are in array buffers outside these heaps. The objects of the last frames are freed a moment later.
    const grown = async () => {
      const [pageAfter, workerAfter] = await heaps(session, worker);
      return Math.max(pageAfter - pageBefore, workerAfter - workerBefore) / 2 ** 20;
    };
    await expect.poll(grown, { message: "MB grown" }).toBeLessThan(2);
    expect(workerBefore).toBeGreaterThan(0);
  });
}
