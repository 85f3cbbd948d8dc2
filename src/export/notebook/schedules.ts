import type { Edit } from "../../core/recipe/recipe";
import { schedulesIn } from "../../core/recipe/schedulesIn";
import type { Schedule } from "../../core/schedule/schedule";

const through = `

def through(corners, at):
    """The curve through corners (position, lr), linear in ln lr; constant before the first corner and after the last."""
    k = sum(place <= at for place, _ in corners)
    if k in (0, len(corners)):
        return corners[max(k - 1, 0)][1]
    (a, low), (b, high) = corners[k - 1], corners[k]
    return low * (high / low) ** ((at - a) / (b - a))`;

/** Code that defines the schedules which begin within the first `steps` steps, and the formula of each. */
export function schedulesCode(edits: readonly Edit[], steps: number): string {
  const spans = schedulesIn(edits).filter(({ from }) => from <= steps);
  const lines = spans.map(
    ({ from, schedule }) => `    ${from}: (${schedule.length}, lambda t: ${formulaOf(schedule)}),\n`,
  );
  const drawn = spans.some(({ schedule }) => schedule.shape === "drawn");
  return `SCHEDULES = {${lines.length > 0 ? `\n${lines.join("")}` : ""}}${drawn ? `\n${through}` : ""}`;
}

/** lr at t as a Python expression, with the operations of `rateAt` in their order. */
function formulaOf(schedule: Schedule): string {
  const { length } = schedule;
  switch (schedule.shape) {
    case "warmUp":
      return linear(schedule.low, schedule.lr, length);
    case "linear":
      return linear(schedule.end, schedule.lr, length, `(${length} - t)`);
    case "cosine":
      return cosine(schedule.lr, schedule.end, length, "t");
    case "warmUpCosine": {
      const { low, lr, end, warmUp } = schedule;
      return `${linear(low, lr, warmUp)} if t < ${warmUp} else ${cosine(lr, end, length - warmUp, `(t - ${warmUp})`)}`;
    }
    case "wsd": {
      const { low, lr, end, warmUp, decay, power } = schedule;
      const left = length - decay;
      const decayed = `${end} + (${lr} - ${end}) * (1 - ((t - ${left}) / ${decay}) ** ${power})`;
      return `${linear(low, lr, warmUp)} if t < ${warmUp} else ${lr} if t <= ${left} else ${decayed}`;
    }
    case "oneCycle": {
      const { low, lr, end, warmUp } = schedule;
      return `${cosine(low, lr, warmUp, "t")} if t < ${warmUp} else ${cosine(lr, end, length - warmUp, `(t - ${warmUp})`)}`;
    }
    case "cyclic": {
      const { low, lr, up, down, factor } = schedule;
      const height = `min(t % ${up + down} / ${up}, (${up + down} - t % ${up + down}) / ${down})`;
      return `${low} + (${lr} - ${low}) * ${height} * ${factor} ** (t // ${up + down})`;
    }
    case "steps":
      return `${schedule.lr} * ${schedule.factor} ** (t // ${schedule.every})`;
    case "drawn":
      return `through([${schedule.corners.map(({ at, value }) => `(${at}, ${value})`).join(", ")}], t / ${length})`;
  }
}

const linear = (from: number, to: number, length: number, t = "t"): string =>
  `${from} + (${to} - ${from}) * ${t} / ${length}`;

const cosine = (from: number, to: number, length: number, t: string): string =>
  `${to} + (${from} - ${to}) * (1 + math.cos(math.pi * ${t} / ${length})) / 2`;
