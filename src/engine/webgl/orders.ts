import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Batch } from "../engine";
import { type Device, overwrite, upload } from "./device";
import { foldedSize, inDataOrder, packMatrix } from "./programs/layout";

/** The row orders on the GPU. A sweep reads minibatches of at most three orders. */
export interface Orders {
  /** The permutations, four rows per texel. */
  readonly texture: TensorInfo;
  /** The places of the first rows of the minibatches of one sweep. Uploads orders that are new. */
  places(batches: readonly (Batch | null)[]): number[];
}

const slots = 3;

export function makeOrders(device: Device, rows: number): Orders {
  const slotRows = 4 * Math.ceil(rows / 4);
  const numbers = new Float32Array(slots * slotRows);
  const height = numbers.length / 4;
  const texture = upload(device, foldedSize(height, 1), packMatrix(numbers, height, 4));
  /** The order in each slot, and the place of its first row. */
  const held: { readonly order: Uint32Array; readonly begin: number }[] = [];

  function beginOf(order: Uint32Array, wanted: readonly (Uint32Array | undefined)[]): number {
    const found = held.find((slot) => slot.order === order);
    if (found) return found.begin;
    const unused = held.findIndex((slot) => !wanted.includes(slot.order));
    const slot = held.length < slots ? held.length : unused;
    const isPermutation = order.some((row, k) => row !== k);
    held[slot] = { order, begin: isPermutation ? slot * slotRows : -inDataOrder };
    if (isPermutation) {
      numbers.set(order, slot * slotRows);
      overwrite(device, texture, packMatrix(numbers, height, 4));
    }
    return (held[slot] as (typeof held)[number]).begin;
  }

  return {
    texture,
    places(batches) {
      const wanted = batches.map((batch) => batch?.order);
      return batches.map((batch) => (batch ? beginOf(batch.order, wanted) + batch.start : 0));
    },
  };
}
