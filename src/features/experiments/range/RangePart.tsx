import { useId, useMemo, useState } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import { type Range, rangeBounds } from "../../../core/experiment/range";
import { controls } from "../../../core/recipe/controls";
import { parseNumber } from "../../../kit/fields/parseNumber";
import { useSnapshot } from "../../../kit/redraw/useSnapshot";
import { formatCount, formatSetting } from "../../../kit/text/format";
import type { RangeTestState } from "../../../session/experiment/rangeTest";
import type { Session } from "../../../session/session";
import { FormField } from "../FormField";
import { RunForm } from "../RunForm";
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
  const [texts, setTexts] = useState(() => ({
    from: formatSetting(
      Number(Math.max(session.store.getState().settings.lr * firstShare, controls.lr.min).toPrecision(2)),
    ),
    factor: "1.1",
  }));
  const { range, faults } = useMemo(() => readRange(texts), [texts]);
  const begin = range && (() => void start(range));
  const picture = useMemo(() => result && rangePicture(result), [result]);
  const text = result && picture && rangeText(result, picture.least);

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
        <RunForm session={session} id={id} label="Run range test" running={running} start={begin} cancel={cancel} />
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
