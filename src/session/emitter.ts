/** Typed events. Listeners are called at once, in the order in which they were added. */
export class Emitter<Events extends Record<keyof Events, unknown[]>> {
  readonly #listeners: { [Name in keyof Events]?: ((...args: Events[Name]) => void)[] } = {};

  on<Name extends keyof Events>(name: Name, listener: (...args: Events[Name]) => void): void {
    this.#listeners[name] = [...(this.#listeners[name] ?? []), listener];
  }

  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    for (const listener of this.#listeners[name] ?? []) listener(...args);
  }
}
