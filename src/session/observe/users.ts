import { Emitter } from "../emitter";

interface UserEvents {
  /** The first user has come. */
  wanted: [];
  /** The last user has gone. */
  unused: [];
}

/** Counts the users of an answer, which are the panels in sight that show it: answers without users are not requested. */
export class Users {
  readonly events = new Emitter<UserEvents>();
  #count = 0;

  get any(): boolean {
    return this.#count > 0;
  }

  /** Adds a user. @returns removes it */
  add(): () => void {
    if (++this.#count === 1) this.events.emit("wanted");
    let removed = false;
    return () => {
      if (removed) return;
      removed = true;
      if (--this.#count === 0) this.events.emit("unused");
    };
  }
}
