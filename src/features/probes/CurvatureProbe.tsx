import { useId, useState } from "react";
import { useStore } from "zustand";
import { edgeFormulas, noThreshold } from "../../core/recipe/edgeText";
import { optimisers } from "../../core/recipe/optimisers";
import type { Optimiser } from "../../core/recipe/recipe";
import { type ExtremesProbe, maxSpectrumSize, type SpectrumProbe } from "../../engine/inspect/probes/probes";
import { useRun } from "../../kit/hooks/useRun";
import { formatCount } from "../../kit/text/format";
import { chartBesides } from "../../session/lesson/lesson";
import type { Session } from "../../session/session";
import { EdgeChart } from "./EdgeChart";
import { ProbeTable } from "./ProbeTable";
import { edgeText, eigenvalueText } from "./probeText";
import { SpectrumChart } from "./SpectrumChart";

interface Props {
  readonly session: Session;
  readonly extremes: ExtremesProbe;
  readonly spectrum: SpectrumProbe | null;
}

const symbols = { hessian: "H", preconditioned: "P⁻½HP⁻½" } as const;
const matrices = ["hessian", "preconditioned"] as const;

function hintTexts(optimiser: Optimiser): string[] {
  const { p, threshold } = edgeFormulas[optimiser];
  return [
    "The largest and the smallest eigenvalue of the Hessian H, computed by Lanczos iteration with exact Hessian-vector products Hv. ± is an error bound.",
    `P⁻½HP⁻½ is the Hessian preconditioned by ${optimisers[optimiser].label}: ${p}. ${threshold === null ? noThreshold : `In full-batch training, λmax of P⁻½HP⁻½ tends to rise to the threshold ${threshold} and to stay there: the edge of stability.`} 1/α* is a different number: −dᵀHd/dᵀg, measured along d only.`,
  ];
}

/** λmax and λmin of H and of P⁻½HP⁻½, the edge of stability, and all eigenvalues of one matrix where the network is small. */
export function CurvatureProbe({ session, extremes, spectrum }: Props) {
  const name = useId();
  const [matrix, setMatrix] = useState<(typeof matrices)[number]>("preconditioned");
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const on = useStore(session.probes, (probes) => probes.on);
  const edgeInLesson = useStore(session.lesson, chartBesides) === "edge";
  const threshold = matrix === "preconditioned" && spectrum ? spectrum.threshold : null;
  const parameters = session.history().tensors.reduce((total, { size }) => total + size, 0);
  return (
    <>
      <div className="probe-group">
        <ProbeTable
          wide
          title="Eigenvalues"
          hint={hintTexts(optimiser)}
          columns={["λmax", "λmin"]}
          rows={matrices.map((key) => ({
            key,
            name: symbols[key],
            cells: [eigenvalueText(extremes[key].largest), eigenvalueText(extremes[key].smallest)],
          }))}
        />
        <p className="probe-edge">{edgeText(extremes, optimiser)}</p>
        {!edgeInLesson && (
          <div className="over-steps">
            <EdgeChart session={session} on={on} />
          </div>
        )}
      </div>
      {parameters > maxSpectrumSize && (
        <p>
          All eigenvalues are drawn only for networks of up to {maxSpectrumSize} parameters. This network has{" "}
          {formatCount(parameters)} parameters.
        </p>
      )}
      {spectrum && (
        <div className="probe-group">
          <fieldset className="segments">
            <legend className="visually-hidden">Matrix of the eigenvalue chart</legend>
            {matrices.map((key) => (
              <label key={key}>
                <input type="radio" name={name} checked={key === matrix} onChange={() => setMatrix(key)} />
                <span>{symbols[key]}</span>
              </label>
            ))}
          </fieldset>
          <SpectrumChart
            values={spectrum[matrix]}
            threshold={threshold}
            name={`All ${spectrum[matrix].length} eigenvalues of ${symbols[matrix]} at step ${spectrum.step}: magnitude by rank, on a logarithmic axis`}
          />
          <p>
            |λ| by rank. Negative eigenvalues are orange and dashed.
            {threshold === null
              ? ""
              : threshold > 0
                ? " The dotted line is the threshold."
                : " The threshold is not positive."}
          </p>
        </div>
      )}
    </>
  );
}
