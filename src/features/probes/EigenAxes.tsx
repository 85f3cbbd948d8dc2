import { useId, useState } from "react";
import type { SpectrumProbe } from "../../engine/inspect/probes/probes";
import { Hint } from "../../kit/ui/Hint";
import { ritzText, sharesText } from "./probeText";
import { SharesChart } from "./SharesChart";
import { SpectrumChart } from "./SpectrumChart";

export const symbols = { hessian: "H", preconditioned: "P⁻½HP⁻½" } as const;
export const matrices = ["hessian", "preconditioned"] as const;

/** The squared length of d, which the eigenvectors of each matrix divide. */
const squares = { hessian: "‖d‖²", preconditioned: "dᵀPd" } as const;

const hint = [
  "Each eigenvector u with the eigenvalue λ holds (uᵀd)² of ‖d‖², (uᵀd)(uᵀg) of the slope dᵀg and λ(uᵀd)² of the curvature dᵀHd. The staircases add these shares from the largest eigenvalue on.",
  "1/α* = −dᵀHd/dᵀg sums over all eigenvectors. It equals λmax only where all of d and of g lies along the top eigenvector: both staircases would rise to 100% at rank 1.",
  "For P⁻½HP⁻½ the shares are those of P½d and P⁻½g: slope and curvature are the same, and dᵀPd replaces ‖d‖².",
  "Above 300 parameters: Ritz vectors of the Krylov space of d. They hold all of d, of the slope and of the curvature; only the outer Ritz values are eigenvalues.",
];

interface Props {
  readonly spectrum: SpectrumProbe;
  /** The number of parameters. */
  readonly parameters: number;
}

/** The eigenvalues of one matrix by rank, and below them the shares that their eigenvectors hold of slope, curvature and length of d. */
export function EigenAxes({ spectrum, parameters }: Props) {
  const name = useId();
  const [matrix, setMatrix] = useState<(typeof matrices)[number]>("preconditioned");
  const { step, complete } = spectrum;
  const axes = spectrum[matrix];
  const threshold = matrix === "preconditioned" ? spectrum.threshold : null;
  const count = axes.values.length;
  const values = complete ? `All ${count} eigenvalues` : `${count} Ritz values`;
  const words = count > 0 ? sharesText(axes, complete, squares[matrix]) : "d is zero.";
  const coverage = ritzText(axes, parameters, squares[matrix]);
  return (
    <section className="probe-group eigen-axes" aria-labelledby={`${name}-title`}>
      <header>
        <h3 id={`${name}-title`}>
          d in eigenvectors <Hint about="d in the eigenvectors" texts={hint} />
        </h3>
        <fieldset className="segments">
          <legend className="visually-hidden">Matrix of the eigenvalue chart</legend>
          {matrices.map((key) => (
            <label key={key}>
              <input type="radio" name={name} checked={key === matrix} onChange={() => setMatrix(key)} />
              <span>{symbols[key]}</span>
            </label>
          ))}
        </fieldset>
      </header>
      <SpectrumChart
        values={axes.values}
        threshold={threshold}
        name={`${values} of ${symbols[matrix]} at step ${step}: magnitude by rank, on a logarithmic axis`}
      />
      <SharesChart
        axes={axes}
        square={squares[matrix]}
        name={`Shares of dᵀHd, dᵀg and ${squares[matrix]} in the eigenvectors of ${symbols[matrix]} at step ${step}, cumulated by rank`}
      />
      <p>
        |λ| by rank. Negative eigenvalues are orange and dashed.
        {threshold === null
          ? ""
          : threshold > 0
            ? " The dotted line is the threshold."
            : " The threshold is not positive."}
      </p>
      <p key={words} className="shares-words">
        {words}
      </p>
      {!complete && count > 0 && <p key={coverage}>{coverage}</p>}
    </section>
  );
}
