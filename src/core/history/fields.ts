/** What the network can be coloured by: one value a parameter. */
export const fields = {
  direction: {
    symbol: "d",
    help: "the direction d: where the step goes, and how far in units of the learning rate",
  },
  theta: { symbol: "θ", help: "the parameters θ before the step" },
  gradient: { symbol: "g", help: "the gradient g of this batch’s loss" },
  v: { symbol: "v", help: "v, the running mean of g²: large where gradients were" },
} as const;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as readonly Field[];

/** A step's vectors, P long, flat in the order of `tensorsOf`; those that are not known are absent. */
export type Vectors = Readonly<Partial<Record<Field | "m", Float64Array>>>;
