export interface CommandEvents {
  /** The state has changed and can be shown at the next frame. */
  changed: [];
  /** A command is done, and its result is to be shown at once. */
  settled: [];
}
