/** One tab of a browser, with the few actions that the tests need. Positions are CSS pixels of the window. */
export interface Tab {
  /** Loads an address. */
  goto(address: string): Promise<void>;
  /** Calls a function in the page, which may return a promise. The argument and the result are JSON values. */
  evaluate<R, A>(call: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** Presses the mouse button at the first position, moves to the second, and releases it; a click where they are equal. */
  drag(from: Position, to: Position): Promise<void>;
  /** Presses a key: a character or Escape. */
  press(key: string): Promise<void>;
  /** The visible part of the page as PNG, in base64. */
  screenshot(): Promise<string>;
  /** Sets the inner size of the window, as closely as the browser allows. */
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}
