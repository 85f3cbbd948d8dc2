import { controls } from "../recipe/controls";
import { type Corner, interpolate } from "./polyline";

/** The shapes of a schedule. */
export const shapeNames = ["warmUp", "cosine", "warmUpCosine", "steps", "drawn", "constant"] as const;
export type ShapeName = (typeof shapeNames)[number];

/** The numbers that define a schedule; each shape uses some of them. Lengths are in steps. */
export interface ScheduleNumbers {
  readonly lr: number;
  /** The learning rate at the start of a warm-up. */
  readonly low: number;
  /** The learning rate at the end of a decay. */
  readonly end: number;
  readonly warmUp: number;
  readonly factor: number;
  readonly every: number;
}

/** The learning rate as a function of the step, over `length` steps; constant after them. */
export interface Schedule extends ScheduleNumbers {
  readonly shape: ShapeName;
  /** The last t at which the learning rate changes; the first step of the schedule has t = 0. */
  readonly length: number;
  /** The corners of a drawn curve, in ascending order of `at`. */
  readonly corners: readonly Corner[];
}

interface Shape {
  readonly label: string;
  /** The course of the learning rate, in at most 15 words. */
  readonly help: string;
  /** The numbers that this shape uses, each with its label, in the order of the form. */
  readonly numbers: Partial<Record<keyof ScheduleNumbers, string>>;
  /** The learning rate at t = 0 … `length`. */
  readonly rate: (schedule: Schedule, t: number) => number;
}

/** The valid learning rate closest to `lr`. */
export const clampRate = (lr: number): number => Math.min(Math.max(lr, controls.lr.min), controls.lr.max);

/** PyTorch's LinearLR with start_factor low/lr: low + (lr − low)·t/T. */
const warmUp = ({ low, lr }: ScheduleNumbers, length: number, t: number): number =>
  low + (lr - low) * Math.min(t / length, 1);

/** PyTorch's CosineAnnealingLR with η_min = end: end + (lr − end)·(1 + cos(πt/T))/2; optax's cosine_decay_schedule. */
const cosine = ({ lr, end }: ScheduleNumbers, length: number, t: number): number =>
  end + ((lr - end) * (1 + Math.cos((Math.PI * t) / length))) / 2;

/** The shapes, with t counted as PyTorch's schedulers count epochs. */
export const shapes: Readonly<Record<ShapeName, Shape>> = {
  warmUp: {
    label: "warm-up",
    help: "Linear increase: small steps while the moment estimates average few gradients.",
    numbers: { low: "From", lr: "to" },
    rate: (schedule, t) => warmUp(schedule, schedule.length, t),
  },
  cosine: {
    label: "cosine",
    help: "Decrease along half a cosine period: slow at the start and at the end.",
    numbers: { lr: "From", end: "to" },
    rate: (schedule, t) => cosine(schedule, schedule.length, t),
  },
  // optax's warmup_cosine_decay_schedule: its decay_steps include the warm-up, as `length` does here.
  warmUpCosine: {
    label: "warm-up, then cosine",
    help: "Linear increase, then decrease along half a cosine period.",
    numbers: { low: "From", lr: "up to", end: "down to", warmUp: "warm-up" },
    rate: (schedule, t) =>
      t < schedule.warmUp || schedule.warmUp >= schedule.length
        ? warmUp(schedule, schedule.warmUp, t)
        : cosine(schedule, schedule.length - schedule.warmUp, t - schedule.warmUp),
  },
  // PyTorch's StepLR: lr·γ^⌊t/step_size⌋.
  steps: {
    label: "steps",
    help: "Multiplication by a factor at regular intervals, constant in between.",
    numbers: { lr: "From", factor: "times", every: "every" },
    rate: ({ lr, factor, every }, t) => lr * factor ** Math.floor(t / every),
  },
  drawn: {
    label: "drawn",
    help: "Corners that are drawn or typed, linear between them on this logarithmic axis.",
    numbers: {},
    rate: ({ corners, length }, t) => interpolate(corners, t / length),
  },
  constant: {
    label: "constant",
    help: "One learning rate from the next step; later changes of lr are removed.",
    numbers: { lr: "At" },
    rate: ({ lr }) => lr,
  },
};
