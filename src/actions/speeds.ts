/** Steps a second the speed menu offers. */
export const speeds = [1, 2, 5, 10, 30, 60, 200, 1000, Number.POSITIVE_INFINITY] as const;

export function speedLabel(speed: number): string {
  return speed === Number.POSITIVE_INFINITY ? "max" : `${speed}/s`;
}
