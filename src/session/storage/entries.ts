import type { DataRef } from "./dataStore";

/** A run as stored: the recipe as a link, the number of steps, and references to the data that the recipe does not generate. */
export interface StoredRun {
  readonly link: string;
  readonly step: number;
  /** The user's table; null for other datasets, and where there is a case. */
  readonly table: DataRef | null;
  readonly case: DataRef | null;
}

/** A pinned run as stored; see `KeptPinned`. */
interface StoredPinned extends StoredRun {
  readonly place: number;
  readonly alongside: boolean;
}

/** The data of one tab in the local storage, which is written synchronously. */
export interface Entry {
  /** Time of the last change, in ms since 1970. */
  readonly saved: number;
  /** The CSV that the tab has opened; null without one. */
  readonly table: DataRef | null;
  /** The run of the tab; null before its first step. */
  readonly run: (StoredRun & { readonly pinned: readonly StoredPinned[] }) | null;
}

const prefix = "alphascope-tab ";
const latestKey = "alphascope-csv";

/** The value of a key; null where there is none, where it cannot be read, and where the browser forbids storage. */
function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @returns whether the value is stored */
function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const readEntry = (id: string): Entry | null => read(prefix + id);

/** Changes an entry; removes the oldest other entries where the storage is full. @returns whether the change is stored */
export function writeEntry(id: string, change: Partial<Entry>): boolean {
  const entry: Entry = { table: null, run: null, ...readEntry(id), saved: Date.now(), ...change };
  while (!write(prefix + id, entry)) {
    const oldest = allEntries().findLast((other) => other.id !== id);
    if (!oldest) return false;
    removeEntry(oldest.id);
  }
  return true;
}

export function removeEntry(id: string): void {
  localStorage.removeItem(prefix + id);
}

/** Every entry with its tab's id, newest first; empty where the browser forbids storage. */
export function allEntries(): readonly (Entry & { readonly id: string })[] {
  try {
    const ids = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? "")
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
    return ids
      .flatMap((id) => {
        const entry = readEntry(id);
        return entry ? [{ ...entry, id }] : [];
      })
      .sort((a, b) => b.saved - a.saved);
  } catch {
    return [];
  }
}

/** Every reference of an entry to stored data. */
export const refsIn = ({ table, run }: Entry): DataRef[] =>
  [{ table, case: null }, ...(run ? [run, ...run.pinned] : [])]
    .flatMap((one) => [one.table, one.case])
    .filter((ref) => ref !== null);

/** The CSV opened last in this browser; null where there is none. */
export const readLatest = (): DataRef | null => read(latestKey);
export const writeLatest = (ref: DataRef): boolean => write(latestKey, ref);
