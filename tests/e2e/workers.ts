import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** Every worker started so far by the page, by name. */
    workers: Record<string, Worker[]>;
  }
}

/** Collects the workers that the page will start in `window.workers`. */
export async function collectWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const workers: Record<string, Worker[]> = { trainer: [], observer: [] };
    window.workers = workers;
    const Original = window.Worker;
    window.Worker = class extends Original {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers[args[1]?.name ?? ""]?.push(this);
      }
    };
  });
}

/** Adds a script to each worker, before its own script. */
export async function addToWorkers(page: Page, script: string): Promise<void> {
  await page.route(/worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${script}\n${await response.text()}` });
  });
}
