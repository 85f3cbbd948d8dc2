import { useStore } from "zustand";
import { edgeFormulas, noThreshold } from "../../core/recipe/edgeText";
import { optimisers } from "../../core/recipe/optimisers";
import type { Optimiser } from "../../core/recipe/recipe";
import type { ExtremesProbe, SpectrumProbe } from "../../engine/inspect/probes/probes";
import { useRun } from "../../kit/hooks/useRun";
import { chartBesides } from "../../session/lesson/lesson";
import type { Session } from "../../session/session";
import { EdgeChart } from "./EdgeChart";
import { EigenAxes, matrices, symbols } from "./EigenAxes";
import { ProbeTable } from "./ProbeTable";
import { edgeText, eigenvalueText } from "./probeText";

interface Props {
  readonly session: Session;
  readonly extremes: ExtremesProbe;
  readonly spectrum: SpectrumProbe | null;
  /** The number of parameters. */
  readonly parameters: number;
}

function hintTexts(optimiser: Optimiser): string[] {
  const { p, threshold } = edgeFormulas[optimiser];
  return [
    "The largest and the smallest eigenvalue of the Hessian H, computed by Lanczos iteration with exact Hessian-vector products Hv. ± is an error bound.",
    `P⁻½HP⁻½ is the Hessian preconditioned by ${optimisers[optimiser].label}: ${p}. ${threshold === null ? noThreshold : `In full-batch training, λmax of P⁻½HP⁻½ tends to rise to the threshold ${threshold} and to stay there: the edge of stability.`} 1/α* is a different number: −dᵀHd/dᵀg, measured along d only.`,
  ];
}

/** λmax and λmin of H and of P⁻½HP⁻½, the edge of stability, and the eigenvalues of one matrix with the shares of d. */
export function CurvatureProbe({ session, extremes, spectrum, parameters }: Props) {
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const on = useStore(session.probes, (probes) => probes.on);
  const edgeInLesson = useStore(session.lesson, chartBesides) === "edge";
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
      {spectrum && <EigenAxes spectrum={spectrum} parameters={parameters} />}
    </>
  );
}
