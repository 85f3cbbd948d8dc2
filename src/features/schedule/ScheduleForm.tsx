import { type FormEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { messageOf } from "../../core/files/messageOf";
import type { Corner } from "../../core/schedule/polyline";
import { type Schedule, type ShapeName, shapeNames, shapes, withinRange } from "../../core/schedule/schedule";
import { type Stair, stairsOf } from "../../core/schedule/stairs";
import { useSnapshot } from "../../kit/chart/useSnapshot";
import { useRun } from "../../kit/ui/useRun";
import type { Session } from "../../session/session";
import { cornersOf, drawingOf } from "./drawnRate";
import { ScheduleFields } from "./ScheduleFields";
import { SchedulePlot } from "./SchedulePlot";
import { cornersText, type Draft, newDraft, readDraft, stepsPerEpoch } from "./scheduleDraft";
import { scheduleSentence } from "./scheduleText";

interface Props {
  readonly session: Session;
  readonly close: () => void;
}

/** A number that changes more often than this, in ms, cannot be followed. */
const readable = 200;
const placeOf = (session: Session) => session.store.getState().step;

/** The curve as it is made: its fields, its plot, and what it becomes. */
export function ScheduleForm({ session, close }: Props) {
  const id = useId();
  const first = useRef<HTMLSelectElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [draft, keepDraft] = useState<Draft>(() => newDraft(session.store.getState()));
  const [fault, setFault] = useState<string | null>(null);
  const step = useSnapshot(session, placeOf, readable, "text");
  const recipe = useRun(session, (run) => run.recipe);
  const perEpoch = useRun(session, stepsPerEpoch);
  const greedy = useRun(session, (run) => run.settings.rule === "alphaStar");
  const able = useRun(session, ({ phase }) => phase !== "starting" && phase !== "failed");

  const { schedule, faults } = useMemo(() => readDraft(draft, perEpoch), [draft, perEpoch]);
  const made = useMemo(() => schedule && stairsOf(schedule), [schedule]);
  const lastGood = useLast(schedule);
  const planned = useMemo(
    () => [
      { step: 1, lr: recipe.lr },
      ...recipe.edits.flatMap(({ step, lr }) => (lr === undefined ? [] : [{ step, lr }])),
    ],
    [recipe],
  );

  function setDraft(next: Draft): void {
    setFault(null);
    keepDraft(next);
  }

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (made) session.schedule(made.stairs).then(close, (error: unknown) => setFault(messageOf(error)));
  }

  function draw(corners: readonly Corner[]): void {
    setDraft({ ...draft, shape: "drawn", texts: { ...draft.texts, corners: cornersText(corners) } });
  }

  /** What is drawn begins as the shape that was there. */
  function choose(shape: ShapeName): void {
    if (shape === "drawn" && lastGood) draw(cornersOf(drawingOf((at) => curveOf(lastGood, at))));
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
          <button type="submit" className="button primary" disabled={!made || !able}>
            Apply
          </button>
        </span>
      </form>
      <div className="schedule-fields">
        <span className="one">
          <label htmlFor={`${id}-shape`}>Shape</label>
          <select
            ref={first}
            id={`${id}-shape`}
            className="field choice"
            value={draft.shape}
            onChange={(event) => choose(shapeNames.find((name) => name === event.target.value) ?? draft.shape)}
          >
            {shapeNames.map((name) => (
              <option key={name} value={name}>
                {shapes[name].label}
              </option>
            ))}
          </select>
        </span>
        <ScheduleFields form={id} draft={draft} faults={faults} perEpoch={perEpoch} change={setDraft} />
      </div>
      <p className="in-words schedule-help">{shapes[draft.shape].help} Drag on the plot to draw.</p>
      <SchedulePlot
        step={step}
        length={lastGood?.length ?? 1}
        stairs={made?.stairs ?? null}
        planned={planned}
        curve={(at) => (lastGood ? curveOf(lastGood, at) : recipe.lr)}
        draw={draw}
      />
      <p id={`${id}-fault`} className="fault" role="alert">
        {fault ?? Object.values(faults)[0]}
      </p>
      <p role="status">{made && scheduleSentence(made.stairs, made.error, inForce(made.stairs))}</p>
      {greedy && <p className="in-words">The step rule is σ·α*: lr only stands in where there is no minimum ahead.</p>}
    </>
  );

  /** Whether the learning rate is already, or before the first step becomes, what the first stair says. */
  function inForce([first]: readonly Stair[]): boolean {
    return step === 0 || planned.findLast((rate) => rate.step <= step)?.lr === first?.lr;
  }
}

const curveOf = (schedule: Schedule, at: number): number =>
  withinRange(shapes[schedule.shape].rate(schedule, at * schedule.length));

/** The last of these that was not null. */
function useLast<V>(value: V | null): V | null {
  const [last, setLast] = useState(value);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
