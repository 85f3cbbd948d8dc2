import type { Player } from "../run/player";
import type { Playback } from "./playback";
import type { Sliders } from "./sliders";

export interface Exclusive {
  /** Pauses and runs `act` after all commands before it. */
  run(act: () => Promise<void>): Promise<void>;
  /** As `run`, after the steps that play has requested are measured. An error of the worker is also reported. */
  runIdle(act: () => Promise<void>): Promise<void>;
}

/** Commands that need the run paused and to themselves. */
export function createExclusive(player: Player, playback: Playback, sliders: Sliders): Exclusive {
  function run(act: () => Promise<void>): Promise<void> {
    if (player.playing) playback.pause();
    sliders.seal();
    return playback.enqueue(act);
  }

  async function runIdle(act: () => Promise<void>): Promise<void> {
    try {
      await run(async () => {
        await player.idle();
        await act();
      });
    } catch (error) {
      playback.fail(error);
      throw error;
    }
  }

  return { run, runIdle };
}
