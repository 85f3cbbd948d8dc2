import { cosine, norm } from "../../linalg/vectors";
import { type NamedDirection, otherDirections } from "../directions";
import type { ReplayedStep } from "../inspector";
import { layerParts, layerShares } from "../layerParts";
import { muonDirection } from "../muon";
import { evenlySpacedRows } from "../rowParts";
import type { AlongProbe, ProbeRows } from "./probes";
import type { ProbeTools } from "./probeTools";

/**
 * The quadratic models along d on the minibatch and on all data, and on the rows `on` those along each layer's part of d
 * and along other directions, with the layers' shares dₗᵀgₗ of the slope and dₗᵀ(Hd)ₗ of the curvature.
 */
export async function probeAlong(
  { start, loss, slices }: ProbeTools,
  { inspection, rows: batch }: ReplayedStep,
  on: ProbeRows,
): Promise<AlongProbe> {
  const { step, theta, direction } = inspection;
  const { sizes } = start.problem;
  const all = evenlySpacedRows(start.problem.rows);
  const [rows, otherRows] = on === "batch" ? [batch, all] : [all, batch];
  const gradientHere =
    on === "batch"
      ? inspection.gradient
      : (await loss.gradientAndProduct(theta, new Float64Array(theta.length), rows)).gradient;
  const parts = layerParts(sizes, direction);
  const { optimiser } = start.recipe;
  const muon = await muonDirection(inspection, gradientHere, optimiser, sizes, () => slices.nextIfDue());
  const others: readonly NamedDirection[] = [
    ...otherDirections(inspection, gradientHere, optimiser),
    ...(muon ? [{ name: "muon" as const, p: muon }] : []),
  ];
  const models = await loss.quadraticModels(theta, [direction, ...parts, ...others.map(({ p }) => p)], rows);
  const [onOtherRows] = await loss.quadraticModels(theta, [direction], otherRows);
  const [whole, ofParts, ofOthers] = [models[0]!, models.slice(1, 1 + parts.length), models.slice(1 + parts.length)];
  const { gradient, product } = await loss.gradientAndProduct(theta, direction, rows);
  const slopeShares = layerShares(sizes, direction, gradient);
  const curvatureShares = layerShares(sizes, direction, product);
  return {
    step,
    on,
    rows: rows.count,
    batch: on === "batch" ? whole : onOtherRows!,
    full: on === "batch" ? onOtherRows! : whole,
    norm: norm(direction),
    layers: ofParts.map((alone, l) => ({
      alone,
      slopeShare: slopeShares[l]!,
      curvatureShare: curvatureShares[l]!,
    })),
    others: others.map(({ name, p }, k) => ({ name, norm: norm(p), cosine: cosine(p, direction), ...ofOthers[k]! })),
  };
}
