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

/** Where frames come slowly, or after a rest, a chart this much out of date, in ms, does not wait for its turn. */
const patience = 300;

export interface Scheduler {
  /** @param interval least time between two redraws of this member, in ms */
  join(redraw: () => void, interval: number, cost: Cost): Turn;
}

/**
 * At most one chart an animation frame, each in its turn: several in one frame would make the sliders stutter. Texts do
 * not wait for a turn. Frames are asked for only while something is dirty.
 */
export function makeScheduler(requestFrame: (callback: (time: number) => void) => void): Scheduler {
  const members: Member[] = [];
  let asked = false;

  function ask(): void {
    if (asked) return;
    asked = true;
    requestFrame(frame);
  }

  function frame(time: number): void {
    asked = false;
    const due = members.filter((member) => member.dirty && time - member.last >= member.interval);
    const chart = due.find(({ cost }) => cost === "chart");
    // To the end of the round, so that a chart that is always dirty cannot starve the others.
    if (chart) members.push(...members.splice(members.indexOf(chart), 1));
    for (const member of due) {
      const waits = member.cost === "chart" && member !== chart;
      if (waits && time - member.last < patience) continue;
      member.dirty = false;
      member.last = time;
      member.redraw();
    }
    if (members.some(({ dirty }) => dirty)) ask();
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
export const scheduler = makeScheduler((callback) => requestAnimationFrame(callback));
