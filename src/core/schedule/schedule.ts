import { controls } from "../recipe/controls";
import { type Corner, interpolate } from "./polyline";

/** The shapes that a learning rate can be sent along. */
export const shapeNames = ["warmUp", "cosine", "warmUpCosine", "steps", "drawn", "constant"] as const;
export type ShapeName = (typeof shapeNames)[number];

/** What shapes are made of; each uses what it has a use for. Lengths are in steps. */
export interface ScheduleNumbers {
  readonly lr: number;
  /** Where a warm-up begins. */
  readonly low: number;
  /** Where a decay ends. */
  readonly end: number;
  readonly warmUp: number;
  readonly factor: number;
  readonly every: number;
}

/** A learning rate over `length` steps; from then on it stays where it ends. */
export interface Schedule extends ScheduleNumbers {
  readonly shape: ShapeName;
  /** The first step has t = 0; t = `length` is the last at which the learning rate moves. */
  readonly length: number;
  /** A drawn curve's corners, in their order. */
  readonly corners: readonly Corner[];
}

interface Shape {
  readonly label: string;
  /** What it does, for those who have not met it. */
  readonly help: string;
  /** The numbers it has a use for, in the order in which it comes to them, each as it is called here. */
  readonly numbers: Partial<Record<keyof ScheduleNumbers, string>>;
  /** The learning rate at t = 0 … `length`. */
  readonly rate: (schedule: Schedule, t: number) => number;
}

/** The nearest learning rate that may be set. */
export const clampRate = (lr: number): number => Math.min(Math.max(lr, controls.lr.min), controls.lr.max);

/** PyTorch's LinearLR with start_factor low/lr: low + (lr − low)·t/T. */
const warmUp = ({ low, lr }: ScheduleNumbers, length: number, t: number): number =>
  low + (lr - low) * Math.min(t / length, 1);

/** PyTorch's CosineAnnealingLR with η_min = end: end + (lr − end)·(1 + cos(πt/T))/2; optax's cosine_decay_schedule. */
const cosine = ({ lr, end }: ScheduleNumbers, length: number, t: number): number =>
  end + ((lr - end) * (1 + Math.cos((Math.PI * t) / length))) / 2;

/** The table of shapes, t counted as PyTorch's schedulers count it. */
export const shapes: Readonly<Record<ShapeName, Shape>> = {
  warmUp: {
    label: "warm-up",
    help: "In a straight line from almost nothing: the first steps, when averages rest on few gradients, stay short.",
    numbers: { low: "From", lr: "to" },
    rate: (schedule, t) => warmUp(schedule, schedule.length, t),
  },
  cosine: {
    label: "cosine",
    help: "Half a cosine: slowly at first, slowly at the end.",
    numbers: { lr: "From", end: "to" },
    rate: (schedule, t) => cosine(schedule, schedule.length, t),
  },
  // optax's warmup_cosine_decay_schedule, whose decay_steps hold the warm-up as `length` does here.
  warmUpCosine: {
    label: "warm-up, then cosine",
    help: "Up in a straight line, then down along half a cosine.",
    numbers: { low: "From", lr: "up to", end: "down to", warmUp: "warm-up" },
    rate: (schedule, t) =>
      t < schedule.warmUp || schedule.warmUp >= schedule.length
        ? warmUp(schedule, schedule.warmUp, t)
        : cosine(schedule, schedule.length - schedule.warmUp, t - schedule.warmUp),
  },
  // PyTorch's StepLR: lr·γ^⌊t/step_size⌋.
  steps: {
    label: "steps",
    help: "Multiplied by a factor every so often, level in between.",
    numbers: { lr: "From", factor: "times", every: "every" },
    rate: ({ lr, factor, every }, t) => lr * factor ** Math.floor(t / every),
  },
  drawn: {
    label: "drawn",
    help: "Through corners that are drawn or typed, straight between them on this axis.",
    numbers: {},
    rate: ({ corners, length }, t) => interpolate(corners, t / length),
  },
  constant: {
    label: "constant",
    help: "One learning rate from here on: it ends whatever was planned.",
    numbers: { lr: "At" },
    rate: ({ lr }) => lr,
  },
};
