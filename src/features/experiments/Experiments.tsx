import { useEffect, useId, useState } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { parseSweep } from "../../core/experiment/sweepText";
import { experimentsOf } from "../../session/experiment/experiments";
import type { Session } from "../../session/session";
import { RangePart } from "./range/RangePart";
import { SweepPart } from "./sweep/SweepPart";
import { defaultDraft, draftOf, type SweepDraft } from "./sweep/sweepDraft";

interface Props {
  readonly session: Session;
  /** The sweep that the address names, as text; null without one. */
  readonly link: string | null;
  readonly close: () => void;
}

const parts = ["range", "sweep"] as const;
const titles = { range: "Range test", sweep: "Sweep" } as const;

interface Shown {
  readonly part: (typeof parts)[number];
  readonly draft: SweepDraft;
  /** The text of the address that the draft has been read from. */
  readonly link: string | null;
}

/** The part and the form of the dialog, which stay while it is closed. */
const shown = createStore<Shown>()(() => ({ part: "range", draft: defaultDraft, link: null }));

/** Fills the form with the sweep of the address, once. Faults become notices, and the rest of the text is used. */
function readLink(session: Session, link: string): void {
  if (shown.getState().link === link) return;
  const { sweep, errors } = parseSweep(link);
  for (const error of errors) session.notify("error", `?sweep in the address: ${error}`);
  shown.setState({ part: "sweep", draft: draftOf(sweep), link });
}

/** The experiments: a range test of the learning rate, and sweeps. */
export function Experiments({ session, link, close }: Props) {
  const name = useId();
  const [{ rangeTest, sweep }] = useState(() => experimentsOf(session));
  useEffect(() => {
    if (link !== null) readLink(session, link);
  }, [session, link]);
  const { part, draft } = useStore(shown);
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
        <RangePart session={session} rangeTest={rangeTest} />
      ) : (
        <SweepPart
          session={session}
          store={sweep}
          draft={draft}
          change={(next) => shown.setState({ draft: next })}
          close={close}
        />
      )}
    </>
  );
}
