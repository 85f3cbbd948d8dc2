import { TaskQueue } from "../../core/async/taskQueue";
import type { LiveChange } from "../../core/recipe/recipe";
import { Emitter } from "../emitter";
import type { CommandHost, CommandParts } from "./commandParts";
import { EditHistory } from "./editHistory";
import { recordChange } from "./edits";
import type { CommandEvents } from "./events";
import { createExclusive } from "./exclusive";
import { createLoad } from "./load";
import { createMoves } from "./moves";
import { Playback, type PlayTarget } from "./playback";
import { createRestart } from "./restart";
import { createRewrite } from "./rewrite";
import { Sliders } from "./sliders";

export type Commands = ReturnType<typeof createCommands>;

/**
 * All commands on the run, carried out one at a time in the order of their calls. Commands that need the run paused wait
 * for requests in progress, and play begins after them. Errors of the worker become notices.
 */
export function createCommands(host: CommandHost) {
  const { run, player, notify } = host;
  const events = new Emitter<CommandEvents>();
  const queue = new TaskQueue();
  const editHistory = new EditHistory();
  const playback = new Playback({ player, queue, events, notify });

  async function edit(change: LiveChange): Promise<void> {
    try {
      await recordChange({ run, editHistory }, () => run.edit(change));
    } catch (error) {
      playback.fail(error);
      throw error;
    }
  }
  const sliders = new Sliders(queue, edit, {
    changed: () => events.emit("changed"),
    done: () => events.emit("settled"),
  });

  function play(target: PlayTarget = { to: null }): void {
    sliders.endDrag();
    playback.play(() => target);
  }

  const parts: CommandParts = {
    ...host,
    playback,
    sliders,
    editHistory,
    exclusive: createExclusive(player, playback, sliders),
  };
  const { load, loadOrNotify } = createLoad(parts);

  /** Keeps the run at rest during `act`; a run that played plays on after it. */
  async function atRest(act: () => Promise<void>): Promise<void> {
    const previous = playback.target;
    const done = parts.exclusive.run(async () => {
      await player.idle();
      await act();
    });
    if (previous) playback.play(() => previous);
    await done;
  }

  return {
    events,
    sliders,
    /** The edits that can be undone and redone. */
    editHistory,
    playback,
    play,
    pause: () => playback.pause(),
    atRest,
    load,
    loadOrNotify,
    ...createRestart(parts, load),
    ...createRewrite(parts),
    ...createMoves(parts, play),
  };
}
