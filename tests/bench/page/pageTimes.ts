/** Measurements of the page by name, as formatted text. */
export type PageTimes = Record<string, string>;

/** The name of the page's training speed in `PageTimes`. */
export const stepRateName = (engine: string): string => `steps a second, ${engine}, every panel in sight`;
