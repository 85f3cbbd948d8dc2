import { type Corner, interpolate } from "./polyline";

/** The settings that can follow a schedule. */
type ScheduledKey = "lr";

/** The values that define each shape, besides the length. Lengths are in steps. */
interface ShapeValues {
  readonly warmUp: { readonly low: number; readonly lr: number };
  readonly cosine: { readonly lr: number; readonly end: number };
  readonly warmUpCosine: {
    readonly low: number;
    readonly lr: number;
    readonly end: number;
    /** The length of the warm-up; less than the length of the schedule, which includes it. */
    readonly warmUp: number;
  };
  readonly linear: { readonly lr: number; readonly end: number };
  readonly oneCycle: {
    readonly low: number;
    readonly lr: number;
    readonly end: number;
    /** The length of the increase; less than the length of the schedule. */
    readonly warmUp: number;
  };
  /** Warm-up, stable, decay. */
  readonly wsd: {
    readonly low: number;
    readonly lr: number;
    readonly end: number;
    /** The lengths of the warm-up and of the decay; together at most the length of the schedule. */
    readonly warmUp: number;
    readonly decay: number;
    /** The exponent of the decay: 1 is linear, 0.5 is 1 − √. */
    readonly power: number;
  };
  readonly cyclic: {
    readonly low: number;
    readonly lr: number;
    /** The lengths of the increase and of the decrease in each cycle. */
    readonly up: number;
    readonly down: number;
    /** The factor of the amplitude after each cycle, at most 1: 1 is PyTorch's mode triangular, 0.5 is triangular2. */
    readonly factor: number;
  };
  readonly steps: { readonly lr: number; readonly factor: number; readonly every: number };
  /** At least one corner, in ascending order of `at`. */
  readonly drawn: { readonly corners: readonly Corner[] };
}

/** The shapes of a schedule. */
export type ShapeName = keyof ShapeValues;
export const shapeNames = [
  "warmUp",
  "cosine",
  "warmUpCosine",
  "linear",
  "wsd",
  "oneCycle",
  "cyclic",
  "steps",
  "drawn",
] as const satisfies ShapeName[];

type Keys<V> = V extends V ? keyof V : never;
/** The name of a number of a schedule. */
export type NumberName = Exclude<Keys<ShapeValues[ShapeName]>, "corners"> | "length";

/** A setting as a function of the step: exact at every step, constant after `length` steps. */
export type Schedule = {
  readonly [S in ShapeName]: {
    readonly key: ScheduledKey;
    readonly shape: S;
    /** The last t at which the value changes; the first step of the schedule has t = 0. */
    readonly length: number;
  } & ShapeValues[S];
}[ShapeName];

/** The numbers of each shape in the order of links and of the form. */
export const numbersOf: Readonly<Record<ShapeName, readonly NumberName[]>> = {
  warmUp: ["low", "lr", "length"],
  cosine: ["lr", "end", "length"],
  warmUpCosine: ["low", "lr", "end", "warmUp", "length"],
  linear: ["lr", "end", "length"],
  wsd: ["low", "lr", "warmUp", "end", "decay", "power", "length"],
  oneCycle: ["low", "lr", "end", "warmUp", "length"],
  cyclic: ["low", "lr", "up", "down", "factor", "length"],
  steps: ["lr", "factor", "every", "length"],
  drawn: ["length"],
};

/** The closed form of PyTorch's LinearLR, from + (to − from)·t/T; optax's linear_schedule. */
const linear = (from: number, to: number, length: number, t: number): number => from + ((to - from) * t) / length;

/** The closed form of PyTorch's CosineAnnealingLR, to + (from − to)·(1 + cos(πt/T))/2; optax's cosine_decay_schedule. */
const cosine = (from: number, to: number, length: number, t: number): number =>
  to + ((from - to) * (1 + Math.cos((Math.PI * t) / length))) / 2;

/** The value of a schedule at t ≥ 0, counted as PyTorch's schedulers count epochs; after `length` the value at `length`. */
export function rateAt(schedule: Schedule, t: number): number {
  const { length } = schedule;
  const at = Math.min(t, length);
  switch (schedule.shape) {
    case "warmUp":
      return linear(schedule.low, schedule.lr, length, at);
    case "linear":
      // Backwards in t, so that the last value is exactly `end`.
      return linear(schedule.end, schedule.lr, length, length - at);
    case "cosine":
      return cosine(schedule.lr, schedule.end, length, at);
    case "warmUpCosine": {
      // optax's warmup_cosine_decay_schedule: its decay_steps include the warm-up, as `length` does.
      const { low, lr, end, warmUp } = schedule;
      return at < warmUp ? linear(low, lr, warmUp, at) : cosine(lr, end, length - warmUp, at - warmUp);
    }
    case "wsd": {
      // PyTorch's SequentialLR of LinearLR, ConstantLR and LinearLR; with power 0.5 the 1 − √ of arXiv 2405.18392.
      const { low, lr, end, warmUp, decay, power } = schedule;
      if (at < warmUp) return linear(low, lr, warmUp, at);
      const left = length - decay;
      return at <= left ? lr : end + (lr - end) * (1 - ((at - left) / decay) ** power);
    }
    case "oneCycle": {
      // PyTorch's OneCycleLR without its cycle of momentum: its total_steps are length + 1, its pct_start is (warmUp + 1)/total_steps.
      const { low, lr, end, warmUp } = schedule;
      return at < warmUp ? cosine(low, lr, warmUp, at) : cosine(lr, end, length - warmUp, at - warmUp);
    }
    case "cyclic": {
      // PyTorch's CyclicLR.
      const { low, lr, up, down, factor } = schedule;
      const cycle = Math.floor(at / (up + down));
      const within = at - cycle * (up + down);
      const height = within <= up ? within / up : (up + down - within) / down;
      return low + (lr - low) * height * factor ** cycle;
    }
    case "steps":
      // The closed form of PyTorch's StepLR.
      return schedule.lr * schedule.factor ** Math.floor(at / schedule.every);
    case "drawn":
      return interpolate(schedule.corners, at / length);
  }
}

/** Whether two schedules are equal. */
export const sameSchedule = (a: Schedule, b: Schedule): boolean => JSON.stringify(a) === JSON.stringify(b);
