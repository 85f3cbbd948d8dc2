import { allEntries, type Entry, readEntry, writeEntry } from "./entries";

/** The entry of this tab among the entries of all tabs. Nothing here throws or rejects. */
export interface Tab {
  /** null in a new tab, and where the browser forbids storage. */
  entry(): Entry | null;
  /** @returns whether the change is stored */
  write(change: Partial<Entry>): boolean;
  /** The entries of closed tabs, newest first. Without Web Locks (a page on plain http) those of all other tabs. */
  closed(): Promise<readonly Entry[]>;
}

const key = "alphascope-tab";
export const lockOf = (id: string) => `${key} ${id}`;

/** In the session storage, which a reload keeps and a duplicated tab copies. */
interface Mark {
  readonly id: string;
  /** Whether the page with this id is open. After a reload it is not; in a duplicated tab and after a crash it is. */
  readonly open: boolean;
}

/** The tab of an embedded page, which stores nothing. */
export const noTab: Tab = { entry: () => null, write: () => false, closed: async () => [] };

/**
 * The tab of this page. A reload continues its entry. A duplicated tab begins with a copy of the entry and changes only the
 * copy; so does a page after a crash, which cannot be distinguished from a duplicate.
 */
export function openTab(): Tab {
  const before = readMark();
  const id = before && !before.open ? before.id : newId();
  const copied = before?.open ? readEntry(before.id) : null;
  if (copied) writeEntry(id, copied);
  let release = () => {};
  function begin(): void {
    writeMark({ id, open: true });
    const closed = new Promise<void>((resolve) => {
      release = resolve;
    });
    globalThis.navigator?.locks?.request(lockOf(id), () => closed).catch(() => {});
  }
  begin();
  globalThis.addEventListener?.("pagehide", () => {
    writeMark({ id, open: false });
    release();
  });
  globalThis.addEventListener?.("pageshow", (event) => {
    if ((event as PageTransitionEvent).persisted) begin();
  });
  return {
    entry: () => readEntry(id),
    write: (change) => writeEntry(id, change),
    async closed() {
      const open = await openTabs();
      return allEntries().filter((entry) => entry.id !== id && !open.has(lockOf(entry.id)));
    },
  };
}

/** The locks of open tabs. */
export async function openTabs(): Promise<ReadonlySet<string>> {
  try {
    const { held = [], pending = [] } = await navigator.locks.query();
    return new Set([...held, ...pending].map(({ name = "" }) => name));
  } catch {
    return new Set();
  }
}

/** Unique; `crypto.randomUUID` is missing on plain http. */
const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

function readMark(): Mark | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function writeMark(mark: Mark): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(mark));
  } catch {
    // The storage is full or forbidden: after a reload the tab is a new tab.
  }
}
