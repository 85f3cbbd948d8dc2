/** A slice that has lasted this long, in ms, is followed by a turn of the event loop. */
const sliceMs = 10;
/** Products of a weight and an activation that plain loops compute in about a frame. */
export const sliceProducts = 2 ** 21;

/** The rejection of a question whose answer is not needed any more. */
class Dropped extends Error {
  override readonly name = "Dropped";

  constructor() {
    super("The question has been dropped.");
  }
}

/**
 * Divides the work for one question into slices of about a frame. Between two slices the worker reads its messages and works on
 * other questions; one of the messages may drop this question.
 */
export class TimeSlices {
  private began = performance.now();

  /** @param isWanted false once the answer is not needed any more */
  constructor(private readonly isWanted: () => boolean = () => true) {}

  /** @throws Dropped where the answer is not needed any more */
  check(): void {
    if (!this.isWanted()) throw new Dropped();
  }

  /**
   * Gives the event loop a turn, then begins a slice.
   * @throws Dropped where the answer is not needed any more
   */
  async next(): Promise<void> {
    await turn();
    this.check();
    this.began = performance.now();
  }

  /**
   * As `next`, but only where the slice has lasted long enough, or where the work ahead takes a slice by itself.
   * @param products the work ahead, in products of a weight and an activation
   */
  async nextIfDue(products = 0): Promise<void> {
    if (performance.now() - this.began >= sliceMs || products >= sliceProducts) await this.next();
  }
}

/** A turn of the event loop by a message: browsers delay nested timers by 4 ms, half a slice. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
