import type { StoreApi } from "zustand/vanilla";
import type { Notice, NoticeAction, RunState } from "./session";

/** Older notices make room. */
const maxNotices = 8;

export interface Notices {
  /** @returns the notice's id; the same text said again takes the place of the first */
  notify(kind: Notice["kind"], text: string, action?: NoticeAction): number;
  dismiss(id: number): void;
}

/** The messages that the user sees, in the run's state. */
export function createNotices(store: Pick<StoreApi<RunState>, "setState">): Notices {
  let ids = 0;
  return {
    notify(kind, text, action) {
      const notice: Notice = { id: ++ids, kind, text, ...(action && { action }) };
      store.setState(({ notices }) => ({
        notices: [...notices.filter((one) => one.text !== text), notice].slice(-maxNotices),
      }));
      return notice.id;
    },
    dismiss(id) {
      store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    },
  };
}
