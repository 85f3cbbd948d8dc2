import { useRef } from "react";
import { useStore } from "zustand";
import { parameterName } from "../../core/history/parameters";
import { Formula } from "../../kit/formulas/Formula";
import { formula as alphaStar } from "../../kit/formulas/tex/alphaStar.tex";
import { updateFormulas } from "../../kit/formulas/updateFormulas";
import { useInspection } from "../../kit/hooks/useInspection";
import { useRun } from "../../kit/hooks/useRun";
import { useShown } from "../../kit/redraw/useShown";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import { formatCount } from "../../kit/text/format";
import { NoNetwork } from "../../kit/ui/NoNetwork";
import type { Session } from "../../session/session";
import { arithmeticOf, type UpdateValues, updateOf } from "./arithmeticText";
import "./arithmetic.css";

const noValues = { slope: "–", curvature: "–", alphaStar: "–" };
/** Placeholders of the update formulas before the first step. */
const noUpdate = {
  ...{ g: "–", m: "–", v: "–", vMax: "–", c1: "–", c2: "–", mWeight: "–", gWeight: "–" },
  ...{ mHat: "–", vHat: "–", root: "–", d: "–" },
} satisfies UpdateValues;

/** The formulas of α* and of the update, with the numbers of the selected step. */
export function Arithmetic({ session }: { readonly session: Session }) {
  const panel = useRef<HTMLElement>(null);
  useInspection(panel, session);
  const latest = useSnapshot(session, shownArithmetic, 0, "text", session.shown);
  const recorded = useRun(session, ({ recording }) => recording !== null);
  const cursor = useStore(session.view, (view) => view.cursor);
  const shown = cursor === null ? latest : arithmeticOf(session.history(), cursor);
  const values = shown?.values ?? noValues;
  return (
    <section ref={panel} className="card arithmetic" aria-labelledby="arithmetic-title" data-phase="moments alphaStar">
      <h2 id="arithmetic-title">
        The arithmetic
        <StepLabel step={shown?.step} />
      </h2>
      <Formula
        session={session}
        formula={alphaStar}
        values={values}
        names={{
          slope: `slope dᵀg ${values.slope}`,
          curvature: `curvature dᵀHd ${values.curvature}`,
          alphaStar: `α* ${values.alphaStar}`,
        }}
      />
      <p className="remark">{shown?.remark ?? "No data yet: take a step first."}</p>
      {recorded ? <NoNetwork missing="its update cannot be shown" /> : <UpdateLines session={session} />}
    </section>
  );
}

/** The key is the step: a new text is a new element, which does not count as a layout shift. */
function StepLabel({ step }: { readonly step: number | undefined }) {
  return (
    <span key={step} className="at-step">
      {step !== undefined && `step ${formatCount(step)}`}
    </span>
  );
}

const shownArithmetic = (session: Session) => arithmeticOf(session.history(), session.shown.getState().step);

/** The optimiser's update of the picked parameter, line by line. */
function UpdateLines({ session }: { readonly session: Session }) {
  const { inspection } = useShown(session);
  const picked = useStore(session.view, (view) => view.picked);
  const values = (inspection && updateOf(inspection, picked)) ?? noUpdate;
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const { tensors } = session.history();
  return (
    <div className="update-lines">
      <h3>
        {tensors.length > 0 ? parameterName(tensors, picked) : "–"}
        <StepLabel step={inspection?.step} />
      </h3>
      {updateFormulas[optimiser].map((formula, line) => (
        <Formula
          key={line}
          session={session}
          formula={formula}
          values={values}
          names={{ direction: `d ${values.d}` }}
        />
      ))}
    </div>
  );
}
