import { useStore } from "zustand";
import { parameterName } from "../../core/history/parameters";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { formula as alphaStar } from "../../kit/formulas/alphaStar.tex";
import { Formula } from "../../kit/formulas/Formula";
import { updateFormulas } from "../../kit/formulas/ofUpdate";
import { formatCount } from "../../kit/text/format";
import { useRun } from "../../kit/ui/useRun";
import type { Session } from "../../session/session";
import { arithmeticOf, type UpdateValues, updateOf } from "./arithmeticText";

/** While the run races the numbers change three times a second: slowly enough to be read. */
const readable = 350;

const none = { slope: "–", curvature: "–", alphaStar: "–" };
/** Before the first step the lines stand as they will, without their numbers. */
const unknown = {
  ...{ g: "–", m: "–", v: "–", vMax: "–", c1: "–", c2: "–", mWeight: "–", gWeight: "–" },
  ...{ mHat: "–", vHat: "–", root: "–", d: "–" },
} satisfies UpdateValues;

/** How α* comes about, with the numbers of the step under the cursor or of the latest. */
export function Arithmetic({ session }: { readonly session: Session }) {
  const racing = useRun(session, ({ phase, speed }) => phase === "playing" && speed > 2);
  const latest = useSnapshot(session, latestOf, racing ? readable : 0, "text");
  const cursor = useStore(session.view, (view) => view.cursor);
  const shown = cursor === null ? latest.arithmetic : arithmeticOf(session.history(), cursor);
  const values = shown?.values ?? none;
  return (
    <section className="card arithmetic" aria-labelledby="arithmetic-title" data-phase="moments alphaStar">
      <h2 id="arithmetic-title">
        The arithmetic
        <AtStep step={shown?.step} />
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
      <p className="remark">{shown?.remark ?? "The numbers come with the first step."}</p>
      <UpdateLines session={session} calm={racing && cursor === null ? latest : null} />
    </section>
  );
}

/** Keyed by the step: a longer number takes the place of a shorter one, and moves nothing. */
function AtStep({ step }: { readonly step: number | undefined }) {
  return (
    <span key={step} className="at-step">
      {step !== undefined && `step ${formatCount(step)}`}
    </span>
  );
}

type Latest = ReturnType<typeof latestOf>;

function latestOf(session: Session) {
  const history = session.history();
  return { arithmetic: arithmeticOf(history, history.length), inspection: session.inspection.getState().inspection };
}

/** What the optimiser made of one parameter's gradient; as of `calm` where the latest would change too fast to be read. */
function UpdateLines({ session, calm }: { readonly session: Session; readonly calm: Latest | null }) {
  const live = useStore(session.inspection, ({ inspection }) => inspection);
  const picked = useStore(session.view, (view) => view.picked);
  const inspection = calm ? calm.inspection : live;
  const values = (inspection && updateOf(inspection, picked)) ?? unknown;
  const optimiser = useRun(session, ({ recipe }) => recipe.optimiser);
  const { tensors } = session.history();
  return (
    <div className="update-lines">
      <h3>
        {tensors.length > 0 ? parameterName(tensors, picked) : "–"}
        <AtStep step={inspection?.step} />
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
