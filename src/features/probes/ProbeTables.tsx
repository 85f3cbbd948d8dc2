import type { ReactNode } from "react";
import type { AlongProbe, Measured, SpectrumProbe } from "../../engine/inspect/probes";
import { directionSymbols, newtonOf } from "../../engine/inspect/probes";
import { formatNumber } from "../../kit/text/format";
import { Hint } from "../../kit/ui/Hint";
import { alphaStarText, bestStepOf } from "./probeText";

interface Row {
  readonly key: string;
  readonly name: ReactNode;
  readonly cells: readonly string[];
  /** Of an earlier step than the rest. */
  readonly late?: boolean;
}

interface TableProps {
  /** Fewer columns, each with room for an error. */
  readonly wide?: boolean;
  readonly title: string;
  readonly hint: readonly string[];
  readonly columns: readonly ReactNode[];
  readonly rows: readonly Row[];
  /** A last row that adds up the others. */
  readonly sum?: readonly string[];
}

/** A table of numbers, each cell keyed by what it says: a number that changes is another one, and pushes nothing aside. */
export function ProbeTable({ wide = false, title, hint, columns, rows, sum }: TableProps) {
  return (
    <table className={wide ? "wide" : undefined}>
      <caption>
        {title} <Hint about={title} texts={hint} />
      </caption>
      <thead>
        <tr>
          <td />
          {columns.map((column, k) => (
            <th key={k} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, cells, late = false }) => (
          <tr key={key} className={late ? "late" : undefined}>
            <th scope="row">{name}</th>
            <Cells cells={cells} />
          </tr>
        ))}
      </tbody>
      {sum && (
        <tfoot>
          <tr>
            <th scope="row">sum</th>
            <Cells cells={sum} />
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function Cells({ cells }: { readonly cells: readonly string[] }) {
  return cells.map((cell, k) => (
    <td key={k}>
      <span key={cell}>{cell}</span>
    </td>
  ));
}

const measured = (one: Measured) => [formatNumber(one.slope, 3), formatNumber(one.curvature, 3), alphaStarText(one)];

const alongHint = [
  "Slope dᵀg and curvature dᵀHd of the loss along d, and the best step α*, measured on this step’s batch and on all the data.",
  "On the ruler “all data” marks the second: the best step for what is really to be minimised.",
];

export function AlongTable({ along }: { readonly along: AlongProbe }) {
  return (
    <ProbeTable
      title="Along d"
      hint={alongHint}
      columns={["slope", "curvature", "α*"]}
      rows={[
        { key: "batch", name: "this batch", cells: measured(along.batch) },
        { key: "full", name: "all data", cells: measured(along.full) },
      ]}
    />
  );
}

const layersHint = [
  "The parts that add up to slope and curvature along d: d_lᵀg_l and d_lᵀ(Hd)_l of each layer, weight and bias.",
  "α* alone: the best step if only this layer moved along its part of d. These do not add up: the layers’ curvatures together also hold how they act on each other.",
];

export function LayersTable({ along: { layers } }: { readonly along: AlongProbe }) {
  const total = (part: "slopeShare" | "curvatureShare") =>
    formatNumber(
      layers.reduce((sum, layer) => sum + layer[part], 0),
      3,
    );
  return (
    <ProbeTable
      title="Layer by layer"
      hint={layersHint}
      columns={["of slope", "of curv.", "α* alone"]}
      rows={layers.map(({ slopeShare, curvatureShare, alone }, l) => ({
        key: `fc${l + 1}`,
        name: `fc${l + 1}`,
        cells: [formatNumber(slopeShare, 3), formatNumber(curvatureShare, 3), alphaStarText(alone)],
      }))}
      sum={[total("slopeShare"), total("curvatureShare"), ""]}
    />
  );
}

const directionsHint = [
  "Other ways to go from the same point: down the gradient, momentum m̂ undivided where there is any, the gradient’s signs, and Newton’s step where the network has at most 300 parameters (with the pseudo-inverse where H has none).",
  "α* counts in lengths of each direction, so compare what it brings: ‖α*p‖ is how far the best step goes, and Δ loss by how much the parabola says the loss then falls. Newton’s α* is 1 by construction; grey, it is of an earlier step. On the ruler each α* has a mark.",
];

export function DirectionsTable(props: { readonly along: AlongProbe; readonly spectrum: SpectrumProbe | null }) {
  const { along, spectrum } = props;
  const own = along[along.on === "batch" ? "batch" : "full"];
  const newton = newtonOf(along, spectrum);
  const all = [
    { key: "own", symbol: "d itself", ...own, norm: along.norm },
    ...[...along.others, ...(newton ? [newton] : [])].map((one) => ({
      key: one.name,
      symbol: directionSymbols[one.name],
      ...one,
    })),
  ];
  return (
    <ProbeTable
      title="Other directions p"
      hint={directionsHint}
      columns={["α*", "‖α*p‖", "Δ loss"]}
      rows={all.map(({ key, symbol, ...one }) => {
        const { reach, change } = bestStepOf(one);
        const late = key === "newton" && spectrum?.step !== along.step;
        return { key, name: symbol, cells: [alphaStarText(one), reach, change], late };
      })}
    />
  );
}
