import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { messageOf } from "../../core/errors";
import { controls } from "../../core/recipe/controls";
import { type LiveChange, ruleTexts } from "../../core/recipe/recipe";
import type { Corner } from "../../core/schedule/polyline";
import { useRun } from "../../kit/hooks/useRun";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import type { Session } from "../../session/session";
import { cornersText } from "./corners";
import { cornersOf, drawingOf } from "./drawnRate";
import { ScheduleFields } from "./ScheduleFields";
import { SchedulePlot } from "./SchedulePlot";
import { type Draft, newDraft, readDraft, scheduledNext, stepsPerEpoch } from "./scheduleDraft";
import { inForceSentence, scheduleSentence } from "./scheduleSentence";
import { type FormShape, formShapes, formTexts } from "./scheduleShapes";

interface Props {
  readonly session: Session;
  readonly close: () => void;
}

/** The least time between two changes of the step number, in ms, so that it can be read. */
const readableMs = 200;
const currentStep = (session: Session) => session.store.getState().step;

/** The form of a schedule: shape, numbers, plot, a sentence on its effect, and the schedule in force. */
export function ScheduleForm({ session, close }: Props) {
  const id = useId();
  const shapeField = useRef<HTMLSelectElement>(null);
  useEffect(() => shapeField.current?.focus(), []);
  const [draft, storeDraft] = useState<Draft>(() => newDraft(session.store.getState()));
  const [error, setError] = useState<string | null>(null);
  const step = useSnapshot(session, currentStep, readableMs, "text");
  const recipe = useRun(session, (run) => run.recipe);
  const perEpoch = useRun(session, stepsPerEpoch);
  const rule = useRun(session, (run) => run.settings.rule);
  const canApply = useRun(session, ({ phase }) => phase !== "starting" && phase !== "failed");

  const { planned, errors } = useMemo(() => readDraft(draft, perEpoch), [draft, perEpoch]);
  const lastValid = useLast(planned);
  const current = useMemo(() => scheduledNext({ recipe, step }), [recipe, step]);

  function setDraft(next: Draft): void {
    setError(null);
    storeDraft(next);
  }

  function set(change: LiveChange): void {
    session.set(change).then(close, (reason: unknown) => setError(messageOf(reason)));
  }

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (planned) set(planned.change);
  }

  function draw(corners: readonly Corner[]): void {
    setDraft({ ...draft, shape: "drawn", texts: { ...draft.texts, corners: cornersText(corners) } });
  }

  /** The planned learning rate over 0 … 1; above 0, for a logarithmic axis. */
  function curve(at: number): number {
    const lr = lastValid ? lastValid.rate(at * lastValid.length) : recipe.lr;
    return Math.min(Math.max(lr, controls.lr.min), controls.lr.max);
  }

  /** A drawn schedule starts as a copy of the previous shape. */
  function setShape(shape: FormShape): void {
    if (shape === "drawn" && lastValid) draw(cornersOf(drawingOf(curve)));
    else setDraft({ ...draft, shape });
  }

  return (
    <>
      <form id={id} onSubmit={apply}>
        <h2>Learning rate schedule</h2>
        <span className="choices">
          <button type="button" className="button" onClick={close}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={!planned || !canApply}>
            Apply
          </button>
        </span>
      </form>
      <div className="schedule-fields">
        <span className="one">
          <label htmlFor={`${id}-shape`}>Shape</label>
          <select
            ref={shapeField}
            id={`${id}-shape`}
            className="field choice"
            value={draft.shape}
            onChange={(event) => setShape(formShapes.find((name) => name === event.target.value) ?? draft.shape)}
          >
            {formShapes.map((name) => (
              <option key={name} value={name}>
                {formTexts[name].label}
              </option>
            ))}
          </select>
        </span>
        <ScheduleFields form={id} draft={draft} errors={errors} perEpoch={perEpoch} change={setDraft} />
      </div>
      <p className="in-words schedule-help">{formTexts[draft.shape].help} Drag on the plot to draw a schedule.</p>
      <SchedulePlot
        step={step}
        length={lastValid?.length ?? 1}
        planned={planned}
        recipe={recipe}
        curve={curve}
        draw={draw}
      />
      <p id={`${id}-error`} className="fault" role="alert">
        {error ?? Object.values(errors)[0]}
      </p>
      <p role="status">{planned && scheduleSentence(planned)}</p>
      {current && (
        <p className="current-schedule">
          {inForceSentence(current)}{" "}
          <button type="button" className="button small" disabled={!canApply} onClick={() => set({ schedule: null })}>
            {current.from === step + 1 ? "Remove" : "End now"}
          </button>
        </p>
      )}
      {rule !== "lr" && (
        <p className="in-words">
          The step rule is {ruleTexts[rule]}: lr applies only at steps where{" "}
          {rule === "alphaStar" ? "the quadratic model has no minimum at α* > 0" : "d points uphill"}.
        </p>
      )}
    </>
  );
}

/** The latest value that was not null. */
function useLast<V>(value: V | null): V | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
