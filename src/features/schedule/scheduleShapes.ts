import { type NumberName, numbersOf, type ShapeName, shapeNames } from "../../core/schedule/schedule";
import { shapeLabels } from "../../kit/text/scheduleText";

/** A shape of the form: that of a schedule, or a constant learning rate. */
export type FormShape = ShapeName | "constant";
export const formShapes: readonly FormShape[] = [...shapeNames, "constant"];

interface FormText {
  readonly label: string;
  /** The course of the learning rate, in at most 15 words. */
  readonly help: string;
  /** The labels of the shape's numbers, parts of one phrase. */
  readonly numbers: Partial<Record<NumberName, string>>;
}

const over = { length: "over" };

export const formTexts: Readonly<Record<FormShape, FormText>> = {
  warmUp: {
    label: shapeLabels.warmUp,
    help: "Linear increase: small steps while the moment estimates average few gradients.",
    numbers: { low: "From", lr: "to", ...over },
  },
  linear: {
    label: shapeLabels.linear,
    help: "Linear decrease, usually to 0 at the end of the run.",
    numbers: { lr: "From", end: "to", ...over },
  },
  cosine: {
    label: shapeLabels.cosine,
    help: "Decrease along half a cosine period: slow at the start and at the end.",
    numbers: { lr: "From", end: "to", ...over },
  },
  warmUpCosine: {
    label: shapeLabels.warmUpCosine,
    help: "Linear increase, then decrease along half a cosine period.",
    numbers: { low: "From", lr: "up to", end: "down to", warmUp: "warm-up", ...over },
  },
  wsd: {
    label: shapeLabels.wsd,
    help: "Linear increase, constant, then decrease: linear with power 1, 1 − √ with power 0.5.",
    numbers: {
      low: "From",
      lr: "up to",
      warmUp: "warm-up",
      end: "down to",
      decay: "decay",
      power: "power",
      ...over,
    },
  },
  oneCycle: {
    label: shapeLabels.oneCycle,
    help: "Increase, then decrease, each along half a cosine period.",
    numbers: { low: "From", lr: "up to", end: "down to", warmUp: "increase", ...over },
  },
  cyclic: {
    label: shapeLabels.cyclic,
    help: "Repeated linear increase and decrease; the factor reduces the height after each cycle.",
    numbers: { low: "From", lr: "up to", up: "increase", down: "decrease", factor: "factor", ...over },
  },
  steps: {
    label: shapeLabels.steps,
    help: "Multiplication by a factor at regular intervals, constant in between.",
    numbers: { lr: "From", factor: "times", every: "every", ...over },
  },
  drawn: {
    label: shapeLabels.drawn,
    help: "Corners that are drawn or typed, linear between them on this logarithmic axis.",
    numbers: over,
  },
  constant: { label: "constant", help: "One learning rate from the next step on.", numbers: { lr: "At" } },
};

/** The numbers of a shape in the order of the form. */
export const numbersIn = (shape: FormShape): readonly NumberName[] =>
  shape === "constant" ? ["lr"] : numbersOf[shape];
