/** A chart's place in the round. */
export interface Turn {
  /** There is something new to draw: the redraw comes when the turn does. */
  invalidate(): void;
  leave(): void;
}

interface Member {
  readonly redraw: () => void;
  readonly interval: number;
  dirty: boolean;
  last: number;
}

export interface Scheduler {
  /** @param interval least time between two redraws of this member, in ms */
  join(redraw: () => void, interval: number): Turn;
}

/**
 * At most one redraw an animation frame, each member in its turn: a chart costs several milliseconds, and five of them
 * in one frame would make the sliders stutter. Frames are asked for only while something is dirty.
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
    const due = members.findIndex((member) => member.dirty && time - member.last >= member.interval);
    const member = members[due];
    if (member) {
      // To the end of the round, so that a member that is always dirty cannot starve the others.
      members.push(...members.splice(due, 1));
      member.dirty = false;
      member.last = time;
      member.redraw();
    }
    if (members.some(({ dirty }) => dirty)) ask();
  }

  return {
    join(redraw, interval) {
      const member: Member = { redraw, interval, dirty: false, last: -Infinity };
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
