import type { StoreApi } from "zustand/vanilla";
import type { Notice, NoticeAction, RunState } from "./state";

/** Older notices make room. */
const maxNotices = 8;
/** What asks for nothing goes away by itself after so long, in ms. */
const readable = 10_000;

export interface Notices {
  /** @returns the notice's id; the same text said again takes the place of the first */
  notify(kind: Notice["kind"], text: string, action?: NoticeAction): number;
  dismiss(id: number): void;
}

/** The messages that the user sees, in the run's state. */
export function createNotices(store: Pick<StoreApi<RunState>, "setState">): Notices {
  let ids = 0;
  function dismiss(id: number): void {
    store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }
  return {
    notify(kind, text, action) {
      const notice: Notice = { id: ++ids, kind, text, ...(action && { action }) };
      store.setState(({ notices }) => ({
        notices: [...notices.filter((one) => one.text !== text), notice].slice(-maxNotices),
      }));
      if (kind === "info" && !action) setTimeout(() => dismiss(notice.id), readable);
      return notice.id;
    },
    dismiss,
  };
}
