import type { Tensor } from "../../core/data/problem";
import { type Checkpoint, CheckpointStore } from "../../core/history/checkpoints";
import { History } from "../../core/history/history";
import type { Chunk } from "../../worker/api";

/** Memory limit of the checkpoints of a run, in bytes. */
const checkpointBytes = 32 * 2 ** 20;

/** The measured steps of a run and the checkpoints to return to. */
export class MeasuredSteps {
  readonly history: History;
  readonly #checkpoints = new CheckpointStore(checkpointBytes);
  /** The state after the latest step; null before a run is loaded. */
  #checkpoint: Checkpoint | null;
  /** d of the latest step; null at step 0. */
  #direction: Float64Array | null = null;

  /**
   * @param start the state at step 0; null where no run is loaded
   * @param recordsDirections see `History`; false for a recorded run
   */
  constructor(tensors: readonly Tensor[] = [], start: Checkpoint | null = null, recordsDirections?: boolean) {
    this.history = new History(tensors, recordsDirections);
    this.#checkpoint = start;
    if (start) this.#checkpoints.add(start);
  }

  get checkpoint(): Checkpoint | null {
    return this.#checkpoint;
  }

  get direction(): Float64Array | null {
    return this.#direction;
  }

  /** The latest step that can be inspected without a replay: the first step after the last checkpoint but one. */
  get readyStep(): number {
    return (this.checkpointBefore(this.history.length)?.step ?? -1) + 1;
  }

  /** The last checkpoint before `step` (from 1); null where there is none. */
  checkpointBefore(step: number): Checkpoint | null {
    return this.#checkpoints.nearest(step - 1);
  }

  append(chunk: Chunk): void {
    this.history.append(chunk.columns, chunk.direction);
    this.#setState(chunk);
  }

  /** Makes `step` the latest step; later steps stay in the history as future steps. @param replayed its state; null at step 0 */
  rewind(step: number, start: Checkpoint, replayed: Chunk | null): void {
    this.history.rewind(step);
    if (replayed) this.#setState(replayed);
    else {
      this.#checkpoint = start;
      this.#direction = null;
    }
  }

  /** Removes all steps after `step`, future steps included. */
  truncate(step: number): void {
    this.history.truncate(step);
    this.#checkpoints.truncate(step);
  }

  #setState({ checkpoint, direction }: Chunk): void {
    this.#checkpoints.add(checkpoint);
    this.#checkpoint = checkpoint;
    this.#direction = direction;
  }
}
