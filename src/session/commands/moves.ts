import { limits } from "../../core/limits";
import type { CommandParts } from "./commandParts";
import { stepsFrom } from "./input";
import { Latest } from "./latest";
import type { PlayTarget } from "./playback";

/** Commands that go to another step of the run. */
export function createMoves(
  { run, player, exclusive, comparedRuns }: CommandParts,
  play: (target: PlayTarget) => void,
) {
  const scrubber = new Latest<number>((step) =>
    exclusive.runIdle(() => player.goTo(Math.min(step, run.history.measuredSteps))),
  );
  /** The newest step of a scrub in progress. */
  let scrubTarget: number | null = null;

  const goTo = (step: number) => exclusive.runIdle(() => player.goTo(step));

  /** Goes to measured steps as quickly as they can be replayed; skips steps that a newer call has replaced. */
  async function scrub(step: number): Promise<void> {
    scrubTarget = step;
    await scrubber.push(step);
    scrubTarget = null;
  }

  return {
    /** Takes exactly this many more steps. @throws InputError where `input` is no number of steps */
    async advance(input: number): Promise<void> {
      const steps = stepsFrom(input, "steps", 0, limits.steps);
      await exclusive.runIdle(() => player.advance(steps));
      await comparedRuns.catchUp();
    },
    /** Step 0 of the same recipe, edits included. */
    reset: () => goTo(0),
    /** Goes to a step and pauses. @throws InputError where `input` is no step */
    async seek(input: number): Promise<void> {
      await goTo(stepsFrom(input, "step", 0, limits.steps));
    },
    scrub,
    /** One step back from the scrub's newest step, else from the present step. */
    stepBack: () => scrub(Math.max(0, (scrubTarget ?? run.step) - 1)),
    /** Goes to a measured step at once, or plays to a later step. @throws InputError where `input` is no step */
    runTo(input: number, speed?: number): void {
      const to = stepsFrom(input, "step", 0, limits.steps);
      const target = { to, ...(speed && { speed }) };
      const { measuredSteps } = run.history;
      if (to <= measuredSteps) void scrub(to);
      // Measured steps are replayed, and only later steps are played.
      else if (measuredSteps > run.step) void scrub(measuredSteps).then(() => play(target));
      else play(target);
    },
  };
}
