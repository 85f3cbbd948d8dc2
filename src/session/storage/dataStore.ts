import { delMany, get, keys, set } from "idb-keyval";
import { hashOf } from "../../core/data/hash";
import type { Table } from "../../core/data/table";
import { InputError } from "../../core/errors";
import type { Case } from "../../core/files/case";

/** Data that a recipe does not generate: they are large, and stored once under a key of their content. */
export type Data = Table | Case;

/** Refers to stored data. */
export interface DataRef {
  /** A hash of the content. */
  readonly key: string;
  /** The name of the file, for texts. */
  readonly name: string;
  readonly bytes: number;
}

const prefix = "alphascope-data ";

const refs = new WeakMap<Data, DataRef>();

/** The reference of data; equal data have the same key. */
export function refOf(data: Data): DataRef {
  const ref = refs.get(data) ?? hashed(data);
  refs.set(data, ref);
  return ref;
}

function hashed(data: Data): DataRef {
  const arrays: Float32Array[] = [];
  const text = JSON.stringify(data, (_, value) => {
    if (!(value instanceof Float32Array)) return value;
    arrays.push(value);
    return value.length;
  });
  const encoded = new TextEncoder().encode(text);
  const header = new Uint8Array(4 * Math.ceil(encoded.length / 4));
  header.set(encoded);
  const parts = [header, ...arrays].map(({ buffer, byteOffset, byteLength }) => {
    return new Int32Array(buffer, byteOffset, byteLength / 4);
  });
  const key = hashOf(...parts)
    .map((word) => (word >>> 0).toString(16).padStart(8, "0"))
    .join("");
  return { key, name: data.name, bytes: parts.reduce((total, { byteLength }) => total + byteLength, 0) };
}

/** Stores data under their key. @returns whether they are stored; never rejects */
export async function storeData(data: Data): Promise<boolean> {
  try {
    await set(prefix + refOf(data).key, data);
    return true;
  } catch {
    return false;
  }
}

/** The longest time of a read, in ms. In WebKit a page that is left while it writes can block the reads of the next page. */
const readLimit = 3000;

// idb-keyval throws at once where the browser forbids storage.
async function found<D>(key: string): Promise<D | undefined | "late"> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), readLimit);
  });
  try {
    return await Promise.race([get<D>(prefix + key), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** @throws InputError where the data are no longer stored, or the browser does not answer */
export async function loadData<D extends Data>(ref: DataRef): Promise<D> {
  const data = await found<D>(ref.key);
  if (data === "late") {
    throw new InputError(`dataset: the browser's storage does not give the rows of ${ref.name}. Reload the page.`);
  }
  if (!data) {
    throw new InputError(`dataset: the rows of ${ref.name} are no longer in this browser. Open the file again.`);
  }
  refs.set(data, ref);
  return data;
}

/** Removes stored data. @param kept called after the stored keys are read; gives the keys of the data that stay */
export async function removeData(kept: () => ReadonlySet<string>): Promise<void> {
  const all = (await keys()).filter((key): key is string => typeof key === "string" && key.startsWith(prefix));
  const stay = kept();
  const others = all.map((key) => key.slice(prefix.length)).filter((key) => !stay.has(key));
  if (others.length > 0) await delMany(others.map((key) => prefix + key));
}
