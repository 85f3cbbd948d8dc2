import { type FormEvent, useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { type Range, rangeBounds } from "../../../core/experiment/range";
import { controls } from "../../../core/recipe/controls";
import { parseNumber } from "../../../kit/fields/parseNumber";
import { useRun } from "../../../kit/hooks/useRun";
import { useSnapshot } from "../../../kit/redraw/useSnapshot";
import { formatCount, formatSetting } from "../../../kit/text/format";
import type { RangeTestState } from "../../../session/experiment/rangeTest";
import type { Session } from "../../../session/session";
import { FormField } from "../FormField";
import { RangeChart } from "./RangeChart";
import { rangePicture } from "./rangePicture";
import { rangeText } from "./rangeText";

interface Props {
  readonly session: Session;
  readonly rangeTest: StoreApi<RangeTestState>;
}

/** The range test begins at this share of the learning rate. */
const firstShare = 1e-2;
/** The least time between two changes of the step number, in ms, so that it can be read. */
const readableMs = 200;
const currentStep = (session: Session) => session.store.getState().step;

/** The form and the result of the range test. */
export function RangePart({ session, rangeTest }: Props) {
  const id = useId();
  const { result, running, error, start, cancel } = useStore(rangeTest);
  const step = useSnapshot(session, currentStep, readableMs, "text");
  const canStart = useRun(session, ({ phase }) => phase !== "starting" && phase !== "failed");
  const [texts, setTexts] = useState(() => ({
    from: formatSetting(
      Number(Math.max(session.store.getState().settings.lr * firstShare, controls.lr.min).toPrecision(2)),
    ),
    factor: "1.1",
  }));
  const { range, faults } = useMemo(() => readRange(texts), [texts]);
  const picture = useMemo(() => result && rangePicture(result), [result]);
  const text = result && picture && rangeText(result, picture.least);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (range) void start(range);
  }

  return (
    <section aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>Range test</h3>
      <p className="in-words">
        From step {formatCount(step)}, a copy of the run trains with a learning rate that rises at each step, until the
        loss explodes. The run itself does not change.
      </p>
      <div className="experiment-fields">
        <FormField
          form={id}
          label="from lr"
          meaning="first learning rate"
          text={texts.from}
          fault={faults.from}
          change={(from) => setTexts({ ...texts, from })}
        />
        <FormField
          form={id}
          label="times"
          meaning="factor of the learning rate at each step"
          text={texts.factor}
          fault={faults.factor}
          change={(factor) => setTexts({ ...texts, factor })}
        />
        <span>at each step</span>
        <form id={id} onSubmit={submit}>
          {/* The keys make two elements: a button that becomes a submit button during its click would submit. */}
          {running ? (
            <button key="cancel" type="button" className="button" onClick={cancel}>
              Cancel
            </button>
          ) : (
            <button key="run" type="submit" className="button primary" disabled={!range || !canStart}>
              Run range test
            </button>
          )}
        </form>
      </div>
      <p id={`${id}-error`} className="fault" role="alert">
        {faults.from ?? faults.factor ?? error}
      </p>
      {result && picture && text && <RangeChart result={result} picture={picture} text={text} />}
      <p role="status" className="experiment-words">
        {running ? "The range test runs." : result && `From step ${formatCount(result.test.taken)}: ${text}`}
      </p>
    </section>
  );
}

interface RangeDraft {
  readonly range: Range | null;
  readonly faults: { readonly from?: string; readonly factor?: string };
}

function readRange(texts: { readonly from: string; readonly factor: string }): RangeDraft {
  const from = parseNumber(texts.from, controls.lr);
  const factor = parseNumber(texts.factor, { label: "The factor", ...rangeBounds.factor });
  const faults = {
    ...("error" in from && { from: from.error }),
    ...("error" in factor && { factor: factor.error }),
  };
  return { range: "value" in from && "value" in factor ? { from: from.value, factor: factor.value } : null, faults };
}
