import { InputError } from "../../core/errors";
import { isMet, type StopCondition } from "../../core/history/stopCondition";
import { limits } from "../../core/limits";
import { Emitter } from "../emitter";
import type { RunState } from "../state";
import { budgetMs, defaultSpeed, type Frames, Loop } from "./loop";
import { endOf } from "./recordedRun";
import type { Run } from "./run";
import { StepRate } from "./stepRate";

export interface PlayerEvents {
  /** Steps were measured, or play began or ended. */
  changed: [];
  /** A request for steps failed. */
  failed: [error: unknown];
  /** Play ended, or did not begin, for this reason. */
  stopped: [reason: string];
  /** Play paused at this step, the first one that met the condition. */
  met: [condition: StopCondition, step: number];
}

/** Plays a run until a target step, until a condition is met, until training diverges, or until its last step: of a recording, or where the history is full. */
export class Player {
  readonly events = new Emitter<PlayerEvents>();
  readonly rate = new StepRate();
  goal: RunState["goal"] = null;
  /** The step at which training diverged, also while an earlier step of the run is shown. */
  #diverged: number | null = null;
  /** Pauses play once, at the first step that meets it; in force from the next request on. */
  stopWhen: StopCondition | null = null;
  /** The number of conditions met so far. */
  #met = 0;
  /** Grows whenever the history has changed. */
  version = 0;
  #speed = defaultSpeed;
  readonly #loop: Loop;

  /** @param maxStep the last step to play to at present: runs that are trained alongside follow at a limited distance */
  constructor(
    private readonly run: Run,
    frames: Frames,
    maxStep: () => number,
  ) {
    this.#loop = new Loop(frames, {
      advance: (steps, ms) => this.#advance(steps, ms),
      remaining: () => Math.min(this.#end, maxStep()) - run.step,
    });
  }

  /** The step at which training has diverged; null while no such step is at or before the present step. */
  get divergedAt(): number | null {
    return this.#diverged !== null && this.#diverged <= this.run.step ? this.#diverged : null;
  }

  get playing(): boolean {
    return this.#loop.playing;
  }

  /** Steps a second without a target; Infinity is as fast as possible. */
  get speed(): number {
    return this.#speed;
  }

  set speed(stepsPerSecond: number) {
    this.#speed = stepsPerSecond;
    if (!this.goal) this.#loop.speed = stepsPerSecond;
  }

  /**
   * Plays until paused, or to the step `to`. Emits `stopped` where the run cannot be played.
   *
   * @param toSpeed steps a second up to `to`; as fast as possible by default
   */
  play(to: number | null, toSpeed = Number.POSITIVE_INFINITY): void {
    const { divergedAt, run } = this;
    if (divergedAt !== null) {
      this.events.emit(
        "stopped",
        `Training diverged at step ${divergedAt}. Start over, or go back to an earlier step.`,
      );
    } else if (run.step >= this.#last) this.events.emit("stopped", this.#endText);
    else if (to === null || to > run.step) {
      this.goal = to === null ? null : { from: run.step, to };
      this.#loop.speed = this.goal ? toSpeed : this.#speed;
      this.rate.clear();
      this.#loop.start();
      this.events.emit("changed");
    }
  }

  pause(): void {
    this.#loop.stop();
    this.goal = null;
    this.events.emit("changed");
  }

  /** Resolves when all steps requested by play are measured. */
  idle(): Promise<void> {
    return this.#loop.idle();
  }

  /** Takes exactly this many more steps. @throws InputError where the history cannot hold them */
  async advance(steps: number): Promise<void> {
    const to = this.run.step + steps;
    if (to > this.#last) throw new InputError(this.#endText);
    let requested = 0;
    // Two requests at a time, so that the worker never waits for the page. Each may be answered with fewer steps.
    const request = async (): Promise<void> => {
      while (this.run.step + requested < to) {
        const rest = to - this.run.step - requested;
        const count = requested === 0 ? Math.ceil(rest / 2) : rest;
        requested += count;
        await this.#take(count, budgetMs);
        requested -= count;
      }
    };
    await Promise.all([request(), request()]);
  }

  /** Goes to an earlier or later step of this run; steps that are not measured yet are trained. */
  async goTo(step: number): Promise<void> {
    const { run } = this;
    const reachable = Math.min(step, run.history.measuredSteps);
    if (reachable !== run.step) {
      await run.goTo(reachable);
      this.version++;
      this.events.emit("changed");
    }
    await this.advance(step - reachable);
  }

  /** The run branches: its steps after `keep` are removed. */
  branched(keep: number): void {
    if (this.#diverged !== null && this.#diverged > keep) this.#diverged = null;
    this.version++;
    this.events.emit("changed");
  }

  /** Another run has been loaded. */
  reset(): void {
    this.#diverged = null;
    this.rate.clear();
    this.version++;
  }

  #pauseAt(condition: StopCondition): void {
    this.#met++;
    this.stopWhen = null;
    this.pause();
    this.events.emit("met", condition, this.run.step);
  }

  get #lastStep() {
    const { history, step } = this.run;
    const value = (metric: "loss" | "lr" | "alphaStar") => history.value(metric, step);
    return {
      verdict: history.verdict(step) ?? "diverged",
      loss: value("loss"),
      lr: value("lr"),
      alphaStar: value("alphaStar"),
    } as const;
  }

  get #end(): number {
    return Math.min(this.goal?.to ?? this.#last, this.#last);
  }

  /** The last step that the run can have. */
  get #last(): number {
    return this.run.recording?.columns.count ?? limits.steps;
  }

  get #endText(): string {
    return this.run.recording ? endOf(this.#last) : capacityReached;
  }

  #take(steps: number, ms: number, stop: StopCondition | null = null, accepts = () => true): Promise<number> {
    return this.run.advance(steps, ms, { accepts, stop, appended: () => this.#appended(stop) });
  }

  #appended(stop: StopCondition | null): void {
    const { run } = this;
    this.version++;
    this.rate.add(run.step, performance.now());
    // A chunk ends with the step at which training diverges or the condition is met.
    if (this.divergedAt === null && run.history.verdict(run.step) === "diverged") this.#diverged = run.step;
    if (stop && stop === this.stopWhen && isMet(stop, this.#lastStep)) this.#pauseAt(stop);
    this.events.emit("changed");
  }

  async #advance(steps: number, ms: number): Promise<number> {
    try {
      // When training diverges or a condition is met in the first of two requests, the steps of the second request are discarded.
      const met = this.#met;
      const taken = await this.#take(steps, ms, this.stopWhen, () => this.divergedAt === null && this.#met === met);
      if (this.playing && this.run.step >= this.#last) this.events.emit("stopped", this.#endText);
      if (this.playing && (this.divergedAt !== null || this.run.step >= this.#end)) this.pause();
      return taken;
    } catch (error) {
      this.events.emit("failed", error);
      return 0;
    }
  }
}

/** The message at the capacity of a history. */
export const capacityReached = `The history is full (${limits.steps} steps). Start over to continue.`;
