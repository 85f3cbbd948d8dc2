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
  readonly steps: { readonly lr: number; readonly factor: number; readonly every: number };
  /** At least one corner, in ascending order of `at`. */
  readonly drawn: { readonly corners: readonly Corner[] };
}

/** The shapes of a schedule. */
export type ShapeName = keyof ShapeValues;
export const shapeNames = ["warmUp", "cosine", "warmUpCosine", "steps", "drawn"] as const satisfies ShapeName[];

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
  steps: ["lr", "factor", "every", "length"],
  drawn: ["length"],
};

/** The closed form of PyTorch's LinearLR with start_factor low/lr: low + (lr − low)·t/T; optax's linear_schedule. */
const linear = (low: number, lr: number, length: number, t: number): number => low + ((lr - low) * t) / length;

/** The closed form of PyTorch's CosineAnnealingLR with eta_min = end: end + (lr − end)·(1 + cos(πt/T))/2; optax's cosine_decay_schedule. */
const cosine = (lr: number, end: number, length: number, t: number): number =>
  end + ((lr - end) * (1 + Math.cos((Math.PI * t) / length))) / 2;

/** The value of a schedule at t ≥ 0, counted as PyTorch's schedulers count epochs; after `length` the value at `length`. */
export function rateAt(schedule: Schedule, t: number): number {
  const { length } = schedule;
  const at = Math.min(t, length);
  switch (schedule.shape) {
    case "warmUp":
      return linear(schedule.low, schedule.lr, length, at);
    case "cosine":
      return cosine(schedule.lr, schedule.end, length, at);
    case "warmUpCosine": {
      // optax's warmup_cosine_decay_schedule: its decay_steps include the warm-up, as `length` does.
      const { low, lr, end, warmUp } = schedule;
      return at < warmUp ? linear(low, lr, warmUp, at) : cosine(lr, end, length - warmUp, at - warmUp);
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
