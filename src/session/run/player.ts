import { InputError } from "../../core/errors";
import { limits } from "../../core/limits";
import type { RunState } from "../state";
import { budgetMs, type Frames, Loop } from "./loop";
import { Rate } from "./rate";
import type { Run } from "./run";

export interface PlayerEvents {
  /** The last step to play to for now: another run keeps step with this one. */
  reach(): number;
  /** Steps were measured, or it began or ceased to play. */
  changed(): void;
  failed(error: unknown): void;
  notify(text: string): void;
}

/** Plays a run, up to a goal if there is one, until training diverges or the history is full. */
export class Player {
  readonly rate = new Rate();
  goal: RunState["goal"] = null;
  /** The step at which training diverged, also of a run that has gone back to before it. */
  #diverged: number | null = null;
  /** Grows whenever the history has changed. */
  version = 0;
  #speed = 60;
  readonly #loop: Loop;

  constructor(
    private readonly run: Run,
    frames: Frames,
    private readonly events: PlayerEvents,
  ) {
    this.#loop = new Loop(frames, {
      advance: (steps, ms) => this.#advance(steps, ms),
      remaining: () => Math.min(this.#end, events.reach()) - run.step,
    });
  }

  /** The step at which training has diverged; null while it has not, and where the run has gone back to before it. */
  get divergedAt(): number | null {
    return this.#diverged !== null && this.#diverged <= this.run.step ? this.#diverged : null;
  }

  get playing(): boolean {
    return this.#loop.playing;
  }

  /** Steps a second; Infinity is as fast as possible. The way to a goal has a speed of its own. */
  get speed(): number {
    return this.#speed;
  }

  set speed(stepsPerSecond: number) {
    this.#speed = stepsPerSecond;
    if (!this.goal) this.#loop.speed = stepsPerSecond;
  }

  /** Plays on to the step `to`, at full speed unless told otherwise, or until paused; says why where it cannot. */
  play(to: number | null, toSpeed = Number.POSITIVE_INFINITY): void {
    const { divergedAt, run } = this;
    if (divergedAt !== null) {
      this.events.notify(
        `Training diverged at step ${divergedAt}: there is nothing to play on from. Start over, or step back.`,
      );
    } else if (run.step >= limits.steps) this.events.notify(capacityReached);
    else if (to === null || to > run.step) {
      this.goal = to === null ? null : { from: run.step, to };
      this.#loop.speed = this.goal ? toSpeed : this.#speed;
      this.rate.clear();
      this.#loop.start();
      this.events.changed();
    }
  }

  pause(): void {
    this.#loop.stop();
    this.goal = null;
    this.events.changed();
  }

  /** Resolves when all steps asked for in play are measured. */
  idle(): Promise<void> {
    return this.#loop.idle();
  }

  /** Exactly this many more steps. */
  async advance(steps: number): Promise<void> {
    const to = this.run.step + steps;
    if (to > limits.steps) throw new InputError(capacityReached);
    let asked = 0;
    // Two requests under way: while one is answered, the other is worked on. Either may be answered with fewer steps.
    const ask = async (): Promise<void> => {
      while (this.run.step + asked < to) {
        const rest = to - this.run.step - asked;
        const some = asked === 0 ? Math.ceil(rest / 2) : rest;
        asked += some;
        await this.#take(some, budgetMs);
        asked -= some;
      }
    };
    await Promise.all([ask(), ask()]);
  }

  /** Back, or on, to a step of this run. */
  async goTo(step: number): Promise<void> {
    const { run } = this;
    const known = Math.min(step, run.history.known);
    if (known !== run.step) {
      await run.goTo(known);
      this.version++;
      this.events.changed();
    }
    await this.advance(step - known);
  }

  /** The run goes another way: what was known beyond step `keep` is gone. */
  branched(keep: number): void {
    if (this.#diverged !== null && this.#diverged > keep) this.#diverged = null;
    this.version++;
    this.events.changed();
  }

  /** Another run has been loaded. */
  reset(): void {
    this.#diverged = null;
    this.rate.clear();
    this.version++;
  }

  get #end(): number {
    return Math.min(this.goal?.to ?? limits.steps, limits.steps);
  }

  async #take(steps: number, ms: number, wanted?: () => boolean): Promise<number> {
    const { run } = this;
    const taken = await run.advance(steps, ms, wanted);
    this.version++;
    this.rate.add(run.step, performance.now());
    // A chunk ends with the step at which training diverges.
    if (this.divergedAt === null && run.history.verdict(run.step) === "diverged") this.#diverged = run.step;
    this.events.changed();
    return taken;
  }

  async #advance(steps: number, ms: number): Promise<number> {
    try {
      // With two requests under way, the second has gone past a step at which the first diverges.
      const taken = await this.#take(steps, ms, () => this.divergedAt === null);
      if (this.playing && this.run.step >= limits.steps) this.events.notify(capacityReached);
      if (this.playing && (this.divergedAt !== null || this.run.step >= this.#end)) this.pause();
      return taken;
    } catch (error) {
      this.events.failed(error);
      return 0;
    }
  }
}

/** What is said at the end of what a history takes. */
export const capacityReached = `The history is full at ${limits.steps} steps. Start over to go on.`;
