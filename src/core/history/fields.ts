/** The vectors that the network drawing can show, with one value per parameter. */
export const fields = {
  direction: {
    symbol: "d",
    help: "search direction d, without the learning rate",
  },
  theta: { symbol: "θ", help: "parameters θ before the step" },
  gradient: { symbol: "g", help: "gradient g of the minibatch loss" },
  v: { symbol: "v", help: "second-moment estimate v, the moving average of g²" },
} as const;

export type Field = keyof typeof fields;
export const fieldNames = Object.keys(fields) as readonly Field[];

/** The vectors of a step, P long, flat in the order of `tensorsOf`; vectors that are not available are absent. */
export type Vectors = Readonly<Partial<Record<Field | "m", Float64Array>>>;
