import type { AlongProbe, QuadraticModel, SpectrumProbe } from "../../engine/inspect/probes/probes";
import { directionSymbols, newtonOf } from "../../engine/inspect/probes/probes";
import { formatNumber } from "../../kit/text/format";
import { ProbeTable } from "./ProbeTable";
import { alphaStarText, bestStepOf } from "./probeText";

const cellsOf = (measured: QuadraticModel) => [
  formatNumber(measured.slope, 3),
  formatNumber(measured.curvature, 3),
  alphaStarText(measured),
];

const alongHint = [
  "Slope dᵀg, curvature dᵀHd and best step α* along d, for this step’s minibatch and for all training data.",
  "On the ruler, “all data” marks the best step for the full training loss.",
];

export function AlongTable({ along }: { readonly along: AlongProbe }) {
  return (
    <ProbeTable
      title="Along d"
      hint={alongHint}
      columns={["slope", "curvature", "α*"]}
      rows={[
        { key: "batch", name: "this batch", cells: cellsOf(along.batch) },
        { key: "full", name: "all data", cells: cellsOf(along.full) },
      ]}
    />
  );
}

const layersHint = [
  "Shares of each layer (weights and biases) in slope and curvature along d: d_lᵀg_l and d_lᵀ(Hd)_l. The shares add up to dᵀg and dᵀHd.",
  "α* alone: the best step if only this layer moves along its part of d. These steps do not add up, because the Hessian has cross-layer blocks.",
];

export function LayersTable({ along: { layers } }: { readonly along: AlongProbe }) {
  const total = (part: "slopeShare" | "curvatureShare") =>
    formatNumber(
      layers.reduce((sum, layer) => sum + layer[part], 0),
      3,
    );
  return (
    <ProbeTable
      title="Shares by layer"
      hint={layersHint}
      columns={["slope", "curvature", "α* alone"]}
      rows={layers.map(({ slopeShare, curvatureShare, alone }, l) => ({
        key: `fc${l + 1}`,
        name: `fc${l + 1}`,
        cells: [formatNumber(slopeShare, 3), formatNumber(curvatureShare, 3), alphaStarText(alone)],
      }))}
      sums={[total("slopeShare"), total("curvatureShare"), ""]}
    />
  );
}

const directionsHint = [
  "Other directions at the same parameters: −g, −m̂ where the optimiser has momentum, −sign g, Muon’s direction, and Newton’s direction −H⁻¹g for networks of up to 300 parameters (with the pseudo-inverse where H is singular).",
  "Muon (K. Jordan, 2024): for each weight matrix −m̂, orthogonalised by five Newton–Schulz iterations and scaled by √max(1, outputs/inputs); for each bias Adam’s direction, with the same step size. Without momentum, g replaces m̂. Muon’s author uses it for hidden layers, and Adam for the first and the last layer.",
  "α* depends on ‖p‖, so compare ‖α*p‖, the length of the best step, and Δ loss, the change that the quadratic model predicts for this step. α* of Newton’s direction is 1 by construction. Greyed values are from an earlier step. The ruler marks each α* > 0.",
];

export function DirectionsTable(props: { readonly along: AlongProbe; readonly spectrum: SpectrumProbe | null }) {
  const { along, spectrum } = props;
  const own = along[along.on === "batch" ? "batch" : "full"];
  const newton = newtonOf(along, spectrum);
  const directions = [
    { key: "own", symbol: "d", ...own, norm: along.norm, cosine: 1 },
    ...[...along.others, ...(newton ? [newton] : [])].map((direction) => ({
      key: direction.name,
      symbol: directionSymbols[direction.name],
      ...direction,
    })),
  ];
  return (
    <ProbeTable
      title="Other directions p"
      hint={directionsHint}
      columns={["α*", "‖α*p‖", "Δ loss", "cos(p, d)"]}
      rows={directions.map(({ key, symbol, ...direction }) => {
        const { distance, lossChange } = bestStepOf(direction);
        const stale = key === "newton" && spectrum?.step !== along.step;
        return {
          key,
          name: symbol,
          cells: [alphaStarText(direction), distance, lossChange, formatNumber(direction.cosine, 2)],
          stale,
        };
      })}
    />
  );
}
