import { useEffect, useId, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { ExperimentForm } from "../../core/experiment/experimentForm";
import { parseSweep } from "../../core/experiment/sweepText";
import { experimentsOf } from "../../session/experiment/experiments";
import type { Session } from "../../session/session";
import { RangePart } from "./range/RangePart";
import { type RangeDraft, rangeDraftOf } from "./range/rangeDraft";
import { SweepPart } from "./sweep/SweepPart";
import { defaultDraft, draftOf, type SweepDraft } from "./sweep/sweepDraft";

interface Props {
  readonly session: Session;
  /** The form to fill in; null keeps the last one. */
  readonly form: ExperimentForm | null;
  readonly close: () => void;
}

const parts = ["range", "sweep"] as const;
const titles = { range: "Range test", sweep: "Sweep" } as const;

interface Shown {
  readonly part: (typeof parts)[number];
  /** null: a form for the present learning rate. */
  readonly range: RangeDraft | null;
  readonly sweep: SweepDraft;
}

/** The part and the forms of the dialog, which stay while it is closed. */
const shown = createStore<Shown>()(() => ({ part: "range", range: null, sweep: defaultDraft }));

/** Fills in a form. Faults of a sweep become notices, and the rest of its text is used: only a sweep of the address has faults. */
function fill(session: Session, form: ExperimentForm): void {
  if ("range" in form) {
    shown.setState({ part: "range", range: rangeDraftOf(form.range) });
    return;
  }
  const { sweep, errors } = parseSweep(form.sweep);
  for (const error of errors) session.notify("error", `?sweep in the address: ${error}`);
  shown.setState({ part: "sweep", sweep: draftOf(sweep) });
}

/** The experiments: a range test of the learning rate, and sweeps. */
export function Experiments({ session, form, close }: Props) {
  const name = useId();
  const [experiments] = useState(() => experimentsOf(session));
  useEffect(() => {
    if (form) fill(session, form);
  }, [session, form]);
  const { part, range, sweep } = useStore(shown);
  return (
    <>
      <form method="dialog">
        <h2>Experiments</h2>
        <fieldset className="segments">
          <legend className="visually-hidden">Experiment</legend>
          {parts.map((option) => (
            <label key={option}>
              <input
                type="radio"
                name={name}
                checked={option === part}
                onChange={() => shown.setState({ part: option })}
              />
              <span>{titles[option]}</span>
            </label>
          ))}
        </fieldset>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </form>
      {part === "range" ? (
        <RangePart
          session={session}
          rangeTest={experiments.rangeTest}
          draft={range}
          change={(next) => shown.setState({ range: next })}
        />
      ) : (
        <SweepPart
          session={session}
          store={experiments.sweep}
          draft={sweep}
          change={(next) => shown.setState({ sweep: next })}
          close={close}
        />
      )}
    </>
  );
}
