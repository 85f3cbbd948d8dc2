import { useId, useState } from "react";
import { useStore } from "zustand";
import { optimisers } from "../../core/recipe/optimisers";
import { edgeTexts } from "../../core/recipe/optimiserText";
import type { Optimiser } from "../../core/recipe/recipe";
import { type ExtremesProbe, maxSpectrumSize, type SpectrumProbe } from "../../engine/inspect/probes";
import { formatCount } from "../../kit/text/format";
import { useRun } from "../../kit/ui/useRun";
import { showsEdge } from "../../session/lesson/lesson";
import type { Session } from "../../session/session";
import { EdgeChart } from "./EdgeChart";
import { ProbeTable } from "./ProbeTables";
import { edgeText, eigenvalueText } from "./probeText";
import { SpectrumChart } from "./SpectrumChart";

interface Props {
  readonly session: Session;
  readonly extremes: ExtremesProbe;
  readonly spectrum: SpectrumProbe | null;
}

const symbols = { hessian: "H", preconditioned: "P⁻½HP⁻½" } as const;
const matrices = ["hessian", "preconditioned"] as const;

function hintOf(optimiser: Optimiser): string[] {
  const { p, threshold } = edgeTexts[optimiser];
  return [
    "The largest and the smallest eigenvalue of the Hessian H, by Lanczos on exact products Hv; ± is what it may be off by.",
    `P⁻½HP⁻½ is what ${optimisers[optimiser].label} sees, ${p}. With all of the data as the batch, its λmax tends to climb to the threshold ${threshold} and to stay there: the edge of stability. 1/α* is another number: the curvature along d alone, over the slope.`,
  ];
}

/** The ends of both spectra, where they stand against the edge of stability, and all of one where the network is small. */
export function CurvatureProbe({ session, extremes, spectrum }: Props) {
  const name = useId();
  const [matrix, choose] = useState<(typeof matrices)[number]>("preconditioned");
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const on = useStore(session.probes, (probes) => probes.on);
  const elsewhere = useStore(session.lesson, showsEdge);
  const threshold = matrix === "preconditioned" && spectrum ? spectrum.threshold : null;
  const parameters = session.history().tensors.reduce((total, { size }) => total + size, 0);
  return (
    <>
      <ProbeTable
        wide
        title="Eigenvalues"
        hint={hintOf(optimiser)}
        columns={["λmax", "λmin"]}
        rows={matrices.map((key) => ({
          key,
          name: symbols[key],
          cells: [eigenvalueText(extremes[key].largest), eigenvalueText(extremes[key].smallest)],
        }))}
      />
      <p className="probe-edge">{edgeText(extremes)}</p>
      {!elsewhere && (
        <div className="over-steps">
          <EdgeChart session={session} on={on} />
        </div>
      )}
      {parameters > maxSpectrumSize && (
        <p>
          All eigenvalues are drawn for networks of at most {maxSpectrumSize} parameters; this one has{" "}
          {formatCount(parameters)}.
        </p>
      )}
      {spectrum && (
        <div className="spectrum">
          <fieldset className="segments">
            <legend className="visually-hidden">Draw all eigenvalues of</legend>
            {matrices.map((key) => (
              <label key={key}>
                <input type="radio" name={name} checked={key === matrix} onChange={() => choose(key)} />
                <span>{symbols[key]}</span>
              </label>
            ))}
          </fieldset>
          <SpectrumChart
            values={spectrum[matrix]}
            threshold={threshold}
            name={`All ${spectrum[matrix].length} eigenvalues of ${symbols[matrix]} at step ${spectrum.step}, by rank, their magnitude on a logarithmic axis`}
          />
          <p>
            |λ| by rank; orange and dashed below zero
            {threshold === null ? "" : "; the dotted line is the threshold"}.
          </p>
        </div>
      )}
    </>
  );
}
