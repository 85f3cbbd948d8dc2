import type { StoreApi } from "zustand/vanilla";
import type { Notice, NoticeOptions, RunState } from "./state";

/** Maximum number of notices; the oldest is removed above it. */
const maxNotices = 8;
/** Time after which an info notice without an action is removed, in ms. */
const infoMs = 10_000;

export interface Notices {
  /** Shows a notice in place of the last one of the same event. @returns its id */
  notify(kind: Notice["kind"], text: string, options?: NoticeOptions): number;
  dismiss(id: number): void;
}

/** The notices in the run's state. */
export function createNotices(store: Pick<StoreApi<RunState>, "setState">): Notices {
  let lastId = 0;
  function dismiss(id: number): void {
    store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
  }
  return {
    notify(kind, text, options) {
      const notice: Notice = { id: ++lastId, kind, text, about: text, ...options };
      const { about } = notice;
      store.setState(({ notices }) => ({
        notices: [...notices.filter((one) => one.about !== about), notice].slice(-maxNotices),
      }));
      if (kind === "info" && !notice.action) setTimeout(() => dismiss(notice.id), infoMs);
      return notice.id;
    },
    dismiss,
  };
}
