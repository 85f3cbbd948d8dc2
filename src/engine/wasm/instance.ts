import { base64 } from "./assembly/index.ts?wasm";

/** The exports of the module (`assembly/index.ts`). Pointers are byte offsets into the memory. */
export interface Exports {
  readonly memory: WebAssembly.Memory;
  allocate(bytes: number): number;
  createNetwork(
    sizes: number,
    count: number,
    activation: number,
    loss: number,
    capacity: number,
    x: number,
    y: number,
    keepsMax: boolean,
    second: boolean,
  ): number;
  partnerOf(network: number): number;
  loadBatch(network: number, order: number, count: number): void;
  forward(network: number): void;
  lossOf(network: number): number;
  startAlong(network: number): void;
  lossAlong(network: number, alpha: number): number;
  endAlong(network: number): void;
  correctRows(network: number): number;
  outputsOf(network: number): number;
  backward(network: number): void;
  tangent(network: number): void;
  backwardTangent(network: number): void;
  step(
    network: number,
    next: number,
    update: number,
    lr: number,
    rule: number,
    sigma: number,
    rounding: number,
    measured: 0 | 1,
    results: number,
  ): void;
}

/** The compiled module; null where the browser has no WebAssembly with SIMD, or a policy forbids it. */
const compiled: WebAssembly.Module | null = compile();

function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}

/** Whether this browser runs the module. */
export const hasWasm = compiled !== null;

/** A new instance with a memory of its own. Views are replaced when the memory has grown (`refresh`). */
export class Instance {
  readonly exports: Exports;
  f32 = new Float32Array(0);
  f64 = new Float64Array(0);
  u32 = new Uint32Array(0);

  constructor() {
    const map = (f: number, from: number, to: number, length: number, gap: number, runs: number) =>
      mapNumbers(this.f64, f, from / 8, to / 8, length, gap, runs);
    if (!compiled) throw new Error("This browser runs no WebAssembly with SIMD");
    const { exports } = new WebAssembly.Instance(compiled, { functions: { map } });
    this.exports = exports as unknown as Exports;
    this.refresh();
  }

  /** Makes the views anew; needed after each call that allocates. */
  refresh(): void {
    const { buffer } = this.exports.memory;
    if (buffer === this.f64.buffer) return;
    this.f32 = new Float32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.u32 = new Uint32Array(buffer);
  }

  /** @throws Error where the memory cannot grow */
  allocate(bytes: number): number {
    return this.grown(() => this.exports.allocate(bytes));
  }

  /** Runs a call that allocates. @throws Error where the memory cannot grow */
  grown(call: () => number): number {
    try {
      return call();
    } catch (error) {
      throw new Error("WebAssembly cannot have the memory that this network and its rows need", { cause: error });
    } finally {
      this.refresh();
    }
  }
}

/** Writes f of each number: see `assembly/functions.ts`. */
function mapNumbers(
  numbers: Float64Array,
  f: number,
  from: number,
  to: number,
  length: number,
  gap: number,
  runs: number,
): void {
  for (let run = 0, k = from, at = to; run < runs; run++, at += gap) {
    const end = k + length;
    if (f === 0) while (k < end) numbers[at++] = Math.tanh(numbers[k++]!);
    else if (f === 1) while (k < end) numbers[at++] = 1 / (1 + Math.exp(-numbers[k++]!));
    else if (f === 2) while (k < end) numbers[at++] = Math.exp(numbers[k++]!);
    else while (k < end) numbers[at++] = Math.log(numbers[k++]!);
  }
}
