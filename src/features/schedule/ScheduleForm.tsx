import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { messageOf } from "../../core/errors";
import { type Piece, piecewise } from "../../core/schedule/piecewise";
import type { Corner } from "../../core/schedule/polyline";
import { clampRate, type Schedule, type ShapeName, shapeNames, shapes } from "../../core/schedule/schedule";
import { useRun } from "../../kit/hooks/useRun";
import { useSnapshot } from "../../kit/redraw/useSnapshot";
import type { Session } from "../../session/session";
import { cornersText } from "./corners";
import { cornersOf, drawingOf } from "./drawnRate";
import { ScheduleFields } from "./ScheduleFields";
import { SchedulePlot } from "./SchedulePlot";
import { type Draft, newDraft, readDraft, stepsPerEpoch } from "./scheduleDraft";
import { scheduleSentence } from "./scheduleText";

interface Props {
  readonly session: Session;
  readonly close: () => void;
}

/** The least time between two changes of the step number, in ms, so that it can be read. */
const readableMs = 200;
const currentStep = (session: Session) => session.store.getState().step;

/** The form of a schedule: shape, numbers, plot, and a sentence on the resulting edits. */
export function ScheduleForm({ session, close }: Props) {
  const id = useId();
  const shapeField = useRef<HTMLSelectElement>(null);
  useEffect(() => shapeField.current?.focus(), []);
  const [draft, storeDraft] = useState<Draft>(() => newDraft(session.store.getState()));
  const [error, setError] = useState<string | null>(null);
  const step = useSnapshot(session, currentStep, readableMs, "text");
  const recipe = useRun(session, (run) => run.recipe);
  const perEpoch = useRun(session, stepsPerEpoch);
  const greedy = useRun(session, (run) => run.settings.rule === "alphaStar");
  const canApply = useRun(session, ({ phase }) => phase !== "starting" && phase !== "failed");

  const { schedule, errors } = useMemo(() => readDraft(draft, perEpoch), [draft, perEpoch]);
  const made = useMemo(() => schedule && piecewise(schedule), [schedule]);
  const lastValid = useLast(schedule);
  const planned = useMemo(
    () => [
      { step: 1, lr: recipe.lr },
      ...recipe.edits.flatMap(({ step, lr }) => (lr === undefined ? [] : [{ step, lr }])),
    ],
    [recipe],
  );

  function setDraft(next: Draft): void {
    setError(null);
    storeDraft(next);
  }

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (made) session.schedule(made.pieces).then(close, (reason: unknown) => setError(messageOf(reason)));
  }

  function draw(corners: readonly Corner[]): void {
    setDraft({ ...draft, shape: "drawn", texts: { ...draft.texts, corners: cornersText(corners) } });
  }

  /** A drawn schedule starts as a copy of the previous shape. */
  function setShape(shape: ShapeName): void {
    if (shape === "drawn" && lastValid) draw(cornersOf(drawingOf((at) => curveOf(lastValid, at))));
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
          <button type="submit" className="button primary" disabled={!made || !canApply}>
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
            onChange={(event) => setShape(shapeNames.find((name) => name === event.target.value) ?? draft.shape)}
          >
            {shapeNames.map((name) => (
              <option key={name} value={name}>
                {shapes[name].label}
              </option>
            ))}
          </select>
        </span>
        <ScheduleFields form={id} draft={draft} errors={errors} perEpoch={perEpoch} change={setDraft} />
      </div>
      <p className="in-words schedule-help">{shapes[draft.shape].help} Drag on the plot to draw a schedule.</p>
      <SchedulePlot
        step={step}
        length={lastValid?.length ?? 1}
        pieces={made?.pieces ?? null}
        planned={planned}
        curve={(at) => (lastValid ? curveOf(lastValid, at) : recipe.lr)}
        draw={draw}
      />
      <p id={`${id}-error`} className="fault" role="alert">
        {error ?? Object.values(errors)[0]}
      </p>
      <p role="status">{made && scheduleSentence(made.pieces, made.error, isInForce(made.pieces))}</p>
      {greedy && (
        <p className="in-words">
          The step rule is σ·α*: lr applies only at steps where the quadratic model has no minimum at α* &gt; 0.
        </p>
      )}
    </>
  );

  /** Whether the first piece adds no edit: at step 0 it sets the base learning rate, and later its rate may be in force already. */
  function isInForce([first]: readonly Piece[]): boolean {
    return step === 0 || planned.findLast((rate) => rate.step <= step)?.lr === first?.lr;
  }
}

const curveOf = (schedule: Schedule, at: number): number =>
  clampRate(shapes[schedule.shape].rate(schedule, at * schedule.length));

/** The latest value that was not null. */
function useLast<V>(value: V | null): V | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
