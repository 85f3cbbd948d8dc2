import { vi } from "vitest";

/** A `Storage` in memory. */
function fakeStorage() {
  const values = new Map<string, string>();
  return {
    values,
    get length() {
      return values.size;
    },
    key: (i: number) => [...values.keys()][i] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

/** The storage, locks and page events of a browser with several tabs, as globals of the test. */
export function fakeBrowser() {
  const local = fakeStorage();
  const locks = new Set<string>();
  vi.stubGlobal("localStorage", local);
  vi.stubGlobal("navigator", {
    locks: {
      async request(name: string, whileHeld: () => Promise<void>) {
        locks.add(name);
        await whileHeld();
        locks.delete(name);
      },
      query: async () => ({ held: [...locks].map((name) => ({ name })), pending: [] }),
    },
  });
  return {
    local,
    /** A tab with an empty session storage, or a duplicate of another tab. The page opened next is in this tab. */
    tab(of?: { readonly session: ReturnType<typeof fakeStorage> }) {
      const session = fakeStorage();
      for (const [key, value] of of?.session.values ?? []) session.values.set(key, value);
      const tab = {
        session,
        hide: () => {},
        /** Ends the page and its locks without any event, as a crash. */
        crash: () => {},
        /** Makes this the tab of the page that is opened next. */
        enter() {
          vi.stubGlobal("sessionStorage", session);
          vi.stubGlobal("addEventListener", (type: string, listener: () => void) => {
            if (type !== "pagehide") return;
            tab.hide = () => {
              const { sessionStorage: shown } = globalThis;
              vi.stubGlobal("sessionStorage", session);
              listener();
              vi.stubGlobal("sessionStorage", shown);
            };
          });
          const before = new Set(locks);
          tab.crash = () => {
            for (const lock of locks) if (!before.has(lock)) locks.delete(lock);
          };
        },
      };
      tab.enter();
      return tab;
    },
  };
}
