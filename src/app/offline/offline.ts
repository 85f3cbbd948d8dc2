import type { Session } from "../../session/session";

/** Wait before files are fetched for later visits, so that the page and its first steps come first. In ms. */
const startDelay = 2000;

/**
 * Registers the service worker, which caches the page for visits without a network, when the page is ready and idle. A newer
 * build is offered in a notice, and starts when the user accepts it or the last tab is closed. Errors are ignored: the page
 * then works, but not offline.
 *
 * @param containerOf gives undefined where the browser has no service workers or the origin is not secure
 */
export async function keepOffline(
  session: Pick<Session, "ready" | "notify">,
  containerOf: () => ServiceWorkerContainer | undefined = () => navigator.serviceWorker,
): Promise<void> {
  try {
    // Throws in a sandboxed frame.
    const container = containerOf();
    if (!container) return;
    await session.ready;
    await idle();
    const registration = await container.register("./serviceWorker.js");
    offerUpdates(session, container, registration);
    // Browsers check for a newer build late, some only after a day or when no run keeps the machine busy.
    await registration.update();
  } catch {
    // No engine, storage, permission or network: the page works, but not offline.
  }
}

function offerUpdates(
  { notify }: Pick<Session, "notify">,
  container: ServiceWorkerContainer,
  registration: ServiceWorkerRegistration,
): void {
  function offer(): void {
    // Without an active worker, the installed one takes over without a question.
    if (!registration.waiting || !registration.active) return;
    notify(
      "info",
      "A new version of Alphascope is available. The new version starts when you reload, or at your next visit.",
      {
        action: {
          label: "Reload now",
          run() {
            // Another tab may have accepted the new version already.
            if (!registration.waiting) return location.reload();
            container.addEventListener("controllerchange", () => location.reload(), { once: true });
            registration.waiting.postMessage("take over");
          },
        },
      },
    );
  }
  const watch = () => registration.installing?.addEventListener("statechange", offer);
  // A newer build may be installed, be installing, or come later.
  offer();
  watch();
  registration.addEventListener("updatefound", watch);
}

/** Resolves when the browser is idle after `startDelay`, and at the latest after three times that delay. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      // Safari has no requestIdleCallback.
      if (typeof requestIdleCallback === "undefined") resolve();
      else requestIdleCallback(() => resolve(), { timeout: 2 * startDelay });
    }, startDelay);
  });
}
