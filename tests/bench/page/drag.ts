import type { Page } from "@playwright/test";

/** Positions before the paint of one frame, in client pixels. */
interface DragFrame {
  readonly pointer: number;
  readonly handle: number;
}

/** Drags the handle of the ruler left and right for `duration` ms, and records pointer and handle in every frame. */
export async function dragHandle(page: Page, duration: number): Promise<{ list: DragFrame[]; ms: number }> {
  const box = await page.locator(".ruler-grip").boundingBox();
  const ruler = await page.locator(".ruler-drawing").boundingBox();
  if (!box || !ruler) throw new Error("The ruler is not drawn.");
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const list: DragFrame[] = [];
    const begin = performance.now();
    let pointer: number | null = null;
    let recording = true;
    document.addEventListener("pointermove", ({ clientX }) => {
      pointer = clientX;
    });
    const frame = () => {
      const grip = document.querySelector(".ruler-grip")?.getBoundingClientRect();
      if (grip && pointer !== null) list.push({ pointer, handle: grip.x + grip.width / 2 });
      if (recording) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, {
      stopRecording: () => {
        recording = false;
        return { list, ms: performance.now() - begin };
      },
    });
  });
  const reach = Math.min(380, ruler.x + ruler.width - 60 - x);
  const end = Date.now() + duration;
  for (let offset = 0, stride = 9; Date.now() < end; offset += stride) {
    if (offset + stride > reach || offset + stride < 0) stride = -stride;
    await page.mouse.move(x + offset + stride, y);
  }
  const frames = await page.evaluate(() =>
    (window as unknown as { stopRecording(): { list: DragFrame[]; ms: number } }).stopRecording(),
  );
  await page.mouse.up();
  return frames;
}

/** The handle moves to learning rates of two digits, at most this many pixels from the pointer. */
const tolerance = 3;

/** For every frame with a moved pointer: the handle's delay in frames, at most 4; null where no recent pointer position matches. */
export function lagsOf(frames: readonly DragFrame[]): (number | null)[] {
  return frames.flatMap(({ pointer, handle }, i) => {
    if (i < 4 || pointer === frames[i - 1]?.pointer) return [];
    const lag = [0, 1, 2, 3, 4].find((k) => Math.abs((frames[i - k]?.pointer ?? Number.NaN) - handle) <= tolerance);
    return [lag ?? null];
  });
}
