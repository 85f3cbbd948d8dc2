import type { Browser, Page } from "@playwright/test";
import type { PageTimes } from "./page";
import { frameWork } from "./trace";

/** How long each part is watched, in ms: at full speed a run is over after some eight seconds on the processor. */
const watched = 5_000;

/** One frame of a drag, as it was about to be painted: client pixels. */
interface DragFrame {
  readonly pointer: number;
  readonly handle: number;
}

/** What was seen while the page trained at full speed with every panel in sight. */
interface Racing {
  readonly stepsPerSecond: number;
  /** Main-thread work of each frame, in ms. */
  readonly work: readonly number[];
  /** Redraws a second, by chart. */
  readonly redraws: Readonly<Record<string, number>>;
  /** Frames by which the handle was behind the pointer; null where it was nowhere near. */
  readonly lags: readonly (number | null)[];
  readonly dragFps: number;
}

/** Times the built page while it trains as fast as it can: its frames, its charts, and a drag of the learning rate. */
export async function timeRacing(
  browser: Browser,
  address: string,
  engine: "webgl" | "cpu",
  log: (line: string) => void,
): Promise<PageTimes> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${address}?engine=${engine}&paused`);
  await page.evaluate(() => window.alphascope.ready);
  await page.getByRole("combobox", { name: /speed/i }).selectOption({ label: "max" });
  // Every chart is made while it stands.
  await page.waitForTimeout(1000);
  await race(page);
  const from = await page.evaluate(() => [window.alphascope.status().step, performance.now()] as const);
  const redraws = await countRedraws(page);
  const to = await page.evaluate(() => [window.alphascope.status().step, performance.now()] as const);
  await race(page);
  const work = await frameWork(browser, page, watched);
  await race(page);
  const frames = await drag(page);
  if (!(await page.evaluate(() => window.alphascope.status().playing))) throw new Error("The run had ended meanwhile.");
  await page.close();
  const { rows, line } = describe(engine, {
    stepsPerSecond: (1000 * (to[0] - from[0])) / (to[1] - from[1]),
    work,
    redraws,
    lags: lagsOf(frames.list),
    dragFps: (1000 * frames.list.length) / frames.ms,
  });
  log(line);
  return rows;
}

/** Begins the run anew at full speed, and waits until it is beyond the steps that are drawn one by one. */
async function race(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.alphascope.reset();
    window.alphascope.play();
  });
  await page.waitForTimeout(1000);
}

/** Redraws a second of every chart: frames in which something of its drawing changed. */
async function countRedraws(page: Page): Promise<Record<string, number>> {
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
        // A redraw may be committed in parts: what one frame shows is one.
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
  }, watched);
}

/** Drags the handle to and fro, and notes in every frame where pointer and handle are. */
async function drag(page: Page): Promise<{ list: DragFrame[]; ms: number }> {
  const box = await page.locator(".ruler-grip").boundingBox();
  const room = await page.locator(".ruler-drawing").boundingBox();
  if (!box || !room) throw new Error("The ruler is not drawn.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const list: DragFrame[] = [];
    const begin = performance.now();
    let pointer: number | null = null;
    let going = true;
    document.addEventListener("pointermove", ({ clientX }) => {
      pointer = clientX;
    });
    const frame = () => {
      const grip = document.querySelector(".ruler-grip")?.getBoundingClientRect();
      if (grip && pointer !== null) list.push({ pointer, handle: grip.x + grip.width / 2 });
      if (going) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, {
      dragged: () => {
        going = false;
        return { list, ms: performance.now() - begin };
      },
    });
  });
  const reach = Math.min(380, room.x + room.width - 60 - x);
  const end = Date.now() + watched;
  for (let at = 0, way = 9; Date.now() < end; at += way) {
    if (at + way > reach || at + way < 0) way = -way;
    await page.mouse.move(x + at + way, y);
  }
  const frames = await page.evaluate(() =>
    (window as unknown as { dragged(): { list: DragFrame[]; ms: number } }).dragged(),
  );
  await page.mouse.up();
  return frames;
}

/** The handle stands at rates of two digits, up to this far from the pointer, in pixels. */
const nearby = 3;

/** For every frame in which the pointer had moved: the frames since it was where the handle is. */
function lagsOf(frames: readonly DragFrame[]): (number | null)[] {
  return frames.flatMap(({ pointer, handle }, i) => {
    if (i < 4 || pointer === frames[i - 1]?.pointer) return [];
    const lag = [0, 1, 2, 3, 4].find((k) => Math.abs((frames[i - k]?.pointer ?? Number.NaN) - handle) <= nearby);
    return [lag ?? null];
  });
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? 0;

function describe(engine: string, { stepsPerSecond, work, redraws, lags, dragFps }: Racing) {
  const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
  const shareOf = (lag: number) => percent(lags.filter((each) => each === lag).length / lags.length);
  const under = work.filter((ms) => ms < 50).length / work.length;
  const rows: PageTimes = {
    [`steps a second, ${engine}, every panel in sight`]: Math.round(stepsPerSecond).toLocaleString("en"),
    [`main-thread work a frame, ${engine}, median / 95% / 99%`]: `${[0.5, 0.95, 0.99].map((q) => quantile(work, q).toFixed(0)).join(" / ")} ms`,
    [`frames under 50 ms of it, ${engine}`]: `${percent(under)} of ${work.length}`,
    [`redraws a second, ${engine}`]: Object.entries(redraws)
      .map(([name, rate]) => `${name} ${rate.toFixed(1)}`)
      .join(", "),
    [`the dragged handle, ${engine}: under the pointer / a frame behind / further`]: `${shareOf(0)} / ${shareOf(1)} / ${percent(lags.filter((lag) => lag === null || lag > 1).length / lags.length)} at ${dragFps.toFixed(0)} frames a second`,
  };
  return { rows, line: JSON.stringify(rows, null, 1) };
}
