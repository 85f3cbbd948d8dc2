/** The speeds of the menu, in steps per second. */
export const speeds = [1, 2, 5, 10, 30, 60, 200, 1000, Number.POSITIVE_INFINITY] as const;

export function speedLabel(speed: number): string {
  return speed === Number.POSITIVE_INFINITY ? "max" : `${speed}/s`;
}
