/** A member's handle. */
interface Turn {
  /** Requests a redraw at the member's next turn. */
  invalidate(): void;
  leave(): void;
}

/** A chart takes several milliseconds to draw, a text almost none. */
export type Cost = "chart" | "text";

interface Member {
  readonly redraw: () => void;
  readonly interval: () => number;
  readonly cost: Cost;
  readonly isNear: () => boolean;
  dirty: boolean;
  last: number;
}

/** The share of the time between frames for drawing charts, and the longest such time that counts, in ms. */
const [share, slowFrame] = [0.3, 100];

export interface Scheduler {
  /**
   * @param interval the least time between two redraws of this member at present, in ms
   * @param isNear whether the member is near the view; others stay invalid until their next `invalidate` near the view
   */
  join(redraw: () => void, interval: () => number, cost: Cost, isNear?: () => boolean): Turn;
  /** Redraws all invalid members at once, before a print. */
  drawAll(): void;
}

interface Environment {
  requestFrame(callback: (time: number) => void): void;
  /** In ms. */
  now(): number;
  /** Calls `redraw` and renders before it returns, so that the time can be measured. */
  flush(redraw: () => void): void;
}

/**
 * Redraws charts in turn: in each animation frame as many as fit into `share` of the time since the last frame, at least
 * one. All charts in one frame would make the sliders stutter. Texts are redrawn in every frame. Frames are requested only
 * while a member near the view is invalid.
 */
export function makeScheduler({ requestFrame, now, flush }: Environment): Scheduler {
  const members: Member[] = [];
  let requested = false;
  let lastFrame = -Infinity;

  function request(): void {
    if (requested) return;
    requested = true;
    requestFrame(frame);
  }

  function frame(time: number): void {
    requested = false;
    const due = members.filter((member) => member.dirty && member.isNear() && time - member.last >= member.interval());
    draw(
      due.filter(({ cost }) => cost === "text"),
      time,
    );
    const budget = share * Math.min(time - lastFrame, slowFrame);
    lastFrame = time;
    const begin = now();
    for (const chart of due.filter(({ cost }) => cost === "chart")) {
      // To the end of the queue, so that a chart that is always dirty cannot starve the others.
      members.push(...members.splice(members.indexOf(chart), 1));
      flush(() => draw([chart], time));
      if (now() - begin >= budget) break;
    }
    if (members.some(({ dirty, isNear }) => dirty && isNear())) request();
  }

  function draw(some: readonly Member[], time: number): void {
    for (const member of some) {
      member.dirty = false;
      member.last = time;
      member.redraw();
    }
  }

  return {
    join(redraw, interval, cost, isNear = () => true) {
      const member: Member = { redraw, interval, cost, isNear, dirty: false, last: -Infinity };
      members.push(member);
      return {
        invalidate() {
          member.dirty = true;
          if (isNear()) request();
        },
        leave() {
          member.dirty = false;
          members.splice(members.indexOf(member), 1);
        },
      };
    },
    drawAll() {
      flush(() =>
        draw(
          members.filter(({ dirty }) => dirty),
          lastFrame,
        ),
      );
    },
  };
}
