import type { Problem } from "../../core/data/problem";
import type { Batch } from "../engine";
import type { TangentSums } from "../sweeper";
import { Instance } from "./instance";

const activations = ["relu", "tanh", "sigmoid"] as const;
const losses = ["mse", "cross-entropy"] as const;

/** The vectors at the start of the module's `Network` (`assembly/network.ts`), in that order. */
const vectors = ["theta", "direction", "gradient", "m", "v", "vMax", "Hv"] as const;
type Vector = (typeof vectors)[number];

/** A network that is not in use, with the arguments that made it. */
interface FreeNetwork {
  readonly network: number;
  readonly capacity: number;
  readonly keepsMax: boolean;
  readonly second: boolean;
}

/** An instance of the module with the data of a problem. */
export class ProblemMemory {
  readonly instance = new Instance();
  private readonly x: number;
  private readonly y: number;
  private readonly free: FreeNetwork[] = [];
  private order: { array: Uint32Array; at: number; capacity: number } = {
    array: new Uint32Array(0),
    at: 0,
    capacity: 0,
  };

  constructor(readonly problem: Problem) {
    this.x = this.placeData(problem.x);
    this.y = this.placeData(problem.y);
  }

  /** The address of the first row of the batch. The row order is copied when it is another array than before. */
  placeRows({ order, start }: Batch): number {
    if (order !== this.order.array) {
      if (order.length > this.order.capacity) {
        const capacity = Math.max(order.length, this.problem.rows);
        this.order = { array: order, at: this.instance.allocate(4 * capacity), capacity };
      }
      this.order.array = order;
      this.instance.u32.set(order, this.order.at / 4);
    }
    return this.order.at + 4 * start;
  }

  /**
   * The address of a network for batches of up to `capacity` rows, with arbitrary vectors.
   *
   * @param second whether the network also serves Hessian products
   */
  network(capacity: number, keepsMax: boolean, second: boolean): number {
    const free = this.free.findIndex((one) => {
      return one.capacity >= capacity && one.keepsMax === keepsMax && one.second === second;
    });
    if (free >= 0) return this.free.splice(free, 1)[0]!.network;
    const { sizes, activation, loss } = this.problem;
    const { instance } = this;
    const at = instance.allocate(4 * sizes.length);
    instance.u32.set(sizes, at / 4);
    const [phi, ell] = [activations.indexOf(activation), losses.indexOf(loss)];
    return instance.grown(() =>
      instance.exports.createNetwork(at, sizes.length, phi, ell, capacity, this.x, this.y, keepsMax, second),
    );
  }

  /** Keeps a network for a later call of `network`: memory is never given back. */
  release(network: number, capacity: number, keepsMax: boolean, second: boolean): void {
    this.free.push({ network, capacity, keepsMax, second });
  }

  /** The index of a vector of a network among the numbers of 64 bits. */
  vector(network: number, name: Vector): number {
    return this.instance.u32[network / 4 + vectors.indexOf(name)]! / 8;
  }

  /** The results of the last tangent sweep: four numbers after the eight addresses at the start of the module's `Network`. */
  tangentSums(network: number): TangentSums {
    const at = network / 8 + 4;
    const [slope = 0, curvature = 0, curvatureTerms = 0, gaussNewton = 0] = this.instance.f64.subarray(at, at + 4);
    return { slope, curvature, curvatureTerms, gaussNewton };
  }

  private placeData(data: Float32Array): number {
    const at = this.instance.allocate(data.byteLength);
    this.instance.f32.set(data, at / 4);
    return at;
  }
}

const memories = new WeakMap<Problem, ProblemMemory>();

/** The memory of a problem: one copy of its data, shared by all networks of the problem. */
export function memoryOf(problem: Problem): ProblemMemory {
  const known = memories.get(problem) ?? new ProblemMemory(problem);
  memories.set(problem, known);
  return known;
}
