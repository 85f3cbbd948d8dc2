import { removeData } from "./dataStore";
import { allEntries, readLatest, refsIn, removeEntry } from "./entries";
import { lockOf, openTabs } from "./tab";

/** Limits of the storage of this page: entries of tabs, and bytes of all their data. */
export const storageLimits = { tabs: 16, bytes: 256 * 2 ** 20 };

/** Removes the entries beyond the limits, those of closed tabs first and then the oldest, and the data that no entry refers to. */
export async function removeOldest(limits = storageLimits): Promise<void> {
  const open = await openTabs();
  const isOpen = ({ id }: { readonly id: string }) => open.has(lockOf(id));
  await removeData(() => {
    const kept = new Set<string>();
    let bytes = 0;
    const latest = readLatest();
    if (latest) kept.add(latest.key);
    const entries = allEntries();
    for (const [at, entry] of [...entries.filter(isOpen), ...entries.filter((one) => !isOpen(one))].entries()) {
      const added = new Map(refsIn(entry).flatMap((ref) => (kept.has(ref.key) ? [] : [[ref.key, ref.bytes]])));
      for (const size of added.values()) bytes += size;
      if (at >= limits.tabs || (at > 0 && bytes > limits.bytes)) removeEntry(entry.id);
      else for (const key of added.keys()) kept.add(key);
    }
    return kept;
  });
}
