import type { Session } from "../../session/session";

/** The page has come up, its charts are drawn and some steps taken before anything is fetched for another visit. In ms. */
const settled = 2000;

/**
 * Has the page kept for visits without a network, once it is up and has nothing better to do. A newer build is offered, and
 * waits until it is accepted or the last tab is closed. A browser that refuses loses only this.
 *
 * @param container the browser's service workers; undefined where it has none, or the page does not come from a secure origin
 */
export async function keepOffline(
  session: Pick<Session, "ready" | "notify">,
  container: ServiceWorkerContainer | undefined = navigator.serviceWorker,
): Promise<void> {
  if (!container) return;
  try {
    await session.ready;
    await idle();
    const registration = await container.register("./serviceWorker.js");
    offerUpdates(session, container, registration);
    // Browsers look for a newer build when they see fit, some only a day after; while a run keeps the machine busy they wait.
    await registration.update();
  } catch {
    // No engine, no room, no permission, no network: the page goes on as it is.
  }
}

function offerUpdates(
  { notify }: Pick<Session, "notify">,
  container: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
): void {
  function offer(): void {
    // Without a worker in use, the one that was installed takes over by itself.
    if (!registration.waiting || !registration.active) return;
    notify("info", "A new version of Alphascope is here. It waits for this button, or for your next visit.", {
      label: "Reload now",
      run() {
        // Another tab may have said yes before.
        if (!registration.waiting) return location.reload();
        container.addEventListener("controllerchange", () => location.reload(), { once: true });
        registration.waiting.postMessage("take over");
      },
    });
  }
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  // A newer build may be here, on its way, or still to come.
  offer();
  watch();
  registration.addEventListener("updatefound", watch);
}

/** Resolves when the browser has nothing to do, and at the latest some seconds after that could have been. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      // Safari has no such callback.
      if (typeof requestIdleCallback === "undefined") resolve();
      else requestIdleCallback(() => resolve(), { timeout: 2 * settled });
    }, settled);
  });
}
