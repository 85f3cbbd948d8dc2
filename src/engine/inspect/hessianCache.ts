import type { Problem } from "../../core/data/problem";
import { type Hessian, hessianAt } from "../cpu/hessian";
import type { Batch } from "../engine";
import { newSweeper } from "../float64";
import type { ReplayedStep } from "./inspector";
import { maxSpectrumSize, type ProbeRows } from "./probes/probes";
import { evenlySpacedRows } from "./rowParts";

/** Products of a weight and an activation that the eigenvalues of one matrix may cost; above, a part of the rows is used. */
const maxEigenvalueProducts = 2 ** 27;
/** Products Hv of a Lanczos iteration at most. In most networks both ends of the spectrum take far fewer. */
export const maxLanczosProducts = 48;
/** The Hessian on all data uses at least this many rows, or all rows where there are fewer. */
const minRows = 64;

export interface HessianOnRows {
  readonly hessian: Hessian;
  readonly rows: Batch;
}

/** The Hessian before a step. The last one is kept: several probes of a step use the same Hessian. */
export class HessianCache {
  private last: (HessianOnRows & { readonly replayed: ReplayedStep; readonly on: ProbeRows }) | null = null;

  constructor(private readonly problem: Problem) {}

  /** On the step's minibatch, or on as many rows of all data as the cost of the eigenvalues allows. */
  at(replayed: ReplayedStep, on: ProbeRows): HessianOnRows {
    if (this.last?.replayed === replayed && this.last.on === on) return this.last;
    const { theta } = replayed.inspection;
    const products = theta.length <= maxSpectrumSize ? theta.length : maxLanczosProducts;
    const most = Math.max(minRows, Math.floor(maxEigenvalueProducts / (theta.length * products)));
    const rows = on === "batch" ? replayed.rows : evenlySpacedRows(this.problem.rows, most);
    this.last = { replayed, on, rows, hessian: hessianAt(this.problem, theta, rows, newSweeper) };
    return this.last;
  }
}
