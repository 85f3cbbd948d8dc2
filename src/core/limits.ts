/** Upper bounds on a run, so that no input can exhaust time or memory. */
export const limits = {
  /** Steps of a run, which end at the last one that the history stores. */
  steps: 1_000_000,
  /** Edits of a recipe. */
  edits: 100_000,
  /** P, the parameters of a network. */
  parameters: 4_000_000,
  /** Numbers in a dataset: rows × (inputs + outputs). */
  values: 4_000_000,
  /** Row indices in all the row orders that a run file lists. */
  orderEntries: 20_000_000,
} as const;
