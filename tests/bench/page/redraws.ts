import type { Page } from "@playwright/test";

/** Redraws per second of every chart during `duration` ms: the frames in which its drawing changed. */
export async function countRedraws(page: Page, duration: number): Promise<Record<string, number>> {
  return page.evaluate(async (ms) => {
    const counts: Record<string, number> = {};
    const observers = [...document.querySelectorAll(".card")].flatMap((card) => {
      const name = card.querySelector("h2")?.firstChild?.textContent ?? "";
      const drawing = card.querySelector(".recharts-surface, .ruler-drawing, .network-drawing");
      if (!drawing) return [];
      counts[name] = 0;
      let last = -1;
      const observer = new MutationObserver(() => {
        const { currentTime } = document.timeline;
        // Several mutations in one frame are one redraw.
        if (currentTime !== last) counts[name] = (counts[name] ?? 0) + 1;
        last = Number(currentTime);
      });
      observer.observe(drawing, { subtree: true, childList: true, attributes: true, characterData: true });
      return [observer];
    });
    const begin = performance.now();
    await new Promise((resolve) => setTimeout(resolve, ms));
    const seconds = (performance.now() - begin) / 1000;
    for (const observer of observers) observer.disconnect();
    return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count / seconds]));
  }, duration);
}
