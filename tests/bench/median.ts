/** The median; of an even number of values the greater of the two in the middle. NaN without values. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
