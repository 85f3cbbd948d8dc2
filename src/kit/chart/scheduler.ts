import { flushSync } from "react-dom";

/** A chart's place in the round. */
export interface Turn {
  /** There is something new to draw: the redraw comes when the turn does. */
  invalidate(): void;
  leave(): void;
}

/** A chart costs several milliseconds to draw, a text next to nothing. */
export type Cost = "chart" | "text";

interface Member {
  readonly redraw: () => void;
  readonly interval: number;
  readonly cost: Cost;
  dirty: boolean;
  last: number;
}

/** Charts may take this share of the time, in frames that come as seldom as this, in ms. */
const [share, slowFrame] = [0.3, 100];

export interface Scheduler {
  /** @param interval least time between two redraws of this member, in ms */
  join(redraw: () => void, interval: number, cost: Cost): Turn;
}

export interface Surroundings {
  requestFrame(callback: (time: number) => void): void;
  /** In ms. */
  now(): number;
  /** Does what `redraw` asks for before it returns, so that its cost is known. */
  flush(redraw: () => void): void;
}

/**
 * Charts in turn, as many in an animation frame as fit into their share of the time since the last, at least one: all in
 * one frame would make the sliders stutter. Texts do not wait for a turn. Frames are asked for only while something is dirty.
 */
export function makeScheduler({ requestFrame, now, flush }: Surroundings): Scheduler {
  const members: Member[] = [];
  let asked = false;
  let lastFrame = -Infinity;

  function ask(): void {
    if (asked) return;
    asked = true;
    requestFrame(frame);
  }

  function frame(time: number): void {
    asked = false;
    const due = members.filter((member) => member.dirty && time - member.last >= member.interval);
    draw(
      due.filter(({ cost }) => cost === "text"),
      time,
    );
    const budget = share * Math.min(time - lastFrame, slowFrame);
    lastFrame = time;
    const begin = now();
    for (const chart of due.filter(({ cost }) => cost === "chart")) {
      // To the end of the round, so that a chart that is always dirty cannot starve the others.
      members.push(...members.splice(members.indexOf(chart), 1));
      flush(() => draw([chart], time));
      if (now() - begin >= budget) break;
    }
    if (members.some(({ dirty }) => dirty)) ask();
  }

  function draw(some: readonly Member[], time: number): void {
    for (const member of some) {
      member.dirty = false;
      member.last = time;
      member.redraw();
    }
  }

  return {
    join(redraw, interval, cost) {
      const member: Member = { redraw, interval, cost, dirty: false, last: -Infinity };
      members.push(member);
      return {
        invalidate() {
          member.dirty = true;
          ask();
        },
        leave() {
          member.dirty = false;
          members.splice(members.indexOf(member), 1);
        },
      };
    },
  };
}

/** The page's one round. */
export const scheduler = makeScheduler({
  requestFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  flush: flushSync,
});
