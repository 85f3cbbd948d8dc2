import { tensorsOf } from "../../core/data/problem";
import { optimisers } from "../../core/recipe/optimisers";
import type { Optimiser } from "../../core/recipe/recipe";
import { orthogonalised } from "../linalg/orthogonalise";
import type { Inspection } from "./inspector";
import { maxMuonSide } from "./probes/probes";

/**
 * Muon's direction from the run's state at a step, with M = m̂ where the optimiser has momentum and M = g elsewhere: for each
 * weight matrix −√max(1, outputs/inputs)·NS₅(M) (`orthogonalised`), and for each bias Adam's −M/(√v̂ + ε), as K. Jordan's code
 * has it, with one step size for both. Without v, Adam's denominator is that of one gradient M: −sign M.
 *
 * @param gradient g on the rows of the probe, P long
 * @returns P long; null where the shorter side of a weight matrix exceeds `maxMuonSide`
 */
export async function muonDirection(
  { m, v, vMax, update }: Pick<Inspection, "m" | "v" | "vMax" | "update">,
  gradient: Float64Array,
  optimiser: Optimiser,
  sizes: readonly number[],
  betweenParts: () => Promise<void>,
): Promise<Float64Array | null> {
  const tensors = tensorsOf(sizes);
  if (tensors.some(({ shape }) => shape.length === 2 && Math.min(...shape) > maxMuonSide)) return null;
  const { momentum, adaptive } = optimisers[optimiser];
  const mean = momentum ? m.map((value) => value / update.c1) : gradient;
  const second = vMax.length > 0 ? vMax : v;
  const adam = mean.map((value, k) =>
    adaptive ? -value / (Math.sqrt(update.vWeight * second[k]!) + update.floor) : -Math.sign(value),
  );
  const p = new Float64Array(mean.length);
  for (const { shape, offset, size } of tensors) {
    const [inputs, outputs] = shape;
    if (outputs === undefined) {
      p.set(adam.subarray(offset, offset + size), offset);
      continue;
    }
    const part = mean.subarray(offset, offset + size);
    const matrix = await orthogonalised(part, [inputs as number, outputs], betweenParts);
    const scale = Math.sqrt(Math.max(1, outputs / (inputs as number)));
    p.set(
      matrix.map((value) => -scale * value),
      offset,
    );
  }
  return p;
}
